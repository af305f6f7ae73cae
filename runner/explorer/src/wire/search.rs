//! The types of a search.

use std::collections::BTreeMap;

use serde::Serialize;

use super::Path;
use tandem_check::report::Verdict;

/// The progress of a search.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Progress {
    /// Raw states found.
    pub states: usize,
    /// Steps taken.
    pub steps: u64,
    /// Levels of the breadth-first search that were begun.
    pub depth: usize,
    /// States in the frontier, whose steps have not been taken.
    pub queue: usize,
    /// Resident memory of the server.
    pub memory: usize,
    /// Seconds since the search began.
    pub seconds: f64,
    /// States per second.
    pub rate: f64,
    /// An estimate of all raw states, available once the levels become smaller.
    pub estimate: Option<usize>,
    /// While the search waits for its turn: how many large searches come before it.
    pub before: Option<usize>,
    /// The properties whose result can no longer change, those with the shortest path first, as in the
    /// final report: guarantees that a state violates, and witnesses that are reached. Liveness is
    /// judged at the end.
    pub properties: Vec<PropertyResult>,
}

/// The result of a search.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Report {
    /// Whether every state was found.
    pub complete: bool,
    /// Why not; `null` if every state was found.
    pub incomplete: Option<String>,
    /// Whether it was stopped to make room for others. A new search of the same model may finish.
    pub interrupted: bool,
    /// Distinct views.
    pub states: usize,
    /// Steps between them.
    pub transitions: usize,
    /// Raw states.
    pub raw_states: usize,
    /// The number of states on the longest of all shortest paths.
    pub depth: usize,
    /// The duration in seconds.
    pub seconds: f64,
    /// The number of distinct views at each depth; the depth is the number of steps on a shortest
    /// path.
    pub states_by_depth: Vec<usize>,
    /// The number of steps of each action.
    pub actions: BTreeMap<String, usize>,
    /// Actions that are never taken although the faults allow them.
    pub never: Vec<String>,
    /// Guarantees and witnesses.
    pub properties: Vec<PropertyResult>,
    /// The shortest path to a deadlock: a state without a step in which the protocol may not end.
    pub deadlock: Option<Path>,
}

/// The result for one property.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PropertyResult {
    /// Its name.
    pub name: &'static str,
    /// The verdict.
    pub verdict: Verdict,
    /// The number of steps on the shortest path that shows it.
    pub steps: Option<usize>,
    /// That path.
    pub path: Option<Path>,
}
