//! Charging a payment at a provider that somebody else runs.
//!
//! ```text
//!   Broker ──command──▶ Payments ──charge──▶ Provider
//!                          ▲  └──save──▶ payment    │
//!                          └────────answer──────────┘
//! ```
//!
//! No transaction spans the provider and our store, and between charging and saving that it was charged
//! the endpoint may crash. A time-out is worse: the request was performed and its answer lost, or it
//! never arrived, or it will arrive *later*. All the handler can do is ask again, so everything depends
//! on whether the provider can distinguish a repetition from a new request:
//!
//! * **No key**: every attempt is a new request. A crash after the answer is enough to charge
//!   twice, and so is a lost answer without any crash.
//! * **A fresh key** at every attempt is no key: the key must outlive the attempt.
//! * **A derived key** is a function of the payment's id, the same at every attempt and in every
//!   slot. The provider charges once; an unknown outcome is found out by repeating.
//! * **A saved key** is drawn once and saved in the payment *before* the call. Two slots may both
//!   draw one, but only one can save it (optimistic concurrency); the other starts again and finds
//!   it. It is dropped when the payment is saved as paid: nobody needs it any more.
//! * **Forgotten**: a provider keeps keys for a while only. A retry that comes later charges
//!   again, however well the key was chosen.
//! * **Query, then act**: without keys, ask whether the payment was charged, and charge it only if
//!   not. A delayed request that arrives after the question, or a second slot that asks the same
//!   question, charges twice: the question locks nothing.
//! * **A time-out as failure**: the key is right, but the handler takes a time-out for "not
//!   charged" and is done with the command. If only the answer was lost, the customer has paid and
//!   nobody knows; if the request was, nobody will ever ask again.
//!
//! In all but the last, each payment is recorded as paid once, even where the customer paid twice.
//! `NoDoubleEffect` holds everywhere; only `NoDoubleCharge` looks at the provider. `DedupBounded` fails
//! wherever there are keys, as the provider keeps one for every payment unless it forgets it.
//!
//! "Right" has an assumption, which each summary names: the provider keeps keys for longer than
//! a retry takes; or, for query-then-act, there is one slot and no request arrives late.
//!
//! Left out: payments that the provider declines, refunds, and what is published about them.

mod catalogue;
mod guarantees;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::catalogue::{Description, Instance, Protocol};
use crate::kit::clause::Clause;
use crate::kit::document::{Document, Identity, MessageId, Versioned};
use crate::kit::io::{Answer, Flow, Io};
use crate::kit::replay::Handler;
use crate::kit::stores::Stores;
use crate::kit::system::{Spec, State, System};
use crate::kit::third_party::ThirdParty;
use crate::kit::world::World;
use crate::value::{Set, Value};

/// The command to charge a payment. Command n is about payment n.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ChargePayment {
    /// The payment.
    pub payment: MessageId,
}

/// The shop's record of a payment.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Payment {
    /// Whether it is paid.
    pub paid: bool,
    /// The key with which it is being charged, if one is stored.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub key: Option<Identity>,
}

impl Document for Payment {
    const COLLECTION: &'static str = "payments";
    const BUSINESS: &'static [&'static str] = &["paid"];
}

/// The requests that the provider accepts.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
#[serde(tag = "ask")]
pub enum Request {
    /// Charge the payment, unless a request with the same idempotency key came before.
    Charge {
        /// The payment.
        payment: MessageId,
        /// The idempotency key, if the caller has one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        key: Option<Identity>,
    },
    /// Ask whether the payment has been charged.
    Query {
        /// The payment.
        payment: MessageId,
    },
}

/// What the provider answers.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Receipt {
    /// Whether the payment has been charged.
    pub charged: bool,
}

/// The common part of all variants but the last: an unpaid payment is charged, by each variant in its
/// own way, and recorded as paid.
fn charge_payment(io: &mut dyn Io, command: &ChargePayment, charge: Charge) -> Flow {
    let mut payment = io.load::<Payment>("Load", command.payment)?;
    if payment.paid {
        return io.ack("Ack");
    }
    charge(io, command.payment, &mut payment)?;
    record_paid(io, &mut payment)
}

/// How a variant charges a payment; when it returns, the payment is charged.
type Charge = fn(&mut dyn Io, MessageId, &mut Versioned<Payment>) -> Flow;

fn no_key(io: &mut dyn Io, id: MessageId, _: &mut Versioned<Payment>) -> Flow {
    ask_until_answered(io, id, None)
}

fn fresh_key(io: &mut dyn Io, id: MessageId, _: &mut Versioned<Payment>) -> Flow {
    let key = io.fresh_id()?;
    ask_until_answered(io, id, Some(key))
}

fn derived_key(io: &mut dyn Io, id: MessageId, _: &mut Versioned<Payment>) -> Flow {
    ask_until_answered(io, id, Some(Identity::derived_from(id)))
}

fn saved_key(io: &mut dyn Io, id: MessageId, payment: &mut Versioned<Payment>) -> Flow {
    if payment.key.is_none() {
        payment.key = Some(io.fresh_id()?);
        io.commit("SaveKey", payment)?.or_give_back()?;
    }
    ask_until_answered(io, id, payment.key)
}

fn query_first(io: &mut dyn Io, id: MessageId, _: &mut Versioned<Payment>) -> Flow {
    let query = Request::Query { payment: id };
    let answer = io.ask::<Receipt>(["Query", "QueryAnswered"], query)?;
    if answer.or_give_back()?.charged {
        return Ok(());
    }
    ask_until_answered(io, id, None)
}

/// A time-out says nothing about the charge: the message is given back, and the next attempt sends the
/// request again.
fn ask_until_answered(io: &mut dyn Io, id: MessageId, key: Option<Identity>) -> Flow {
    ask_for_charge(io, id, key)?.or_give_back().map(drop)
}

fn ask_for_charge(
    io: &mut dyn Io,
    payment: MessageId,
    key: Option<Identity>,
) -> Flow<Answer<Receipt>> {
    io.ask(
        ["Charge", "ChargeAnswered"],
        Request::Charge { payment, key },
    )
}

fn record_paid(io: &mut dyn Io, payment: &mut Versioned<Payment>) -> Flow {
    payment.paid = true;
    payment.key = None;
    io.commit("Save", payment)?.or_give_back()?;
    io.ack("Ack")
}

fn timeout_as_failure(io: &mut dyn Io, command: &ChargePayment) -> Flow {
    let mut payment = io.load::<Payment>("Load", command.payment)?;
    if payment.paid {
        return io.ack("Ack");
    }
    let key = Identity::derived_from(command.payment);
    match ask_for_charge(io, command.payment, Some(key))? {
        Answer::Answered(_) => record_paid(io, &mut payment),
        Answer::TimedOut => io.ack("Ack"),
    }
}

/// The provider's memory.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Provider {
    /// How often each payment has been charged.
    charges: BTreeMap<MessageId, u8>,
    /// The idempotency keys that it has seen.
    keys: Set<Identity>,
}

impl Provider {
    fn of(system: &System, state: &State) -> Option<Self> {
        system.memory(state)
    }

    fn answer(&mut self, request: Request) -> Receipt {
        let payment = match request {
            Request::Query { payment } => payment,
            Request::Charge { payment, key } => {
                let repeated = key.is_some_and(|key| !self.keys.insert(key));
                if !repeated {
                    *self.charges.entry(payment).or_default() += 1;
                }
                payment
            }
        };
        Receipt {
            charged: self.charged(payment) > 0,
        }
    }

    /// A description of its reaction to a request, given its memory before.
    fn says(&self, request: &Request) -> String {
        match *request {
            Request::Query { payment } => match self.charged(payment) {
                0 => format!("answers that payment {payment} has not been charged"),
                _ => format!("answers that payment {payment} has been charged"),
            },
            Request::Charge {
                payment,
                key: Some(key),
            } if self.keys.contains(&key) => {
                format!("has seen key {key} before, and does not charge payment {payment} again")
            }
            Request::Charge { payment, .. } => match self.charged(payment) {
                0 => format!("charges payment {payment}"),
                times => format!(
                    "charges payment {payment} again: it is now charged {} times",
                    times + 1
                ),
            },
        }
    }

    fn charged(&self, payment: MessageId) -> u8 {
        self.charges.get(&payment).copied().unwrap_or(0)
    }

    /// Its possible memories after one key was removed because of its age.
    fn forget(&self) -> Vec<Self> {
        let without = |key| {
            let mut provider = self.clone();
            provider.keys.remove(key);
            provider
        };
        self.keys.iter().map(without).collect()
    }
}

fn paid(world: &World) -> BTreeSet<Value> {
    let payments = world.documents::<Payment>().into_iter();
    payments
        .filter(|(_, payment)| payment.paid)
        .map(|(id, _)| id)
        .collect()
}

fn kept_keys(world: &World) -> BTreeSet<Identity> {
    let payments = world.documents::<Payment>().into_iter();
    payments.filter_map(|(_, payment)| payment.key).collect()
}

/// The protocol.
pub struct ChargeOnce;

impl Protocol for ChargeOnce {
    fn describe(&self) -> Description {
        catalogue::describe()
    }

    fn system(&self, instance: &Instance) -> System {
        let payments = (1..=instance.get("messages")).map(MessageId);
        let provider = Provider {
            charges: payments.clone().map(|payment| (payment, 0)).collect(),
            keys: Set::new(),
        };
        let provider = ThirdParty::new(&provider, Provider::answer, Provider::forget)
            .map(|provider| provider.saying(Provider::says));
        let unpaid = payments.map(|payment| (Value::from(payment), Payment::default()));
        let stores = Stores::default().many(unpaid);
        let handler = handler(instance.variant.handler);
        System::new(Spec {
            noun: Some("payment"),
            // No guarantee depends on the amount or content of a payment.
            interchangeable: true,
            third_parties: provider
                .ok()
                .into_iter()
                .map(|provider| ("Provider", provider))
                .collect(),
            folds: |world| paid(world) == world.hist.iter().cloned().collect(),
            clean: |world| {
                let dropped = |(id, payment): (Value, Payment)| {
                    let kept = payment.key.map(|key| format!("it keeps {key}"));
                    Clause::new(format!("payment {id} keeps no key"), kept.is_none())
                        .but(kept.unwrap_or_default())
                        .at(format!("payments[{id}]"))
                };
                let payments = world.documents::<Payment>().into_iter();
                payments.map(dropped).collect()
            },
            remembered: |system, state| {
                let mut keys = kept_keys(&state.world);
                keys.extend(Provider::of(system, state).unwrap_or_default().keys);
                (keys.len(), system.in_flight(state).len())
            },
            remembered_in: &["payments", "provider.keys"],
            ..instance.spec("Payments", instance.get("messages"), handler, stores)
        })
    }
}

fn handler(name: &str) -> Handler {
    let charge: Charge = match name {
        "no-key" => no_key,
        "fresh-key" => fresh_key,
        "saved-key" => saved_key,
        "query-first" => query_first,
        "derived-key" => derived_key,
        "timeout-as-failure" => return Handler::new(timeout_as_failure),
        _ => return Handler::unknown(name),
    };
    Handler::new(move |io, command| charge_payment(io, command, charge))
}
