//! What may go wrong, and how often.
//!
//! Every fault is a labelled step that spends its own budget. A budget of zero removes the
//! fault; a finite budget keeps liveness meaningful.

mod aim;

use std::fmt;
use std::str::FromStr;

pub(in crate::kit) use self::aim::kept;
pub use self::aim::{Aim, Budget};

/// A kind of fault.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Fault {
    /// The endpoint dies between two steps, with all its slots.
    Crash,
    /// A waiting message is delivered once more than it was sent.
    Duplicate,
    /// A lease expires: the message waits again while its slot runs on.
    Lease,
    /// A request or a reply is lost on its way.
    Lose,
    /// A call is not performed, and the handler learns only that no answer came.
    Fail,
    /// A call is performed, but its answer is lost.
    Unknown,
    /// A request that was given up arrives later, or a write does.
    Late,
    /// Someone forgets what they promised to remember for a while: a third party, or a store.
    Forget,
    /// A read answers what was stored before the last change.
    Stale,
    /// A message that waits in a queue expires: nobody handles it any more.
    Expire,
}

impl Fault {
    /// All kinds, in the order in which they are shown.
    pub const ALL: [Fault; 10] = [
        Fault::Crash,
        Fault::Duplicate,
        Fault::Lease,
        Fault::Lose,
        Fault::Fail,
        Fault::Unknown,
        Fault::Late,
        Fault::Forget,
        Fault::Stale,
        Fault::Expire,
    ];

    /// The name on the command line, and the field of `budget` in TLA+.
    pub fn name(self) -> &'static str {
        match self {
            Fault::Crash => "crash",
            Fault::Duplicate => "duplicate",
            Fault::Lease => "lease",
            Fault::Lose => "lose",
            Fault::Fail => "fail",
            Fault::Unknown => "unknown",
            Fault::Late => "late",
            Fault::Forget => "forget",
            Fault::Stale => "stale",
            Fault::Expire => "expire",
        }
    }

    /// The name of the witness that the fault really happens.
    pub fn witness(self) -> &'static str {
        match self {
            Fault::Crash => "CrashHappens",
            Fault::Duplicate => "DuplicateHappens",
            Fault::Lease => "LeaseExpiryHappens",
            Fault::Lose => "LossHappens",
            Fault::Fail => "FailureHappens",
            Fault::Unknown => "UnknownOutcomeHappens",
            Fault::Late => "LateArrivalHappens",
            Fault::Forget => "ForgettingHappens",
            Fault::Stale => "StaleReadHappens",
            Fault::Expire => "ExpiryHappens",
        }
    }

    /// What the run shows that reaches its witness.
    pub fn shown(self) -> &'static str {
        match self {
            Fault::Crash => "finished, with a crash",
            Fault::Duplicate => "finished, with a duplicate",
            Fault::Lease => "finished, with an expired lease",
            Fault::Lose => "finished, with a loss",
            Fault::Fail => "finished, with a failed call",
            Fault::Unknown => "finished, with an unknown outcome",
            Fault::Late => "finished, with a late arrival",
            Fault::Forget => "finished, with something forgotten",
            Fault::Stale => "finished, with a stale read",
            Fault::Expire => "finished, with an expired message",
        }
    }

    /// What happens, in a sentence.
    pub fn summary(self) -> &'static str {
        match self {
            Fault::Crash => "the endpoint crashes between two steps and loses what it was doing",
            Fault::Duplicate => "the broker delivers a message once more than it was sent",
            Fault::Lease => "a lease expires while its handler is still running",
            Fault::Lose => "a request or a reply is lost",
            Fault::Fail => "a call fails without effect",
            Fault::Unknown => "a call has its effect, but the answer is lost",
            Fault::Late => "a request that timed out arrives later, or a write lands later",
            Fault::Forget => "someone forgets what they remembered for deduplication",
            Fault::Stale => "a read answers what was stored before the last change",
            Fault::Expire => "a message expires while it waits in its queue, and is not delivered",
        }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Fault {
    type Err = UnknownFault;

    fn from_str(name: &str) -> Result<Self, UnknownFault> {
        Fault::ALL
            .into_iter()
            .find(|fault| fault.name() == name)
            .ok_or_else(|| UnknownFault(name.to_owned()))
    }
}

/// There is no fault of that name.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("there is no fault named '{0}'")]
pub struct UnknownFault(pub String);
