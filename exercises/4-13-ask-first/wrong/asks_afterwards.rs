//! Asks only after a time-out.

use tandem_models::kit::document::{Identity, MessageId};
use tandem_models::kit::io::{Answer, Flow, Io};
use tandem_models::protocols::charge_once::{ChargePayment, Payment, Receipt, Request};

pub fn charge(io: &mut dyn Io, command: &ChargePayment) -> Flow {
    let mut payment = io.load::<Payment>("Load", command.payment)?;
    if payment.paid {
        return io.ack("Ack");
    }
    let key = None;
    let request = Request::Charge {
        payment: command.payment,
        key,
    };
    let answer = io.ask::<Receipt>(["Charge", "ChargeAnswered"], request)?;
    if matches!(answer, Answer::TimedOut) {
        let query = Request::Query {
            payment: command.payment,
        };
        let answer = io
            .ask::<Receipt>(["Query", "QueryAnswered"], query)?
            .or_give_back()?;
        if !answer.charged {
            return Err(tandem_models::kit::io::Stop::GivenBack);
        }
    }
    payment.paid = true;
    io.commit("Save", &mut payment)?.or_give_back()?;
    io.ack("Ack")
}
