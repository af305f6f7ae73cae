//! Polling relay: rows of an outbox table, read in the order of a number.
//!
//! Orders writes each order together with a row in its outbox table, in one transaction. A relay
//! polls the table and publishes what is new. How does it know what is new? Rows have numbers from a
//! sequence, and the relay keeps a cursor: the number up to which it has published.
//!
//! ```text
//!   PlaceOrder ──▶ Orders ──TakeNumber──▶ numbers
//!                         └────Save─────▶ placed, rows
//!                                            │ ReadRows
//!                  cursor ◀──MoveCursor── Relay ──OrderPlaced──▶
//! ```
//!
//! A sequence gives its numbers out in order. Transactions that have taken one do not commit in that
//! order: number 2 may be visible before number 1 is.
//!
//! * **Naive cursor**: publishes the lowest row above the cursor, and moves the cursor there. If row 2
//!   is visible first, the cursor moves to 2, and row 1 is skipped forever. No fault is needed.
//! * **Wait for gaps**: publishes only the row right after the cursor. A number whose taker has crashed
//!   is a gap that is never filled: the next attempt takes another number. The relay waits for it
//!   forever, and everything behind it is lost.
//! * **Move first**: like the right one, but the cursor is moved before the row is published. A crash
//!   between the two loses the row.
//! * **Gap-aware cursor** is right: the relay also keeps the numbers above the cursor that it has
//!   published, publishes any other row, and moves the cursor up as gaps are filled. It publishes at
//!   least once, and not always in order.
//!
//! An event names the message that caused it, because no message starts the relay: it wakes up by
//! itself, and reports what the message of another endpoint has changed.
//!
//! Left out: several relays at a time (see fenced leases), and deleting rows that were published.

mod catalogue;
#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::catalogue::{Description, Instance, Protocol};
use crate::kit::clause::{Clause, every};
use crate::kit::document::{Document, Event, MessageId, Versioned};
use crate::kit::guarantees::{About, Guarantee, When, once_all_is_done};
use crate::kit::hosts::Further;
use crate::kit::io::{Call, Flow, Io, Outcome};
use crate::kit::replay::{Entry, Handler, Log};
use crate::kit::stores::Stores;
use crate::kit::system::{Spec, State, System};
use crate::kit::world::World;
use crate::value::{Set, Value, from_value};

/// The sequence from which rows get their numbers.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Numbers {
    /// The last number that was taken.
    last: u8,
}

impl Document for Numbers {
    const COLLECTION: &'static str = "numbers";
    const BUSINESS: &'static [&'static str] = &[];
}

/// An order, stored under the identity of the message that placed it.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Placed {
    /// The number of its row; 0 if it is not placed.
    number: u8,
}

impl Document for Placed {
    const COLLECTION: &'static str = "placed";
    const BUSINESS: &'static [&'static str] = &["number"];
}

/// A row of the outbox table, stored under its number.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Row {
    /// The order that it is about.
    order: MessageId,
}

impl Document for Row {
    const COLLECTION: &'static str = "rows";
    const BUSINESS: &'static [&'static str] = &[];
}

/// The relay's position in the table.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Cursor {
    /// The number up to which every row was published or skipped.
    last: u8,
    /// The numbers above it whose rows are published.
    ahead: Set<u8>,
}

impl Document for Cursor {
    const COLLECTION: &'static str = "cursor";
    const BUSINESS: &'static [&'static str] = &[];
}

impl Cursor {
    /// A row was published: the cursor moves up to the next gap.
    fn passes(&mut self, number: u8) {
        self.ahead.insert(number);
        while self.ahead.remove(&(self.last + 1)) {
            self.last += 1;
        }
    }
}

/// The event that the relay publishes.
#[derive(Debug, Serialize)]
pub struct OrderPlaced {
    order: MessageId,
    number: u8,
}

impl Event for OrderPlaced {
    const OUTPUT: &'static str = "OrderPlaced";

    /// The history of the relay is empty, because the change was made by Orders.
    fn basis(&self) -> i64 {
        0
    }

    fn cause(&self) -> Option<Value> {
        Some(Value::from(self.order))
    }
}

/// Orders: an order and its row, in one transaction.
fn place(io: &mut dyn Io, message: &MessageId) -> Flow {
    let mut placed = io.load::<Placed>("LoadOrder", message)?;
    if placed.number > 0 {
        return io.ack("Ack");
    }
    placed.number = io.next("TakeNumber", Numbers::COLLECTION)?;
    let row = Versioned::new(placed.number, Row { order: *message })?;
    let (sent, _) = io.commit_all("Save", vec![placed.checked()?, row.checked()?])?;
    sent.or_give_back()?;
    io.ack("Ack")
}

/// Which row the relay publishes next.
type Choice = fn(&Cursor, u8) -> bool;

fn above(cursor: &Cursor, number: u8) -> bool {
    number > cursor.last
}

fn right_after(cursor: &Cursor, number: u8) -> bool {
    number == cursor.last + 1
}

fn not_published(cursor: &Cursor, number: u8) -> bool {
    number > cursor.last && !cursor.ahead.contains(&number)
}

/// Reads the cursor, and the row that is published next, if there is one.
fn read(io: &mut dyn Io, choice: Choice) -> Flow<(Versioned<Cursor>, Option<OrderPlaced>)> {
    let cursor = io.load::<Cursor>("LoadCursor", 0)?;
    let rows = io.list::<Row>("ReadRows")?;
    let numbered = rows
        .iter()
        .filter_map(|row| Some((number(row.key())?, row)));
    let mut next = numbered.filter(|(number, _)| choice(&cursor, *number));
    let event = next.next().map(|(number, row)| OrderPlaced {
        order: row.order,
        number,
    });
    Ok((cursor, event))
}

fn number(key: &Value) -> Option<u8> {
    u8::try_from(key.as_int()?).ok()
}

fn naive(io: &mut dyn Io) -> Flow {
    let (mut cursor, Some(event)) = read(io, above)? else {
        return Ok(());
    };
    io.publish("Publish", &event)?.or_give_back()?;
    cursor.last = event.number;
    io.commit("MoveCursor", &mut cursor)?.or_give_back()
}

fn wait_for_gaps(io: &mut dyn Io) -> Flow {
    let (mut cursor, Some(event)) = read(io, right_after)? else {
        return Ok(());
    };
    io.publish("Publish", &event)?.or_give_back()?;
    cursor.last = event.number;
    io.commit("MoveCursor", &mut cursor)?.or_give_back()
}

fn move_first(io: &mut dyn Io) -> Flow {
    let (mut cursor, Some(event)) = read(io, not_published)? else {
        return Ok(());
    };
    cursor.passes(event.number);
    io.commit("MoveCursor", &mut cursor)?.or_give_back()?;
    io.publish("Publish", &event)?.or_give_back()
}

fn gap_aware(io: &mut dyn Io) -> Flow {
    let (mut cursor, Some(event)) = read(io, not_published)? else {
        return Ok(());
    };
    io.publish("Publish", &event)?.or_give_back()?;
    cursor.passes(event.number);
    io.commit("MoveCursor", &mut cursor)?.or_give_back()
}

/// Whether there is a row that the relay can publish next.
fn waits(world: &World, choice: Choice) -> bool {
    let cursor = world.document::<Cursor>();
    let rows = world.documents::<Row>().into_iter();
    let mut numbers = rows.filter_map(|(key, _)| number(&key));
    numbers.any(|number| choice(&cursor, number))
}

const EVERY_ORDER_RELAYED: Guarantee = Guarantee {
    name: "EveryOrderRelayed",
    promise: "once all is done, every order that was placed is published",
    when: When::Always,
    about: About::AtRest,
    holds: |system, state| !system.at_rest(state) || every(relayed(system, state)),
    clauses: |system, state| once_all_is_done(system, state, relayed),
};

fn relayed(system: &System, state: &State) -> Vec<Clause> {
    let rows = state.world.documents::<Row>().into_iter();
    let clause = |(key, row): (Value, Row)| {
        let cause = Value::from(row.order);
        let mut sent = state.world.ledgers[RELAY].sent.iter();
        let published = sent.any(|event| event.get("cause") == Some(&cause));
        let expected = format!("row {key}, of {}, is published", system.message(&cause));
        Clause::new(expected, published)
            .but("the relay has passed it by, or waits for a gap before it")
            .at(format!("rows[{key}]"))
            .at("cursor.last")
            .at("relaySent")
    };
    let clauses: Vec<_> = rows.map(clause).collect();
    match clauses.is_empty() {
        true => vec![Clause::new("no row is left", true).at("rows")],
        false => clauses,
    }
}

/// The number of the relay among the endpoints.
const RELAY: usize = 1;

/// The numbers that only a running handler knows: the number that Orders has taken, until its row is
/// saved; and the number of the row that the relay has passed with its cursor but not published yet.
fn remembers(log: &Log) -> Vec<(&'static str, Value)> {
    let mut before = BTreeSet::new();
    let mut remembered = Vec::new();
    for entry in log.iter() {
        match &**entry {
            Entry::Called {
                outcome: Outcome::Number(number),
                ..
            } => remembered.push(("number", Value::from(*number))),
            Entry::Called {
                call: Call::Load { collection, .. },
                outcome: Outcome::Loaded { document, .. },
                ..
            } if *collection == Cursor::COLLECTION => {
                before = document.as_ref().map(passed).unwrap_or_default();
            }
            Entry::Called {
                call: Call::Commit(writes),
                ..
            } => {
                let cursors = writes
                    .iter()
                    .filter(|write| write.collection == Cursor::COLLECTION);
                let numbers = cursors.flat_map(|write| passed(&write.document));
                let new = numbers.filter(|number| !before.contains(number));
                remembered.extend(new.map(|number| ("number", Value::from(number))));
            }
            _ => {}
        }
    }
    remembered
}

/// The numbers that a stored cursor has passed.
fn passed(cursor: &Value) -> BTreeSet<u8> {
    let cursor: Cursor = from_value(cursor).unwrap_or_default();
    (1..=cursor.last).chain(cursor.ahead.0).collect()
}

/// The protocol.
pub struct PollingRelay;

impl Protocol for PollingRelay {
    fn describe(&self) -> Description {
        catalogue::describe()
    }

    fn system(&self, instance: &Instance) -> System {
        let stores = Stores::default()
            .one(&Numbers::default())
            .many::<Placed>([])
            .many::<Row>([])
            .one(&Cursor::default());
        let orders = Handler::new(place);
        System::new(Spec {
            copies: instance.get("copies"),
            further: vec![relay(instance.variant.handler)],
            remembers,
            ..instance.spec("Orders", instance.get("messages"), orders, stores)
        })
    }
}

fn relay(variant: &str) -> Further {
    let poller = |wakes, handler| Further::poller("Relay", wakes, handler);
    match variant {
        "naive-cursor" => poller(|world| waits(world, above), Handler::poller(naive)),
        "wait-for-gaps" => poller(
            |world| waits(world, right_after),
            Handler::poller(wait_for_gaps),
        ),
        "move-first" => poller(
            |world| waits(world, not_published),
            Handler::poller(move_first),
        ),
        "gap-aware" => poller(
            |world| waits(world, not_published),
            Handler::poller(gap_aware),
        ),
        _ => poller(|_| true, Handler::unknown(variant)),
    }
}
