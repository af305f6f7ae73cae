//! The message handler's ladder: eight rungs. On each of the first six the handler corrects an error of the
//! one before; the last two ask the same handler of a smaller and of a larger model.
//!
//! **Problem.** A message must be processed once, and one event must announce that to the other endpoints.
//! A rung is a handler with a question. If there is a run in which the answer is no, the shortest one is
//! the reason for the next rung.
//!
//! **Participants.** The broker, the endpoint `Worker` with its database, and everybody who hears that a
//! message was processed. Processing is an entry in the database's log; every attempt draws a transaction
//! id, and the event names it.
//!
//! **One transaction** is the write of the database, which checks that nobody has written it since it was
//! loaded; on rungs 3 and 4 together with the publishing.
//!
//! ```text
//!   Broker ──message──▶ Worker ──load, save──▶ db: log
//!                          └──publish──▶ Processed, transaction id ──▶ everybody else
//! ```
//!
//! **Where it may fail.** A save or a publish may fail without effect, and the endpoint may crash between
//! any two steps. Up to rung 4 a failed call is logged, and the message acknowledged.
//!
//! 1. **Run**: publish, save, acknowledge. This works as long as nothing fails.
//! 2. **No ghosts?** What is published first may never be saved. Repair: save first, then publish.
//! 3. **No output lost?** The save is done, the publishing fails, and nobody learns of it. Repair: make
//!    saving and publishing one step, a two-phase commit of database and broker.
//! 4. **Nothing twice?** After a crash before the acknowledgement the message is processed again. Repair: the
//!    handler first checks whether the log has an entry of the message.
//! 5. **Nothing lost, without that step?** A failure that is only logged loses the message. And few
//!    brokers can take part in a two-phase commit, which blocks when its coordinator is lost. Split it
//!    again. On a failure, give the message back, so that it is retried until it succeeds: save only if the
//!    log has no entry, and publish at every attempt.
//! 6. **The same output?** Every attempt announces a transaction of its own, and only one of them is in
//!    the log. Save the transaction id with the entry, and publish what is saved.
//! 7. **A smaller model**: with three messages the model must become smaller. One budget of faults is for
//!    the whole run, instead of one for each message, and the state contains nothing that no step reads.
//! 8. **What is not modelled?** So far one message is handled at a time. Two slots, a broker that
//!    duplicates and leases that expire are what the first seven rungs leave out. The handler of rung 6 is
//!    still correct, because of its version check, which no earlier rung has needed.
//!
//! **What it guarantees, at what price.** Rung 6 guarantees all that is asked, for one read, one write and
//! one message; it keeps a transaction id for every message (`DedupBounded`).
//!
//! **Source.** The workshop's model-checking ladder in TLA+. Its liveness property compares the queue with
//! the wrong size and is true from the first step on; `Settles` replaces it here.
//!
//! **Left out.** An event about the state rather than about the message; for that, see `outbox`.

mod catalogue;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::catalogue::{Description, Instance, Protocol};
use crate::kit::document::{Document, Event, Identity, MessageId, Versioned};
use crate::kit::io::{Flow, Io, Sent};
use crate::kit::replay::Handler;
use crate::kit::stores::Stores;
use crate::kit::system::{Spec, System};
use crate::value::Value;

/// The message.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Message {
    /// Which message it is.
    pub id: MessageId,
}

/// The database.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Db {
    /// Messages processed, in order.
    pub log: Vec<MessageId>,
    /// The transaction that processed each message, if it is saved.
    pub transactions: BTreeMap<MessageId, Identity>,
}

impl Document for Db {
    const COLLECTION: &'static str = "db";
    const BUSINESS: &'static [&'static str] = &["log"];
}

/// The event: this transaction has processed the message.
#[derive(Debug, Clone, Serialize)]
pub struct Processed {
    /// Its id.
    pub transaction: Identity,
}

impl Event for Processed {
    const OUTPUT: &'static str = "Processed";
}

/// The key of the database's one document.
pub const DB: u8 = 1;

/// Rung 1: publishes, then saves.
fn publish_then_save(io: &mut dyn Io, message: &Message) -> Flow {
    let mut db = load(io)?;
    let _logged = publish_new(io)?;
    let _logged = save(io, message, &mut db)?;
    io.ack("Ack")
}

/// Rung 2: saves, then publishes.
fn save_then_publish(io: &mut dyn Io, message: &Message) -> Flow {
    let mut db = load(io)?;
    if save(io, message, &mut db)? == Sent::Done {
        let _logged = publish_new(io)?;
    }
    io.ack("Ack")
}

/// Rung 3: saves and publishes in one step.
fn atomic(io: &mut dyn Io, message: &Message) -> Flow {
    let mut db = load(io)?;
    let _logged = save_and_publish(io, message, &mut db)?;
    io.ack("Ack")
}

/// Rung 4: rung 3 with a check whether the message was processed before.
fn guarded(io: &mut dyn Io, message: &Message) -> Flow {
    let mut db = load(io)?;
    if !db.log.contains(&message.id) {
        let _logged = save_and_publish(io, message, &mut db)?;
    }
    io.ack("Ack")
}

/// Rung 5: saves once, publishes at every attempt, and gives the message back after a failure.
fn retried(io: &mut dyn Io, message: &Message) -> Flow {
    let mut db = load(io)?;
    if !db.log.contains(&message.id) {
        save(io, message, &mut db)?.or_give_back()?;
    }
    publish_new(io)?.or_give_back()?;
    io.ack("Ack")
}

/// Rungs 6 to 8: rung 5, and the event names the transaction that is saved.
fn stored(io: &mut dyn Io, message: &Message) -> Flow {
    let mut db = load(io)?;
    if !db.log.contains(&message.id) {
        let transaction = io.fresh_id()?;
        db.transactions.insert(message.id, transaction);
        save(io, message, &mut db)?.or_give_back()?;
    }
    if let Some(transaction) = db.transactions.get(&message.id) {
        publish(io, *transaction)?.or_give_back()?;
    }
    io.ack("Ack")
}

fn load(io: &mut dyn Io) -> Flow<Versioned<Db>> {
    io.load("Load", DB)
}

fn save(io: &mut dyn Io, message: &Message, db: &mut Versioned<Db>) -> Flow<Sent> {
    db.log.push(message.id);
    io.commit("Save", db)
}

fn publish(io: &mut dyn Io, transaction: Identity) -> Flow<Sent> {
    io.publish("Publish", &Processed { transaction })
}

fn publish_new(io: &mut dyn Io) -> Flow<Sent> {
    let transaction = io.fresh_id()?;
    publish(io, transaction)
}

fn save_and_publish(io: &mut dyn Io, message: &Message, db: &mut Versioned<Db>) -> Flow<Sent> {
    db.log.push(message.id);
    let transaction = io.fresh_id()?;
    io.commit_and_publish("SaveAndPublish", db, &Processed { transaction })
}

/// The protocol.
pub struct HandlerLadder;

impl Protocol for HandlerLadder {
    fn describe(&self) -> Description {
        catalogue::describe()
    }

    fn system(&self, instance: &Instance) -> System {
        let stores = Stores::default().one(&Db::default());
        let handler = handler(instance.variant.handler);
        System::new(Spec {
            interchangeable: true,
            copies: instance.get("copies"),
            outputs: &[Processed::OUTPUT],
            may_fail: &["Save", "Publish", "SaveAndPublish"],
            folds: |world| {
                let log = world.document::<Db>().log.into_iter();
                log.map(Value::from).eq(world.hist.iter().cloned())
            },
            remembered: |system, state| {
                let db = state.world.document::<Db>();
                (db.transactions.len(), system.in_flight(state).len())
            },
            remembered_in: &["db.transactions"],
            ..instance.spec("Worker", instance.get("messages"), handler, stores)
        })
    }
}

fn handler(name: &str) -> Handler {
    match name {
        "publish-then-save" => Handler::new(publish_then_save),
        "save-then-publish" => Handler::new(save_then_publish),
        "atomic" => Handler::new(atomic),
        "guarded" => Handler::new(guarded),
        "retried" => Handler::new(retried),
        "stored" => Handler::new(stored),
        _ => Handler::unknown(name),
    }
}
