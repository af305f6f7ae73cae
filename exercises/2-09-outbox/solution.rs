//! The event is stored with the line, and what is stored is sent.

use tandem_models::kit::io::{Flow, Io};
use tandem_models::protocols::outbox::{AddLine, ORDER, Order};

/// Adds a line to the order, and publishes its event.
pub fn add_line(io: &mut dyn Io, command: &AddLine) -> Flow {
    let mut order = io.load::<Order>("Load", ORDER)?;
    if !order.processed.contains(&command.id) {
        order.add(command);
        order.processed.insert(command.id);
        let event = order.line_added(io.fresh_id()?);
        order.outbox.insert(command.id, event);
        io.commit("Save", &mut order)?.or_give_back()?;
    }
    if let Some(event) = order.outbox.remove(&command.id) {
        io.publish("Publish", &event)?.or_give_back()?;
        io.commit("MarkDispatched", &mut order)?.or_give_back()?;
    }
    io.ack("Ack")
}
