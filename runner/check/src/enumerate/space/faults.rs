//! The faults that may happen in a packed state, in the model's own order.

use super::steps::Found;
use super::*;

impl Numbers {
    /// Takes a fault that may happen. `spent` is the rest of the state with the fault removed from
    /// the budget.
    pub(super) fn fault(
        &self,
        fault: Fault,
        packed: Packed,
        slots: &[u32],
        spent: RestIds,
        found: &mut Found<'_>,
    ) {
        let traffic = self.traffic_info(spent.traffic);
        let with = |traffic| self.with_rest(packed, RestIds { traffic, ..spent });
        match fault {
            Fault::Crash if spent.up => found(self.labels.crash, self.crash(packed, slots, spent)),
            Fault::Crash => {}
            Fault::Duplicate => {
                let lists = [&traffic.incoming, &traffic.outgoing];
                for (label, list) in self.labels.duplicate.into_iter().zip(lists) {
                    for envelope in list {
                        found(label, with(self.put(spent.traffic, *envelope)));
                    }
                }
            }
            Fault::Lease => {
                for (index, slot) in slots.iter().enumerate() {
                    if spent.leases & (1 << index) != 0 {
                        let leases = spent.leases & !(1 << index);
                        let traffic = self.put(spent.traffic, self.slot_info(*slot).message);
                        let after = RestIds {
                            leases,
                            traffic,
                            ..spent
                        };
                        found(self.labels.lease[index], self.with_rest(packed, after));
                    }
                }
            }
            Fault::Expire => {
                let incoming = match self.system.spec().intake {
                    Intake::Queue => &traffic.incoming[..],
                    // Requests do not wait in a queue.
                    Intake::Requests => &[],
                };
                let lists = [incoming, &traffic.outgoing[..]];
                for (label, list) in self.labels.expired.into_iter().zip(lists) {
                    for envelope in list {
                        found(label, with(self.take(spent.traffic, *envelope)));
                    }
                }
            }
            // Only stores with stale reads have this fault, and this representation does not
            // support them.
            Fault::Stale => {}
            Fault::Forget => {
                for others in self.forget(spent.others).iter() {
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
                            found(label, with(self.take(spent.traffic, *envelope)));
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

    /// All slots crash, and leased messages wait in the queue again.
    fn crash(&self, packed: Packed, slots: &[u32], spent: RestIds) -> Packed {
        let leased = slots.iter().enumerate();
        let leased = leased.filter(|(index, _)| spent.leases & (1 << index) != 0);
        let traffic = leased.fold(spent.traffic, |traffic, (_, slot)| {
            self.put(traffic, self.slot_info(*slot).message)
        });
        let down = RestIds {
            up: false,
            leases: 0,
            traffic,
            ..spent
        };
        let nobody = Row::from_elem(self.idle, self.slot_count);
        Packed {
            slots: self.slot_rows.id(&nobody),
            ..self.with_rest(packed, down)
        }
    }

    /// The other participants after each possible loss of stored data.
    fn forget(&self, others: u32) -> Arc<[u32]> {
        self.forgettings.get_or(others, |_| {
            let mut components = elsewhere(&self.system, self.others.get(others).clone());
            components.rest.budget = [(Fault::Forget, 1)].into_iter().collect();
            let state = self.system.compose(components);
            let mut steps = Vec::new();
            self.system.actions(&state, &mut steps);
            let forgetful = steps
                .into_iter()
                .filter(|step| step.fault() == Some(Fault::Forget));
            forgetful
                .filter_map(|step| self.system.next_state(&state, step))
                .map(|state| self.others.id(self.system.decompose(state).rest.others))
                .collect()
        })
    }
}
