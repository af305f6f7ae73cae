//! Writes the cart and makes no order.

use tandem_models::kit::io::{Flow, Io};
use tandem_models::protocols::double_submit::{Cart, Order, Reply, Submit};

pub fn submit(io: &mut dyn Io, request: &Submit) -> Flow {
    let mut cart = io.load::<Cart>("Load", request.cart)?;
    if cart.submitted {
        return io.reply("ReplyAlreadySubmitted", Reply::AlreadySubmitted);
    }
    cart.submitted = true;
    let writes = vec![cart.checked()?];

    let (sent, _) = io.commit_all("Submit", writes)?;
    sent.or_unanswered()?;
    io.reply("ReplySubmitted", Reply::Submitted)
}
