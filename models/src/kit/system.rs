//! A system: an `ActorModel` of the participants, together with the durable data, the history and the
//! budgets of faults. Its Stateright model is in [`super::model`].
//!
//! A call is performed on the world, and the slot that made it continues with the outcome in the same
//! step. The receipt of a message, a timer and a crash are steps of the `ActorModel`. Messages in
//! transit are in the actors' network, which is a multiset. Queues are part of it, so a message that
//! is given back, redelivered or duplicated is an envelope that is added again.

pub mod guarantee;
mod spec;

use stateright::Model;
use stateright::actor::{ActorModel, ActorModelState, Id, Network};

pub use self::spec::{Intake, Spec};
use super::actors::{Broker, Browser, Endpoint, Participant};
use super::happening::Happening;
use super::hosts::{Further, Host, wake_up};
use super::replay::Handler;
use super::script::Client;
use super::world::{Ledger, World};
use crate::value::Value;

/// A state of the system.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct State {
    /// The participants' volatile state, and the messages between them.
    pub actors: ActorModelState<Participant>,
    /// The durable data, and what was observed.
    pub world: World,
}

/// One instance of a protocol as a Stateright model.
#[derive(Clone)]
pub struct System {
    pub(super) actors: ActorModel<Participant>,
    pub(super) spec: Spec,
    pub(super) hosts: Vec<Host>,
    pub(super) downstream: Option<Id>,
    pub(super) third_parties: Vec<Id>,
    pub(super) sender: Id,
    pub(super) frame: State,
}

/// The index of the endpoint among the actors.
pub(super) const ENDPOINT: usize = 0;

impl System {
    /// Builds the system of a specification.
    pub fn new(mut spec: Spec) -> Self {
        let endpoint = Id::from(ENDPOINT);
        let downstream = spec.downstream.as_ref().map(|_| Id::from(1));
        let mut actors = ActorModel::new((), ())
            .init_network(Network::new_unordered_nonduplicating([]))
            .actor(Participant::Endpoint(Endpoint {
                slots: spec.slots,
                handler: spec.handler.clone(),
                steps: spec.steps,
            }));
        if let Some((_, handler)) = &spec.downstream {
            let handler = handler.clone();
            actors = actors.actor(Participant::Endpoint(Endpoint {
                slots: 1,
                handler,
                steps: &[],
            }));
        }
        let mut third_parties = Vec::new();
        for (_, party) in &spec.third_parties {
            third_parties.push(Id::from(actors.actors.len()));
            actors = actors.actor(Participant::ThirdParty(party.clone()));
        }
        let several = !spec.further.is_empty();
        let mut hosts = vec![Host::new(&spec.first(), endpoint, 0, several)];
        for further in &spec.further {
            let slot = hosts.iter().map(|host| host.slots).sum();
            let id = Id::from(actors.actors.len());
            let host = Host::new(further, id, slot, several);
            actors = actors.actor(Participant::Endpoint(Endpoint {
                slots: host.slots,
                handler: host.handler.clone(),
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
            Intake::Requests if !spec.script.is_empty() => Participant::Client(Client {
                script: spec.script.clone(),
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
            third_parties,
            sender,
        }
    }

    /// The protocol's declaration.
    pub fn spec(&self) -> &Spec {
        &self.spec
    }

    /// The same system, whose handlers store their results and are not run again for the same input.
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

    /// Whether the system has one endpoint and only features that every engine supports: at most one
    /// downstream consumer and one third party, a broker or a browser, stores without faults of
    /// their own, and a queue without an order.
    pub fn has_one_endpoint_only(&self) -> bool {
        let queued = |host: &Host| host.wakes.is_none() && host.ordered_by.is_none();
        let plain = !self.spec.schema.has_faults() && self.spec.later.is_empty();
        let known = self.third_parties.len() <= 1 && self.spec.script.is_empty();
        let aimed = self.spec.world.budget.is_aimed();
        self.hosts.len() == 1 && self.hosts.iter().all(queued) && known && plain && !aimed
    }

    /// The endpoints, in the order of their numbers.
    pub fn hosts(&self) -> &[Host] {
        &self.hosts
    }

    /// The endpoint of a slot, and the index of the slot within it, from 0.
    pub fn host_of(&self, slot: usize) -> (usize, usize) {
        let mut hosts = self.hosts.iter().enumerate().rev();
        let found = hosts.find(|(_, host)| host.first_slot <= slot);
        found.map_or((0, slot), |(number, host)| (number, slot - host.first_slot))
    }

    /// The kind of step that the action with this name is, and the endpoint whose step it is, if it belongs to
    /// one. `None` if the action is the call of a handler.
    pub fn happening(&self, action: &str) -> Option<(Happening, Option<&'static str>)> {
        match &self.hosts[..] {
            [_] => Happening::named(action, &[]),
            hosts => {
                let names: Vec<_> = hosts.iter().map(|host| host.name).collect();
                Happening::named(action, &names)
            }
        }
    }

    /// Whether a message to an endpoint is a request from a browser: answered at most once, and not
    /// redelivered. A message from a handler is not a request.
    pub fn is_request(&self, endpoint: usize, message: &Value) -> bool {
        endpoint == ENDPOINT
            && self.spec.intake == Intake::Requests
            && (self.spec.messages.contains(message) || self.hosts.len() == 1)
    }

    /// The same system with other handlers, each derived from the endpoint's own.
    pub(super) fn map_handlers(&self, change: impl Fn(usize, &Handler) -> Handler) -> Self {
        let spec = self.spec();
        let further = (1..).zip(&spec.further).map(|(number, one)| Further {
            handler: change(number, &one.handler),
            ..one.clone()
        });
        System::new(Spec {
            handler: change(0, &spec.handler),
            further: further.collect(),
            ..spec.clone()
        })
    }

    /// Whether this value is not a message, but stands for a poller that has woken up.
    pub fn is_wake_up(&self, message: &Value) -> bool {
        *message == wake_up() && self.hosts.iter().any(|host| host.wakes.is_some())
    }

    /// The number of the endpoint with this name.
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
        } else if let Some(party) = self.third_parties.iter().position(|party| *party == id) {
            self.party_name(party)
        } else {
            match self.spec.intake {
                Intake::Queue => "Broker",
                Intake::Requests if self.spec.script.is_empty() => "Browser",
                Intake::Requests => "Client",
            }
        }
    }

    /// Whether an action is fair: it is eventually taken if it stays possible. Steps of participants
    /// are fair, faults are not, and a user may give up.
    pub fn is_fair(&self, action: &str) -> bool {
        self.happening(action)
            .is_none_or(|(kind, _)| kind.is_fair())
    }
}

/// A state without messages in transit.
fn frame(actors: &ActorModel<Participant>) -> State {
    let mut state = State {
        actors: actors.init_states().remove(0),
        world: World::default(),
    };
    state.actors.network = Network::new_unordered_nonduplicating([]);
    state
}
