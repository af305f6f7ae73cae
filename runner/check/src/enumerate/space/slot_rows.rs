//! The slots of a state together, as pairs of numbers (tree compression).

use super::forms::Row;
use tandem_search::intern::Interner;

/// All rows of slots that were found. Two slots make a pair; a third one makes a pair with that pair, and
/// so on. There are many rows, and a pair takes eight bytes, which is less than a row.
pub(in crate::enumerate) struct SlotRows {
    slots: usize,
    pairs: Interner<[u32; 2]>,
}

impl SlotRows {
    pub(in crate::enumerate) fn new(slots: usize) -> Self {
        SlotRows {
            slots,
            pairs: Interner::new(),
        }
    }

    pub(in crate::enumerate) fn id(&self, slots: &[u32]) -> u32 {
        let pair = |left: u32, right: &u32| self.pairs.id([left, *right]);
        match slots {
            [] => 0,
            [first, others @ ..] => others.iter().fold(*first, pair),
        }
    }

    pub(in crate::enumerate) fn get(&self, id: u32) -> Row {
        let mut slots = Row::from_elem(id, self.slots);
        for place in (1..self.slots).rev() {
            let [left, right] = *self.pairs.get(slots[0]);
            slots[0] = left;
            slots[place] = right;
        }
        slots
    }
}
