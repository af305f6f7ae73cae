//! The steps of a packed state, in the model's own order.

use super::*;

/// A function that is called with each step: its label, and the state after it.
pub(in crate::enumerate) type Found<'f> = dyn FnMut(Label, Packed) + 'f;

impl Numbers {
    /// Calls `found` for all steps of a state, including those that change nothing.
    pub(in crate::enumerate) fn steps(&self, packed: Packed, found: &mut Found<'_>) {
        let rest = *self.rests.get(packed.rest);
        let traffic = self.traffic_info(rest.traffic);
        let slots = &self.slots_of(packed);
        self.endpoint_steps(packed, slots, rest, traffic, found);
        for envelope in &traffic.outgoing {
            if let Some(made) = self.consume(*envelope, packed.world, rest.others) {
                let left = self.take(rest.traffic, *envelope);
                let after = RestIds {
                    others: made.others,
                    traffic: self.send(left, made.sends),
                    ..rest
                };
                let next = Packed {
                    world: made.world,
                    ..self.with_rest(packed, after)
                };
                found(self.labels.downstream, next);
            }
        }
        for envelope in &traffic.replies {
            self.others_step(self.labels.reply, packed, rest, Some(*envelope), found);
        }
        let timer = self.others.get(rest.others).last();
        if timer.is_some_and(|(_, timer)| *timer) {
            self.others_step(self.labels.ask_again, packed, rest, None, found);
        }
        for envelope in &traffic.late {
            self.others_step(self.labels.late, packed, rest, Some(*envelope), found);
        }
        if !rest.up {
            let next = self.with_rest(packed, RestIds { up: true, ..rest });
            found(self.labels.recover, next);
        }
        for (fault, budget) in self.spendable(rest.budget) {
            let spent = RestIds {
                budget: *budget,
                ..rest
            };
            self.fault(*fault, packed, slots, spent, found);
        }
    }

    fn endpoint_steps(
        &self,
        packed: Packed,
        slots: &[u32],
        rest: RestIds,
        traffic: &TrafficInfo,
        found: &mut Found<'_>,
    ) {
        let free = slots.iter().position(|slot| *slot == self.idle);
        if let (true, Some(free)) = (rest.up, free) {
            for envelope in &traffic.incoming {
                let receipt = self.receive(*envelope);
                let leases = rest.leases | u32::from(receipt.leased) << free;
                let left = self.take(rest.traffic, *envelope);
                let after = RestIds {
                    leases,
                    traffic: self.send(left, receipt.sends),
                    ..rest
                };
                let next = Packed {
                    slots: self.with_slot(slots, free, receipt.slot),
                    ..self.with_rest(packed, after)
                };
                found(self.labels.receive, next);
            }
        }
        for index in 0..self.slot_count {
            match self.slot_info(slots[index]).glance {
                Glance::Call { action } | Glance::Await { answered: action } => {
                    self.slot_step(action, index, None, packed, slots, rest, found);
                }
                Glance::Idle | Glance::Broken => {}
            }
        }
    }

    /// Takes a slot's own step, or a fault that hits it. `rest` is the rest of the state after the
    /// step, except for what the step itself changes.
    #[allow(
        clippy::too_many_arguments,
        reason = "a step, and the state in components"
    )]
    pub(super) fn slot_step(
        &self,
        action: &'static str,
        index: usize,
        fault: Option<Fault>,
        packed: Packed,
        slots: &[u32],
        rest: RestIds,
        found: &mut Found<'_>,
    ) {
        let info = self.slot_info(slots[index]);
        let asks = matches!(info.glance, Glance::Await { .. });
        let drawing;
        let places = if info.touched.draws {
            drawing = self.places(slots[index], packed.world);
            &*drawing
        } else {
            &*info.touched.places
        };
        let key = SlotKey {
            fault,
            slot: slots[index],
            components: self.worlds.some(packed.world, places),
            leased: rest.leases & (1 << index) != 0,
            others: asks.then_some(rest.others),
        };
        let work = |key: &SlotKey| self.take_slot_step(*key, places, rest.others);
        let Some(effect) = self.slot_steps.get_or(key, work) else {
            return;
        };
        let after = RestIds {
            leases: rest.leases & !(1 << index) | u32::from(effect.leased) << index,
            others: if asks { effect.others } else { rest.others },
            traffic: self.send(rest.traffic, effect.sends),
            ..rest
        };
        let next = Packed {
            slots: self.with_slot(slots, index, effect.slot),
            world: self
                .worlds
                .replaced(packed.world, places, effect.components),
            rest: self.rests.id(after),
        };
        let label = match fault {
            None => info.labels[index],
            Some(_) => label(&self.actions, action, index + 1),
        };
        found(label, next);
    }

    /// The components that a slot touches if its step draws new identities.
    fn places(&self, slot: u32, world: u32) -> Arc<[usize]> {
        let drawn = self.worlds.fresh(world);
        self.drawing.get_or((slot, drawn), |_| {
            let world = self.worlds.with(drawn);
            self.system
                .touched(self.slots.get(slot), &world)
                .places
                .into()
        })
    }

    /// Takes a slot's step in a state that contains only what the step depends on.
    fn take_slot_step(&self, key: SlotKey, places: &[usize], others: u32) -> Option<Effect> {
        let mut components = elsewhere(&self.system, self.others.get(others).clone());
        components.slots[0] = self.slots.get(key.slot).clone();
        components.world = self.worlds.with(key.components);
        if key.leased {
            components.rest.leases.insert(0);
        }
        components.rest.budget = key.fault.map(|fault| (fault, 1)).into_iter().collect();
        let kind = match key.fault {
            Some(fault) => Kind::Fault(fault, Target::Slot(0)),
            None if key.others.is_some() => Kind::Answer(0),
            None => Kind::Call(0),
        };
        let after = self.take_step(components, kind)?;
        Some(Effect {
            slot: self.slots.id(after.slots[0].clone()),
            components: self.worlds.some_after(key.components, places, &after.world),
            sends: self.sending(&after.traffic),
            leased: after.rest.leases.contains(&0),
            others: self.others.id(after.rest.others),
        })
    }

    fn take_step(&self, components: StateComponents, kind: Kind) -> Option<StateComponents> {
        let state = self.system.compose(components);
        let (action, actor) = ("", "");
        let step = Step {
            action,
            actor,
            kind,
        };
        let after = self.system.take(state, &step)?;
        Some(self.system.decompose(after))
    }

    /// The effect of starting on a message.
    fn receive(&self, envelope: u32) -> &Receipt {
        self.envelopes.info(envelope, |envelope| {
            let others = self.others.get(self.first_others).clone();
            let mut components = elsewhere(&self.system, others);
            components.traffic.insert(envelope.clone(), 1);
            // A slot that does not start on the message stays idle, and the message keeps waiting.
            let as_before = components.clone();
            let after = self.take_step(components, Kind::Receive(0, message_of(envelope)));
            let after = after.unwrap_or(as_before);
            Receipt {
                slot: self.slots.id(after.slots[0].clone()),
                leased: after.rest.leases.contains(&0),
                sends: self.sending(&after.traffic),
            }
        })
    }

    /// The effect of the downstream consumer handling a message; `None` if it gives the message
    /// back.
    fn consume(&self, envelope: u32, world: u32, others: u32) -> Option<Consumption> {
        self.consumptions.get_or((envelope, world, others), |_| {
            let mut components = elsewhere(&self.system, self.others.get(others).clone());
            let message = message_of(self.envelopes.get(envelope));
            let waiting = self.envelopes.get(envelope).clone();
            components.traffic.insert(waiting, 1);
            components.world = self.worlds.get(world);
            let after = self.take_step(components, Kind::Downstream(message))?;
            Some(Consumption {
                sends: self.sending(&after.traffic),
                world: self.worlds.after(world, &after.world),
                others: self.others.id(after.rest.others),
            })
        })
    }

    /// Takes a step of a browser or a third party, and removes from the messages in transit what it
    /// takes.
    fn others_step(
        &self,
        label: Label,
        packed: Packed,
        rest: RestIds,
        envelope: Option<u32>,
        found: &mut Found<'_>,
    ) {
        let key = (rest.others, envelope);
        let effect = self
            .others_steps
            .get_or(key, |_| self.take_others_step(rest.others, envelope));
        let Some((others, sends)) = effect else {
            return;
        };
        let left = envelope.map_or(rest.traffic, |envelope| self.take(rest.traffic, envelope));
        let traffic = self.send(left, sends);
        let after = RestIds {
            others,
            traffic,
            ..rest
        };
        found(label, self.with_rest(packed, after));
    }

    fn take_others_step(&self, others: u32, envelope: Option<u32>) -> Option<(u32, Sending)> {
        let mut components = elsewhere(&self.system, self.others.get(others).clone());
        let kind = match envelope.map(|envelope| self.envelopes.get(envelope).clone()) {
            None => Kind::AskAgain,
            Some(envelope) => {
                let value = message_of(&envelope);
                let late = matches!(envelope.msg, Msg::Request(..));
                components.traffic.insert(envelope, 1);
                if late {
                    Kind::LateRequest(0, value)
                } else {
                    Kind::Reply(value)
                }
            }
        };
        let after = self.take_step(components, kind)?;
        Some((
            self.others.id(after.rest.others),
            self.sending(&after.traffic),
        ))
    }

    pub(super) fn with_rest(&self, packed: Packed, rest: RestIds) -> Packed {
        Packed {
            rest: self.rests.id(rest),
            ..packed
        }
    }

    fn with_slot(&self, slots: &[u32], index: usize, slot: u32) -> u32 {
        let mut slots = Row::from_slice(slots);
        slots[index] = slot;
        self.slot_rows.id(&slots)
    }

    fn sending(&self, traffic: &Traffic) -> Sending {
        self.sendings.id(self.bag(traffic))
    }

    fn send(&self, traffic: u32, sends: Sending) -> u32 {
        match &self.sendings.get(sends)[..] {
            [] => traffic,
            sent => {
                let mut bag = self.traffic.get(traffic).clone();
                bag.extend_from_slice(sent);
                bag.sort_unstable();
                self.traffic.id(bag)
            }
        }
    }

    /// The messages in transit with one more envelope.
    pub(super) fn put(&self, traffic: u32, envelope: u32) -> u32 {
        let mut bag = self.traffic.get(traffic).clone();
        bag.insert(bag.partition_point(|other| *other < envelope), envelope);
        self.traffic.id(bag)
    }

    /// The messages in transit without one of these envelopes.
    pub(super) fn take(&self, traffic: u32, envelope: u32) -> u32 {
        let mut bag = self.traffic.get(traffic).clone();
        if let Ok(place) = bag.binary_search(&envelope) {
            bag.remove(place);
        }
        self.traffic.id(bag)
    }
}
