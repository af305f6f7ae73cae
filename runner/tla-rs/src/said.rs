//! Statements about a spec: its fairness, its clauses, and the judgement of its temporal formulas.

use std::sync::Arc;

use tandem_models::value::StateView;

/// The fairness that a spec declares for an action.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct DeclaredFairness {
    /// The name of the action. For a disjunction, all names with `\/` between them.
    pub action: Arc<str>,
    /// Whether it is strong (`SF`); otherwise it is weak (`WF`).
    pub strong: bool,
    /// Whether it is declared for each element of a set separately, as in `\A s \in Slots :
    /// WF_vars(A(s))`.
    pub each: bool,
}

/// One conjunct of the definition of an operator, in one state.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SpecClause {
    /// Its text in the spec, on one line.
    pub text: String,
    /// Whether it is true; `None` if it cannot be evaluated alone.
    pub holds: Option<bool>,
    /// For a false conjunct `\A x \in S : P`: an `x` for which `P` is false, as `x = 1`.
    pub example: Option<String>,
}

/// The result of checking the temporal formulas of a configuration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Judged {
    /// All hold.
    Holds,
    /// One is violated by an infinite behaviour.
    Violated {
        /// The initial state.
        start: StateView,
        /// The steps: the name of the action, and the state after it.
        steps: Vec<(String, StateView)>,
        /// The number of steps before the state to which the last step returns; `None` if the
        /// behaviour stays in the last state.
        repeats: Option<usize>,
    },
    /// The time limit was reached.
    OutOfTime,
}
