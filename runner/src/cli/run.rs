//! Options that several commands share: what to run on, how far, and how TLC is run.

use std::path::PathBuf;

use clap::Args;
use tandem_models::kit::fault::Aim;

use super::{Format, fault, pair};

/// What to check.
#[derive(Debug, Args)]
pub struct Selection {
    /// `outbox` is the protocol's right variant, `outbox:NAME` that variant, `outbox:all` every
    /// variant; without a name, the whole catalogue.
    #[arg(value_name = "PROTOCOL[:VARIANT]")]
    pub name: Option<String>,
    /// Sets a parameter, as in `--set messages=2`. `tandem list` shows them.
    #[arg(long = "set", value_name = "NAME=VALUE", value_parser = pair)]
    pub parameters: Vec<(String, u8)>,
    /// Lets a fault happen so often, as in `--fault crash=1`, or `--fault crash_Shop=1` where
    /// the protocol aims it. `tandem list` shows them.
    #[arg(long = "fault", value_name = "KIND=N", value_parser = fault)]
    pub faults: Vec<(Aim, u8)>,
    /// Takes the larger settings that the protocols name.
    #[arg(long, conflicts_with_all = ["parameters", "faults"])]
    pub large: bool,
}

/// How TLC is found and run.
#[derive(Debug, Args)]
pub struct TlcArgs {
    /// The jar of TLC; else `TANDEM_TLC_JAR`, else the one that Tandem installed.
    #[arg(long, value_name = "FILE")]
    pub tlc_jar: Option<PathBuf>,
    /// The heap of one TLC.
    #[arg(long, value_name = "MB", value_parser = clap::value_parser!(u32).range(32..))]
    pub tlc_heap: Option<u32>,
    /// Worker threads of one TLC.
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = clap::value_parser!(u8).range(1..))]
    pub tlc_workers: u8,
    /// When to give up one run of TLC. [default: 3600]
    #[arg(long, value_name = "SECONDS")]
    pub tlc_time_limit: Option<u64>,
    /// Instances that are worked on at a time; by default, one for every core.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..))]
    pub jobs: Option<u16>,
}

/// How far the Rust side may go.
#[derive(Debug, Args)]
pub struct LimitArgs {
    /// Stops the Rust side after so many raw states. [default: 5000000]
    #[arg(long, value_name = "N")]
    pub max_states: Option<usize>,
    /// Stops the Rust side at so many levels; the initial states are the first.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    pub max_depth: Option<u32>,
    /// Stops the search on the Rust side after so many seconds, and writing a graph after as many
    /// more; `--tlc-time-limit` is for TLC.
    #[arg(long, value_name = "SECONDS")]
    pub time_limit: Option<u64>,
    /// Stops the search on the Rust side where the process, with what is counted afterwards, comes to
    /// hold about so much memory; `--tlc-heap` is for TLC.
    #[arg(long, value_name = "MB")]
    pub memory_limit: Option<usize>,
    /// Threads for one search of the Rust side; the result is the same for any number. By default
    /// one for every core if there is one instance, else one for each.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..))]
    pub threads: Option<u16>,
    /// Tells how far a search is, also where standard error is no terminal.
    #[arg(long)]
    pub progress: bool,
}

/// Most of `tandem check` and `tandem compare`.
#[derive(Debug, Args)]
pub struct RunArgs {
    /// What to check or compare.
    #[command(flatten)]
    pub selection: Selection,
    /// How far the Rust side may go.
    #[command(flatten)]
    pub limits: LimitArgs,
    /// Takes the TLA+ modules from this folder. By default from the folder `specs` of the repository
    /// that the command runs in, else those that are built in.
    #[arg(long, value_name = "FOLDER")]
    pub specs: Option<PathBuf>,
    /// How TLC is run.
    #[command(flatten)]
    pub tlc: TlcArgs,
    /// How to print it.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub format: Format,
}
