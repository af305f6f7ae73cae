//! Which part of a state a predicate looks at, so that it need not be asked in every state.

use std::ops::BitOr;
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};
use std::sync::{Mutex, OnceLock};

use crate::cache::Cache;
use crate::intern::{SHARDS, Shards, locked, shards};

/// What the truth of a predicate depends on, besides the model itself. `|` makes one of two.
///
/// A property of Stateright is a function of the whole state, and nobody but its author knows at
/// which part it looks. With a declaration it is asked once for each value of that part, in some
/// state that has it. A wrong declaration leads to wrong verdicts; see
/// [`Interned::checked`](super::Interned::checked).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct About(u8);

impl About {
    /// Nothing: it is true everywhere, or false everywhere.
    pub const NOTHING: About = About(0);
    /// The actors: their states, timers, random choices and storages, and which of them are down.
    pub const ACTORS: About = About(1);
    /// The network, with what a duplicating one delivered last.
    pub const NETWORK: About = About(2);
    /// The history.
    pub const HISTORY: About = About(4);
    /// All of it.
    pub const EVERYTHING: About = About(7);

    /// The parts one by one.
    pub(super) fn parts(self) -> impl Iterator<Item = About> {
        let parts = [About::ACTORS, About::NETWORK, About::HISTORY];
        parts.into_iter().filter(move |part| self.0 & part.0 != 0)
    }
}

impl BitOr for About {
    type Output = About;

    fn bitor(self, other: About) -> About {
        About(self.0 | other.0)
    }
}

/// The parts of a state that a predicate is about, by number.
#[derive(Debug, Clone, Copy)]
pub(super) enum Parts {
    None,
    One(u32),
    Two([u32; 2]),
    All,
}

/// The truth of a predicate, as far as it is remembered.
pub(super) struct Truth {
    pub(super) about: About,
    once: OnceLock<bool>,
    /// By the number of a part, two bits each: the lower says that the truth is known, the higher
    /// says it. Sharded by the lowest bits of the number.
    by_part: Shards<Vec<u64>>,
    mistaken: AtomicBool,
}

/// Of a predicate about two parts, the truths of late: there may be almost as many pairs as states,
/// too many to remember all.
pub(super) type Recent = Cache<bool>;

impl Truth {
    pub(super) fn new(about: About) -> Self {
        Truth {
            about,
            once: OnceLock::new(),
            by_part: shards(),
            mistaken: AtomicBool::new(false),
        }
    }

    pub(super) fn get(&self, parts: Parts, recent: &Recent) -> Option<bool> {
        match parts {
            Parts::None => self.once.get().copied(),
            Parts::One(part) => {
                let (shard, word, bit) = self.place(part);
                let word = locked(shard).get(word).map_or(0, |word| word >> bit);
                (word & 1 == 1).then_some(word & 2 == 2)
            }
            Parts::Two(pair) => recent.get(crate::cache::pair(pair)),
            Parts::All => None,
        }
    }

    pub(super) fn put(&self, parts: Parts, recent: &mut Recent, truth: bool) {
        match parts {
            Parts::None => {
                self.once.get_or_init(|| truth);
            }
            Parts::One(part) => {
                let (shard, word, bit) = self.place(part);
                let mut words = locked(shard);
                if words.len() <= word {
                    words.resize(word + 1, 0);
                }
                words[word] |= (1 | u64::from(truth) << 1) << bit;
            }
            Parts::Two(pair) => recent.put(crate::cache::pair(pair), truth),
            Parts::All => {}
        }
    }

    /// Notes that a truth was remembered that does not hold.
    pub(super) fn refute(&self) {
        self.mistaken.store(true, Relaxed);
    }

    /// Whether one was.
    pub(super) fn is_mistaken(&self) -> bool {
        self.mistaken.load(Relaxed)
    }

    fn place(&self, part: u32) -> (&Mutex<Vec<u64>>, usize, usize) {
        let place = part as usize / SHARDS;
        let shard = &self.by_part[part as usize % SHARDS];
        (shard, place / 32, place % 32 * 2)
    }

    pub(super) fn bytes(&self) -> usize {
        let shards = self.by_part.iter();
        shards
            .map(|shard| size_of_val::<[u64]>(&locked(shard)))
            .sum()
    }
}
