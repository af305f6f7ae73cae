//! TLA+ values in Rust: the common representation of a Rust state, a TLC state and a value in a
//! report.
//!
//! A [`Value`] is created in one of four ways: by the constructors below, from TLC's text
//! ([`Value::parse`], [`parse_state`]), from a Rust type that serde can serialize ([`to_value`]),
//! or from the JSON of a report ([`Value::from_json`]). The value is always in canonical form, so
//! `==` on two values is equality in TLA+:
//!
//! - a function on `1..n` is a sequence, however it was written;
//! - a record is a function on strings;
//! - the empty function, the empty record and the empty sequence are one value, `Seq []`;
//! - sets and functions are sorted, so the order in which they were built does not matter.
//!
//! ```
//! use tandem_models::value::Value;
//!
//! let by_hand = Value::function([(2.into(), "b".into()), (1.into(), "a".into())]);
//! let from_tlc = Value::parse(r#"<<"a", "b">>"#).unwrap();
//! assert_eq!(by_hand, from_tlc);
//! assert_eq!(by_hand.apply(&1.into()), Some(&"a".into()));
//! ```
//!
//! One kind of value does not exist in TLA+. The [`Name`] of one of several interchangeable things
//! is a number in TLA+ and in all output, but a separate kind here, so that such things can be
//! renamed. Values that leave the program, such as the view of a state, contain numbers instead
//! ([`Value::numbered`]).
//!
//! Not supported: everything that TLC can print and that is not a finite explicit value, such as
//! `SUBSET S`, `[S -> T]` or a lambda. Integers have 32 bits in TLC and 64 bits here.

mod de;
mod diff;
mod error;
mod json;
mod name;
mod parse;
mod path;
mod plain;
mod ser;
mod set;
mod state;
mod text;

#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

pub use de::from_value;
pub use diff::{Change, ChangeKind, changes};
pub use error::{ConversionError, ParseError};
pub use name::{Name, Renaming};
pub use parse::parse_state;
pub use path::plain_path;
pub use ser::to_value;
pub use set::Set;
pub use state::StateView;

/// A TLA+ value in canonical form: equal values have equal representations.
///
/// The constructors ensure the canonical form. Create `Seq` and `Fun` with them, and not with the
/// enum variants.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Value {
    /// `TRUE`, `FALSE`.
    Bool(bool),
    /// An integer.
    Int(i64),
    /// A name, which is an integer in TLA+.
    Name(Name),
    /// A string.
    Str(Arc<str>),
    /// A model value (an uninterpreted constant of a TLC configuration).
    Model(Arc<str>),
    /// A finite set.
    Set(Arc<BTreeSet<Value>>),
    /// A sequence: a function on `1..n`, the empty function included.
    Seq(Arc<Vec<Value>>),
    /// Any other function. A record is a function on strings. A `Fun` is never empty, and its
    /// domain is never `1..n`.
    Fun(Arc<BTreeMap<Value, Value>>),
}

/// Constructors. Each returns the canonical form.
impl Value {
    /// `TRUE` or `FALSE`.
    pub fn bool(truth: bool) -> Self {
        Value::Bool(truth)
    }

    /// An integer.
    pub fn int(number: impl Into<i64>) -> Self {
        Value::Int(number.into())
    }

    /// A string.
    pub fn str(text: &str) -> Self {
        Value::Str(text.into())
    }

    /// A model value. Its name is printed bare, so only an identifier can be read back.
    pub fn model(name: impl AsRef<str>) -> Self {
        Value::Model(name.as_ref().into())
    }

    /// A finite set. Duplicate elements count once.
    pub fn set(elements: impl IntoIterator<Item = Value>) -> Self {
        Value::Set(Arc::new(elements.into_iter().collect()))
    }

    /// A sequence or tuple.
    pub fn seq(elements: impl IntoIterator<Item = Value>) -> Self {
        Value::Seq(Arc::new(elements.into_iter().collect()))
    }

    /// The function that maps each argument to its value: a `Seq` if the domain is `1..n` or empty.
    /// If an argument occurs twice, the last value is used.
    pub fn function(pairs: impl IntoIterator<Item = (Value, Value)>) -> Self {
        let map: BTreeMap<Value, Value> = pairs.into_iter().collect();
        if is_one_to_n(&map) {
            Value::Seq(Arc::new(map.into_values().collect()))
        } else {
            Value::Fun(Arc::new(map))
        }
    }

    /// The record with these fields, which is a function on strings; without fields, `Seq []`.
    pub fn record<K: Into<Arc<str>>>(fields: impl IntoIterator<Item = (K, Value)>) -> Self {
        let pairs = fields.into_iter();
        Value::function(pairs.map(|(field, value)| (Value::Str(field.into()), value)))
    }
}

/// Integers sort next to each other, so `n` distinct keys from 1 to `n` are exactly `1..n`.
fn is_one_to_n(map: &BTreeMap<Value, Value>) -> bool {
    match (map.first_key_value(), map.last_key_value()) {
        (Some((Value::Int(1), _)), Some((Value::Int(last), _))) => {
            usize::try_from(*last) == Ok(map.len())
        }
        (first, _) => first.is_none(),
    }
}

/// Accessors. Each returns `None` if the value has another kind.
impl Value {
    /// The field `key` of a record.
    pub fn get(&self, key: &str) -> Option<&Value> {
        match self {
            Value::Fun(map) => map.get(&Value::str(key)),
            _ => None,
        }
    }

    /// The function applied to `argument`: `f[argument]`, where a sequence starts at 1.
    pub fn apply(&self, argument: &Value) -> Option<&Value> {
        match (self, argument) {
            (Value::Fun(map), _) => map.get(argument),
            (Value::Seq(items), Value::Int(place)) => {
                let index = usize::try_from(*place).ok()?.checked_sub(1)?;
                items.get(index)
            }
            _ => None,
        }
    }

    /// The pairs (argument, value) of a function, in the order of its arguments; those of a
    /// sequence have the arguments `1..n`. Empty if the value is not a function.
    pub fn entries(&self) -> impl Iterator<Item = (Value, &Value)> {
        let (items, map) = match self {
            Value::Seq(items) => (Some(items), None),
            Value::Fun(map) => (None, Some(map)),
            _ => (None, None),
        };
        let numbered = items.into_iter().flat_map(|items| (1..).zip(items.iter()));
        let mapped = map.into_iter().flat_map(|map| map.iter());
        numbered
            .map(|(place, value)| (Value::Int(place), value))
            .chain(mapped.map(|(argument, value)| (argument.clone(), value)))
    }

    /// The integer.
    pub fn as_int(&self) -> Option<i64> {
        match self {
            Value::Int(number) => Some(*number),
            _ => None,
        }
    }

    /// The text of a string; `None` for a model value, which is not a string.
    pub fn as_str(&self) -> Option<&str> {
        match self {
            Value::Str(text) => Some(text),
            _ => None,
        }
    }

    /// The truth value.
    pub fn as_bool(&self) -> Option<bool> {
        match self {
            Value::Bool(truth) => Some(*truth),
            _ => None,
        }
    }

    /// The elements of a set.
    pub fn as_set(&self) -> Option<&BTreeSet<Value>> {
        match self {
            Value::Set(elements) => Some(elements),
            _ => None,
        }
    }

    /// The elements of a sequence.
    pub fn as_seq(&self) -> Option<&[Value]> {
        match self {
            Value::Seq(elements) => Some(elements),
            _ => None,
        }
    }
}

impl From<bool> for Value {
    fn from(truth: bool) -> Self {
        Value::Bool(truth)
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Value::str(text)
    }
}

impl From<usize> for Value {
    /// # Panics
    ///
    /// If the number exceeds `i64::MAX`, which no length in memory does.
    fn from(number: usize) -> Self {
        Value::Int(i64::try_from(number).expect("a TLA+ value holds integers of 64 bits"))
    }
}

/// Conversions from integer types that always fit.
macro_rules! from_integers {
    ($($integer:ty),*) => {$(
        impl From<$integer> for Value {
            fn from(number: $integer) -> Self {
                Value::Int(number.into())
            }
        }
    )*};
}

from_integers!(i64, i32, u8, u16, u32);
