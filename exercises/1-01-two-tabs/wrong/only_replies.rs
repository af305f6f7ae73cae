//! Answers that the cart is submitted, and writes nothing.

use tandem_models::kit::io::{Flow, Io};
use tandem_models::protocols::double_submit::{Cart, Order, Reply, Submit};

pub fn submit(io: &mut dyn Io, request: &Submit) -> Flow {
    io.reply("ReplySubmitted", Reply::Submitted)
}
