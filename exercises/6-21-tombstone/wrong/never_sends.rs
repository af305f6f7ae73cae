//! Commits and answers, and nobody publishes.

use tandem_models::kit::io::{Flow, Io};
use tandem_models::protocols::transactional_session::{Reply, Request, committed};

/// Handles an HTTP request in a session of its own. `send_completion` sends a message that is delivered later. Its
/// receiver publishes what the session has committed. If nothing is committed after some tries, it writes a
/// tombstone: a record that says that the session is abandoned.
pub fn request(io: &mut dyn Io, request: &Request) -> Flow {
    let mut session = committed(request)?;
    io.commit("Commit", &mut session)?.or_unanswered()?;
    io.reply("ReplyDone", Reply::Done)
}
