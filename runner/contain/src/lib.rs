//! Runs this program, or another one, as a child process in which handlers from outside Tandem run.
//!
//! A handler may loop without a call, end the process, overflow its stack or use up the memory. No
//! engine in the same process survives that. So handlers run in a child process. A watchdog in the
//! child observes the progress of each handler, and ends the process if one does not return. The
//! parent, in [`supervise`], accepts a result only if the child has [concluded](Inside::conclude),
//! because an exit status proves nothing. If there is no conclusion, the child runs again and records
//! every call, so that the parent can say where the handler was.

mod explain;
mod supervise;
mod trace;
mod watchdog;

use std::path::PathBuf;
use std::time::Duration;

use serde::{Deserialize, Serialize};

pub use explain::Stopped;
pub use supervise::{Child, Ended, supervise};
pub use watchdog::{Inside, inside};

/// The environment variable with which the parent passes the [`Settings`] to the child.
const SETTINGS: &str = "TANDEM_CONTAINED";

/// The limits of the child.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// How long a handler may run without making a call or returning, if the process uses that much
    /// processor time. Otherwise it may take five times as long.
    pub silence: Duration,
    /// The total time limit of the child.
    pub whole: Option<Duration>,
    /// The limit on the resident memory of the child, in bytes.
    pub memory: Option<usize>,
}

impl Limits {
    /// For a command whose own options limit time and memory: only a handler that does not return is
    /// stopped.
    pub const HANDLERS_ONLY: Limits = Limits {
        silence: Duration::from_secs(2),
        whole: None,
        memory: None,
    };
}

/// The parameters that the parent passes to the child.
#[derive(Debug, Serialize, Deserialize)]
struct Settings {
    /// The file into which the child writes its [`Report`].
    report: PathBuf,
    /// The file in which it records every call, if it should.
    trace: Option<PathBuf>,
    silence: Duration,
    whole: Option<Duration>,
    memory: Option<usize>,
}

/// The report of the child at its end.
#[derive(Debug, Serialize, Deserialize)]
enum Report {
    /// It has a result.
    Concluded(serde_json::Value),
    /// Its watchdog has ended it.
    Stopped(Stopped),
}

/// The position of a handler.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Place {
    /// The message that it handles.
    message: String,
    /// The last call that it made and the number of its calls; `None` if it made none.
    last: Option<(String, usize)>,
}
