//! The protocols, in the order of the course. Each is one file with its description and model; its
//! tests are in a folder beside it.

pub mod accept_send_complete;
pub mod batches;
pub mod cache_refill;
mod cart_promises;
pub mod cart_to_orders;
pub mod charge_once;
pub mod delivery;
pub mod double_submit;
pub mod error_queue;
pub mod exactly_once_http;
pub mod fenced_leases;
pub mod generic_outbox;
pub mod handler_ladder;
pub mod immutable_data;
pub mod importer;
pub mod inbox_outbox;
pub mod link_handshake;
pub mod log_offsets;
pub mod natural_idempotency;
pub mod order_lines;
pub mod ordered_updates;
pub mod out_of_document_outbox;
pub mod outbox;
pub mod polling_for_the_result;
pub mod polling_relay;
pub mod prepare_commit_publish;
pub mod provider_keys;
pub mod replay_of_versions;
pub mod saga_timeout;
#[cfg(test)]
mod tests;
pub mod token_deduplication;
pub mod token_process;
pub mod transactional_session;
pub mod two_phase_commit;
pub mod two_subscribers;

use crate::catalogue::Catalogue;

/// All protocols that come with Tandem.
pub fn catalogue() -> Catalogue {
    Catalogue::new()
        .returned_by("tandem_models::protocols::catalogue")
        .pinned(
            "specs/manifest.toml",
            include_str!("../../specs/manifest.toml"),
        )
        .part(1, "The boundary: from HTTP to messages")
        .part(2, "Correctness and deduplication")
        .part(3, "Intuition, testing, model checking")
        .part(4, "Third-party APIs")
        .part(5, "A better algorithm than identities")
        .with(double_submit::DoubleSubmit)
        .with(accept_send_complete::AcceptSendComplete)
        .with(cart_to_orders::CartToOrders)
        .with(polling_for_the_result::PollingForTheResult)
        .with(transactional_session::TransactionalSession)
        .with(delivery::Delivery)
        .with(batches::Batches)
        .with(error_queue::ErrorQueue)
        .with(ordered_updates::OrderedUpdates)
        .with(importer::Importer)
        .with(natural_idempotency::NaturalIdempotency)
        .with(immutable_data::ImmutableData)
        .with(outbox::Outbox)
        .with(generic_outbox::GenericOutbox)
        .with(replay_of_versions::ReplayOfVersions)
        .with(saga_timeout::SagaTimeout)
        .with(two_subscribers::TwoSubscribers)
        .with(cache_refill::CacheRefill)
        .with(handler_ladder::HandlerLadder)
        .with(prepare_commit_publish::PrepareCommitPublish)
        .with(two_phase_commit::TwoPhaseCommit)
        .with(polling_relay::PollingRelay)
        .with(fenced_leases::FencedLeases)
        .with(log_offsets::LogOffsets)
        .with(charge_once::ChargeOnce)
        .with(exactly_once_http::ExactlyOnceHttp)
        .with(provider_keys::ProviderKeys)
        .with(inbox_outbox::InboxOutbox)
        .with(out_of_document_outbox::OutOfDocumentOutbox)
        .with(token_deduplication::TokenDeduplication)
        .with(token_process::TokenProcess)
        .with(link_handshake::LinkHandshake)
}
