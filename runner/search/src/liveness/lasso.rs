//! The counterexample of a temporal formula.

use super::{Node, Step};

/// A behaviour that repeats its end for ever: a stem from an initial state to the first state of a
/// cycle, and the cycle.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lasso {
    /// The initial state.
    pub start: Node,
    /// The steps to the first state of the cycle; none if that is `start`.
    pub stem: Vec<Step>,
    /// The steps from there back to there. None if the behaviour ends: nothing happens any more.
    pub cycle: Vec<Step>,
}

impl Lasso {
    /// The first state of the cycle, or the one in which the behaviour ends.
    #[must_use]
    pub fn entry(&self) -> Node {
        self.stem.last().map_or(self.start, |step| step.to)
    }
}
