//! Natural idempotency: the state itself shows that a command was handled before.
//!
//! **Problem.** A broker delivers a command at least once. A set that already has the line, a row
//! that already has the key, a status that is already reached: the handler looks at the state, does
//! nothing the second time, and remembers no message ids. When is that enough?
//!
//! **Participants.** The broker, the endpoint `Orders`, and the receivers of its events.
//!
//! **One transaction** is the write of one document: of the order, which checks that nobody has
//! written it since it was loaded, or of one row, which checks that there is none of that key yet.
//!
//! ```text
//!   Broker ──command──▶ Orders ──load, save──▶ order      (or ──create──▶ a row of its own)
//!                          └──publish──▶ LineChanged ──▶ everybody else
//! ```
//!
//! **Where it may crash.** Between any two steps. After the save and before the event is published
//! the state shows the effect and the output is missing.
//!
//! * **Check and return** takes "already there" for "already done" and stops before it publishes.
//! * **Add only**: every attempt publishes, also one that changes nothing. This is right as long as
//!   all commands add: no other command can undo what the check looks for.
//! * **Add and remove** is the same handler, and a second command that removes the line. A late copy
//!   of the first command finds the line absent and adds it again, without any crash. The final order
//!   is one that some execution could have left, so a check of the final state does not find this;
//!   the history does. And a removal that arrives before its addition finds nothing to remove: the
//!   state cannot tell "no longer" from "not yet", so the removal is announced and lost.
//! * **Blind write**: two handlers that add different lines overwrite each other. The operations
//!   commute; writes of the whole set do not.
//! * **Forward only**: a line is absent, then ordered, then removed, and never goes back. So every
//!   status tells which commands were handled, and a command that comes too early is given back.
//! * **Ids with the state**: the order also keeps the ids of the commands that were handled. A late
//!   copy is recognised by its name, even if the lines have changed by then. A removal that arrives before its
//!   addition still finds nothing to remove; it is handled, and has no effect.
//! * **Primary key**: each line is a row whose key is the command's id, and creating it fails if it
//!   exists. There is nothing to load, and no other row to conflict with; but it only creates.
//!
//! **What it guarantees, at what price.** The event repeats the command and has an id derived from it, so all
//! copies are the same; an event that contained the total would not be (see `outbox`). Add only and primary
//! key cost nothing beyond the state that the business needs. Forward only keeps a removed line forever, which
//! is deduplication data (`DedupBounded`), and does not promise `Settles`: a queue that always hands out the
//! early command first satisfies weak fairness of the step `Receive`. Real brokers wait longer after each
//! attempt, so that the addition gets its turn.
//!
//! **Source.** The workshop's exercises 4, 6 and 7, and 2 and 10 of its second generation.
//!
//! **Left out.** Conditions on the content ("at most three lines").

mod catalogue;
#[cfg(test)]
mod tests;

use serde::{Deserialize, Serialize};

use crate::catalogue::{Description, Instance, Protocol};
use crate::kit::document::{Document, Event, Identity, MessageId, Versioned};
use crate::kit::io::{Flow, Io, Sent, give_back};
use crate::kit::replay::Handler;
use crate::kit::stores::Stores;
use crate::kit::system::{Spec, System};
use crate::kit::world::World;
use crate::value::{Set, from_value};

/// The command.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Command {
    /// The identity of the command.
    pub id: MessageId,
}

/// The operation that a command asks for. A line is named by the command that adds it.
#[derive(Debug, Clone, Copy)]
pub enum Operation {
    /// Add this line.
    Add(MessageId),
    /// Remove it.
    Remove(MessageId),
}

impl Command {
    /// With removals, every second command removes the line that the previous one adds.
    pub fn operation(&self, removals: bool) -> Operation {
        let MessageId(number) = self.id;
        if removals && number.is_multiple_of(2) {
            Operation::Remove(MessageId(number - 1))
        } else {
            Operation::Add(self.id)
        }
    }
}

impl Operation {
    /// The line that it is about.
    pub fn line(self) -> MessageId {
        match self {
            Operation::Add(line) | Operation::Remove(line) => line,
        }
    }
}

/// The order.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Order {
    /// Lines that are in it.
    pub lines: Set<MessageId>,
    /// Lines that were removed, if they are remembered.
    removed: Set<MessageId>,
    /// Commands that were handled, if their ids are kept.
    pub processed: Set<MessageId>,
}

impl Document for Order {
    const COLLECTION: &'static str = "order";
    const BUSINESS: &'static [&'static str] = &["lines", "removed"];
}

/// The statuses of a line, in the order in which it passes through them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Status {
    Absent,
    Ordered,
    Removed,
}

impl Order {
    /// Whether the lines are already as after the operation.
    pub fn shows(&self, operation: Operation) -> bool {
        match operation {
            Operation::Add(line) => self.lines.contains(&line),
            Operation::Remove(line) => !self.lines.contains(&line),
        }
    }

    /// Does the operation.
    pub fn apply(&mut self, operation: Operation) {
        match operation {
            Operation::Add(line) => self.lines.insert(line),
            Operation::Remove(line) => self.lines.remove(&line),
        };
    }

    fn status(&self, line: MessageId) -> Status {
        if self.removed.contains(&line) {
            Status::Removed
        } else if self.lines.contains(&line) {
            Status::Ordered
        } else {
            Status::Absent
        }
    }
}

/// A line in a row of its own; its key is the id of the command that creates it.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Row {
    line: MessageId,
}

impl Document for Row {
    const COLLECTION: &'static str = "rows";
    const BUSINESS: &'static [&'static str] = &["line"];
}

/// The event: the operation was done. It contains only the content of the command.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct LineChanged {
    id: Identity,
    line: MessageId,
}

impl Event for LineChanged {
    const OUTPUT: &'static str = "LineChanged";
}

impl LineChanged {
    /// The event of a command: the same in every attempt.
    pub fn of(command: &Command, operation: Operation) -> Self {
        LineChanged {
            id: Identity::derived_from(command.id),
            line: operation.line(),
        }
    }
}

/// The key of the only order.
pub const ORDER: u8 = 1;

/// How the order is written.
type Write = fn(&mut dyn Io, &mut Versioned<Order>) -> Flow<Sent>;

fn commit(io: &mut dyn Io, order: &mut Versioned<Order>) -> Flow<Sent> {
    io.commit("Save", order)
}

fn overwrite(io: &mut dyn Io, order: &mut Versioned<Order>) -> Flow<Sent> {
    io.overwrite("Save", order)
}

fn check(io: &mut dyn Io, command: &Command, removals: bool) -> Flow {
    changed(io, command.operation(removals), commit)?;
    announced(io, command, removals)
}

fn blind_write(io: &mut dyn Io, command: &Command, removals: bool) -> Flow {
    changed(io, command.operation(removals), overwrite)?;
    announced(io, command, removals)
}

fn check_and_return(io: &mut dyn Io, command: &Command, removals: bool) -> Flow {
    if !changed(io, command.operation(removals), commit)? {
        return io.ack("Ack");
    }
    announced(io, command, removals)
}

/// Changes the order unless it already shows the operation. Returns whether it did.
fn changed(io: &mut dyn Io, operation: Operation, write: Write) -> Flow<bool> {
    let mut order = io.load::<Order>("Load", ORDER)?;
    if order.shows(operation) {
        return Ok(false);
    }
    order.apply(operation);
    write(io, &mut order)?.or_give_back()?;
    Ok(true)
}

fn forward_only(io: &mut dyn Io, command: &Command, removals: bool) -> Flow {
    let operation = command.operation(removals);
    let mut order = io.load::<Order>("Load", ORDER)?;
    match (operation, order.status(operation.line())) {
        (Operation::Remove(_), Status::Absent) => return give_back(),
        (Operation::Remove(line), Status::Ordered) => {
            order.apply(operation);
            order.removed.insert(line);
            commit(io, &mut order)?.or_give_back()?;
        }
        (Operation::Add(_), Status::Absent) => {
            order.apply(operation);
            commit(io, &mut order)?.or_give_back()?;
        }
        // The line has this status, or a later one.
        (Operation::Add(_), _) | (Operation::Remove(_), Status::Removed) => {}
    }
    announced(io, command, removals)
}

fn ids_with_state(io: &mut dyn Io, command: &Command, removals: bool) -> Flow {
    let mut order = io.load::<Order>("Load", ORDER)?;
    if !order.processed.contains(&command.id) {
        order.apply(command.operation(removals));
        order.processed.insert(command.id);
        commit(io, &mut order)?.or_give_back()?;
    }
    announced(io, command, removals)
}

fn primary_key(io: &mut dyn Io, command: &Command, removals: bool) -> Flow {
    let line = command.operation(removals).line();
    let mut row = Versioned::new(command.id, Row { line })?;
    match io.commit("Create", &mut row)? {
        // A conflict means that the row exists: an earlier attempt has created it.
        Sent::Done | Sent::Conflict => announced(io, command, removals),
        Sent::Unknown => give_back(),
    }
}

fn announced(io: &mut dyn Io, command: &Command, removals: bool) -> Flow {
    let event = LineChanged::of(command, command.operation(removals));
    io.publish("Publish", &event)?.or_give_back()?;
    io.ack("Ack")
}

/// Whether the lines, in the order or in rows, are the result of the history, from no lines.
fn folds(world: &World, removals: bool) -> bool {
    let mut expected = Order::default();
    let hist = world.hist.iter().filter_map(|cause| from_value(cause).ok());
    hist.for_each(|id| expected.apply(Command { id }.operation(removals)));
    let rows = world
        .documents::<Row>()
        .into_iter()
        .map(|(_, row)| row.line);
    let lines = world.document::<Order>().lines;
    let lines: Set<_> = lines.iter().copied().chain(rows).collect();
    lines == expected.lines
}

/// The protocol.
pub struct NaturalIdempotency;

impl Protocol for NaturalIdempotency {
    fn describe(&self) -> Description {
        catalogue::describe()
    }

    fn system(&self, instance: &Instance) -> System {
        let stores = Stores::default()
            .one(&Order::default())
            .many::<Row>(Vec::new());
        let removals = instance.get("removals") > 0;
        let handler = handler(instance.variant.handler, removals);
        System::new(Spec {
            // A command that removes a line is not interchangeable with the one that adds it.
            interchangeable: !removals,
            copies: instance.get("copies"),
            outputs: &[LineChanged::OUTPUT],
            folds: if removals {
                |world| folds(world, true)
            } else {
                |world| folds(world, false)
            },
            remembered: |system, state| {
                let order = state.world.document::<Order>();
                let kept = order.removed.len() + order.processed.len();
                (kept, system.in_flight(state).len())
            },
            remembered_in: &["order.removed", "order.processed"],
            ..instance.spec("Orders", instance.get("messages"), handler, stores)
        })
    }
}

fn handler(name: &str, removals: bool) -> Handler {
    let handle: fn(&mut dyn Io, &Command, bool) -> Flow = match name {
        "check-and-return" => check_and_return,
        "check" => check,
        "blind-write" => blind_write,
        "forward-only" => forward_only,
        "ids-with-state" => ids_with_state,
        "primary-key" => primary_key,
        _ => return Handler::unknown(name),
    };
    Handler::new(move |io, command| handle(io, command, removals))
}
