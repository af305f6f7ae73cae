//! What an answer came to, and why one is refused.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use tandem_check::report::PropertyReport;
use tandem_check::trace::Trace;
use tandem_models::catalogue::Instance;

/// What an answer came to.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Judgement {
    /// The check that refuses it; none if it is accepted.
    pub refused: Option<String>,
    /// The guarantees that it violates in the main run, with the steps of their counterexamples.
    pub violated: BTreeMap<String, usize>,
    /// The steps of the shortest finished run.
    pub done_in: Option<usize>,
    /// States of the main run.
    pub states: usize,
    /// States of all runs.
    pub all_states: usize,
    /// Whether a run was shown that leads to the fault.
    #[serde(default)]
    pub run_shown: bool,
    /// The schedules that were tried, in exercises about them.
    #[serde(default)]
    pub schedules: Option<String>,
}

/// Why an answer is refused: the name of the check, and what is told.
pub(crate) struct Refusal<'a> {
    pub(crate) check: String,
    pub(crate) told: Told<'a>,
}

pub(crate) enum Told<'a> {
    /// A counterexample.
    Story(&'a Instance, &'a PropertyReport),
    /// In words.
    Words(String),
    /// In words, with a path.
    Path(String, Box<Trace>),
}
