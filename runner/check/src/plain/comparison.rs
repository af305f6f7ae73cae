//! What a comparison of a model with a user's spec comes to.

use std::time::Duration;

use tandem_tla::divergence::Divergence;

use crate::fairness::FairnessDifference;
use crate::manifest::Counts;
use crate::trace::Trace;

/// The comparison of a model with a user's spec.
pub struct PairComparison {
    /// What the Rust side is.
    pub model: String,
    /// The module of the spec.
    pub module: String,
    /// The Rust side: distinct views and steps.
    pub rust: Counts,
    /// Rust states before the view folds them.
    pub raw_states: usize,
    /// The TLA+ side.
    pub tla: Counts,
    /// The properties whose truth was compared in every state.
    pub properties: Vec<String>,
    /// Whether the declared fairness was compared.
    pub fairness: bool,
    /// Which engine enumerated the TLA+ side: `tlc` or `tla-rs`.
    pub engine: &'static str,
    /// What was not compared, and what is to be known of the result: a sentence each.
    pub notes: Vec<String>,
    /// Where the two differ first.
    pub difference: Option<PairDifference>,
    /// From start to end.
    pub elapsed: Duration,
}

impl PairComparison {
    /// Whether the two are equal in everything that was compared.
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
    /// Two Rust states look the same and have different steps.
    View {
        /// The way to the one.
        first: Trace,
        /// The way to the other.
        second: Trace,
    },
    /// One side has a state or step that the other does not have.
    Graphs {
        /// The path that both sides have.
        path: Trace,
        /// What follows it.
        divergence: Divergence,
    },
    /// Properties that are true on one side and false on the other in a state of both, the nearest first.
    Properties(Vec<PairTruth>),
    /// Actions that are fair on one side and not on the other.
    Fairness(Vec<FairnessDifference>),
}

/// A property that is true on one side and false on the other.
pub struct PairTruth {
    /// Its name in Rust.
    pub name: String,
    /// The operator of the spec.
    pub operator: String,
    /// The shortest path to such a state.
    pub path: Trace,
    /// Its truth in Rust there; in TLA+ it has the other.
    pub rust: bool,
    /// In how many distinct views the two differ.
    pub states: usize,
}
