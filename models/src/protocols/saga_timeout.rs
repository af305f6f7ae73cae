//! Saga with a time-out: the deadline races with the payment, or meets the customer's next order.
//!
//! **Problem.** An order waits for its payment for a limited time: the endpoint sends a message to itself
//! for later, which cancels the order. That message cannot be called back. It also arrives when the order
//! is paid, at the same moment as the payment, or when the customer has a new order.
//!
//! **Participants.** The endpoint `Orders`, with one queue for three types of messages: an order is
//! placed, an order is paid, a payment is overdue. A customer has at most one open order, so the saga
//! is found by the customer.
//!
//! ```text
//!   Broker ──PlaceOrder──▶ Orders ──PaymentOverdue (later)──▶ Orders ──▶ Cancelled
//!          ──PayOrder────▶   │  ──▶ Shipped
//!                          saga: the open order, and how earlier ones have ended
//! ```
//!
//! **One transaction** is one write of the saga, which checks that nobody has written it since it was
//! loaded. Sending, and acknowledging, are transactions of the broker.
//!
//! **Where it may crash.** Between any two steps; the message then comes again. So a handler that finds
//! that it has already ended its order publishes again, and one that finds its order open sends the
//! time-out again.
//!
//! * **Unguarded**: the time-out cancels its order without checking that it is still open. So every paid
//!   order is cancelled afterwards. No fault is needed.
//! * **Publish first**: both handlers look, and publish before they save. If they run at the same time,
//!   both find the order open, and both publish; the save of one of them fails, but too late.
//! * **Blind save**: both look, and save without a check of the version. Both save, and both publish.
//! * **Acknowledge copies**: the second copy of `PlaceOrder` is taken for a duplicate. If the first one
//!   crashed before it sent the time-out, there is none, and the order stays open.
//! * **By key**: guarded, saved with a check, and only then published. But the time-out is for "the order
//!   of this customer". The first order is paid, the second one placed, and the time-out of the first
//!   cancels it at once. No check of the version helps: nothing has changed since the saga was loaded.
//! * **Own instance** is right: the time-out carries the order that it was sent for, and cancels that one
//!   or none.
//!
//! **What it guarantees, at what price.** Every order ends in one way, and is cancelled only by its own
//! time-out. An order costs three messages, with a read and mostly a write each, and the saga remembers how
//! every order has ended. If it forgets that before the last copy of a message arrives, the copy starts the
//! order again.
//!
//! **Source.** Four public reports about message libraries: two of them are about a time-out that raced
//! with the completion of its saga, two about a time-out that found a new saga under the same key; and two
//! more are about deferred messages that multiplied, which is harmless here apart from the number of
//! messages.
//!
//! **Left out.** How long "later" is: it may be any time. A payment that arrives before its order is not
//! charged, and the order is cancelled. The customer's way to cancel.

mod catalogue;
mod guarantees;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::catalogue::{Description, Instance, Protocol};
use crate::kit::document::{Document, Event, Versioned};
use crate::kit::io::{Call, Flow, Io, Outcome};
use crate::kit::replay::{Entry, Handler, Log};
use crate::kit::stores::Stores;
use crate::kit::system::{Spec, System};
use crate::value::{Value, to_value};

/// The number of an order, from 1.
type Number = u8;

/// The customer places an order.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(tag = "type")]
pub struct PlaceOrder {
    order: Number,
}

/// The customer pays for an order.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(tag = "type")]
pub struct PayOrder {
    order: Number,
}

/// The time-out, which the endpoint sends to itself for later.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(tag = "type")]
pub struct PaymentOverdue {
    order: Number,
}

impl Event for PaymentOverdue {
    const OUTPUT: &'static str = "PaymentOverdue";
}

/// How an order ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Ending {
    /// The customer had another open order.
    Refused,
    /// It was paid in time.
    Shipped,
    /// It was not paid in time.
    Cancelled,
}

/// The event: an order has ended.
#[derive(Debug, Clone, Serialize)]
pub struct OrderEnded {
    order: Number,
    ending: Ending,
}

impl Event for OrderEnded {
    const OUTPUT: &'static str = "OrderEnded";
}

/// The saga of the one customer.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Saga {
    /// The order that waits for its payment; 0 if there is none.
    open: Number,
    /// How earlier orders have ended.
    ended: BTreeMap<Number, Ending>,
}

impl Document for Saga {
    const COLLECTION: &'static str = "saga";
    const BUSINESS: &'static [&'static str] = &["open", "ended"];
}

impl Saga {
    fn has_ended(&self, order: Number, ending: Ending) -> bool {
        self.ended.get(&order) == Some(&ending)
    }

    /// An order is placed: it is open from now on, unless another one is open.
    fn start(&mut self, order: Number) {
        match self.open {
            0 => self.open = order,
            _ => drop(self.ended.insert(order, Ending::Refused)),
        }
    }

    fn end(&mut self, order: Number, ending: Ending) {
        if self.open == order {
            self.open = 0;
        }
        self.ended.insert(order, ending);
    }
}

/// The parts in which the variants differ.
#[derive(Clone, Copy)]
struct Way {
    /// Whether a second copy of `PlaceOrder` is acknowledged without checking what the first one did.
    acknowledges_copies: bool,
    /// Whether an ending is published before it is saved.
    publishes_first: bool,
    /// Whether an ending is saved without a check of the version.
    saves_blindly: bool,
    /// Which order a time-out ends.
    overdue: Overdue,
}

/// Which order a time-out ends, if any.
#[derive(Clone, Copy)]
enum Overdue {
    /// The one for which it was sent, even if it is not open.
    Unguarded,
    /// The one that is open.
    ByKey,
    /// The one for which it was sent, if it is open.
    OwnInstance,
}

const OWN_INSTANCE: Way = Way {
    acknowledges_copies: false,
    publishes_first: false,
    saves_blindly: false,
    overdue: Overdue::OwnInstance,
};

fn load(io: &mut dyn Io) -> Flow<Versioned<Saga>> {
    io.load("LoadSaga", 0)
}

fn place(io: &mut dyn Io, &PlaceOrder { order }: &PlaceOrder, way: Way) -> Flow {
    let mut saga = load(io)?;
    let known = saga.open == order || saga.ended.contains_key(&order);
    if known && way.acknowledges_copies {
        return io.ack("Ack");
    }
    if !known {
        saga.start(order);
        io.commit("StartSaga", &mut saga)?.or_give_back()?;
    }
    if saga.open == order {
        let overdue = PaymentOverdue { order };
        io.send_later("SendTimeout", "Orders", &overdue)?
            .or_give_back()?;
    } else if saga.has_ended(order, Ending::Refused) {
        publish(io, order, Ending::Refused)?;
    }
    io.ack("Ack")
}

fn pay(io: &mut dyn Io, &PayOrder { order }: &PayOrder, way: Way) -> Flow {
    let saga = load(io)?;
    if saga.open == order {
        end(io, "Ship", saga, order, Ending::Shipped, way)?;
    } else if saga.has_ended(order, Ending::Shipped) {
        publish(io, order, Ending::Shipped)?;
    }
    io.ack("Ack")
}

fn cancel(io: &mut dyn Io, &PaymentOverdue { order }: &PaymentOverdue, way: Way) -> Flow {
    let saga = load(io)?;
    let cancelled = saga.has_ended(order, Ending::Cancelled);
    let overdue = match way.overdue {
        Overdue::Unguarded => (!cancelled).then_some(order),
        Overdue::ByKey => (saga.open != 0).then_some(saga.open),
        Overdue::OwnInstance => (saga.open == order).then_some(order),
    };
    if let Some(overdue) = overdue {
        end(io, "Cancel", saga, overdue, Ending::Cancelled, way)?;
    } else if cancelled {
        publish(io, order, Ending::Cancelled)?;
    }
    io.ack("Ack")
}

/// Ends an order, in the step with this name, and publishes that.
fn end(
    io: &mut dyn Io,
    step: &'static str,
    mut saga: Versioned<Saga>,
    order: Number,
    ending: Ending,
    way: Way,
) -> Flow {
    if way.publishes_first {
        publish(io, order, ending)?;
    }
    saga.end(order, ending);
    let saved = match way.saves_blindly {
        true => io.overwrite(step, &mut saga)?,
        false => io.commit(step, &mut saga)?,
    };
    saved.or_give_back()?;
    match way.publishes_first {
        true => Ok(()),
        false => publish(io, order, ending),
    }
}

fn publish(io: &mut dyn Io, order: Number, ending: Ending) -> Flow {
    io.publish("Publish", &OrderEnded { order, ending })?
        .or_give_back()
}

/// The order that was open when the saga was loaded. A time-out for the open order publishes, after it has
/// saved, that this order has ended.
fn found(log: &Log) -> Vec<(&'static str, Value)> {
    let open = log.iter().find_map(|entry| match &**entry {
        Entry::Called {
            call: Call::Load { .. },
            outcome: Outcome::Loaded { document, .. },
            ..
        } => document.as_ref()?.get("open").cloned(),
        _ => None,
    });
    open.map(|open| ("found", open)).into_iter().collect()
}

/// The protocol.
pub struct SagaTimeout;

impl Protocol for SagaTimeout {
    fn describe(&self) -> Description {
        catalogue::describe()
    }

    fn system(&self, instance: &Instance) -> System {
        let orders = 1..=instance.get("orders");
        let given = orders.flat_map(|order| {
            let both = [
                to_value(&PlaceOrder { order }),
                to_value(&PayOrder { order }),
            ];
            both.map(|message| message.unwrap_or_else(|error| Value::str(&error.to_string())))
        });
        let stores = Stores::default().one(&Saga::default());
        let handler = handler(instance.variant.handler);
        System::new(Spec {
            slots: usize::from(instance.get("slots")),
            copies: instance.get("copies"),
            later: &["Orders"],
            remembers: found,
            remembered: |_, state| (state.world.document::<Saga>().ended.len(), 0),
            remembered_in: &["saga.ended"],
            steps: catalogue::STEPS,
            guarantees: instance.guarantees(),
            ..Spec::new(
                "Orders",
                given.collect(),
                instance.budget(),
                handler,
                stores,
            )
        })
    }
}

fn handler(variant: &str) -> Handler {
    let way = match variant {
        "unguarded" => Way {
            overdue: Overdue::Unguarded,
            ..OWN_INSTANCE
        },
        "publish-first" => Way {
            publishes_first: true,
            ..OWN_INSTANCE
        },
        "blind-save" => Way {
            saves_blindly: true,
            ..OWN_INSTANCE
        },
        "acknowledge-copies" => Way {
            acknowledges_copies: true,
            ..OWN_INSTANCE
        },
        "by-key" => Way {
            overdue: Overdue::ByKey,
            ..OWN_INSTANCE
        },
        "own-instance" => OWN_INSTANCE,
        _ => return Handler::unknown(variant),
    };
    Handler::by_type([
        ("PlaceOrder", Handler::new(move |io, m| place(io, m, way))),
        ("PayOrder", Handler::new(move |io, m| pay(io, m, way))),
        (
            "PaymentOverdue",
            Handler::new(move |io, m| cancel(io, m, way)),
        ),
    ])
}
