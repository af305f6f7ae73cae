//! A set of states: one bit for each state of a graph.

use std::ops::{BitAndAssign, BitOrAssign, Not};

use super::transitions::Node;

const WORD: usize = u64::BITS as usize;

/// Some of the numbers from 0 up to a size, such as the states in which a predicate is true.
///
/// The sets that one operation takes must be of one size, and a number given to it below that: it
/// panics otherwise, since it would answer for another graph.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bits {
    /// What lies beyond the size in the last word is 0.
    words: Vec<u64>,
    size: usize,
}

impl Bits {
    /// None of `size` numbers.
    #[must_use]
    pub fn none(size: usize) -> Self {
        Bits {
            words: vec![0; size.div_ceil(WORD)],
            size,
        }
    }

    /// All of `size` numbers.
    #[must_use]
    pub fn all(size: usize) -> Self {
        !Bits::none(size)
    }

    /// Those of `size` numbers that satisfy the predicate.
    #[must_use]
    pub fn where_true(size: usize, mut predicate: impl FnMut(Node) -> bool) -> Self {
        let mut bits = Bits::none(size);
        for (_, number) in (0..size).zip(0..) {
            if predicate(number) {
                bits.insert(number);
            }
        }
        bits
    }

    /// These of `size` numbers.
    #[must_use]
    pub fn of(size: usize, numbers: impl IntoIterator<Item = Node>) -> Self {
        let mut bits = Bits::none(size);
        for number in numbers {
            bits.insert(number);
        }
        bits
    }

    /// How many numbers there are, in the set or not.
    #[must_use]
    pub fn size(&self) -> usize {
        self.size
    }

    /// How many numbers are in the set.
    #[must_use]
    pub fn count(&self) -> usize {
        self.words.iter().map(|w| w.count_ones() as usize).sum()
    }

    /// Whether no number is in the set.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.words.iter().all(|word| *word == 0)
    }

    /// Whether a number is in the set.
    #[must_use]
    pub fn contains(&self, number: Node) -> bool {
        let (word, bit) = self.place(number);
        self.words[word] & bit != 0
    }

    /// Whether the two sets have a number in common.
    #[must_use]
    pub fn meets(&self, other: &Bits) -> bool {
        self.check(other);
        let mut pairs = self.words.iter().zip(&other.words);
        pairs.any(|(a, b)| a & b != 0)
    }

    /// Whether all numbers of this set are in the other.
    #[must_use]
    pub fn is_within(&self, other: &Bits) -> bool {
        self.check(other);
        let mut pairs = self.words.iter().zip(&other.words);
        pairs.all(|(a, b)| a & !b == 0)
    }

    /// Puts a number into the set.
    pub fn insert(&mut self, number: Node) {
        let (word, bit) = self.place(number);
        self.words[word] |= bit;
    }

    /// Takes all numbers out of the set.
    pub fn clear(&mut self) {
        self.words.fill(0);
    }

    /// The numbers in the set, in ascending order.
    pub fn iter(&self) -> impl Iterator<Item = Node> {
        let words = self.words.iter().zip((0..).step_by(WORD));
        words.flat_map(|(word, first)| {
            // Each turn takes away the lowest bit that is left.
            let rests = std::iter::successors(Some(*word), |rest| Some(rest & (rest - 1)));
            let rests = rests.take(word.count_ones() as usize);
            rests.map(move |rest| first + rest.trailing_zeros())
        })
    }

    fn place(&self, number: Node) -> (usize, u64) {
        let number = number as usize;
        assert!(number < self.size, "{number} is not below {}", self.size);
        (number / WORD, 1 << (number % WORD))
    }

    fn check(&self, other: &Bits) {
        assert_eq!(self.size, other.size, "two sets of different sizes");
    }
}

impl BitAndAssign<&Bits> for Bits {
    fn bitand_assign(&mut self, other: &Bits) {
        self.check(other);
        for (word, more) in self.words.iter_mut().zip(&other.words) {
            *word &= more;
        }
    }
}

impl BitOrAssign<&Bits> for Bits {
    fn bitor_assign(&mut self, other: &Bits) {
        self.check(other);
        for (word, more) in self.words.iter_mut().zip(&other.words) {
            *word |= more;
        }
    }
}

impl Not for Bits {
    type Output = Bits;

    fn not(mut self) -> Bits {
        for word in &mut self.words {
            *word = !*word;
        }
        let beyond = self.words.len() * WORD - self.size;
        if let Some(last) = self.words.last_mut() {
            *last &= u64::MAX >> beyond;
        }
        self
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::*;

    fn sets() -> impl Strategy<Value = (usize, BTreeSet<Node>, BTreeSet<Node>)> {
        (0..200_usize).prop_flat_map(|size| {
            let end = Node::try_from(size).unwrap();
            let set = move || {
                let numbers = proptest::collection::vec(0..end.max(1), 0..=size);
                numbers.prop_map(move |some| some.into_iter().filter(|n| *n < end).collect())
            };
            (Just(size), set(), set())
        })
    }

    proptest! {
        #[test]
        fn it_is_a_set((size, one, other) in sets()) {
            let end = Node::try_from(size).unwrap();
            let bits = Bits::of(size, one.iter().copied());
            let others = Bits::of(size, other.iter().copied());
            prop_assert_eq!(bits.iter().collect::<BTreeSet<_>>(), one.clone());
            prop_assert!(bits.iter().is_sorted());
            prop_assert_eq!(bits.count(), one.len());
            prop_assert_eq!(bits.is_empty(), one.is_empty());
            prop_assert_eq!(bits.meets(&others), !one.is_disjoint(&other));
            prop_assert_eq!(bits.is_within(&others), one.is_subset(&other));
            prop_assert_eq!(&bits, &Bits::where_true(size, |n| one.contains(&n)));

            let not: BTreeSet<_> = (!bits.clone()).iter().collect();
            prop_assert_eq!(not, (0..end).filter(|n| !one.contains(n)).collect::<BTreeSet<_>>());
            let mut and = bits.clone();
            and &= &others;
            prop_assert_eq!(and, Bits::of(size, one.intersection(&other).copied()));
            let mut or = bits.clone();
            or |= &others;
            prop_assert_eq!(or, Bits::of(size, one.union(&other).copied()));

            let mut none = bits;
            none.clear();
            prop_assert_eq!(!none, Bits::all(size));
        }
    }

    #[test]
    #[should_panic(expected = "is not below")]
    fn a_number_beyond_the_size_is_refused_even_within_the_last_word() {
        let _ = Bits::none(3).contains(3);
    }
}
