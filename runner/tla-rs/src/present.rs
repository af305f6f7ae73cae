//! The engine itself. `definitions` finds where operators are defined in the text; `actions` splits
//! `Next` into named actions; `behaviour` reads the fairness; `evaluator` combines them; `convert`
//! converts values. `instantiated` rewrites what `tla-checker` cannot evaluate, and `comments`
//! removes text that it need not read.

mod actions;
mod behaviour;
mod clauses;
mod comments;
mod convert;
mod definitions;
mod evaluator;
mod files;
mod instantiated;
mod judge;
mod predicates;

pub use evaluator::{Evaluator, Predicate, SpecState};
pub use judge::judge;
pub use predicates::state_predicates;
