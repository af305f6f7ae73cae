//! Fenced leases: several relay workers share a table of rows, and one of them is slower than its lease.
//!
//! **Problem.** The rows of an outbox table are sent by several workers, so that the death of one does not
//! stop the sending. A worker takes a lease on a row before it sends it. The lease can run out while the
//! worker still sends, and nobody can tell the worker.
//!
//! **Participants.** The endpoint `Relay`, each of whose slots is a worker that wakes up while there is a
//! row for it; the rows 1, 2, …, each with an owner and a fencing number that every new owner counts up;
//! the `Stream`, another party's system, in which the rows must appear in their order.
//!
//! ```text
//!   rows ◀──ReadRows, TakeLease──  Relay ──Send: row, fencing number──▶ Stream
//!        ◀──Mark or Release──────   │   ◀──────accepted or refused────────
//! ```
//!
//! **One transaction** is a write of one row, which checks that nobody has written the row since it was
//! read. A request to the stream is no part of it: it may be lost, late, or its answer lost.
//!
//! **Where it may crash.** Between any two steps; the workers then hold no lease. The fault `lease` lets one
//! run out while its worker goes on. A worker that gets no answer releases its row, and another one tries.
//!
//! * **No lease**: a worker takes the lowest row that is not sent, as a recovery job does that looks only
//!   for unfinished rows. Another worker is at work on it: the row is sent twice, the second time when a
//!   later one was sent already. No fault is needed.
//! * **Any row**: a worker leases the lowest row that is neither sent nor leased. Two workers send two rows
//!   at a time, and the later row may come first. The order of sending is lost, again without a fault.
//! * **Unfenced**: a worker takes the first unsent row or none. A worker that was slower than its lease
//!   sends its row once more, after later ones.
//! * **Released blindly**: the stream refuses a request with a lower fencing number than it has seen for the
//!   row. The stale worker learns that, and releases the row without a check: with an old copy, in which
//!   the row is not sent. So it is sent again.
//! * **Mark first**: marks the row as sent before it is. A crash in between loses it.
//! * **Fenced** is right: the stream refuses stale requests, and the table refuses stale writes.
//!
//! **What it guarantees, at what price.** Each row is sent at least once, and a copy never comes after a later
//! row. That costs a read, two writes and a request for each row; the receiver must keep the highest
//! fencing number for each row, or it cannot refuse anything. One row at a time is sent.
//!
//! **Source.** Eleven public reports: a recovery job of another node takes a row that is just being worked
//! on; a row lease runs out while its worker sends, and the stale worker writes; several relay workers,
//! and the order of publishing is lost. Fencing numbers as they are known from lock services.
//!
//! **Left out.** How rows get into the table, and in which order (see the polling relay); renewing a lease.
//! One crash stops all workers, as they are slots of one endpoint.

mod catalogue;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::catalogue::{Description, Instance, Protocol};
use crate::kit::clause::{Clause, every};
use crate::kit::document::{Document, MessageId, Versioned};
use crate::kit::guarantees::{About, Guarantee, When, once_all_is_done};
use crate::kit::io::{Answer, Call, Flow, Io};
use crate::kit::replay::{Entry, Handler, Log};
use crate::kit::stores::Stores;
use crate::kit::system::{Spec, State, System};
use crate::kit::third_party::ThirdParty;
use crate::kit::world::{NOBODY, World};
use crate::value::{Value, from_value};

const RELAY: &str = "Relay";

/// A row of the outbox table, stored under its number.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Row {
    /// The owner: a worker of the relay, or nobody.
    owner: String,
    /// Its fencing number, which counts how often a lease was taken.
    fence: u8,
    /// Whether it is marked as sent.
    sent: bool,
}

impl Default for Row {
    fn default() -> Self {
        Row {
            owner: NOBODY.to_owned(),
            fence: 0,
            sent: false,
        }
    }
}

impl Document for Row {
    const COLLECTION: &'static str = "rows";
    const BUSINESS: &'static [&'static str] = &[];
}

/// The request of a worker to the stream: append this row.
#[derive(Debug, Serialize, Deserialize)]
pub struct Append {
    row: MessageId,
    fence: u8,
}

/// The stream: the rows that it has accepted, in order.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Stream {
    rows: Vec<MessageId>,
    /// The highest fencing number that it has seen for each row.
    fences: BTreeMap<MessageId, u8>,
}

impl Stream {
    fn of(system: &System, state: &State) -> Option<Self> {
        system.memory(state)
    }

    fn is_stale(&self, request: &Append) -> bool {
        self.fences
            .get(&request.row)
            .is_some_and(|seen| request.fence < *seen)
    }

    /// Appends every row.
    #[expect(
        clippy::needless_pass_by_value,
        reason = "a third party takes its request by value"
    )]
    fn append(&mut self, request: Append) -> bool {
        let highest = self.fences.entry(request.row).or_default();
        *highest = request.fence.max(*highest);
        self.rows.push(request.row);
        true
    }

    /// Refuses the request of a worker whose lease was taken by another one.
    fn append_unless_stale(&mut self, request: Append) -> bool {
        !self.is_stale(&request) && self.append(request)
    }

    fn says(&self, request: &Append) -> String {
        let Append { row, fence } = request;
        match self.is_stale(request) {
            true => format!("gets row {row} with the stale fencing number {fence}"),
            false => format!("gets row {row} with the fencing number {fence}"),
        }
    }
}

/// Which rows a worker takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Takes {
    /// The first row that is not sent, even if another worker owns it.
    Unsent,
    /// The first row that is not sent and has no owner.
    Free,
    /// The first row that is not sent, and only if it has no owner.
    FirstIfFree,
}

/// The parts in which the variants differ.
#[derive(Debug, Clone, Copy)]
struct Way {
    takes: Takes,
    /// Whether the row is marked as sent before it is sent.
    marks_first: bool,
    /// Whether the release of a row checks that the row has not changed.
    checks_release: bool,
}

/// The next row for a worker. `rows` are in the order of their numbers.
fn next<R>(rows: impl Iterator<Item = R>, takes: Takes, row: impl Fn(&R) -> &Row) -> Option<R> {
    let mut unsent = rows.filter(|one| !row(one).sent);
    let free = |one: &R| row(one).owner == NOBODY;
    match takes {
        Takes::Unsent => unsent.next(),
        Takes::Free => unsent.find(free),
        Takes::FirstIfFree => unsent.next().filter(free),
    }
}

fn relay(io: &mut dyn Io, way: Way) -> Flow {
    let rows = io.list::<Row>("ReadRows")?;
    let Some(mut row) = next(rows.into_iter(), way.takes, |row| row) else {
        return Ok(());
    };
    if way.takes != Takes::Unsent {
        RELAY.clone_into(&mut row.owner);
        row.fence += 1;
        io.commit("TakeLease", &mut row)?.or_give_back()?;
    }
    if way.marks_first {
        mark(io, &mut row)?;
    }
    let accepted = send(io, &row)?;
    if way.marks_first {
        return Ok(());
    }
    if accepted {
        return mark(io, &mut row);
    }
    NOBODY.clone_into(&mut row.owner);
    let sent = match way.checks_release {
        true => io.commit("Release", &mut row)?,
        false => io.overwrite("Release", &mut row)?,
    };
    sent.or_give_back()
}

/// Sends a row. Returns whether the stream has accepted it. Without an answer this is not known.
fn send(io: &mut dyn Io, row: &Versioned<Row>) -> Flow<bool> {
    let request = Append {
        row: number(row.key()),
        fence: row.fence,
    };
    let answer = io.ask::<bool>(["Send", "SendAnswered"], request)?;
    Ok(matches!(answer, Answer::Answered(true)))
}

fn mark(io: &mut dyn Io, row: &mut Versioned<Row>) -> Flow {
    row.sent = true;
    NOBODY.clone_into(&mut row.owner);
    io.commit("Mark", row)?.or_give_back()
}

fn number(key: &Value) -> MessageId {
    from_value(key).unwrap_or(MessageId(0))
}

/// Whether there is a row for a worker.
fn waits(world: &World, takes: Takes) -> bool {
    let rows = world.documents::<Row>().into_iter();
    next(rows, takes, |(_, row)| row).is_some()
}

/// The number of the row that was written last.
fn remembers(log: &Log) -> Vec<(&'static str, Value)> {
    let mut numbers = log.iter().rev().filter_map(|entry| match &**entry {
        Entry::Called {
            call: Call::Commit(writes),
            ..
        } => Some(writes.first()?.key.clone()),
        _ => None,
    });
    numbers
        .next()
        .map(|key| ("number", key))
        .into_iter()
        .collect()
}

const IN_ORDER: Guarantee = Guarantee {
    name: "InOrder",
    promise: "no row comes to the stream after a later one",
    when: When::Always,
    about: About::Durable,
    holds: |system, state| every(in_order(system, state)),
    clauses: in_order,
};

const EVERY_ROW_SENT: Guarantee = Guarantee {
    name: "EveryRowSent",
    promise: "once all is done, every row is in the stream",
    when: When::Always,
    about: About::AtRest,
    holds: |system, state| !system.at_rest(state) || every(sent(system, state)),
    clauses: |system, state| once_all_is_done(system, state, sent),
};

fn in_order(system: &System, state: &State) -> Vec<Clause> {
    let rows = Stream::of(system, state).map(|stream| stream.rows);
    let pairs = rows.iter().flat_map(|rows| rows.windows(2).enumerate());
    let clause = |(index, pair): (usize, &[MessageId])| {
        let (earlier, later) = (pair[0], pair[1]);
        let expected = format!("row {later} may follow row {earlier}");
        Clause::new(expected, earlier <= later)
            .but("a later row is in the stream already")
            .at(format!("provider.rows[{}]", index + 2))
    };
    let clauses: Vec<_> = pairs.map(clause).collect();
    match clauses.is_empty() {
        true => vec![Clause::new(
            "there are no two rows to compare",
            rows.is_some(),
        )],
        false => clauses,
    }
}

fn sent(system: &System, state: &State) -> Vec<Clause> {
    let stream = Stream::of(system, state).unwrap_or_default();
    let rows = system.spec().messages.iter();
    let clause = |row: &Value| {
        let expected = format!("{} is in the stream", system.message(row));
        Clause::new(expected, stream.rows.contains(&number(row)))
            .but("it is marked as sent, and never was")
            .at("provider.rows")
            .at(format!("rows[{row}].sent"))
    };
    rows.map(clause).collect()
}

/// The protocol.
pub struct FencedLeases;

impl Protocol for FencedLeases {
    fn describe(&self) -> Description {
        catalogue::describe()
    }

    fn system(&self, instance: &Instance) -> System {
        let numbers = (1..=instance.get("messages")).map(MessageId);
        let stream = Stream {
            fences: numbers.clone().map(|row| (row, 0)).collect(),
            ..Stream::default()
        };
        let append = match instance.variant.handler {
            "fenced" | "released-blindly" => Stream::append_unless_stale,
            _ => Stream::append,
        };
        let stream = ThirdParty::new(&stream, append, |_| Vec::new());
        let stream = stream.map(|stream| stream.saying(Stream::says)).ok();
        let stores = Stores::default()
            .many(numbers.map(|row| (Value::from(row), Row::default())))
            .leased(Row::COLLECTION);
        let (handler, wakes) = worker(instance.variant.handler);
        System::new(Spec {
            noun: Some("row"),
            copies: 0,
            wakes: Some(wakes),
            third_parties: stream
                .into_iter()
                .map(|stream| ("Stream", stream))
                .collect(),
            remembers,
            ..instance.spec(RELAY, instance.get("messages"), handler, stores)
        })
    }
}

/// What a worker does, and when it wakes up.
fn worker(name: &str) -> (Handler, fn(&World) -> bool) {
    let fenced = Way {
        takes: Takes::FirstIfFree,
        marks_first: false,
        checks_release: true,
    };
    let way = match name {
        "no-lease" => Way {
            takes: Takes::Unsent,
            ..fenced
        },
        "any-row" => Way {
            takes: Takes::Free,
            ..fenced
        },
        "released-blindly" => Way {
            checks_release: false,
            ..fenced
        },
        "mark-first" => Way {
            marks_first: true,
            ..fenced
        },
        "unfenced" | "fenced" => fenced,
        _ => return (Handler::unknown(name), |_| true),
    };
    let wakes = match way.takes {
        Takes::Unsent => |world: &World| waits(world, Takes::Unsent),
        Takes::Free => |world: &World| waits(world, Takes::Free),
        Takes::FirstIfFree => |world: &World| waits(world, Takes::FirstIfFree),
    };
    (
        Handler::poller(move |io: &mut dyn Io| relay(io, way)),
        wakes,
    )
}
