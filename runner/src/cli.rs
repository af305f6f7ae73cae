//! The command line, and nothing else.

mod exercise;
mod own;
mod run;

use std::net::IpAddr;
use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use tandem_explorer::export::Form;
use tandem_models::kit::fault::{Aim, Fault};

pub use exercise::ExerciseCommand;
use own::saved;
pub use own::{MutateArgs, NewArgs, OwnSpecArgs, ReplayArgs, ReplaySide};
pub use run::{LimitArgs, RunArgs, Selection, TlcArgs};

/// Messaging protocols, checked in Rust and in TLA+, and proved to be the same graph.
#[derive(Debug, Parser)]
#[command(name = "tandem", version, arg_required_else_help = true)]
pub struct Cli {
    /// When to print in colour; `auto` respects NO_COLOR.
    #[arg(long, global = true, value_name = "WHEN", default_value_t = clap::ColorChoice::Auto)]
    pub color: clap::ColorChoice,
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Lists the protocols, their variants, parameters and faults.
    List(ListArgs),
    /// Checks every guarantee and prints the shortest counterexamples.
    ///
    /// Exit code, one variant: 0 every claimed guarantee holds, 1 a claimed one is violated, 2 it
    /// could not be checked, or not completely. Several variants: each verdict is judged against
    /// the catalogue's expectation, 1 if any differs.
    Check(CheckArgs),
    /// Enumerates the Rust model and the TLA+ spec and compares the two state graphs.
    ///
    /// `--spec` compares a model with a spec of your own. Exit code: 0 equal, 1 different, 2 it could
    /// not be told.
    Compare(CompareArgs),
    /// Changes each call of the handlers in one way, as a mistake would, and says what finds the mistake: a
    /// guarantee, another check, the price, or only the comparison with the specification.
    ///
    /// A protocol's name means all of its right variants. Exit code: 0 every mutant that only the comparison
    /// finds is accepted (`specs/survivors.toml`), 1 one is not, 2 not all could be tried.
    Mutate(MutateArgs),
    /// Prints the state graph of one variant: its shape in numbers, or all of it for other tools.
    ///
    /// Exit code: 0 the whole graph, 2 it was not enumerated completely.
    Graph(GraphArgs),
    /// The course: shows exercises, checks answers, gives hints.
    ///
    /// Exit code: 0 the answer is accepted, 1 it is refused, 2 there is no verdict.
    #[command(subcommand)]
    Exercise(ExerciseCommand),
    /// Writes the handbook of the course as HTML pages. `tandem explore` also serves it, under
    /// `/handbook/`.
    Handbook {
        /// The folder for the pages; it is made if it is not there.
        #[arg(long, value_name = "FOLDER")]
        into: PathBuf,
    },
    /// Opens a page to step through models and counterexamples in the browser.
    ///
    /// Serves until Ctrl-C, on this machine alone unless `--share` and `--bind` say otherwise.
    Explore(ExploreArgs),
    /// Prints the rendered TLA+ module and configuration, and the command that runs TLC on them.
    Show(ShowArgs),
    /// Replays recorded behaviours on the Rust model, on the TLA+ spec or on both, and shows where they part.
    ///
    /// Reads what TLC printed (also from CI, quoted or in UTF-16), ITF files, and the output of
    /// `tandem check --format json`. Exit code: 0 every step is taken, 1 they part, 2 the file could not be
    /// read or no model fits.
    Replay(ReplayArgs),
    /// Creates a crate with a protocol, its specification, its pins and a test, outside of Tandem's own
    /// repository. It compiles, checks and compares at once: `docs/bring-your-own.md`.
    New(NewArgs),
    /// Finds or installs TLC.
    #[command(subcommand)]
    Tlc(TlcCommand),
    /// Looks whether everything that Tandem needs is there.
    Doctor(DoctorArgs),
    /// Counts every instance that the catalogue names, measures every design, and prints the file that pins
    /// both; Tandem's own is `specs/manifest.toml`.
    Manifest,
}

impl Command {
    /// Whether its exit code is a judgement about a protocol.
    pub fn judges(&self) -> bool {
        matches!(
            self,
            Command::Check(_)
                | Command::Compare(_)
                | Command::Exercise(_)
                | Command::Mutate(_)
                | Command::Replay(_)
        )
    }
}

/// `tandem list`.
#[derive(Debug, Args)]
pub struct ListArgs {
    /// Only this protocol.
    pub protocol: Option<String>,
    /// How to print it.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub format: Format,
}

/// `tandem check`.
#[derive(Debug, Args)]
pub struct CheckArgs {
    /// Who checks.
    #[arg(long, value_enum, default_value_t = EngineName::Graph)]
    pub engine: EngineName,
    /// Symmetry reduction: merges states that differ only in the order of handler slots or in the names
    /// of interchangeable messages. The verdicts about states are the same. Liveness is not judged, so the
    /// run is incomplete unless `--safety` or `--guarantee` leaves liveness out.
    #[arg(long)]
    pub symmetry: bool,
    /// Checks safety only: guarantees and witnesses about states. Liveness is left out. Together with
    /// `--symmetry` such a run is complete.
    #[arg(long)]
    pub safety: bool,
    /// Checks only the guarantee or witness of this name; may be given several times. The result is that
    /// of the named ones, also where a limit stops the search after they are decided.
    #[arg(long = "guarantee", value_name = "NAME")]
    pub guarantees: Vec<String>,
    /// Whether at random.
    #[command(flatten)]
    pub random: RandomArgs,
    /// Whether once or on every save.
    #[command(flatten)]
    pub watch: WatchArgs,
    /// Writes each counterexample to a file: `json` (for `tandem replay`), `itf`, `tla` (a module that TLC
    /// runs), `mermaid`, `svg`, `markdown` or `rust` (a test). May be given several times. Without a name
    /// the file is called after the variant and the guarantee; with `=FILE` the first broken promise is
    /// written, or the path of the one that `--guarantee` names.
    #[arg(long = "save-trace", value_name = "FORMAT[=FILE]", value_parser = saved)]
    pub save_traces: Vec<(Form, Option<PathBuf>)>,
    /// What, how far and how.
    #[command(flatten)]
    pub run: RunArgs,
}

/// `tandem compare`.
#[derive(Debug, Args)]
pub struct CompareArgs {
    /// Which engine enumerates the TLA+ side.
    #[arg(long, value_enum, default_value_t = TlaSide::Auto)]
    pub engine: TlaSide,
    /// Explores the Rust side up to symmetry, as `tandem check --symmetry` does, unfolds that again,
    /// and compares the whole graph that it stands for: that what was left out is nothing else.
    #[arg(long)]
    pub symmetry: bool,
    /// Whether by random walks.
    #[command(flatten)]
    pub walk: WalkArgs,
    /// Whether once or on every save.
    #[command(flatten)]
    pub watch: WatchArgs,
    /// A spec of somebody's own, instead of the one in the catalogue.
    #[command(flatten)]
    pub own: OwnSpecArgs,
    /// What, how far and how.
    #[command(flatten)]
    pub run: RunArgs,
}

/// Again on every save of a spec.
#[derive(Debug, Args)]
pub struct WatchArgs {
    /// Does it again whenever a module in the specs folder is saved, or Enter is pressed; q and Enter
    /// ends. The Rust model is part of this program, so an engine that reads the specs is needed.
    #[arg(long)]
    pub watch: bool,
    /// With `--watch`: only when Enter is pressed, for file systems that do not report changes.
    #[arg(long, requires = "watch")]
    pub by_hand: bool,
}

/// Random walks.
#[derive(Debug, Args)]
pub struct RandomArgs {
    /// Walks at random instead of searching, for bounds that are too large: it finds violations, and
    /// never that there is none, so it is never a pass.
    #[arg(long, conflicts_with_all = ["engine", "max_depth"])]
    pub random: bool,
    /// Where the choices of the walks come from: the same seed gives the same walks.
    #[arg(long, value_name = "N", default_value_t = 1, requires = "random")]
    pub seed: u64,
    /// The most walks. By default 10,000, or with `--time-limit` as many as there is time for.
    #[arg(long, value_name = "N", requires = "random", value_parser = clap::value_parser!(u64).range(1..))]
    pub walks: Option<u64>,
    /// The most steps of one walk.
    #[arg(long, value_name = "N", default_value_t = 1_000, requires = "random", value_parser = clap::value_parser!(u32).range(1..))]
    pub steps: u32,
}

/// Random walks of both sides.
#[derive(Debug, Args)]
pub struct WalkArgs {
    /// Compares so many random walks instead of the whole graphs, for bounds that are too large to
    /// enumerate: walks of each side are replayed on the other, and in every state that is met all steps
    /// and all guarantees are compared. The spec is evaluated in this process. It finds differences, and
    /// never that there is none, so it is never a pass.
    #[arg(long, value_name = "N", conflicts_with_all = ["symmetry", "spec"], value_parser = clap::value_parser!(u64).range(1..))]
    pub walks: Option<u64>,
    /// Where the choices of the walks come from: the same seed gives the same walks.
    #[arg(long, value_name = "N", default_value_t = 1, requires = "walks")]
    pub seed: u64,
    /// The most steps of one walk.
    #[arg(long, value_name = "N", default_value_t = 1_000, requires = "walks", value_parser = clap::value_parser!(u32).range(1..))]
    pub steps: u32,
}

/// `tandem graph`.
#[derive(Debug, Args)]
pub struct GraphArgs {
    /// Of what: one variant.
    #[command(flatten)]
    pub selection: Selection,
    /// Takes states for one that differ only in which handler slot does what, or in which of
    /// interchangeable messages is called what. States and transitions are then those of one of each,
    /// and the output says what it stands for.
    #[arg(long)]
    pub symmetry: bool,
    /// How far the enumeration may go.
    #[command(flatten)]
    pub limits: LimitArgs,
    /// How to print it.
    #[arg(long, value_enum, default_value_t = GraphFormat::Text)]
    pub format: GraphFormat,
}

/// How a graph is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum GraphFormat {
    /// Its shape in numbers, for people.
    Text,
    /// Its shape in numbers, for machines: `docs/json.md`.
    Json,
    /// All of it, for Graphviz.
    Dot,
    /// All of it, for yEd, Gephi, networkx.
    Graphml,
    /// All of it, a JSON object a line: states, then steps.
    JsonLines,
}

/// `tandem explore`.
#[derive(Debug, Args)]
pub struct ExploreArgs {
    /// Where the page opens: one variant. Without a name, at the catalogue.
    #[command(flatten)]
    pub selection: Selection,
    /// The port. By default 3000, or any that is free if that is taken.
    #[arg(long, value_name = "N")]
    pub port: Option<u16>,
    /// Opens the page in the browser.
    #[arg(long)]
    pub open: bool,
    /// Lets rooms be opened, in which others follow live in their own browsers: on this machine, or
    /// with `--bind` in the network.
    #[arg(long)]
    pub share: bool,
    /// The address to listen at, as in `--share --bind 192.168.1.7`. Beyond this machine, the address to
    /// open has a token in it, and nobody is answered without.
    #[arg(long, value_name = "IP", default_value = "127.0.0.1")]
    pub bind: IpAddr,
    /// Starts Stateright's own explorer of the variant instead.
    #[arg(long, conflicts_with_all = ["share", "open", "bind"])]
    pub classic: bool,
    /// How far a search may go.
    #[command(flatten)]
    pub limits: LimitArgs,
}

/// `tandem show`.
#[derive(Debug, Args)]
pub struct ShowArgs {
    /// What to show: one variant.
    #[command(flatten)]
    pub selection: Selection,
    /// Writes the files into this folder instead of printing them.
    #[arg(long, value_name = "FOLDER")]
    pub into: Option<PathBuf>,
    /// Takes the TLA+ modules from this folder. By default from the folder `specs` of the repository
    /// that the command runs in, else those that are built in.
    #[arg(long, value_name = "FOLDER")]
    pub specs: Option<PathBuf>,
    /// How TLC is run.
    #[command(flatten)]
    pub tlc: TlcArgs,
}

/// `tandem tlc`.
#[derive(Debug, Subcommand)]
pub enum TlcCommand {
    /// Downloads TLC and verifies its checksum: the newest release that can be reached.
    Install(InstallArgs),
    /// Prints where the jar is.
    Path(JarArgs),
    /// Prints which version it is.
    Version(JarArgs),
}

/// `tandem tlc install`.
#[derive(Debug, Args)]
pub struct InstallArgs {
    /// Installs exactly this release, or fails.
    #[arg(long, value_parser = ["2.19", "2.15"])]
    pub release: Option<String>,
}

/// Which jar.
#[derive(Debug, Args)]
pub struct JarArgs {
    /// The jar of TLC; else `TANDEM_TLC_JAR`, else the one that Tandem installed.
    #[arg(long, value_name = "FILE")]
    pub tlc_jar: Option<PathBuf>,
}

/// `tandem doctor`.
#[derive(Debug, Args)]
pub struct DoctorArgs {
    /// Which jar.
    #[command(flatten)]
    pub jar: JarArgs,
}

/// How a result is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For people.
    Text,
    /// For machines: `docs/json.md`.
    Json,
}

/// An engine.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum EngineName {
    /// Tandem's graph engine, in this process: exact, with shortest counterexamples.
    Graph,
    /// Stateright's breadth-first checker as well; states and verdicts must agree.
    Stateright,
    /// TLC, on the rendered spec.
    Tlc,
    /// The rendered spec in this process, without Java.
    TlaRs,
}

/// Which engine enumerates the TLA+ side of a comparison.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum TlaSide {
    /// In this process where that is quicker or there is no TLC, else TLC.
    Auto,
    /// TLC.
    Tlc,
    /// In this process, without Java.
    TlaRs,
}

fn pair(text: &str) -> Result<(String, u8), String> {
    let (name, value) = text
        .split_once('=')
        .ok_or_else(|| format!("'{text}' is not NAME=VALUE"))?;
    let value = value
        .parse()
        .map_err(|_| format!("'{value}' is not a whole number from 0 to {}", u8::MAX))?;
    Ok((name.to_owned(), value))
}

fn fault(text: &str) -> Result<(Aim, u8), String> {
    let (name, value) = pair(text)?;
    let known = || Fault::ALL.map(Fault::name).join(", ");
    let fault = name
        .parse()
        .map_err(|error| format!("{error}; there are: {}", known()))?;
    Ok((fault, value))
}
