//! What JSON looks like that is written by types which do not describe themselves: only its schema
//! is made from these. That answers match it is tested (`tests/explorer.rs`).
#![expect(missing_docs, reason = "the fields say in the schema what they are")]

use std::collections::BTreeMap;

use utoipa::openapi::RefOr;
use utoipa::openapi::schema::{ObjectBuilder, OneOfBuilder, Schema, Type};
use utoipa::{PartialSchema, ToSchema};

/// A TLA+ value, as `docs/json.md` describes it: `{"#set": […]}`, `{"#map": [[key, value], …]}`,
/// `{"#model": "x"}`; arrays are sequences, other objects records.
#[derive(ToSchema)]
#[schema(as = Value, no_recursion)]
#[serde(untagged)]
pub enum TlaValue {
    Boolean(bool),
    Integer(i64),
    String(String),
    Sequence(Vec<TlaValue>),
    Record(BTreeMap<String, TlaValue>),
}

/// What the catalogue expects of a property.
#[derive(ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum Expected {
    /// It holds.
    Holds,
    /// It is violated.
    Violated,
}

/// How a path goes on.
pub struct End;

impl PartialSchema for End {
    fn schema() -> RefOr<Schema> {
        let of = |kind: Type| ObjectBuilder::new().schema_type(kind);
        let end = OneOfBuilder::new()
            .item(of(Type::Null))
            .item(of(Type::String).enum_values(Some(["stutters"])))
            .item(of(Type::Integer).minimum(Some(0)))
            .description(Some(
                "How a path goes on: `null` in some way or other; `\"stutters\"` if nothing happens \
                 for ever; `n` if after the last step it is back at the state that `n` steps lead \
                 to, and repeats for ever.",
            ));
        end.into()
    }
}

impl ToSchema for End {}

/// A part of a state that a step changes, by the path to it, as in `hist[1]`.
#[derive(ToSchema)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub enum Change {
    /// It is there only after the step.
    Added { path: String, value: TlaValue },
    /// It was there only before the step.
    Removed { path: String, value: TlaValue },
    /// It is there before and after, with another value.
    Changed {
        path: String,
        before: TlaValue,
        after: TlaValue,
    },
}
