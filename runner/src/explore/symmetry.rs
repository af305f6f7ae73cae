//! States that differ only in which slot does what, taken for one.
//!
//! The slots of an endpoint run the same handler, and nothing looks at a slot's number but to find
//! the slot again: a message starts in the lowest free one, and whichever that is, the states after
//! are the same up to the order of the slots. So a guarantee, which speaks of no slot, is true in
//! both or in neither, and the shortest path to a state is as long as that to its mirror image.
//!
//! Each state is replaced by the one among its mirror images whose slots are in order: of the hashes
//! of how a slot looks in the view, of its lease, and of what it does. Numbers would not do: they
//! differ from run to run.
//!
//! Messages are not taken for one another. In a [`tandem_models::value::Value`] the name of a message
//! is a number like any other, as are versions, counts, and places in the history: `<<1, 1>>` is an
//! identity in one field and something else in the next. To rename messages, a protocol would have to
//! say for every document, event, request, answer and memory which numbers are names.
//!
//! It is not sound for liveness, as fairness is declared slot by slot: what one slot does for ever
//! might be the work of two by turns. So liveness is not judged then.

use smallvec::SmallVec;

use super::space::{Numbers, Packed, RestIds, Row};

impl Numbers {
    /// The state whose slots are in order.
    pub(super) fn in_order(&self, packed: Packed) -> Packed {
        let slots = self.slots_of(packed);
        let rest = self.rest_of(packed);
        let leased = |slot: usize| rest.leases >> slot & 1;
        let rank = |slot: usize| {
            let [look, work] = self.rank(slots[slot]);
            (look, leased(slot), work, slot)
        };
        let mut order: SmallVec<[_; 4]> = (0..slots.len()).map(rank).collect();
        if order.is_sorted() {
            return packed;
        }
        order.sort_unstable();
        let moved: Row = order.iter().map(|(.., slot)| slots[*slot]).collect();
        let places = order.iter().enumerate();
        let leases = places.fold(0, |leases, (place, (_, leased, ..))| {
            leases | leased << place
        });
        self.with_slots(packed, &moved, RestIds { leases, ..rest })
    }
}
