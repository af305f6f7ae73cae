//! The protocols, in the order of the course: each in a file, with what it says about itself and
//! its tests in a folder beside it.

pub mod cart_to_orders;
pub mod charge_once;
pub mod double_submit;
pub mod inbox_outbox;
pub mod order_lines;
pub mod out_of_document_outbox;
pub mod outbox;
pub mod prepare_commit_publish;
#[cfg(test)]
mod tests;
pub mod token_deduplication;

use crate::catalogue::Catalogue;

/// All protocols that come with Tandem.
pub fn catalogue() -> Catalogue {
    Catalogue::new()
        .with(double_submit::DoubleSubmit)
        .with(cart_to_orders::CartToOrders)
        .with(outbox::Outbox)
        .with(prepare_commit_publish::PrepareCommitPublish)
        .with(charge_once::ChargeOnce)
        .with(inbox_outbox::InboxOutbox)
        .with(out_of_document_outbox::OutOfDocumentOutbox)
        .with(token_deduplication::TokenDeduplication)
}
