//! Leaves request and response at the courier.

use tandem_models::kit::document::{Identity, MessageId, Versioned};
use tandem_models::kit::io::{Flow, Io};
use tandem_models::protocols::exactly_once_http::{Booking, Status, get, look_again, post};

/// Handles the follow-up of a command whose request was put at this URL.
pub fn follow_up(
    io: &mut dyn Io,
    id: MessageId,
    mut booking: Versioned<Booking>,
    url: Identity,
) -> Flow {
    if !booking.answered {
        if post(io, url)? == Status::Missing {
            return look_again(io, id);
        }
        if get(io, url)? == Status::Missing {
            return look_again(io, id);
        }
        booking.answered = true;
        io.commit("SaveResponse", &mut booking)?.or_give_back()?;
    }
    io.ack("Ack")
}
