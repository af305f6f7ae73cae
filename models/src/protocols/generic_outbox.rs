//! The generic outbox: middleware that makes any handler publish exactly what it decided, once.
//!
//! **Problem.** An outbox written into every handler is repeated code, and easy to get wrong in one of
//! them. So it moves into the middleware: a handler is a function that changes the document and returns
//! the messages to send, however many. The middleware loads, calls it, stores, sends, and marks.
//!
//! **Participants.** The broker, the endpoint `Orders` with its middleware, and everybody who hears its
//! events. The handler adds a line, and returns one event for the line and a second one if it is the
//! first line of the order.
//!
//! **One transaction** is the write of the order with its outbox, which checks that nobody has written
//! the order since it was loaded.
//!
//! ```text
//!   Broker ──command──▶ Orders ──load──▶ order, outbox
//!                          │   absent:     run the handler, save its messages as pending
//!                          │   pending:    send them, save the entry as dispatched
//!                          │   dispatched: nothing
//!                          └──▶ LineAdded, FirstLineAdded ──▶ everybody else
//! ```
//!
//! The outbox is a map from the id of the *incoming* message to the messages that came of it. An entry
//! has three states: absent (never handled), pending (a list of messages), dispatched (an empty list).
//! So the same map that holds the messages recognises duplicates, for any handler.
//!
//! **Where it may crash.** Between any two steps, and between any two messages of one entry. The next
//! attempt then sends the whole entry again, with the same ids.
//!
//! * **Two states**: an entry is there or not, and one that is there counts as done. A crash between
//!   saving and sending leaves a pending entry that nobody sends.
//! * **Never marked**: entries stay pending. Every copy of a command sends its messages again, which
//!   receivers drop, so nobody notices that the outbox is never emptied.
//! * **Id at dispatch**: what is stored is the content. The message id is a header, and the transport
//!   sets it when it sends. The second attempt sends the same content under another id. The outbox must
//!   store messages as they go over the wire, headers included.
//! * **Shared id**: the id is derived from the incoming message, without saying which of its outputs
//!   this is. A receiver of both takes the second one for a duplicate of the first.
//! * **Three states** stores whole messages, each with an id of its own.
//!
//! **What it guarantees, at what price.** What `outbox` does, for every handler and any number of
//! messages: one read and two writes a command. It keeps an id for every command (`DedupBounded`).
//!
//! **Source.** The workshop's exercise 12 and its follow-up; 14 to 17 of its second generation.
//!
//! **Left out.** A relay that sends what a crash has left pending when no copy of the command comes;
//! several documents, whose middleware needs to know which one holds the outbox.

mod catalogue;
mod guarantees;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::catalogue::{Description, Instance, Protocol};
use crate::kit::clause::Clause;
use crate::kit::document::{Document, Event, Identity, MessageId};
use crate::kit::io::{Flow, Io};
use crate::kit::replay::Handler;
use crate::kit::stores::Stores;
use crate::kit::system::{Spec, System};
use crate::value::Value;

/// The command: add a line.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(transparent)]
pub struct AddLine {
    id: MessageId,
}

/// The order.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Order {
    /// For each incoming message, the messages to send. The list is empty when they were sent.
    outbox: BTreeMap<MessageId, Vec<Stored>>,
    lines: Vec<MessageId>,
}

impl Document for Order {
    const COLLECTION: &'static str = "order";
    const BUSINESS: &'static [&'static str] = &["lines"];
}

/// A message in the outbox.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Stored {
    output: Output,
    lines: usize,
    /// Its id; empty if it gets one when it is sent.
    id: Vec<Identity>,
}

/// The messages that a handler may send.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub enum Output {
    /// A line was added.
    LineAdded,
    /// It is the first one.
    FirstLineAdded,
}

/// The event: the order now has this many lines.
#[derive(Debug, Clone, Serialize)]
pub struct LineAdded {
    lines: usize,
    id: Identity,
}

impl Event for LineAdded {
    const OUTPUT: &'static str = "LineAdded";

    fn basis(&self) -> i64 {
        i64::try_from(self.lines).unwrap_or(i64::MAX)
    }
}

/// The event: the order has its first line.
#[derive(Debug, Clone, Serialize)]
pub struct FirstLineAdded {
    id: Identity,
}

impl Event for FirstLineAdded {
    const OUTPUT: &'static str = "FirstLineAdded";

    fn basis(&self) -> i64 {
        1
    }
}

/// The handler. It does not deal with the outbox, ids or duplicates.
fn add_line(lines: &mut Vec<MessageId>, command: &AddLine) -> Vec<Output> {
    lines.push(command.id);
    match lines.len() {
        1 => vec![Output::LineAdded, Output::FirstLineAdded],
        _ => vec![Output::LineAdded],
    }
}

/// The parts in which the variants of the middleware differ.
#[derive(Clone, Copy)]
struct Way {
    /// The id of a message when it is stored.
    stored_id: fn(&mut dyn Io, &AddLine) -> Flow<Vec<Identity>>,
    /// Whether an existing entry counts as done without a check of its content.
    present_is_done: bool,
    /// Whether an entry is marked as dispatched once its messages are sent.
    marks: bool,
}

const THREE_STATES: Way = Way {
    stored_id: |io, _| Ok(vec![io.fresh_id()?]),
    present_is_done: false,
    marks: true,
};

const TWO_STATES: Way = Way {
    present_is_done: true,
    ..THREE_STATES
};

const NEVER_MARKED: Way = Way {
    marks: false,
    ..THREE_STATES
};

const ID_AT_DISPATCH: Way = Way {
    stored_id: |_, _| Ok(Vec::new()),
    ..THREE_STATES
};

const SHARED_ID: Way = Way {
    stored_id: |_, command| Ok(vec![Identity::derived_from(command.id)]),
    ..THREE_STATES
};

const ORDER: u8 = 1;

fn middleware(io: &mut dyn Io, command: &AddLine, way: Way) -> Flow {
    let mut order = io.load::<Order>("Load", ORDER)?;
    if !order.outbox.contains_key(&command.id) {
        let outputs = add_line(&mut order.lines, command);
        let mut messages = Vec::with_capacity(outputs.len());
        for output in outputs {
            messages.push(Stored {
                output,
                lines: order.lines.len(),
                id: (way.stored_id)(io, command)?,
            });
        }
        order.outbox.insert(command.id, messages);
        io.commit("Save", &mut order)?.or_give_back()?;
    } else if way.present_is_done {
        return io.ack("Ack");
    }
    let pending = order.outbox.insert(command.id, Vec::new());
    let pending = pending.unwrap_or_default();
    for message in &pending {
        send(io, message)?;
    }
    if way.marks && !pending.is_empty() {
        io.commit("MarkDispatched", &mut order)?.or_give_back()?;
    }
    io.ack("Ack")
}

fn send(io: &mut dyn Io, message: &Stored) -> Flow {
    let lines = message.lines;
    let id = match message.id.first() {
        Some(id) => *id,
        None => io.fresh_id()?,
    };
    match message.output {
        Output::LineAdded => io.publish("PublishLineAdded", &LineAdded { id, lines }),
        Output::FirstLineAdded => io.publish("PublishFirstLineAdded", &FirstLineAdded { id }),
    }?
    .or_give_back()
}

/// The protocol.
pub struct GenericOutbox;

impl Protocol for GenericOutbox {
    fn describe(&self) -> Description {
        catalogue::describe()
    }

    fn system(&self, instance: &Instance) -> System {
        let stores = Stores::default().one(&Order::default());
        let handler = handler(instance.variant.handler);
        System::new(Spec {
            outputs: &[LineAdded::OUTPUT],
            interchangeable: true,
            copies: instance.get("copies"),
            folds: |world| {
                let lines = world.document::<Order>().lines.into_iter();
                lines.map(Value::from).eq(world.hist.iter().cloned())
            },
            clean: |world| {
                let entries = world.document::<Order>().outbox.into_iter();
                let pending = entries.filter(|(_, messages)| !messages.is_empty());
                let pending: Vec<_> = pending.map(|(id, _)| id.to_string()).collect();
                let clause =
                    Clause::new("no entry of the outbox is pending", pending.is_empty()).but(
                        format!("pending is what message {} led to", pending.join(", ")),
                    );
                vec![clause.at("order.outbox")]
            },
            remembered: |system, state| {
                let order = state.world.document::<Order>();
                (order.outbox.len(), system.in_flight(state).len())
            },
            remembered_in: &["order.outbox"],
            ..instance.spec("Orders", instance.get("messages"), handler, stores)
        })
    }
}

fn handler(name: &str) -> Handler {
    let way = match name {
        "two-states" => TWO_STATES,
        "never-marked" => NEVER_MARKED,
        "id-at-dispatch" => ID_AT_DISPATCH,
        "shared-id" => SHARED_ID,
        "three-states" => THREE_STATES,
        _ => return Handler::unknown(name),
    };
    Handler::new(move |io, command| middleware(io, command, way))
}
