//! Exercise: two tabs.
//!
//! Ada has the same cart open in two browser tabs. She clicks "order" in one, nothing seems to
//! happen, so she clicks in the other. Yesterday she got two pizzas and paid for both.
//!
//! The shop was mended at once: the cart now says whether it is submitted, a second click is told
//! so, and cart and order are written in one transaction, both or none. Today Ada got two pizzas.
//!
//! Run `cargo run -p tandem-exercises -- check two-tabs`, read the counterexample, and mend this
//! handler.

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
