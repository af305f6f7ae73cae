//! The faults of a model, and how often each may happen.
//!
//! Every fault is a labelled step that uses its own budget. A budget of zero removes the fault.
//! Budgets are finite, because liveness would be meaningless if faults could happen forever.

mod aim;

use std::fmt;
use std::str::FromStr;

pub(in crate::kit) use self::aim::kept;
pub use self::aim::{Aim, Budget};

/// A kind of fault.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Fault {
    /// The endpoint crashes between two steps, with all its slots.
    Crash,
    /// A copy of a waiting message is delivered in addition.
    Duplicate,
    /// A lease expires: the message waits again while its slot continues to run.
    Lease,
    /// A request or a reply is lost on its way.
    Lose,
    /// A call is not performed, and the handler only notices that no answer arrived.
    Fail,
    /// A call is performed, but its answer is lost.
    Unknown,
    /// A request or a write whose sender has given up on it arrives later.
    Late,
    /// A third party or a store loses data that it promised to keep for a while.
    Forget,
    /// A read returns the data from before the last change.
    Stale,
    /// A message expires while it waits in a queue, and is not handled.
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

    /// The name on the command line, and of the field of `budget` in TLA+.
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

    /// The name of the witness that shows that the fault happens.
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

    /// A phrase for the run that reaches its witness.
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

    /// A sentence about what happens.
    pub fn summary(self) -> &'static str {
        match self {
            Fault::Crash => "the endpoint crashes between two steps and loses what it was doing",
            Fault::Duplicate => "the broker delivers a message once more than it was sent",
            Fault::Lease => "a lease expires while its handler is still running",
            Fault::Lose => "a request or a reply is lost",
            Fault::Fail => "a call fails without effect",
            Fault::Unknown => "a call has its effect, but the answer is lost",
            Fault::Late => "a request that timed out arrives later, or a write lands later",
            Fault::Forget => "a store or a third party forgets what it kept for deduplication",
            Fault::Stale => "a read returns what was stored before the last change",
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
