//! The faults of a packed state, in the model's own order.

use super::steps::Found;
use super::*;

impl Numbers {
    /// A fault that may happen; `rest` still has it in its budget.
    pub(super) fn fault(
        &self,
        fault: Fault,
        packed: Packed,
        slots: &Slots,
        rest: RestIds,
        found: &mut Found<'_>,
    ) {
        let mut budget = self.budgets.get(rest.budget).clone();
        budget.spend(fault);
        let spent = RestIds {
            budget: self.budgets.id(budget),
            ..rest
        };
        let base = self.with_rest(packed, spent);
        let traffic = self.traffic_info(packed.traffic);
        match fault {
            Fault::Crash if rest.up => found(self.labels.crash, self.crash(packed, slots, spent)),
            Fault::Crash => {}
            Fault::Duplicate => {
                let lists = [&traffic.incoming, &traffic.outgoing];
                for (label, list) in self.labels.duplicate.into_iter().zip(lists) {
                    for envelope in list {
                        let traffic = self.put(packed.traffic, *envelope);
                        found(label, Packed { traffic, ..base });
                    }
                }
            }
            Fault::Lease => {
                for (index, slot) in slots.iter().enumerate() {
                    if rest.leases & (1 << index) != 0 {
                        let leases = rest.leases & !(1 << index);
                        let next = self.with_rest(packed, RestIds { leases, ..spent });
                        let traffic = self.put(packed.traffic, self.slot_info(*slot).message);
                        found(self.labels.lease[index], Packed { traffic, ..next });
                    }
                }
            }
            Fault::Forget => {
                for others in self.forget(rest.others).iter() {
                    let others = *others;
                    let next = self.with_rest(packed, RestIds { others, ..spent });
                    found(self.labels.forget, next);
                }
            }
            Fault::Lose | Fault::Fail | Fault::Unknown | Fault::Late => {
                if fault == Fault::Lose && self.system.spec().intake == Intake::Requests {
                    let lists = [&traffic.incoming, &traffic.replies];
                    for (label, list) in self.labels.lost.into_iter().zip(lists) {
                        for envelope in list {
                            let traffic = self.take(packed.traffic, *envelope);
                            found(label, Packed { traffic, ..base });
                        }
                    }
                }
                for (index, slot) in slots.iter().enumerate() {
                    if let Some(action) = self.system.failure(self.slots.get(*slot), fault) {
                        self.slot_step(action, index, Some(fault), packed, slots, spent, found);
                    }
                }
            }
        }
    }

    /// The slots die; leased messages wait again.
    fn crash(&self, packed: Packed, slots: &Slots, spent: RestIds) -> Packed {
        let leased = slots.iter().enumerate();
        let leased = leased.filter(|(index, _)| spent.leases & (1 << index) != 0);
        let traffic = leased.fold(packed.traffic, |traffic, (_, slot)| {
            self.put(traffic, self.slot_info(*slot).message)
        });
        let down = RestIds {
            up: false,
            leases: 0,
            ..spent
        };
        Packed {
            slots: self
                .lineups
                .id(Slots::from_elem(self.idle, self.slot_count)),
            traffic,
            ..self.with_rest(packed, down)
        }
    }

    /// The others after each thing that may be forgotten.
    fn forget(&self, others: u32) -> Arc<[u32]> {
        self.forgettings.get_or(others, |_| {
            let mut pieces = elsewhere(&self.system, self.others.get(others).clone());
            pieces.rest.budget = [(Fault::Forget, 1)].into_iter().collect();
            let state = self.system.put_together(pieces);
            let mut steps = Vec::new();
            self.system.actions(&state, &mut steps);
            let forgetful = steps
                .into_iter()
                .filter(|step| step.fault() == Some(Fault::Forget));
            forgetful
                .filter_map(|step| self.system.next_state(&state, step))
                .map(|state| self.others.id(self.system.take_apart(state).rest.others))
                .collect()
        })
    }
}
