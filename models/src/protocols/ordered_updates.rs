//! Ordered updates: messages that make sense only in the order in which they were sent.
//!
//! **Problem.** A change of a price is valid only after the change before it. A queue with several
//! consumers hands out any message that waits, so a later change may be applied first. An ordered queue
//! hands out the messages of one *partition* in their order, one at a time. Two questions are left to
//! the developer: what is the partition key, and what does the handler do with a message that comes again?
//!
//! **Participants.** The broker with the queue, and the endpoint `Shop`. Each message is one change of
//! the price of a product. The changes of a product are numbered in their order.
//!
//! **One transaction** is the write of a product's history of prices with one change more. The store refuses
//! the write if the history was written since it was loaded. The acknowledgement is a transaction of the
//! broker.
//!
//! ```text
//!   Broker ──change──▶ Shop ──load, save──▶ history of the product's prices
//!     queue: a sequence for each partition; the next message of a partition
//!     waits until the one before it is acknowledged or its lease has expired
//! ```
//!
//! **Where it may crash.** Between any two steps. The message then is the first of its partition again.
//! A lease may expire while its handler still runs; the next handler then works beside the first one.
//!
//! * **Wrong key**: the partition key is the id of the message. Each message is a partition of its own,
//!   so the queue keeps no order at all, although it is "ordered". The handler recognises a second copy,
//!   and applies the later change first.
//! * **Skip older**: the same key; the handler ignores a change that is older than the newest one that it
//!   has applied. That is right for a copy. But if the later change comes first, the earlier one is
//!   ignored and never applied.
//! * **Wait for its turn**: the same key; the handler gives back each change whose predecessor is not
//!   applied. The changes are applied in their order. But the queue may hand out the later change again and
//!   again, each time the handler gives it back, and nothing is ever applied.
//! * **Append again**: the key is the product, and the order is right. A crash between the write and the
//!   acknowledgement lets the handler apply the change a second time.
//! * **In order**: the key is the product, and the handler ignores a change that is not newer than the
//!   newest one that it has applied. A copy, or a slow handler whose lease has expired, changes nothing.
//!
//! **What it guarantees, at what price.** In order: every change is applied once and in its place, for one
//! read and one write a change. Nothing is kept for deduplication except the number of the newest change.
//! The price is parallelism: one slow message holds up all later ones of its partition.
//!
//! **Source.** A public incident in which several relay workers lost the order of publishing. Brokers call the
//! partitions of such a queue message groups, sessions, or partitions.
//!
//! **Left out.** A message that always fails, and holds up its partition (see the error queue); a
//! partition that moves to another consumer (see log offsets); a change of the number of partitions.

mod catalogue;
#[cfg(test)]
mod tests;

use serde::{Deserialize, Serialize};

use crate::catalogue::{Description, Instance, Protocol};
use crate::kit::clause::{Clause, every};
use crate::kit::document::{Document, MessageId};
use crate::kit::flow::give_back;
use crate::kit::guarantees::{About, Guarantee, When};
use crate::kit::hosts::Partition;
use crate::kit::io::{Flow, Io};
use crate::kit::replay::Handler;
use crate::kit::stores::Stores;
use crate::kit::system::{Spec, State, System};
use crate::value::{Value, from_value};

/// The message: one change of the price of a product. The changes of all products are numbered one after
/// the other.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
#[serde(transparent)]
pub struct PriceChanged {
    id: MessageId,
}

impl PriceChanged {
    /// The product. The products take turns: with two, the changes 1 and 3 are about the first one.
    fn product(self, products: u8) -> u8 {
        (self.id.0 - 1) % products + 1
    }
}

/// The history of a product's prices.
#[derive(Debug, Default, Clone, Serialize, Deserialize)]
pub struct Prices {
    /// The changes that were applied, oldest first.
    changes: Vec<MessageId>,
}

impl Document for Prices {
    const COLLECTION: &'static str = "prices";
    const BUSINESS: &'static [&'static str] = &["changes"];
}

/// What the handler does with a change.
enum Decision {
    Apply,
    Ignore,
    Wait,
}

/// The parts in which the variants differ.
#[derive(Clone, Copy)]
struct Way {
    /// The partition key of a change, for this number of products.
    key: fn(PriceChanged, u8) -> Value,
    /// The decision about a change, for this number of products.
    decide: fn(&Prices, PriceChanged, u8) -> Decision,
}

const IN_ORDER: Way = Way {
    key: |change, products| Value::from(change.product(products)),
    decide: |prices, change, _| match prices.changes.last() {
        Some(newest) if *newest >= change.id => Decision::Ignore,
        _ => Decision::Apply,
    },
};

const APPEND_AGAIN: Way = Way {
    decide: |_, _, _| Decision::Apply,
    ..IN_ORDER
};

const SKIP_OLDER: Way = Way {
    key: |change, _| Value::from(change.id),
    ..IN_ORDER
};

const WRONG_KEY: Way = Way {
    decide: |prices, change, _| match prices.changes.contains(&change.id) {
        true => Decision::Ignore,
        false => Decision::Apply,
    },
    ..SKIP_OLDER
};

const WAIT_FOR_ITS_TURN: Way = Way {
    decide: |prices, change, products| {
        let newest = prices.changes.last();
        let next = newest.map_or(change.product(products), |newest| newest.0 + products);
        match change.id.0 {
            id if id < next => Decision::Ignore,
            id if id == next => Decision::Apply,
            _ => Decision::Wait,
        }
    },
    ..SKIP_OLDER
};

fn apply(io: &mut dyn Io, change: PriceChanged, products: u8, way: Way) -> Flow {
    let mut prices = io.load::<Prices>("Load", change.product(products))?;
    match (way.decide)(&prices, change, products) {
        Decision::Apply => {
            prices.changes.push(change.id);
            io.commit("Save", &mut prices)?.or_give_back()?;
        }
        Decision::Ignore => {}
        Decision::Wait => return give_back(),
    }
    io.ack("Ack")
}

const APPLIED_IN_ORDER: Guarantee = Guarantee {
    name: "AppliedInOrder",
    promise: "the changes of each product are applied in their order, none left out and none twice",
    when: When::Always,
    about: About::Durable,
    holds: |system, state| every(in_order(system, state)),
    clauses: in_order,
};

/// The applied changes of each product are the first ones of its changes.
fn in_order(system: &System, state: &State) -> Vec<Clause> {
    let all = state.world.documents::<Prices>();
    let products = u8::try_from(all.len()).unwrap_or(u8::MAX);
    let clause = |(product, prices): (Value, Prices)| {
        let messages = system.spec().messages.iter();
        let changes = messages.filter_map(|message| from_value::<PriceChanged>(message).ok());
        let own = changes.filter(|change| Value::from(change.product(products)) == product);
        let own: Vec<_> = own.map(|change| change.id).collect();
        let what = format!("the changes of product {product} are applied in their order");
        Clause::new(what, own.starts_with(&prices.changes)).at(format!("prices[{product}].changes"))
    };
    all.into_iter().map(clause).collect()
}

/// The protocol.
pub struct OrderedUpdates;

impl Protocol for OrderedUpdates {
    fn describe(&self) -> Description {
        catalogue::describe()
    }

    fn system(&self, instance: &Instance) -> System {
        let products = instance.get("products");
        let prices = (1..=products).map(|product| (Value::from(product), Prices::default()));
        let stores = Stores::default().many(prices);
        let (handler, key) = match way(instance.variant.handler) {
            Some(way) => {
                let handler =
                    move |io: &mut dyn Io, change: &PriceChanged| apply(io, *change, products, way);
                (Handler::new(handler), way.key)
            }
            None => (Handler::unknown(instance.variant.handler), IN_ORDER.key),
        };
        System::new(Spec {
            noun: Some("change"),
            copies: instance.get("copies"),
            ordered_by: Some(Partition::by(move |change: &PriceChanged| {
                key(*change, products)
            })),
            ..instance.spec("Shop", instance.get("messages"), handler, stores)
        })
    }
}

fn way(name: &str) -> Option<Way> {
    Some(match name {
        "wrong-key" => WRONG_KEY,
        "skip-older" => SKIP_OLDER,
        "wait-for-its-turn" => WAIT_FOR_ITS_TURN,
        "append-again" => APPEND_AGAIN,
        "in-order" => IN_ORDER,
        _ => return None,
    })
}
