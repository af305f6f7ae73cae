//! Delays steps until the memory they need has been prefetched.

use std::collections::{VecDeque, vec_deque};
use std::mem::needs_drop;

use super::space::Space;
use super::transitions::{Label, Node};
use super::visited::{Before, Glance};

/// How many steps are delayed.
const LIGHT: usize = 16;
/// How many steps are delayed if their states own heap memory, which should be freed while it is still
/// in the cache.
const HEAVY: usize = 4;

/// A step that was taken, and the prefetched data about its target.
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

/// The last few steps, first in, first out. For three quarters of the delay a step waits for its words
/// of the table, and for the rest for the key to which they point. Meanwhile other steps are taken, so
/// neither read stalls the thread.
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

    /// Adds a step. Returns the step that has waited long enough, if the queue is full.
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
