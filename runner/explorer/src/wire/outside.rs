//! What is told of a behaviour that TLC or another tool has found.

use serde::Serialize;
use tandem_models::value::{Change, StateView};
use utoipa::ToSchema;

use super::Path;
use tandem_check::output::schema;
use tandem_check::report::Verdict;

/// A behaviour that somebody else found, beside the same path in Rust.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Imported {
    /// `tlc` or `itf`.
    pub source: &'static str,
    /// On which other model it was recorded, if it says so, in words.
    pub elsewhere: Option<String>,
    /// What it violates, if it says so.
    pub property: Option<String>,
    /// The same path in the Rust model, as far as it goes.
    pub path: Path,
    /// Its first state.
    #[schema(value_type = BTreeMap<String, schema::TlaValue>)]
    pub start: StateView,
    /// Its steps.
    pub steps: Vec<OtherStep>,
    /// The first step that the Rust model does not take; 0 if it starts elsewhere.
    pub diverges: Option<Apart>,
}

/// A step as the other side has it.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct OtherStep {
    /// From 1.
    pub number: usize,
    /// The name of the action, if it is told.
    pub action: Option<String>,
    /// The state afterwards.
    #[schema(value_type = BTreeMap<String, schema::TlaValue>)]
    pub state: StateView,
    /// What is different afterwards.
    #[schema(value_type = Vec<schema::Change>)]
    pub changes: Vec<Change>,
}

/// Where two sides part.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Apart {
    /// The step.
    pub number: usize,
    /// Why.
    pub reason: String,
    /// Where the Rust model comes to instead.
    #[schema(value_type = Option<BTreeMap<String, schema::TlaValue>>)]
    pub instead: Option<StateView>,
}

/// What a run of TLC has found.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct TlcReport {
    /// Distinct states.
    pub states: usize,
    /// Why it did not see all of them.
    pub incomplete: Option<String>,
    /// Guarantees and witnesses.
    pub properties: Vec<TlcResult>,
}

/// What TLC found of one property.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct TlcResult {
    /// Its name.
    pub name: &'static str,
    /// What was found.
    pub verdict: Verdict,
    /// The behaviour that shows it.
    pub imported: Option<Imported>,
}
