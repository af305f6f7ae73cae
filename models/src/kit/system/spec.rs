//! What a protocol declares about one instance of itself.

use super::guarantee::Guarantee;
use super::{State, System};
use crate::kit::clause::Clause;
use crate::kit::fault::Budget;
use crate::kit::hosts::Further;
use crate::kit::replay::{Handler, Log};
use crate::kit::script::Move;
use crate::kit::stores::{Schema, Stores};
use crate::kit::third_party::ThirdParty;
use crate::kit::world::World;
use crate::value::Value;

/// How messages reach the endpoint.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Intake {
    /// From a queue: leased, and redelivered until acknowledged.
    Queue,
    /// From a browser: answered once or never, and not redelivered.
    Requests,
}

/// What a protocol declares about one instance of itself.
#[derive(Clone)]
pub struct Spec {
    /// The endpoint's name.
    pub endpoint: &'static str,
    /// How messages reach it.
    pub intake: Intake,
    /// What one of them is called; if nothing is said, a message or a request.
    pub noun: Option<&'static str>,
    /// The messages, each once.
    pub messages: Vec<Value>,
    /// Whether they may be taken for one another: they differ in nothing but their names, and whoever
    /// meets a name keeps it, sends it, compares it with another one, or looks something up under it,
    /// and no more. All that names a message is a [`MessageId`](crate::kit::document::MessageId) then.
    pub interchangeable: bool,
    /// Copies of each at the start: what a broker holds, or tabs in which a user clicks.
    pub copies: u8,
    /// How often the user clicks again when no answer comes.
    pub clicks: u8,
    /// Those of the messages that a user sends once, at the start, each from a tab of its own: the
    /// other tabs do not send them, and no click repeats them.
    pub once: Vec<Value>,
    /// What a client sends instead of the browser, one request after the other; if there is nothing, a
    /// browser sends the requests. `messages` are all the requests that it may send.
    pub script: Vec<Move>,
    /// Handler slots.
    pub slots: usize,
    /// What it does with a message, or when it wakes up.
    pub handler: Handler,
    /// Whether it wakes up now, if it polls: as [`Further::wakes`]. It then receives no
    /// messages, of which there are no copies: they name what it works on.
    pub wakes: Option<fn(&World) -> bool>,
    /// The endpoints besides this one.
    pub further: Vec<Further>,
    /// The outputs of other endpoints that this one gets a copy of each.
    pub subscribes: &'static [&'static str],
    /// The endpoints to which messages are sent for later.
    pub later: &'static [&'static str],
    /// Who consumes what it publishes, in one atomic step.
    pub downstream: Option<(&'static str, Handler)>,
    /// Whom the handlers ask, each with its name. Where there are several, a call names one of them
    /// (`io.ask_party`), and the variables of the view say whose they are, as in `bankProvider`.
    pub third_parties: Vec<(&'static str, ThirdParty)>,
    /// The handler's steps, name and words: a call under another name is reported. If none are
    /// declared, names are not checked.
    pub steps: &'static [(&'static str, &'static str)],
    /// The stores.
    pub schema: Schema,
    /// What is durable at the start.
    pub world: World,
    /// The steps whose call may fail without effect.
    pub may_fail: &'static [&'static str],
    /// What it is asked for.
    pub guarantees: Vec<Guarantee>,
    /// The named values that a handler remembers between two steps, besides documents loaded.
    pub remembers: fn(&Log) -> Vec<(&'static str, Value)>,
    /// The outputs that every message leads to.
    pub outputs: &'static [&'static str],
    /// Whether the documents are what processing each cause of the history once makes of them.
    pub folds: fn(&World) -> bool,
    /// That nothing is left behind that only work in progress needs: a clause for each place where
    /// something might be.
    pub clean: fn(&World) -> Vec<Clause>,
    /// How many identities are remembered for deduplication, and how many are needed now.
    pub remembered: fn(&System, &State) -> (usize, usize),
    /// Where in the view these identities are kept.
    pub remembered_in: &'static [&'static str],
}

impl Spec {
    /// An endpoint with one slot that takes the messages from a queue, one copy of each, and works
    /// on its stores alone. Whoever asks for `ExactlyOnceEquivalent`, `CleanAtRest` or `DedupBounded`
    /// also says what they mean (`folds`, `clean`, `remembered`): until then they do not hold.
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

    /// The first endpoint, declared as the further ones are.
    pub(super) fn first(&self) -> Further {
        Further {
            name: self.endpoint,
            slots: self.slots,
            handler: self.handler.clone(),
            wakes: self.wakes,
            subscribes: self.subscribes,
            messages: self.messages.clone(),
            outputs: self.outputs,
        }
    }
}
