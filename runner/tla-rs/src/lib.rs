//! TLA+ specs evaluated in this process, without Java, by the crate `tla-checker`.
//!
//! An [`Evaluator`] is made of the files of a spec. It gives the initial states, the steps of a state
//! with the names that TLC gives them, and the truth of a predicate in a state. The search itself is
//! the caller's, who has limits and wants to be able to stop. [`judge`] asks `tla-checker` whether
//! temporal formulas hold.
//!
//! `tla-checker` is not TLC: it checks no types, no levels and no names of operators that are never
//! evaluated, so a spec that is accepted here may still be refused by TLC. What is known to differ is
//! in `tests/differences.rs`.
//!
//! The crate brings many dependencies, so a build may leave it out: without the feature `tla-checker`
//! the same functions say that the engine is absent, and [`BUILT_IN`] is false.

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

/// What it is known to do differently from TLC: a sentence each. `tests/differences.rs` pins them.
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
