//! Options for files and protocols that users provide: specs, traces, lists of survivors, crates.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use tandem_explorer::export::Form;

use super::{Format, LimitArgs, Selection, TlaSide, TlcArgs};

/// A spec that was written without Tandem, and the mapping of its names to those of the model.
#[derive(Debug, Args)]
pub struct OwnSpecArgs {
    /// Compares with this module instead of the catalogue's. TLC runs it unless `--engine tla-rs` is given.
    /// The limits are `--tlc-heap` and `--tlc-time-limit` with TLC, and `--memory-limit` and `--time-limit`
    /// otherwise.
    #[arg(long, value_name = "FILE", conflicts_with_all = ["specs", "symmetry", "watch"])]
    pub spec: Option<PathBuf>,
    /// The configuration of that module. The default is the file beside it that ends in `.cfg`.
    #[arg(long, value_name = "FILE", requires = "spec")]
    pub cfg: Option<PathBuf>,
    /// Maps a variable of the model to its name in the spec, as in `--variable hist=history`. Can be given
    /// several times.
    #[arg(long = "variable", value_name = "RUST=TLA", requires = "spec", value_parser = names)]
    pub variables: Vec<(String, String)>,
    /// Maps an action of the model to its name in the spec. Can be given several times.
    #[arg(long = "action", value_name = "RUST=TLA", requires = "spec", value_parser = names)]
    pub actions: Vec<(String, String)>,
    /// Maps a guarantee to an operator of the spec. Can be given several times.
    #[arg(long = "property", value_name = "RUST=TLA", requires = "spec", value_parser = names)]
    pub properties: Vec<(String, String)>,
    /// Leaves out a variable of the model that the spec does not have. Can be given several times.
    #[arg(long, value_name = "VARIABLE", requires = "spec")]
    pub leave_out: Vec<String>,
    /// Checks refinement instead of equality: each step of the model must be a step of the spec, or change
    /// nothing in the spec's variables. Names of actions may differ.
    #[arg(long, requires = "spec")]
    pub refines: bool,
}

/// `tandem mutate`.
#[derive(Debug, Args)]
pub struct MutateArgs {
    /// The variants to mutate.
    #[command(flatten)]
    pub selection: Selection,
    /// Mutates the text of the specifications instead: drops a conjunct, swaps two targets, negates a
    /// condition, or removes a fairness condition. Each mutant is compared, in this process, with the Rust
    /// model of every variant that has at most `--max-states` states (default 500), the smallest first.
    #[arg(long)]
    pub spec: bool,
    /// The list of accepted survivors, each with its reason. The default is the built-in copy of
    /// `specs/survivors.toml`.
    #[arg(long, value_name = "FILE")]
    pub accepted: Option<PathBuf>,
    /// Limits of the search of one mutant. `--time-limit` applies to all mutants together.
    #[command(flatten)]
    pub limits: LimitArgs,
    /// The output format.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub format: Format,
}

/// `tandem replay`.
#[derive(Debug, Args)]
pub struct ReplayArgs {
    /// The file with the behaviours; `-` reads the standard input.
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// The model. The default is the model that the file names, or else the first one in which all steps are
    /// possible.
    #[command(flatten)]
    pub selection: Selection,
    /// Replays only the behaviour with this number, from 1.
    #[arg(long, value_name = "N")]
    pub number: Option<usize>,
    /// The side on which the behaviour is replayed.
    #[arg(long, value_enum, default_value_t = ReplaySide::Rust)]
    pub on: ReplaySide,
    /// The engine that takes the steps of the spec. `auto` evaluates the spec in this process if it can, and
    /// otherwise runs TLC.
    #[arg(long, value_enum, default_value_t = TlaSide::Auto)]
    pub engine: TlaSide,
    /// Options of TLC.
    #[command(flatten)]
    pub tlc: TlcArgs,
}

/// The side on which a behaviour is replayed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ReplaySide {
    /// On the Rust model.
    Rust,
    /// On the TLA+ spec.
    Tla,
    /// On both sides.
    Both,
}

/// `tandem new`.
#[derive(Debug, Args)]
pub struct NewArgs {
    /// The name of the protocol and of its crate, such as order-intake.
    pub name: String,
    /// The folder of the crate. The default is a folder of that name in the current directory.
    #[arg(long, value_name = "FOLDER")]
    pub into: Option<PathBuf>,
    /// The folder of Tandem's repository. The new crate uses Tandem's crates from there. The default is the
    /// repository in which this program was built, or in which the command runs.
    #[arg(long, value_name = "FOLDER")]
    pub tandem: Option<PathBuf>,
}

pub(super) fn saved(text: &str) -> Result<(Form, Option<PathBuf>), String> {
    let (form, file) = match text.split_once('=') {
        Some((_, "")) => return Err(format!("'{text}' names no file after the sign =")),
        Some((form, file)) => (form, Some(PathBuf::from(file))),
        None => (text, None),
    };
    Ok((form.parse()?, file))
}

fn names(text: &str) -> Result<(String, String), String> {
    match text.split_once('=') {
        Some((rust, tla)) if !rust.is_empty() && !tla.is_empty() => {
            Ok((rust.to_owned(), tla.to_owned()))
        }
        _ => Err(format!("'{text}' is not RUST=TLA, two names")),
    }
}
