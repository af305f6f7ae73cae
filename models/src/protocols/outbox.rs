//! The transactional outbox, and the ways people try to do without it.
//!
//! A command adds a line to an order, and everybody else must hear of it:
//!
//! ```text
//!   Broker ──command──▶ Orders ──save──▶ order
//!                          └──publish──▶ LineAdded ──▶ everybody else
//! ```
//!
//! Saving and publishing are two steps, and the endpoint may crash between any two steps. The
//! broker then delivers the command again, as it also may for reasons of its own. So:
//!
//! * **Publish, then save** announces a line that may never be added: a *ghost*.
//! * **Save, then publish** adds the line twice when the command comes again.
//! * **Check and return** adds it once, but forgets the event: the second attempt sees the line
//!   and stops before it publishes.
//! * **Ids apart**: a list of processed ids in a store of its own is written before or after the
//!   order. Before: a crash in between loses the command. After: it is processed twice. And two
//!   slots that both look before either has written need no crash at all.
//! * **Ids with the state** are written together with the order, so each command has one effect.
//!   But every attempt publishes an event with a new id, and receivers cannot tell that it is
//!   the same one.
//! * **Derived ids** make the event's id a function of the command's. Its content is still read
//!   from the order as it is *now*, and by now another command may have changed it.
//! * **The outbox** stores the event together with the change, and every attempt sends the
//!   stored one: same id, same content, only if the change happened.
//! * **Reject duplicates**: an outbox that treats a command it is done with as an error. Nothing
//!   wrong is ever stored or said, but the command is never acknowledged either: the broker
//!   delivers it again, forever.
//! * **Blind write**: the outbox needs optimistic concurrency. Without it two slots both store
//!   an event of their own and both send it.
//!
//! What it costs: the order remembers every command it ever processed. `DedupBounded` says so.
//!
//! Left out: who receives the event. The history shows everything that was published.

mod catalogue;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::order_lines::are_the_history;
pub use super::order_lines::{AddLine, LineAdded};
use crate::catalogue::{Description, Instance, Protocol};
use crate::kit::clause::Clause;
use crate::kit::document::{Document, Event, Identity, MessageId, Versioned};
use crate::kit::io::{Flow, Io, Sent, give_back};
use crate::kit::replay::Handler;
use crate::kit::stores::Stores;
use crate::kit::system::{Spec, System};
use crate::value::{Set, Value};

/// The order.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Order {
    /// Fillings that were ordered, in order.
    pub lines: Vec<MessageId>,
    /// Commands processed.
    pub processed: Set<MessageId>,
    /// Events to be sent, by command.
    pub outbox: BTreeMap<MessageId, LineAdded>,
}

impl Document for Order {
    const COLLECTION: &'static str = "order";
    const BUSINESS: &'static [&'static str] = &["lines"];
}

impl Order {
    /// Adds the line that a command asks for.
    pub fn add(&mut self, command: &AddLine) {
        self.lines.push(command.id);
    }

    /// The event that reports the order as it is now, under this id.
    pub fn line_added(&self, id: Identity) -> LineAdded {
        LineAdded {
            id,
            lines: self.lines.len(),
        }
    }
}

/// The key of the only order.
pub const ORDER: u8 = 1;
/// The set of processed ids, in a store of its own.
pub const INBOX: &str = "inbox";

fn publish_then_save(io: &mut dyn Io, command: &AddLine) -> Flow {
    let mut order = io.load::<Order>("Load", ORDER)?;
    order.add(command);
    let event = order.line_added(io.fresh_id()?);
    io.publish("Publish", &event)?.or_give_back()?;
    io.commit("Save", &mut order)?.or_give_back()?;
    io.ack("Ack")
}

fn save_then_publish(io: &mut dyn Io, command: &AddLine) -> Flow {
    let mut order = io.load::<Order>("Load", ORDER)?;
    order.add(command);
    io.commit("Save", &mut order)?.or_give_back()?;
    let event = order.line_added(io.fresh_id()?);
    io.publish("Publish", &event)?.or_give_back()?;
    io.ack("Ack")
}

fn check_and_return(io: &mut dyn Io, command: &AddLine) -> Flow {
    let mut order = io.load::<Order>("Load", ORDER)?;
    if order.lines.contains(&command.id) {
        return io.ack("Ack");
    }
    order.add(command);
    io.commit("Save", &mut order)?.or_give_back()?;
    let event = order.line_added(io.fresh_id()?);
    io.publish("Publish", &event)?.or_give_back()?;
    io.ack("Ack")
}

fn marked_before(io: &mut dyn Io, command: &AddLine) -> Flow {
    if io.contains("CheckInbox", INBOX, command.id)? {
        return io.ack("Ack");
    }
    io.insert("Mark", INBOX, command.id)?.or_give_back()?;
    save_then_publish(io, command)
}

fn marked_after(io: &mut dyn Io, command: &AddLine) -> Flow {
    if io.contains("CheckInbox", INBOX, command.id)? {
        return io.ack("Ack");
    }
    let mut order = io.load::<Order>("Load", ORDER)?;
    order.add(command);
    io.commit("Save", &mut order)?.or_give_back()?;
    io.insert("Mark", INBOX, command.id)?.or_give_back()?;
    let event = order.line_added(io.fresh_id()?);
    io.publish("Publish", &event)?.or_give_back()?;
    io.ack("Ack")
}

fn ids_with_state(io: &mut dyn Io, command: &AddLine) -> Flow {
    let order = changed_once(io, command)?;
    let event = order.line_added(io.fresh_id()?);
    io.publish("Publish", &event)?.or_give_back()?;
    io.ack("Ack")
}

fn derived_ids(io: &mut dyn Io, command: &AddLine) -> Flow {
    let order = changed_once(io, command)?;
    let event = order.line_added(Identity::derived_from(command.id));
    io.publish("Publish", &event)?.or_give_back()?;
    io.ack("Ack")
}

/// Adds the line unless the order has already processed the command.
fn changed_once(io: &mut dyn Io, command: &AddLine) -> Flow<Versioned<Order>> {
    let mut order = io.load::<Order>("Load", ORDER)?;
    if !order.processed.contains(&command.id) {
        order.add(command);
        order.processed.insert(command.id);
        io.commit("Save", &mut order)?.or_give_back()?;
    }
    Ok(order)
}

/// How the outbox writes its document.
type Write = fn(&mut (dyn Io + '_), &'static str, &mut Versioned<Order>) -> Flow<Sent>;

fn transactional(io: &mut dyn Io, command: &AddLine) -> Flow {
    with_outbox(io, command, |io, step, order| io.commit(step, order))
}

fn blind_write(io: &mut dyn Io, command: &AddLine) -> Flow {
    with_outbox(io, command, |io, step, order| io.overwrite(step, order))
}

fn reject_duplicates(io: &mut dyn Io, command: &AddLine) -> Flow {
    let order = io.load::<Order>("Load", ORDER)?;
    if order.processed.contains(&command.id) && !order.outbox.contains_key(&command.id) {
        return give_back();
    }
    dispatched(io, command, order, |io, step, order| io.commit(step, order))
}

fn with_outbox(io: &mut dyn Io, command: &AddLine, write: Write) -> Flow {
    let order = io.load::<Order>("Load", ORDER)?;
    dispatched(io, command, order, write)
}

/// Changes the order once, together with its event, and sends the stored event.
fn dispatched(
    io: &mut dyn Io,
    command: &AddLine,
    mut order: Versioned<Order>,
    write: Write,
) -> Flow {
    if !order.processed.contains(&command.id) {
        order.add(command);
        order.processed.insert(command.id);
        let event = order.line_added(io.fresh_id()?);
        order.outbox.insert(command.id, event);
        write(io, "Save", &mut order)?.or_give_back()?;
    }
    if let Some(event) = order.outbox.remove(&command.id) {
        io.publish("Publish", &event)?.or_give_back()?;
        write(io, "MarkDispatched", &mut order)?.or_give_back()?;
    }
    io.ack("Ack")
}

/// The protocol.
pub struct Outbox;

impl Protocol for Outbox {
    fn describe(&self) -> Description {
        catalogue::describe()
    }

    fn system(&self, instance: &Instance) -> System {
        let stores = Stores::default().one(&Order::default()).set(INBOX, []);
        let handler = handler(instance.variant.handler);
        System::new(Spec {
            // The content of a command does not matter: each adds one line.
            interchangeable: true,
            copies: instance.get("copies"),
            outputs: &[LineAdded::OUTPUT],
            folds: |world| are_the_history(world.document::<Order>().lines, world),
            clean: |world| {
                let outbox = world.document::<Order>().outbox;
                let left: Vec<_> = outbox
                    .keys()
                    .map(|id| format!("that of message {id} is"))
                    .collect();
                let clause = Clause::new("no event is left in the outbox", left.is_empty());
                vec![clause.but(left.join(", ")).at("order.outbox")]
            },
            remembered: |system, state| {
                let mut ids = state.world.members(INBOX);
                let order = state.world.document::<Order>();
                ids.extend(order.processed.iter().map(|id| Value::from(*id)));
                (ids.len(), system.in_flight(state).len())
            },
            remembered_in: &[INBOX, "order.processed"],
            ..instance.spec("Orders", instance.get("messages"), handler, stores)
        })
    }
}

fn handler(name: &str) -> Handler {
    match name {
        "publish-then-save" => Handler::new(publish_then_save),
        "save-then-publish" => Handler::new(save_then_publish),
        "check-and-return" => Handler::new(check_and_return),
        "marked-before" => Handler::new(marked_before),
        "marked-after" => Handler::new(marked_after),
        "ids-with-state" => Handler::new(ids_with_state),
        "derived-ids" => Handler::new(derived_ids),
        "reject-duplicates" => Handler::new(reject_duplicates),
        "blind-write" => Handler::new(blind_write),
        "transactional" => Handler::new(transactional),
        _ => Handler::unknown(name),
    }
}
