//! Pseudo-random choices that a seed fixes.

use std::time::Duration;

/// A generator of pseudo-random numbers: SplitMix64 (Steele, Lea, Flood, 2014).
#[derive(Debug, Clone)]
pub(super) struct Dice(u64);

impl Dice {
    pub(super) fn new(seed: u64) -> Self {
        Dice(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// Dice of somebody else, which fall otherwise.
    pub(super) fn split(&mut self) -> Self {
        Dice(self.next())
    }

    fn below(&mut self, end: usize) -> usize {
        let end = u64::try_from(end).unwrap_or(u64::MAX).max(1);
        usize::try_from(self.next() % end).unwrap_or(0)
    }

    /// A number from `least` to `most`.
    pub(super) fn number(&mut self, least: u32, most: usize) -> u32 {
        least + u32::try_from(self.below(most)).unwrap_or(0)
    }

    /// One of the choices, if there is any.
    pub(super) fn pick<T>(&mut self, mut choices: Vec<T>) -> Option<T> {
        if choices.is_empty() {
            return None;
        }
        let at = self.below(choices.len());
        Some(choices.swap_remove(at))
    }

    /// Now and then lets other threads go first.
    pub(super) fn pause(&mut self) {
        match self.below(16) {
            0 => std::thread::sleep(Duration::from_micros(20)),
            1..=6 => std::thread::yield_now(),
            _ => {}
        }
    }
}
