//! Exercise 10: 2,048 schedules. Edit this file and no other; `tandem exercise check schedules` judges
//! it.

use tandem_models::kit::io::{Flow, Io};
use tandem_models::protocols::inbox_outbox::{AddLine, INBOX, ORDER, Order};

// TODO 1: write a schedule that adds the line twice. A is a step of the first slot, B of the second.
pub const BY_HAND: &[&str] = &["AAAAAAAA BBBB", "ABABABABABA"];

/// Adds a line to the order, and publishes its event.
pub fn add_line(io: &mut dyn Io, command: &AddLine) -> Flow {
    // TODO 2: two of these lines stand in the wrong order.
    let processed = io.contains("CheckInbox", INBOX, command.id)?;
    let mut order = io.load::<Order>("Load", ORDER)?;
    if !processed {
        if order.event(command).is_none() {
            order.add(command, io.fresh_id()?);
            io.commit("Save", &mut order)?.or_give_back()?;
        }
        if let Some(event) = order.event(command) {
            io.publish("Publish", event)?.or_give_back()?;
        }
        io.insert("Mark", INBOX, command.id)?.or_give_back()?;
    }
    if order.outbox.remove(&command.id).is_some() {
        io.commit("Clean", &mut order)?.or_give_back()?;
    }
    io.ack("Ack")
}
