//! The steps of a system: which participant does what, and the name of the action.

use super::fault::Fault;
use super::happening::Happening;
use super::world::LateWrite;
use crate::value::Value;

/// One atomic step.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Step {
    /// The name of the action, the same in TLA+.
    pub action: &'static str,
    /// The participant that acts.
    pub actor: &'static str,
    /// What happens.
    pub kind: Kind,
}

/// What happens in a step. Endpoints and slots are numbered from 0; slots are counted over all
/// endpoints.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    /// A slot of an endpoint starts on a message.
    Receive(usize, Value),
    /// A slot of an endpoint that polls wakes up.
    Wake(usize),
    /// A slot makes its next call.
    Call(usize),
    /// A third party answers a slot.
    Answer(usize),
    /// The downstream consumer handles a message, in one step.
    Downstream(Value),
    /// A reply reaches the browser.
    Reply(Value),
    /// The user clicks again.
    AskAgain,
    /// A client with a script gives up waiting for an answer.
    GiveUp,
    /// A request reaches the third party with this number after its sender has given up on it.
    LateRequest(usize, Value),
    /// A write reaches its store after its sender has given up on it, or has crashed.
    LateWrite(LateWrite),
    /// A message that was sent for later becomes due at an endpoint.
    Due(usize, Value),
    /// An endpoint starts again.
    Recover(usize),
    /// A fault happens.
    Fault(Fault, Target),
}

/// The target of a fault.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Target {
    /// An endpoint as a whole.
    Endpoint(usize),
    /// The call of one slot, the answer it waits for, or its lease.
    Slot(usize),
    /// The write that a slot makes, which will arrive later.
    Write(usize),
    /// A message that waits for an endpoint.
    Incoming(usize, Value),
    /// A message that waits for the downstream consumer.
    Outgoing(Value),
    /// A reply on its way to the browser.
    Reply(Value),
    /// The number of a third party, and its memory after it has lost data.
    Memory(usize, Value),
    /// A member of a set, or the document with a key: the name of the store, and the member or key.
    /// It is lost, or its lease expires.
    Stored(&'static str, Value),
}

impl Kind {
    /// The kind of step, unless it is the call of a handler or the answer to one. Those have names
    /// from the protocol.
    pub fn happening(&self) -> Option<Happening> {
        Some(match self {
            Kind::Call(_) | Kind::Answer(_) => return None,
            Kind::Receive(..) => Happening::Receive,
            Kind::Wake(_) => Happening::Wake,
            Kind::Downstream(_) => Happening::DownstreamReceives,
            Kind::Reply(_) => Happening::ReplyArrives,
            Kind::AskAgain => Happening::AskAgain,
            Kind::GiveUp => Happening::GiveUp,
            Kind::LateRequest(..) => Happening::LateRequestArrives,
            Kind::LateWrite(_) => Happening::LateWriteLands,
            Kind::Due(..) => Happening::BecomesDue,
            Kind::Recover(_) => Happening::Recover,
            Kind::Fault(fault, target) => match (fault, target) {
                (Fault::Crash, _) => Happening::Crash,
                (Fault::Duplicate, Target::Outgoing(_)) => Happening::DuplicateDownstream,
                (Fault::Duplicate, _) => Happening::Duplicate,
                (Fault::Lease, Target::Stored(..)) => Happening::RowLeaseExpires,
                (Fault::Lease, _) => Happening::LeaseExpires,
                (Fault::Lose, Target::Reply(_)) => Happening::ReplyLost,
                (Fault::Lose, _) => Happening::RequestLost,
                (Fault::Fail, _) => Happening::CallFails,
                (Fault::Unknown, _) => Happening::AnswerLost,
                (Fault::Late, Target::Write(_)) => Happening::WriteDelayed,
                (Fault::Late, _) => Happening::RequestDelayed,
                (Fault::Forget, Target::Stored(..)) => Happening::Evict,
                (Fault::Forget, _) => Happening::Forget,
                (Fault::Stale, _) => Happening::StaleRead,
                (Fault::Expire, Target::Outgoing(_)) => Happening::DownstreamMessageExpires,
                (Fault::Expire, _) => Happening::MessageExpires,
            },
        })
    }
}

impl Step {
    /// The number of the slot that acts or is hit, counted from 0 over all endpoints.
    pub fn slot(&self) -> Option<usize> {
        match &self.kind {
            Kind::Call(slot)
            | Kind::Answer(slot)
            | Kind::Fault(_, Target::Slot(slot) | Target::Write(slot)) => Some(*slot),
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
