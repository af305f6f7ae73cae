//! What a guarantee is. It is a predicate on the states of the system that declares it, so this type and
//! those of the system name each other, and are one module.

use super::{State, System};
use crate::kit::clause::Clause;

/// A predicate on states.
pub type Predicate = fn(&System, &State) -> bool;

/// The parts of a guarantee in a state; none if its promise says all there is to say.
pub type Clauses = fn(&System, &State) -> Vec<Clause>;

/// For a guarantee that has no parts: whoever asks why is told its promise, and whether it is kept.
pub const NO_CLAUSES: Clauses = |_, _| Vec::new();

/// Something that must be true in every state, or come true.
#[derive(Clone, Copy)]
pub struct Guarantee {
    /// Its name, the same in TLA+.
    pub name: &'static str,
    /// What it promises, in a sentence.
    pub promise: &'static str,
    /// When it must be true.
    pub when: When,
    /// What its truth depends on.
    pub about: About,
    /// Whether it is true in a state. Engines ask this very often.
    pub holds: Predicate,
    /// Why: its parts in a state, all of which are true exactly if it is. Whoever has nothing to add
    /// to the promise says [`NO_CLAUSES`].
    pub clauses: Clauses,
}

/// When the predicate `P` of a guarantee must be true.
///
/// All but the first are liveness: they speak of behaviours that never end, in which every step but
/// faults and a user's patience is taken if it stays possible (weak fairness, per action and slot:
/// [`System::is_fair`]), as in the module's `Fairness`.
#[derive(Debug, Clone, Copy)]
pub enum When {
    /// In every state: `[]P`.
    Always,
    /// At some time: `<>P`.
    Eventually,
    /// Again and again: `[]<>P`.
    AlwaysEventually,
    /// From some time on for ever: `<>[]P`.
    EventuallyAlways,
    /// At some time, the same or later, whenever this is true: `this ~> P`.
    After(Predicate),
}

/// What the truth of a guarantee depends on: an engine need not ask again where that is the same.
///
/// Whoever is not sure says [`About::Anything`]. The engine `stateright` asks in every state and
/// reports a guarantee that promises too much here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum About {
    /// Only what is durable or was seen, but for leases and budget, and the states of third party
    /// and browser.
    Durable,
    /// The same, and which messages (not how many copies) wait, here or downstream, or are being
    /// worked on.
    InFlight,
    /// It is true (or a witness false) unless the system is at rest.
    AtRest,
    /// What is durable or was seen, and whether the system is at rest.
    DurableAndRest,
    /// Only whether the system is at rest.
    Rest,
    /// Anything.
    Anything,
}
