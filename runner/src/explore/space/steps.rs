//! The steps of a packed state, in the model's own order.

use super::*;

/// A step: the name of its action and the state after.
pub(in crate::explore) type Successor = (&'static str, Vec<u32>);

impl Space<'_> {
    /// All steps of a state.
    pub(in crate::explore) fn expand(&mut self, packed: &Packed, out: &mut Vec<Successor>) {
        if self.broken(packed) {
            return;
        }
        let (_, [world, traffic, rest]) = self.parts(packed);
        let rest = *self.rests.get(rest);
        self.endpoint_steps(packed, rest, out);
        for envelope in self.traffic_info[traffic as usize].outgoing.clone() {
            if let Some(made) = self.consume(envelope, world, rest.others) {
                let others = made.others;
                let mut next = self.with_rest(packed, RestIds { others, ..rest });
                next[self.slot_count] = made.world;
                next[self.slot_count + 1] = self.take(traffic, envelope);
                self.send(&mut next, made.sends);
                out.push(("DownstreamReceives", next));
            }
        }
        for envelope in self.traffic_info[traffic as usize].replies.clone() {
            self.others_step("ReplyArrives", packed, rest, Some(envelope), out);
        }
        if self
            .others
            .get(rest.others)
            .last()
            .is_some_and(|(_, timer)| *timer)
        {
            self.others_step("AskAgain", packed, rest, None, out);
        }
        for envelope in self.traffic_info[traffic as usize].late.clone() {
            self.others_step("LateRequestArrives", packed, rest, Some(envelope), out);
        }
        if !rest.up {
            let next = self.with_rest(packed, RestIds { up: true, ..rest });
            out.push(("Recover", next));
        }
        let budget: Vec<_> = self.budgets.get(rest.budget).iter().collect();
        for (fault, left) in budget {
            if left > 0 {
                self.fault(fault, packed, rest, out);
            }
        }
        out.retain(|(_, next)| next[..] != *packed);
    }

    fn endpoint_steps(&mut self, packed: &Packed, rest: RestIds, out: &mut Vec<Successor>) {
        let traffic = packed[self.slot_count + 1];
        let free = packed[..self.slot_count]
            .iter()
            .position(|slot| *slot == self.idle);
        if let (true, Some(free)) = (rest.up, free) {
            for envelope in self.traffic_info[traffic as usize].incoming.clone() {
                let receipt = self.receive(envelope);
                let leases = rest.leases | u32::from(receipt.leased) << free;
                let mut next = self.with_rest(packed, RestIds { leases, ..rest });
                next[free] = receipt.slot;
                next[self.slot_count + 1] = self.take(traffic, envelope);
                self.send(&mut next, receipt.sends);
                out.push(("Receive", next));
            }
        }
        for index in 0..self.slot_count {
            match self.slot_info[packed[index] as usize].glance {
                Glance::Call { action } => {
                    self.slot_step(action, index, None, packed, rest, out);
                }
                Glance::Await { answered } => {
                    self.slot_step(answered, index, None, packed, rest, out);
                }
                Glance::Idle | Glance::Broken => {}
            }
        }
    }

    /// A slot's own step, or a fault that hits it. `rest` is that of the state after, but for what
    /// the step itself changes.
    pub(super) fn slot_step(
        &mut self,
        action: &'static str,
        index: usize,
        fault: Option<Fault>,
        packed: &Packed,
        rest: RestIds,
        out: &mut Vec<Successor>,
    ) {
        let asks = matches!(
            self.slot_info[packed[index] as usize].glance,
            Glance::Await { .. }
        );
        let key = SlotKey {
            index,
            fault,
            slot: packed[index],
            world: packed[self.slot_count],
            leased: rest.leases & (1 << index) != 0,
            others: asks.then_some(rest.others),
        };
        let effect = match self.slot_steps.get(&key) {
            Some(effect) => *effect,
            None => {
                let effect = self.take_slot_step(key, rest.others);
                self.slot_steps.insert(key, effect);
                effect
            }
        };
        let Some(effect) = effect else { return };
        let mut next = packed.to_vec();
        next[index] = effect.slot;
        next[self.slot_count] = effect.world;
        let rest = RestIds {
            leases: rest.leases & !(1 << index) | u32::from(effect.leased) << index,
            others: if asks { effect.others } else { rest.others },
            ..rest
        };
        next[self.slot_count + 2] = self.rests.id(rest);
        self.send(&mut next, effect.sends);
        out.push((action, next));
    }

    /// Takes a slot's step in a state that holds nothing but what the step looks at.
    fn take_slot_step(&mut self, key: SlotKey, others: u32) -> Option<Effect> {
        let mut pieces = elsewhere(self.system, self.others.get(others).clone());
        pieces.slots[key.index] = self.slots.get(key.slot).clone();
        pieces.world = self.worlds.get(key.world).clone();
        if key.leased {
            pieces.rest.leases.insert(key.index);
        }
        pieces.rest.budget = key.fault.map(|fault| (fault, 1)).into_iter().collect();
        let kind = match key.fault {
            Some(fault) => Kind::Fault(fault, Target::Slot(key.index)),
            None if key.others.is_some() => Kind::Answer(key.index),
            None => Kind::Call(key.index),
        };
        let after = self.take_step(&pieces, kind)?;
        Some(Effect {
            slot: self.slot(after.slots[key.index].clone()),
            world: self.worlds.id(after.world),
            sends: self.sending(&after.traffic),
            leased: after.rest.leases.contains(&key.index),
            others: self.others_id(after.rest.others),
        })
    }

    fn take_step(&self, pieces: &Pieces, kind: Kind) -> Option<Pieces> {
        let state = self.system.put_together(pieces);
        let after = self.system.next_state(
            &state,
            Step {
                action: "",
                actor: "",
                kind,
            },
        )?;
        Some(self.system.take_apart(&after))
    }

    /// What becomes of a slot that starts on a message.
    fn receive(&mut self, envelope: u32) -> Receipt {
        if let Some(known) = self.receives.get(&envelope) {
            return *known;
        }
        let others = self.first_others();
        let mut pieces = elsewhere(self.system, others);
        let message = message_of(self.envelopes.get(envelope));
        let waiting = self.envelopes.get(envelope).clone();
        pieces.traffic.insert(waiting, 1);
        // A step that changes nothing leaves the message waiting and the slot idle.
        let after = self
            .take_step(&pieces, Kind::Receive(message))
            .unwrap_or(pieces);
        let receipt = Receipt {
            slot: self.slot(after.slots[0].clone()),
            leased: after.rest.leases.contains(&0),
            sends: self.sending(&after.traffic),
        };
        self.receives.insert(envelope, receipt);
        receipt
    }

    /// What the downstream consumer makes of a message; nothing if it gives it back.
    fn consume(&mut self, envelope: u32, world: u32, others: u32) -> Option<Consumption> {
        let key = (envelope, world, others);
        if let Some(known) = self.consumptions.get(&key) {
            return *known;
        }
        let mut pieces = elsewhere(self.system, self.others.get(others).clone());
        let message = message_of(self.envelopes.get(envelope));
        let waiting = self.envelopes.get(envelope).clone();
        pieces.traffic.insert(waiting, 1);
        pieces.world = self.worlds.get(world).clone();
        let after = self.take_step(&pieces, Kind::Downstream(message));
        let made = after.map(|after| Consumption {
            sends: self.sending(&after.traffic),
            world: self.worlds.id(after.world),
            others: self.others_id(after.rest.others),
        });
        self.consumptions.insert(key, made);
        made
    }

    /// A step of a browser or a third party, with what it takes from the traffic.
    fn others_step(
        &mut self,
        action: &'static str,
        packed: &Packed,
        rest: RestIds,
        envelope: Option<u32>,
        out: &mut Vec<Successor>,
    ) {
        let key = (rest.others, envelope);
        let effect = match self.others_steps.get(&key) {
            Some(effect) => *effect,
            None => {
                let mut pieces = elsewhere(self.system, self.others.get(rest.others).clone());
                let kind = match envelope.map(|envelope| self.envelopes.get(envelope).clone()) {
                    None => Kind::AskAgain,
                    Some(envelope) => {
                        let value = message_of(&envelope);
                        let late = matches!(envelope.msg, Msg::Request(..));
                        pieces.traffic.insert(envelope, 1);
                        if late {
                            Kind::LateRequest(value)
                        } else {
                            Kind::Reply(value)
                        }
                    }
                };
                let effect = self.take_step(&pieces, kind).map(|after| {
                    let sends = self.sending(&after.traffic);
                    (self.others_id(after.rest.others), sends)
                });
                self.others_steps.insert(key, effect);
                effect
            }
        };
        let Some((others, sends)) = effect else {
            return;
        };
        let mut next = self.with_rest(packed, RestIds { others, ..rest });
        if let Some(envelope) = envelope {
            next[self.slot_count + 1] = self.take(packed[self.slot_count + 1], envelope);
        }
        self.send(&mut next, sends);
        out.push((action, next));
    }

    fn first_others(&self) -> Others {
        self.others.get(0).clone()
    }

    pub(super) fn with_rest(&mut self, packed: &Packed, rest: RestIds) -> Vec<u32> {
        let mut next = packed.to_vec();
        next[self.slot_count + 2] = self.rests.id(rest);
        next
    }

    fn sending(&mut self, traffic: &Traffic) -> u32 {
        let copies = traffic.iter();
        let envelopes: Vec<u32> = copies
            .flat_map(|(envelope, copies)| std::iter::repeat_n(envelope, *copies))
            .map(|envelope| self.envelopes.id(envelope.clone()))
            .collect();
        self.sendings.id(envelopes)
    }

    fn send(&mut self, packed: &mut [u32], sends: u32) {
        for envelope in self.sendings.get(sends).clone() {
            self.put(packed, envelope);
        }
    }

    pub(super) fn put(&mut self, packed: &mut [u32], envelope: u32) {
        let traffic = packed[self.slot_count + 1];
        let known = self.sent.get(&(traffic, envelope)).copied();
        packed[self.slot_count + 1] = known.unwrap_or_else(|| {
            let mut bag = self.traffic.get(traffic).clone();
            *bag.entry(self.envelopes.get(envelope).clone()).or_insert(0) += 1;
            let after = self.traffic(bag);
            self.sent.insert((traffic, envelope), after);
            after
        });
    }

    pub(super) fn take(&mut self, traffic: u32, envelope: u32) -> u32 {
        if let Some(known) = self.taken.get(&(traffic, envelope)) {
            return *known;
        }
        let mut bag = self.traffic.get(traffic).clone();
        let taken = self.envelopes.get(envelope);
        if let Some(copies) = bag.get_mut(taken) {
            *copies -= 1;
            if *copies == 0 {
                bag.remove(taken);
            }
        }
        let after = self.traffic(bag);
        self.taken.insert((traffic, envelope), after);
        after
    }
}
