//! Does not check whether the command went out.

use tandem_models::kit::io::{Flow, Io};
use tandem_models::protocols::double_submit::{Cart, CreateOrder, Reply, Submit};

pub fn submit(io: &mut dyn Io, request: &Submit) -> Flow {
    let mut cart = io.load::<Cart>("Load", request.cart)?;
    if cart.submitted {
        return io.reply("ReplyAlreadySubmitted", Reply::AlreadySubmitted);
    }
    let command = CreateOrder { cart: cart.id };
    let _ = io.publish("Send", &command)?;
    cart.submitted = true;
    io.commit("Save", &mut cart)?.or_unanswered()?;
    io.reply("ReplySubmitted", Reply::Submitted)
}
