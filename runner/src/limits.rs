//! How far an engine may go, and how it says that it went no further.

use std::fmt;
use std::time::{Duration, Instant};

use crate::tlc::cancel::Cancel;

/// Limits of a run. A run that reaches one is incomplete, and never a pass.
#[derive(Debug, Clone)]
pub struct Limits {
    /// Raw states.
    pub max_states: Option<usize>,
    /// Wall-clock time.
    pub time_limit: Option<Duration>,
}

/// What a run may use, and who can stop it.
#[derive(Clone, Copy)]
pub struct Run<'a> {
    /// How far it may go.
    pub limits: &'a Limits,
    /// Set when the user wants it to stop.
    pub cancel: &'a Cancel,
}

/// The limit that stopped a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CutOff {
    /// So many states.
    States(usize),
    /// So much time.
    Time(Duration),
    /// The user.
    Interrupted,
}

impl Limits {
    /// No limits at all.
    pub const NONE: Limits = Limits {
        max_states: None,
        time_limit: None,
    };

    /// The limit that is reached, if one is.
    pub fn reached(&self, states: usize, started: Instant, cancel: &Cancel) -> Option<CutOff> {
        if cancel.is_cancelled() {
            return Some(CutOff::Interrupted);
        }
        if let Some(max) = self.max_states.filter(|max| states >= *max) {
            return Some(CutOff::States(max));
        }
        let time = self.time_limit.filter(|limit| started.elapsed() >= *limit);
        time.map(CutOff::Time)
    }
}

impl fmt::Display for CutOff {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            CutOff::States(max) => {
                write!(
                    f,
                    "stopped at {max} raw states; raise --max-states or lower the bounds"
                )
            }
            CutOff::Time(limit) => write!(
                f,
                "stopped after {} s; raise --time-limit or lower the bounds",
                limit.as_secs()
            ),
            CutOff::Interrupted => f.write_str("interrupted"),
        }
    }
}
