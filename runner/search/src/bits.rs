//! A set of states: one bit for each state of a graph.

use std::ops::{BitAndAssign, BitOrAssign, Not};

use super::transitions::Node;

const WORD: usize = u64::BITS as usize;

/// A set of numbers from 0 up to a size, such as the states in which a predicate is true.
///
/// Operations on two sets require sets of the same size, and a number must be below the size.
/// Otherwise they panic, because the set would belong to another graph.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bits {
    /// The bits beyond the size in the last word are 0.
    words: Vec<u64>,
    size: usize,
}

impl Bits {
    /// The empty set for numbers below `size`.
    #[must_use]
    pub fn none(size: usize) -> Self {
        Bits {
            words: vec![0; size.div_ceil(WORD)],
            size,
        }
    }

    /// The set of all numbers below `size`.
    #[must_use]
    pub fn all(size: usize) -> Self {
        !Bits::none(size)
    }

    /// The set of all numbers below `size` for which the predicate is true.
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

    /// The set of these numbers, which must be below `size`.
    #[must_use]
    pub fn of(size: usize, numbers: impl IntoIterator<Item = Node>) -> Self {
        let mut bits = Bits::none(size);
        for number in numbers {
            bits.insert(number);
        }
        bits
    }

    /// The size: the set can contain the numbers below it.
    #[must_use]
    pub fn size(&self) -> usize {
        self.size
    }

    /// The number of elements.
    #[must_use]
    pub fn count(&self) -> usize {
        self.words.iter().map(|w| w.count_ones() as usize).sum()
    }

    /// Whether the set is empty.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.words.iter().all(|word| *word == 0)
    }

    /// Whether the set contains a number.
    #[must_use]
    pub fn contains(&self, number: Node) -> bool {
        let (word, bit) = self.place(number);
        self.words[word] & bit != 0
    }

    /// Whether the two sets have an element in common.
    #[must_use]
    pub fn meets(&self, other: &Bits) -> bool {
        self.check(other);
        let mut pairs = self.words.iter().zip(&other.words);
        pairs.any(|(a, b)| a & b != 0)
    }

    /// Whether this set is a subset of the other.
    #[must_use]
    pub fn is_within(&self, other: &Bits) -> bool {
        self.check(other);
        let mut pairs = self.words.iter().zip(&other.words);
        pairs.all(|(a, b)| a & !b == 0)
    }

    /// Inserts a number.
    pub fn insert(&mut self, number: Node) {
        let (word, bit) = self.place(number);
        self.words[word] |= bit;
    }

    /// Removes all numbers.
    pub fn clear(&mut self) {
        self.words.fill(0);
    }

    /// The elements in ascending order.
    pub fn iter(&self) -> impl Iterator<Item = Node> {
        let words = self.words.iter().zip((0..).step_by(WORD));
        words.flat_map(|(word, first)| {
            // Each iteration clears the lowest bit that is set.
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
