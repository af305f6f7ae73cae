//! Determines what one attempt at a message may cost, and how it may end.
//!
//! A price is measured in a run without faults. It does not show the cost of a duplicate, or of an attempt
//! that finds its work half done. So attempts are recorded over all states: the calls of each run of a
//! handler that ends. An attempt that a crash ends is not recorded.

use std::collections::BTreeSet;
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use super::io::{Call, Flow, Io, Outcome, Stop};
use super::price::Calls;
use super::replay::Handler;
use super::system::System;
use crate::value::Value;

/// How an attempt ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Ending {
    /// The message was acknowledged.
    Acknowledged,
    /// The request was answered.
    Answered,
    /// The message was given back, and will be delivered again.
    GivenBack,
    /// The handler returned without an acknowledgement, an answer or a giving back.
    Returned,
}

/// What an attempt cost.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Attempt {
    /// The number of the endpoint.
    pub endpoint: usize,
    /// Its calls.
    pub calls: Calls,
    /// How it ended.
    pub ending: Ending,
}

/// The distinct attempts recorded so far.
#[derive(Debug, Clone, Default)]
pub struct Attempts(Arc<Mutex<BTreeSet<Attempt>>>);

impl Attempts {
    /// The attempts recorded so far.
    pub fn met(&self) -> BTreeSet<Attempt> {
        let met = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        met.clone()
    }

    fn meet(&self, attempt: Attempt) {
        let mut met = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        met.insert(attempt);
    }
}

/// Writes an attempt as in "1 read, 2 writes, acknowledged".
impl fmt::Display for Attempt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Calls {
            reads,
            writes,
            sends,
            asks,
        } = self.calls;
        for (count, kind) in [
            (reads, "read"),
            (writes, "write"),
            (sends, "send"),
            (asks, "ask"),
        ] {
            match count {
                0 => {}
                1 => write!(f, "1 {kind}, ")?,
                _ => write!(f, "{count} {kind}s, ")?,
            }
        }
        f.write_str(match self.ending {
            Ending::Acknowledged => "acknowledged",
            Ending::Answered => "answered",
            Ending::GivenBack => "given back",
            Ending::Returned => "returned",
        })
    }
}

impl System {
    /// The same system, whose attempts are recorded. After all of its states were enumerated, the record
    /// contains all possible attempts.
    #[must_use]
    pub fn counting(&self, into: &Attempts) -> Self {
        self.map_handlers(|endpoint, handler| {
            let (handler, into) = (handler.clone(), into.clone());
            Handler::raw(move |io, message| {
                let mut counter = Counter::new(io);
                let returned = handler.run(&mut counter, message);
                if let Some(ending) = counter.ending(&returned) {
                    into.meet(Attempt {
                        endpoint,
                        calls: counter.calls,
                        ending,
                    });
                }
                returned
            })
        })
    }

    /// A description of an attempt, with the name of its endpoint if there are several.
    pub fn attempt_words(&self, attempt: &Attempt) -> String {
        match self.hosts() {
            [_] => attempt.to_string(),
            hosts => format!("{}: {attempt}", hosts[attempt.endpoint].name),
        }
    }
}

/// Performs every call and counts it.
struct Counter<'a> {
    io: &'a mut dyn Io,
    calls: Calls,
    acknowledged: bool,
    answered: bool,
}

impl<'a> Counter<'a> {
    fn new(io: &'a mut dyn Io) -> Self {
        Counter {
            io,
            calls: Calls::default(),
            acknowledged: false,
            answered: false,
        }
    }

    /// How the attempt ended, if it did.
    fn ending(&self, returned: &Flow) -> Option<Ending> {
        match returned {
            Ok(()) if self.acknowledged => Some(Ending::Acknowledged),
            Ok(()) if self.answered => Some(Ending::Answered),
            Ok(()) => Some(Ending::Returned),
            Err(Stop::GivenBack) => Some(Ending::GivenBack),
            Err(Stop::Suspended(_) | Stop::Misuse(_)) => None,
        }
    }
}

impl Io for Counter<'_> {
    fn perform(&mut self, action: &'static str, call: Call) -> Flow<Outcome> {
        let outcome = self.io.perform(action, call.clone())?;
        self.calls.count(&call);
        self.acknowledged |= matches!(call, Call::Ack);
        self.answered |= matches!(call, Call::Reply(_));
        Ok(outcome)
    }

    fn fresh(&mut self) -> Flow<Value> {
        self.io.fresh()
    }
}
