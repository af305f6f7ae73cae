//! The states that are known, by their keys.

use hashbrown::HashTable;
use hashbrown::hash_table::Entry;

use super::space::Key;
use super::transitions::Node;

/// Each known state once, numbered in the order in which they were met. Takes the key and about
/// eight bytes a state.
pub(crate) struct Known<K> {
    keys: Vec<K>,
    table: HashTable<Node>,
}

impl<K: Key> Known<K> {
    pub(crate) fn new() -> Self {
        Known {
            keys: Vec::new(),
            table: HashTable::new(),
        }
    }

    pub(crate) fn len(&self) -> Node {
        Node::try_from(self.keys.len()).unwrap_or(Node::MAX)
    }

    pub(crate) fn key(&self, node: Node) -> K {
        self.keys[node as usize]
    }

    /// The number of a known state.
    pub(crate) fn find(&self, key: K) -> Option<Node> {
        let found = self
            .table
            .find(key.hash(), |node| self.keys[*node as usize] == key);
        found.copied()
    }

    /// The number of a state, and whether it is new.
    pub(crate) fn meet(&mut self, key: K) -> (Node, bool) {
        let next = self.len();
        let keys = &self.keys;
        let entry = self.table.entry(
            key.hash(),
            |node| keys[*node as usize] == key,
            |node| keys[*node as usize].hash(),
        );
        match entry {
            Entry::Occupied(known) => (*known.get(), false),
            Entry::Vacant(vacant) => {
                vacant.insert(next);
                self.keys.push(key);
                (next, true)
            }
        }
    }

    /// Gives back the room that was for states to come.
    pub(crate) fn shrink(&mut self) {
        self.keys.shrink_to_fit();
    }

    pub(crate) fn bytes(&self) -> usize {
        self.keys.capacity() * size_of::<K>() + self.table.allocation_size()
    }
}
