//! Log offsets: a consumer group reads a log, and its partition moves while records are handled.
//!
//! **Problem.** A log keeps its records. A consumer does not acknowledge a record, it commits an *offset*:
//! how many records are done. The offset and the effect of a record are in two stores, and the partition
//! may be given to another consumer of the group at any time.
//!
//! **Participants.** One partition of a log with the records 1, 2, …; its consumer group, which knows the
//! owner of the partition, the generation (how often it has changed hands) and the offset; the
//! endpoint `Consumers`, each of whose slots is a consumer; an order to which each record adds a line.
//!
//! ```text
//!   Log ──records──▶ Consumers ──Load, Save──▶ order
//!                       │ ▲
//!      CommitOffset ────┘ └──── Join: owner, generation, offset
//! ```
//!
//! **One transaction** is a write of the group or of the order, or of both where a variant says so; each
//! checks that nobody has written the document since, unless a variant leaves that out.
//!
//! **Where it may crash.** Between any two steps; the partition then has no owner. The fault `lease` is
//! the session of a slow consumer that times out: the partition is free, and the consumer works on.
//!
//! * **Commit first**: commits the offset before the record is handled. A crash in between loses it.
//! * **Handle first**: commits the offset afterwards. A crash, or a partition that moves, between the
//!   two has the record handled again, and its line added twice.
//! * **Skip and retry**: puts a record aside that could not be handled, goes on with the next ones, and
//!   tries it again at the end. The offset of a later record covers it: a restart skips it.
//! * **Unfenced**: effect and offset are written in one transaction that checks nothing. A consumer that
//!   has lost the partition overwrites the lines and the offset of the new owner.
//! * **Deduplicated** is right: handle first, and recognise by its line a record that comes again. What
//!   the stale consumer does is refused, or is there already.
//! * **Fenced** is right too, and remembers nothing but the offset: effect and offset are in one
//!   transaction, which fails if the group has another generation. Joining writes the generation into
//!   the document of the group, so the check of its version is that check.
//!
//! **What it guarantees, at what price.** Each record adds one line, although the partition moves. Fenced
//! needs a store that writes the order and the offset together, so the offset cannot stay with the
//! broker; deduplicated needs the identities of the records that may come again.
//!
//! **Source.** Four public reports about consumer groups: a rebalance while records are handled, after
//! which the commit of the offset fails; an event that is skipped after a restart, because a later one
//! was stored.
//!
//! **Left out.** Several partitions, which do not share anything; records that are appended while
//! others are read. One crash stops all consumers, as they are slots of one endpoint.

mod catalogue;
#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::catalogue::{Description, Instance, Protocol};
use crate::kit::clause::Clause;
use crate::kit::clause::every;
use crate::kit::document::{Document, MessageId, Versioned};
use crate::kit::guarantees::{About, Guarantee, When, once_all_is_done};
use crate::kit::io::{Call, Flow, Io, Outcome, Sent};
use crate::kit::replay::{Entry, Handler, Log};
use crate::kit::stores::Stores;
use crate::kit::system::{Spec, State, System};
use crate::kit::world::{NOBODY, World};
use crate::value::Value;

const CONSUMERS: &str = "Consumers";

/// The state of the consumer group for the partition.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Group {
    /// The owner of the partition: a consumer, or nobody.
    owner: String,
    /// The generation: how often the partition has changed hands.
    generation: u8,
    /// The offset: how many records are done.
    done: u8,
    /// How many records there are.
    end: u8,
}

impl Default for Group {
    fn default() -> Self {
        Group {
            owner: NOBODY.to_owned(),
            generation: 0,
            done: 0,
            end: 0,
        }
    }
}

/// The order.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Order {
    /// Its lines, each named by the record that added it.
    lines: Vec<MessageId>,
}

impl Document for Group {
    const COLLECTION: &'static str = "group";
    const BUSINESS: &'static [&'static str] = &[];
}

impl Document for Order {
    const COLLECTION: &'static str = "order";
    const BUSINESS: &'static [&'static str] = &["lines"];

    fn cause(&self) -> Option<Value> {
        let record = self.lines.last()?;
        Some(Value::from(*record))
    }
}

/// When the offset is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Offset {
    First,
    Last,
    Together,
}

/// The parts in which the variants differ.
#[derive(Debug, Clone, Copy)]
struct Way {
    offset: Offset,
    /// Whether a line that exists already is recognised.
    recognises: bool,
    /// Whether a record that could not be handled is put aside for later.
    puts_aside: bool,
    /// Whether the transaction of line and offset checks that neither has changed.
    checks: bool,
}

/// A consumer joins, handles records as long as it can, and leaves.
fn consume(io: &mut dyn Io, way: Way) -> Flow {
    let mut group = io.load::<Group>("LoadGroup", 0)?;
    if group.owner != NOBODY {
        return Ok(());
    }
    CONSUMERS.clone_into(&mut group.owner);
    group.generation += 1;
    io.commit("Join", &mut group)?.or_give_back()?;
    handle_records(io, &mut group, way)?;
    NOBODY.clone_into(&mut group.owner);
    // Refused if the partition has moved to another consumer. Then this one has already left.
    io.commit("Leave", &mut group)?.or_give_back()
}

fn handle_records(io: &mut dyn Io, group: &mut Versioned<Group>, way: Way) -> Flow {
    let mut aside = Vec::new();
    while group.done < group.end {
        let record = MessageId(group.done + 1);
        let goes_on = match way.offset {
            Offset::First => commit_offset(io, group)? && add_line(io, record, way)?,
            Offset::Last => {
                let handled = add_line(io, record, way)?;
                if !handled && way.puts_aside {
                    aside.push(record);
                }
                (handled || way.puts_aside) && commit_offset(io, group)?
            }
            Offset::Together => save_both(io, record, group, way.checks)?,
        };
        if !goes_on {
            return Ok(());
        }
    }
    for record in aside {
        if !add_line(io, record, way)? {
            break;
        }
    }
    Ok(())
}

/// Adds the line of a record. Returns whether the line exists now.
fn add_line(io: &mut dyn Io, record: MessageId, way: Way) -> Flow<bool> {
    let mut order = io.load::<Order>("Load", 0)?;
    if way.recognises && order.lines.contains(&record) {
        return Ok(true);
    }
    order.lines.push(record);
    Ok(io.commit("Save", &mut order)? == Sent::Done)
}

/// Commits the offset of one more record. Returns false if the partition has moved.
fn commit_offset(io: &mut dyn Io, group: &mut Versioned<Group>) -> Flow<bool> {
    let mut moved = group.clone();
    moved.done += 1;
    let sent = io.commit("CommitOffset", &mut moved)?;
    if sent == Sent::Done {
        *group = moved;
    }
    Ok(sent == Sent::Done)
}

fn save_both(
    io: &mut dyn Io,
    record: MessageId,
    group: &mut Versioned<Group>,
    checks: bool,
) -> Flow<bool> {
    let mut order = io.load::<Order>("Load", 0)?;
    order.lines.push(record);
    let mut moved = group.clone();
    moved.done += 1;
    let writes = match checks {
        true => vec![order.checked()?, moved.checked()?],
        false => vec![order.blind()?, moved.blind()?],
    };
    let (sent, versions) = io.commit_all("SaveBoth", writes)?;
    if let [_, version] = versions[..] {
        moved.written_as(version);
        *group = moved;
    }
    Ok(sent == Sent::Done)
}

/// The records that could not be handled, from the first one on.
fn remembers(log: &Log) -> Vec<(&'static str, Value)> {
    let mut aside: Option<BTreeSet<Value>> = None;
    for entry in log.iter() {
        if let Entry::Called {
            action: "Save",
            call: Call::Commit(writes),
            outcome,
        } = &**entry
        {
            let record = writes.first().and_then(|write| write.cause.clone());
            match outcome {
                Outcome::Committed(_) => {
                    if let (Some(aside), Some(record)) = (&mut aside, record) {
                        aside.remove(&record);
                    }
                }
                _ => aside.get_or_insert_default().extend(record),
            }
        }
    }
    let aside = aside.map(|aside| ("aside", Value::set(aside)));
    aside.into_iter().collect()
}

const EVERY_RECORD_HANDLED: Guarantee = Guarantee {
    name: "EveryRecordHandled",
    promise: "once all is done, every record has added its line",
    when: When::Always,
    about: About::AtRest,
    holds: |system, state| !system.at_rest(state) || every(handled(system, state)),
    clauses: |system, state| once_all_is_done(system, state, handled),
};

fn handled(system: &System, state: &State) -> Vec<Clause> {
    let lines = state.world.document::<Order>().lines.into_iter();
    let lines: Vec<_> = lines.map(Value::from).collect();
    let clause = |record: &Value| {
        let expected = format!("{} has added its line", system.message(record));
        Clause::new(expected, lines.contains(record))
            .but("the offset has passed it")
            .at("order.lines")
            .at("group.done")
    };
    system.spec().messages.iter().map(clause).collect()
}

/// A consumer wakes up if the partition is free and has records that are not done.
fn wakes(world: &World) -> bool {
    let group = world.document::<Group>();
    group.owner == NOBODY && group.done < group.end
}

/// The protocol.
pub struct LogOffsets;

impl Protocol for LogOffsets {
    fn describe(&self) -> Description {
        catalogue::describe()
    }

    fn system(&self, instance: &Instance) -> System {
        let records = instance.get("messages");
        let group = Group {
            end: records,
            ..Group::default()
        };
        let stores = Stores::default()
            .one(&group)
            .one(&Order::default())
            .leased(Group::COLLECTION);
        let handler = handler(instance.variant.handler);
        System::new(Spec {
            noun: Some("record"),
            copies: 0,
            wakes: Some(wakes),
            may_fail: &["Save", "SaveBoth"],
            remembers,
            folds: |world| {
                let lines = world.document::<Order>().lines.into_iter();
                lines.map(Value::from).eq(world.hist.iter().cloned())
            },
            ..instance.spec(CONSUMERS, records, handler, stores)
        })
    }
}

fn handler(name: &str) -> Handler {
    let fenced = Way {
        offset: Offset::Together,
        recognises: false,
        puts_aside: false,
        checks: true,
    };
    let handle_first = Way {
        offset: Offset::Last,
        ..fenced
    };
    let way = match name {
        "commit-first" => Way {
            offset: Offset::First,
            ..fenced
        },
        "handle-first" => handle_first,
        "skip-and-retry" => Way {
            puts_aside: true,
            ..handle_first
        },
        "unfenced" => Way {
            checks: false,
            ..fenced
        },
        "deduplicated" => Way {
            recognises: true,
            ..handle_first
        },
        "fenced" => fenced,
        _ => return Handler::unknown(name),
    };
    Handler::poller(move |io: &mut dyn Io| consume(io, way))
}
