//! The command is sent before the cart is saved.

use tandem_models::kit::io::{Flow, Io};
use tandem_models::protocols::double_submit::{Cart, CreateOrder, Reply, Submit};

/// Handles one click.
pub fn submit(io: &mut dyn Io, request: &Submit) -> Flow {
    let mut cart = io.load::<Cart>("Load", request.cart)?;
    if cart.submitted {
        return io.reply("ReplyAlreadySubmitted", Reply::AlreadySubmitted);
    }
    let command = CreateOrder { cart: cart.id };
    io.publish("Send", &command)?.or_unanswered()?;
    cart.submitted = true;
    io.commit("Save", &mut cart)?.or_unanswered()?;
    io.reply("ReplySubmitted", Reply::Submitted)
}
