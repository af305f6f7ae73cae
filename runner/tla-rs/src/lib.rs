//! Evaluates TLA+ specs in this process, without Java, with the crate `tla-checker`.
//!
//! An [`Evaluator`] is created from the files of a spec. It computes the initial states, the steps of
//! a state with the names that TLC gives them, and the truth of a predicate in a state. The search
//! itself is in the caller, which has limits and can be cancelled. [`judge`] lets `tla-checker` check
//! temporal formulas.
//!
//! `tla-checker` is not TLC: it does not check types, levels, or the names in operators that are
//! never evaluated. So TLC may refuse a spec that is accepted here. The known differences are in
//! `tests/differences.rs`.
//!
//! The crate has many dependencies, so a build may leave it out. Without the feature `tla-checker`
//! the same functions return the error that the engine is absent, and [`BUILT_IN`] is false.

#[cfg(not(feature = "tla-checker"))]
mod absent;
mod error;
#[cfg(feature = "tla-checker")]
mod present;
mod said;

#[cfg(not(feature = "tla-checker"))]
use absent as engine;
#[cfg(feature = "tla-checker")]
use present as engine;

pub use engine::{Evaluator, Predicate, SpecState, judge, state_predicates};
pub use error::{Place, SpecError};
pub use said::{DeclaredFairness, Judged, SpecClause};

/// The known differences from TLC, one sentence each. `tests/differences.rs` pins them.
pub const KNOWN_DIFFERENCES: [&str; 7] = [
    "a set operator binds tighter than `..`, so `S \\cap 1..2` is refused; write `S \\cap (1..2)`",
    "`[f EXCEPT ![k] = e]` with k outside of the domain is refused; TLC leaves f as it is",
    "`SelectSeq` with the name of an operator is refused; write a LAMBDA",
    "an `IF` without brackets in a list below `THEN` goes on into the next item; TLC ends it there",
    "an unknown operator that is never evaluated is accepted; TLC refuses the spec",
    "a mixture of `/\\` and `\\/` without brackets is accepted; TLC refuses it",
    "values of different kinds are compared as unequal; TLC refuses to compare them",
];

/// Whether the engine is part of this build.
pub const BUILT_IN: bool = cfg!(feature = "tla-checker");
