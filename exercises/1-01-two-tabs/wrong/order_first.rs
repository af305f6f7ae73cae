//! Checks the version of the cart, but only after the order is made.

use tandem_models::kit::io::{Flow, Io};
use tandem_models::protocols::double_submit::{Cart, Order, Reply, Submit};

pub fn submit(io: &mut dyn Io, request: &Submit) -> Flow {
    let mut cart = io.load::<Cart>("Load", request.cart)?;
    if cart.submitted {
        return io.reply("ReplyAlreadySubmitted", Reply::AlreadySubmitted);
    }
    let mut order = Order::of(io, cart.id)?;
    io.commit("CreateOrder", &mut order)?.or_unanswered()?;
    cart.submitted = true;
    io.commit("Save", &mut cart)?.or_unanswered()?;
    io.reply("ReplySubmitted", Reply::Submitted)
}
