//! The handler does not check whether the payment was saved. That is right here: after a conflict, the other slot has
//! saved the same payment.

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
    io.ask::<Receipt>(["Charge", "ChargeAnswered"], request)?
        .or_give_back()?;
    payment.paid = true;
    let _ = io.commit("Save", &mut payment)?;
    io.ack("Ack")
}
