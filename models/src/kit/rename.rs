//! Renames the messages in a state.
//!
//! A name is a value of its own kind ([`Value::Name`]), so the image of a state under a renaming is the
//! state in which every name is replaced: in queues, in slots and the log of their calls, in stores, in
//! a third party's memory, and in what was observed.
//!
//! If messages are interchangeable (`Spec::interchangeable`), the image of a path is a path: anything
//! that may happen to one message may happen to another one. The protocol promises this; the kit does
//! not enforce it. It is true if handlers, third parties and guarantees only store names, send them,
//! compare them for equality, and use them as keys: a *scalarset* (Ip and Dill, 1996).

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use stateright::Model;
use stateright::actor::Envelope;

use super::actors::{Msg, Next, Slot, Volatile, Work};
use super::io::{Call, Deletion, Member, Outcome, Write};
use super::replay::Entry;
use super::script::Progress as Script;
use super::state_components::{Rest, StateComponents};
use super::system::{State, System};
use super::world::{LateWrite, Stored, World};
use super::world_components::WorldComponent;
use crate::value::{Name, Renaming, Value};

/// A value that contains names of messages.
pub trait Rename {
    /// The value with other names.
    #[must_use]
    fn renamed(&self, names: &Renaming) -> Self;
}

impl Rename for Value {
    fn renamed(&self, names: &Renaming) -> Self {
        Value::renamed(self, names)
    }
}

/// Implements [`Rename`] for types without names.
macro_rules! nameless {
    ($($kind:ty),*) => {$(
        impl Rename for $kind {
            fn renamed(&self, _: &Renaming) -> Self {
                *self
            }
        }
    )*};
}

nameless!(u8, i64, usize, &'static str);

impl<T: Rename> Rename for Arc<T> {
    fn renamed(&self, names: &Renaming) -> Self {
        Arc::new((**self).renamed(names))
    }
}

impl<T: Rename> Rename for Arc<[T]> {
    fn renamed(&self, names: &Renaming) -> Self {
        self.iter().map(|item| item.renamed(names)).collect()
    }
}

impl<T: Rename> Rename for Vec<T> {
    fn renamed(&self, names: &Renaming) -> Self {
        self.iter().map(|item| item.renamed(names)).collect()
    }
}

impl<T: Rename> Rename for Option<T> {
    fn renamed(&self, names: &Renaming) -> Self {
        self.as_ref().map(|item| item.renamed(names))
    }
}

impl<A: Rename, B: Rename> Rename for (A, B) {
    fn renamed(&self, names: &Renaming) -> Self {
        (self.0.renamed(names), self.1.renamed(names))
    }
}

impl<T: Rename + Ord> Rename for BTreeSet<T> {
    fn renamed(&self, names: &Renaming) -> Self {
        self.iter().map(|item| item.renamed(names)).collect()
    }
}

impl<K: Rename + Ord, V: Rename> Rename for BTreeMap<K, V> {
    fn renamed(&self, names: &Renaming) -> Self {
        let entries = self.iter();
        let renamed = |(key, value): (&K, &V)| (key.renamed(names), value.renamed(names));
        entries.map(renamed).collect()
    }
}

impl Rename for Member {
    fn renamed(&self, names: &Renaming) -> Self {
        Member {
            set: self.set,
            id: self.id.renamed(names),
        }
    }
}

impl Rename for Write {
    fn renamed(&self, names: &Renaming) -> Self {
        Write {
            collection: self.collection,
            key: self.key.renamed(names),
            expected: self.expected,
            document: self.document.renamed(names),
            cause: self.cause.as_ref().map(|cause| cause.renamed(names)),
        }
    }
}

impl Rename for Call {
    fn renamed(&self, names: &Renaming) -> Self {
        match self {
            Call::Load { collection, key } => Call::Load {
                collection,
                key: key.renamed(names),
            },
            Call::Commit(writes) => Call::Commit(writes.renamed(names)),
            Call::CommitAndPublish(writes, publish) => {
                Call::CommitAndPublish(writes.renamed(names), Box::new(publish.renamed(names)))
            }
            Call::Contains(member) => Call::Contains(member.renamed(names)),
            Call::Insert(member) => Call::Insert(member.renamed(names)),
            Call::Remove(member) => Call::Remove(member.renamed(names)),
            Call::List { collection } => Call::List { collection },
            Call::Next { sequence } => Call::Next { sequence },
            Call::Publish {
                cause,
                output,
                message,
                basis,
            } => Call::Publish {
                cause: cause.renamed(names),
                output,
                message: message.renamed(names),
                basis: *basis,
            },
            Call::Send {
                cause,
                to,
                later,
                output,
                message,
                basis,
            } => Call::Send {
                cause: cause.renamed(names),
                to,
                later: *later,
                output,
                message: message.renamed(names),
                basis: *basis,
            },
            Call::Delete(deletion) => Call::Delete(Deletion {
                key: deletion.key.renamed(names),
                ..deletion.clone()
            }),
            Call::Reply(answer) => Call::Reply(answer.renamed(names)),
            Call::Ack => Call::Ack,
            Call::Ask {
                party,
                answered,
                request,
            } => Call::Ask {
                party: *party,
                answered,
                request: request.renamed(names),
            },
        }
    }
}

impl Rename for Outcome {
    fn renamed(&self, names: &Renaming) -> Self {
        match self {
            Outcome::Loaded { version, document } => Outcome::Loaded {
                version: *version,
                document: document.renamed(names),
            },
            Outcome::Listed(rows) => Outcome::Listed(
                rows.iter()
                    .map(|(key, version, row)| (key.renamed(names), *version, row.renamed(names)))
                    .collect(),
            ),
            Outcome::Answered(answer) => Outcome::Answered(answer.renamed(names)),
            Outcome::Committed(_)
            | Outcome::Conflict
            | Outcome::Found(_)
            | Outcome::Number(_)
            | Outcome::Done
            | Outcome::Refused
            | Outcome::Failed => self.clone(),
        }
    }
}

impl Rename for Entry {
    fn renamed(&self, names: &Renaming) -> Self {
        match self {
            Entry::Fresh(id) => Entry::Fresh(id.renamed(names)),
            Entry::Called {
                action,
                call,
                outcome,
            } => Entry::Called {
                action,
                call: call.renamed(names),
                outcome: outcome.renamed(names),
            },
        }
    }
}

impl Rename for Slot {
    fn renamed(&self, names: &Renaming) -> Self {
        let Slot::Busy(work) = self else {
            return Slot::Idle;
        };
        let next = match &work.next {
            Next::Await {
                party,
                action,
                answered,
                request,
            } => Next::Await {
                party: *party,
                action,
                answered,
                request: request.renamed(names),
            },
            Next::Call(_) | Next::Broken(_) => work.next.clone(),
        };
        Slot::Busy(Work {
            message: work.message.renamed(names),
            log: work.log.renamed(names),
            next,
        })
    }
}

impl Rename for Msg {
    fn renamed(&self, names: &Renaming) -> Self {
        match self {
            Msg::Message(message) => Msg::Message(message.renamed(names)),
            Msg::Later(message) => Msg::Later(message.renamed(names)),
            Msg::Request(slot, request) => Msg::Request(*slot, request.renamed(names)),
            Msg::Response(response) => Msg::Response(response.renamed(names)),
            Msg::Reply(reply) => Msg::Reply(reply.renamed(names)),
        }
    }
}

impl Rename for Envelope<Msg> {
    fn renamed(&self, names: &Renaming) -> Self {
        Envelope {
            src: self.src,
            dst: self.dst,
            msg: self.msg.renamed(names),
        }
    }
}

/// A participant other than the endpoint, and whether it has set a timer.
impl Rename for (Arc<Volatile>, bool) {
    fn renamed(&self, names: &Renaming) -> Self {
        let volatile = match &*self.0 {
            Volatile::Slots(slots) => Volatile::Slots(slots.renamed(names)),
            Volatile::Memory(memory) => Volatile::Memory(memory.renamed(names)),
            Volatile::Client(progress) => Volatile::Client(Script {
                heard: progress.heard.renamed(names),
                ..progress.clone()
            }),
            other @ (Volatile::Browser { .. } | Volatile::Broker) => other.clone(),
        };
        (Arc::new(volatile), self.1)
    }
}

impl Rename for WorldComponent {
    fn renamed(&self, names: &Renaming) -> Self {
        match self {
            WorldComponent::Documents(name, documents) => {
                WorldComponent::Documents(name, documents.renamed(names))
            }
            WorldComponent::Set(name, members) => WorldComponent::Set(name, members.renamed(names)),
            WorldComponent::Before(name, before) => {
                WorldComponent::Before(name, before.renamed(names))
            }
            WorldComponent::Acked(ledger, acked) => {
                WorldComponent::Acked(*ledger, acked.renamed(names))
            }
            WorldComponent::History(ledger, hist) => {
                WorldComponent::History(*ledger, hist.renamed(names))
            }
            WorldComponent::Sent(ledger, sent) => {
                WorldComponent::Sent(*ledger, sent.renamed(names))
            }
            WorldComponent::Fresh(ledger, fresh) => {
                WorldComponent::Fresh(*ledger, fresh.renamed(names))
            }
            WorldComponent::Landing(landing) => WorldComponent::Landing(landing.renamed(names)),
            WorldComponent::Leases(leases) => WorldComponent::Leases(leases.clone()),
            WorldComponent::Order(number, order) => {
                WorldComponent::Order(*number, order.renamed(names))
            }
        }
    }
}

impl Rename for LateWrite {
    fn renamed(&self, names: &Renaming) -> Self {
        LateWrite {
            endpoint: self.endpoint,
            message: self.message.renamed(names),
            write: self.write.renamed(names),
        }
    }
}

impl Rename for Stored {
    fn renamed(&self, names: &Renaming) -> Self {
        match self {
            Stored::Documents(documents) => Stored::Documents(documents.renamed(names)),
            Stored::Set(members) => Stored::Set(members.renamed(names)),
        }
    }
}

impl Rename for World {
    fn renamed(&self, names: &Renaming) -> Self {
        let mut world = self.clone();
        self.components()
            .for_each(|component| world.put(component.renamed(names)));
        world
    }
}

/// The largest number of messages that are renamed; six have 720 permutations.
const RENAMED: u8 = 6;

impl System {
    /// The state with other names of messages.
    pub fn renamed(&self, state: &State, names: &Renaming) -> State {
        let StateComponents {
            slots,
            world,
            traffic,
            rest,
        } = self.decompose(state.clone());
        self.compose(StateComponents {
            slots: slots.renamed(names),
            world: world.renamed(names),
            traffic: traffic.renamed(names),
            rest: Rest {
                others: rest.others.renamed(names),
                ..rest
            },
        })
    }

    /// The renamings that map paths to paths, the identity first. If messages are interchangeable, these
    /// are all renamings that leave the initial states unchanged. They rename the messages 1, 2, 3, …,
    /// up to six of them.
    pub fn renamings(&self) -> Vec<Renaming> {
        let messages = &self.spec.messages;
        let named = |name: &u8| messages.contains(&Value::Name(Name(*name)));
        let named = (1..=RENAMED).take_while(|name| self.spec.interchangeable && named(name));
        let start = self.init_states();
        let mut renamings = Renaming::all(named.last().unwrap_or(0));
        renamings.retain(|names| {
            let mut images = start.iter().map(|state| self.renamed(state, names));
            images.all(|image| start.contains(&image))
        });
        renamings
    }
}
