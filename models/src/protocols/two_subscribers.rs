//! One id, two subscribers: each event is delivered to both, and they share what was processed.
//!
//! **Problem.** A broker gives every subscriber a copy of an event, and every copy has the id of the event.
//! For one subscriber, two messages with one id are duplicates. For two subscribers they are not.
//!
//! **Participants.** One process that hosts two subscribers, Billing and Marketing, each with copies of
//! its own and books of its own. Both deduplicate, and both do so in the same database.
//!
//! ```text
//!                       ┌──OrderPlaced 1──▶ Billing ────▶ books of Billing
//!   OrderPlaced 1 ──▶ broker                   └──▶ processed ◀──┐
//!                       └──OrderPlaced 1──▶ Marketing ──▶ books of Marketing
//! ```
//!
//! **One transaction** is the write of the books of a subscriber together with its record in `processed`:
//! both or none, and only if nobody has written either since it was loaded.
//!
//! **Where it may crash.** Between any two steps; the copies that were not acknowledged then come again.
//!
//! * **No deduplication**: a copy that comes again has its effect again.
//! * **By id**: a record has the id of the event for its key. The subscriber that comes second finds the
//!   record of the first, takes its own copy for a duplicate, and acknowledges it. No fault is needed, no
//!   error is logged, and it may hit either of the two. The key works as long as every event has one
//!   subscriber, so the mistake appears when a second one is added.
//! * **By id and subscriber** is right: the key says who has processed the event.
//! * **A store each** is right too: each subscriber keeps the ids with its books, so there is nothing that the
//!   other could take for its own.
//!
//! **What it guarantees, at what price.** Every event has its effect once at each subscriber. A copy costs two
//! reads, and a write of two documents; where the ids are kept with the books, it is one read, and a write of
//! one. Either way one identity is kept for every event and subscriber.
//!
//! **Source.** Three public reports of one incident: an inbox table whose key is the message id alone, and
//! a second subscriber in the same database that never sees its messages.
//!
//! **Left out.** The publisher, which sends every event at least once; removing old records. The same mistake
//! with two instances of one subscriber that have a store each is the opposite one: there a copy is taken for
//! new.

mod catalogue;
#[cfg(test)]
mod tests;

use serde::{Deserialize, Serialize};

use crate::catalogue::{Description, Instance, Protocol};
use crate::kit::clause::{Clause, every};
use crate::kit::document::{Document, MessageId, Versioned};
use crate::kit::guarantees::{About, Guarantee, When, once_all_is_done};
use crate::kit::io::{Flow, Io};
use crate::kit::replay::Handler;
use crate::kit::stores::Stores;
use crate::kit::system::{Spec, State, System};
use crate::kit::world::World;
use crate::value::{Set, Value, to_value};

/// The two subscribers.
const SUBSCRIBERS: [&str; 2] = ["Billing", "Marketing"];

/// A subscriber's copy of an event.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct OrderPlaced {
    /// The id of the event, the same in every copy.
    id: MessageId,
    /// The subscriber that receives the copy.
    subscriber: String,
}

/// The books of a subscriber, stored under its name.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Books {
    /// The orders that it has booked.
    orders: Vec<MessageId>,
    /// The ids that it has processed, if it keeps them itself.
    ids: Set<MessageId>,
}

impl Document for Books {
    const COLLECTION: &'static str = "books";
    const BUSINESS: &'static [&'static str] = &["orders"];
}

/// The record that an event was processed.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Processed {
    /// The subscriber that has processed it.
    by: String,
}

impl Document for Processed {
    const COLLECTION: &'static str = "processed";
    const BUSINESS: &'static [&'static str] = &[];
}

/// How a subscriber recognises a copy that it has processed.
#[derive(Clone, Copy)]
enum Recognises {
    Nothing,
    /// By a record that both subscribers can read, with this key.
    Record(fn(&OrderPlaced) -> Flow<Value>),
    /// By an id in its own books.
    OwnId,
}

fn id(event: &OrderPlaced) -> Flow<Value> {
    Ok(Value::from(event.id))
}

fn id_and_subscriber(event: &OrderPlaced) -> Flow<Value> {
    let subscriber = Value::str(&event.subscriber);
    Ok(Value::seq([Value::from(event.id), subscriber]))
}

fn book(io: &mut dyn Io, event: &OrderPlaced, recognises: Recognises) -> Flow {
    let record = match recognises {
        Recognises::Record(key) => Some(io.load::<Processed>("LoadRecord", key(event)?)?),
        Recognises::Nothing | Recognises::OwnId => None,
    };
    if record.as_ref().is_some_and(|record| !record.by.is_empty()) {
        return io.ack("Ack");
    }
    let mut books = io.load::<Books>("LoadBooks", &event.subscriber)?;
    if books.ids.contains(&event.id) {
        return io.ack("Ack");
    }
    books.orders.push(event.id);
    if matches!(recognises, Recognises::OwnId) {
        books.ids.insert(event.id);
    }
    save(io, event, &books, record)?;
    io.ack("Ack")
}

/// Saves the books, and the record if there is one, in one transaction.
fn save(
    io: &mut dyn Io,
    event: &OrderPlaced,
    books: &Versioned<Books>,
    record: Option<Versioned<Processed>>,
) -> Flow {
    let mut writes = vec![books.checked()?];
    if let Some(mut record) = record {
        record.by.clone_from(&event.subscriber);
        writes.push(record.checked()?);
    }
    let (sent, _) = io.commit_all("Save", writes)?;
    sent.or_give_back()
}

const BOTH_SERVED: Guarantee = Guarantee {
    name: "BothServed",
    promise: "once all is done, every order is in the books of both subscribers",
    when: When::Always,
    about: About::AtRest,
    holds: |system, state| !system.at_rest(state) || every(served(system, state)),
    clauses: |system, state| once_all_is_done(system, state, served),
};

fn served(system: &System, state: &State) -> Vec<Clause> {
    let books = state.world.documents::<Books>();
    let copies = system.spec().messages.iter();
    let clause = |copy: &Value| {
        let (id, subscriber) = (copy.get("id")?, copy.get("subscriber")?);
        let mut own = books.iter().filter(|(name, _)| name == subscriber);
        let booked = own.any(|(_, books)| {
            let mut orders = books.orders.iter();
            orders.any(|order| Value::from(*order) == *id)
        });
        let subscriber = subscriber.as_str()?;
        let expected = format!("order {id} is in the books of {subscriber}");
        let clause = Clause::new(expected, booked).but("its copy was taken for a duplicate");
        Some(clause.at(format!("books.{subscriber}.orders")))
    };
    copies.filter_map(clause).collect()
}

/// The number of identities that are kept, in records or in books.
fn kept(world: &World) -> usize {
    let books = world.documents::<Books>().into_iter();
    let ids: usize = books.map(|(_, books)| books.ids.len()).sum();
    ids + world.documents::<Processed>().len()
}

/// The protocol.
pub struct TwoSubscribers;

impl Protocol for TwoSubscribers {
    fn describe(&self) -> Description {
        catalogue::describe()
    }

    fn system(&self, instance: &Instance) -> System {
        let ids = (1..=instance.get("events")).map(MessageId);
        let copies = ids.flat_map(|id| {
            SUBSCRIBERS.map(|name| OrderPlaced {
                id,
                subscriber: name.to_owned(),
            })
        });
        let copies = copies
            .map(|copy| to_value(&copy).unwrap_or_else(|error| Value::str(&error.to_string())));
        let books = SUBSCRIBERS.map(|name| (Value::str(name), Books::default()));
        let stores = Stores::default().many(books).many::<Processed>([]);
        System::new(Spec {
            noun: Some("copy"),
            copies: instance.get("copies"),
            slots: usize::from(instance.get("slots")),
            steps: catalogue::STEPS,
            guarantees: instance.guarantees(),
            remembered: |_, state| (kept(&state.world), 0),
            remembered_in: &["books", "processed"],
            ..Spec::new(
                "Subscribers",
                copies.collect(),
                instance.budget(),
                handler(instance.variant.handler),
                stores,
            )
        })
    }
}

fn handler(variant: &str) -> Handler {
    let recognises = match variant {
        "no-deduplication" => Recognises::Nothing,
        "by-id" => Recognises::Record(id),
        "by-id-and-subscriber" => Recognises::Record(id_and_subscriber),
        "store-each" => Recognises::OwnId,
        _ => return Handler::unknown(variant),
    };
    Handler::new(move |io, event: &OrderPlaced| book(io, event, recognises))
}
