//! Records the payment as paid for every answer.

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
    let _ = io.ask::<Receipt>(["Charge", "ChargeAnswered"], request)?;
    payment.paid = true;
    payment.key = None;
    io.commit("Save", &mut payment)?.or_give_back()?;
    io.ack("Ack")
}
