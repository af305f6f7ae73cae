//! Fingerprints of states: 64 or 128 bits that two different states are unlikely to share.
//!
//! A lane multiplies its state by its input, 64 bits by 64 bits, and folds the 128 bits of the
//! product. One lane gives 64 bits. A second lane has other constants and is independent of it.

use std::hash::{Hash, Hasher};

use super::space::Key;

/// Odd constants without structure: the fractional parts of square roots of primes.
const ROOTS: [u64; 8] = [
    0x6a09_e667_f3bc_c909,
    0xbb67_ae85_84ca_a73b,
    0x3c6e_f372_fe94_f82b,
    0xa54f_f53a_5f1d_36f1,
    0x510e_527f_ade6_82d1,
    0x9b05_688c_2b3e_6c1f,
    0x1f83_d9ab_fb41_bd6b,
    0x5be0_cd19_137e_2179,
];

/// Multiplies two words and combines both halves of the product.
pub fn fold(a: u64, b: u64) -> u64 {
    let product = u128::from(a) * u128::from(b);
    #[allow(clippy::cast_possible_truncation, reason = "both halves are used")]
    let (low, high) = (product as u64, (product >> 64) as u64);
    low ^ high
}

/// How states are hashed to fingerprints.
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
    /// Fingerprints of few bits, so that collisions occur, which depend on a seed. For tests.
    #[must_use]
    pub fn narrow(bits: u32, seed: u64) -> Self {
        Fingerprints {
            seed,
            mask: u64::MAX >> (64 - bits.clamp(1, 64)),
        }
    }

    /// The number of bits of a fingerprint.
    pub fn bits(self) -> u32 {
        self.mask.count_ones()
    }

    /// The 64-bit fingerprint.
    pub fn single(self, state: &impl Hash) -> u64 {
        let mut lanes = Lanes::<1>::new(self.seed);
        state.hash(&mut lanes);
        lanes.finish() & self.mask
    }

    /// Two fingerprints in one pass, each independent of the other.
    pub fn double(self, state: &impl Hash) -> [u64; 2] {
        let mut lanes = Lanes::<2>::new(self.seed);
        state.hash(&mut lanes);
        let [first, second] = lanes.end();
        [first & self.mask, second]
    }
}

/// The probability that at least two of this many states share a fingerprint of this many bits, if
/// fingerprints are random: 1 − exp(−n(n−1) / 2^(bits+1)).
pub fn collision_probability(states: usize, bits: u32) -> f64 {
    #[allow(clippy::cast_precision_loss)]
    let states = states as f64;
    let pairs = states * (states - 1.0).max(0.0) / 2.0;
    let expected = pairs / f64::from(bits).exp2();
    -(-expected).exp_m1()
}

/// Hashes in N lanes, each independent of the others.
///
/// A state consists mostly of small numbers: lengths, variants of enums, truth values. They are
/// packed into single bytes, and eight at a time enter the lanes. Larger numbers enter at once and
/// leave a mark among the small ones. The two kinds of blocks are multiplied by different constants,
/// so that different inputs cannot produce the same sequence of blocks.
struct Lanes<const N: usize> {
    lanes: [u64; N],
    small: u64,
    /// The number of bits used in `small`.
    taken: u32,
}

/// The mark among the small numbers that stands for a larger one.
const LARGE: u64 = 0xff;

impl<const N: usize> Lanes<N> {
    fn new(seed: u64) -> Self {
        Lanes {
            lanes: std::array::from_fn(|lane| seed ^ ROOTS[lane]),
            small: 0,
            taken: 0,
        }
    }

    fn block(&mut self, block: u64, kind: usize) {
        for (place, lane) in self.lanes.iter_mut().enumerate() {
            *lane = fold(*lane ^ block, ROOTS[2 + kind + 2 * place]);
        }
    }

    fn small(&mut self, byte: u64) {
        self.small |= byte << self.taken;
        self.taken += 8;
        if self.taken == u64::BITS {
            self.block(self.small, 0);
            (self.small, self.taken) = (0, 0);
        }
    }

    fn end(&self) -> [u64; N] {
        self.lanes.map(|lane| {
            let rest = fold(lane ^ self.small, ROOTS[6] ^ u64::from(self.taken));
            fold(rest ^ ROOTS[7], ROOTS[1])
        })
    }
}

impl<const N: usize> Hasher for Lanes<N> {
    fn finish(&self) -> u64 {
        self.end()[0]
    }

    fn write(&mut self, bytes: &[u8]) {
        for chunk in bytes.chunks(8) {
            let mut word = [0; 8];
            word[..chunk.len()].copy_from_slice(chunk);
            self.small(LARGE);
            self.block(u64::from_le_bytes(word), 1);
        }
        self.small(bytes.len() as u64 % 8);
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
        if i < LARGE {
            self.small(i);
        } else {
            self.small(LARGE);
            self.block(i, 1);
        }
    }

    fn write_usize(&mut self, i: usize) {
        self.write_u64(i as u64);
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

/// A fingerprint with a second one that is not used to compare states, but shows whether the first
/// one collided.
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
        // The bits of a narrow fingerprint are spread, because otherwise most places in the table
        // would stay empty.
        fold(self.key ^ ROOTS[0], ROOTS[1])
    }

    fn collides(self, other: Self) -> bool {
        self.key == other.key && self.witness != other.witness
    }
}
