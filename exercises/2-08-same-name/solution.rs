//! The event is named after the command, which every attempt knows.

use tandem_models::kit::document::Identity;
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
    let event = order.line_added(Identity::derived_from(command.id));
    io.publish("Publish", &event)?.or_give_back()?;
    io.ack("Ack")
}
