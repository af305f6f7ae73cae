//! The check guards the change and the save; the event is published in any case.

use tandem_models::kit::io::{Flow, Io};
use tandem_models::protocols::outbox::{AddLine, ORDER, Order};

/// Adds a line to the order, and publishes its event.
pub fn add_line(io: &mut dyn Io, command: &AddLine) -> Flow {
    let mut order = io.load::<Order>("Load", ORDER)?;
    if !order.lines.contains(&command.id) {
        order.add(command);
        io.commit("Save", &mut order)?.or_give_back()?;
    }
    let event = order.line_added(io.fresh_id()?);
    io.publish("Publish", &event)?.or_give_back()?;
    io.ack("Ack")
}
