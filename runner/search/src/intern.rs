//! Interns values as small numbers, and stores computed answers. Shared by threads.

use std::hash::{BuildHasher, Hash};
use std::sync::{Mutex, MutexGuard, OnceLock, PoisonError};

use hashbrown::HashTable;
use hashbrown::hash_table::Entry;
use rustc_hash::FxBuildHasher;

/// The number of shards of a shared table: enough that threads rarely need the same one.
pub(super) const SHARDS: usize = 64;

fn hash_of(item: &impl Hash) -> u64 {
    FxBuildHasher.hash_one(item)
}

/// Locks a mutex. The content stays valid even if another thread panicked while it held the lock.
pub(super) fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

fn in_shard<T>(shards: &[Mutex<T>], hash: u64) -> MutexGuard<'_, T> {
    // The table itself uses the highest and lowest bits of the hash.
    locked(&shards[(hash >> 32) as usize % SHARDS])
}

pub(super) type Shards<T> = Box<[Mutex<T>]>;

pub(super) fn shards<T: Default>() -> Shards<T> {
    (0..SHARDS).map(|_| Mutex::default()).collect()
}

/// The memory of tables in bytes.
fn tables<T>(shards: &[Mutex<HashTable<T>>]) -> usize {
    shards
        .iter()
        .map(|shard| locked(shard).allocation_size())
        .sum()
}

/// Values that are stored once each and numbered, each with an attached value. A value must equal
/// itself. The number of a value may differ from run to run; whether two values are equal does not.
pub struct Interner<T, B = ()> {
    items: boxcar::Vec<(T, B)>,
    shards: Shards<HashTable<u32>>,
}

/// Values that are stored once each, with derived data that are computed at the first request.
pub type Informed<T, I> = Interner<T, OnceLock<I>>;

impl<T: PartialEq + Hash, B: Default> Interner<T, B> {
    /// An empty interner.
    pub fn new() -> Self {
        Interner {
            items: boxcar::Vec::new(),
            shards: shards(),
        }
    }

    /// The number of a value.
    pub fn id(&self, item: T) -> u32 {
        let hash = hash_of(&item);
        self.enter(hash, item)
    }

    /// The number of a value, which is copied only if it is new.
    pub fn id_of(&self, item: &T) -> u32
    where
        T: Clone,
    {
        let hash = hash_of(item);
        let known = {
            let table = in_shard(&self.shards, hash);
            table.find(hash, |id| self.get(*id) == item).copied()
        };
        known.unwrap_or_else(|| self.enter(hash, item.clone()))
    }

    fn enter(&self, hash: u64, item: T) -> u32 {
        let mut table = in_shard(&self.shards, hash);
        let entry = table.entry(
            hash,
            |id| *self.get(*id) == item,
            |id| hash_of(self.get(*id)),
        );
        match entry {
            Entry::Occupied(known) => *known.get(),
            Entry::Vacant(vacant) => {
                let place = self.items.push((item, B::default()));
                let id = u32::try_from(place).unwrap_or(u32::MAX);
                vacant.insert(id);
                id
            }
        }
    }

    /// The value with this number.
    pub fn get(&self, id: u32) -> &T {
        &self.items[id as usize].0
    }

    /// The number of values.
    pub fn len(&self) -> usize {
        self.items.count()
    }

    /// The memory in bytes. `elsewhere` returns the heap memory of a value and of the data attached
    /// to it.
    pub fn bytes(&self, elsewhere: impl Fn(&T, &B) -> usize) -> usize {
        // Each item has a flag that says whether it is initialised.
        let item = size_of::<(T, B)>() + align_of::<(T, B)>();
        let items = self.items.iter();
        let items = items.map(|(_, (thing, beside))| item + elsewhere(thing, beside));
        items.sum::<usize>() + tables(&self.shards)
    }

    /// Whether there are no values.
    pub fn is_empty(&self) -> bool {
        self.items.is_empty()
    }
}

impl<T: PartialEq + Hash, I> Informed<T, I> {
    /// The derived data of the value with this number, computed at the first request.
    pub fn info(&self, id: u32, work: impl FnOnce(&T) -> I) -> &I {
        let (item, info) = &self.items[id as usize];
        info.get_or_init(|| work(item))
    }
}

impl<T: PartialEq + Hash, B: Default> Default for Interner<T, B> {
    fn default() -> Self {
        Self::new()
    }
}

/// Stored answers that are computed once.
pub struct Memo<K, V> {
    shards: Shards<HashTable<(K, V)>>,
}

impl<K: Eq + Hash, V: Clone> Memo<K, V> {
    /// An empty memo.
    pub fn new() -> Self {
        Memo { shards: shards() }
    }

    /// The answer, computed if it is not stored yet. Two threads may compute it at the same time;
    /// the answers are equal, and one of them is kept.
    pub fn get_or(&self, key: K, work: impl FnOnce(&K) -> V) -> V {
        let hash = hash_of(&key);
        if let Some((_, known)) = in_shard(&self.shards, hash).find(hash, |(k, _)| *k == key) {
            return known.clone();
        }
        let value = work(&key);
        let mut table = in_shard(&self.shards, hash);
        let entry = table.entry(hash, |(k, _)| *k == key, |(k, _)| hash_of(k));
        entry.or_insert((key, value)).get().1.clone()
    }

    /// The memory in bytes, without heap memory of keys and answers.
    pub fn bytes(&self) -> usize {
        tables(&self.shards)
    }
}

impl<K: Eq + Hash, V: Clone> Default for Memo<K, V> {
    fn default() -> Self {
        Self::new()
    }
}
