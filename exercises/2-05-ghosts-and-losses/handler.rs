//! Exercise 5: ghosts and losses. Edit this file and no other; `tandem exercise check
//! ghosts-and-losses` judges it.

use tandem_models::kit::io::{Flow, Io};
use tandem_models::protocols::outbox::{AddLine, ORDER, Order};

/// Adds a line to the order, and publishes its event.
pub fn add_line(io: &mut dyn Io, command: &AddLine) -> Flow {
    let mut order = io.load::<Order>("Load", ORDER)?;
    if order.lines.contains(&command.id) {
        return io.ack("Ack");
    }
    order.add(command);
    // TODO: what has everybody been told if the handler ends here? And what does the next attempt do?
    let event = order.line_added(io.fresh_id()?);
    io.publish("Publish", &event)?.or_give_back()?;
    io.commit("Save", &mut order)?.or_give_back()?;
    io.ack("Ack")
}
