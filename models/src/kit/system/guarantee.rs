//! The type of a guarantee. It is a predicate on the states of the system that declares it. So this type
//! and those of the system refer to each other, and are in one module.

use super::{State, System};
use crate::kit::clause::Clause;

/// A predicate on states.
pub type Predicate = fn(&System, &State) -> bool;

/// The clauses of a guarantee in a state; empty if its promise says everything.
pub type Clauses = fn(&System, &State) -> Vec<Clause>;

/// For a guarantee without clauses: its explanation is its promise, and whether it is kept.
pub const NO_CLAUSES: Clauses = |_, _| Vec::new();

/// A property that must be true in every state, or eventually.
#[derive(Clone, Copy)]
pub struct Guarantee {
    /// Its name, the same as in TLA+.
    pub name: &'static str,
    /// What it promises, in a sentence.
    pub promise: &'static str,
    /// When it must be true.
    pub when: When,
    /// What its truth depends on.
    pub about: About,
    /// Whether it is true in a state. Engines ask this very often.
    pub holds: Predicate,
    /// Its clauses in a state; it is true if and only if all of them are. Use [`NO_CLAUSES`] if there is
    /// nothing to add to the promise.
    pub clauses: Clauses,
}

/// When the predicate `P` of a guarantee must be true.
///
/// All but the first are liveness: they are about infinite behaviours. In these, every action except
/// faults and another click of a user is eventually taken if it stays possible (weak fairness for each
/// action and slot, see [`System::is_fair`]), as in the module's `Fairness`.
#[derive(Debug, Clone, Copy)]
pub enum When {
    /// In every state: `[]P`.
    Always,
    /// At some time: `<>P`.
    Eventually,
    /// Again and again: `[]<>P`.
    AlwaysEventually,
    /// From some time on, forever: `<>[]P`.
    EventuallyAlways,
    /// Whenever this is true, `P` is true at that time or later: `this ~> P`.
    After(Predicate),
}

/// What the truth of a guarantee depends on. An engine need not evaluate it again if that part is
/// unchanged.
///
/// If you are not sure, use [`About::Anything`]. The engine `stateright` evaluates it in every state and
/// reports a wrong declaration.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum About {
    /// Only durable data and observations, without leases and budget, and the states of third party and
    /// browser.
    Durable,
    /// What [`About::Durable`] lists, and the set of messages (not the number of copies) that wait, here or
    /// downstream, or are being handled.
    InFlight,
    /// It is true (for a witness, false) unless the system is at rest.
    AtRest,
    /// Durable data and observations, and whether the system is at rest.
    DurableAndRest,
    /// Only whether the system is at rest.
    Rest,
    /// Anything.
    Anything,
}
