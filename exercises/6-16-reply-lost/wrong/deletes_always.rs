//! Deletes the staged event after every save, also of one that was carried out.

use tandem_models::kit::document::Identity;
use tandem_models::kit::io::{Flow, Io, Sent};
use tandem_models::protocols::out_of_document_outbox::discard;

/// The order was to be saved, with its line and with `id`: the event is staged under that id. `saved` is what
/// came of it. `Ok(())` goes on with the tail: publish, mark, delete, clear.
pub fn compensate(io: &mut dyn Io, id: Identity, saved: Sent) -> Flow {
    match saved {
        Sent::Done => discard(io, id),
        Sent::Conflict => discard(io, id),
        Sent::Unknown => saved.or_give_back(),
    }
}
