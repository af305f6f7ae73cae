//! Values as JSON in Tandem's reports. The form is close to ITF, Apalache's trace format.
//!
//! | TLA+ | JSON |
//! |---|---|
//! | boolean, integer, string | the same |
//! | model value `p1` | `{"#model": "p1"}` |
//! | set | `{"#set": […]}` |
//! | name | the number |
//! | sequence, tuple | array |
//! | record | object |
//! | other function | `{"#map": [[argument, value], …]}` |
//!
//! A record with a field name that starts with `#` is written as a `#map`, so that no record is
//! mistaken for a tag. The reader also accepts ITF's `{"#bigint": "12"}` and `{"#tup": […]}`, and
//! refuses any other name that starts with `#`. Reading the written JSON returns the same value,
//! except that names become numbers.

use serde::ser::{Serialize, SerializeMap, Serializer};
use serde_json::Value as Json;

use super::text::segment;
use super::{ConversionError, Value};

/// The name by which [`to_value`](super::to_value) recognises a tagged value inside a Rust type, so
/// that it becomes the original value and not a record with a field `#set`.
pub(super) const TAGGED_MARKER: &str = "$tandem::value::Tagged";

impl Serialize for Value {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Value::Bool(truth) => serializer.serialize_bool(*truth),
            Value::Int(number) => serializer.serialize_i64(*number),
            Value::Name(name) => name.serialize(serializer),
            Value::Str(text) => serializer.serialize_str(text),
            Value::Model(name) => tagged(serializer, "#model", &**name),
            Value::Set(elements) => tagged(serializer, "#set", &**elements),
            Value::Seq(elements) => serializer.collect_seq(&**elements),
            Value::Fun(map) if map.keys().all(is_plain_field) => serializer.collect_map(&**map),
            Value::Fun(map) => tagged(serializer, "#map", &map.iter().collect::<Vec<_>>()),
        }
    }
}

fn is_plain_field(key: &Value) -> bool {
    key.as_str().is_some_and(|name| !name.starts_with('#'))
}

/// An object of one entry.
struct Tagged<'a, T: ?Sized>(&'static str, &'a T);

impl<T: Serialize + ?Sized> Serialize for Tagged<'_, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(1))?;
        map.serialize_entry(self.0, self.1)?;
        map.end()
    }
}

fn tagged<S: Serializer, T: Serialize + ?Sized>(
    serializer: S,
    tag: &'static str,
    payload: &T,
) -> Result<S::Ok, S::Error> {
    serializer.serialize_newtype_struct(TAGGED_MARKER, &Tagged(tag, payload))
}

/// Reverses [`tagged`] in the output of the serializer in `ser.rs`.
pub(super) fn untag(written: &Value) -> Value {
    let elements = |payload: &Value| payload.as_seq().unwrap_or_default().to_vec();
    if let Some(name) = written.get("#model").and_then(Value::as_str) {
        Value::model(name)
    } else if let Some(payload) = written.get("#set") {
        Value::set(elements(payload))
    } else if let Some(payload) = written.get("#map") {
        let pair = |pair: Value| {
            Some((
                pair.apply(&1.into())?.clone(),
                pair.apply(&2.into())?.clone(),
            ))
        };
        Value::function(elements(payload).into_iter().filter_map(pair))
    } else {
        written.clone()
    }
}

impl Value {
    /// Reads the JSON form of a value, from Tandem or from an ITF trace.
    pub fn from_json(json: &Json) -> Result<Value, ConversionError> {
        match json {
            Json::Bool(truth) => Ok(Value::Bool(*truth)),
            Json::Number(number) => {
                let integer = number.as_i64().map(Value::Int);
                integer.ok_or_else(|| ConversionError::mismatch("an integer within i64", number))
            }
            Json::String(text) => Ok(Value::str(text)),
            Json::Array(elements) => Ok(Value::seq(read_all(elements)?)),
            Json::Object(object) => match object.iter().find(|(name, _)| name.starts_with('#')) {
                Some((tag, payload)) if object.len() == 1 => {
                    read_tagged(tag, payload).map_err(|error| error.within(&format!("[{tag}]")))
                }
                Some((tag, _)) => Err(ConversionError::new(format!(
                    "`{tag}` stands beside other fields; a field name that starts with `#` belongs in a `#map`"
                ))),
                None => read_record(object),
            },
            Json::Null => Err(ConversionError::mismatch("a value", "null")),
        }
    }
}

fn read_record(object: &serde_json::Map<String, Json>) -> Result<Value, ConversionError> {
    let field = |(name, json): (&String, &Json)| {
        let name = Value::str(name);
        let value = Value::from_json(json).map_err(|error| error.within(&segment(&name)))?;
        Ok((name, value))
    };
    let fields: Result<Vec<_>, _> = object.iter().map(field).collect();
    Ok(Value::function(fields?))
}

fn read_tagged(tag: &str, payload: &Json) -> Result<Value, ConversionError> {
    let elements = || {
        let array = payload.as_array();
        array.ok_or_else(|| ConversionError::mismatch("an array", payload))
    };
    let text = || {
        let text = payload.as_str();
        text.ok_or_else(|| ConversionError::mismatch("a string", payload))
    };
    match tag {
        "#model" => Ok(Value::model(text()?)),
        "#set" => Ok(Value::set(read_all(elements()?)?)),
        "#tup" => Ok(Value::seq(read_all(elements()?)?)),
        "#map" => read_map(elements()?),
        "#bigint" => {
            let integer = text()?.parse().map(Value::Int);
            integer.map_err(|_| ConversionError::mismatch("an integer within i64", payload))
        }
        _ => Err(ConversionError::mismatch(
            "one of the tags #model, #set, #map, #tup, #bigint",
            tag,
        )),
    }
}

fn read_map(pairs: &[Json]) -> Result<Value, ConversionError> {
    let mut map = std::collections::BTreeMap::new();
    for pair in pairs {
        let [argument, value] = pair.as_array().map(Vec::as_slice).unwrap_or_default() else {
            return Err(ConversionError::mismatch("a pair [argument, value]", pair));
        };
        let argument = Value::from_json(argument)?;
        let value = Value::from_json(value).map_err(|error| error.within(&segment(&argument)))?;
        if map.contains_key(&argument) {
            return Err(ConversionError::mismatch("each argument once", argument));
        }
        map.insert(argument, value);
    }
    Ok(Value::function(map))
}

fn read_all(elements: &[Json]) -> Result<Vec<Value>, ConversionError> {
    let read =
        |(place, json)| Value::from_json(json).map_err(|error| error.within(&format!("[{place}]")));
    (1..).zip(elements).map(read).collect()
}
