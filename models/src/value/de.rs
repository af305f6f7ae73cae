//! Converts TLA+ values to Rust: a serde deserializer that reads a [`Value`], the counterpart of
//! `ser.rs`.
//!
//! It accepts two more things than `ser.rs` writes. A model value is accepted as a string or as the
//! name of an enum variant, because specs use both. And `<<>>` is accepted as an empty record,
//! function or sequence, because these are one value.
//!
//! Types for which serde does not announce the expected type (untagged and internally tagged enums,
//! `flatten`) receive a function on `1..n` as a sequence, so a map with such keys must not be part
//! of them.

use serde::de::{self, DeserializeOwned, Visitor};
use serde::forward_to_deserialize_any;

use super::ser::NONE;
use super::set::SET_MARKER;
use super::{ConversionError, Name, Value};
use elements::{Entries, Variant, read_elements};

/// The Rust value that [`to_value`](super::to_value) would turn into `value`.
///
/// An error says what was expected, what was found, and at which path.
///
/// ```
/// use serde::Deserialize;
/// use tandem_models::value::{Value, from_value};
///
/// #[derive(Deserialize)]
/// struct Slot {
///     at: String,
///     tries: u8,
/// }
///
/// let slot: Slot = from_value(&Value::parse(r#"[at |-> "Idle", tries |-> 2]"#).unwrap()).unwrap();
/// assert_eq!((slot.at.as_str(), slot.tries), ("Idle", 2));
///
/// let negative = Value::parse(r#"[at |-> "Idle", tries |-> -1]"#).unwrap();
/// let error = from_value::<Slot>(&negative).err().unwrap();
/// assert_eq!(error.to_string(), "at `tries`: expected u8, found integer `-1`");
/// ```
pub fn from_value<T: DeserializeOwned>(value: &Value) -> Result<T, ConversionError> {
    T::deserialize(Reader(value))
}

#[derive(Clone, Copy)]
struct Reader<'a>(&'a Value);

impl<'a> Reader<'a> {
    fn mismatch<T>(self, expected: impl std::fmt::Display) -> Result<T, ConversionError> {
        Err(ConversionError::mismatch(expected, self.0))
    }

    /// A string or the name of a model value.
    fn text(self, expected: &str) -> Result<&'a str, ConversionError> {
        match self.0 {
            Value::Str(text) | Value::Model(text) => Ok(text),
            _ => self.mismatch(expected),
        }
    }

    fn elements<'de, V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ConversionError> {
        match self.0 {
            Value::Seq(items) => {
                let places = (1..).map(|place: usize| Some(place));
                read_elements(items.iter().zip(places), visitor)
            }
            _ => self.mismatch("a sequence"),
        }
    }

    fn entries<'de, V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ConversionError> {
        visitor.visit_map(Entries {
            entries: self.0.entries(),
            next: None,
        })
    }
}

/// Methods that read an integer of any width; the visitor checks the range.
macro_rules! integers {
    ($($method:ident)*) => {$(
        fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ConversionError> {
            match self.0 {
                Value::Int(number) => visitor.visit_i64(*number),
                Value::Name(Name(name)) => visitor.visit_u8(*name),
                _ => self.mismatch("an integer"),
            }
        }
    )*};
}

/// Methods that read a text.
macro_rules! texts {
    ($($method:ident: $expected:literal),*) => {$(
        fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ConversionError> {
            visitor.visit_str(self.text($expected)?)
        }
    )*};
}

/// Methods for types without a counterpart in TLA+.
macro_rules! no_counterpart {
    ($($method:ident: $kind:literal),*) => {$(
        fn $method<V: Visitor<'de>>(self, _: V) -> Result<V::Value, ConversionError> {
            Err(ConversionError::new(concat!($kind, " has no TLA+ counterpart")))
        }
    )*};
}

impl<'de> de::Deserializer<'de> for Reader<'_> {
    type Error = ConversionError;

    integers!(
        deserialize_i8 deserialize_i16 deserialize_i32 deserialize_i64 deserialize_i128
        deserialize_u8 deserialize_u16 deserialize_u32 deserialize_u64 deserialize_u128
    );

    texts!(
        deserialize_char: "a character",
        deserialize_str: "a string",
        deserialize_string: "a string",
        deserialize_identifier: "a name"
    );

    no_counterpart!(
        deserialize_f32: "f32",
        deserialize_f64: "f64",
        deserialize_bytes: "bytes",
        deserialize_byte_buf: "bytes"
    );

    /// For types that decide by the value that they receive, such as untagged enums and ignored
    /// fields.
    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ConversionError> {
        match self.0 {
            Value::Bool(truth) => visitor.visit_bool(*truth),
            Value::Int(number) => visitor.visit_i64(*number),
            Value::Name(Name(name)) => visitor.visit_u8(*name),
            Value::Str(text) | Value::Model(text) => visitor.visit_str(text),
            Value::Set(elements) => read_elements(elements.iter().map(|e| (e, None)), visitor),
            Value::Seq(_) => self.elements(visitor),
            Value::Fun(_) => self.entries(visitor),
        }
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(
        self,
        visitor: V,
    ) -> Result<V::Value, ConversionError> {
        visitor.visit_unit()
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ConversionError> {
        match self.0 {
            Value::Bool(truth) => visitor.visit_bool(*truth),
            _ => self.mismatch("a boolean"),
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ConversionError> {
        match self.0.as_str() {
            Some(NONE) => visitor.visit_none(),
            _ => visitor.visit_some(self),
        }
    }

    fn deserialize_unit<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ConversionError> {
        match self.0.as_seq() {
            Some([]) => visitor.visit_unit(),
            _ => self.mismatch("<<>>"),
        }
    }

    fn deserialize_unit_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        visitor: V,
    ) -> Result<V::Value, ConversionError> {
        match self.0 {
            Value::Str(text) | Value::Model(text) if **text == *name => visitor.visit_unit(),
            _ => self.mismatch(format_args!("{:?}", Value::str(name))),
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        visitor: V,
    ) -> Result<V::Value, ConversionError> {
        match self.0 {
            _ if name != SET_MARKER => visitor.visit_newtype_struct(self),
            Value::Set(_) => visitor.visit_newtype_struct(SetReader(self)),
            _ => self.mismatch("a set"),
        }
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ConversionError> {
        self.elements(visitor)
    }

    fn deserialize_tuple<V: Visitor<'de>>(
        self,
        length: usize,
        visitor: V,
    ) -> Result<V::Value, ConversionError> {
        match self.0.as_seq() {
            Some(items) if items.len() == length => self.elements(visitor),
            _ => self.mismatch(format_args!("a tuple of length {length}")),
        }
    }

    fn deserialize_tuple_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        length: usize,
        visitor: V,
    ) -> Result<V::Value, ConversionError> {
        self.deserialize_tuple(length, visitor)
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ConversionError> {
        match self.0 {
            Value::Seq(_) | Value::Fun(_) => self.entries(visitor),
            _ => self.mismatch("a function"),
        }
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, ConversionError> {
        match self.0 {
            Value::Seq(items) if items.is_empty() => self.entries(visitor),
            Value::Fun(_) => self.entries(visitor),
            _ => self.mismatch(format_args!("a record {name}")),
        }
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        name: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, ConversionError> {
        if let Value::Fun(map) = self.0
            && let (1, Some((variant @ Value::Str(_), payload))) = (map.len(), map.iter().next())
        {
            return visitor.visit_enum(Variant {
                name: variant,
                payload: Some(payload),
            });
        }
        self.text(&format!("a variant of {name}"))?;
        visitor.visit_enum(Variant {
            name: self.0,
            payload: None,
        })
    }
}

/// A reader for a set; serde sees its elements as a sequence.
struct SetReader<'a>(Reader<'a>);

impl<'de> de::Deserializer<'de> for SetReader<'_> {
    type Error = ConversionError;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ConversionError> {
        self.0.deserialize_any(visitor)
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option
        unit unit_struct newtype_struct seq tuple tuple_struct map struct enum identifier
        ignored_any
    }
}

mod elements;
