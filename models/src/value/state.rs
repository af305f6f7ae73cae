//! A state in the form in which checkers see it: the value of every variable.

use std::collections::BTreeMap;
use std::fmt::{self, Debug, Display, Formatter};
use std::ops::Deref;
use std::str::FromStr;
use std::sync::Arc;

use serde::ser::{Serialize, Serializer};

use super::{ParseError, Value, parse_state};

/// The variables of one state with their values, in the order of their names.
///
/// Displayed as TLA+: one line `/\ variable = value` for each variable. In JSON it is an object.
#[derive(Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct StateView(BTreeMap<Arc<str>, Value>);

impl StateView {
    /// The state whose variables are the fields of `record`, which [`to_value`](super::to_value)
    /// can make from a Rust struct; `None` if it is not a record.
    pub fn from_record(record: &Value) -> Option<StateView> {
        match record {
            Value::Seq(items) if !items.is_empty() => return None,
            Value::Seq(_) | Value::Fun(_) => {}
            _ => return None,
        }
        let variable = |(name, value): (Value, &Value)| match name {
            Value::Str(name) => Some((name, value.clone())),
            _ => None,
        };
        record.entries().map(variable).collect()
    }
}

impl Deref for StateView {
    type Target = BTreeMap<Arc<str>, Value>;

    fn deref(&self) -> &Self::Target {
        &self.0
    }
}

impl From<BTreeMap<Arc<str>, Value>> for StateView {
    fn from(variables: BTreeMap<Arc<str>, Value>) -> Self {
        StateView(variables)
    }
}

impl<K: Into<Arc<str>>> FromIterator<(K, Value)> for StateView {
    fn from_iter<I: IntoIterator<Item = (K, Value)>>(variables: I) -> Self {
        let variables = variables.into_iter();
        StateView(
            variables
                .map(|(name, value)| (name.into(), value))
                .collect(),
        )
    }
}

impl FromStr for StateView {
    type Err = ParseError;

    fn from_str(text: &str) -> Result<Self, ParseError> {
        parse_state(text)
    }
}

impl Display for StateView {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        for (index, (name, value)) in self.0.iter().enumerate() {
            let line_break = if index > 0 { "\n" } else { "" };
            write!(f, "{line_break}/\\ {name} = {value}")?;
        }
        Ok(())
    }
}

/// The same as `Display`, so that failed assertions are printed as TLA+.
impl Debug for StateView {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        Display::fmt(self, f)
    }
}

impl Serialize for StateView {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(name, value)| (&**name, value)))
    }
}
