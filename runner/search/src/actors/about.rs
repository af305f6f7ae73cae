//! Declares on which part of a state a predicate depends, so that it is not evaluated in every
//! state.

use std::ops::BitOr;
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};
use std::sync::{Mutex, OnceLock};

use crate::cache::Cache;
use crate::intern::{SHARDS, Shards, locked, shards};

/// The parts of a state on which the truth of a predicate depends, besides the model itself. `|`
/// combines parts.
///
/// A property of Stateright is a function of the whole state, and only its author knows which part
/// it reads. With a declaration it is evaluated once for each value of that part, in some state
/// that contains the value. A wrong declaration leads to wrong verdicts; see
/// [`Interned::checked`](super::Interned::checked).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct About(u8);

impl About {
    /// No part: the predicate is true everywhere or false everywhere.
    pub const NOTHING: About = About(0);
    /// The actors: their states, timers, random choices and storages, and which of them are down.
    pub const ACTORS: About = About(1);
    /// The network, including the envelope that a duplicating network delivered last.
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

/// The parts of a state on which a predicate depends, by number.
#[derive(Debug, Clone, Copy)]
pub(super) enum Parts {
    None,
    One(u32),
    Two([u32; 2]),
    All,
}

/// The stored answers for a predicate.
pub(super) struct Truth {
    pub(super) about: About,
    once: OnceLock<bool>,
    /// Two bits for each number of a part: the lower bit says whether the truth is known, the
    /// higher bit is the truth. Sharded by the lowest bits of the number.
    by_part: Shards<Vec<u64>>,
    mistaken: AtomicBool,
}

/// Recent answers for a predicate that depends on two parts. There may be almost as many pairs as
/// states, too many to store all answers.
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

    /// Records that a stored answer turned out to be wrong.
    pub(super) fn refute(&self) {
        self.mistaken.store(true, Relaxed);
    }

    /// Whether a stored answer turned out to be wrong.
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
