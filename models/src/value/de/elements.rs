//! The parts of a composite value, read one after the other.

use serde::de::{self, DeserializeSeed, Visitor};

use super::Reader;
use crate::value::text::segment;
use crate::value::{ConversionError, Value};

/// Elements with their paths. Elements of a set have no path.
pub(super) struct Elements<I>(I);

pub(super) fn read_elements<'a, 'de, V: Visitor<'de>>(
    elements: impl Iterator<Item = (&'a Value, Option<usize>)>,
    visitor: V,
) -> Result<V::Value, ConversionError> {
    let mut elements = Elements(elements);
    let read = visitor.visit_seq(&mut elements)?;
    match elements.0.next() {
        None => Ok(read),
        Some((surplus, _)) => Err(ConversionError::mismatch("no further element", surplus)),
    }
}

impl<'a, 'de, I> de::SeqAccess<'de> for &mut Elements<I>
where
    I: Iterator<Item = (&'a Value, Option<usize>)>,
{
    type Error = ConversionError;

    fn next_element_seed<T: DeserializeSeed<'de>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, ConversionError> {
        let Some((element, place)) = self.0.next() else {
            return Ok(None);
        };
        let read = seed.deserialize(Reader(element));
        read.map(Some).map_err(|error| match place {
            Some(place) => error.within(&format!("[{place}]")),
            None => error.within(&format!("[{element}]")),
        })
    }
}

/// The pairs of a function, and the pair whose value is read next.
pub(super) struct Entries<'a, I> {
    pub(super) entries: I,
    pub(super) next: Option<(Value, &'a Value)>,
}

impl<'a, 'de, I: Iterator<Item = (Value, &'a Value)>> de::MapAccess<'de> for Entries<'a, I> {
    type Error = ConversionError;

    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, ConversionError> {
        self.next = self.entries.next();
        match &self.next {
            Some((argument, _)) => seed.deserialize(Reader(argument)).map(Some),
            None => Ok(None),
        }
    }

    fn next_value_seed<T: DeserializeSeed<'de>>(
        &mut self,
        seed: T,
    ) -> Result<T::Value, ConversionError> {
        let next = self.next.take();
        let (argument, value) = next.ok_or_else(|| ConversionError::new("no value is left"))?;
        let read = seed.deserialize(Reader(value));
        read.map_err(|error| error.within(&segment(&argument)))
    }
}

/// An enum variant: its name, and its payload if it has one.
pub(super) struct Variant<'a> {
    pub(super) name: &'a Value,
    pub(super) payload: Option<&'a Value>,
}

impl<'a> Variant<'a> {
    fn read<T>(
        self,
        read: impl FnOnce(Reader<'a>) -> Result<T, ConversionError>,
    ) -> Result<T, ConversionError> {
        match self.payload {
            Some(payload) => {
                read(Reader(payload)).map_err(|error| error.within(&segment(self.name)))
            }
            None => Reader(self.name).mismatch("a variant with a payload"),
        }
    }
}

impl<'de> de::EnumAccess<'de> for Variant<'_> {
    type Error = ConversionError;
    type Variant = Self;

    fn variant_seed<T: DeserializeSeed<'de>>(
        self,
        seed: T,
    ) -> Result<(T::Value, Self), ConversionError> {
        Ok((seed.deserialize(Reader(self.name))?, self))
    }
}

impl<'de> de::VariantAccess<'de> for Variant<'_> {
    type Error = ConversionError;

    fn unit_variant(self) -> Result<(), ConversionError> {
        match self.payload {
            None => Ok(()),
            Some(payload) => {
                Reader(payload).mismatch(format_args!("no payload for the variant {:?}", self.name))
            }
        }
    }

    fn newtype_variant_seed<T: DeserializeSeed<'de>>(
        self,
        seed: T,
    ) -> Result<T::Value, ConversionError> {
        self.read(|payload| seed.deserialize(payload))
    }

    fn tuple_variant<V: Visitor<'de>>(
        self,
        length: usize,
        visitor: V,
    ) -> Result<V::Value, ConversionError> {
        self.read(|payload| de::Deserializer::deserialize_tuple(payload, length, visitor))
    }

    fn struct_variant<V: Visitor<'de>>(
        self,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, ConversionError> {
        self.read(|payload| de::Deserializer::deserialize_struct(payload, "", fields, visitor))
    }
}
