//! Recognises the kind of a JSON file.

use std::fmt;

use serde::de::{self, Deserialize, DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::Value as Json;

use super::{Behaviour, ReadError, itf, tandem};

/// The behaviours in a JSON file.
pub(super) fn read(text: &str) -> Result<Vec<Behaviour>, ReadError> {
    let json = parse(text)?;
    if json.get("states").is_some() {
        return itf::read(&json).map(|behaviour| vec![behaviour]);
    }
    if json.get("results").is_some() {
        return tandem::read(&json);
    }
    if is_dump_of_tlc(&json) {
        return Err(ReadError::new(
            "this is TLC's own JSON (-dumpTrace json), which writes sets and sequences alike, so its \
             states cannot be told apart: give what TLC printed, or a trace in ITF",
        ));
    }
    Err(ReadError::new(
        "this JSON is neither an ITF file, which has an array `states`, nor the output of `tandem \
         check --format json`, which has an array `results`",
    ))
}

/// Recognises `{"state": [[1, {…}], …], "action": […]}`, in some versions nested in
/// `counterexample`.
fn is_dump_of_tlc(json: &Json) -> bool {
    let json = json.get("counterexample").unwrap_or(json);
    let states = json.get("state").and_then(Json::as_array);
    states.is_some() && json.get("action").is_some()
}

/// Parses JSON, and refuses an object with a duplicate key, because one of the two values would be
/// lost.
fn parse(text: &str) -> Result<Json, ReadError> {
    let mut deserializer = serde_json::Deserializer::from_str(text);
    Strict
        .deserialize(&mut deserializer)
        .and_then(|json| deserializer.end().map(|()| json))
        .map_err(|error| ReadError::new(format!("this is not valid JSON: {error}")))
}

struct Strict;

impl<'de> DeserializeSeed<'de> for Strict {
    type Value = Json;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Json, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Strict {
    type Value = Json;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_unit<E: de::Error>(self) -> Result<Json, E> {
        Ok(Json::Null)
    }

    fn visit_bool<E: de::Error>(self, value: bool) -> Result<Json, E> {
        Ok(Json::Bool(value))
    }

    fn visit_i64<E: de::Error>(self, value: i64) -> Result<Json, E> {
        Ok(value.into())
    }

    fn visit_u64<E: de::Error>(self, value: u64) -> Result<Json, E> {
        Ok(value.into())
    }

    fn visit_f64<E: de::Error>(self, value: f64) -> Result<Json, E> {
        Ok(value.into())
    }

    fn visit_str<E: de::Error>(self, value: &str) -> Result<Json, E> {
        Ok(value.into())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut elements: A) -> Result<Json, A::Error> {
        let mut array = Vec::new();
        while let Some(element) = elements.next_element_seed(Strict)? {
            array.push(element);
        }
        Ok(Json::Array(array))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Json, A::Error> {
        let mut object = serde_json::Map::new();
        while let Some(Key(key)) = entries.next_key()? {
            if object.contains_key(&key) {
                let what = format!("the key {key:?} is there twice");
                return Err(de::Error::custom(what));
            }
            object.insert(key, entries.next_value_seed(Strict)?);
        }
        Ok(Json::Object(object))
    }
}

struct Key(String);

impl<'de> Deserialize<'de> for Key {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(Key)
    }
}
