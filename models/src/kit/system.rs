//! A protocol as a Stateright model: an `ActorModel` of the participants, and around it what is
//! durable, the history and the fault budgets.
//!
//! One step of the system is one or two steps of the `ActorModel`: a call is performed on the
//! world and its outcome delivered to the slot that made it, atomically. What travels is in the
//! actors' network, a multiset: the queues too, so a message that is given back, redelivered or
//! duplicated is an envelope put back.

use stateright::actor::{ActorModel, ActorModelAction, ActorModelState, Id, Network};
use stateright::{Model, Property};

use super::actors::{Broker, Browser, Endpoint, Msg, Participant, Timer};
use super::change::{Change, Fate};
use super::clause::Clause;
use super::fault::Budget;
use super::guarantees::{About, Guarantee, When, witnesses};
use super::happening::Happening;
use super::hosts::{Further, Host};
use super::pieces::frame;
use super::replay::{Handler, Log};
use super::step::{Kind, Step};
use super::stores::{Schema, Stores};
use super::third_party::ThirdParty;
use super::world::{Ledger, World};
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
    /// and no more. All that names a message is a [`MessageId`](super::document::MessageId) then.
    pub interchangeable: bool,
    /// Copies of each at the start: what a broker holds, or tabs in which a user clicks.
    pub copies: u8,
    /// How often the user clicks again when no answer comes.
    pub clicks: u8,
    /// Those of the messages that a user sends once, at the start, each from a tab of its own: the
    /// other tabs do not send them, and no click repeats them.
    pub once: Vec<Value>,
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
    /// Whom it asks.
    pub third_party: Option<(&'static str, ThirdParty)>,
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
            slots: 1,
            handler,
            wakes: None,
            further: Vec::new(),
            subscribes: &[],
            later: &[],
            downstream: None,
            third_party: None,
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
}

/// A state of the system.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct State {
    /// The participants' volatile state, and what travels between them.
    pub actors: ActorModelState<Participant>,
    /// What is durable or was seen.
    pub world: World,
}

/// One protocol, variant and size, as a Stateright model.
#[derive(Clone)]
pub struct System {
    pub(super) actors: ActorModel<Participant>,
    pub(super) spec: Spec,
    pub(super) hosts: Vec<Host>,
    pub(super) downstream: Option<Id>,
    pub(super) third_party: Option<Id>,
    pub(super) sender: Id,
    pub(super) frame: State,
}

/// The endpoint's place among the actors.
pub(super) const ENDPOINT: usize = 0;

impl System {
    /// Puts the participants together.
    pub fn new(mut spec: Spec) -> Self {
        let endpoint = Id::from(ENDPOINT);
        let downstream = spec.downstream.as_ref().map(|_| Id::from(1));
        let third_party = spec
            .third_party
            .as_ref()
            .map(|_| Id::from(1 + usize::from(downstream.is_some())));
        let mut actors = ActorModel::new((), ())
            .init_network(Network::new_unordered_nonduplicating([]))
            .actor(Participant::Endpoint(Endpoint {
                slots: spec.slots,
                handler: spec.handler.clone(),
                third_party,
                steps: spec.steps,
            }));
        if let Some((_, handler)) = &spec.downstream {
            let handler = handler.clone();
            actors = actors.actor(Participant::Endpoint(Endpoint {
                slots: 1,
                handler,
                third_party: None,
                steps: &[],
            }));
        }
        if let Some((_, party)) = &spec.third_party {
            actors = actors.actor(Participant::ThirdParty(party.clone()));
        }
        let mut hosts = vec![Host::first(&spec)];
        for further in &spec.further {
            let slot = hosts.iter().map(|host| host.slots).sum();
            let id = Id::from(actors.actors.len());
            let host = Host::further(further, id, slot);
            actors = actors.actor(Participant::Endpoint(Endpoint {
                slots: host.slots,
                handler: host.handler.clone(),
                third_party,
                steps: spec.steps,
            }));
            hosts.push(host);
        }
        let ledgers = spec.world.ledgers.len();
        let unseen = spec.further.iter().skip(ledgers - 1);
        let unseen: Vec<_> = unseen.map(|one| Ledger::of(&one.messages)).collect();
        spec.world.ledgers.extend(unseen);
        let sender = Id::from(actors.actors.len());
        actors = actors.actor(match spec.intake {
            Intake::Queue => Participant::Broker(Broker {
                messages: spec
                    .messages
                    .iter()
                    .flat_map(|m| std::iter::repeat_n(m.clone(), usize::from(spec.copies)))
                    .collect(),
                endpoint,
            }),
            Intake::Requests => Participant::Browser(Browser {
                request: spec.messages.first().cloned().unwrap_or(Value::from(1)),
                tabs: spec.copies,
                once: spec.once.clone(),
                clicks: spec.clicks,
                endpoint,
            }),
        });
        System {
            frame: frame(&actors),
            actors,
            spec,
            hosts,
            downstream,
            third_party,
            sender,
        }
    }

    /// What the protocol declared.
    pub fn spec(&self) -> &Spec {
        &self.spec
    }

    /// The same system, whose handlers are not run again where it is known how far they come.
    #[must_use]
    pub fn remembering(&self) -> Self {
        let downstream = self.spec.downstream.as_ref();
        let further = self.spec.further.iter();
        let further = further.map(|one| Further {
            handler: one.handler.remembering(),
            ..one.clone()
        });
        System::new(Spec {
            handler: self.spec.handler.remembering(),
            further: further.collect(),
            downstream: downstream.map(|(name, handler)| (*name, handler.remembering())),
            ..self.spec.clone()
        })
    }

    /// The same system with another handler.
    #[must_use]
    pub fn with_handler(&self, handler: Handler) -> Self {
        System::new(Spec {
            handler,
            ..self.spec.clone()
        })
    }

    /// Whether the system has one endpoint and nothing around it but what every engine knows: at most
    /// one downstream consumer and one third party, a broker or a browser, and stores without faults
    /// of their own.
    pub fn has_one_endpoint_only(&self) -> bool {
        let polls = self.hosts.iter().any(|host| host.wakes.is_some());
        let plain = !self.spec.schema.has_faults() && self.spec.later.is_empty();
        self.hosts.len() == 1 && plain && !polls
    }

    /// The endpoints, in the order of their numbers.
    pub fn hosts(&self) -> &[Host] {
        &self.hosts
    }

    /// The endpoint of a slot, and the slot's place in it, from 0.
    pub fn host_of(&self, slot: usize) -> (usize, usize) {
        let mut hosts = self.hosts.iter().enumerate().rev();
        let found = hosts.find(|(_, host)| host.first_slot <= slot);
        found.map_or((0, slot), |(number, host)| (number, slot - host.first_slot))
    }

    /// The kind of step that an action is, unless it is the call of a handler, and whose it is, if it
    /// is an endpoint's.
    pub fn happening(&self, action: &str) -> Option<(Happening, Option<&'static str>)> {
        match &self.hosts[..] {
            [_] => Happening::named(action, &[]),
            hosts => {
                let names: Vec<_> = hosts.iter().map(|host| host.name).collect();
                Happening::named(action, &names)
            }
        }
    }

    /// Whether what an endpoint receives is a request from a browser: answered once or never, and not
    /// redelivered. A message that a handler has sent is none.
    pub fn is_request(&self, endpoint: usize, message: &Value) -> bool {
        endpoint == ENDPOINT
            && self.spec.intake == Intake::Requests
            && (self.spec.messages.contains(message) || self.hosts.len() == 1)
    }

    /// The number of the endpoint of this name.
    pub(super) fn host_named(&self, name: &str) -> Option<usize> {
        self.hosts.iter().position(|host| host.name == name)
    }

    /// The name of a participant.
    pub fn name(&self, id: Id) -> &'static str {
        if let Some(host) = self.hosts.iter().find(|host| host.id == id) {
            host.name
        } else if Some(id) == self.downstream {
            self.spec
                .downstream
                .as_ref()
                .map_or("Downstream", |(name, _)| name)
        } else if Some(id) == self.third_party {
            self.spec
                .third_party
                .as_ref()
                .map_or("Provider", |(name, _)| name)
        } else {
            match self.spec.intake {
                Intake::Queue => "Broker",
                Intake::Requests => "Browser",
            }
        }
    }

    /// The guarantees that are about what comes true some day.
    pub fn liveness(&self) -> Vec<Guarantee> {
        let guarantees = self.spec.guarantees.iter().copied();
        let liveness = guarantees.filter(|guarantee| !matches!(guarantee.when, When::Always));
        liveness.collect()
    }

    /// Whether an action is taken in the end if it stays possible: whatever the participants do, but
    /// no fault happens because it could, and a user may give up.
    pub fn is_fair(&self, action: &str) -> bool {
        self.happening(action)
            .is_none_or(|(kind, _)| kind.is_fair())
    }

    /// All guarantees about every state, all witnesses, and what the truth of each depends on.
    pub fn asked(&self) -> Vec<(Property<System>, About)> {
        let guarantees = self.spec.guarantees.iter();
        let always = guarantees.filter(|guarantee| matches!(guarantee.when, When::Always));
        let always = always.map(|guarantee| {
            (
                Property::always(guarantee.name, guarantee.holds),
                guarantee.about,
            )
        });
        always.chain(witnesses(&self.spec.world.budget)).collect()
    }
}

impl Model for System {
    type State = State;
    type Action = Step;

    fn init_states(&self) -> Vec<State> {
        let world = self.spec.world.clone();
        self.actors
            .init_states()
            .into_iter()
            .map(|actors| State {
                actors,
                world: world.clone(),
            })
            .collect()
    }

    fn actions(&self, state: &State, steps: &mut Vec<Step>) {
        if self.breach(state).is_some() {
            return;
        }
        self.ordinary_steps(state, steps);
        self.faults(state, steps);
    }

    fn next_state(&self, last: &State, step: Step) -> Option<State> {
        let after = self.take(last.clone(), &step)?;
        (after != *last).then_some(after)
    }

    fn properties(&self) -> Vec<Property<Self>> {
        self.asked()
            .into_iter()
            .map(|(property, _)| property)
            .collect()
    }
}

impl System {
    /// The state after a step, which may be the same state; none if the step is not possible.
    pub fn take(&self, state: State, step: &Step) -> Option<State> {
        let (endpoint, sender) = (Id::from(ENDPOINT), self.sender);
        let mut change = Change {
            system: self,
            state,
        };
        match &step.kind {
            Kind::Receive(number, message) => {
                let leased = !self.is_request(*number, message);
                let host = self.hosts.get(*number)?.id;
                change.receive(sender, host, message, leased).map(drop)
            }
            Kind::Wake(number) => change.wake(*number),
            Kind::Call(slot) => change.call(*slot, Fate::Answered),
            Kind::Answer(slot) => change.answer(*slot, Fate::Answered),
            Kind::Downstream(message) => change.consume(message),
            Kind::Reply(reply) => change.deliver(endpoint, sender, Msg::Reply(reply.clone())),
            Kind::AskAgain => change.act(ActorModelAction::Timeout(sender, Timer::AskAgain)),
            Kind::LateRequest(request) => {
                let party = self.third_party?;
                change.deliver(endpoint, party, Msg::Request(None, request.clone()))
            }
            Kind::LateWrite(late) => change.land(late),
            Kind::Due(number, message) => change.due(*number, message),
            Kind::Recover(number) => {
                change.act(ActorModelAction::Recover(self.hosts.get(*number)?.id))
            }
            Kind::Fault(fault, target) => change.fault(*fault, target),
        }?;
        Some(change.state)
    }
}
