//! Acknowledges and does nothing.

use tandem_models::kit::document::{Identity, MessageId};
use tandem_models::kit::io::{Answer, Flow, Io};
use tandem_models::protocols::charge_once::{ChargePayment, Payment, Receipt, Request};

pub fn charge(io: &mut dyn Io, command: &ChargePayment) -> Flow {
    io.ack("Ack")
}
