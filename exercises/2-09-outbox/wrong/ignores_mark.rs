//! Does not check whether the event was removed from the outbox.

use tandem_models::kit::document::Identity;
use tandem_models::kit::io::{Flow, Io, give_back};
use tandem_models::protocols::outbox::{AddLine, INBOX, LineAdded, ORDER, Order};

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
        let _ = io.commit("MarkDispatched", &mut order)?;
    }
    io.ack("Ack")
}
