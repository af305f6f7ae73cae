//! Does not check whether CreateOrder went out.

use tandem_models::kit::io::{Flow, Io};
use tandem_models::protocols::cart_to_orders::{Cart, CreateOrder, Reply, Submit, SubmitCart};

/// Handles a click.
pub fn submit(io: &mut dyn Io, request: &Submit) -> Flow {
    let command = SubmitCart { cart: request.cart };
    io.send("SendCommand", "Shop", &command)?.or_unanswered()?;
    io.reply("ReplyAccepted", Reply::Accepted)
}

/// Handles a command from the shop's own queue.
pub fn submit_cart(io: &mut dyn Io, command: &SubmitCart) -> Flow {
    let mut cart = io.load::<Cart>("LoadCart", 0)?;
    if !cart.submitted {
        cart.submitted = true;
        io.commit("SaveCart", &mut cart)?.or_give_back()?;
    }
    let order = CreateOrder { cart: command.cart };
    let _ = io.send("SendCreateOrder", "Orders", &order)?;
    io.ack("AckCommand")
}
