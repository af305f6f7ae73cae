//! The importer: duplicates that the sender makes, and that no broker setting removes.
//!
//! **Problem.** Another system puts rows into a table. An importer polls the table, sends each row to
//! Orders, and deletes it. The table and the broker are two resources, and no transaction spans them.
//!
//! **Participants.** The importer, a poller with no queue of its own; the table; and the endpoint
//! Orders, which adds a line for each row that it receives.
//!
//! ```text
//!   rows ──ReadRows──▶ Importer ──row──▶ (queue) ──▶ Orders ──▶ order
//!        ◀─DeleteRow──
//! ```
//!
//! **One transaction** is the deletion of a row, or the write of the order, which checks that it has not
//! been written since it was loaded.
//!
//! **Where it may crash.** Between any two steps. The importer remembers nothing: it wakes up again as
//! long as there is a row, and starts with the first one.
//!
//! * **Send, then delete**: the send succeeds and the deletion does not, because the importer crashes
//!   or the database refuses. The row is still there at the next poll and is sent *again*. Each send is
//!   a new message for the broker, so its own duplicate detection cannot help, and an importer that
//!   catches and logs the error hides it.
//! * **Delete, then send**: the deletion succeeds and the send does not. The row is lost, and no
//!   trace of it is left. That is worse: a duplicate can be recognised, and a lost row cannot.
//! * **Deduplicate by row** is right: the importer sends first, and Orders recognises the row by its
//!   identity, which is the same however often it is sent. The message needs no identity of its own.
//!
//! Flagging a row as sent instead of deleting it does not help: writing the flag is a separate step like
//! the deletion, and it can fail in the same way.
//!
//! **What it guarantees, at what price.** Every row is imported exactly once. Each row costs the sender a
//! read, a send and a delete, and the receiver a read and a write; the receiver must remember the rows
//! as long as the sender may send them again.
//!
//! **Source.** The workshop's exercise 3; public incidents in which rows were deleted before they were
//! sent, or could not be marked as sent.
//!
//! **Left out.** Batches of rows in one message, and rows that change while they wait.

mod catalogue;
#[cfg(test)]
mod tests;

use serde::{Deserialize, Serialize};

use super::order_lines::are_the_history;
use crate::catalogue::{Description, Instance, Protocol};
use crate::kit::clause::{Clause, every};
use crate::kit::document::{Document, Event, MessageId, Versioned};
use crate::kit::guarantees::{About, Guarantee, When, once_all_is_done};
use crate::kit::hosts::Further;
use crate::kit::io::{Flow, Io};
use crate::kit::replay::Handler;
use crate::kit::stores::Stores;
use crate::kit::system::{Spec, State, System};
use crate::kit::world::World;
use crate::value::{Value, from_value};

/// A row of the table, stored under its number.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Row {
    /// Its content: the line that it represents.
    line: MessageId,
}

impl Document for Row {
    const COLLECTION: &'static str = "rows";
    const BUSINESS: &'static [&'static str] = &[];
}

/// The order.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Order {
    /// Its lines, each named by the row that it came from.
    lines: Vec<MessageId>,
}

impl Document for Order {
    const COLLECTION: &'static str = "order";
    const BUSINESS: &'static [&'static str] = &["lines"];
}

/// The message that the importer sends: a row, whose number is also the message's identity.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ImportRow {
    line: MessageId,
}

impl Event for ImportRow {
    const OUTPUT: &'static str = "ImportRow";

    /// The importer works without a message, so what it sends is an output of the row.
    fn cause(&self) -> Option<Value> {
        Some(Value::from(self.line))
    }
}

/// The first row of the table, if there is one.
fn first_row(io: &mut dyn Io) -> Flow<Option<Versioned<Row>>> {
    let rows = io.list::<Row>("ReadRows")?;
    Ok(rows.into_iter().next())
}

fn send(io: &mut dyn Io, row: &Row) -> Flow {
    let message = ImportRow { line: row.line };
    io.send("SendRow", "Orders", &message)?.or_give_back()
}

/// Deleting a row that another poll has deleted is not an error, because no row is written again.
fn delete(io: &mut dyn Io, row: &Versioned<Row>) -> Flow {
    io.delete("DeleteRow", row)?.or_give_back()
}

fn send_then_delete(io: &mut dyn Io) -> Flow {
    let Some(row) = first_row(io)? else {
        return Ok(());
    };
    send(io, &row)?;
    delete(io, &row)
}

fn delete_then_send(io: &mut dyn Io) -> Flow {
    let Some(row) = first_row(io)? else {
        return Ok(());
    };
    delete(io, &row)?;
    send(io, &row)
}

/// Orders adds a line for a message, unless it recognises the row.
fn import(io: &mut dyn Io, message: &ImportRow, recognises: bool) -> Flow {
    let mut order = io.load::<Order>("LoadOrder", 0)?;
    if !(recognises && order.lines.contains(&message.line)) {
        order.lines.push(message.line);
        io.commit("SaveOrder", &mut order)?.or_give_back()?;
    }
    io.ack("AckRow")
}

const EVERY_ROW_IMPORTED: Guarantee = Guarantee {
    name: "EveryRowImported",
    promise: "once all is done, every row has its line in the order",
    when: When::Always,
    about: About::AtRest,
    holds: |system, state| !system.at_rest(state) || every(imported(system, state)),
    clauses: |system, state| once_all_is_done(system, state, imported),
};

fn imported(system: &System, state: &State) -> Vec<Clause> {
    let lines = state.world.document::<Order>().lines;
    let rows = system.spec().messages.iter();
    let clause = |row: &Value| {
        let line = from_value::<MessageId>(row).is_ok_and(|row| lines.contains(&row));
        Clause::new(format!("row {row} has its line in the order"), line)
            .but("it was deleted from the table and never received")
            .at("order.lines")
            .at("rows")
    };
    rows.map(clause).collect()
}

/// The protocol.
pub struct Importer;

impl Protocol for Importer {
    fn describe(&self) -> Description {
        catalogue::describe()
    }

    fn system(&self, instance: &Instance) -> System {
        let rows = (1..=instance.get("rows")).map(MessageId);
        let rows = rows.map(|line| (Value::from(line), Row { line }));
        let stores = Stores::default().many(rows).one(&Order::default());
        let recognises = instance.variant.handler == "deduplicate-by-row";
        let orders = Handler::new(move |io: &mut dyn Io, message: &ImportRow| {
            import(io, message, recognises)
        });
        System::new(Spec {
            copies: 0,
            further: vec![Further {
                slots: usize::from(instance.get("importer-slots")),
                ..Further::poller("Importer", any_row, importer(instance.variant.handler))
            }],
            may_fail: &["SendRow", "DeleteRow"],
            folds: |world| are_the_history(world.document::<Order>().lines, world),
            ..instance.spec("Orders", instance.get("rows"), orders, stores)
        })
    }
}

fn any_row(world: &World) -> bool {
    !world.documents::<Row>().is_empty()
}

fn importer(variant: &str) -> Handler {
    match variant {
        "delete-then-send" => Handler::poller(delete_then_send),
        "send-then-delete" | "deduplicate-by-row" => Handler::poller(send_then_delete),
        _ => Handler::unknown(variant),
    }
}
