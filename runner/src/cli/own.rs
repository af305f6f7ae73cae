//! Options of what people bring along: specs, traces, lists, protocols of their own.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use tandem_explorer::export::Form;

use super::{Format, LimitArgs, Selection, TlaSide, TlcArgs};

/// A spec that was written without Tandem, and what its names have to do with those of the model.
#[derive(Debug, Args)]
pub struct OwnSpecArgs {
    /// Compares with this module instead of the catalogue's. It runs on TLC unless `--engine tla-rs` is
    /// given; the limits are --tlc-heap and --tlc-time-limit, or --memory-limit and --time-limit.
    #[arg(long, value_name = "FILE", conflicts_with_all = ["specs", "symmetry", "watch"])]
    pub spec: Option<PathBuf>,
    /// Its configuration; by default the file beside it that ends in `.cfg`.
    #[arg(long, value_name = "FILE", requires = "spec")]
    pub cfg: Option<PathBuf>,
    /// A variable has another name in the spec, as in `--variable hist=history`.
    #[arg(long = "variable", value_name = "RUST=TLA", requires = "spec", value_parser = names)]
    pub variables: Vec<(String, String)>,
    /// An action has another name in the spec.
    #[arg(long = "action", value_name = "RUST=TLA", requires = "spec", value_parser = names)]
    pub actions: Vec<(String, String)>,
    /// A guarantee is this operator of the spec.
    #[arg(long = "property", value_name = "RUST=TLA", requires = "spec", value_parser = names)]
    pub properties: Vec<(String, String)>,
    /// A variable of the model that the spec does not have is left out.
    #[arg(long, value_name = "VARIABLE", requires = "spec")]
    pub leave_out: Vec<String>,
    /// Checks refinement instead: each step of the model is a step of the spec, or changes nothing that the
    /// spec's variables show. Names of actions may differ.
    #[arg(long, requires = "spec")]
    pub refines: bool,
}

/// `tandem mutate`.
#[derive(Debug, Args)]
pub struct MutateArgs {
    /// Of what mutants are made.
    #[command(flatten)]
    pub selection: Selection,
    /// Makes mutants of the text of the specifications instead: a conjunct dropped, two targets swapped, a
    /// condition negated, a fairness removed. Each is compared, in this process, with the Rust model of every
    /// variant that has at most `--max-states` states (by default 500), the smallest first.
    #[arg(long)]
    pub spec: bool,
    /// The list of accepted survivors, each with its reason. By default the one of Tandem's catalogue,
    /// `specs/survivors.toml`, as it is built in.
    #[arg(long, value_name = "FILE")]
    pub accepted: Option<PathBuf>,
    /// How far the search of one mutant may go; `--time-limit` is for all of them together.
    #[command(flatten)]
    pub limits: LimitArgs,
    /// How to print it.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub format: Format,
}

/// `tandem replay`.
#[derive(Debug, Args)]
pub struct ReplayArgs {
    /// The file; `-` is the standard input.
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// The model; without a name, the one that the file names, or the first that takes all steps.
    #[command(flatten)]
    pub selection: Selection,
    /// Replays only one of several behaviours, from 1.
    #[arg(long, value_name = "N")]
    pub number: Option<usize>,
    /// On which side it is replayed.
    #[arg(long, value_enum, default_value_t = ReplaySide::Rust)]
    pub on: ReplaySide,
    /// Which engine takes the steps of the spec.
    #[arg(long, value_enum, default_value_t = TlaSide::Auto)]
    pub engine: TlaSide,
    /// How TLC is run.
    #[command(flatten)]
    pub tlc: TlcArgs,
}

/// On which side a behaviour is replayed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ReplaySide {
    /// On the Rust model.
    Rust,
    /// On the TLA+ spec.
    Tla,
    /// On both.
    Both,
}

/// `tandem new`.
#[derive(Debug, Args)]
pub struct NewArgs {
    /// The name of the protocol and of its crate, as in order-intake.
    pub name: String,
    /// The folder of the crate; by default one of that name, here.
    #[arg(long, value_name = "FOLDER")]
    pub into: Option<PathBuf>,
    /// The folder of Tandem's repository, on which the crate depends. By default the one that this program
    /// was built in, or that the command runs in.
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
