//! Error queue: a message that cannot be handled must not be tried without end, and must not be lost.
//!
//! **Problem.** To handle a command, `Orders` looks up its customer. Somebody may delete the customer
//! (`forget`). From then on each attempt at the command fails: it is a *poison message*. Its broker delivers
//! it again after each attempt. Somebody must count the attempts, and put the message where a person
//! looks at it.
//!
//! **Participants.** The endpoint `Orders`; its broker; and the `Operator`, whose queue is the error
//! queue. The operator enters the customer again and sends the message back to the queue of `Orders`.
//!
//! ```text
//!   Broker ──command──▶ Orders ──LookUp──▶ customers ◀──Repair──┐
//!      ▲                  ├──Load, Save──▶ order                │
//!      │                  └──SetAside──▶ (error queue) ──▶ Operator
//!      └───────────────────────Retry──────────────────────────┘
//! ```
//!
//! **One transaction** is a write of the order, which checks that nobody has written it since it was
//! loaded. To send to the error queue and to acknowledge are two transactions.
//!
//! **Where it may crash.** Both endpoints, between any two steps. An attempt may also kill its process by
//! itself, for example because it uses up the memory (`fatal` says at which attempt in one process).
//! Then everything that the process has counted is lost; each slot is a process here.
//!
//! * **No limit**: a failed command goes back to its queue. It is delivered again and again.
//! * **Counted in memory**: the process tries the command up to `limit` times, and sets it aside then.
//!   That is what many client libraries do. A command that kills the process before the limit is
//!   reached starts from 0 in the next process, and is delivered without end. A count that each node
//!   keeps for itself has the same fault: every node begins at 0.
//! * **Dropped**: the broker counts its deliveries, and hands the count over with the message. After
//!   `limit` of them the command is acknowledged and forgotten. The queue moves on, and a line is lost.
//! * **No deduplication**: as the right one, but `Orders` does not check whether the line is there. A
//!   crash before the acknowledgement, after `Save` or after `SetAside`, has the command handled twice:
//!   after `SetAside` a copy is in both queues, and the operator sends back both.
//! * **Counted by the broker** is right: the count is durable, so neither a crash nor a dying process
//!   resets it. The command goes to the error queue, is repaired and retried by hand, and its line is
//!   added once. Other commands are handled in the meantime.
//!
//! **What it guarantees, at what price.** Every command is handled in the end and no queue is blocked.
//! It costs one more read where the count does not come with the message, and a person who looks at
//! the error queue: the guarantees assume that the operator acts some day.
//!
//! **Source.** Six public reports: a poison message that is delivered without end, because nobody counts,
//! because a crash loses the count, or because each node has its own.
//!
//! **Left out.** Delays between attempts; leases that expire, which count as one more attempt; and that a delivery count may belong to a copy of a message:
//! here the copies of one command share it.

mod catalogue;
mod guarantees;
#[cfg(test)]
mod tests;

use serde::{Deserialize, Serialize};

use crate::catalogue::{Description, Instance, Protocol};
use crate::kit::document::{Document, Event, MessageId};
use crate::kit::hosts::Further;
use crate::kit::io::{Call, Flow, Io, give_back};
use crate::kit::replay::{Entry, Handler, Log};
use crate::kit::stores::Stores;
use crate::kit::system::{Spec, System};
use crate::value::Value;

const ORDER: u8 = 1;

/// The set of customers. Each customer is named by the command that is about it.
const CUSTOMERS: &str = "customers";

/// The order.
#[derive(Debug, Default, Clone, Serialize, Deserialize)]
pub struct Order {
    /// Its lines, each named by the command that added it.
    lines: Vec<MessageId>,
}

/// How often the broker has delivered a command.
#[derive(Debug, Default, Clone, Serialize, Deserialize)]
pub struct Delivered {
    count: u8,
}

impl Document for Order {
    const COLLECTION: &'static str = "order";
    const BUSINESS: &'static [&'static str] = &["lines"];
}

impl Document for Delivered {
    const COLLECTION: &'static str = "deliveries";
    const BUSINESS: &'static [&'static str] = &[];
}

/// A command on its way to the error queue.
#[derive(Debug, Serialize)]
#[serde(transparent)]
pub struct SetAside(MessageId);

/// A command on its way back to the queue of `Orders`.
#[derive(Debug, Serialize)]
#[serde(transparent)]
pub struct Retry(MessageId);

impl Event for SetAside {
    const OUTPUT: &'static str = "SetAside";
}

impl Event for Retry {
    const OUTPUT: &'static str = "Retry";
}

/// Where the attempts are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Counting {
    Nobody,
    Process,
    Broker,
}

/// The parts in which the variants differ, and the bounds.
#[derive(Debug, Clone, Copy)]
struct Way {
    counting: Counting,
    /// Whether a command that was tried too often goes to the error queue.
    sets_aside: bool,
    /// Whether a line that is there already is recognised.
    recognises: bool,
    /// How often a command is tried.
    limit: u8,
    /// The attempt in one process at which the poison message kills the process; 0 if it does not.
    fatal: u8,
}

fn add_line(io: &mut dyn Io, command: MessageId, way: Way) -> Flow {
    if way.counting == Counting::Broker {
        let delivered = io.load::<Delivered>("ReadCount", command)?;
        if delivered.count > way.limit {
            return set_aside(io, command, way);
        }
    }
    let attempts = match way.counting {
        Counting::Process => way.limit,
        Counting::Nobody | Counting::Broker => 1,
    };
    for attempt in 1..=attempts {
        if io.contains("LookUp", CUSTOMERS, command)? {
            return save_line(io, command, way.recognises);
        }
        if attempt == way.fatal {
            // The process ends, and its counts are lost.
            return give_back();
        }
    }
    match way.counting {
        Counting::Process => set_aside(io, command, way),
        Counting::Nobody | Counting::Broker => give_back(),
    }
}

fn save_line(io: &mut dyn Io, command: MessageId, recognises: bool) -> Flow {
    let mut order = io.load::<Order>("Load", ORDER)?;
    if !(recognises && order.lines.contains(&command)) {
        order.lines.push(command);
        io.commit("Save", &mut order)?.or_give_back()?;
    }
    io.ack("Ack")
}

fn set_aside(io: &mut dyn Io, command: MessageId, way: Way) -> Flow {
    if way.sets_aside {
        let sent = io.send("SetAside", OPERATOR, &SetAside(command))?;
        sent.or_give_back()?;
    }
    io.ack("Ack")
}

const OPERATOR: &str = "Operator";

/// A person enters the customer again, and sends the command back to its queue.
fn repair(io: &mut dyn Io, command: &MessageId) -> Flow {
    io.insert("Repair", CUSTOMERS, command)?.or_give_back()?;
    let sent = io.send("Retry", "Orders", &Retry(*command))?;
    sent.or_give_back()?;
    io.ack("AckError")
}

/// How often this process has tried the command.
fn remembers(log: &Log) -> Vec<(&'static str, Value)> {
    let attempts = log.iter().filter(|entry| match &***entry {
        Entry::Called { call, .. } => matches!(call, Call::Contains(_)),
        Entry::Fresh(_) => false,
    });
    match attempts.count() {
        0 => Vec::new(),
        attempts => vec![("attempts", Value::from(attempts))],
    }
}

/// The protocol.
pub struct ErrorQueue;

impl Protocol for ErrorQueue {
    fn describe(&self) -> Description {
        catalogue::describe()
    }

    fn system(&self, instance: &Instance) -> System {
        let commands = || (1..=instance.get("messages")).map(|id| Value::from(MessageId(id)));
        let limit = instance.get("limit");
        let stores = Stores::default()
            .one(&Order::default())
            .many(commands().map(|command| (command, Delivered::default())))
            .counting(Delivered::COLLECTION, limit + 1)
            .set(CUSTOMERS, commands())
            .forgetful(CUSTOMERS);
        let handler = handler(instance.variant.handler, limit, instance.get("fatal"));
        System::new(Spec {
            copies: instance.get("copies"),
            further: vec![Further::new(
                OPERATOR,
                commands().collect(),
                Handler::new(repair),
            )],
            remembers,
            ..instance.spec("Orders", instance.get("messages"), handler, stores)
        })
    }
}

fn handler(name: &str, limit: u8, fatal: u8) -> Handler {
    let right = Way {
        counting: Counting::Broker,
        sets_aside: true,
        recognises: true,
        limit,
        fatal,
    };
    let way = match name {
        "no-limit" => Way {
            counting: Counting::Nobody,
            ..right
        },
        "counted-in-memory" => Way {
            counting: Counting::Process,
            ..right
        },
        "dropped" => Way {
            sets_aside: false,
            ..right
        },
        "no-deduplication" => Way {
            recognises: false,
            ..right
        },
        "counted-by-broker" => right,
        _ => return Handler::unknown(name),
    };
    Handler::new(move |io: &mut dyn Io, command: &MessageId| add_line(io, *command, way))
}
