//! Batches: one message of a batch fails; what happens to the others?
//!
//! **Problem.** A consumer takes its messages in batches, because one call to the broker for many messages
//! is cheaper than one for each. A consumer may acknowledge single messages or the whole batch. If it
//! acknowledges the batch, all of its messages are treated alike, no matter which of them succeeded.
//!
//! **Participants.** The broker, which hands over a batch under one lease and knows which of its messages
//! are still open; the endpoint `Orders`, which adds a line to an order for each message. Message 2 of
//! batch 1 is written `[1, 2]`. The write of a line may fail (`fail`), and a later attempt succeeds.
//!
//! ```text
//!   Broker ──batch: [1, 1], [1, 2]──▶ Orders ──Load, Save──▶ order   (for each message)
//!          ◀──────AckOne, AckAll─────   │
//! ```
//!
//! **One transaction** is the write of the order, which checks that nobody has written it since it was
//! loaded. An acknowledgement, of one message or of all, is a transaction of the broker.
//!
//! **Where it may crash.** Between any two steps. What is still open of the batch is then delivered again.
//!
//! * **Whole batch**: acknowledges the batch if all of it was handled, and else gives it back. The messages
//!   before the one that failed are delivered again, and add their lines twice.
//! * **Acknowledge anyway**: goes on after a failure, and acknowledges the batch at the end. The message
//!   that failed is lost.
//! * **Up to here**: after each message acknowledges it *and all before it*, which some brokers offer to
//!   save calls. The message that failed before is acknowledged with its successor, and is lost.
//! * **One by one**: acknowledges each message that was handled, and gives back the rest. A failure costs
//!   nothing. Only a crash between a line and its acknowledgement still adds the line twice.
//! * **Whole batch, deduplicated** is right: messages that come again are recognised by their lines. Each
//!   failure makes the whole batch come again.
//! * **One by one, deduplicated** is right too, and only what failed comes again, for a call to the broker
//!   for each message.
//!
//! **What it guarantees, at what price.** With either of the right ones every message adds one line. The
//! price is that of a batch: acknowledging one by one takes an additional write for each message.
//!
//! **Source.** Six public reports about batches in which one message fails: the others are handled twice,
//! or the failed one is lost.
//!
//! **Left out.** A message that always fails (see the error queue); messages that move from
//! one batch to another when they are delivered again.

mod catalogue;
#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::catalogue::{Description, Instance, Protocol};
use crate::kit::clause::{Clause, every};
use crate::kit::document::{Document, MessageId, Versioned};
use crate::kit::guarantees::{About, Guarantee, When, once_all_is_done};
use crate::kit::io::{Call, Flow, Io, Outcome, Sent, give_back};
use crate::kit::replay::{Entry, Handler, Log};
use crate::kit::stores::Stores;
use crate::kit::system::{Spec, State, System};
use crate::value::{Set, Value, from_value};

const ORDER: u8 = 1;

/// A message of a batch: the batch, and its position in the batch.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Item(MessageId, u8);

impl From<Item> for Value {
    fn from(Item(batch, place): Item) -> Self {
        Value::seq([Value::from(batch), Value::from(place)])
    }
}

/// The order.
#[derive(Debug, Default, Clone, Serialize, Deserialize)]
pub struct Order {
    /// Its lines, each named by the message that added it.
    lines: Vec<Item>,
}

/// A batch, as the broker sees it.
#[derive(Debug, Default, Clone, Serialize, Deserialize)]
pub struct Batch {
    /// The positions of the messages that are not acknowledged.
    open: Set<u8>,
}

impl Document for Order {
    const COLLECTION: &'static str = "order";
    const BUSINESS: &'static [&'static str] = &["lines"];

    fn cause(&self) -> Option<Value> {
        self.lines.last().copied().map(Value::from)
    }
}

impl Document for Batch {
    const COLLECTION: &'static str = "batches";
    const BUSINESS: &'static [&'static str] = &[];
}

/// What the handler acknowledges after each message, and at the end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Acks {
    /// Nothing after each message; the whole batch at the end.
    Batch,
    /// After each message: this message and all before it.
    UpTo,
    /// After each message: only this message.
    Each,
}

/// The parts in which the variants differ.
#[derive(Debug, Clone, Copy)]
struct Way {
    acks: Acks,
    /// Whether it continues after a message that failed.
    goes_on: bool,
    /// Whether it recognises a line that is there already.
    recognises: bool,
}

fn handle(io: &mut dyn Io, id: MessageId, way: Way) -> Flow {
    let mut batch = io.load::<Batch>("Open", id)?;
    for place in batch.open.0.clone() {
        if add_line(io, Item(id, place), way)? {
            acknowledge(io, &mut batch, place, way.acks)?;
        } else if !way.goes_on {
            return give_back();
        }
    }
    if way.acks == Acks::Batch || batch.open.is_empty() {
        return io.ack("AckAll");
    }
    give_back()
}

/// Handles a message. Returns whether it was handled.
fn add_line(io: &mut dyn Io, item: Item, way: Way) -> Flow<bool> {
    let mut order = io.load::<Order>("Load", ORDER)?;
    if way.recognises && order.lines.contains(&item) {
        return Ok(true);
    }
    order.lines.push(item);
    Ok(io.commit("Save", &mut order)? == Sent::Done)
}

fn acknowledge(io: &mut dyn Io, batch: &mut Versioned<Batch>, place: u8, acks: Acks) -> Flow {
    match acks {
        Acks::Batch => return Ok(()),
        Acks::UpTo => batch.open.0.retain(|other| *other > place),
        Acks::Each => drop(batch.open.remove(&place)),
    }
    io.commit("AckOne", batch)?.or_give_back()
}

/// The position in the batch of the message that is being handled.
fn remembers(log: &Log) -> Vec<(&'static str, Value)> {
    let mut open = BTreeSet::new();
    let mut place = None;
    for entry in log.iter() {
        if let Entry::Called {
            action,
            call: Call::Load { .. },
            outcome: Outcome::Loaded { document, .. },
        } = &**entry
        {
            if *action == "Open" {
                let batch = document.as_ref().and_then(|one| from_value(one).ok());
                open = batch.map(|batch: Batch| batch.open.0).unwrap_or_default();
            } else {
                place = open.pop_first();
            }
        }
    }
    let place = place.map(|place| ("place", Value::from(place)));
    place.into_iter().collect()
}

const EVERY_MESSAGE_HANDLED: Guarantee = Guarantee {
    name: "EveryMessageHandled",
    promise: "once all is done, every message of every batch has added its line",
    when: When::Always,
    about: About::AtRest,
    holds: |system, state| !system.at_rest(state) || every(handled(system, state)),
    clauses: |system, state| once_all_is_done(system, state, handled),
};

/// All messages: at the start of the history, every message of a batch is open.
fn handled(system: &System, state: &State) -> Vec<Clause> {
    let lines = state.world.document::<Order>().lines;
    let batches = system.spec().world.documents::<Batch>().into_iter();
    let items = batches.flat_map(|(id, batch)| {
        let places = batch.open.0.into_iter();
        places.map(move |place| (id.clone(), place))
    });
    let clause = |(batch, place): (Value, _)| {
        let item = Value::seq([batch.clone(), Value::from(place)]);
        let there = lines.iter().any(|line| Value::from(*line) == item);
        let what = format!("message {place} of batch {batch} has added its line");
        Clause::new(what, there)
            .but("it was acknowledged although it had failed")
            .at("order.lines")
    };
    items.map(clause).collect()
}

/// The protocol.
pub struct Batches;

impl Protocol for Batches {
    fn describe(&self) -> Description {
        catalogue::describe()
    }

    fn system(&self, instance: &Instance) -> System {
        let open = || (1..=instance.get("size")).collect();
        let batches = (1..=instance.get("messages")).map(|id| {
            let batch = Batch { open: Set(open()) };
            (Value::from(MessageId(id)), batch)
        });
        let stores = Stores::default().one(&Order::default()).many(batches);
        let handler = handler(instance.variant.handler);
        System::new(Spec {
            noun: Some("batch"),
            copies: instance.get("copies"),
            may_fail: &["Save"],
            remembers,
            ..instance.spec("Orders", instance.get("messages"), handler, stores)
        })
    }
}

fn handler(name: &str) -> Handler {
    let right = Way {
        acks: Acks::Each,
        goes_on: true,
        recognises: true,
    };
    let whole = Way {
        acks: Acks::Batch,
        goes_on: false,
        recognises: true,
    };
    let way = match name {
        "whole-batch" => Way {
            recognises: false,
            ..whole
        },
        "acknowledge-anyway" => Way {
            goes_on: true,
            ..whole
        },
        "up-to-here" => Way {
            acks: Acks::UpTo,
            ..right
        },
        "one-by-one" => Way {
            recognises: false,
            ..right
        },
        "whole-batch-deduplicated" => whole,
        "one-by-one-deduplicated" => right,
        _ => return Handler::unknown(name),
    };
    Handler::new(move |io: &mut dyn Io, batch: &MessageId| handle(io, *batch, way))
}
