//! The faults of a packed state, in the model's own order.

use super::steps::Successor;
use super::*;

impl Space<'_> {
    /// A fault that may happen; `rest` still has it in its budget.
    pub(super) fn fault(
        &mut self,
        fault: Fault,
        packed: &Packed,
        rest: RestIds,
        out: &mut Vec<Successor>,
    ) {
        let mut budget = self.budgets.get(rest.budget).clone();
        budget.spend(fault);
        let spent = RestIds {
            budget: self.budgets.id(budget),
            ..rest
        };
        let traffic = packed[self.slot_count + 1];
        let base = self.with_rest(packed, spent);
        match fault {
            Fault::Crash if rest.up => {
                let mut next = base;
                for index in 0..self.slot_count {
                    let slot = std::mem::replace(&mut next[index], self.idle);
                    if rest.leases & (1 << index) != 0 {
                        self.put(&mut next, self.slot_info[slot as usize].message);
                    }
                }
                let down = RestIds {
                    up: false,
                    leases: 0,
                    ..spent
                };
                next[self.slot_count + 2] = self.rests.id(down);
                out.push(("Crash", next));
            }
            Fault::Crash => {}
            Fault::Duplicate => {
                let info = &self.traffic_info[traffic as usize];
                let (incoming, outgoing) = (info.incoming.clone(), info.outgoing.clone());
                for (action, list) in [("Duplicate", incoming), ("DuplicateDownstream", outgoing)] {
                    for envelope in list {
                        let mut next = base.clone();
                        self.put(&mut next, envelope);
                        out.push((action, next));
                    }
                }
            }
            Fault::Lease => {
                for index in 0..self.slot_count {
                    if rest.leases & (1 << index) != 0 {
                        let leases = rest.leases & !(1 << index);
                        let mut next = self.with_rest(packed, RestIds { leases, ..spent });
                        self.put(&mut next, self.slot_info[packed[index] as usize].message);
                        out.push(("LeaseExpires", next));
                    }
                }
            }
            Fault::Forget => {
                for others in self.forget(rest.others) {
                    let next = self.with_rest(packed, RestIds { others, ..spent });
                    out.push(("Forget", next));
                }
            }
            Fault::Lose | Fault::Fail | Fault::Unknown | Fault::Late => {
                if fault == Fault::Lose && self.system.spec().intake == Intake::Requests {
                    self.lose(packed, &base, out);
                }
                for index in 0..self.slot_count {
                    let slot = self.slots.get(packed[index]);
                    if let Some(action) = self.system.failure(slot, fault) {
                        self.slot_step(action, index, Some(fault), packed, spent, out);
                    }
                }
            }
        }
    }

    /// A request or a reply is lost; `base` is the state but for that.
    fn lose(&mut self, packed: &Packed, base: &Packed, out: &mut Vec<Successor>) {
        let traffic = packed[self.slot_count + 1];
        let info = &self.traffic_info[traffic as usize];
        let (incoming, replies) = (info.incoming.clone(), info.replies.clone());
        for (action, list) in [("RequestLost", incoming), ("ReplyLost", replies)] {
            for envelope in list {
                let mut next = base.to_vec();
                next[self.slot_count + 1] = self.take(traffic, envelope);
                out.push((action, next));
            }
        }
    }

    /// The others after each thing that may be forgotten.
    fn forget(&mut self, others: u32) -> Vec<u32> {
        if let Some(known) = self.forgettings.get(&others) {
            return known.clone();
        }
        let mut pieces = elsewhere(self.system, self.others.get(others).clone());
        pieces.rest.budget = [(Fault::Forget, 1)].into_iter().collect();
        let state = self.system.put_together(&pieces);
        let mut steps = Vec::new();
        self.system.actions(&state, &mut steps);
        let forgetful = steps
            .into_iter()
            .filter(|step| step.fault() == Some(Fault::Forget));
        let after: Vec<_> = forgetful
            .filter_map(|step| self.system.next_state(&state, step))
            .collect();
        let after: Vec<u32> = after
            .iter()
            .map(|state| self.others_id(self.system.take_apart(state).rest.others))
            .collect();
        self.forgettings.insert(others, after.clone());
        after
    }
}
