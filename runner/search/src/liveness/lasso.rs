//! The counterexample of a temporal formula.

use super::{Node, Step};

/// A behaviour that repeats its end forever: a stem from an initial state to the first state of a
/// cycle, and the cycle.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lasso {
    /// The initial state.
    pub start: Node,
    /// The steps to the first state of the cycle; empty if that is `start`.
    pub stem: Vec<Step>,
    /// The steps of the cycle, which lead back to its first state. Empty if the behaviour ends,
    /// which means that it stutters.
    pub cycle: Vec<Step>,
}

impl Lasso {
    /// The first state of the cycle, or the one in which the behaviour ends.
    #[must_use]
    pub fn entry(&self) -> Node {
        self.stem.last().map_or(self.start, |step| step.to)
    }
}
