//! The states that are known, by their keys.

use hashbrown::HashTable;
use hashbrown::hash_table::Entry;

use super::space::Key;
use super::transitions::Node;

/// Tables that share the states.
const TABLES: usize = 16;

/// Each known state once, numbered in the order in which they were met. Takes the key and about
/// eight bytes a state.
///
/// A table doubles when it is full. So that not all states are between two tables at that moment,
/// and half of all room is not empty after it, there are sixteen tables of different shares, of
/// which one after the other doubles.
pub(crate) struct Known<K> {
    keys: Vec<K>,
    tables: [HashTable<Node>; TABLES],
    /// Which table a state is in, by eight bits of its hash that no table looks at.
    table_of: [u8; 256],
}

impl<K: Key> Known<K> {
    pub(crate) fn new() -> Self {
        Known {
            keys: Vec::new(),
            tables: std::array::from_fn(|_| HashTable::new()),
            table_of: std::array::from_fn(share),
        }
    }

    pub(crate) fn len(&self) -> Node {
        Node::try_from(self.keys.len()).unwrap_or(Node::MAX)
    }

    pub(crate) fn key(&self, node: Node) -> K {
        self.keys[node as usize]
    }

    fn table(&self, hash: u64) -> usize {
        usize::from(self.table_of[usize::from((hash >> 40) as u8)])
    }

    /// The number of a known state.
    pub(crate) fn find(&self, key: K) -> Option<Node> {
        let hash = key.hash();
        let table = &self.tables[self.table(hash)];
        let found = table.find(hash, |node| self.keys[*node as usize] == key);
        found.copied()
    }

    /// The number of a state, and whether it is new.
    pub(crate) fn meet(&mut self, key: K) -> (Node, bool) {
        let (next, hash) = (self.len(), key.hash());
        let table = self.table(hash);
        let keys = &self.keys;
        let entry = self.tables[table].entry(
            hash,
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
        let tables = self.tables.iter().map(HashTable::allocation_size);
        self.keys.capacity() * size_of::<K>() + tables.sum::<usize>()
    }
}

/// The table of the states with these bits. Each has 2^(1/16) times the share of the one before, so
/// that they double at equal intervals.
#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    clippy::cast_sign_loss,
    reason = "numbers from 0 to 255, and from 0 to 15"
)]
fn share(bits: usize) -> u8 {
    let doubled = (1.0 + bits as f64 / 256.0).log2();
    (doubled * TABLES as f64) as u8
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_table_has_almost_twice_the_share_of_the_first() {
        let mut shares = [0; TABLES];
        for bits in 0..256 {
            shares[usize::from(share(bits))] += 1;
        }
        // Rounding may take one from a table.
        assert!(
            shares.windows(2).all(|pair| pair[0] <= pair[1] + 1),
            "{shares:?}"
        );
        assert!(shares[TABLES - 1] >= 7 * shares[0] / 4, "{shares:?}");
    }
}
