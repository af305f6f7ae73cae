//! A protocol's declaration of one of its instances.

use super::guarantee::Guarantee;
use super::{State, System};
use crate::kit::clause::Clause;
use crate::kit::fault::Budget;
use crate::kit::hosts::{Further, Partition};
use crate::kit::replay::{Handler, Log};
use crate::kit::script::Move;
use crate::kit::stores::{Schema, Stores};
use crate::kit::third_party::ThirdParty;
use crate::kit::world::World;
use crate::value::Value;

/// How messages reach the endpoint.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Intake {
    /// From a queue: messages are leased, and redelivered until they are acknowledged.
    Queue,
    /// From a browser: requests are answered at most once, and not redelivered.
    Requests,
}

/// A protocol's declaration of one of its instances.
#[derive(Clone)]
pub struct Spec {
    /// The endpoint's name.
    pub endpoint: &'static str,
    /// How messages reach it.
    pub intake: Intake,
    /// The noun for a message; the default is "message" or "request".
    pub noun: Option<&'static str>,
    /// The messages, each once.
    pub messages: Vec<Value>,
    /// Whether messages are interchangeable: they differ only in their names, and all code only stores
    /// names, sends them, compares them for equality, and uses them as keys. Every value that names a
    /// message must then be a [`MessageId`](crate::kit::document::MessageId).
    pub interchangeable: bool,
    /// The number of copies of each message at the start: in the broker, or tabs in which a user
    /// clicks.
    pub copies: u8,
    /// How often the user clicks again if no answer arrives.
    pub clicks: u8,
    /// The messages that a user sends once at the start, each from a tab of its own. The other tabs do
    /// not send them, and no click repeats them.
    pub once: Vec<Value>,
    /// The moves of a client that sends requests one after another, instead of the browser. If the list
    /// is empty, a browser sends the requests. `messages` lists all requests that the client may send.
    pub script: Vec<Move>,
    /// The number of handler slots.
    pub slots: usize,
    /// The code that handles a message, or runs when the endpoint wakes up.
    pub handler: Handler,
    /// For an endpoint that polls: whether it wakes up now, as for [`Further::wakes`]. It then
    /// receives no messages; `messages` name what it works on, and there are no copies.
    pub wakes: Option<fn(&World) -> bool>,
    /// The endpoints besides this one.
    pub further: Vec<Further>,
    /// The outputs of other endpoints of which this one receives a copy.
    pub subscribes: &'static [&'static str],
    /// If its queue is ordered: the partition of each message. Otherwise any message that waits may be
    /// the next one. Requests from a browser or a client have no order.
    pub ordered_by: Option<Partition>,
    /// The endpoints to which messages are sent for later.
    pub later: &'static [&'static str],
    /// The consumer of what it publishes, which handles a message in one atomic step.
    pub downstream: Option<(&'static str, Handler)>,
    /// The third parties that handlers send requests to, each with its name. If there are several, a
    /// call names one of them (`io.ask_party`), and the variables of the view contain the name, as in
    /// `bankProvider`.
    pub third_parties: Vec<(&'static str, ThirdParty)>,
    /// The handler's steps, name and description. A call with another name is reported. If the list is
    /// empty, names are not checked.
    pub steps: &'static [(&'static str, &'static str)],
    /// The stores.
    pub schema: Schema,
    /// The initial durable data.
    pub world: World,
    /// The steps whose calls may fail without effect.
    pub may_fail: &'static [&'static str],
    /// The guarantees.
    pub guarantees: Vec<Guarantee>,
    /// The named values that a handler remembers between two steps, besides loaded documents.
    pub remembers: fn(&Log) -> Vec<(&'static str, Value)>,
    /// The outputs that every message causes.
    pub outputs: &'static [&'static str],
    /// Whether the documents equal the result of processing each cause in the history once.
    pub folds: fn(&World) -> bool,
    /// Whether data are left that only work in progress needs: a clause for each place where they
    /// could be.
    pub clean: fn(&World) -> Vec<Clause>,
    /// The number of identities kept for deduplication, and the number needed now.
    pub remembered: fn(&System, &State) -> (usize, usize),
    /// The paths in the view where these identities are kept.
    pub remembered_in: &'static [&'static str],
}

impl Spec {
    /// An endpoint with one slot that takes messages from a queue, one copy of each, and uses only its
    /// stores. A protocol with the guarantees `ExactlyOnceEquivalent`, `CleanAtRest` or `DedupBounded`
    /// must also define them (`folds`, `clean`, `remembered`); until then they are violated.
    pub fn new(
        endpoint: &'static str,
        messages: Vec<Value>,
        budget: Budget,
        handler: Handler,
        stores: Stores,
    ) -> Self {
        Spec {
            endpoint,
            intake: Intake::Queue,
            noun: None,
            interchangeable: false,
            copies: 1,
            clicks: 0,
            once: Vec::new(),
            script: Vec::new(),
            slots: 1,
            handler,
            wakes: None,
            further: Vec::new(),
            subscribes: &[],
            ordered_by: None,
            later: &[],
            downstream: None,
            third_parties: Vec::new(),
            steps: &[],
            world: stores.world(budget, &messages),
            schema: stores.schema,
            messages,
            may_fail: &[],
            guarantees: Vec::new(),
            remembers: |_| Vec::new(),
            outputs: &[],
            folds: |_| false,
            clean: |_| {
                let expected = "the protocol says what must not be left behind";
                vec![Clause::new(expected, false).but("it does not: see `Spec::clean`")]
            },
            remembered: |_, _| (1, 0),
            remembered_in: &[],
        }
    }

    /// The first endpoint, declared in the same form as the further ones.
    pub(super) fn first(&self) -> Further {
        Further {
            name: self.endpoint,
            slots: self.slots,
            handler: self.handler.clone(),
            wakes: self.wakes,
            subscribes: self.subscribes,
            ordered_by: self.ordered_by.clone(),
            messages: self.messages.clone(),
            outputs: self.outputs,
        }
    }
}
