//! Runs this program, or another one, as a child process in which somebody else's handlers run, or a spec
//! that somebody else wrote is evaluated.
//!
//! A handler may loop without a call, end the process, overflow its stack or use up the memory. No
//! engine in the same process survives that. So the handlers run in a child: its watchdog sees how
//! far each has come and ends the process if one does not come back. The parent, in [`supervise`],
//! accepts a result only if the child has [concluded](Inside::conclude): an exit status proves nothing.
//! If there is no conclusion, the child runs once more and writes down every call, and so the parent
//! can say where it was. The evaluation of a spec may go beyond the limits between two states, where the search
//! does not look; it cannot be stopped either, and has no calls to write down.

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

/// The environment variable through which the parent tells the child its [`Settings`].
const SETTINGS: &str = "TANDEM_CONTAINED";

/// What a child runs that is not Tandem's own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Subject {
    /// Handlers of a protocol.
    Handlers,
    /// A spec that is evaluated in the process.
    Spec,
}

/// What the child may use.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// What runs in it. The search of a spec stops at the limits of time and memory by itself, so the process
    /// is ended only some way beyond them.
    pub subject: Subject,
    /// How long a handler may run without making a call or returning, if the process uses as much
    /// processor time in the meantime. Otherwise it may take five times as long.
    pub silence: Duration,
    /// How long the child may run altogether.
    pub whole: Option<Duration>,
    /// The resident memory of the child, in bytes.
    pub memory: Option<usize>,
}

impl Limits {
    /// For a command that may take as long and as much memory as its own options allow: only a handler
    /// that does not come back is stopped.
    pub const HANDLERS_ONLY: Limits = Limits {
        subject: Subject::Handlers,
        silence: Duration::from_secs(2),
        whole: None,
        memory: None,
    };
}

/// What the parent tells the child.
#[derive(Debug, Serialize, Deserialize)]
struct Settings {
    /// Where the child writes its [`Report`].
    report: PathBuf,
    /// Where it writes down every call, if it should.
    trace: Option<PathBuf>,
    subject: Subject,
    silence: Duration,
    whole: Option<Duration>,
    memory: Option<usize>,
}

/// What the child says at its end.
#[derive(Debug, Serialize, Deserialize)]
enum Report {
    /// It came to a result.
    Concluded(serde_json::Value),
    /// Its watchdog has ended it.
    Stopped(Stopped),
}

/// Where a handler is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Place {
    /// The message that it handles.
    message: String,
    /// The last call that it made and how many it made; none yet if it made none.
    last: Option<(String, usize)>,
}
