//! Fingerprints of states: 64 or 128 bits that two different states are unlikely to share.
//!
//! A lane multiplies what it is given with what it has, 64 bits by 64, and folds the 128 bits of
//! the product. One lane gives 64 bits; a second one, with another constant, is independent of it.

use std::hash::{Hash, Hasher};

use super::space::Key;

/// Odd constants without structure: the fractional parts of square roots of primes.
const ROOTS: [u64; 4] = [
    0x6a09_e667_f3bc_c909,
    0xbb67_ae85_84ca_a73b,
    0x3c6e_f372_fe94_f82b,
    0xa54f_f53a_5f1d_36f1,
];

fn fold(a: u64, b: u64) -> u64 {
    let product = u128::from(a) * u128::from(b);
    #[allow(clippy::cast_possible_truncation, reason = "both halves are used")]
    let (low, high) = (product as u64, (product >> 64) as u64);
    low ^ high
}

/// How states are told apart by what they hash to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fingerprints {
    seed: u64,
    mask: u64,
}

impl Default for Fingerprints {
    fn default() -> Self {
        Fingerprints {
            seed: 0,
            mask: u64::MAX,
        }
    }
}

impl Fingerprints {
    /// Fingerprints that keep few bits, so that collisions happen, and depend on a seed. For tests.
    #[must_use]
    pub fn narrow(bits: u32, seed: u64) -> Self {
        Fingerprints {
            seed,
            mask: u64::MAX >> (64 - bits.clamp(1, 64)),
        }
    }

    /// How many bits are kept.
    pub fn bits(self) -> u32 {
        self.mask.count_ones()
    }

    /// The 64-bit fingerprint.
    pub fn single(self, state: &impl Hash) -> u64 {
        let mut lane = Lane(self.seed ^ ROOTS[0]);
        state.hash(&mut lane);
        lane.finish() & self.mask
    }

    /// Two fingerprints in one pass, each independent of the other.
    pub fn double(self, state: &impl Hash) -> [u64; 2] {
        let mut lanes = Lanes(self.seed ^ ROOTS[0], self.seed ^ ROOTS[2]);
        state.hash(&mut lanes);
        [
            lanes.finish() & self.mask,
            fold(lanes.1 ^ ROOTS[0], ROOTS[3]),
        ]
    }
}

/// The probability that among so many states two share a fingerprint of so many bits, if
/// fingerprints are as good as random: 1 − exp(−n(n−1) / 2^(bits+1)).
pub fn collision_probability(states: usize, bits: u32) -> f64 {
    #[allow(clippy::cast_precision_loss)]
    let states = states as f64;
    let pairs = states * (states - 1.0).max(0.0) / 2.0;
    let expected = pairs / f64::from(bits).exp2();
    -(-expected).exp_m1()
}

struct Lane(u64);

impl Hasher for Lane {
    fn finish(&self) -> u64 {
        fold(self.0 ^ ROOTS[2], ROOTS[1])
    }

    fn write(&mut self, bytes: &[u8]) {
        words(bytes, |word| self.write_u64(word));
    }

    fn write_u8(&mut self, i: u8) {
        self.write_u64(u64::from(i));
    }

    fn write_u16(&mut self, i: u16) {
        self.write_u64(u64::from(i));
    }

    fn write_u32(&mut self, i: u32) {
        self.write_u64(u64::from(i));
    }

    fn write_u64(&mut self, i: u64) {
        self.0 = fold(self.0 ^ i, ROOTS[1]);
    }

    fn write_usize(&mut self, i: usize) {
        self.write_u64(i as u64);
    }
}

struct Lanes(u64, u64);

impl Hasher for Lanes {
    fn finish(&self) -> u64 {
        Lane(self.0).finish()
    }

    fn write(&mut self, bytes: &[u8]) {
        words(bytes, |word| self.write_u64(word));
    }

    fn write_u8(&mut self, i: u8) {
        self.write_u64(u64::from(i));
    }

    fn write_u16(&mut self, i: u16) {
        self.write_u64(u64::from(i));
    }

    fn write_u32(&mut self, i: u32) {
        self.write_u64(u64::from(i));
    }

    fn write_u64(&mut self, i: u64) {
        self.0 = fold(self.0 ^ i, ROOTS[1]);
        self.1 = fold(self.1 ^ i, ROOTS[3]);
    }

    fn write_usize(&mut self, i: usize) {
        self.write_u64(i as u64);
    }
}

/// Bytes as words; the last one says how many of its bytes there are.
fn words(bytes: &[u8], mut each: impl FnMut(u64)) {
    let mut chunks = bytes.chunks_exact(8);
    for chunk in &mut chunks {
        each(u64::from_le_bytes(chunk.try_into().unwrap_or_default()));
    }
    let rest = chunks.remainder();
    if !rest.is_empty() {
        let mut word = [0; 8];
        word[..rest.len()].copy_from_slice(rest);
        each(u64::from_le_bytes(word) ^ (rest.len() as u64) << 56);
    }
}

impl Key for u64 {
    fn hash(self) -> u64 {
        self
    }
}

/// A fingerprint of 128 bits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Wide([u64; 2]);

impl From<[u64; 2]> for Wide {
    fn from(lanes: [u64; 2]) -> Self {
        Wide(lanes)
    }
}

impl Key for Wide {
    fn hash(self) -> u64 {
        self.0[0]
    }
}

/// A fingerprint with a second one that takes no part, but tells when the first one was shared.
#[derive(Debug, Clone, Copy)]
pub struct Audited {
    key: u64,
    witness: u64,
}

impl From<[u64; 2]> for Audited {
    fn from([key, witness]: [u64; 2]) -> Self {
        Audited { key, witness }
    }
}

impl PartialEq for Audited {
    fn eq(&self, other: &Self) -> bool {
        self.key == other.key
    }
}

impl Eq for Audited {}

impl Key for Audited {
    fn hash(self) -> u64 {
        // A narrow fingerprint would leave most of the table's bits empty.
        fold(self.key ^ ROOTS[0], ROOTS[1])
    }

    fn collides(self, other: Self) -> bool {
        self.key == other.key && self.witness != other.witness
    }
}
