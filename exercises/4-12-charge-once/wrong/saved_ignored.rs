//! Saves the key and does not check whether that went through.

use tandem_models::kit::document::{Identity, MessageId};
use tandem_models::kit::io::{Answer, Flow, Io};
use tandem_models::protocols::charge_once::{ChargePayment, Payment, Receipt, Request};

pub fn charge(io: &mut dyn Io, command: &ChargePayment) -> Flow {
    let mut payment = io.load::<Payment>("Load", command.payment)?;
    if payment.paid {
        return io.ack("Ack");
    }
    if payment.key.is_none() {
        payment.key = Some(io.fresh_id()?);
        let _ = io.commit("SaveKey", &mut payment)?;
    }
    let key = payment.key;
    let request = Request::Charge {
        payment: command.payment,
        key,
    };
    io.ask::<Receipt>(["Charge", "ChargeAnswered"], request)?
        .or_give_back()?;
    payment.paid = true;
    payment.key = None;
    io.commit("Save", &mut payment)?.or_give_back()?;
    io.ack("Ack")
}
