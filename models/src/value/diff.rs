//! The differences between two states: only the leaves that differ, each with its path.
//!
//! A trace shows this beside a step. Functions, records and sequences are compared argument by
//! argument. If a sequence lost or gained elements at one position, as a queue does, only those
//! elements are reported, even though the later ones moved.

use std::collections::BTreeMap;
use std::fmt::{self, Display, Formatter};

use serde::Serialize;

use super::text::segment;
use super::{StateView, Value};

/// A leaf that differs between two states.
///
/// In JSON: `{"path": "slots[1].at", "kind": "changed", "before": "Idle", "after": "Load"}`, with
/// `value` in place of the other two for `added` and `removed`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct Change {
    /// The path from the variable to the leaf: `.f` for a record field, `[k]` for another argument.
    ///
    /// An element of a set has no path of its own and is reported with the path of the set. A
    /// removed element of a sequence has its position before the step, an added one its position
    /// after it.
    pub path: String,
    /// The kind of difference.
    #[serde(flatten)]
    pub kind: ChangeKind,
}

/// How a leaf differs.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub enum ChangeKind {
    /// It exists only after the step.
    Added {
        /// The new value, or the new element of a set.
        value: Value,
    },
    /// It existed only before the step.
    Removed {
        /// The old value, or the old element of a set.
        value: Value,
    },
    /// It exists before and after the step, with another value.
    Changed {
        /// The old value.
        before: Value,
        /// The new value.
        after: Value,
    },
}

/// Displayed as `~ slots[1].at: "Idle" → "Load"`, `+ sent: 1` or `− incoming[1]: 2`.
impl Display for Change {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let path = &self.path;
        match &self.kind {
            ChangeKind::Added { value } => write!(f, "+ {path}: {value}"),
            ChangeKind::Removed { value } => write!(f, "− {path}: {value}"),
            ChangeKind::Changed { before, after } => write!(f, "~ {path}: {before} → {after}"),
        }
    }
}

/// The leaves that differ between two states, in the order of variables and arguments; empty if
/// and only if the states are equal.
///
/// ```
/// use tandem_models::value::{changes, parse_state};
///
/// let before = parse_state(r#"/\ slot = [at |-> "Idle"] /\ queue = <<2, 3>>"#).unwrap();
/// let after = parse_state(r#"/\ slot = [at |-> "Load"] /\ queue = <<3>>"#).unwrap();
/// let lines: Vec<String> = changes(&before, &after).iter().map(ToString::to_string).collect();
/// assert_eq!(lines, ["− queue[1]: 2", r#"~ slot.at: "Idle" → "Load""#]);
/// ```
pub fn changes(before: &StateView, after: &StateView) -> Vec<Change> {
    let mut changes = Vec::new();
    compare_maps(before, after, &mut changes, |name| name.to_string());
    changes
}

fn compare(path: &str, before: &Value, after: &Value, changes: &mut Vec<Change>) {
    match (before, after) {
        _ if before == after => {}
        (Value::Set(old), Value::Set(new)) => {
            changes.extend(old.difference(new).map(|gone| removed(path, gone)));
            changes.extend(new.difference(old).map(|fresh| added(path, fresh)));
        }
        (Value::Seq(old), Value::Seq(new)) => compare_sequences(path, old, new, changes),
        (Value::Seq(_) | Value::Fun(_), Value::Seq(_) | Value::Fun(_)) => {
            let (old, new) = (before.entries().collect(), after.entries().collect());
            compare_maps::<Value, &Value>(&old, &new, changes, |argument| {
                format!("{path}{}", segment(argument))
            });
        }
        _ => changes.push(Change {
            path: path.into(),
            kind: ChangeKind::Changed {
                before: before.clone(),
                after: after.clone(),
            },
        }),
    }
}

fn compare_maps<K: Ord, V: std::borrow::Borrow<Value>>(
    before: &BTreeMap<K, V>,
    after: &BTreeMap<K, V>,
    changes: &mut Vec<Change>,
    path: impl Fn(&K) -> String,
) {
    let fresh = after.keys().filter(|key| !before.contains_key(key));
    let keys: std::collections::BTreeSet<&K> = before.keys().chain(fresh).collect();
    for key in keys {
        match (before.get(key), after.get(key)) {
            (Some(old), Some(new)) => compare(&path(key), old.borrow(), new.borrow(), changes),
            (Some(old), None) => changes.push(removed(&path(key), old.borrow())),
            (None, Some(new)) => changes.push(added(&path(key), new.borrow())),
            (None, None) => {}
        }
    }
}

/// Skips the common beginning and the common end, and compares the rest position by position.
fn compare_sequences(path: &str, old: &[Value], new: &[Value], changes: &mut Vec<Change>) {
    let at = |index: usize| format!("{path}[{}]", index + 1);
    let shorter = old.len().min(new.len());
    let start = common(old.iter(), new.iter());
    let end = common(old.iter().rev(), new.iter().rev()).min(shorter - start);
    let (old_end, new_end) = (old.len() - end, new.len() - end);
    let both = old_end.min(new_end);

    for index in start..both {
        compare(&at(index), &old[index], &new[index], changes);
    }
    changes.extend((both..old_end).map(|index| removed(&at(index), &old[index])));
    changes.extend((both..new_end).map(|index| added(&at(index), &new[index])));
}

fn common<'a>(old: impl Iterator<Item = &'a Value>, new: impl Iterator<Item = &'a Value>) -> usize {
    old.zip(new).take_while(|(old, new)| old == new).count()
}

fn added(path: &str, value: &Value) -> Change {
    let value = value.clone();
    Change {
        path: path.into(),
        kind: ChangeKind::Added { value },
    }
}

fn removed(path: &str, value: &Value) -> Change {
    let value = value.clone();
    Change {
        path: path.into(),
        kind: ChangeKind::Removed { value },
    }
}
