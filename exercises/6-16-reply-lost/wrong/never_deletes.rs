//! Deletes nothing, so the event of every attempt that lost the race is never deleted.

use tandem_models::kit::document::Identity;
use tandem_models::kit::io::{Flow, Io, Sent};

/// The order was to be saved, with its line and with `id`: the event is staged under that id. `saved` is what
/// came of it. `Ok(())` goes on with the tail: publish, mark, delete, clear.
pub fn compensate(_io: &mut dyn Io, _id: Identity, saved: Sent) -> Flow {
    match saved {
        Sent::Done => Ok(()),
        Sent::Conflict => saved.or_give_back(),
        Sent::Unknown => saved.or_give_back(),
    }
}
