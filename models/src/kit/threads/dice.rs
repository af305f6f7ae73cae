//! Random choices that are determined by a seed.

use std::time::Duration;

use rand_xoshiro::SplitMix64;
use rand_xoshiro::rand_core::{Rng, SeedableRng};

/// A random generator.
#[derive(Debug, Clone)]
pub(super) struct Dice(SplitMix64);

impl Dice {
    pub(super) fn new(seed: u64) -> Self {
        Dice(SplitMix64::seed_from_u64(seed))
    }

    /// A generator for another thread, with different numbers.
    pub(super) fn split(&mut self) -> Self {
        Dice::new(self.0.next_u64())
    }

    fn below(&mut self, end: usize) -> usize {
        let end = u64::try_from(end).unwrap_or(u64::MAX).max(1);
        usize::try_from(self.0.next_u64() % end).unwrap_or(0)
    }

    /// A number from `least` to `most`.
    pub(super) fn number(&mut self, least: u32, most: usize) -> u32 {
        least + u32::try_from(self.below(most)).unwrap_or(0)
    }

    /// One of the choices, if there are any.
    pub(super) fn pick<T>(&mut self, mut choices: Vec<T>) -> Option<T> {
        if choices.is_empty() {
            return None;
        }
        let at = self.below(choices.len());
        Some(choices.swap_remove(at))
    }

    /// Sometimes yields to other threads.
    pub(super) fn pause(&mut self) {
        match self.below(16) {
            0 => std::thread::sleep(Duration::from_micros(20)),
            1..=6 => std::thread::yield_now(),
            _ => {}
        }
    }
}
