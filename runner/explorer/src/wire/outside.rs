//! The types of a behaviour that TLC or another tool has found.

use std::collections::BTreeMap;

use serde::Serialize;
use tandem_models::value::{Change, StateView};

use super::Path;
#[cfg(feature = "openapi")]
use tandem_check::output::schema;
use tandem_check::report::Verdict;

/// A behaviour from another tool, beside the same path in the Rust model.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Imported {
    /// `tlc`, `tla-rs`, `itf` or `tandem`.
    pub source: &'static str,
    /// The description in the file.
    pub heading: String,
    /// All behaviours of the file, to choose from; empty for a run of TLC from the page.
    pub behaviours: Vec<Head>,
    /// The index of the chosen behaviour, from 0.
    pub chosen: usize,
    /// Notes about how the file was read, and what is missing in it.
    pub notes: Vec<String>,
    /// The model that it was recorded with, if that is another model that can be opened.
    pub offer: Option<Elsewhere>,
    /// A description of the other model that it was recorded with, if the file says so.
    pub elsewhere: Option<String>,
    /// The property that it violates, if the file says so.
    pub property: Option<String>,
    /// The same path in the Rust model, up to the step where they differ.
    pub path: Path,
    /// Its first state.
    #[cfg_attr(feature = "openapi", schema(value_type = BTreeMap<String, schema::TlaValue>))]
    pub start: StateView,
    /// Its steps.
    pub steps: Vec<OtherStep>,
    /// The first step that the Rust model cannot take; 0 if its initial state differs.
    pub diverges: Option<Apart>,
}

/// One of the behaviours of a file.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Head {
    /// The description in the file.
    pub heading: String,
    /// How many steps it has.
    pub steps: usize,
}

/// Another model that can be opened.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Elsewhere {
    /// Its protocol.
    pub protocol: String,
    /// Its variant.
    pub variant: String,
    /// Its bounds and faults.
    pub parameters: BTreeMap<String, u8>,
    /// A description of the bounds and faults.
    pub bounds: String,
}

/// A step of the behaviour.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OtherStep {
    /// Its number, from 1.
    pub number: usize,
    /// The name of the action, if the file has it.
    pub action: Option<String>,
    /// The state after the step.
    #[cfg_attr(feature = "openapi", schema(value_type = BTreeMap<String, schema::TlaValue>))]
    pub state: StateView,
    /// The differences between the states before and after the step.
    #[cfg_attr(feature = "openapi", schema(value_type = Vec<schema::Change>))]
    pub changes: Vec<Change>,
    /// The corresponding step of the Rust path, from 1; `null` after the two have diverged.
    pub rust: Option<usize>,
    /// Whether it is a stuttering step, in which the Rust model stays in the same state.
    pub stutters: bool,
}

/// Where the behaviour and the Rust model diverge.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Apart {
    /// The number of the step.
    pub number: usize,
    /// Whether the behaviour has other variables, which means that it belongs to another spec.
    pub other_spec: bool,
    /// Why.
    pub reason: String,
    /// The state that the Rust model reaches instead.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<BTreeMap<String, schema::TlaValue>>))]
    pub instead: Option<StateView>,
}

/// The result of a run of TLC, or of the engine that evaluates TLA+ in the server's process.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TlcReport {
    /// The engine: `tlc` or `tla-rs`.
    pub engine: &'static str,
    /// Why TLC was not used, as a sentence; `null` if it was.
    pub without_tlc: Option<String>,
    /// Distinct states.
    pub states: usize,
    /// Why the run did not see all states; `null` if it did.
    pub incomplete: Option<String>,
    /// Guarantees and witnesses.
    pub properties: Vec<TlcResult>,
}

/// The result for one property.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TlcResult {
    /// Its name.
    pub name: &'static str,
    /// The verdict.
    pub verdict: Verdict,
    /// The behaviour that violates or witnesses it.
    pub imported: Option<Imported>,
}
