//! Makes the order without looking at the cart.

use tandem_models::kit::io::{Flow, Io};
use tandem_models::protocols::double_submit::{Cart, Order, Reply, Submit};

pub fn submit(io: &mut dyn Io, request: &Submit) -> Flow {
    let cart = io.load::<Cart>("Load", request.cart)?;
    let mut order = Order::of(io, cart.id)?;
    io.commit("CreateOrder", &mut order)?.or_unanswered()?;
    io.reply("ReplySubmitted", Reply::Submitted)
}
