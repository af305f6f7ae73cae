//! Compares two graphs without keeping both in memory.

use std::hash::{DefaultHasher, Hash, Hasher};

use crate::enumerate::Exploration;

/// The size of a graph of views, and a 128-bit hash of its initial states and steps that does not depend
/// on their order. Equal graphs have equal fingerprints; different graphs have equal fingerprints with a
/// probability of 2^-128.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Fingerprint {
    pub(super) states: usize,
    transitions: usize,
    sum: u128,
    /// Whether two states with the same view have different steps, because the handler's memory has
    /// changed.
    clash: bool,
}

impl Fingerprint {
    /// Whether it is the fingerprint of this graph. A graph of another size is not hashed.
    pub(super) fn is_of(&self, found: &Exploration) -> bool {
        let size = found.size();
        (size.states, size.transitions) == (self.states, self.transitions)
            && Fingerprint::of(found) == *self
    }

    pub(super) fn of(found: &Exploration) -> Self {
        let views = found.views();
        let states: Vec<u128> = views.states().map(|at| hash(&views.view(at))).collect();
        let place = |at: u32| states[at as usize];
        let initial = views
            .initial
            .iter()
            .map(|at| hash(&("initial", place(*at))));
        let steps = views.steps();
        let steps = steps.map(|(from, action, to)| hash(&(place(from), action, place(to))));
        let sum = initial.chain(steps).fold(0, u128::wrapping_add);
        let size = found.size();
        Fingerprint {
            states: size.states,
            transitions: size.transitions,
            sum,
            clash: found.clash().is_some(),
        }
    }
}

fn hash(value: &impl Hash) -> u128 {
    let half = |seed: u8| {
        let mut hasher = DefaultHasher::new();
        (seed, value).hash(&mut hasher);
        u128::from(hasher.finish())
    };
    half(0) << 64 | half(1)
}
