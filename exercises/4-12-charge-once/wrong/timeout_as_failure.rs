//! Takes a time-out for a refusal.

use tandem_models::kit::document::{Identity, MessageId};
use tandem_models::kit::io::{Answer, Flow, Io};
use tandem_models::protocols::charge_once::{ChargePayment, Payment, Receipt, Request};

pub fn charge(io: &mut dyn Io, command: &ChargePayment) -> Flow {
    let mut payment = io.load::<Payment>("Load", command.payment)?;
    if payment.paid {
        return io.ack("Ack");
    }
    let key = Some(Identity::derived_from(command.payment));
    let request = Request::Charge {
        payment: command.payment,
        key,
    };
    let answer = io.ask::<Receipt>(["Charge", "ChargeAnswered"], request)?;
    if matches!(answer, Answer::TimedOut) {
        return io.ack("Ack");
    }
    payment.paid = true;
    payment.key = None;
    io.commit("Save", &mut payment)?.or_give_back()?;
    io.ack("Ack")
}
