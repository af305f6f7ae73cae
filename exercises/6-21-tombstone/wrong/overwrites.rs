//! Sends first, and writes its commit over what is there, also over a tombstone.

use tandem_models::kit::io::{Flow, Io};
use tandem_models::protocols::transactional_session::{Reply, Request, committed, send_completion};

/// Handles an HTTP request in a session of its own. `send_completion` sends a message that is delivered later. Its
/// receiver publishes what the session has committed. If nothing is committed after some tries, it writes a
/// tombstone: a record that says that the session is abandoned.
pub fn request(io: &mut dyn Io, request: &Request) -> Flow {
    send_completion(io, request)?;
    let mut session = committed(request)?;
    io.overwrite("Commit", &mut session)?.or_unanswered()?;
    io.reply("ReplyDone", Reply::Done)
}
