//! Exercise 1: two tabs. Edit this file and no other; `tandem exercise check two-tabs` judges it.

use tandem_models::kit::io::{Flow, Io};
use tandem_models::protocols::double_submit::{Cart, Order, Reply, Submit};

/// Handles one click.
pub fn submit(io: &mut dyn Io, request: &Submit) -> Flow {
    let mut cart = io.load::<Cart>("Load", request.cart)?;
    if cart.submitted {
        return io.reply("ReplyAlreadySubmitted", Reply::AlreadySubmitted);
    }
    cart.submitted = true;
    let order = Order::of(io, cart.id)?;
    // TODO: the transaction writes both or none. What does it know about the other tab?
    let writes = vec![cart.blind()?, order.checked()?];

    let (sent, _) = io.commit_all("Submit", writes)?;
    sent.or_unanswered()?;
    io.reply("ReplySubmitted", Reply::Submitted)
}
