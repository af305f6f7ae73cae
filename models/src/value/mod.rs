//! TLA+ values in Rust: the common language of a Rust state, a TLC state and a report.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// A TLA+ value in canonical form: equal values are equal terms, however they were written.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Value {
    /// `TRUE`, `FALSE`.
    Bool(bool),
    /// An integer.
    Int(i64),
    /// A string.
    Str(Arc<str>),
    /// A model value (an uninterpreted constant of a TLC configuration).
    Model(Arc<str>),
    /// A finite set.
    Set(Arc<BTreeSet<Value>>),
    /// A sequence: a function on `1..n`, the empty function included.
    Seq(Arc<Vec<Value>>),
    /// Any other function; a record is a function on strings. Never empty, never on `1..n`.
    Fun(Arc<BTreeMap<Value, Value>>),
}
