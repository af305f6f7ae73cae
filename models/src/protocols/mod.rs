//! The protocols, one file each, in the order of the course.

pub mod outbox;
pub mod token_deduplication;

use crate::catalogue::Catalogue;

/// All protocols that come with Tandem.
pub fn catalogue() -> Catalogue {
    Catalogue::new()
        .with(outbox::Outbox)
        .with(token_deduplication::TokenDeduplication)
}
