//! Loads the order once more before it publishes.

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
    if order.outbox.contains_key(&command.id) {
        let mut again = io.load::<Order>("Load", ORDER)?;
        let Some(event) = again.outbox.remove(&command.id) else {
            return give_back();
        };
        io.publish("Publish", &event)?.or_give_back()?;
        io.commit("MarkDispatched", &mut again)?.or_give_back()?;
    }
    io.ack("Ack")
}
