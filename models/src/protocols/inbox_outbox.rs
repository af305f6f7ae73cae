//! Inbox and outbox: the ids of processed commands are kept apart, so that the order stays small.
//!
//! The transactional outbox remembers every command in the order itself, which therefore grows as long as the
//! order exists. Here the order holds a command's event only until it is published. Then the command's id is
//! written into a store of its own, the *inbox*, and the entry leaves the order:
//!
//! ```text
//!   Broker ──command──▶ Orders ──save, clean──▶ order: lines, outbox
//!                       │    └───check, mark──▶ inbox: ids of processed commands
//!                       └──publish──▶ LineAdded ──▶ everybody else
//! ```
//!
//! Two transactions, each on one store: the line and its event are saved together in the order; the mark in the
//! inbox is written separately. One rule holds both together: from the save on, a command's id is in the order,
//! in the inbox, or in both. The handler may crash between any two steps, and whichever step comes next, the
//! rule lets the next attempt find out how far the last one came.
//!
//! * **Entity, then inbox**: the inbox is checked *after* the order was loaded. A command that is
//!   in neither was not processed when the order was loaded, and if that changes before the save,
//!   optimistic concurrency refuses the save.
//! * **Inbox, then entity**: the same checks in the other order. Between them another slot may
//!   mark the command and clean the order: neither check finds it, and the line is added twice.
//!   It takes no fault at all, only two copies of one command. Of the 2,048 schedules in which two slots
//!   take 11 steps together, 21 add the line twice: the exercise `schedules` tries them all.
//! * **No clean-up of duplicates**: an attempt that crashes between the mark and the clean-up
//!   leaves its entry in the order. The next attempt finds the mark and is the last one that can
//!   clean up; a handler that returns at once leaves the entry there.
//! * **Claims**: no read has to be up to date. The attempt saves a claim of its own in the order
//!   and then creates the command's claim record, which only the first claim can. Whether the
//!   command is new is the outcome of that conditional write, not of a read that may be old.
//! * **Evicted**: ids are removed from the inbox after some time, and a copy comes later than that: a
//!   queue may hold messages back for days, or an operator may return one from the error queue. The
//!   command is processed once more. Retention must be longer than the longest retry.
//! * **Stale reads**: the inbox is read from a replica that lags behind. A copy that follows at once does not
//!   find the mark that the first one has made, and is processed once more. Reading the inbox after the order
//!   does not help: the answer itself is old. The mark must be read from the same store in which it is written.
//!
//! What it costs beside an outbox: one more read and one more write for each command, and with
//! claims two more writes. What it does not solve: the inbox grows with every command
//! (`DedupBounded`), now in a store of its own.
//!
//! Source: the exercises of the workshop in which deduplication data moves out of the entity, and
//! the low-consistency inbox of its material; public incidents in which ids were kept for a shorter time
//! than messages were retried, and in which the check for duplicates read a replica. Left out: who receives
//! the event; leases that expire in the default setting. (With one, a crash after the mark may leave an entry
//! when the last attempt had loaded the order before the save: see the tests.)

mod catalogue;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::order_lines::are_the_history;
pub use super::order_lines::{AddLine, LineAdded};
use crate::catalogue::{Description, Instance, Protocol};
use crate::kit::clause::Clause;
use crate::kit::document::{Document, Event, Identity, MessageId, Versioned};
use crate::kit::fault::Fault;
use crate::kit::io::{Call, Flow, Io, Outcome, Sent, give_back};
use crate::kit::replay::{Entry, Handler};
use crate::kit::stores::Stores;
use crate::kit::system::{Spec, System};
use crate::value::Value;

/// The order.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Order {
    /// Lines, in the order in which they were added.
    pub lines: Vec<MessageId>,
    /// The commands that are being processed.
    pub outbox: BTreeMap<MessageId, Pending>,
}

/// The progress of processing a command.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Pending {
    /// The claim that was made on the command, in the variant with claims.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub claim: Option<Identity>,
    /// The event to publish; `None` until the line is added.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub event: Option<LineAdded>,
}

impl Document for Order {
    const COLLECTION: &'static str = "order";
    const BUSINESS: &'static [&'static str] = &["lines"];
}

impl Order {
    /// The event of a command, if its line is added and its entry still exists.
    pub fn event(&self, command: &AddLine) -> Option<&LineAdded> {
        self.outbox.get(&command.id)?.event.as_ref()
    }

    fn claim(&self, command: &AddLine) -> Option<Identity> {
        self.outbox.get(&command.id)?.claim
    }

    /// Adds the line that a command asks for, and its event with this id.
    pub fn add(&mut self, command: &AddLine, id: Identity) {
        self.lines.push(command.id);
        let lines = self.lines.len();
        let pending = self.outbox.entry(command.id).or_default();
        pending.event = Some(LineAdded { id, lines });
    }
}

/// The claim record: which attempt may process a command. The first claim wins.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Claim {
    /// The claim; `None` while there is no record.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    by: Option<Identity>,
}

impl Document for Claim {
    const COLLECTION: &'static str = "claims";
    const BUSINESS: &'static [&'static str] = &[];
}

/// The key of the only order.
pub const ORDER: u8 = 1;
/// The set of processed ids.
pub const INBOX: &str = "inbox";

fn entity_then_inbox(io: &mut dyn Io, command: &AddLine) -> Flow {
    let mut order = io.load::<Order>("Load", ORDER)?;
    if io.contains("CheckInbox", INBOX, command.id)? {
        return cleaned_and_acknowledged(io, command, &mut order);
    }
    process(io, command, &mut order)
}

fn inbox_then_entity(io: &mut dyn Io, command: &AddLine) -> Flow {
    let processed = io.contains("CheckInbox", INBOX, command.id)?;
    let mut order = io.load::<Order>("Load", ORDER)?;
    if processed {
        return cleaned_and_acknowledged(io, command, &mut order);
    }
    process(io, command, &mut order)
}

fn duplicates_not_cleaned(io: &mut dyn Io, command: &AddLine) -> Flow {
    let mut order = io.load::<Order>("Load", ORDER)?;
    if io.contains("CheckInbox", INBOX, command.id)? {
        return io.ack("Ack");
    }
    process(io, command, &mut order)
}

/// Adds the line unless an earlier attempt has, publishes its event, and moves the command's id from the order
/// to the inbox. At any time the id is in at least one of the two.
fn process(io: &mut dyn Io, command: &AddLine, order: &mut Versioned<Order>) -> Flow {
    add_and_publish(io, command, order)?;
    io.insert("Mark", INBOX, command.id)?.or_give_back()?;
    cleaned_and_acknowledged(io, command, order)
}

fn add_and_publish(io: &mut dyn Io, command: &AddLine, order: &mut Versioned<Order>) -> Flow {
    if order.event(command).is_none() {
        order.add(command, io.fresh_id()?);
        io.commit("Save", order)?.or_give_back()?;
    }
    if let Some(event) = order.event(command) {
        io.publish("Publish", event)?.or_give_back()?;
    }
    Ok(())
}

fn cleaned_and_acknowledged(
    io: &mut dyn Io,
    command: &AddLine,
    order: &mut Versioned<Order>,
) -> Flow {
    if order.outbox.remove(&command.id).is_some() {
        io.commit("Clean", order)?.or_give_back()?;
    }
    io.ack("Ack")
}

fn claims(io: &mut dyn Io, command: &AddLine) -> Flow {
    let mut order = io.load::<Order>("Load", ORDER)?;
    if order.event(command).is_some() || claimed(io, command, &mut order)? {
        add_and_publish(io, command, &mut order)?;
    }
    cleaned_and_acknowledged(io, command, &mut order)
}

/// Whether the command is new and its claim record belongs to the claim in the order.
fn claimed(io: &mut dyn Io, command: &AddLine, order: &mut Versioned<Order>) -> Flow<bool> {
    if order.claim(command).is_none() {
        let pending = order.outbox.entry(command.id).or_default();
        pending.claim = Some(io.fresh_id()?);
        io.commit("SaveClaim", order)?.or_give_back()?;
    }
    let ours = Claim {
        by: order.claim(command),
    };
    let mut record = Versioned::new(command.id, ours)?;
    match io.commit("Claim", &mut record)? {
        Sent::Done => Ok(true),
        Sent::Unknown => give_back(),
        // A record exists: from an earlier attempt with the same claim, or from another claim.
        Sent::Conflict => {
            let first = io.load::<Claim>("LoadClaim", command.id)?;
            match first.by {
                Some(by) => Ok(Some(by) == order.claim(command)),
                None => give_back(),
            }
        }
    }
}

/// The answer of the inbox, if it was checked before the order was loaded.
fn found_first(log: &[Arc<Entry>]) -> Option<bool> {
    match log.first().map(|entry| &**entry) {
        Some(Entry::Called {
            call: Call::Contains(_),
            outcome: Outcome::Found(found),
            ..
        }) => Some(*found),
        _ => None,
    }
}

/// The protocol.
pub struct InboxOutbox;

impl Protocol for InboxOutbox {
    fn describe(&self) -> Description {
        catalogue::describe()
    }

    fn system(&self, instance: &Instance) -> System {
        let stores = Stores::default()
            .one(&Order::default())
            .many::<Claim>([])
            .set(INBOX, []);
        // A store with these faults needs a slower engine, so it is declared only if the fault is enabled.
        let stores = match instance.budget().left(Fault::Forget) {
            0 => stores,
            _ => stores.forgetful(INBOX),
        };
        let stores = match instance.budget().left(Fault::Stale) {
            0 => stores.never_lagging(INBOX),
            _ => stores.lagging(INBOX),
        };
        let handler = handler(instance.variant.handler);
        System::new(Spec {
            interchangeable: true,
            copies: instance.get("copies"),
            outputs: &[LineAdded::OUTPUT],
            remembers: |log| {
                let found = found_first(log).map(|found| ("processed", Value::from(found)));
                found.into_iter().collect()
            },
            folds: |world| are_the_history(world.document::<Order>().lines, world),
            clean: |world| {
                let outbox = world.document::<Order>().outbox;
                let left: Vec<_> = outbox
                    .keys()
                    .map(|id| format!("that of message {id} is"))
                    .collect();
                let clause = Clause::new("no entry is left in the outbox", left.is_empty());
                vec![clause.but(left.join(", ")).at("order.outbox")]
            },
            remembered: |system, state| {
                let mut ids = state.world.members(INBOX);
                let claims = state.world.documents::<Claim>().into_iter();
                ids.extend(claims.map(|(id, _)| id));
                (ids.len(), system.in_flight(state).len())
            },
            remembered_in: &[INBOX, "claims"],
            ..instance.spec("Orders", instance.get("messages"), handler, stores)
        })
    }
}

fn handler(name: &str) -> Handler {
    match name {
        "entity-then-inbox" => Handler::new(entity_then_inbox),
        "inbox-then-entity" => Handler::new(inbox_then_entity),
        "duplicates-not-cleaned" => Handler::new(duplicates_not_cleaned),
        "claims" => Handler::new(claims),
        _ => Handler::unknown(name),
    }
}
