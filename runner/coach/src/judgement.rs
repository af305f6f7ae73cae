//! The judgement of an answer, and the reason for a refusal.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use tandem_check::report::PropertyReport;
use tandem_check::trace::Trace;
use tandem_models::catalogue::Instance;

/// The judgement of an answer.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Judgement {
    /// The check that refuses it; `None` if it is accepted.
    pub refused: Option<String>,
    /// The guarantees that it violates in the main run, with the number of steps of their
    /// counterexamples.
    pub violated: BTreeMap<String, usize>,
    /// The number of steps of the shortest finished run.
    pub done_in: Option<usize>,
    /// The number of states of the main run.
    pub states: usize,
    /// The number of states of all runs.
    pub all_states: usize,
    /// Whether a run was shown that leads to the fault.
    #[serde(default)]
    pub run_shown: bool,
    /// A text about the schedules that were tried, in exercises about them.
    #[serde(default)]
    pub schedules: Option<String>,
}

/// A refusal: the name of the check, and the explanation.
pub(crate) struct Refusal<'a> {
    pub(crate) check: String,
    pub(crate) told: Told<'a>,
}

pub(crate) enum Told<'a> {
    /// A counterexample.
    Story(&'a Instance, &'a PropertyReport),
    /// A text.
    Words(String),
    /// A text with a path.
    Path(String, Box<Trace>),
}
