//! The visited set: the states that have been met, by their keys.

use std::ops::Range;
use std::sync::atomic::{AtomicU32, Ordering};

use prefetch_index::prefetch_index;
use rayon::ThreadPool;

use super::number;
use super::space::Key;
use super::transitions::Node;

/// A word of the table where no state is. A number never has all its bits set.
const NOBODY: u32 = u32::MAX;

/// How many words a glance takes in.
const GLANCE: usize = 4;

/// What no word is.
const UNDECIDED: u64 = 1 << 32;

/// How many keys ahead of the one that is entered memory is asked for its place.
pub(super) const AHEAD: usize = 16;

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
pub struct VisitedSet<K> {
    keys: Vec<K>,
    /// The keys of those that were entered last, beside those who look at the others.
    recent: Vec<K>,
    table: Vec<AtomicU32>,
    /// The bits of a word that are the number of a state.
    number: u32,
}

/// What was known before states were entered that may be entered at this very moment. They are not
/// known to it, wherever their words in the table already are.
#[derive(Debug)]
pub struct Before<'k, K> {
    keys: &'k [K],
    table: &'k [AtomicU32],
    number: u32,
}

/// Enters states while others look at those from before.
pub struct Register<'k, K> {
    before: Before<'k, K>,
    recent: &'k mut Vec<K>,
}

/// What the first words of the table say about a key: one that may be of its state, that it cannot
/// be known, or nothing.
#[derive(Clone, Copy)]
pub struct Glance(u64);

impl Glance {
    /// Before there was one.
    pub const NONE: Glance = Glance(UNDECIDED);
}

impl<K: Key> Default for VisitedSet<K> {
    fn default() -> Self {
        Self::new()
    }
}

impl<K: Key> VisitedSet<K> {
    /// Whether it holds no state.
    pub fn is_empty(&self) -> bool {
        self.keys.is_empty()
    }

    /// An empty visited set.
    pub fn new() -> Self {
        Self::with_room_for(0)
    }

    /// None yet, and so many before the table has to grow.
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

    /// How many states it holds.
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

    /// What is known, and where up to so many states can be entered meanwhile, which are known when
    /// both are given back and [`VisitedSet::close`] is called.
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

    /// Takes in what was entered.
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

    /// Makes the table large enough for so many more, and one, with the help of other threads if there
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
        // The old one is given back before there is another.
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
                // Whichever comes first: all are found.
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

    /// Gives back the room that was for states to come.
    pub fn shrink(&mut self) {
        self.keys.shrink_to_fit();
        self.recent = Vec::new();
    }

    /// How many bytes its keys and its table take.
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

    /// Enters known states into an empty table; `claim` takes a place, unless somebody else has.
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

    /// Asks memory for the words at which a key would be looked for, and does not wait.
    pub fn ask(&self, key: K) {
        let place = place(key.hash(), self.table.len());
        prefetch_index(self.table, place);
        prefetch_index(self.table, place + GLANCE - 1);
    }

    /// A look at the table that reads no key, but asks memory for the one that it points to. What
    /// happens next does not depend on what is read, so that there is nothing to guess.
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

    /// The number of a known state, after a glance at the table as it was then.
    pub fn resolve(&self, key: K, Glance(seen): Glance) -> Option<Node> {
        let node = |word| word & self.number;
        match u32::try_from(seen) {
            Ok(NOBODY) => None,
            Ok(word) if self.keys.get(node(word) as usize) == Some(&key) => Some(node(word)),
            _ => self.look(key, &[]).ok(),
        }
    }

    /// The number of a state, one of these or of the `recent` ones, or where in the table it would
    /// be.
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
    /// Whether it holds no state.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// How many states it holds.
    pub fn len(&self) -> Node {
        number(self.before.keys.len() + self.recent.len())
    }

    /// The key of a state.
    pub fn key(&self, node: Node) -> K {
        let node = node as usize;
        let recent = || self.recent[node - self.before.keys.len()];
        self.before.keys.get(node).copied().unwrap_or_else(recent)
    }

    /// Asks memory for the place of a state that will be met soon.
    pub fn ask(&self, key: K) {
        self.before.ask(key);
    }

    /// The number of a state from before, or entered since.
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
        // Whoever reads it meanwhile sees that it is not from before.
        self.before.table[place].store(word, Ordering::Relaxed);
        self.recent.push(key);
        (node, true)
    }
}

/// Where to begin: as far into the table as the hash is into its range.
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

/// How many states are in a table of this size before it grows: so few that most are among the first
/// words that one looks at.
fn room(size: usize) -> usize {
    size / 3 * 2
}

#[cfg(test)]
mod tests;
