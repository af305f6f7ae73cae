//! The visited set: the known states, identified by their keys.

use std::ops::Range;
use std::sync::atomic::{AtomicU32, Ordering};

use prefetch_index::prefetch_index;
use rayon::ThreadPool;

use super::number;
use super::space::Key;
use super::transitions::Node;

/// An empty word of the table. A number never has all its bits set.
const NOBODY: u32 = u32::MAX;

/// The number of words that a glance reads.
const GLANCE: usize = 4;

/// A value that no word of the table has.
const UNDECIDED: u64 = 1 << 32;

/// How many keys ahead of the current one the table is prefetched.
pub(super) const AHEAD: usize = 16;

/// Tables below this size fit in the cache; rehash them on one thread.
const SMALL: usize = 1 << 16;

/// The known states, numbered in the order in which they were found. In a large set each state takes
/// its key and six to nine bytes.
///
/// The numbers are in a hash table with open addressing and linear probing. The bits of a word that no
/// number needs yet store a part of the hash, so that the key of another state is rarely read. To find
/// a state takes two reads from distant memory: one of the table and one of the key. The size of the
/// table is any number, not only a power of two. A large table grows by half: the old one is freed
/// first, and the new one is filled from the keys.
pub struct VisitedSet<K> {
    keys: Vec<K>,
    /// The most recently entered keys, kept apart while other threads read the older ones.
    recent: Vec<K>,
    table: Vec<AtomicU32>,
    /// The bits of a word that contain the number of a state.
    number: u32,
}

/// The states that were known at one point, while newer ones may be entered at the same time. Newer
/// states are not found, even if their words are already in the table.
#[derive(Debug)]
pub struct Before<'k, K> {
    keys: &'k [K],
    table: &'k [AtomicU32],
    number: u32,
}

/// Enters states while other threads read the older ones.
pub struct Register<'k, K> {
    before: Before<'k, K>,
    recent: &'k mut Vec<K>,
}

/// What the first words of the table say about a key: a word that may be the key's state, that the
/// state is not known, or nothing.
#[derive(Clone, Copy)]
pub struct Glance(u64);

impl Glance {
    /// A glance that says nothing.
    pub const NONE: Glance = Glance(UNDECIDED);
}

impl<K: Key> Default for VisitedSet<K> {
    fn default() -> Self {
        Self::new()
    }
}

impl<K: Key> VisitedSet<K> {
    /// Whether it contains no states.
    pub fn is_empty(&self) -> bool {
        self.keys.is_empty()
    }

    /// An empty visited set.
    pub fn new() -> Self {
        Self::with_room_for(0)
    }

    /// An empty visited set with room for this many states before the table must grow.
    pub fn with_room_for(states: usize) -> Self {
        let mut known = VisitedSet {
            keys: Vec::with_capacity(states),
            recent: Vec::new(),
            table: Vec::new(),
            number: 0,
        };
        known.resize(states / 2 * 3 + 16, None);
        known
    }

    /// The number of states.
    pub fn len(&self) -> Node {
        number(self.keys.len())
    }

    /// The key of a state.
    pub fn key(&self, node: Node) -> K {
        self.keys[node as usize]
    }

    /// The number of a known state.
    pub fn find(&self, key: K) -> Option<Node> {
        self.before().look(key, &[]).ok()
    }

    /// The number of a state, and whether it is new.
    pub fn meet(&mut self, key: K) -> (Node, bool) {
        let place = match self.before().look(key, &[]) {
            Ok(node) => return (node, false),
            Err(place) => place,
        };
        let node = self.len();
        *self.table[place].get_mut() = word(key.hash(), node, self.number);
        self.keys.push(key);
        self.make_room(0, None);
        (node, true)
    }

    /// Splits the set into the known states, and a register in which up to this many states can be
    /// entered at the same time. The new states are known after both are dropped and
    /// [`VisitedSet::close`] is called.
    pub fn open(
        &mut self,
        states: usize,
        others: Option<&ThreadPool>,
    ) -> (Before<'_, K>, Register<'_, K>) {
        self.make_room(states, others);
        let before = Before {
            keys: &self.keys,
            table: &self.table,
            number: self.number,
        };
        let recent = &mut self.recent;
        (before, Register { before, recent })
    }

    /// Adds the states that were entered.
    pub fn close(&mut self) {
        self.keys.append(&mut self.recent);
    }

    fn before(&self) -> Before<'_, K> {
        Before {
            keys: &self.keys,
            table: &self.table,
            number: self.number,
        }
    }

    /// Makes the table large enough for this many more states, and one. Other threads help, if there
    /// are any.
    fn make_room(&mut self, more: usize, others: Option<&ThreadPool>) {
        let old = self.table.len();
        let mut size = old;
        while self.keys.len() + more >= room(size) {
            size = if size < SMALL { size * 2 } else { size / 2 * 3 };
        }
        if size != old {
            self.resize(size, others.filter(|_| size > SMALL));
        }
    }

    fn resize(&mut self, size: usize, others: Option<&ThreadPool>) {
        // Free the old table before the new one is allocated.
        self.table = Vec::new();
        self.table.resize_with(size, || AtomicU32::new(NOBODY));
        let most = u32::try_from(room(size)).unwrap_or(u32::MAX);
        self.number = u32::MAX >> most.leading_zeros();
        let (all, before) = (self.keys.len(), self.before());
        match others {
            None => before.enter(0..all, |free, word| {
                free.store(word, Ordering::Relaxed);
                true
            }),
            Some(pool) => {
                let parts = pool.current_num_threads() + 1;
                let part = |n| all * n / parts..all * (n + 1) / parts;
                // The order does not matter: all states are found.
                let claim = |free: &AtomicU32, word| {
                    let (order, failed) = (Ordering::Relaxed, Ordering::Relaxed);
                    free.compare_exchange(NOBODY, word, order, failed).is_ok()
                };
                pool.in_place_scope(|scope| {
                    scope.spawn_broadcast(|_, other| before.enter(part(other.index() + 1), claim));
                    before.enter(part(0), claim);
                });
            }
        }
    }

    /// Frees memory that was reserved for more states.
    pub fn shrink(&mut self) {
        self.keys.shrink_to_fit();
        self.recent = Vec::new();
    }

    /// The memory of the keys and the table in bytes.
    pub fn bytes(&self) -> usize {
        self.keys.capacity() * size_of::<K>() + self.table.len() * size_of::<u32>()
    }
}

impl<K> Clone for Before<'_, K> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<K> Copy for Before<'_, K> {}

impl<K: Key> Before<'_, K> {
    /// The key of a state.
    pub fn key(&self, node: Node) -> K {
        self.keys[node as usize]
    }

    /// Enters known states into an empty table. `claim` takes a word, unless another thread has taken
    /// it.
    fn enter(&self, nodes: Range<usize>, claim: impl Fn(&AtomicU32, u32) -> bool) {
        let size = self.table.len();
        for node in nodes {
            if let Some(soon) = self.keys.get(node + AHEAD) {
                self.ask(*soon);
            }
            let hash = self.keys[node].hash();
            let (mut place, word) = (place(hash, size), word(hash, number(node), self.number));
            while self.table[place].load(Ordering::Relaxed) != NOBODY
                || !claim(&self.table[place], word)
            {
                place = after(place, size);
            }
        }
    }

    /// Prefetches the words at which a key would be looked up, without waiting.
    pub fn ask(&self, key: K) {
        let place = place(key.hash(), self.table.len());
        prefetch_index(self.table, place);
        prefetch_index(self.table, place + GLANCE - 1);
    }

    /// Reads the table without reading keys, and prefetches the key to which it points. The code does
    /// not branch on the words, so there is no branch to mispredict.
    pub fn glance(&self, key: K) -> Glance {
        let hash = key.hash();
        let place = place(hash, self.table.len());
        let wanted = word(hash, 0, self.number);
        let words = self.table.get(place..place + GLANCE).unwrap_or_default();
        let seen = words.iter().rev().fold(UNDECIDED, |seen, word| {
            let word = word.load(Ordering::Relaxed);
            let decides = (word == NOBODY) | (word & !self.number == wanted);
            if decides { u64::from(word) } else { seen }
        });
        prefetch_index(self.keys, (seen & u64::from(self.number)) as usize);
        Glance(seen)
    }

    /// The number of a known state, given the result of an earlier look at the table.
    pub fn resolve(&self, key: K, Glance(seen): Glance) -> Option<Node> {
        let node = |word| word & self.number;
        match u32::try_from(seen) {
            Ok(NOBODY) => None,
            Ok(word) if self.keys.get(node(word) as usize) == Some(&key) => Some(node(word)),
            _ => self.look(key, &[]).ok(),
        }
    }

    /// The number of a state, which is one of these or of the `recent` ones, or else the position in
    /// the table where it would be.
    fn look(&self, key: K, recent: &[K]) -> Result<Node, usize> {
        let (hash, size) = (key.hash(), self.table.len());
        let (mut place, wanted) = (place(hash, size), word(hash, 0, self.number));
        let is = |node: usize| match self.keys.get(node) {
            Some(known) => *known == key,
            None => recent.get(node - self.keys.len()) == Some(&key),
        };
        loop {
            let word = self.table[place].load(Ordering::Relaxed);
            let node = word & self.number;
            if word == NOBODY {
                return Err(place);
            }
            if word ^ node == wanted && is(node as usize) {
                return Ok(node);
            }
            place = after(place, size);
        }
    }
}

impl<K: Key> Register<'_, K> {
    /// Whether it contains no states.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The number of states.
    pub fn len(&self) -> Node {
        number(self.before.keys.len() + self.recent.len())
    }

    /// The key of a state.
    pub fn key(&self, node: Node) -> K {
        let node = node as usize;
        let recent = || self.recent[node - self.before.keys.len()];
        self.before.keys.get(node).copied().unwrap_or_else(recent)
    }

    /// Prefetches the words of a state that will be looked up soon.
    pub fn ask(&self, key: K) {
        self.before.ask(key);
    }

    /// The number of a state that was known before or entered since.
    pub fn find(&self, key: K) -> Option<Node> {
        self.before.look(key, self.recent).ok()
    }

    /// The number of a state, and whether it is new.
    pub fn meet(&mut self, key: K) -> (Node, bool) {
        let place = match self.before.look(key, self.recent) {
            Ok(node) => return (node, false),
            Err(place) => place,
        };
        let node = self.len();
        let word = word(key.hash(), node, self.before.number);
        // Other threads that read the word see that its state is newer.
        self.before.table[place].store(word, Ordering::Relaxed);
        self.recent.push(key);
        (node, true)
    }
}

/// The position at which to begin: its share of the table is the hash's share of its range.
#[allow(clippy::cast_possible_truncation, reason = "it is below the size")]
fn place(hash: u64, size: usize) -> usize {
    ((u128::from(hash) * size as u128) >> u64::BITS) as usize
}

fn after(place: usize, size: usize) -> usize {
    if place + 1 < size { place + 1 } else { 0 }
}

#[allow(
    clippy::cast_possible_truncation,
    reason = "the highest bits have told the place already"
)]
fn word(hash: u64, node: Node, number: u32) -> u32 {
    hash as u32 & !number | node
}

/// The number of states in a table of this size before it grows: low enough that most states are in
/// the first words that are read.
fn room(size: usize) -> usize {
    size / 3 * 2
}

#[cfg(test)]
mod tests;
