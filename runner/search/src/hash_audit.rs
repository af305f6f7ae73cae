//! Detects a `Hash` that omits a field which `Eq` compares, on a sample of states.

use std::fmt::Debug;
use std::hash::Hash;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::sync::{Mutex, OnceLock};

use hashbrown::HashTable;

use super::fault::MergedStates;
use super::fingerprint::Fingerprints;
use super::intern::locked;
use super::space::Key;

/// The largest number of states in the sample.
const SIZE: usize = 1 << 10;

/// A seed for fingerprints that are independent of those of the search.
const OTHER_SEED: u64 = 0x5851_f42d_4c95_7f2d;

/// Keeps some states in full, and compares with them every state that has the same key.
///
/// A state is in the sample if the lowest bits of its hash are 0. The number of these bits grows with
/// the number of states, so that the sample stays small: all states of a small model, about a thousand
/// of a large one. Whether a state is in the sample depends only on its hash, so that each group of
/// merged states is equally likely to be noticed.
pub(super) struct HashAudit<K, S> {
    /// A hash with any of these bits set is not in the sample.
    mask: AtomicU64,
    sample: Mutex<HashTable<(K, S)>>,
    merged: OnceLock<MergedStates>,
}

impl<K: Key, S: Clone + PartialEq + Hash + Debug> HashAudit<K, S> {
    pub(super) fn new() -> Self {
        HashAudit {
            mask: AtomicU64::new(0),
            sample: Mutex::default(),
            merged: OnceLock::new(),
        }
    }

    /// Compares a state with the one in the sample that has the same key, if there is one.
    pub(super) fn check(&self, key: K, state: &S) {
        if key.hash() & self.mask.load(Relaxed) == 0 {
            self.compare(key, state);
        }
    }

    #[cold]
    fn compare(&self, key: K, state: &S) {
        let mut sample = locked(&self.sample);
        if let Some((_, first)) = sample.find(key.hash(), |(other, _)| *other == key) {
            // Two fingerprints may collide by chance. Two independent ones collide only if `Hash` gives
            // both the same input.
            if first != state && same_hash(first, state) {
                self.merged.get_or_init(|| MergedStates {
                    one: format!("{first:?}"),
                    other: format!("{state:?}"),
                });
            }
            return;
        }
        sample.insert_unique(key.hash(), (key, state.clone()), |(key, _)| key.hash());
        let mut mask = self.mask.load(Relaxed);
        while sample.len() > SIZE && mask != u64::MAX {
            mask = mask << 1 | 1;
            sample.retain(|(key, _)| key.hash() & mask == 0);
        }
        self.mask.store(mask, Relaxed);
    }

    /// Two states that were merged, if the audit noticed it.
    pub(super) fn merged(&self) -> Option<&MergedStates> {
        self.merged.get()
    }
}

fn same_hash<S: Hash>(one: &S, other: &S) -> bool {
    let independent = Fingerprints::narrow(u64::BITS, OTHER_SEED);
    independent.single(one) == independent.single(other)
}
