//! Register, prepare, commit, publish, clean up: side effects that no transaction includes.
//!
//! The body of an event is too large for a message, so it is written to a blob store, and the event
//! carries the body's name. The write of the body and the save of the order are two transactions.
//! Every attempt at a command therefore prepares a body of its own; the save selects one of them:
//!
//! ```text
//!   Broker ──command──▶ Orders ──register, save, clear──▶ order: lines, attempts, selected event
//!                       │    └───prepare, delete────────▶ bodies, by name
//!                       └──publish──▶ LineAdded with the name of its body ──▶ everybody else
//! ```
//!
//! 1. **Register** the attempt in the order, before anything exists under its name.
//! 2. **Prepare** the body under that name.
//! 3. **Commit**: save the order with the line and the event that names this body.
//! 4. **Publish** the event.
//! 5. **Clean up**: delete the bodies of all other registered attempts, then clear the register.
//!
//! Four things must be true: what is published is complete, nothing is published that was not
//! committed, all of it comes from one attempt, and nothing else is left in the end. Each step has a
//! variant that shows what it is for:
//!
//! * **Prepare first**: a crash before the registration leaves a body that nobody knows of.
//! * **Publish first**: the event is out, and the save may still fail: a ghost. The next attempt
//!   publishes another event, and deletes the body of the first.
//! * **Derived names**: one name for all attempts at a command needs no clean-up, but a slow attempt
//!   writes its body over the one that was committed and published.
//! * **Duplicates dropped**: an attempt that finds the command processed returns at once. After a
//!   crash nobody publishes, and nobody cleans up.
//!
//! With **one attempt at a time** all is kept, clean-up included, through any number of crashes.
//! **Overlapping attempts** are safe, but one that registers, is slow, and prepares its body after
//! another has committed and cleaned up leaves an *orphan*: no transaction tells it to stop.
//!
//! The register has another price. To register is to write the order, so an attempt that begins aborts
//! every attempt that is under way. Two attempts may do that to each other forever (**mutual aborts**):
//! no wrong result appears, but no other result either. An outbox has no such problem, for there only an
//! attempt that has had its effect makes another fail. Without a limit the graph would be infinite; with
//! it (`attempts`), a command that was aborted so often is given back forever, and `Settles` fails
//! without any fault.
//!
//! Costs three writes of the order and one of the body for each command, and keeps the id of every
//! command that was processed. Source: the side effects of the workshop's material (condition 3 and
//! its derived names, claim checks) and the study of overlapping attempts. Left out: who receives
//! the event, and when it has no more need of the body.

mod bodies;
mod catalogue;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use self::bodies::no_body_unused;
pub use super::order_lines::AddLine;
use super::order_lines::{are_the_history, change};
use crate::catalogue::{Description, Instance, Protocol};
use crate::kit::clause::Clause;
use crate::kit::document::{Document, Event, Identity, MessageId, Versioned};
use crate::kit::io::{Call, Flow, Io, give_back};
use crate::kit::replay::{Entry, Handler, Log};
use crate::kit::stores::Stores;
use crate::kit::system::{Spec, System};
use crate::kit::world::World;
use crate::value::{Set, Value};

/// The event: the order now has this many lines, and the rest is in the body with that name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LineAdded {
    /// How many lines the order has.
    pub lines: usize,
    /// The name of the body.
    pub body: Identity,
    /// The attempt from which the body must come.
    pub attempt: Identity,
}

impl Event for LineAdded {
    const OUTPUT: &'static str = "LineAdded";

    fn basis(&self) -> i64 {
        change(self.lines)
    }
}

/// The order.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Order {
    /// Lines, in the order in which they were added.
    pub lines: Vec<MessageId>,
    /// The register: for each command, the attempts that may have left something.
    pub attempts: BTreeMap<MessageId, Set<Identity>>,
    /// For each command, the event that the save has selected.
    pub selected: BTreeMap<MessageId, LineAdded>,
}

impl Document for Order {
    const COLLECTION: &'static str = "order";
    const BUSINESS: &'static [&'static str] = &["lines"];
}

/// The body of an event, which an attempt prepares.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Body {
    /// The attempt that wrote it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    by: Option<Identity>,
}

impl Document for Body {
    const COLLECTION: &'static str = "bodies";
    const BUSINESS: &'static [&'static str] = &[];
}

const ORDER: u8 = 1;

/// The parts in which the variants differ.
#[derive(Clone, Copy)]
struct Way {
    /// One attempt, from the registration to the save.
    attempt: fn(&mut dyn Io, &AddLine, &mut Versioned<Order>, LineAdded) -> Flow,
    /// The name of the body of an attempt.
    name: fn(Identity) -> Identity,
    /// Whether an attempt that finds its command processed does the remaining work.
    finishes: bool,
}

const RIGHT: Way = Way {
    attempt: |io, command, order, event| {
        register(io, command, order, &event)?;
        prepare(io, &event)?;
        save(io, command, order, event)
    },
    name: |attempt| attempt,
    finishes: true,
};

const PREPARE_FIRST: Way = Way {
    attempt: |io, command, order, event| {
        prepare(io, &event)?;
        register(io, command, order, &event)?;
        save(io, command, order, event)
    },
    ..RIGHT
};

const PUBLISH_FIRST: Way = Way {
    attempt: |io, command, order, event| {
        register(io, command, order, &event)?;
        prepare(io, &event)?;
        io.publish("PublishEarly", &event)?.or_give_back()?;
        save(io, command, order, event)
    },
    ..RIGHT
};

const DERIVED_NAMES: Way = Way {
    name: |Identity(command, _)| Identity::derived_from(command),
    ..RIGHT
};

const DUPLICATES_DROPPED: Way = Way {
    finishes: false,
    ..RIGHT
};

fn add_line(io: &mut dyn Io, command: &AddLine, way: Way, limit: usize) -> Flow {
    let mut order = io.load::<Order>("Load", ORDER)?;
    if !order.selected.contains_key(&command.id) {
        if order.attempts.get(&command.id).map_or(0, |a| a.len()) >= limit {
            return give_back();
        }
        let attempt = io.fresh_id()?;
        let event = LineAdded {
            body: (way.name)(attempt),
            attempt,
            lines: order.lines.len() + 1,
        };
        (way.attempt)(io, command, &mut order, event)?;
    } else if !way.finishes {
        return io.ack("Ack");
    }
    finish(io, command, &mut order, way)?;
    io.ack("Ack")
}

/// Registers the attempt in the order.
pub fn register(
    io: &mut dyn Io,
    command: &AddLine,
    order: &mut Versioned<Order>,
    event: &LineAdded,
) -> Flow {
    let attempts = order.attempts.entry(command.id).or_default();
    attempts.insert(event.attempt);
    io.commit("Register", order)?.or_give_back()
}

/// Writes the body of the event.
pub fn prepare(io: &mut dyn Io, event: &LineAdded) -> Flow {
    let by = Some(event.attempt);
    let mut body = Versioned::new(event.body, Body { by })?;
    io.overwrite("Prepare", &mut body)?.or_give_back()
}

/// Saves the order with the line, and selects the attempt by its event.
pub fn save(
    io: &mut dyn Io,
    command: &AddLine,
    order: &mut Versioned<Order>,
    event: LineAdded,
) -> Flow {
    order.lines.push(command.id);
    order.selected.insert(command.id, event);
    io.commit("Save", order)?.or_give_back()
}

/// Publishes the selected event, and removes the other bodies. Finished when the register is empty.
fn finish(io: &mut dyn Io, command: &AddLine, order: &mut Versioned<Order>, way: Way) -> Flow {
    let selected = order.selected.get(&command.id).cloned();
    let attempts = order.attempts.remove(&command.id);
    let (Some(event), Some(attempts)) = (selected, attempts) else {
        return Ok(());
    };
    io.publish("Publish", &event)?.or_give_back()?;
    let names = attempts.iter().map(|attempt| (way.name)(*attempt));
    for name in names.filter(|name| *name != event.body) {
        io.delete_blindly::<Body>("DeleteBody", name)?
            .or_give_back()?;
    }
    io.commit("Clear", order)?.or_give_back()
}

/// An attempt, from its start to the save of the order.
pub type Attempt = fn(&mut dyn Io, &AddLine, &mut Versioned<Order>, LineAdded) -> Flow;

/// The steps after the save, given the selected event and all registered attempts. In the handler's copy
/// of the order the register is already empty; this is not saved yet.
pub type Finish = fn(&mut dyn Io, &mut Versioned<Order>, &LineAdded, &Set<Identity>) -> Flow;

/// Adds a line with these two parts. One attempt more than the number of crashes is enough for a command.
pub fn add_line_by(io: &mut dyn Io, command: &AddLine, attempt: Attempt, finish: Finish) -> Flow {
    const LIMIT: usize = 3;
    let mut order = io.load::<Order>("Load", ORDER)?;
    if !order.selected.contains_key(&command.id) {
        if order.attempts.get(&command.id).map_or(0, |a| a.len()) >= LIMIT {
            return give_back();
        }
        let name = io.fresh_id()?;
        let event = LineAdded {
            body: name,
            attempt: name,
            lines: order.lines.len() + 1,
        };
        attempt(io, command, &mut order, event)?;
    }
    let selected = order.selected.get(&command.id).cloned();
    let attempts = order.attempts.remove(&command.id);
    if let (Some(event), Some(attempts)) = (selected, attempts) {
        finish(io, &mut order, &event, &attempts)?;
    }
    io.ack("Ack")
}

/// The handler's attempt, and the names that it has deleted.
fn remembered(log: &Log) -> Vec<(&'static str, Value)> {
    let attempt = log.iter().find_map(|entry| match &**entry {
        Entry::Fresh(attempt) => Some(("attempt", attempt.clone())),
        Entry::Called { .. } => None,
    });
    let deleted = log.iter().filter_map(|entry| match &**entry {
        Entry::Called {
            call: Call::Delete(deletion),
            ..
        } => Some(deletion.key.clone()),
        _ => None,
    });
    let deleted: Vec<_> = deleted.collect();
    let deleted = (!deleted.is_empty()).then(|| ("deleted", Value::set(deleted)));
    attempt.into_iter().chain(deleted).collect()
}

fn nothing_registered(world: &World) -> Clause {
    let attempts = world.document::<Order>().attempts;
    let left = attempts.keys().map(|id| format!("one at message {id} is"));
    Clause::new("no attempt is left registered", attempts.is_empty())
        .but(left.collect::<Vec<_>>().join(", "))
        .at("order.attempts")
}

/// The protocol.
pub struct PrepareCommitPublish;

impl Protocol for PrepareCommitPublish {
    fn describe(&self) -> Description {
        catalogue::describe()
    }

    fn system(&self, instance: &Instance) -> System {
        let stores = Stores::default().one(&Order::default()).many::<Body>([]);
        let limit = usize::from(instance.get("attempts"));
        let handler = handler(instance.variant.handler, limit);
        System::new(Spec {
            interchangeable: true,
            copies: instance.get("copies"),
            outputs: &[LineAdded::OUTPUT],
            remembers: remembered,
            folds: |world| are_the_history(world.document::<Order>().lines, world),
            clean: |world| vec![nothing_registered(world), no_body_unused(world)],
            remembered: |system, state| {
                let selected = state.world.document::<Order>().selected;
                (selected.len(), system.in_flight(state).len())
            },
            remembered_in: &["order.selected"],
            ..instance.spec("Orders", instance.get("messages"), handler, stores)
        })
    }
}

fn handler(name: &str, limit: usize) -> Handler {
    let way = match name {
        "register-first" => RIGHT,
        "prepare-first" => PREPARE_FIRST,
        "publish-first" => PUBLISH_FIRST,
        "derived-names" => DERIVED_NAMES,
        "duplicates-dropped" => DUPLICATES_DROPPED,
        _ => return Handler::unknown(name),
    };
    Handler::new(move |io, command| add_line(io, command, way, limit))
}
