//! Options that several commands share: what to check, the limits, and how TLC is run.

use std::path::PathBuf;

use clap::Args;
use tandem_models::kit::fault::Aim;

use super::{Format, fault, pair};

/// What to check.
#[derive(Debug, Args)]
pub struct Selection {
    /// `outbox` means the default variant of a protocol (for `mutate`, all of its correct variants),
    /// `outbox:NAME` the variant of that name, and `outbox:all` every variant, where a command takes
    /// several. Without a name, `check`, `compare` and `mutate` take the whole catalogue, `explore` opens
    /// with the catalogue, `replay` finds the model itself, and `graph` and `show` ask for a name.
    #[arg(value_name = "PROTOCOL[:VARIANT]")]
    pub name: Option<String>,
    /// Sets a parameter, as in `--set messages=2`. `tandem list` shows the parameters.
    #[arg(long = "set", value_name = "NAME=VALUE", value_parser = pair)]
    pub parameters: Vec<(String, u8)>,
    /// Sets how often a fault may happen, as in `--fault crash=1`. Some protocols count a fault for each
    /// of its targets, as in `--fault crash_Shop=1` for crashes of the endpoint Shop. `tandem list` shows
    /// the faults.
    #[arg(long = "fault", value_name = "KIND=N", value_parser = fault)]
    pub faults: Vec<(Aim, u8)>,
    /// Uses the larger bounds that the protocols define.
    #[arg(long, conflicts_with_all = ["parameters", "faults"])]
    pub large: bool,
}

/// Options of TLC.
#[derive(Debug, Args)]
pub struct TlcArgs {
    /// The path of TLC's jar. The default is the value of `TANDEM_TLC_JAR`, or else the installed
    /// jar.
    #[arg(long, value_name = "FILE")]
    pub tlc_jar: Option<PathBuf>,
    /// The heap size of each TLC process.
    #[arg(long, value_name = "MB", value_parser = clap::value_parser!(u32).range(32..))]
    pub tlc_heap: Option<u32>,
    /// The number of worker threads of each TLC process.
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = clap::value_parser!(u8).range(1..))]
    pub tlc_workers: u8,
    /// The time limit for one run of TLC. [default: 3600]
    #[arg(long, value_name = "SECONDS")]
    pub tlc_time_limit: Option<u64>,
    /// How many instances (variants, each with its bounds and faults) are checked at the same time. The
    /// default is one for each core. `show` and `replay` ignore it.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..))]
    pub jobs: Option<u16>,
}

/// The limits of the Rust side.
#[derive(Debug, Args)]
pub struct LimitArgs {
    /// Stops the search on the Rust side after this many raw states: states of the Rust model, of which
    /// several may be one state of the specification. [default: 5000000; for `mutate` 500000, with
    /// `--spec` 500]
    #[arg(long, value_name = "N")]
    pub max_states: Option<usize>,
    /// Stops the search on the Rust side after this many levels. The initial states are the first
    /// level.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    pub max_depth: Option<u32>,
    /// Stops the search on the Rust side after this many seconds. To write a graph, which follows the
    /// search, may take as long again. TLC, where a command runs it, has its own `--tlc-time-limit`.
    #[arg(long, value_name = "SECONDS")]
    pub time_limit: Option<u64>,
    /// Stops the search on the Rust side when the process uses about this much memory, including what
    /// is needed after the search. TLC, where a command runs it, has its own `--tlc-heap`.
    #[arg(long, value_name = "MB")]
    pub memory_limit: Option<usize>,
    /// The number of threads for one search on the Rust side; for `mutate`, the number of mutants that are
    /// tried at the same time. It does not affect the result. The default is one thread for each core if
    /// one variant is searched (for `explore`, one less), and one thread for each search if there are
    /// several.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..))]
    pub threads: Option<u16>,
    /// Reports the progress of the search even if standard error is not a terminal.
    #[arg(long)]
    pub progress: bool,
}

/// The options that `tandem check` and `tandem compare` share.
#[derive(Debug, Args)]
pub struct RunArgs {
    /// What to check or compare.
    #[command(flatten)]
    pub selection: Selection,
    /// The limits of the Rust side.
    #[command(flatten)]
    pub limits: LimitArgs,
    /// Reads the TLA+ modules from this folder. The default is the folder `specs` of the repository
    /// in which the command runs, or else the built-in modules.
    #[arg(long, value_name = "FOLDER")]
    pub specs: Option<PathBuf>,
    /// Options of TLC.
    #[command(flatten)]
    pub tlc: TlcArgs,
    /// The output format.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub format: Format,
}
