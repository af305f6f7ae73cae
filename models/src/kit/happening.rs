//! The kinds of steps that every system may have besides the calls of its handlers: the name of each,
//! its description, whether it is a fault, and whether it is fair. The compiler ensures that a new
//! kind has all of these.

use super::fault::Fault;

/// A kind of step that is not the call of a handler.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Happening {
    /// A slot of an endpoint starts on a message.
    Receive,
    /// A poller wakes up.
    Wake,
    /// The downstream consumer handles a message.
    DownstreamReceives,
    /// A reply reaches the browser.
    ReplyArrives,
    /// The user clicks again.
    AskAgain,
    /// A client gives up waiting for an answer.
    GiveUp,
    /// A request reaches the third party after its sender has given up on it.
    LateRequestArrives,
    /// A write reaches its store after its sender has given up on it.
    LateWriteLands,
    /// A message that was sent for later becomes due.
    BecomesDue,
    /// An endpoint starts again.
    Recover,
    /// An endpoint crashes.
    Crash,
    /// A message that waits for an endpoint is duplicated.
    Duplicate,
    /// A message that waits for the downstream consumer is duplicated.
    DuplicateDownstream,
    /// A lease expires.
    LeaseExpires,
    /// The lease on a row expires.
    RowLeaseExpires,
    /// A call fails without effect.
    CallFails,
    /// A call has its effect, and its answer is lost.
    AnswerLost,
    /// A request is lost.
    RequestLost,
    /// A reply is lost.
    ReplyLost,
    /// A request is delayed: its sender gives up, and it arrives later.
    RequestDelayed,
    /// A write is delayed: its sender gives up, and it arrives later.
    WriteDelayed,
    /// The third party loses data.
    Forget,
    /// A store loses data.
    Evict,
    /// A store returns the data from before its last change.
    StaleRead,
    /// A message that waits for an endpoint expires.
    MessageExpires,
    /// A message that waits for the downstream consumer expires.
    DownstreamMessageExpires,
}

/// What a kind of step belongs to. If there are several endpoints, the name of a step has its
/// endpoint as a prefix.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Whose {
    /// An endpoint, with the rest of the name if there are several: "ShopCrashes".
    Endpoint(&'static str),
    /// The system as a whole.
    System,
}

impl Happening {
    /// All kinds, in the order in which the steps of a state are listed.
    pub const ALL: [Happening; 26] = [
        Happening::Receive,
        Happening::Wake,
        Happening::DownstreamReceives,
        Happening::ReplyArrives,
        Happening::AskAgain,
        Happening::GiveUp,
        Happening::LateRequestArrives,
        Happening::LateWriteLands,
        Happening::BecomesDue,
        Happening::Recover,
        Happening::Crash,
        Happening::Duplicate,
        Happening::DuplicateDownstream,
        Happening::LeaseExpires,
        Happening::RowLeaseExpires,
        Happening::CallFails,
        Happening::AnswerLost,
        Happening::RequestLost,
        Happening::ReplyLost,
        Happening::RequestDelayed,
        Happening::WriteDelayed,
        Happening::Forget,
        Happening::Evict,
        Happening::StaleRead,
        Happening::MessageExpires,
        Happening::DownstreamMessageExpires,
    ];

    /// The name of its action if there is one endpoint, its description, and what it belongs to.
    const fn about(self) -> (&'static str, &'static str, Whose) {
        use Whose::{Endpoint, System};
        match self {
            Happening::Receive => ("Receive", "starts on", Endpoint("Receives")),
            Happening::Wake => ("Wake", "wakes up", Endpoint("Wakes")),
            Happening::DownstreamReceives => ("DownstreamReceives", "handles", System),
            Happening::ReplyArrives => ("ReplyArrives", "gets the reply", System),
            Happening::AskAgain => ("AskAgain", "clicks again", System),
            Happening::GiveUp => ("GiveUp", "gives up waiting", System),
            Happening::LateRequestArrives => ("LateRequestArrives", "gets a late request", System),
            Happening::LateWriteLands => ("LateWriteLands", "gets a late write", System),
            Happening::BecomesDue => (
                "BecomesDue",
                "delivers what was sent for later:",
                Endpoint("MessageBecomesDue"),
            ),
            Happening::Recover => ("Recover", "starts again", Endpoint("Recovers")),
            Happening::Crash => ("Crash", "crashes", Endpoint("Crashes")),
            Happening::Duplicate => (
                "Duplicate",
                "delivers another copy of",
                Endpoint("MessageDuplicated"),
            ),
            Happening::DuplicateDownstream => {
                ("DuplicateDownstream", "delivers another copy of", System)
            }
            Happening::LeaseExpires => (
                "LeaseExpires",
                "lets the lease expire",
                Endpoint("LeaseExpires"),
            ),
            Happening::RowLeaseExpires => ("RowLeaseExpires", "loses its lease on", System),
            Happening::CallFails => (
                "CallFails",
                "gets no answer, as the call failed",
                Endpoint("CallFails"),
            ),
            Happening::AnswerLost => (
                "AnswerLost",
                "gets no answer, although the call had its effect",
                Endpoint("AnswerLost"),
            ),
            Happening::RequestLost => (
                "RequestLost",
                "gets no answer, as the request is lost",
                Endpoint("RequestLost"),
            ),
            Happening::ReplyLost => (
                "ReplyLost",
                "answers in vain, as the reply is lost",
                Endpoint("ReplyLost"),
            ),
            Happening::RequestDelayed => (
                "RequestDelayed",
                "gets no answer, as the request is still on its way",
                Endpoint("RequestDelayed"),
            ),
            Happening::WriteDelayed => (
                "WriteDelayed",
                "gets no answer, as the write is still on its way",
                Endpoint("WriteDelayed"),
            ),
            Happening::Forget => ("Forget", "forgets what it remembered", System),
            Happening::Evict => ("Evict", "forgets what it stored", System),
            Happening::StaleRead => (
                "StaleRead",
                "reads what was stored before the last change",
                Endpoint("StaleRead"),
            ),
            Happening::MessageExpires => (
                "MessageExpires",
                "lets a message expire",
                Endpoint("MessageExpires"),
            ),
            Happening::DownstreamMessageExpires => {
                ("DownstreamMessageExpires", "lets a message expire", System)
            }
        }
    }

    /// The name of its action. If there are several endpoints, the endpoint's name is the prefix.
    pub fn action(self, endpoint: Option<&str>) -> String {
        match (self.about(), endpoint) {
            ((_, _, Whose::Endpoint(rest)), Some(endpoint)) => format!("{endpoint}{rest}"),
            ((name, ..), _) => name.to_owned(),
        }
    }

    /// The name of its action if there is one endpoint.
    pub const fn name(self) -> &'static str {
        self.about().0
    }

    /// Its description, which follows the name of the participant that acts.
    pub const fn words(self) -> &'static str {
        self.about().1
    }

    /// The fault whose budget it uses, if it is a fault.
    pub const fn spends(self) -> Option<Fault> {
        match self {
            Happening::Receive
            | Happening::Wake
            | Happening::DownstreamReceives
            | Happening::ReplyArrives
            | Happening::AskAgain
            | Happening::GiveUp
            | Happening::LateRequestArrives
            | Happening::LateWriteLands
            | Happening::BecomesDue
            | Happening::Recover => None,
            Happening::Crash => Some(Fault::Crash),
            Happening::Duplicate | Happening::DuplicateDownstream => Some(Fault::Duplicate),
            Happening::LeaseExpires | Happening::RowLeaseExpires => Some(Fault::Lease),
            Happening::CallFails => Some(Fault::Fail),
            Happening::AnswerLost => Some(Fault::Unknown),
            Happening::RequestLost | Happening::ReplyLost => Some(Fault::Lose),
            Happening::RequestDelayed | Happening::WriteDelayed => Some(Fault::Late),
            Happening::Forget | Happening::Evict => Some(Fault::Forget),
            Happening::StaleRead => Some(Fault::Stale),
            Happening::MessageExpires | Happening::DownstreamMessageExpires => Some(Fault::Expire),
        }
    }

    /// The fault without which it never happens: the fault itself, or the one that must happen before
    /// it.
    pub const fn needs(self) -> Option<Fault> {
        match self {
            Happening::Recover => Some(Fault::Crash),
            Happening::LateRequestArrives | Happening::LateWriteLands => Some(Fault::Late),
            other => other.spends(),
        }
    }

    /// Whether it is fair: it eventually happens if it stays possible. Faults are not fair, and a
    /// user or a client may give up.
    pub const fn is_fair(self) -> bool {
        self.spends().is_none() && !matches!(self, Happening::AskAgain | Happening::GiveUp)
    }

    /// The kind of step with this name in a system with these endpoints, and its endpoint if it
    /// belongs to one.
    pub fn named<'e>(action: &str, endpoints: &[&'e str]) -> Option<(Happening, Option<&'e str>)> {
        let one = |kind: &Happening| kind.action(None) == action;
        if let Some(kind) = Happening::ALL.into_iter().find(one) {
            return Some((kind, None));
        }
        let endpoints = endpoints.iter().copied();
        let mut all = endpoints.flat_map(|name| Happening::ALL.map(|kind| (kind, Some(name))));
        all.find(|(kind, endpoint)| kind.action(*endpoint) == action)
    }
}
