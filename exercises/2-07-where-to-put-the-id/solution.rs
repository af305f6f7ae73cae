//! The id is a part of the order, written in one step with the line.

use tandem_models::kit::io::{Flow, Io};
use tandem_models::protocols::outbox::{AddLine, ORDER, Order};

/// Adds a line to the order, and publishes its event.
pub fn add_line(io: &mut dyn Io, command: &AddLine) -> Flow {
    let mut order = io.load::<Order>("Load", ORDER)?;
    if !order.processed.contains(&command.id) {
        order.add(command);
        order.processed.insert(command.id);
        io.commit("Save", &mut order)?.or_give_back()?;
    }
    let event = order.line_added(io.fresh_id()?);
    io.publish("Publish", &event)?.or_give_back()?;
    io.ack("Ack")
}
