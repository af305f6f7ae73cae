//! The interface between the engine and what it searches: states in a form that is cheap to store, to
//! compare and to step from.

use stateright::Expectation;

use super::fault::{MergedStates, ModelFault};
use super::transitions::{Action, Label};

/// The key that identifies a state: the state itself as numbers, or a fingerprint of it.
pub trait Key: Copy + Eq + Send + Sync {
    /// A hash for the visited set.
    fn hash(self) -> u64;

    /// Whether two states with equal keys are known to be different. Only audited keys can know.
    fn collides(self, _other: Self) -> bool {
        false
    }
}

/// When a state predicate is decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Watch {
    /// In the first state in which it is false: an invariant.
    False,
    /// In the first state in which it is true: a witness.
    True,
    /// Never. Its truth in every state is kept, for liveness.
    Everywhere,
}

/// The kind of predicate for a property of a model: a counterexample, an example, or liveness.
impl From<&Expectation> for Watch {
    fn from(expectation: &Expectation) -> Self {
        match expectation {
            Expectation::Always => Watch::False,
            Expectation::Sometimes => Watch::True,
            Expectation::Eventually => Watch::Everywhere,
        }
    }
}

/// The predicates of a space. There must be at most 64.
pub(super) fn watches(space: &impl Space) -> Vec<Watch> {
    let watches = space.predicates();
    let asked = watches.len();
    assert!(asked <= 64, "a space may ask 64 predicates, not {asked}");
    watches
}

/// The states of a model and the steps between them.
///
/// The engine calls it from several threads at the same time. Results may depend only on the
/// arguments; otherwise they would differ from run to run.
pub trait Space: Sync {
    /// The key that identifies a state.
    type Key: Key;
    /// A state during the search.
    type Node: Clone + Send + Sync;
    /// Buffers that a thread reuses while it works on states.
    type Worker<'s>
    where
        Self: 's;

    /// The number of bytes for each state that are needed after the search, besides those of the
    /// search itself. A memory limit leaves room for them.
    const AFTERWARDS: usize = 0;

    /// New buffers for a thread.
    fn worker(&self) -> Self::Worker<'_>;

    /// The initial states, in the model's order.
    fn initial(&self) -> Vec<Self::Node>;

    /// The key of a state.
    fn key(&self, node: &Self::Node) -> Self::Key;

    /// The state with this key, if it can be read from the key.
    fn restore(&self, key: Self::Key) -> Option<Self::Node>;

    /// Calls `found` for every step of a state, in the model's order, including steps that change
    /// nothing.
    fn expand<'s>(
        &'s self,
        node: &Self::Node,
        worker: &mut Self::Worker<'s>,
        found: impl FnMut(Label, Self::Node),
    );

    /// Whether a state is inside the space. States outside are left out, with all steps that lead
    /// there. The engine calls it only for unknown states, so that an expensive boundary is not
    /// evaluated for every step.
    fn within<'s>(&'s self, _node: &Self::Node, _worker: &mut Self::Worker<'s>) -> bool {
        true
    }

    /// The actions found so far, by label.
    fn actions(&self) -> Vec<Action>;

    /// The state predicates, at most 64.
    fn predicates(&self) -> Vec<Watch>;

    /// The names of the predicates, in their order; empty if they have no names.
    fn names(&self) -> Vec<&'static str> {
        Vec::new()
    }

    /// The truth of the predicates in the mask `asked`, one bit each. Other bits have no meaning.
    fn truths<'s>(&'s self, node: &Self::Node, asked: u64, worker: &mut Self::Worker<'s>) -> u64;

    /// The number of bits by which keys identify states; `None` if keys are exact.
    fn bits(&self) -> Option<u32> {
        None
    }

    /// The rule that the model has broken, if it has. The search then stops.
    fn fault(&self) -> Option<&ModelFault> {
        None
    }

    /// Two different states that were merged because the model's `Hash` does not distinguish them, if
    /// that was noticed.
    fn merged(&self) -> Option<&MergedStates> {
        None
    }

    /// Whether one key represents several states on purpose, as with symmetry reduction. A liveness
    /// verdict on such a graph would be wrong.
    fn is_folded(&self) -> bool {
        false
    }

    /// Whether the state is invalid. It is kept but not expanded.
    fn broken(&self, _node: &Self::Node) -> bool {
        false
    }
}
