//! The numbered states as a space that is searched.

use stateright::Model as _;

use super::forms::Glance;
use super::{Numbers, Packed};
use tandem_search::space::{Space, Watch};
use tandem_search::{Action, Label, Node};

impl Space for Numbers {
    type Key = Packed;
    type Node = Packed;
    type Worker<'s>
        = ()
    where
        Self: 's;

    /// What is seen of each, among all that is seen (with a table of them), and which shows what first.
    const AFTERWARDS: usize = size_of::<Packed>() + 3 * size_of::<u32>() + 2 * size_of::<Node>();

    fn worker(&self) {}

    fn initial(&self) -> Vec<Packed> {
        let states = self.system.init_states().into_iter();
        states.map(|state| self.pack(state)).collect()
    }

    fn key(&self, packed: &Packed) -> Packed {
        *packed
    }

    fn restore(&self, packed: Packed) -> Option<Packed> {
        Some(packed)
    }

    fn expand(&self, packed: &Packed, (): &mut (), mut found: impl FnMut(Label, Packed)) {
        self.steps(*packed, &mut |label, after| {
            if after != *packed {
                found(label, self.representative(after));
            }
        });
    }

    fn actions(&self) -> Vec<Action> {
        let labels = u32::try_from(self.actions.len()).unwrap_or(u32::MAX);
        let actions = (0..labels).map(|id| *self.actions.get(id));
        actions
            .map(|(name, slot)| Action {
                name: name.to_owned(),
                slot: (slot > 0).then_some(slot),
            })
            .collect()
    }

    fn predicates(&self) -> Vec<Watch> {
        self.truth.watches()
    }

    fn truths(&self, packed: &Packed, asked: u64, (): &mut ()) -> u64 {
        self.truth.of(self, *packed, asked)
    }

    fn broken(&self, packed: &Packed) -> bool {
        let broken = |slot: &u32| matches!(self.slot_info(*slot).glance, Glance::Broken);
        self.slots_of(*packed).iter().any(broken)
            || self.broken_others(self.rests.get(packed.rest).others)
    }
}
