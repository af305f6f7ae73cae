//! The outbox outside the document: events wait in a store of their own, not in the order.
//!
//! An outbox inside the order makes every read of the order read all waiting events, too, and the
//! store may limit the size of a document. So the event is put into an *outbox store* under the
//! fresh id of a transaction, before the order is saved, and the order holds only that id:
//!
//! ```text
//!   Broker ──command──▶ Orders ──stage, load, delete──▶ outbox: events, by transaction
//!                       │    ├─────save, clear────────▶ order: lines, transaction ids
//!                       │    └─────check, mark────────▶ inbox: ids of processed commands
//!                       └──publish──▶ LineAdded ──▶ everybody else
//! ```
//!
//! Each call is a transaction of its own. The save of the order is the commit point: with the line
//! it writes the id of the transaction, by which the next attempt finds the event. An item that no
//! order refers to was never committed. What follows the save, the *tail*, can be repeated: publish
//! the event, mark the command in the inbox, delete the item, clear the id in the order.
//!
//! * **Dictionary**: the order keeps command and transaction id forever, and every attempt at a
//!   command finds its own. No inbox, but the order grows again, if only by ids.
//! * **One field**: the order has room for one transaction. A command that finds another one pending
//!   finishes that first; so the tail is carried out by the next command.
//! * **As published**: the published solution of the exercise marks the command *at hand*. When it
//!   finishes the transaction of another, it marks a command that was never processed, and leaves
//!   unmarked the one that was: one command is lost and the other processed twice.
//! * **Id from the item**: the next idea is to keep the command's id in the item. But the item is
//!   deleted before the mark. After a crash in between, nothing tells whose transaction it was.
//! * **The order of the tail**: of the 24 orders of its four steps exactly four are right: those in
//!   which publish and mark, in either order, both precede delete and clear. Each variant's name is
//!   its order. (With a lease that expires, a mark may let the last copy of the command go before
//!   the event is out. Then only the two orders that publish first are right.)
//! * **Delete on any error**: a save that fails leaves its item behind, so the handler deletes it.
//!   But if the save was carried out and only its answer was lost, that was the event of a
//!   committed transaction: nobody can publish it or mark its command, which is processed again.
//! * **Delete on conflict**: a conflict says for certain that the save was not carried out.
//!
//! What it costs beside an outbox: staging, deleting and marking, three writes more for each
//! command. What it leaves behind: the items of attempts that crashed before the save or lost the
//! race for it (`CleanAtRest`), and an inbox that grows (`DedupBounded`).
//!
//! Source: exercises 15 and 16 of the workshop with their published solutions; the processor with
//! its compensation; the proof that the order matters is the test of all 24. Left out: who receives
//! the event; two stages for uncommitted and committed items, which some versions have.

mod catalogue;
mod tail;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use self::tail::Tail;
pub use super::order_lines::AddLine;
use super::order_lines::{are_the_history, change};
use crate::catalogue::{Description, Instance, Protocol};
use crate::kit::clause::Clause;
use crate::kit::document::{Document, Event, Identity, MessageId, Versioned};
use crate::kit::io::{Flow, Io, Outcome, Sent, give_back};
use crate::kit::replay::{Entry, Handler};
use crate::kit::stores::Stores;
use crate::kit::system::{Spec, System};
use crate::value::Value;

/// The event: this line was added, and the order now has this many lines. Its id is the transaction's.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct LineAdded {
    /// Its id, which is that of the transaction.
    pub id: Identity,
    /// The line that was added.
    pub line: MessageId,
    /// How many lines the order has.
    pub lines: usize,
}

impl Event for LineAdded {
    const OUTPUT: &'static str = "LineAdded";

    fn basis(&self) -> i64 {
        change(self.lines)
    }

    fn cause(&self) -> Option<Value> {
        Some(Value::from(self.line))
    }
}

/// The order.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Order {
    /// Lines, in the order in which they were added.
    pub lines: Vec<MessageId>,
    /// The one field: the transaction that is not finished yet, if there is one.
    pub pending: Vec<Identity>,
    /// The dictionary: the transaction of every command.
    transactions: BTreeMap<MessageId, Identity>,
}

impl Document for Order {
    const COLLECTION: &'static str = "order";
    const BUSINESS: &'static [&'static str] = &["lines"];
}

/// An item of the outbox, stored under the id of a transaction: one event, with the command that caused it.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Item {
    events: BTreeMap<MessageId, LineAdded>,
}

impl Document for Item {
    const COLLECTION: &'static str = "outbox";
    const BUSINESS: &'static [&'static str] = &[];
}

impl Item {
    /// The command that caused the event; `None` if the item does not exist.
    pub fn owner(&self) -> Option<MessageId> {
        self.events.keys().next().copied()
    }

    /// The event; `None` if the item does not exist.
    pub fn event(&self) -> Option<&LineAdded> {
        self.events.values().next()
    }
}

/// The key of the only order.
pub const ORDER: u8 = 1;
/// The set of processed ids.
pub const INBOX: &str = "inbox";

fn dictionary(io: &mut dyn Io, command: &AddLine) -> Flow {
    let mut order = io.load::<Order>("Load", ORDER)?;
    let (id, item) = match order.transactions.get(&command.id).copied() {
        Some(id) => (id, io.load::<Item>("LoadItem", id)?),
        None => {
            let (id, item) = stage(io, command, &mut order)?;
            order.transactions.insert(command.id, id);
            io.commit("Save", &mut order)?.or_give_back()?;
            (id, item)
        }
    };
    // If the item does not exist, its event was published before it was deleted.
    if let Some(event) = item.event() {
        io.publish("Publish", event)?.or_give_back()?;
        io.delete_blindly::<Item>("DeleteItem", id)?
            .or_give_back()?;
    }
    io.ack("Ack")
}

/// What to do if the order was not saved, or may not have been saved. If this returns `Ok`, the handler
/// continues with the tail.
pub type Compensate = fn(&mut dyn Io, Identity, Sent) -> Flow;

/// Adds the line with the variant of the one field, with a correct order of the tail and with this
/// compensation.
pub fn add_line(io: &mut dyn Io, command: &AddLine, compensate: Compensate) -> Flow {
    one_field(io, command, &Tail::right(), compensate)
}

fn one_field(io: &mut dyn Io, command: &AddLine, tail: &Tail, compensate: Compensate) -> Flow {
    let mut order = io.load::<Order>("Load", ORDER)?;
    if let Some(id) = order.pending.first().copied() {
        let item = io.load::<Item>("LoadItem", id)?;
        tail.carry_out(io, command, &mut order, &item)?;
    }
    if io.contains("CheckInbox", INBOX, command.id)? {
        return io.ack("Ack");
    }
    let (id, item) = stage(io, command, &mut order)?;
    order.pending = vec![id];
    let saved = io.commit("Save", &mut order)?;
    compensate(io, id, saved)?;
    tail.carry_out(io, command, &mut order, &item)?;
    io.ack("Ack")
}

/// Adds the line, and puts its event into the outbox with a new transaction id.
pub fn stage(
    io: &mut dyn Io,
    command: &AddLine,
    order: &mut Versioned<Order>,
) -> Flow<(Identity, Versioned<Item>)> {
    let id = io.fresh_id()?;
    order.lines.push(command.id);
    let event = LineAdded {
        id,
        line: command.id,
        lines: order.lines.len(),
    };
    let events = BTreeMap::from([(command.id, event)]);
    let mut item = Versioned::new(id, Item { events })?;
    io.commit("Stage", &mut item)?.or_give_back()?;
    Ok((id, item))
}

fn leave_item(_: &mut (dyn Io + '_), _: Identity, saved: Sent) -> Flow {
    saved.or_give_back()
}

fn delete_on_any_error(io: &mut (dyn Io + '_), id: Identity, saved: Sent) -> Flow {
    match saved {
        Sent::Done => Ok(()),
        Sent::Conflict | Sent::Unknown => discard(io, id),
    }
}

fn delete_on_conflict(io: &mut (dyn Io + '_), id: Identity, saved: Sent) -> Flow {
    match saved {
        Sent::Conflict => discard(io, id),
        Sent::Done | Sent::Unknown => saved.or_give_back(),
    }
}

/// Deletes the event that was staged under the id, and gives the command back.
pub fn discard(io: &mut (dyn Io + '_), id: Identity) -> Flow {
    io.delete_blindly::<Item>("Discard", id)?.or_give_back()?;
    give_back()
}

/// Whether the handler has saved the order. It is then done after the tail.
fn saved(log: &[Arc<Entry>]) -> bool {
    log.iter().any(|entry| {
        matches!(
            &**entry,
            Entry::Called {
                action: "Save",
                outcome: Outcome::Committed(_),
                ..
            }
        )
    })
}

/// The protocol.
pub struct OutOfDocumentOutbox;

impl Protocol for OutOfDocumentOutbox {
    fn describe(&self) -> Description {
        catalogue::describe()
    }

    fn system(&self, instance: &Instance) -> System {
        let stores = Stores::default()
            .one(&Order::default())
            .many::<Item>([])
            .set(INBOX, []);
        let handler = handler(instance.variant.handler);
        System::new(Spec {
            interchangeable: true,
            copies: instance.get("copies"),
            may_fail: &["Save"],
            outputs: &[LineAdded::OUTPUT],
            remembers: |log| {
                let saved = saved(log).then(|| ("saved", Value::from(true)));
                saved.into_iter().collect()
            },
            folds: |world| are_the_history(world.document::<Order>().lines, world),
            clean: |world| {
                let items = world.documents::<Item>().into_iter();
                let items: Vec<_> = items
                    .map(|(id, _)| format!("that of transaction {} is", id.plain()))
                    .collect();
                let pending = world.document::<Order>().pending.into_iter();
                let pending: Vec<_> = pending.map(|id| format!("transaction {id} is")).collect();
                vec![
                    Clause::new("no item is left in the outbox", items.is_empty())
                        .but(items.join(", "))
                        .at("outbox"),
                    Clause::new("no transaction is left pending", pending.is_empty())
                        .but(pending.join(", "))
                        .at("order.pending"),
                ]
            },
            remembered: |system, state| {
                let mut ids = state.world.members(INBOX);
                let order = state.world.document::<Order>();
                ids.extend(order.transactions.keys().map(|id| Value::from(*id)));
                (ids.len(), system.in_flight(state).len())
            },
            remembered_in: &[INBOX, "order.transactions"],
            ..instance.spec("Orders", instance.get("messages"), handler, stores)
        })
    }
}

fn handler(name: &str) -> Handler {
    let (tail, compensate): (_, Compensate) = match name {
        "dictionary" => return Handler::new(dictionary),
        "as-published" => (Some(Tail::as_published()), leave_item),
        "id-from-item" => (Some(Tail::with_the_id_from_the_item()), leave_item),
        "delete-on-any-error" => (Some(Tail::right()), delete_on_any_error),
        "delete-on-conflict" => (Some(Tail::right()), delete_on_conflict),
        order => (Tail::named(order), leave_item),
    };
    match tail {
        Some(tail) => Handler::new(move |io, command| one_field(io, command, &tail, compensate)),
        None => Handler::unknown(name),
    }
}
