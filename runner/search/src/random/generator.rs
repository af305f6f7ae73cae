//! The random generator of a walk: SplitMix64, by Steele, Lea and Flood, "Fast splittable
//! pseudorandom number generators" (2014). Its numbers are the same in every version of a library.

use rand_xoshiro::SplitMix64;
use rand_xoshiro::rand_core::{Rng, SeedableRng};
use smallvec::SmallVec;

/// The odd number nearest to 2^64 divided by the golden ratio: the step of SplitMix64.
const GAMMA: u64 = 0x9e37_79b9_7f4a_7c15;

/// A stream of random numbers.
#[derive(Debug, Clone)]
pub struct Generator(SplitMix64);

impl Generator {
    /// The stream of one walk. Each walk of a seed has a different starting point, so walks are
    /// independent.
    pub fn of_walk(seed: u64, walk: u64) -> Self {
        let before = seed.wrapping_add(GAMMA.wrapping_mul(walk));
        let begin = SplitMix64::seed_from_u64(before).next_u64();
        Generator(SplitMix64::seed_from_u64(begin))
    }

    fn next(&mut self) -> u64 {
        self.0.next_u64()
    }

    /// A random number below `end`; 0 if `end` is 0. All are equally likely, up to a bias of less
    /// than `end` / 2^64.
    pub fn below(&mut self, end: usize) -> usize {
        let product = u128::from(self.next()) * end as u128;
        usize::try_from(product >> 64).unwrap_or(0)
    }

    /// A random index, with a probability proportional to its weight; `None` if there are no
    /// weights.
    pub fn choose(&mut self, weights: impl Iterator<Item = usize>) -> Option<usize> {
        let weights: SmallVec<[usize; 16]> = weights.collect();
        let mut left = self.below(weights.iter().sum());
        weights.iter().position(|weight| {
            let chosen = left < *weight;
            left = left.saturating_sub(*weight);
            chosen
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_stream_is_that_of_the_reference_implementation() {
        let mut generator = Generator(SplitMix64::seed_from_u64(1_234_567));
        let first = [(); 5].map(|()| generator.next());
        assert_eq!(
            first,
            [
                6_457_827_717_110_365_317,
                3_203_168_211_198_807_973,
                9_817_491_932_198_370_423,
                4_593_380_528_125_082_431,
                16_408_922_859_458_223_821,
            ]
        );
    }

    #[test]
    fn every_number_below_the_end_comes_about_as_often() {
        let mut counts = [0_u32; 6];
        let mut generator = Generator::of_walk(0, 0);
        for _ in 0..6_000 {
            counts[generator.below(6)] += 1;
        }
        assert!(
            counts.iter().all(|count| (880..1_120).contains(count)),
            "{counts:?}"
        );
    }

    #[test]
    fn what_weighs_more_is_chosen_more_often() {
        let mut counts = [0_u32; 3];
        let mut generator = Generator::of_walk(0, 0);
        for _ in 0..5_000 {
            let chosen = generator.choose([1, 0, 4].into_iter());
            counts[chosen.unwrap()] += 1;
        }
        assert!(
            (880..1_120).contains(&counts[0]) && counts[1] == 0,
            "{counts:?}"
        );
        assert_eq!(generator.choose(std::iter::empty()), None);
    }

    #[test]
    fn each_walk_has_a_stream_of_its_own() {
        let first = |seed, walk| Generator::of_walk(seed, walk).next();
        assert_ne!(first(1, 0), first(1, 1));
        assert_ne!(first(1, 0), first(2, 0));
        // The streams of neighbouring seeds are not shifted copies of each other.
        assert_ne!(first(1, 1), first(1_u64.wrapping_add(GAMMA), 1));
    }
}
