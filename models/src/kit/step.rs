//! The steps of a system: who does what, under which name.

use super::fault::Fault;
use crate::value::Value;

/// One atomic step.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Step {
    /// The name of the action, the same in TLA+.
    pub action: &'static str,
    /// Who acts.
    pub actor: &'static str,
    /// What happens.
    pub kind: Kind,
}

/// What happens in a step.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    /// A slot starts on a message.
    Receive(Value),
    /// A slot makes its next call.
    Call(usize),
    /// The third party answers a slot.
    Answer(usize),
    /// The downstream consumer handles a message, in one step.
    Downstream(Value),
    /// A reply reaches the browser.
    Reply(Value),
    /// The user clicks again.
    AskAgain,
    /// A request that nobody waits for any more reaches the third party.
    LateRequest(Value),
    /// The endpoint starts again.
    Recover,
    /// A fault happens.
    Fault(Fault, Target),
}

/// What a fault hits.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Target {
    /// The endpoint as a whole.
    Endpoint,
    /// One of its slots.
    Slot(usize),
    /// A message that waits for the endpoint.
    Incoming(Value),
    /// A message that waits for the downstream consumer.
    Outgoing(Value),
    /// A reply on its way to the browser.
    Reply(Value),
    /// The memory that the third party is left with.
    Memory(Value),
}

impl Step {
    /// The slot that acts or is hit, from 0.
    pub fn slot(&self) -> Option<usize> {
        match &self.kind {
            Kind::Call(slot) | Kind::Answer(slot) | Kind::Fault(_, Target::Slot(slot)) => {
                Some(*slot)
            }
            _ => None,
        }
    }

    /// The fault, if the step is one.
    pub fn fault(&self) -> Option<Fault> {
        match self.kind {
            Kind::Fault(fault, _) => Some(fault),
            _ => None,
        }
    }
}

/// The names of the steps that every protocol shares, and what they say.
pub const SHARED: &[(&str, &str)] = &[
    ("Receive", "starts on"),
    ("DownstreamReceives", "handles"),
    ("ReplyArrives", "gets the reply"),
    ("AskAgain", "clicks again"),
    ("LateRequestArrives", "gets a late request"),
    ("Recover", "starts again"),
    ("Crash", "crashes"),
    ("Duplicate", "delivers another copy of"),
    ("DuplicateDownstream", "delivers another copy of"),
    ("LeaseExpires", "lets the lease expire"),
    ("CallFails", "gets no answer, as the call failed"),
    (
        "AnswerLost",
        "gets no answer, although the call had its effect",
    ),
    ("RequestLost", "gets no answer, as the request is lost"),
    ("ReplyLost", "answers in vain, as the reply is lost"),
    (
        "RequestDelayed",
        "gets no answer, as the request is still on its way",
    ),
    ("Forget", "forgets what it remembered"),
];
