//! JSON schemas for types that serialize themselves by hand. Only the schema is made from these
//! types. A test checks that the answers match it (`tests/explorer.rs`).
#![expect(missing_docs, reason = "the fields say in the schema what they are")]

use std::collections::BTreeMap;

use utoipa::openapi::RefOr;
use utoipa::openapi::schema::{ObjectBuilder, OneOfBuilder, Schema, Type};
use utoipa::{PartialSchema, ToSchema};

/// A TLA+ value, as `docs/json.md` describes it: `{"#set": […]}`, `{"#map": [[key, value], …]}`,
/// `{"#model": "x"}`. Arrays are sequences; other objects are records.
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

/// The result that the catalogue expects for a property.
#[derive(ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum Expected {
    /// It holds.
    Holds,
    /// It is violated.
    Violated,
}

/// How a path continues after its last step.
pub struct End;

impl PartialSchema for End {
    fn schema() -> RefOr<Schema> {
        let of = |kind: Type| ObjectBuilder::new().schema_type(kind);
        let end = OneOfBuilder::new()
            .item(of(Type::Null))
            .item(of(Type::String).enum_values(Some(["stutters"])))
            .item(of(Type::Integer).minimum(Some(0)))
            .description(Some(
                "How a path continues after its last step: `null` if this is not specified; `\"stutters\"` \
                 if it stays in the last state forever; `n` if the last step returns to the state after `n` steps, from which the path repeats forever.",
            ));
        end.into()
    }
}

impl ToSchema for End {}

/// A part of a state that a step changes, with its position in the state, as in `hist[1]`.
#[derive(ToSchema)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub enum Change {
    /// It exists only after the step.
    Added { path: String, value: TlaValue },
    /// It existed only before the step.
    Removed { path: String, value: TlaValue },
    /// It exists before and after, with another value.
    Changed {
        path: String,
        before: TlaValue,
        after: TlaValue,
    },
}
