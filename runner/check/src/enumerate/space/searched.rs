//! The operations that a search needs on numbered states.

use super::forms::Glance;
use super::{Numbers, Packed};
use tandem_search::intern::Interner;
use tandem_search::space::Watch;

impl Numbers {
    /// The name and slot of the action of each label.
    pub(in crate::enumerate) fn names(&self) -> &Interner<(&'static str, u16)> {
        &self.actions
    }

    pub(in crate::enumerate) fn watches(&self) -> Vec<Watch> {
        self.truth.watches()
    }

    /// The truth of the predicates in the mask `asked`.
    pub(in crate::enumerate) fn truths(&self, packed: Packed, asked: u64) -> u64 {
        self.truth.of(self, packed, asked)
    }

    /// Whether a handler broke the rules of replay.
    pub(in crate::enumerate) fn broken(&self, packed: Packed) -> bool {
        let broken = |slot: &u32| matches!(self.slot_info(*slot).glance, Glance::Broken);
        self.slots_of(packed).iter().any(broken)
            || self.broken_others(self.rests.get(packed.rest).others)
    }
}
