//! The protocols, one file each, in the order of the course.

pub mod charge_once;
pub mod double_submit;
pub mod outbox;
pub mod token_deduplication;

use crate::catalogue::Catalogue;

/// All protocols that come with Tandem.
pub fn catalogue() -> Catalogue {
    Catalogue::new()
        .with(double_submit::DoubleSubmit)
        .with(outbox::Outbox)
        .with(charge_once::ChargeOnce)
        .with(token_deduplication::TokenDeduplication)
}
