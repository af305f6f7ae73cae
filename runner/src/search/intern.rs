//! Distinct things as small numbers, shared by threads.

use std::hash::{BuildHasher, Hash};
use std::sync::{Mutex, PoisonError};

use hashbrown::HashTable;
use hashbrown::hash_table::Entry;
use rustc_hash::{FxBuildHasher, FxHashMap};

/// Shards of a shared table: enough that few threads want the same one.
const SHARDS: usize = 64;

fn shard_of(hash: u64) -> usize {
    // The table uses the highest and the lowest bits.
    (hash >> 32) as usize % SHARDS
}

fn locked<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Things kept once each, by number. Which number a thing has may differ from run to run, whether
/// two things are the same does not.
pub struct Interner<T> {
    items: boxcar::Vec<T>,
    shards: Box<[Mutex<HashTable<u32>>]>,
}

impl<T: Eq + Hash> Interner<T> {
    /// An empty one.
    pub fn new() -> Self {
        Interner {
            items: boxcar::Vec::new(),
            shards: (0..SHARDS).map(|_| Mutex::default()).collect(),
        }
    }

    /// The number of a thing.
    pub fn id(&self, item: T) -> u32 {
        self.id_and_whether_new(item).0
    }

    /// The number of a thing, and whether nobody had it before.
    pub fn id_and_whether_new(&self, item: T) -> (u32, bool) {
        let hash = FxBuildHasher.hash_one(&item);
        let mut table = locked(&self.shards[shard_of(hash)]);
        let entry = table.entry(
            hash,
            |id| self.items[*id as usize] == item,
            |id| FxBuildHasher.hash_one(&self.items[*id as usize]),
        );
        match entry {
            Entry::Occupied(known) => (*known.get(), false),
            Entry::Vacant(vacant) => {
                let id = u32::try_from(self.items.push(item)).unwrap_or(u32::MAX);
                vacant.insert(id);
                (id, true)
            }
        }
    }

    /// The number of a thing that is copied only if it is new, and whether it is.
    pub fn id_of(&self, item: &T) -> (u32, bool)
    where
        T: Clone,
    {
        let hash = FxBuildHasher.hash_one(item);
        let known = {
            let table = locked(&self.shards[shard_of(hash)]);
            table
                .find(hash, |id| self.items[*id as usize] == *item)
                .copied()
        };
        known.map_or_else(|| self.id_and_whether_new(item.clone()), |id| (id, false))
    }

    /// The thing with this number.
    pub fn get(&self, id: u32) -> &T {
        &self.items[id as usize]
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.items.count()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.items.is_empty()
    }
}

impl<T: Eq + Hash> Default for Interner<T> {
    fn default() -> Self {
        Self::new()
    }
}

/// Answers that were worked out once.
pub struct Memo<K, V> {
    shards: Box<[Mutex<FxHashMap<K, V>>]>,
}

impl<K: Eq + Hash, V: Clone> Memo<K, V> {
    /// An empty one.
    pub fn new() -> Self {
        Memo {
            shards: (0..SHARDS).map(|_| Mutex::default()).collect(),
        }
    }

    /// The answer, worked out if nobody has before. Two threads may both work it out; the answers
    /// are the same, and one is kept.
    pub fn get_or(&self, key: K, work: impl FnOnce(&K) -> V) -> V {
        let shard = &self.shards[shard_of(FxBuildHasher.hash_one(&key))];
        if let Some(known) = locked(shard).get(&key) {
            return known.clone();
        }
        let value = work(&key);
        locked(shard).insert(key, value.clone());
        value
    }

    /// How many answers there are.
    pub fn len(&self) -> usize {
        self.shards.iter().map(|shard| locked(shard).len()).sum()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

impl<K: Eq + Hash, V: Clone> Default for Memo<K, V> {
    fn default() -> Self {
        Self::new()
    }
}
