//! How the states of a model are identified: by fingerprints of 64 or 128 bits, or by the states
//! themselves.

use std::hash::Hash;
use std::marker::PhantomData;

use super::fingerprint::{Audited, Fingerprints, Wide};
use super::intern::Interner;
use super::space::Key;

/// How the states of a model are identified.
pub trait Identity<S>: Sync {
    /// The type of the identifying keys.
    type Key: Key;

    /// The key that identifies this state.
    fn key(&self, state: &S) -> Self::Key;

    /// The state, if it can be read from the key.
    fn restore(&self, key: Self::Key) -> Option<S>;

    /// The number of bits that are compared; `None` if keys are exact.
    fn bits(&self) -> Option<u32>;
}

/// Identifies states by 64-bit fingerprints: eight bytes for each state.
impl<S: Hash> Identity<S> for Fingerprints {
    type Key = u64;

    fn key(&self, state: &S) -> u64 {
        self.single(state)
    }

    fn restore(&self, _: u64) -> Option<S> {
        None
    }

    fn bits(&self) -> Option<u32> {
        Some(Fingerprints::bits(*self))
    }
}

/// Identifies states by two fingerprints: as one fingerprint of 128 bits ([`Wide`]), or with the
/// second one as a check of the first ([`Audited`]).
pub struct Double<K>(Fingerprints, PhantomData<fn() -> K>);

impl Double<Wide> {
    /// 128 bits: sixteen bytes for each state.
    pub fn wide() -> Self {
        Double(Fingerprints::default(), PhantomData)
    }
}

impl Double<Audited> {
    /// Counts how often the first fingerprint is the same for different states.
    pub fn audited(fingerprints: Fingerprints) -> Self {
        Double(fingerprints, PhantomData)
    }
}

impl<S: Hash, K: Key + From<[u64; 2]> + Bits> Identity<S> for Double<K> {
    type Key = K;

    fn key(&self, state: &S) -> K {
        self.0.double(state).into()
    }

    fn restore(&self, _: K) -> Option<S> {
        None
    }

    fn bits(&self) -> Option<u32> {
        Some(self.0.bits() + K::MORE)
    }
}

/// The number of bits that a key has in addition to the first fingerprint.
pub trait Bits {
    /// The number of additional bits.
    const MORE: u32;
}

impl Bits for Wide {
    const MORE: u32 = 64;
}

impl Bits for Audited {
    const MORE: u32 = 0;
}

/// Identifies states by themselves: every state is kept in full, and different states are never
/// merged.
pub struct Exact<S>(Interner<S>);

impl<S: PartialEq + Hash> Exact<S> {
    /// An empty set of states.
    pub fn new() -> Self {
        Exact(Interner::new())
    }
}

impl<S: PartialEq + Hash> Default for Exact<S> {
    fn default() -> Self {
        Self::new()
    }
}

/// The number of a state that is kept in full.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place(u32);

impl Key for Place {
    fn hash(self) -> u64 {
        u64::from(self.0).wrapping_mul(0x9e37_79b9_7f4a_7c15)
    }
}

impl<S: Clone + PartialEq + Hash + Send + Sync> Identity<S> for Exact<S> {
    type Key = Place;

    fn key(&self, state: &S) -> Place {
        Place(self.0.id_of(state))
    }

    fn restore(&self, key: Place) -> Option<S> {
        Some(self.0.get(key.0).clone())
    }

    fn bits(&self) -> Option<u32> {
        None
    }
}
