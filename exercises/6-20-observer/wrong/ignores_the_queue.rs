//! Ends as if the queue had committed, without a look at its answer.

use tandem_models::kit::document::{MessageId, Versioned};
use tandem_models::kit::io::{Flow, Io};
use tandem_models::protocols::two_phase_commit::{Changed, Message, Phase, Queued};

/// The second phase: both resources have voted yes, and the decision to commit is in the coordinator's log. This
/// runs again after a crash, and then a resource may have committed already.
pub fn commit(
    io: &mut dyn Io,
    transaction: MessageId,
    queue: &mut Versioned<Queued>,
    database: &mut Versioned<Changed>,
) -> Flow {
    if database.phase == Phase::Prepared {
        database.phase = Phase::Committed;
        io.commit("CommitDatabase", database)?.or_give_back()?;
    }
    if queue.phase == Phase::Prepared {
        queue.phase = Phase::Committed;
        let message = Message { transaction };
        let _ = io.commit_and_publish("CommitQueue", queue, &message)?;
    }
    Ok(())
}
