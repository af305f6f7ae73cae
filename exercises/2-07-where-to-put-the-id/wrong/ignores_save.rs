//! Does not check whether the order was saved.

use tandem_models::kit::document::Identity;
use tandem_models::kit::io::{Flow, Io, give_back};
use tandem_models::protocols::outbox::{AddLine, INBOX, LineAdded, ORDER, Order};

pub fn add_line(io: &mut dyn Io, command: &AddLine) -> Flow {
    let mut order = io.load::<Order>("Load", ORDER)?;
    if !order.processed.contains(&command.id) {
        order.add(command);
        order.processed.insert(command.id);
        let _ = io.commit("Save", &mut order)?;
    }
    io.ack("Ack")
}
