//! Does not check whether the event went out.

use tandem_models::kit::io::{Flow, Io};
use tandem_models::protocols::inbox_outbox::{AddLine, INBOX, ORDER, Order};

pub const BY_HAND: &[&str] = &["AA BBBBBBB AA"];

/// Adds a line to the order, and publishes its event.
pub fn add_line(io: &mut dyn Io, command: &AddLine) -> Flow {
    let mut order = io.load::<Order>("Load", ORDER)?;
    let processed = io.contains("CheckInbox", INBOX, command.id)?;
    if !processed {
        if order.event(command).is_none() {
            order.add(command, io.fresh_id()?);
            io.commit("Save", &mut order)?.or_give_back()?;
        }
        if let Some(event) = order.event(command) {
            let _ = io.publish("Publish", event)?;
        }
        io.insert("Mark", INBOX, command.id)?.or_give_back()?;
    }
    if order.outbox.remove(&command.id).is_some() {
        io.commit("Clean", &mut order)?.or_give_back()?;
    }
    io.ack("Ack")
}
