//! The name of one of several interchangeable things.

use std::fmt::{self, Display, Formatter};

use serde::de::{Deserialize, Deserializer, Visitor};
use serde::ser::{Serialize, Serializer};

use super::Value;

/// The name by which the serializer and deserializer of this module recognise a [`Name`], as they
/// do for a [`Set`](super::Set).
pub(super) const NAME_MARKER: &str = "$tandem::value::Name";

/// The name of one of several interchangeable things: 1, 2, 3, …
///
/// [`to_value`](super::to_value) writes it as a separate kind of value, [`Value::Name`], so that a
/// renaming finds all names and does not change versions, counts and positions. Everywhere else,
/// including TLA+ and JSON, it is a number, and a number is also accepted as a name.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Name(pub u8);

impl Display for Name {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        Display::fmt(&self.0, f)
    }
}

impl From<Name> for Value {
    fn from(name: Name) -> Self {
        Value::Name(name)
    }
}

impl Serialize for Name {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_newtype_struct(NAME_MARKER, &self.0)
    }
}

impl<'de> Deserialize<'de> for Name {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_newtype_struct(NAME_MARKER, NameVisitor)
    }
}

struct NameVisitor;

impl<'de> Visitor<'de> for NameVisitor {
    type Value = Name;

    fn expecting(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str("a name")
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, inner: D) -> Result<Name, D::Error> {
        u8::deserialize(inner).map(Name)
    }
}

/// A permutation of the names from 1 on. Names beyond its length do not change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Renaming(Vec<Name>);

impl Renaming {
    /// All permutations of the names from 1 to `names`, the identity first.
    pub fn all(names: u8) -> Vec<Renaming> {
        let mut all = vec![Renaming(Vec::new())];
        for name in (1..=names).map(Name) {
            // The new name is inserted at each position, the last one first.
            let longer = |Renaming(shorter): &Renaming| {
                let shorter = shorter.clone();
                let places = (0..=shorter.len()).rev();
                places
                    .map(|place| {
                        let mut longer = shorter.clone();
                        longer.insert(place, name);
                        Renaming(longer)
                    })
                    .collect::<Vec<_>>()
            };
            all = all.iter().flat_map(longer).collect();
        }
        all
    }

    /// The new name of a name.
    pub fn of(&self, name: Name) -> Name {
        let place = usize::from(name.0).checked_sub(1);
        let other = place.and_then(|place| self.0.get(place));
        other.copied().unwrap_or(name)
    }
}

impl Value {
    /// The value in which every name is replaced by its new name.
    #[must_use]
    pub fn renamed(&self, renaming: &Renaming) -> Value {
        self.mapped(&|name| Value::Name(renaming.of(name)))
    }

    /// The value as it appears outside, for example in TLA+: names are replaced by their numbers.
    #[must_use]
    pub fn numbered(&self) -> Value {
        if self.has_names() {
            self.mapped(&|name| Value::from(name.0))
        } else {
            self.clone()
        }
    }

    fn has_names(&self) -> bool {
        match self {
            Value::Name(_) => true,
            Value::Bool(_) | Value::Int(_) | Value::Str(_) | Value::Model(_) => false,
            Value::Set(elements) => elements.iter().any(Value::has_names),
            Value::Seq(items) => items.iter().any(Value::has_names),
            Value::Fun(map) => map
                .iter()
                .any(|(key, value)| key.has_names() || value.has_names()),
        }
    }

    fn mapped(&self, other: &dyn Fn(Name) -> Value) -> Value {
        match self {
            Value::Name(name) => other(*name),
            Value::Bool(_) | Value::Int(_) | Value::Str(_) | Value::Model(_) => self.clone(),
            Value::Set(elements) => {
                Value::set(elements.iter().map(|element| element.mapped(other)))
            }
            Value::Seq(items) => Value::seq(items.iter().map(|item| item.mapped(other))),
            Value::Fun(map) => {
                let pairs = map.iter();
                Value::function(pairs.map(|(key, value)| (key.mapped(other), value.mapped(other))))
            }
        }
    }
}
