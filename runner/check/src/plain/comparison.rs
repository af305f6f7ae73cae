//! The result of comparing a model with a user's spec.

use std::time::Duration;

use tandem_tla::divergence::Divergence;

use crate::fairness::FairnessDifference;
use crate::manifest::Counts;
use crate::trace::Trace;

/// The result of comparing a model with a user's spec.
pub struct PairComparison {
    /// The name of the Rust model.
    pub model: String,
    /// The module of the spec.
    pub module: String,
    /// The size of the Rust graph: distinct views and steps.
    pub rust: Counts,
    /// Rust states before those with the same view are merged.
    pub raw_states: usize,
    /// The size of the TLA+ graph.
    pub tla: Counts,
    /// The properties whose truth was compared in every state.
    pub properties: Vec<String>,
    /// Whether the declared fairness was compared.
    pub fairness: bool,
    /// The engine that enumerated the TLA+ side: `tlc` or `tla-rs`.
    pub engine: &'static str,
    /// What was not compared, and other remarks about the result, one sentence each.
    pub notes: Vec<String>,
    /// The first difference, if there is one.
    pub difference: Option<PairDifference>,
    /// The duration of the comparison.
    pub elapsed: Duration,
}

impl PairComparison {
    /// Whether the two sides are equal in everything that was compared.
    pub fn equal(&self) -> bool {
        self.difference.is_none()
    }
}

/// Why a model and a spec are not equal.
#[allow(
    clippy::large_enum_variant,
    reason = "there is at most one for each comparison"
)]
pub enum PairDifference {
    /// Two Rust states have the same view but different steps.
    View {
        /// The path to the first state.
        first: Trace,
        /// The path to the second state.
        second: Trace,
    },
    /// One side has a state or step that the other does not have.
    Graphs {
        /// The path that both sides have.
        path: Trace,
        /// The difference after that path.
        divergence: Divergence,
    },
    /// Properties that are true on one side and false on the other in some state. The one with the
    /// shortest path comes first.
    Properties(Vec<PairTruth>),
    /// Actions with different fairness on the two sides.
    Fairness(Vec<FairnessDifference>),
}

/// A property that is true on one side and false on the other.
pub struct PairTruth {
    /// Its name in Rust.
    pub name: String,
    /// The operator of the spec.
    pub operator: String,
    /// The shortest path to a state in which the two sides differ.
    pub path: Trace,
    /// Its truth in Rust in that state; in TLA+ it is the opposite.
    pub rust: bool,
    /// The number of distinct views in which the two differ.
    pub states: usize,
}
