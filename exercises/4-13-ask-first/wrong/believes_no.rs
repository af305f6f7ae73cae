//! Takes "not charged" for "will not be charged", and gives up.

use tandem_models::kit::document::{Identity, MessageId};
use tandem_models::kit::io::{Answer, Flow, Io};
use tandem_models::protocols::charge_once::{ChargePayment, Payment, Receipt, Request};

pub fn charge(io: &mut dyn Io, command: &ChargePayment) -> Flow {
    let mut payment = io.load::<Payment>("Load", command.payment)?;
    if payment.paid {
        return io.ack("Ack");
    }
    let query = Request::Query {
        payment: command.payment,
    };
    let answer = io
        .ask::<Receipt>(["Query", "QueryAnswered"], query)?
        .or_give_back()?;
    if !answer.charged {
        return io.ack("Ack");
    }
    payment.paid = true;
    io.commit("Save", &mut payment)?.or_give_back()?;
    io.ack("Ack")
}
