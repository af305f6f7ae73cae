//! Steps that wait until memory has brought what is known of where they lead.

use std::collections::{VecDeque, vec_deque};
use std::mem::needs_drop;

use super::space::Space;
use super::transitions::{Label, Node};
use super::visited::{Before, Glance};

/// How many wait.
const LIGHT: usize = 16;
/// How many wait if their states have memory of their own, which must be given back while it is
/// still at hand.
const HEAVY: usize = 4;

/// A step that was taken, and where it seems to lead.
pub(super) struct Taken<S: Space> {
    pub(super) from: Node,
    pub(super) label: Label,
    pub(super) after: S::Node,
    pub(super) key: S::Key,
    pub(super) seen: Glance,
}

impl<S: Space> Taken<S> {
    pub(super) fn new(from: Node, label: Label, after: S::Node, key: S::Key) -> Self {
        Taken {
            from,
            label,
            after,
            key,
            seen: Glance::NONE,
        }
    }
}

/// The last few steps, first in, first out. Three quarters of the time a step waits for its words of the
/// table, and the rest for the key that they point to. Neither read holds up the steps that are taken
/// meanwhile.
pub(super) struct PrefetchQueue<S: Space>(VecDeque<Taken<S>>);

impl<S: Space> PrefetchQueue<S> {
    const LENGTH: usize = if needs_drop::<S::Node>() {
        HEAVY
    } else {
        LIGHT
    };

    pub(super) fn new() -> Self {
        PrefetchQueue(VecDeque::with_capacity(Self::LENGTH))
    }

    /// One more; the one that has waited long enough comes out.
    pub(super) fn push(&mut self, taken: Taken<S>, known: &Before<'_, S::Key>) -> Option<Taken<S>> {
        known.ask(taken.key);
        self.0.push_back(taken);
        if self.0.len() < Self::LENGTH {
            return None;
        }
        let next = &mut self.0[Self::LENGTH / 4];
        next.seen = known.glance(next.key);
        self.0.pop_front()
    }
}

impl<S: Space> IntoIterator for PrefetchQueue<S> {
    type Item = Taken<S>;
    type IntoIter = vec_deque::IntoIter<Taken<S>>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}
