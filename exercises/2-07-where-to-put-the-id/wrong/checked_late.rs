//! Looks for the mark after it has loaded the order.

use tandem_models::kit::document::Identity;
use tandem_models::kit::io::{Flow, Io, give_back};
use tandem_models::protocols::outbox::{AddLine, INBOX, LineAdded, ORDER, Order};

pub fn add_line(io: &mut dyn Io, command: &AddLine) -> Flow {
    let mut order = io.load::<Order>("Load", ORDER)?;
    if io.contains("CheckInbox", INBOX, command.id)? {
        return io.ack("Ack");
    }
    order.add(command);
    io.commit("Save", &mut order)?.or_give_back()?;
    let event = order.line_added(io.fresh_id()?);
    io.publish("Publish", &event)?.or_give_back()?;
    io.insert("Mark", INBOX, command.id)?.or_give_back()?;
    io.ack("Ack")
}
