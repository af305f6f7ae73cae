//! What is told of a search.

use std::collections::BTreeMap;

use serde::Serialize;

use super::Path;
use tandem_check::report::Verdict;

/// How far a search is.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Progress {
    /// Raw states met.
    pub states: usize,
    /// Steps taken.
    pub steps: u64,
    /// Levels begun.
    pub depth: usize,
    /// States whose steps have not been taken.
    pub queue: usize,
    /// Resident memory of the server.
    pub memory: usize,
    /// Since the search began.
    pub seconds: f64,
    /// States per second.
    pub rate: f64,
    /// How many raw states there will be, once they grow fewer.
    pub estimate: Option<usize>,
    /// How many large searches have their turn before it, while it waits for its own.
    pub before: Option<usize>,
    /// What is decided for good, the nearest first, as the report will say it: guarantees that a state
    /// violates, and witnesses that are reached. What must come true some day is judged at the end.
    pub properties: Vec<PropertyResult>,
}

/// What a search has found.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Report {
    /// Whether every state was seen.
    pub complete: bool,
    /// Why not.
    pub incomplete: Option<String>,
    /// Whether it was stopped to make room for others, and may end where it is begun again.
    pub interrupted: bool,
    /// Distinct views.
    pub states: usize,
    /// Steps between them.
    pub transitions: usize,
    /// Raw states.
    pub raw_states: usize,
    /// States on the longest of all shortest paths.
    pub depth: usize,
    /// How long it took.
    pub seconds: f64,
    /// Distinct views by the steps of the shortest path to them.
    pub states_by_depth: Vec<usize>,
    /// Steps of each action.
    pub actions: BTreeMap<String, usize>,
    /// Actions that are never taken although the faults allow them.
    pub never: Vec<String>,
    /// Guarantees and witnesses.
    pub properties: Vec<PropertyResult>,
    /// The shortest path to a state without a step that is not at rest.
    pub deadlock: Option<Path>,
}

/// What was found of one property.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PropertyResult {
    /// Its name.
    pub name: &'static str,
    /// What was found.
    pub verdict: Verdict,
    /// Steps of the shortest path that shows it.
    pub steps: Option<usize>,
    /// That path.
    pub path: Option<Path>,
}
