//! The states that are known, by their keys.

use prefetch_index::prefetch_index;

use super::space::Key;
use super::transitions::Node;

/// A word of the table where no state is. A number never has all its bits set.
const NOBODY: u32 = u32::MAX;

/// How many words a glance takes in.
const GLANCE: usize = 4;

/// What no word is.
const UNDECIDED: u64 = 1 << 32;

/// How many keys ahead of the one that is entered memory is asked for its place.
const AHEAD: usize = 16;

/// Below this size a table is in the caches, and made anew in no time.
const SMALL: usize = 1 << 16;

/// Each known state once, numbered in the order in which they were met. Takes the key and six to
/// nine bytes a state, if there are many.
///
/// A table of their numbers, with open addressing and linear probing. The bits that no number needs
/// yet hold a part of the hash, so that a key is hardly ever read in vain: to find a state takes two
/// reads from memory that is far away, one of the table and one of the key. The size is any number,
/// not a power of two; a large table grows by half, anew from the keys, without the old one beside
/// it.
pub(crate) struct Known<K> {
    keys: Vec<K>,
    table: Vec<u32>,
    /// The bits of a word that are the number of a state.
    number: u32,
}

/// What the first words of the table say about a key: one that may be of its state, that it cannot
/// be known, or nothing.
#[derive(Clone, Copy)]
pub(crate) struct Glance(u64);

impl Glance {
    /// Before there was one.
    pub(crate) const NONE: Glance = Glance(UNDECIDED);
}

impl<K: Key> Known<K> {
    pub(crate) fn new() -> Self {
        Self::with_room_for(0)
    }

    /// None yet, and so many before the table has to grow.
    pub(crate) fn with_room_for(states: usize) -> Self {
        let mut known = Known {
            keys: Vec::with_capacity(states),
            table: Vec::new(),
            number: 0,
        };
        known.resize(states / 2 * 3 + 16);
        known
    }

    pub(crate) fn len(&self) -> Node {
        Node::try_from(self.keys.len()).unwrap_or(Node::MAX)
    }

    pub(crate) fn key(&self, node: Node) -> K {
        self.keys[node as usize]
    }

    /// The number of a known state.
    pub(crate) fn find(&self, key: K) -> Option<Node> {
        self.look(key).ok()
    }

    /// Asks memory for the words at which a key would be looked for, and does not wait.
    pub(crate) fn ask(&self, key: K) {
        let place = self.place(key.hash());
        prefetch_index(&self.table, place);
        prefetch_index(&self.table, place + GLANCE - 1);
    }

    /// A look at the table that reads no key, but asks memory for the one that it points to. What
    /// happens next does not depend on what is read, so that there is nothing to guess.
    pub(crate) fn glance(&self, key: K) -> Glance {
        let hash = key.hash();
        let (place, wanted) = (self.place(hash), self.word(hash, 0));
        let words = self.table.get(place..place + GLANCE).unwrap_or_default();
        let seen = words.iter().rev().fold(UNDECIDED, |seen, word| {
            let decides = (*word == NOBODY) | (*word & !self.number == wanted);
            if decides { u64::from(*word) } else { seen }
        });
        prefetch_index(&self.keys, (seen & u64::from(self.number)) as usize);
        Glance(seen)
    }

    /// The number of a known state, after a glance at the table as it still is.
    pub(crate) fn resolve(&self, key: K, Glance(seen): Glance) -> Option<Node> {
        match u32::try_from(seen) {
            Ok(NOBODY) => None,
            Ok(word) if self.keys[(word & self.number) as usize] == key => Some(word & self.number),
            _ => self.look(key).ok(),
        }
    }

    /// The number of a state, and whether it is new.
    pub(crate) fn meet(&mut self, key: K) -> (Node, bool) {
        let place = match self.look(key) {
            Ok(node) => return (node, false),
            Err(place) => place,
        };
        let node = self.len();
        self.table[place] = self.word(key.hash(), node);
        self.keys.push(key);
        if self.keys.len() >= room(self.table.len()) {
            let size = self.table.len();
            self.resize(if size < SMALL { size * 2 } else { size / 2 * 3 });
        }
        (node, true)
    }

    /// The number of a state, or where in the table it would be.
    fn look(&self, key: K) -> Result<Node, usize> {
        let hash = key.hash();
        let (mut place, wanted) = (self.place(hash), self.word(hash, 0));
        loop {
            let word = self.table[place];
            let node = word & self.number;
            if word == NOBODY {
                return Err(place);
            }
            if word ^ node == wanted && self.keys[node as usize] == key {
                return Ok(node);
            }
            place = self.after(place);
        }
    }

    /// Where to begin: as far into the table as the hash is into its range.
    #[allow(clippy::cast_possible_truncation, reason = "it is below the size")]
    fn place(&self, hash: u64) -> usize {
        ((u128::from(hash) * self.table.len() as u128) >> u64::BITS) as usize
    }

    fn after(&self, place: usize) -> usize {
        if place + 1 < self.table.len() {
            place + 1
        } else {
            0
        }
    }

    #[allow(
        clippy::cast_possible_truncation,
        reason = "the highest bits have told the place already"
    )]
    fn word(&self, hash: u64, node: Node) -> u32 {
        hash as u32 & !self.number | node
    }

    fn resize(&mut self, size: usize) {
        // The old one is given back before there is another.
        self.table = Vec::new();
        self.table = vec![NOBODY; size];
        let most = u32::try_from(room(size)).unwrap_or(u32::MAX);
        self.number = u32::MAX >> most.leading_zeros();
        for (node, key) in (0..).zip(&self.keys) {
            if let Some(soon) = self.keys.get(node as usize + AHEAD) {
                self.ask(*soon);
            }
            let hash = key.hash();
            let mut place = self.place(hash);
            while self.table[place] != NOBODY {
                place = self.after(place);
            }
            self.table[place] = self.word(hash, node);
        }
    }

    /// Gives back the room that was for states to come.
    pub(crate) fn shrink(&mut self) {
        self.keys.shrink_to_fit();
    }

    pub(crate) fn bytes(&self) -> usize {
        self.keys.capacity() * size_of::<K>() + self.table.len() * size_of::<u32>()
    }
}

/// How many states are in a table of this size before it grows: so few that most are among the first
/// words that one looks at.
fn room(size: usize) -> usize {
    size / 3 * 2
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use proptest::prelude::*;

    use super::*;

    /// A key with a hash of so many bits, the highest or the lowest.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
    struct Odd {
        key: u64,
        bits: u32,
        high: bool,
    }

    impl Key for Odd {
        fn hash(self) -> u64 {
            let hash = self.key.wrapping_mul(0x9e37_79b9_7f4a_7c15);
            let hash = hash.checked_shr(u64::BITS - self.bits).unwrap_or(0);
            match self.high {
                true => hash.checked_shl(u64::BITS - self.bits).unwrap_or(0),
                false => hash,
            }
        }
    }

    proptest! {
        #[test]
        fn each_is_known_once_by_the_number_of_its_turn(
            met in proptest::collection::vec(0..600_u64, 0..1500),
            bits in 0..=64_u32,
            high in any::<bool>(),
            room in 0..800_usize,
        ) {
            let odd = |key: u64| Odd { key, bits, high };
            let mut known = Known::with_room_for(room);
            let mut naive = HashMap::new();
            for key in met {
                prop_assert_eq!(known.find(odd(key)), naive.get(&key).copied());
                let next = known.len();
                let node = *naive.entry(key).or_insert(next);
                prop_assert_eq!(known.meet(odd(key)), (node, node == next));
                prop_assert_eq!(known.key(node), odd(key));
            }
            for key in 0..600 {
                prop_assert_eq!(known.find(odd(key)), naive.get(&key).copied());
            }
        }
    }

    #[test]
    fn a_large_table_grows_by_half_and_loses_nobody() {
        let all = || {
            (0..300_000).map(|key| Odd {
                key,
                bits: 64,
                high: true,
            })
        };
        let mut known = Known::new();
        let mut sizes = vec![known.table.len()];
        for (node, key) in (0..).zip(all()) {
            assert_eq!(known.meet(key), (node, true));
            sizes.push(known.table.len());
        }
        assert!(
            (0..)
                .zip(all())
                .all(|(node, key)| known.find(key) == Some(node))
        );
        sizes.dedup();
        let large: Vec<_> = sizes.into_iter().filter(|size| *size >= SMALL).collect();
        assert!(large.len() > 3);
        assert!(
            large.windows(2).all(|pair| pair[1] == pair[0] / 2 * 3),
            "{large:?}"
        );
        known.shrink();
        assert!(known.bytes() < 300_000 * (size_of::<Odd>() + 8));
    }
}
