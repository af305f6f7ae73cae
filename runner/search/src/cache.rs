//! A cache of recent answers.

/// The number of slots in a cache.
const SLOTS: usize = 1 << 14;

/// Recent answers to questions that are numbers other than [`u64::MAX`].
///
/// Each question has one slot, which it shares with many others, and a new answer replaces the
/// previous one in its slot. So a cache never grows, and a lookup costs almost nothing. An answer
/// that is no longer cached is fetched from the table of all answers, or computed again.
pub(super) struct Cache<V> {
    slots: Vec<(u64, V)>,
}

impl<V: Copy + Default> Cache<V> {
    /// An empty cache. It allocates memory at the first use.
    pub(super) fn new() -> Self {
        Cache { slots: Vec::new() }
    }

    /// The answer, if it is cached.
    pub(super) fn get(&self, question: u64) -> Option<V> {
        let slot = self.slots.get(slot_of(question));
        slot.filter(|slot| slot.0 == question).map(|slot| slot.1)
    }

    /// Stores an answer.
    pub(super) fn put(&mut self, question: u64, answer: V) {
        if self.slots.is_empty() {
            self.slots = vec![(u64::MAX, V::default()); SLOTS];
        }
        self.slots[slot_of(question)] = (question, answer);
    }

    /// The answer from the cache, or else from `elsewhere`.
    pub(super) fn get_or(&mut self, question: u64, elsewhere: impl FnOnce() -> V) -> V {
        self.get(question).unwrap_or_else(|| {
            let answer = elsewhere();
            self.put(question, answer);
            answer
        })
    }

    pub(super) fn bytes(&self) -> usize {
        self.slots.capacity() * size_of::<(u64, V)>()
    }
}

fn slot_of(question: u64) -> usize {
    let hash = question.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    #[allow(
        clippy::cast_possible_truncation,
        reason = "only so many bits are left"
    )]
    let slot = (hash >> (u64::BITS - SLOTS.ilog2())) as usize;
    slot
}

/// Combines two numbers into one question.
pub(super) fn pair([high, low]: [u32; 2]) -> u64 {
    u64::from(high) << 32 | u64::from(low)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_is_that_to_its_own_question_however_many_share_a_slot() {
        let mut cache = Cache::new();
        for question in (0..4 * SLOTS as u64).chain(0..100) {
            assert_eq!(cache.get_or(question, || question + 1), question + 1);
            assert_eq!(cache.get(question), Some(question + 1));
        }
        assert_eq!(cache.bytes(), SLOTS * 16);
    }
}
