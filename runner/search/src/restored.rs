//! A cache of states that were computed from the shortest paths of their keys.

use std::collections::{HashMap, VecDeque};
use std::sync::{Mutex, MutexGuard};

use rustc_hash::FxBuildHasher;

use super::intern::locked;
use super::transitions::Node;

/// The most recently restored states.
///
/// There is room for twice the widest level. The states of a level are numbered in the order of
/// their predecessors. So if all states are requested in order, the predecessor of each is still in
/// the cache.
pub(super) struct Restored<N>(Mutex<Recent<N>>);

pub(super) struct Recent<N> {
    nodes: HashMap<Node, N, FxBuildHasher>,
    order: VecDeque<Node>,
    room: usize,
}

impl<N: Clone> Restored<N> {
    pub(super) fn new() -> Self {
        Restored(Mutex::new(Recent {
            nodes: HashMap::default(),
            order: VecDeque::new(),
            room: 0,
        }))
    }

    /// Locks the cache, with its size set for a graph with these levels.
    pub(super) fn lock(&self, levels: &[Node]) -> MutexGuard<'_, Recent<N>> {
        let mut recent = locked(&self.0);
        if recent.room == 0 {
            let widths = levels.windows(2).map(|pair| (pair[1] - pair[0]) as usize);
            recent.room = 2 * widths.max().unwrap_or(0) + 64;
        }
        recent
    }
}

impl<N: Clone> Recent<N> {
    pub(super) fn get(&self, node: Node) -> Option<N> {
        self.nodes.get(&node).cloned()
    }

    /// Adds a state, and removes the oldest one if there are too many.
    pub(super) fn put(&mut self, number: Node, node: N) {
        if self.nodes.insert(number, node).is_none() {
            self.order.push_back(number);
        }
        if self.order.len() > self.room
            && let Some(oldest) = self.order.pop_front()
        {
            self.nodes.remove(&oldest);
        }
    }
}
