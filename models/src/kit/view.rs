//! A state as TLA+ values: the same variables as in the protocol's module.
//!
//! Two Rust states may have the same view: a slot's log contains its past, but its view only its
//! position and what its handler remembers. It is checked that this is enough: `tandem compare`
//! verifies that states with the same view have the same steps.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::actors::{Next, Slot, Volatile, Work};
use super::io::{Call, Outcome};
use super::replay::Entry;
use super::system::{Intake, State, System};
use super::world::{Stored, World};
use crate::value::{StateView, Value};

impl System {
    /// The state as TLA+ values.
    pub fn view(&self, state: &State) -> StateView {
        let world = &state.world;
        let mut view = BTreeMap::new();
        let mut put = |name: &str, value: Value| {
            view.insert(name.into(), value.numbered());
        };
        for number in 0..self.hosts.len() {
            self.endpoint_view(number, state, &mut put);
        }
        put(
            "budget",
            Value::record(
                world
                    .budget
                    .iter()
                    .map(|(aim, left)| (aim.name(), Value::from(left))),
            ),
        );
        for collection in &self.spec.schema.collections {
            let documents = Arc::clone(&world.documents[collection.name]);
            let stored = Stored::Documents(documents);
            put(collection.name, self.stored_view(collection.name, &stored));
        }
        for (name, members) in &world.sets {
            put(name, Value::set(members.iter().cloned()));
        }
        let never = &self.spec.schema.never_lagging;
        let never = never.iter().map(|(name, stored)| (name, stored));
        for (name, before) in world.before.iter().chain(never) {
            put(&format!("{name}Before"), self.stored_view(name, before));
        }
        if !self.spec.schema.landing_late.is_empty() {
            put("landing", bag(self.landing_view(world)));
        }
        if self.downstream.is_some() {
            put("outgoing", bag(self.outgoing(state)));
        }
        for party in 0..self.third_parties.len() {
            let variable = |name| self.party_variable(party, name);
            put(&variable("late"), bag(self.late(party, state)));
            if let Some(memory) = self.remembered_by(party, state) {
                put(&variable("provider"), memory.clone());
            }
        }
        if self.spec.intake == Intake::Requests {
            put("replies", bag(self.replies(state)));
            match &*state.actors.actor_states[usize::from(self.sender)] {
                Volatile::Browser { waiting, clicks } => {
                    let browser = [
                        ("waiting", Value::from(*waiting)),
                        ("clicks", Value::from(*clicks)),
                    ];
                    put("browser", Value::record(browser));
                }
                Volatile::Client(progress) => put("client", progress.view()),
                _ => {}
            }
        }
        StateView::from(view)
    }

    fn endpoint_view(&self, number: usize, state: &State, put: &mut impl FnMut(&str, Value)) {
        let (world, host) = (&state.world, &self.hosts[number]);
        let ledger = &world.ledgers[number];
        let mut put = |name: &str, value: Value| put(&host.variable(name), value);
        put("incoming", bag(self.queue(number, state)));
        let leases = world.leases.iter();
        let leases = leases.filter(|(actor, _)| *actor == host.actor());
        put(
            "leases",
            Value::set(leases.map(|(_, slot)| Value::from(slot + 1))),
        );
        let slots = self.slots_at(number, state).iter();
        put("slots", Value::seq(slots.map(|slot| self.slot_view(slot))));
        put("up", Value::from(!state.actors.crashed[host.actor()]));
        put("acked", Value::set(ledger.acked.iter().cloned()));
        put("hist", Value::seq(ledger.hist.iter().cloned()));
        put("sent", Value::set(ledger.sent.iter().cloned()));
        let fresh = ledger.fresh.iter();
        put(
            "fresh",
            Value::function(fresh.map(|(message, drawn)| (message.clone(), Value::from(*drawn)))),
        );
        if let Some(order) = world.order.get(&number) {
            let queue = |queue: &Vec<Value>| Value::seq(queue.iter().cloned());
            let order = order.iter();
            let order = order.map(|(partition, waiting)| (partition.clone(), queue(waiting)));
            put("order", Value::function(order));
        }
        if self.spec.later.contains(&host.name) {
            put("later", bag(self.not_due(number, state)));
        }
    }

    /// The content of a store, as it appears in the view.
    fn stored_view(&self, name: &str, stored: &Stored) -> Value {
        let documents = match stored {
            Stored::Set(members) => return Value::set(members.iter().cloned()),
            Stored::Documents(documents) => documents.iter(),
        };
        let mut documents = documents
            .map(|(key, (version, document))| (key.clone(), versioned(*version, document)));
        match self.spec.schema.is_single(name) {
            true => {
                let first = documents.next();
                first.map_or(Value::seq([]), |(_, document)| document)
            }
            false => Value::function(documents),
        }
    }

    /// The late writes: the message, and the document with the version that it must still have; also
    /// the collection and key, if a collection has more than one document.
    fn landing_view(&self, world: &World) -> BTreeMap<Value, usize> {
        let landing = world.landing.iter();
        let views = landing.map(|(late, copies)| {
            let write = &late.write;
            let document = versioned(write.expected.unwrap_or(-1), &write.document);
            let mut fields = vec![("cause", late.message.clone()), ("document", document)];
            if !self.spec.schema.is_single(write.collection) {
                fields.push(("store", Value::str(write.collection)));
                fields.push(("key", write.key.clone()));
            }
            (Value::record(fields), *copies)
        });
        let mut bag = BTreeMap::new();
        for (view, copies) in views {
            *bag.entry(view).or_insert(0) += copies;
        }
        bag
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
        if let Next::Await { party, request, .. } = &work.next {
            fields.insert("request", request.clone());
            if let Some(party) = party.filter(|_| self.third_parties.len() > 1) {
                fields.insert("party", Value::str(party));
            }
        }
        Value::record(fields).numbered()
    }
}

/// The documents as the handler last loaded or committed them. If a handler holds two documents of
/// one collection, only the later one appears.
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
                call: Call::List { collection },
                outcome: Outcome::Listed(rows),
                ..
            } => {
                let rows = rows.iter();
                let rows = rows.map(|(key, version, row)| (key.clone(), versioned(*version, row)));
                seen.push((*collection, Value::function(rows)));
            }
            Entry::Called {
                call,
                outcome: Outcome::Committed(versions),
                ..
            } => {
                seen.extend(call.writes().iter().zip(versions).map(|(write, version)| {
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
