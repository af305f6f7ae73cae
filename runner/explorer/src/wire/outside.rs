//! What is told of a behaviour that TLC or another tool has found.

use std::collections::BTreeMap;

use serde::Serialize;
use tandem_models::value::{Change, StateView};

use super::Path;
#[cfg(feature = "openapi")]
use tandem_check::output::schema;
use tandem_check::report::Verdict;

/// A behaviour that somebody else found, beside the same path in Rust.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Imported {
    /// `tlc`, `tla-rs`, `itf` or `tandem`.
    pub source: &'static str,
    /// What the file says of it.
    pub heading: String,
    /// All behaviours of the file, to choose among; none for a run of TLC from the page.
    pub behaviours: Vec<Head>,
    /// Which of them this is, from 0.
    pub chosen: usize,
    /// What was done to read it, and what is missing.
    pub notes: Vec<String>,
    /// The model that it was recorded on, if that is another one that can be opened.
    pub offer: Option<Elsewhere>,
    /// On which other model it was recorded, if it says so, in words.
    pub elsewhere: Option<String>,
    /// What it violates, if it says so.
    pub property: Option<String>,
    /// The same path in the Rust model, as far as it goes.
    pub path: Path,
    /// Its first state.
    #[cfg_attr(feature = "openapi", schema(value_type = BTreeMap<String, schema::TlaValue>))]
    pub start: StateView,
    /// Its steps.
    pub steps: Vec<OtherStep>,
    /// The first step that the Rust model does not take; 0 if it starts elsewhere.
    pub diverges: Option<Apart>,
}

/// One of the behaviours of a file.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Head {
    /// What the file says of it.
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
    /// The same in words.
    pub bounds: String,
}

/// A step as the other side has it.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OtherStep {
    /// From 1.
    pub number: usize,
    /// The name of the action, if it is told.
    pub action: Option<String>,
    /// The state afterwards.
    #[cfg_attr(feature = "openapi", schema(value_type = BTreeMap<String, schema::TlaValue>))]
    pub state: StateView,
    /// What is different afterwards.
    #[cfg_attr(feature = "openapi", schema(value_type = Vec<schema::Change>))]
    pub changes: Vec<Change>,
    /// The step of the Rust path that is the same, from 1; none where the two have parted.
    pub rust: Option<usize>,
    /// Whether it changes nothing and the Rust model stays where it is.
    pub stutters: bool,
}

/// Where two sides part.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Apart {
    /// The step.
    pub number: usize,
    /// Whether the behaviour has other variables, so that it is of another spec.
    pub other_spec: bool,
    /// Why.
    pub reason: String,
    /// Where the Rust model comes to instead.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<BTreeMap<String, schema::TlaValue>>))]
    pub instead: Option<StateView>,
}

/// What a run of TLC, or of the engine that evaluates TLA+ in the server's process, has found.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TlcReport {
    /// Which engine it was: `tlc` or `tla-rs`.
    pub engine: &'static str,
    /// Why TLC was not asked, a sentence; nothing if it was.
    pub without_tlc: Option<String>,
    /// Distinct states.
    pub states: usize,
    /// Why it did not see all of them.
    pub incomplete: Option<String>,
    /// Guarantees and witnesses.
    pub properties: Vec<TlcResult>,
}

/// What was found of one property.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TlcResult {
    /// Its name.
    pub name: &'static str,
    /// What was found.
    pub verdict: Verdict,
    /// The behaviour that shows it.
    pub imported: Option<Imported>,
}
