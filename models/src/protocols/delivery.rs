//! Delivery: what happens to a message that is acknowledged too early, too late, or after its lease.
//!
//! **Problem.** A broker keeps a message until its receiver says that it is done with it. *When* the
//! receiver says so decides what a crash does to the message.
//!
//! **Participants.** The broker, which leases a message to one handler at a time, and the endpoint
//! `Orders`. Each command adds a line to an order.
//!
//! **One transaction** is the write of the order, which checks that nobody has written it since it
//! was loaded. The acknowledgement is a transaction of the broker. No transaction spans the two.
//!
//! ```text
//!   Broker ──command──▶ Orders ──load, save──▶ order
//!          ◀────ack─────   │
//!             before or after the save
//! ```
//!
//! **Where it may crash.** Between any two steps; a message that is leased then waits again.
//!
//! * **Acknowledge first**: the broker forgets the command before its line is saved. A crash in
//!   between loses it: *at most once*. Many client libraries do so when asked for automatic
//!   acknowledgement. Anything else that ends the handler early, such as a write conflict, also loses
//!   it.
//! * **Acknowledge last**: the command comes again if the endpoint crashes between the save and the
//!   acknowledgement, and adds its line twice: *at least once*. Nothing is lost.
//! * **Slow handler**: the same without any crash. The broker cannot tell a slow handler from a dead
//!   one. The lease expires, the command is handed to another handler, and the first one is still at
//!   work. Its acknowledgement is refused, but by then its line is saved. A longer lease makes this
//!   rarer, and a real crash more expensive.
//!
//! **What it guarantees, at what price.** Acknowledge last guarantees that no command is lost, for one
//! read, one write and one acknowledgement a command, and remembers nothing. No position of the
//! acknowledgement gives *exactly once*: for that, the receiver must recognise a second copy, which is
//! the subject of the other protocols of this part.
//!
//! **Source.** The workshop's exercise 2, and the messaging infrastructure post of its authors;
//! three public incidents in which an automatic acknowledgement lost messages in a crash.
//!
//! **Left out.** Messages of a batch, acknowledged one by one or together (see batches); a count of
//! deliveries (see the error queue); renewing a lease, which moves the moment of its expiry and does
//! not remove it.

mod catalogue;
#[cfg(test)]
mod tests;

use serde::{Deserialize, Serialize};

use crate::catalogue::{Description, Instance, Protocol};
use crate::kit::document::{Document, MessageId};
use crate::kit::io::{Flow, Io};
use crate::kit::replay::Handler;
use crate::kit::stores::Stores;
use crate::kit::system::{Spec, System};
use crate::value::Value;

const ORDER: u8 = 1;

/// The command: add a line.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(transparent)]
pub struct AddLine {
    id: MessageId,
}

/// The order.
#[derive(Debug, Default, Clone, Serialize, Deserialize)]
pub struct Order {
    /// Its lines, each named by the command that added it.
    lines: Vec<MessageId>,
}

impl Document for Order {
    const COLLECTION: &'static str = "order";
    const BUSINESS: &'static [&'static str] = &["lines"];
}

fn acknowledge_first(io: &mut dyn Io, command: &AddLine) -> Flow {
    io.ack("Ack")?;
    add_line(io, command)
}

fn acknowledge_last(io: &mut dyn Io, command: &AddLine) -> Flow {
    add_line(io, command)?;
    io.ack("Ack")
}

fn add_line(io: &mut dyn Io, command: &AddLine) -> Flow {
    let mut order = io.load::<Order>("Load", ORDER)?;
    order.lines.push(command.id);
    io.commit("Save", &mut order)?.or_give_back()
}

/// The protocol.
pub struct Delivery;

impl Protocol for Delivery {
    fn describe(&self) -> Description {
        catalogue::describe()
    }

    fn system(&self, instance: &Instance) -> System {
        let stores = Stores::default().one(&Order::default());
        let handler = handler(instance.variant.handler);
        System::new(Spec {
            copies: instance.get("copies"),
            interchangeable: true,
            folds: |world| {
                let lines = world.document::<Order>().lines.into_iter();
                lines.map(Value::from).eq(world.hist.iter().cloned())
            },
            ..instance.spec("Orders", instance.get("messages"), handler, stores)
        })
    }
}

fn handler(name: &str) -> Handler {
    match name {
        "acknowledge-first" => Handler::new(acknowledge_first),
        "acknowledge-last" => Handler::new(acknowledge_last),
        _ => Handler::unknown(name),
    }
}
