//! What the engine searches: states in a form that is cheap to keep, to compare and to step from.

use stateright::Expectation;

use super::fault::{MergedStates, ModelFault};
use super::transitions::{Action, Label};

/// How a state is told from all others: the state itself in numbers, or a fingerprint of it.
pub trait Key: Copy + Eq + Send + Sync {
    /// A hash for the table of known states.
    fn hash(self) -> u64;

    /// Whether two states that this key takes for the same are known to differ. Only the keys of
    /// an audit can tell.
    fn collides(self, _other: Self) -> bool {
        false
    }
}

/// When a state predicate is settled, and by what.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Watch {
    /// By the first state in which it is false: an invariant.
    False,
    /// By the first state in which it is true: a witness.
    True,
    /// Never: its truth in every state is kept, for liveness.
    Everywhere,
}

/// What decides about a property of a model: a counterexample, an example, or liveness.
impl From<&Expectation> for Watch {
    fn from(expectation: &Expectation) -> Self {
        match expectation {
            Expectation::Always => Watch::False,
            Expectation::Sometimes => Watch::True,
            Expectation::Eventually => Watch::Everywhere,
        }
    }
}

/// The predicates that a space asks: no more than there are bits to answer them.
pub(super) fn watches(space: &impl Space) -> Vec<Watch> {
    let watches = space.predicates();
    let asked = watches.len();
    assert!(asked <= 64, "a space may ask 64 predicates, not {asked}");
    watches
}

/// The states of a model and the steps between them.
///
/// The engine calls it from several threads at a time. What it returns may depend on nothing but
/// its arguments, or results would differ from run to run.
pub trait Space: Sync {
    /// How a state is told from all others.
    type Key: Key;
    /// A state on the way through the search.
    type Node: Clone + Send + Sync;
    /// What a thread needs at hand while it works on some states.
    type Worker<'s>
    where
        Self: 's;

    /// Bytes for each state that are needed once all are searched, besides what the search itself
    /// holds: a limit of memory leaves room for them.
    const AFTERWARDS: usize = 0;

    /// Something to work with.
    fn worker(&self) -> Self::Worker<'_>;

    /// The initial states, in the model's order.
    fn initial(&self) -> Vec<Self::Node>;

    /// What tells this state from all others.
    fn key(&self, node: &Self::Node) -> Self::Key;

    /// The state with this key, where the key alone says it.
    fn restore(&self, key: Self::Key) -> Option<Self::Node>;

    /// Every step of a state, in the model's order, steps that change nothing included.
    fn expand<'s>(
        &'s self,
        node: &Self::Node,
        worker: &mut Self::Worker<'s>,
        found: impl FnMut(Label, Self::Node),
    );

    /// Whether a state belongs to the space; one that does not is left out, with all steps that
    /// lead there. A search asks it of states that it does not know, so that a boundary that is
    /// dear to ask need not be asked for every step.
    fn within<'s>(&'s self, _node: &Self::Node, _worker: &mut Self::Worker<'s>) -> bool {
        true
    }

    /// The actions so far, by label.
    fn actions(&self) -> Vec<Action>;

    /// The state predicates that are asked, at most 64.
    fn predicates(&self) -> Vec<Watch>;

    /// The names of the predicates, in their order; none if they have no names.
    fn names(&self) -> Vec<&'static str> {
        Vec::new()
    }

    /// The truth of the predicates of the mask `asked`, one bit each; other bits mean nothing.
    fn truths<'s>(&'s self, node: &Self::Node, asked: u64, worker: &mut Self::Worker<'s>) -> u64;

    /// How many bits of a key tell a state from others; none if no two states have the same key.
    fn bits(&self) -> Option<u32> {
        None
    }

    /// The rule of the search that the model has broken, if it has: the search stops then.
    fn fault(&self) -> Option<&ModelFault> {
        None
    }

    /// Two different states that have the same key since the model's `Hash` does not tell them apart,
    /// if that was noticed.
    fn merged(&self) -> Option<&MergedStates> {
        None
    }

    /// Whether one key stands for several states on purpose, as with symmetry reduction. A liveness
    /// verdict on such a graph would be wrong.
    fn is_folded(&self) -> bool {
        false
    }

    /// Whether the state and its steps are beyond repair: it is kept, but not expanded.
    fn broken(&self, _node: &Self::Node) -> bool {
        false
    }
}
