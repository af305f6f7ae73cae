//! Exercise 18: the poisoned follow-up. Edit this file and no other; `tandem exercise check poisoned`
//! judges it.

use tandem_models::kit::document::{Identity, MessageId, Versioned};
use tandem_models::kit::io::{Flow, Io};
use tandem_models::protocols::exactly_once_http::{
    Booking, Status, delete, get, look_again, post, reject,
};

/// Handles the follow-up of a command whose request was put at this URL.
pub fn follow_up(
    io: &mut dyn Io,
    id: MessageId,
    mut booking: Versioned<Booking>,
    url: Identity,
) -> Flow {
    // TODO: a follow-up may come again after its last step. What does the courier say to this POST then?
    if post(io, url)? == Status::Missing {
        return reject(io, id);
    }
    if !booking.answered {
        if get(io, url)? == Status::Missing {
            return look_again(io, id);
        }
        booking.answered = true;
        io.commit("SaveResponse", &mut booking)?.or_give_back()?;
    }
    delete(io, url)?;
    io.ack("Ack")
}
