//! Exercise 13: ask first? Edit this file and no other; `tandem exercise check ask-first` judges it.

use tandem_models::kit::io::{Flow, Io};
use tandem_models::protocols::charge_once::{ChargePayment, Payment, Receipt, Request};

/// Charges a payment at the provider and records that it is paid.
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
        // TODO: "not charged" was true when the provider said it. Is it still true now?
        let key = None;
        let request = Request::Charge {
            payment: command.payment,
            key,
        };
        io.ask::<Receipt>(["Charge", "ChargeAnswered"], request)?
            .or_give_back()?;
    }
    payment.paid = true;
    io.commit("Save", &mut payment)?.or_give_back()?;
    io.ack("Ack")
}
