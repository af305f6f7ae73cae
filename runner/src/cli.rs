//! The definition of the command line.

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

/// Checks messaging protocols in Rust and in TLA+, and verifies that both models have the same state graph.
#[derive(Debug, Parser)]
#[command(name = "tandem", version, arg_required_else_help = true)]
pub struct Cli {
    /// When to use colours. `auto` uses them on a terminal, unless NO_COLOR is set.
    #[arg(long, global = true, value_name = "WHEN", default_value_t = clap::ColorChoice::Auto)]
    pub color: clap::ColorChoice,
    /// The command.
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
    /// Exit code for one variant: 0 every claimed guarantee holds, 1 a claimed guarantee is violated, 2 the
    /// variant could not be checked, or not completely. For several variants, each verdict is compared with
    /// the catalogue's expectation, and the exit code is 1 if any differs.
    Check(CheckArgs),
    /// Enumerates the Rust model and the TLA+ spec, and compares the two state graphs.
    ///
    /// `--spec` compares a model with your own spec. Exit code: 0 equal, 1 different, 2 the comparison could
    /// not be completed.
    Compare(CompareArgs),
    /// Mutation testing: changes each call of the handlers in one way, as a programming mistake would, and
    /// reports what finds the mistake: a guarantee, another check, the price (the numbers of reads, writes and
    /// messages that handling costs), or only the comparison with the specification.
    ///
    /// A mutant that only the comparison finds is called a survivor. Exit code: 0 every survivor is accepted,
    /// with a reason, in `specs/survivors.toml`; 1 at least one is not accepted; 2 some mutants could not be
    /// tried.
    Mutate(MutateArgs),
    /// Prints the state graph of one variant: statistics, or the whole graph for other tools.
    ///
    /// Exit code: 0 the graph is complete, 2 it is not.
    Graph(GraphArgs),
    /// The course: shows exercises, checks answers, gives hints.
    ///
    /// Exit code: 0 the answer is accepted, 1 it is refused, 2 there is no verdict.
    #[command(subcommand)]
    Exercise(ExerciseCommand),
    /// Writes the handbook of the course as HTML pages. `tandem explore` also serves it at `/handbook/`.
    Handbook {
        /// The folder for the pages. It is created if it does not exist.
        #[arg(long, value_name = "FOLDER")]
        into: PathBuf,
    },
    /// Opens a page in the browser to step through models and counterexamples.
    ///
    /// Serves until Ctrl-C. Only this machine can open the page, unless `--share` and `--bind` are given.
    Explore(ExploreArgs),
    /// Prints the rendered TLA+ module and configuration, and the command line that runs TLC on them.
    Show(ShowArgs),
    /// Replays recorded behaviours on the Rust model, on the TLA+ spec or on both, and shows where they
    /// diverge.
    ///
    /// Reads the output of TLC (also from CI logs, quoted or in UTF-16), ITF files, and the output of `tandem
    /// check --format json`. Exit code: 0 every recorded step is possible, 1 a step is not possible, 2 the
    /// file could not be read or no model fits.
    Replay(ReplayArgs),
    /// Creates a crate, outside of Tandem's repository, with a new protocol, its specification, its manifest
    /// and a test. The crate can be built, checked and compared at once. `docs/bring-your-own.md` explains
    /// it.
    New(NewArgs),
    /// Finds or installs TLC.
    #[command(subcommand)]
    Tlc(TlcCommand),
    /// Checks that everything Tandem needs is installed.
    Doctor(DoctorArgs),
    /// Counts the states of every instance in the catalogue, measures every variant, and prints the results
    /// in the format of `specs/manifest.toml`.
    Manifest,
}

impl Command {
    /// Whether its exit code is a verdict about a protocol.
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
    /// Lists only this protocol.
    pub protocol: Option<String>,
    /// The output format.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub format: Format,
}

/// `tandem check`.
#[derive(Debug, Args)]
pub struct CheckArgs {
    /// The engine that checks.
    #[arg(long, value_enum, default_value_t = EngineName::Graph)]
    pub engine: EngineName,
    /// Symmetry reduction: merges states that differ only in the order of handler slots or in the names of
    /// interchangeable messages. Verdicts about states do not change. Liveness is not judged, so the run is
    /// incomplete unless `--safety` or `--guarantee` leaves liveness out.
    #[arg(long)]
    pub symmetry: bool,
    /// Checks safety only: guarantees about states, and witnesses (states that must be reachable, such as one
    /// after a crash), without liveness. With this option a run with `--symmetry` can be complete.
    #[arg(long)]
    pub safety: bool,
    /// Checks only the guarantee or witness with this name. Can be given several times. The result covers
    /// only the named ones; it is complete even if a limit stops the search after they are decided.
    #[arg(long = "guarantee", value_name = "NAME")]
    pub guarantees: Vec<String>,
    /// Options of random walks.
    #[command(flatten)]
    pub random: RandomArgs,
    /// Options of `--watch`.
    #[command(flatten)]
    pub watch: WatchArgs,
    /// Writes each counterexample to a file in this format: `json` (for `tandem replay`), `itf`, `tla` (a
    /// module that TLC can run), `mermaid`, `svg`, `markdown` or `rust` (a test). Can be given several times.
    /// Without `=FILE`, the file is named after the variant and the guarantee. With `=FILE`, only one
    /// counterexample is written: that of the first violated guarantee, or of the one that `--guarantee`
    /// names.
    #[arg(long = "save-trace", value_name = "FORMAT[=FILE]", value_parser = saved)]
    pub save_traces: Vec<(Form, Option<PathBuf>)>,
    /// What to check, and the limits.
    #[command(flatten)]
    pub run: RunArgs,
}

/// `tandem compare`.
#[derive(Debug, Args)]
pub struct CompareArgs {
    /// The engine that enumerates the TLA+ side.
    #[arg(long, value_enum, default_value_t = TlaSide::Auto)]
    pub engine: TlaSide,
    /// Enumerates the Rust side with symmetry reduction, as `tandem check --symmetry` does, then reconstructs
    /// the whole graph from the result and compares it. This verifies that the reduction has merged only
    /// symmetric states.
    #[arg(long)]
    pub symmetry: bool,
    /// Options of random walks.
    #[command(flatten)]
    pub walk: WalkArgs,
    /// Options of `--watch`.
    #[command(flatten)]
    pub watch: WatchArgs,
    /// Options for a spec outside the catalogue.
    #[command(flatten)]
    pub own: OwnSpecArgs,
    /// What to compare, and the limits.
    #[command(flatten)]
    pub run: RunArgs,
}

/// Repeats the command on every save of a spec.
#[derive(Debug, Args)]
pub struct WatchArgs {
    /// Repeats the command whenever a module in the specs folder is saved or Enter is pressed; `q` and Enter
    /// ends it. The Rust model is compiled into this program, so only engines that read the specs can be
    /// used.
    #[arg(long)]
    pub watch: bool,
    /// With `--watch`: repeats only when Enter is pressed, for file systems that do not report changes.
    #[arg(long, requires = "watch")]
    pub by_hand: bool,
}

/// Random walks.
#[derive(Debug, Args)]
pub struct RandomArgs {
    /// Takes random walks instead of searching, for bounds that are too large to search. Walks can find a
    /// violation but cannot prove that there is none, so the result is never a pass.
    #[arg(long, conflicts_with_all = ["engine", "max_depth"])]
    pub random: bool,
    /// The seed of the random choices: the same seed gives the same walks.
    #[arg(long, value_name = "N", default_value_t = 1, requires = "random")]
    pub seed: u64,
    /// The largest number of walks. The default is 10,000, or with `--time-limit` as many as fit into that
    /// time.
    #[arg(long, value_name = "N", requires = "random", value_parser = clap::value_parser!(u64).range(1..))]
    pub walks: Option<u64>,
    /// The largest number of steps in a walk.
    #[arg(long, value_name = "N", default_value_t = 1_000, requires = "random", value_parser = clap::value_parser!(u32).range(1..))]
    pub steps: u32,
}

/// Random walks of both sides.
#[derive(Debug, Args)]
pub struct WalkArgs {
    /// Compares this many random walks instead of the whole graphs, for bounds that are too large to
    /// enumerate. Walks of each side are replayed on the other, and in every visited state all steps and all
    /// guarantees are compared. The catalogue's spec is evaluated in this process, or by TLC with `--engine
    /// tlc`. Walks can find a difference but cannot prove that there is none, so the result is never a pass.
    #[arg(long, value_name = "N", conflicts_with_all = ["symmetry", "refines"], value_parser = clap::value_parser!(u64).range(1..))]
    pub walks: Option<u64>,
    /// The seed of the random choices: the same seed gives the same walks.
    #[arg(long, value_name = "N", default_value_t = 1, requires = "walks")]
    pub seed: u64,
    /// The largest number of steps in a walk.
    #[arg(long, value_name = "N", default_value_t = 1_000, requires = "walks", value_parser = clap::value_parser!(u32).range(1..))]
    pub steps: u32,
}

/// `tandem graph`.
#[derive(Debug, Args)]
pub struct GraphArgs {
    /// The variant.
    #[command(flatten)]
    pub selection: Selection,
    /// Symmetry reduction: merges states that differ only in the order of handler slots or in the names of
    /// interchangeable messages. One state is kept of each group of such states. The counts are then those of
    /// the states that are kept, and the output says so.
    #[arg(long)]
    pub symmetry: bool,
    /// Limits of the enumeration.
    #[command(flatten)]
    pub limits: LimitArgs,
    /// The output format.
    #[arg(long, value_enum, default_value_t = GraphFormat::Text)]
    pub format: GraphFormat,
}

/// The output format of a graph.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum GraphFormat {
    /// Statistics, as text.
    Text,
    /// Statistics, as JSON (see `docs/json.md`).
    Json,
    /// The whole graph, for Graphviz.
    Dot,
    /// The whole graph, for yEd, Gephi or networkx.
    Graphml,
    /// The whole graph, one JSON object for each line: states first, then steps.
    JsonLines,
}

/// `tandem explore`.
#[derive(Debug, Args)]
pub struct ExploreArgs {
    /// The variant with which the page opens. Without a name, it opens with the catalogue.
    #[command(flatten)]
    pub selection: Selection,
    /// The port. The default is 3000, or any free port if 3000 is taken.
    #[arg(long, value_name = "N")]
    pub port: Option<u16>,
    /// Opens the page in the browser.
    #[arg(long)]
    pub open: bool,
    /// Lets a user of the page open a room. Others join it with their own browsers, and see each step that
    /// the user takes. Without `--bind` they must be on this machine.
    #[arg(long)]
    pub share: bool,
    /// The address to listen at, as in `--share --bind 192.168.1.7`. If other machines can reach it, the
    /// printed link contains a token, and requests without the token are refused.
    #[arg(long, value_name = "IP", default_value = "127.0.0.1")]
    pub bind: IpAddr,
    /// Starts Stateright's own explorer for the variant instead.
    #[arg(long, conflicts_with_all = ["share", "open", "bind"])]
    pub classic: bool,
    /// Limits of a search.
    #[command(flatten)]
    pub limits: LimitArgs,
}

/// `tandem show`.
#[derive(Debug, Args)]
pub struct ShowArgs {
    /// The variant to show.
    #[command(flatten)]
    pub selection: Selection,
    /// Writes the files into this folder instead of printing them.
    #[arg(long, value_name = "FOLDER")]
    pub into: Option<PathBuf>,
    /// Reads the TLA+ modules from this folder. The default is the folder `specs` of the repository in which
    /// the command runs, or else the built-in modules.
    #[arg(long, value_name = "FOLDER")]
    pub specs: Option<PathBuf>,
    /// Options of TLC.
    #[command(flatten)]
    pub tlc: TlcArgs,
}

/// `tandem tlc`.
#[derive(Debug, Subcommand)]
pub enum TlcCommand {
    /// Downloads the newest available release of TLC, and verifies its checksum.
    Install(InstallArgs),
    /// Prints the path of the jar.
    Path(JarArgs),
    /// Prints the version of TLC.
    Version(JarArgs),
}

/// `tandem tlc install`.
#[derive(Debug, Args)]
pub struct InstallArgs {
    /// Installs exactly this release, or fails.
    #[arg(long, value_parser = ["2.19", "2.15"])]
    pub release: Option<String>,
}

/// Options that select a jar.
#[derive(Debug, Args)]
pub struct JarArgs {
    /// The path of TLC's jar. The default is the value of `TANDEM_TLC_JAR`, or else the installed jar.
    #[arg(long, value_name = "FILE")]
    pub tlc_jar: Option<PathBuf>,
}

/// `tandem doctor`.
#[derive(Debug, Args)]
pub struct DoctorArgs {
    /// Options that select a jar.
    #[command(flatten)]
    pub jar: JarArgs,
}

/// The output format of a result.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// Text for people.
    Text,
    /// JSON for programs (see `docs/json.md`).
    Json,
}

/// An engine.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum EngineName {
    /// Tandem's own engine, in this process: exact, with shortest counterexamples.
    Graph,
    /// The engine `graph` and Stateright's breadth-first checker; states and verdicts of both must agree.
    Stateright,
    /// TLC on the rendered spec.
    Tlc,
    /// The rendered spec in this process, without Java.
    TlaRs,
}

/// The engine that enumerates the TLA+ side of a comparison.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum TlaSide {
    /// In this process if that is faster or TLC is not installed, otherwise TLC.
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
