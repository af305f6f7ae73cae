//! What is said of a spec.

use std::sync::Arc;

use tandem_models::value::StateView;

/// Fairness that a spec declares of an action.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct DeclaredFairness {
    /// The name of the action; of several in a disjunction all names, with `\/` between them.
    pub action: Arc<str>,
    /// Whether it is strong (`SF`), and not weak (`WF`).
    pub strong: bool,
    /// Whether it is declared for each element of a set apart, as in `\A s \in Slots : WF_vars(A(s))`.
    pub each: bool,
}

/// One conjunct of the definition of an operator, in one state.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SpecClause {
    /// Its text in the spec, on one line.
    pub text: String,
    /// Whether it is true; nothing if it cannot be evaluated alone.
    pub holds: Option<bool>,
    /// For a conjunct `\A x \in S : P` that is false: an `x` for which it is, as `x = 1`.
    pub example: Option<String>,
}

/// What a check of the temporal formulas of a configuration comes to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Judged {
    /// All hold.
    Holds,
    /// One is violated by a behaviour that never ends.
    Violated {
        /// The initial state.
        start: StateView,
        /// The steps: the name of the action, and the state after.
        steps: Vec<(String, StateView)>,
        /// How many steps lead to the state that the last one leads back to; nothing if the last
        /// state is never left.
        repeats: Option<usize>,
    },
    /// The time was over.
    OutOfTime,
}
