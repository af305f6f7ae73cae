//! Provider keys: what the receiver of an idempotency key does.
//!
//! **Problem.** A provider promises that a request under a key it has seen is not executed again. The
//! second request may come while the first is being worked on, the worker of the first may have died,
//! and a client may use the key for another request by mistake.
//!
//! **Participants.** The endpoint `Provider` with a record of the key and an account; clients, who
//! repeat a request until it is answered. Request 1, 2, … ask for different things (their *bodies*
//! differ) under one and the same key.
//!
//! ```text
//!   Client ──request, key──▶ Provider ──▶ key: phase, body, owner
//!          ◀──────409───────    │   └───▶ account: what was charged
//!          ◀─────answer─────────┘
//! ```
//!
//! **One transaction** is a write of the key's record, of the account, or of both where a variant says
//! so; each checks the versions. The answer is a message of its own.
//!
//! **Where it may crash.** Between any two steps. The client, who has no answer, then asks again.
//!
//! * **Check, then charge**: looks for the key, charges, and saves the key afterwards. Two requests at
//!   once both find nothing.
//! * **Body ignored**: takes every request under the key for a repetition. A client that used the key
//!   for something else gets the answer that it was charged.
//! * **Never taken over**: reserves the key first, and answers 409 (in progress) while it is reserved.
//!   If the worker dies, nobody finishes its work, and every later repetition gets 409.
//! * **One transaction** is right: charge and key are saved together. Of two requests at once one gets
//!   a conflict, which is the 409: it asks again, and gets the same answer as the first.
//! * **Leased** is right where the work takes longer than a transaction should: the key is reserved
//!   under a lease. While the owner holds it, others get 409; when it has died, the next one takes
//!   over. A worker that was slower than its lease has its write refused, by the version.
//!
//! **What it guarantees, at what price.** One charge a key and one answer a request, for one write and
//! a record that is kept as long as a repetition may come, or two writes where the key is reserved.
//!
//! **Source.** Idempotency keys as providers of payments document them, among them 409 for a request
//! in progress and 422 for one with another body; four public reports of what goes wrong.
//!
//! **Left out.** Forgetting the key (see charge once), several keys, and a charge that fails.

mod catalogue;
mod guarantees;
#[cfg(test)]
mod tests;

use serde::{Deserialize, Serialize};

use crate::catalogue::{Description, Instance, Protocol};
use crate::kit::document::{Document, Event, MessageId, Versioned};
use crate::kit::io::{Flow, Io, give_back};
use crate::kit::replay::Handler;
use crate::kit::stores::Stores;
use crate::kit::system::{Spec, System};
use crate::kit::world::NOBODY;

/// The progress of the request with the key.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Phase {
    /// The key was not used yet.
    #[default]
    Unused,
    /// Its request is being worked on.
    Started,
    /// Its request is executed.
    Done,
}

/// The record of the key.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Key {
    phase: Phase,
    /// The request for which the key was used.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    body: Option<MessageId>,
    /// The worker that handles it.
    owner: String,
}

impl Default for Key {
    fn default() -> Self {
        Key {
            phase: Phase::Unused,
            body: None,
            owner: NOBODY.to_owned(),
        }
    }
}

/// The account.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Account {
    /// The requests that were executed, in their order.
    charged: Vec<MessageId>,
}

impl Document for Key {
    const COLLECTION: &'static str = "key";
    const BUSINESS: &'static [&'static str] = &[];
}

impl Document for Account {
    const COLLECTION: &'static str = "account";
    const BUSINESS: &'static [&'static str] = &["charged"];
}

/// The answers to a client.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Outcome {
    /// The request was executed, now or before.
    Charged,
    /// The key was used for another request (422).
    OtherBody,
}

/// The answer to a request.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Answer {
    request: MessageId,
    outcome: Outcome,
}

impl Event for Answer {
    const OUTPUT: &'static str = "Answer";
}

const PROVIDER: &str = "Provider";

/// The parts in which the variants differ.
#[derive(Clone, Copy)]
struct Way {
    /// Whether the key is reserved before the charge.
    reserves: bool,
    /// Whether a reservation whose owner is gone is taken over.
    takes_over: bool,
    /// Whether a request is compared with the one for which the key was used.
    compares: bool,
    /// Whether charge and key are saved in one transaction.
    together: bool,
}

const LEASED: Way = Way {
    reserves: true,
    takes_over: true,
    compares: true,
    together: true,
};

fn serve(io: &mut dyn Io, request: MessageId, way: Way) -> Flow {
    let mut key = io.load::<Key>("LoadKey", 0)?;
    if way.compares && key.body.is_some_and(|body| body != request) {
        return answer(io, request, Outcome::OtherBody);
    }
    match key.phase {
        Phase::Done => return answer(io, request, Outcome::Charged),
        // 409: in progress. The client sends the request again.
        Phase::Started if key.owner != NOBODY || !way.takes_over => return give_back(),
        Phase::Started | Phase::Unused => {}
    }
    if way.reserves {
        key.phase = Phase::Started;
        key.body = Some(request);
        PROVIDER.clone_into(&mut key.owner);
        io.commit("Reserve", &mut key)?.or_give_back()?;
    }
    charge(io, request, &mut key, way)?;
    answer(io, request, Outcome::Charged)
}

/// Executes the request and saves that it is done. If two do this at the same time, one gets a
/// conflict.
fn charge(io: &mut dyn Io, request: MessageId, key: &mut Versioned<Key>, way: Way) -> Flow {
    let mut account = io.load::<Account>("LoadAccount", 0)?;
    account.charged.push(request);
    if !way.together {
        io.commit("Charge", &mut account)?.or_give_back()?;
    }
    key.phase = Phase::Done;
    key.body = Some(request);
    NOBODY.clone_into(&mut key.owner);
    if !way.together {
        return io.commit("SaveKey", key)?.or_give_back();
    }
    let writes = vec![account.checked()?, key.checked()?];
    let (sent, _) = io.commit_all("ChargeAndSave", writes)?;
    sent.or_give_back()
}

fn answer(io: &mut dyn Io, request: MessageId, outcome: Outcome) -> Flow {
    let told = Answer { request, outcome };
    io.publish("Answer", &told)?.or_give_back()?;
    io.ack("Ack")
}

/// The protocol.
pub struct ProviderKeys;

impl Protocol for ProviderKeys {
    fn describe(&self) -> Description {
        catalogue::describe()
    }

    fn system(&self, instance: &Instance) -> System {
        let stores = Stores::default()
            .one(&Key::default())
            .one(&Account::default())
            .leased(Key::COLLECTION);
        let handler = handler(instance.variant.handler);
        System::new(Spec {
            noun: Some("request"),
            copies: instance.get("copies"),
            outputs: &[Answer::OUTPUT],
            ..instance.spec(PROVIDER, instance.get("messages"), handler, stores)
        })
    }
}

fn handler(name: &str) -> Handler {
    let way = match name {
        "check-then-charge" => Way {
            reserves: false,
            together: false,
            ..LEASED
        },
        "body-ignored" => Way {
            compares: false,
            ..LEASED
        },
        "never-taken-over" => Way {
            takes_over: false,
            ..LEASED
        },
        "one-transaction" => Way {
            reserves: false,
            ..LEASED
        },
        "leased" => LEASED,
        _ => return Handler::unknown(name),
    };
    Handler::new(move |io, request: &MessageId| serve(io, *request, way))
}
