//! Publishes, clears the field, and marks after that.

use tandem_models::kit::document::Versioned;
use tandem_models::kit::io::{Flow, Io};
use tandem_models::protocols::out_of_document_outbox::{AddLine, INBOX, Item, ORDER, Order, stage};

/// Adds a line to the order, and publishes its event. The event waits in the outbox store.
pub fn add_line(io: &mut dyn Io, command: &AddLine) -> Flow {
    let mut order = io.load::<Order>("Load", ORDER)?;
    if let Some(id) = order.pending.first().copied() {
        let item = io.load::<Item>("LoadItem", id)?;
        finish(io, command, &mut order, &item)?;
    }
    if io.contains("CheckInbox", INBOX, command.id)? {
        return io.ack("Ack");
    }
    let (id, item) = stage(io, command, &mut order)?;
    order.pending = vec![id];
    io.commit("Save", &mut order)?.or_give_back()?;
    finish(io, command, &mut order, &item)?;
    io.ack("Ack")
}

/// Finishes the transaction that is pending in the order. `item` is empty if it was deleted before.
fn finish(io: &mut dyn Io, command: &AddLine, order: &mut Versioned<Order>, item: &Item) -> Flow {
    if let Some(event) = item.event() {
        io.publish("Publish", event)?.or_give_back()?;
    }
    order.pending.clear();
    io.commit("Clear", order)?.or_give_back()?;
    if let (Some(event), Some(owner)) = (item.event(), item.owner()) {
        io.insert("Mark", INBOX, owner)?.or_give_back()?;
        io.delete_blindly::<Item>("DeleteItem", event.id)?
            .or_give_back()?;
    }
    Ok(())
}
