//! Does not check whether the command went out.

use tandem_models::kit::io::{Flow, Io};
use tandem_models::protocols::accept_send_complete::{Cart, CreateOrder, Reply};

/// Handles a click.
pub fn submit(io: &mut dyn Io) -> Flow {
    let mut cart = io.load::<Cart>("Load", 0)?;
    if cart.submitted {
        return io.reply("ReplyAlreadySubmitted", Reply::AlreadySubmitted);
    }
    if !cart.accepted {
        cart.accepted = true;
        io.commit("SaveAccepted", &mut cart)?.or_unanswered()?;
    }
    let command = CreateOrder { items: cart.items };
    let _ = io.publish("Send", &command)?;
    cart.submitted = true;
    io.commit("SaveSubmitted", &mut cart)?.or_unanswered()?;
    io.reply("ReplySubmitted", Reply::Submitted)
}

/// Adds an item to the cart.
pub fn add_item(io: &mut dyn Io) -> Flow {
    let mut cart = io.load::<Cart>("Load", 0)?;
    if cart.accepted {
        return io.reply("ReplyRefused", Reply::Refused);
    }
    cart.items += 1;
    io.commit("SaveItem", &mut cart)?.or_unanswered()?;
    io.reply("ReplyAdded", Reply::Added)
}
