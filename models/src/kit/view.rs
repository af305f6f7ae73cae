//! A state as TLA+ values: the same variables as in the protocol's module.
//!
//! Two Rust states may have the same view: a slot's log says how it got where it is, its view
//! only where it is and what its handler remembers. That this is enough is not assumed:
//! `tandem compare` checks that states with the same view have the same steps.

use std::collections::BTreeMap;

use super::actors::{Next, Slot, Volatile, Work};
use super::io::{Call, Outcome};
use super::replay::Entry;
use super::system::{ENDPOINT, Intake, State, System};
use crate::value::{StateView, Value};

impl System {
    /// The state as TLA+ values.
    pub fn view(&self, state: &State) -> StateView {
        let world = &state.world;
        let mut view = BTreeMap::new();
        let mut put = |name: &str, value: Value| {
            view.insert(name.into(), value.numbered());
        };
        put("incoming", bag(self.incoming(state)));
        put(
            "leases",
            Value::set(
                world
                    .leases
                    .iter()
                    .filter(|(e, _)| *e == ENDPOINT)
                    .map(|(_, slot)| Value::from(slot + 1)),
            ),
        );
        put(
            "slots",
            Value::seq(self.slots(state).iter().map(|slot| self.slot_view(slot))),
        );
        put("up", Value::from(!state.actors.crashed[ENDPOINT]));
        put("acked", Value::set(world.acked.iter().cloned()));
        put("hist", Value::seq(world.hist.iter().cloned()));
        put("sent", Value::set(world.sent.iter().cloned()));
        put(
            "fresh",
            Value::function(
                world
                    .fresh
                    .iter()
                    .map(|(message, drawn)| (message.clone(), Value::from(*drawn))),
            ),
        );
        put(
            "budget",
            Value::record(
                world
                    .budget
                    .iter()
                    .map(|(fault, left)| (fault.name(), Value::from(left))),
            ),
        );
        for collection in &self.spec.schema.collections {
            let documents = world.documents[collection.name]
                .iter()
                .map(|(key, (version, document))| (key.clone(), versioned(*version, document)));
            let value = if collection.single {
                documents
                    .map(|(_, document)| document)
                    .next()
                    .unwrap_or(Value::seq([]))
            } else {
                Value::function(documents)
            };
            put(collection.name, value);
        }
        for (name, members) in &world.sets {
            put(name, Value::set(members.iter().cloned()));
        }
        if self.downstream.is_some() {
            put("outgoing", bag(self.outgoing(state)));
        }
        if let Some(party) = self.third_party {
            put("late", bag(self.late(state)));
            if let Volatile::Memory(memory) = &*state.actors.actor_states[usize::from(party)] {
                put("provider", memory.clone());
            }
        }
        if self.spec.intake == Intake::Requests {
            put("replies", bag(self.replies(state)));
            if let Volatile::Browser { waiting, clicks } =
                &*state.actors.actor_states[usize::from(self.sender)]
            {
                put(
                    "browser",
                    Value::record([
                        ("waiting", Value::from(*waiting)),
                        ("clicks", Value::from(*clicks)),
                    ]),
                );
            }
        }
        StateView::from(view)
    }

    /// A slot as it appears in the view.
    pub fn slot_view(&self, slot: &Slot) -> Value {
        let Slot::Busy(work) = slot else {
            return Value::record([("at", Value::str("Idle"))]);
        };
        let mut fields: BTreeMap<&str, Value> = BTreeMap::new();
        fields.extend(documents(work));
        fields.extend((self.spec.remembers)(&work.log));
        fields.insert("at", Value::str(work.at()));
        fields.insert("message", work.message.clone());
        if let Next::Await { request, .. } = &work.next {
            fields.insert("request", request.clone());
        }
        Value::record(fields).numbered()
    }
}

/// The documents as the handler last saw them: loaded, or committed by itself. A handler that has
/// two documents of one collection in its hands shows the later one only.
fn documents(work: &Work) -> Vec<(&'static str, Value)> {
    let mut seen = Vec::new();
    for entry in work.log.iter() {
        match &**entry {
            Entry::Called {
                call: Call::Load { collection, .. },
                outcome:
                    Outcome::Loaded {
                        version,
                        document: Some(document),
                    },
                ..
            } => seen.push((*collection, versioned(*version, document))),
            Entry::Called {
                call: Call::Commit(writes),
                outcome: Outcome::Committed(versions),
                ..
            } => {
                seen.extend(writes.iter().zip(versions).map(|(write, version)| {
                    (write.collection, versioned(*version, &write.document))
                }));
            }
            _ => {}
        }
    }
    seen
}

fn versioned(version: i64, document: &Value) -> Value {
    let fields = document
        .entries()
        .filter_map(|(name, value)| name.as_str().map(|name| (name.to_owned(), value.clone())));
    Value::record(fields.chain([("version".to_owned(), Value::from(version))]))
}

fn bag(copies: BTreeMap<Value, usize>) -> Value {
    Value::function(
        copies
            .into_iter()
            .map(|(value, copies)| (value, Value::from(copies))),
    )
}
