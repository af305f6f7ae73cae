//! Converts Rust values to TLA+: a serde serializer whose output is a [`Value`].
//!
//! | Rust | TLA+ |
//! |---|---|
//! | `bool`, integers | the same; beyond `i64` is an error |
//! | `str`, `char` | a string |
//! | `Vec`, slice, array, tuple, tuple struct | a sequence |
//! | struct | a record |
//! | map | a function, whatever the type of its keys |
//! | [`Set`](super::Set) | a set |
//! | [`Name`] | an integer, of a kind of its own |
//! | unit struct, enum variant without payload | its name as a string |
//! | enum variant with payload | a record of one field, `[Variant \|-> payload]` |
//! | newtype struct, `Some(x)` | what is inside |
//! | `None` | the string `"none"` |
//! | `()` | `<<>>` |
//! | floats, bytes | an error |
//!
//! `Some(x)` is ambiguous if `x` itself is `"none"`: `Some("none".to_string())`, `Some(None)` and
//! `None` are one value, which is read back as `None`. If two different map keys or set elements
//! become one value in this way, it is an error, because an entry would be lost.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Display;

use serde::ser::{self, Serialize};

use super::json::{TAGGED_MARKER, untag};
use super::name::NAME_MARKER;
use super::set::SET_MARKER;
use super::text::segment;
use super::{ConversionError, Name, Value};

/// The string that represents `None`.
pub(super) const NONE: &str = "none";

/// The TLA+ value of a Rust value.
///
/// Structs become records, maps become functions, unit variants become strings, and variants with a
/// payload become records of one field. `None` is the string `"none"` and `Some(x)` is `x`, so an
/// `Option<String>` that contains `"none"` cannot be distinguished from `None`. Fails for floats,
/// bytes, integers beyond `i64`, and for maps or [`Set`](super::Set)s in which two keys or elements
/// become the same value.
///
/// ```
/// use serde::Serialize;
/// use tandem_models::value::to_value;
///
/// #[derive(Serialize)]
/// enum Step {
///     Idle,
///     Load { order: u8 },
/// }
///
/// let slots = to_value(&vec![Step::Idle, Step::Load { order: 7 }]).unwrap();
/// assert_eq!(slots.to_string(), r#"<<"Idle", [Load |-> [order |-> 7]]>>"#);
/// ```
pub fn to_value<T: Serialize + ?Sized>(source: &T) -> Result<Value, ConversionError> {
    source.serialize(Writer)
}

type Written = Result<Value, ConversionError>;

struct Writer;

fn integer<T: Copy + Display + TryInto<i64>>(number: T) -> Written {
    let fitting = number.try_into().map(Value::Int);
    fitting.map_err(|_| ConversionError::mismatch("an integer within i64", number))
}

fn no_counterpart(kind: &str) -> Written {
    let reason = format!("{kind} has no TLA+ counterpart");
    Err(ConversionError::new(reason))
}

/// The record `[variant |-> payload]`.
fn tagged(variant: &str, payload: Written) -> Written {
    let payload = payload.map_err(|error| error.within(&format!(".{variant}")))?;
    Ok(Value::record([(variant, payload)]))
}

fn set_of(elements: &Value) -> Written {
    let mut set = BTreeSet::new();
    for element in elements.as_seq().unwrap_or_default() {
        if !set.insert(element.clone()) {
            let reason = format!("two elements of the set become {element}");
            return Err(ConversionError::new(reason));
        }
    }
    Ok(Value::set(set))
}

fn name_of(number: &Value) -> Written {
    let name = number.as_int().and_then(|number| number.try_into().ok());
    let name = name.map(|name| Value::Name(Name(name)));
    name.ok_or_else(|| ConversionError::mismatch("a name", number))
}

/// Methods of one argument: the number becomes an integer.
macro_rules! integers {
    ($($method:ident: $integer:ty),*) => {$(
        fn $method(self, number: $integer) -> Written {
            integer(number)
        }
    )*};
}

impl ser::Serializer for Writer {
    type Ok = Value;
    type Error = ConversionError;
    type SerializeSeq = Elements;
    type SerializeTuple = Elements;
    type SerializeTupleStruct = Elements;
    type SerializeTupleVariant = Variant<Elements>;
    type SerializeMap = Entries;
    type SerializeStruct = Entries;
    type SerializeStructVariant = Variant<Entries>;

    integers!(
        serialize_i8: i8, serialize_i16: i16, serialize_i32: i32, serialize_i64: i64,
        serialize_i128: i128, serialize_u8: u8, serialize_u16: u16, serialize_u32: u32,
        serialize_u64: u64, serialize_u128: u128
    );

    fn serialize_bool(self, truth: bool) -> Written {
        Ok(Value::Bool(truth))
    }

    fn serialize_f32(self, _: f32) -> Written {
        no_counterpart("f32")
    }

    fn serialize_f64(self, _: f64) -> Written {
        no_counterpart("f64")
    }

    fn serialize_bytes(self, _: &[u8]) -> Written {
        no_counterpart("bytes")
    }

    fn serialize_char(self, c: char) -> Written {
        Ok(Value::str(c.encode_utf8(&mut [0; 4])))
    }

    fn serialize_str(self, text: &str) -> Written {
        Ok(Value::str(text))
    }

    fn serialize_none(self) -> Written {
        Ok(Value::str(NONE))
    }

    fn serialize_some<T: Serialize + ?Sized>(self, inner: &T) -> Written {
        to_value(inner)
    }

    fn serialize_unit(self) -> Written {
        Ok(Value::seq([]))
    }

    fn serialize_unit_struct(self, name: &'static str) -> Written {
        Ok(Value::str(name))
    }

    fn serialize_unit_variant(self, _: &'static str, _: u32, variant: &'static str) -> Written {
        Ok(Value::str(variant))
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        name: &'static str,
        inner: &T,
    ) -> Written {
        let inner = to_value(inner)?;
        match name {
            SET_MARKER => set_of(&inner),
            TAGGED_MARKER => Ok(untag(&inner)),
            NAME_MARKER => name_of(&inner),
            _ => Ok(inner),
        }
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        payload: &T,
    ) -> Written {
        tagged(variant, to_value(payload))
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<Elements, ConversionError> {
        Ok(Elements::default())
    }

    fn serialize_tuple(self, _: usize) -> Result<Elements, ConversionError> {
        Ok(Elements::default())
    }

    fn serialize_tuple_struct(
        self,
        _: &'static str,
        _: usize,
    ) -> Result<Elements, ConversionError> {
        Ok(Elements::default())
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<Variant<Elements>, ConversionError> {
        let payload = Elements::default();
        Ok(Variant { variant, payload })
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Entries, ConversionError> {
        Ok(Entries::default())
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Entries, ConversionError> {
        Ok(Entries::default())
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<Variant<Entries>, ConversionError> {
        let payload = Entries::default();
        Ok(Variant { variant, payload })
    }
}

/// The elements of a sequence so far.
#[derive(Default)]
struct Elements(Vec<Value>);

impl Elements {
    fn push<T: Serialize + ?Sized>(&mut self, element: &T) -> Result<(), ConversionError> {
        let place = self.0.len() + 1;
        let element = to_value(element).map_err(|error| error.within(&format!("[{place}]")))?;
        self.0.push(element);
        Ok(())
    }

    fn finish(self) -> Written {
        Ok(Value::seq(self.0))
    }
}

/// The pairs of a function so far, and the argument whose value is added next.
#[derive(Default)]
struct Entries {
    map: BTreeMap<Value, Value>,
    argument: Option<Value>,
}

impl Entries {
    fn insert<T: Serialize + ?Sized>(
        &mut self,
        argument: Value,
        value: &T,
    ) -> Result<(), ConversionError> {
        let value = to_value(value).map_err(|error| error.within(&segment(&argument)))?;
        if self.map.contains_key(&argument) {
            let reason = format!("two keys of the map become {argument}");
            return Err(ConversionError::new(reason));
        }
        self.map.insert(argument, value);
        Ok(())
    }

    fn finish(self) -> Written {
        Ok(Value::function(self.map))
    }
}

/// The payload of an enum variant so far.
struct Variant<P> {
    variant: &'static str,
    payload: P,
}

/// Three of serde's seven traits have the same implementation: add an element, finish.
macro_rules! push_elements {
    ($($interface:ident::$method:ident),*) => {$(
        impl ser::$interface for Elements {
            type Ok = Value;
            type Error = ConversionError;

            fn $method<T: Serialize + ?Sized>(&mut self, element: &T) -> Result<(), ConversionError> {
                self.push(element)
            }

            fn end(self) -> Written {
                self.finish()
            }
        }
    )*};
}

push_elements!(
    SerializeSeq::serialize_element,
    SerializeTuple::serialize_element,
    SerializeTupleStruct::serialize_field
);

impl ser::SerializeTupleVariant for Variant<Elements> {
    type Ok = Value;
    type Error = ConversionError;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, item: &T) -> Result<(), ConversionError> {
        let pushed = self.payload.push(item);
        pushed.map_err(|error| error.within(&format!(".{}", self.variant)))
    }

    fn end(self) -> Written {
        tagged(self.variant, self.payload.finish())
    }
}

impl ser::SerializeMap for Entries {
    type Ok = Value;
    type Error = ConversionError;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), ConversionError> {
        self.argument = Some(to_value(key)?);
        Ok(())
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), ConversionError> {
        let argument = self.argument.take();
        let argument = argument.ok_or_else(|| ConversionError::new("a map value without a key"))?;
        self.insert(argument, value)
    }

    fn end(self) -> Written {
        self.finish()
    }
}

impl ser::SerializeStruct for Entries {
    type Ok = Value;
    type Error = ConversionError;

    fn serialize_field<T: Serialize + ?Sized>(
        &mut self,
        field: &'static str,
        value: &T,
    ) -> Result<(), ConversionError> {
        self.insert(Value::str(field), value)
    }

    fn end(self) -> Written {
        self.finish()
    }
}

impl ser::SerializeStructVariant for Variant<Entries> {
    type Ok = Value;
    type Error = ConversionError;

    fn serialize_field<T: Serialize + ?Sized>(
        &mut self,
        field: &'static str,
        value: &T,
    ) -> Result<(), ConversionError> {
        let inserted = self.payload.insert(Value::str(field), value);
        inserted.map_err(|error| error.within(&format!(".{}", self.variant)))
    }

    fn end(self) -> Written {
        tagged(self.variant, self.payload.finish())
    }
}
