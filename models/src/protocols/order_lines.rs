//! What several protocols share: a command that adds a line to an order, and what is asked of it.

use serde::{Deserialize, Serialize};

use crate::kit::document::{Event, Identity, MessageId};
use crate::kit::guarantees::{self as ask, Guarantee};
use crate::kit::world::World;
use crate::value::Value;

/// The command: add a line.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(transparent)]
pub struct AddLine {
    /// The identity of the command.
    pub id: MessageId,
}

/// The event: the order now has this many lines.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct LineAdded {
    /// Its id, by which receivers recognise it.
    pub id: Identity,
    /// How many lines the order has.
    pub lines: usize,
}

impl Event for LineAdded {
    const OUTPUT: &'static str = "LineAdded";

    fn basis(&self) -> i64 {
        change(self.lines)
    }
}

/// The index of the change after which the order had this many lines; each change adds one.
pub(super) fn change(lines: usize) -> i64 {
    i64::try_from(lines).unwrap_or(i64::MAX)
}

/// Whether the lines are the result of processing each command of the history once.
pub(super) fn are_the_history(lines: Vec<MessageId>, world: &World) -> bool {
    let lines = lines.into_iter();
    lines.map(Value::from).eq(world.hist.iter().cloned())
}

/// The guarantees of a handler that adds lines to an order, in the order of the report.
pub(super) fn guarantees() -> Vec<Guarantee> {
    vec![
        ask::NO_DOUBLE_EFFECT,
        ask::NO_GHOST_EVER,
        ask::NO_GHOST_AT_REST,
        ask::CONSISTENT_OUTPUT,
        ask::NO_LOST_EFFECT,
        ask::NO_LOST_OUTPUT,
        ask::EXACTLY_ONCE_EQUIVALENT,
        ask::DEDUP_BOUNDED,
        ask::CLEAN_AT_REST,
        ask::SETTLES,
    ]
}

/// The claims of a handler that has every effect exactly once, and may leave garbage.
pub(super) const EXACTLY_ONCE: &[&str] = EXACTLY_ONCE_AND_CLEAN.split_at(8).0;

/// The claims of such a handler that also leaves nothing behind: all but bounded deduplication
/// data.
pub(super) const EXACTLY_ONCE_AND_CLEAN: &[&str] = &[
    "NoDoubleEffect",
    "NoGhostEver",
    "NoGhostAtRest",
    "ConsistentOutput",
    "NoLostEffect",
    "NoLostOutput",
    "ExactlyOnceEquivalent",
    "Settles",
    "CleanAtRest",
];
