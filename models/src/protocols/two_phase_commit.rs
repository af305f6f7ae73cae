//! Two-phase commit of a queue and a database, and what an observer of both sees.
//!
//! **Problem.** A message is to be sent exactly if a change is saved. A coordinator makes one
//! transaction of the two. What does that transaction promise to somebody who receives the message and
//! looks for the change?
//!
//! **Participants.** The endpoint `Coordinator`, with a log of its own; the two resources, a queue and
//! a database; and the `Observer`, who receives the message and at once looks into the database.
//!
//! ```text
//!                   1. prepare          3. commit
//!   Coordinator ──────────────▶ Queue ────────────▶ the message is visible ──▶ Observer
//!        │      ──────────────▶ Database ─────────▶ the change is visible  ◀─────┘ looks
//!        └─ 2. decides, and writes that into its log
//! ```
//!
//! **One transaction** is one write of one record: of the log, of the queue's record of the
//! transaction, of the database's. Committing the queue also makes the message visible.
//!
//! **Where it may crash.** The coordinator between any two steps. A resource that has voted yes is
//! *prepared*: it may neither commit nor abort by itself, and holds its locks until it learns the
//! decision. The coordinator reads its log when it comes back, and sends the decision to both
//! resources once more.
//!
//! * **Vote ignored**: commits in each resource that has voted yes. If the other one has refused, the
//!   transaction is half done.
//! * **No log**: a coordinator that comes back presumes that what is prepared was aborted. It had
//!   committed the one resource, and aborts the other.
//! * **Coordinator lost**: it acknowledges its command at once, so nobody starts the transaction again
//!   after a crash. This models a coordinator that never comes back: both resources have voted, and
//!   wait forever (`Decided`). Nothing wrong happens, but nothing else happens either.
//! * **Queue first** is atomic and not isolated. The message is visible before the change is: an
//!   observer that reacts at once finds nothing.
//! * **Database first** is right for that observer. One that reads the database first, and then looks
//!   for the message, finds none for a while (`Isolated`): no order of the two commits is right for
//!   all. Atomicity says that both commits come, not that they come at the same moment.
//!
//! **What it guarantees, at what price.** No resource commits what the other aborts. Two writes of
//! each resource and one of the log a transaction, each after the one before; locks held from the vote
//! to the commit, however long the coordinator is away. An outbox is a commit protocol for the case
//! that one of the two can never refuse: it needs one write, and no resource waits.
//!
//! **Source.** The blog's notes on distributed transactions, and Gray's and Lamport's description of
//! the protocol.
//!
//! **Left out.** Locks and readers that wait for them; resources that decide by themselves; a second
//! coordinator that takes over; an observer that is slow, or crashes.

mod catalogue;
mod guarantees;
mod records;
#[cfg(test)]
mod tests;

pub use self::records::{Changed, Message, Phase, Queued};
use self::records::{Decision, Record, Resource, Seen};
use crate::catalogue::{Description, Instance, Protocol};
use crate::kit::document::{MessageId, Versioned};
use crate::kit::io::{Flow, Io, Sent, give_back};
use crate::kit::replay::Handler;
use crate::kit::stores::Stores;
use crate::kit::system::{Spec, System};
use crate::value::Value;

/// The parts in which the variants differ.
#[derive(Clone, Copy)]
struct Way {
    /// Whether the command is acknowledged when its transaction begins.
    acknowledges_first: bool,
    /// Whether the coordinator writes its decision into its log.
    logs: bool,
    /// Whether it commits only if both have voted yes.
    counts_votes: bool,
    /// Whether the queue commits before the database does.
    queue_first: bool,
}

const DATABASE_FIRST: Way = Way {
    acknowledges_first: false,
    logs: true,
    counts_votes: true,
    queue_first: false,
};

fn coordinate(io: &mut dyn Io, id: MessageId, way: Way) -> Flow {
    coordinate_by(io, id, way, |io, id, queue, database| {
        commit(io, id, queue, database, way)
    })
}

/// The second phase of a transaction that commits, given its records at the two resources.
pub type Commit =
    fn(&mut dyn Io, MessageId, &mut Versioned<Queued>, &mut Versioned<Changed>) -> Flow;

/// Coordinates a transaction with a log, with votes that count, and with this second phase.
pub fn coordinate_and_commit(io: &mut dyn Io, id: MessageId, commit: Commit) -> Flow {
    coordinate_by(io, id, DATABASE_FIRST, commit)
}

fn coordinate_by(
    io: &mut dyn Io,
    id: MessageId,
    way: Way,
    commit: impl Fn(&mut dyn Io, MessageId, &mut Versioned<Queued>, &mut Versioned<Changed>) -> Flow,
) -> Flow {
    if way.acknowledges_first {
        io.ack("Ack")?;
    }
    let mut log = io.load::<Record>("LoadLog", id)?;
    let mut queue = io.load::<Queued>("AskQueue", id)?;
    let mut database = io.load::<Changed>("AskDatabase", id)?;
    let begun = queue.phase != Phase::Idle || database.phase != Phase::Idle;
    if log.decision == Decision::Open && !way.logs && begun {
        log.decision = Decision::Abort;
    } else if log.decision == Decision::Open {
        log.decision = collect_votes(io, &mut queue, &mut database, way)?;
        if way.logs {
            io.commit("Decide", &mut log)?.or_give_back()?;
        }
    }
    match log.decision {
        Decision::Commit => commit(io, id, &mut queue, &mut database)?,
        Decision::Abort | Decision::Open => {
            abort(io, "AbortQueue", &mut queue)?;
            abort(io, "AbortDatabase", &mut database)?;
        }
    }
    match way.acknowledges_first {
        true => Ok(()),
        false => io.ack("Ack"),
    }
}

/// The first phase. The database votes only if the queue's vote makes that necessary.
fn collect_votes(
    io: &mut dyn Io,
    queue: &mut Versioned<Queued>,
    database: &mut Versioned<Changed>,
    way: Way,
) -> Flow<Decision> {
    let mut all = votes(io, "PrepareQueue", queue)?;
    if all || !way.counts_votes {
        all &= votes(io, "PrepareDatabase", database)?;
    }
    Ok(match all || !way.counts_votes {
        true => Decision::Commit,
        false => Decision::Abort,
    })
}

/// Whether a resource votes yes. A missing vote counts as no.
fn votes<R: Resource>(
    io: &mut dyn Io,
    step: &'static str,
    record: &mut Versioned<R>,
) -> Flow<bool> {
    if *record.phase() != Phase::Idle {
        return Ok(*record.phase() == Phase::Prepared);
    }
    *record.phase() = Phase::Prepared;
    match io.commit(step, record)? {
        Sent::Done => Ok(true),
        Sent::Conflict => give_back(),
        Sent::Unknown => {
            *record.phase() = Phase::Idle;
            Ok(false)
        }
    }
}

/// The second phase of a transaction that commits.
fn commit(
    io: &mut dyn Io,
    transaction: MessageId,
    queue: &mut Versioned<Queued>,
    database: &mut Versioned<Changed>,
    way: Way,
) -> Flow {
    let mut commit_queue = |io: &mut dyn Io| {
        if queue.phase != Phase::Prepared {
            return Ok(());
        }
        queue.phase = Phase::Committed;
        let sent = io.commit_and_publish("CommitQueue", queue, &Message { transaction })?;
        sent.or_give_back()
    };
    if way.queue_first {
        commit_queue(io)?;
    }
    if database.phase == Phase::Prepared {
        database.phase = Phase::Committed;
        io.commit("CommitDatabase", database)?.or_give_back()?;
    }
    match way.queue_first {
        true => Ok(()),
        false => commit_queue(io),
    }
}

/// A resource aborts unless it has finished, even if its vote is missing.
fn abort<R: Resource>(io: &mut dyn Io, step: &'static str, record: &mut Versioned<R>) -> Flow {
    if matches!(record.phase(), Phase::Committed | Phase::Aborted) {
        return Ok(());
    }
    *record.phase() = Phase::Aborted;
    io.overwrite(step, record)?.or_give_back()
}

/// The observer receives the message, looks for the change, and stores what it found.
fn observe(io: &mut dyn Io, message: &Message) -> Flow {
    let database = io.load::<Changed>("LookAtDatabase", message.transaction)?;
    let changed = database.phase == Phase::Committed;
    let mut seen = Versioned::new(message.transaction, Seen { changed })?;
    io.overwrite("NoteSeen", &mut seen)?.or_give_back()?;
    io.ack("AckSeen")
}

/// The protocol.
pub struct TwoPhaseCommit;

impl Protocol for TwoPhaseCommit {
    fn describe(&self) -> Description {
        catalogue::describe()
    }

    fn system(&self, instance: &Instance) -> System {
        let transactions = (1..=instance.get("messages")).map(MessageId);
        let transactions: Vec<_> = transactions.map(Value::from).collect();
        let keys = || transactions.iter().cloned();
        let stores = Stores::default()
            .many(keys().map(|id| (id, Record::default())))
            .many(keys().map(|id| (id, Queued::default())))
            .many(keys().map(|id| (id, Changed::default())))
            .many::<Seen>([]);
        let handler = coordinator(instance.variant.handler);
        System::new(Spec {
            noun: Some("transaction"),
            downstream: Some(("Observer", Handler::new(observe))),
            may_fail: &["PrepareQueue", "PrepareDatabase"],
            ..instance.spec("Coordinator", instance.get("messages"), handler, stores)
        })
    }
}

fn coordinator(name: &str) -> Handler {
    let way = match name {
        "vote-ignored" => Way {
            counts_votes: false,
            ..DATABASE_FIRST
        },
        "no-log" => Way {
            logs: false,
            ..DATABASE_FIRST
        },
        "coordinator-lost" => Way {
            acknowledges_first: true,
            ..DATABASE_FIRST
        },
        "queue-first" => Way {
            queue_first: true,
            ..DATABASE_FIRST
        },
        "database-first" => DATABASE_FIRST,
        _ => return Handler::unknown(name),
    };
    Handler::new(move |io, id: &MessageId| coordinate(io, *id, way))
}
