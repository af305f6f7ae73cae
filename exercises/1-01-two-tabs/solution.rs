//! The cart is written only if it is still the version that was loaded.

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
    let writes = vec![cart.checked()?, order.checked()?];

    let (sent, _) = io.commit_all("Submit", writes)?;
    sent.or_unanswered()?;
    io.reply("ReplySubmitted", Reply::Submitted)
}
