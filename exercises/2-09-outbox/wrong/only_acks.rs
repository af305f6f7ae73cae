//! Acknowledges and does nothing.

use tandem_models::kit::document::Identity;
use tandem_models::kit::io::{Flow, Io, give_back};
use tandem_models::protocols::outbox::{AddLine, INBOX, LineAdded, ORDER, Order};

pub fn add_line(io: &mut dyn Io, command: &AddLine) -> Flow {
    io.ack("Ack")
}
