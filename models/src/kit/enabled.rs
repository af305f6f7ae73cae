//! The steps that are possible in a state, in a fixed order. A path is a list of indices into this
//! order.

use stateright::actor::Id;

use super::actors::{Next, Slot, Timer};
use super::fault::{Aim, Fault};
use super::happening::Happening;
use super::observe::slots_of;
use super::step::{Kind, Step, Target};
use super::system::{ENDPOINT, Intake, State, System};
use super::world::Stored;
use crate::value::Value;

impl System {
    fn step(&self, action: &'static str, actor: Id, kind: Kind) -> Step {
        Step {
            action,
            actor: self.name(actor),
            kind,
        }
    }

    /// A step that the kit itself makes, such as a crash or a redelivery. `endpoint` is the number of
    /// the endpoint whose spec gives the step its name, if there is one.
    fn happens(&self, endpoint: usize, actor: Id, kind: Kind) -> Step {
        let action = kind
            .happening()
            .map_or("", |happening| self.hosts[endpoint].action(happening));
        self.step(action, actor, kind)
    }

    /// Steps that participants take without a fault, or to recover from one.
    pub(super) fn ordinary_steps(&self, state: &State, steps: &mut Vec<Step>) {
        for number in 0..self.hosts.len() {
            self.endpoint_steps(number, state, steps);
        }
        if let Some(consumer) = self.downstream {
            for message in self.outgoing(state).into_keys() {
                steps.push(self.happens(ENDPOINT, consumer, Kind::Downstream(message)));
            }
        }
        for reply in self.replies(state).into_keys() {
            steps.push(self.happens(ENDPOINT, self.sender, Kind::Reply(reply)));
        }
        let timers = &state.actors.timers_set[usize::from(self.sender)];
        for (timer, kind) in [
            (Timer::AskAgain, Kind::AskAgain),
            (Timer::GiveUp, Kind::GiveUp),
        ] {
            if timers.iter().any(|set| *set == timer) {
                steps.push(self.happens(ENDPOINT, self.sender, kind));
            }
        }
        for (number, party) in self.third_parties.iter().enumerate() {
            for request in self.late(number, state).into_keys() {
                steps.push(self.happens(ENDPOINT, *party, Kind::LateRequest(number, request)));
            }
        }
        for late in state.world.landing.keys() {
            let host = self.hosts[late.endpoint].id;
            steps.push(self.happens(ENDPOINT, host, Kind::LateWrite(late.clone())));
        }
        for number in 0..self.hosts.len() {
            for message in self.not_due(number, state).into_keys() {
                steps.push(self.happens(number, self.sender, Kind::Due(number, message)));
            }
        }
        for (number, host) in self.hosts.iter().enumerate() {
            if state.actors.crashed[host.actor()] {
                steps.push(self.happens(number, host.id, Kind::Recover(number)));
            }
        }
    }

    fn endpoint_steps(&self, number: usize, state: &State, steps: &mut Vec<Step>) {
        let host = &self.hosts[number];
        let slots = slots_of(state, host.actor());
        if !state.actors.crashed[host.actor()] && slots.contains(&Slot::Idle) {
            for message in self.deliverable(number, state) {
                steps.push(self.happens(number, host.id, Kind::Receive(number, message)));
            }
            if host.wakes_up(&state.world) {
                steps.push(self.happens(number, host.id, Kind::Wake(number)));
            }
        }
        for (place, slot) in slots.iter().enumerate() {
            let (Slot::Busy(work), slot) = (slot, host.first_slot + place) else {
                continue;
            };
            match &work.next {
                Next::Call(action) => steps.push(self.step(action, host.id, Kind::Call(slot))),
                Next::Await {
                    party, answered, ..
                } => {
                    let party = self.party_asked(*party);
                    let party = party.map_or(host.id, |party| self.third_parties[party]);
                    steps.push(self.step(answered, party, Kind::Answer(slot)));
                }
                Next::Broken(_) => {}
            }
        }
    }

    /// Faults that may happen now.
    pub(super) fn faults(&self, state: &State, steps: &mut Vec<Step>) {
        let budget = &state.world.budget;
        let left = budget.iter().filter(|(_, left)| *left > 0);
        let mut faults: Vec<_> = left.map(|(aim, _)| aim.fault).collect();
        faults.dedup();
        for fault in faults {
            for (endpoint, actor, target) in self.targets(state, fault) {
                if budget.left(self.aim(state, fault, &target)) == 0 {
                    continue;
                }
                let mut step = self.happens(endpoint, actor, Kind::Fault(fault, target));
                // Messages may have other senders, but they always wait at the broker.
                if matches!(fault, Fault::Duplicate | Fault::Expire) {
                    step.actor = "Broker";
                }
                steps.push(step);
            }
        }
    }

    /// The budget that a fault uses when it hits a target.
    pub fn aim(&self, state: &State, fault: Fault, target: &Target) -> Aim {
        let budget = &state.world.budget;
        match budget.is_aimed() {
            true => budget.of(fault, &self.names_of(state, target)),
            false => fault.into(),
        }
    }

    /// The names of a target, the most specific first. A call has the name of its store or third party,
    /// then the name of its endpoint.
    fn names_of(&self, state: &State, target: &Target) -> Vec<&'static str> {
        match target {
            Target::Endpoint(number) | Target::Incoming(number, _) => {
                vec![self.hosts[*number].name]
            }
            Target::Outgoing(_) => self
                .downstream
                .map(|id| self.name(id))
                .into_iter()
                .collect(),
            Target::Reply(_) => vec![self.name(self.sender)],
            Target::Memory(party, _) => vec![self.party_name(*party)],
            Target::Stored(store, _) => vec![store],
            Target::Slot(slot) | Target::Write(slot) => {
                let (number, place) = self.host_of(*slot);
                let host = &self.hosts[number];
                let about = match slots_of(state, host.actor()).get(place) {
                    Some(Slot::Busy(work)) => match &work.next {
                        Next::Await { party, .. } => {
                            let party = self.party_asked(*party);
                            party.map(|party| self.party_name(party))
                        }
                        _ => self.pending(state, *slot).and_then(|call| call.about()),
                    },
                    _ => None,
                };
                about.into_iter().chain([host.name]).collect()
            }
        }
    }

    /// The possible targets of a fault, each with its endpoint and the participant that acts.
    fn targets(&self, state: &State, fault: Fault) -> Vec<(usize, Id, Target)> {
        let mut targets = Vec::new();
        for (number, host) in self.hosts.iter().enumerate() {
            let mut hit = |actor: Id, target: Target| targets.push((number, actor, target));
            match fault {
                Fault::Crash => {
                    if !state.actors.crashed[host.actor()] {
                        hit(host.id, Target::Endpoint(number));
                    }
                }
                Fault::Duplicate => {
                    for message in self.queue(number, state).into_keys() {
                        hit(self.sender, Target::Incoming(number, message));
                    }
                }
                Fault::Lease => {
                    let leases = state.world.leases.iter();
                    for (_, slot) in leases.filter(|(actor, _)| *actor == host.actor()) {
                        hit(self.sender, Target::Slot(host.first_slot + slot));
                    }
                }
                Fault::Expire => {
                    let waiting = self.queue(number, state).into_keys();
                    for message in waiting.filter(|message| !self.is_request(number, message)) {
                        hit(self.sender, Target::Incoming(number, message));
                    }
                }
                Fault::Forget => {}
                Fault::Lose | Fault::Fail | Fault::Unknown | Fault::Late | Fault::Stale => {
                    if fault == Fault::Lose
                        && number == ENDPOINT
                        && self.spec.intake == Intake::Requests
                    {
                        let requests = self.queue(number, state).into_keys();
                        for message in requests.filter(|m| self.is_request(number, m)) {
                            hit(self.sender, Target::Incoming(number, message));
                        }
                        for reply in self.replies(state).into_keys() {
                            hit(host.id, Target::Reply(reply));
                        }
                    }
                    for place in 0..host.slots {
                        if let Some(target) = self.struck(state, host.first_slot + place, fault) {
                            hit(host.id, target);
                        }
                    }
                }
            }
        }
        if fault == Fault::Lease {
            for store in &self.spec.schema.leased {
                for (key, owner) in state.world.owned(store) {
                    let owner = self.host_named(&owner).unwrap_or(ENDPOINT);
                    let target = Target::Stored(store, key);
                    targets.push((ENDPOINT, self.hosts[owner].id, target));
                }
            }
        }
        if matches!(fault, Fault::Duplicate | Fault::Expire) {
            for message in self.outgoing(state).into_keys() {
                targets.push((ENDPOINT, self.sender, Target::Outgoing(message)));
            }
        }
        if fault == Fault::Forget {
            targets.extend(self.forgetful_memories(state));
            for target in self.forgettable(state) {
                targets.push((ENDPOINT, self.hosts[ENDPOINT].id, target));
            }
        }
        targets
    }

    /// The target of a fault that hits the call of a slot, or the answer that the slot waits for,
    /// if that is possible.
    fn struck(&self, state: &State, slot: usize, fault: Fault) -> Option<Target> {
        let (number, place) = self.host_of(slot);
        let work = slots_of(state, self.hosts[number].actor()).get(place)?;
        if self.failure(work, fault).is_some() {
            return Some(Target::Slot(slot));
        }
        if !self.spec.schema.has_faults() || !matches!(fault, Fault::Stale | Fault::Late) {
            return None;
        }
        let call = self.pending(state, slot)?;
        match fault {
            Fault::Stale => self
                .spec
                .schema
                .may_lag(&call)
                .then_some(Target::Slot(slot)),
            _ => self
                .spec
                .schema
                .late_write(&call)
                .map(|_| Target::Write(slot)),
        }
    }

    /// The name of the step in which a slot's call, or the answer that it waits for, fails in this
    /// way, if that is possible.
    pub fn failure(&self, slot: &Slot, fault: Fault) -> Option<&'static str> {
        let Slot::Busy(work) = slot else { return None };
        let kind = match (&work.next, fault) {
            (Next::Await { .. }, Fault::Lose) => Happening::RequestLost,
            (Next::Await { .. }, Fault::Unknown) => Happening::AnswerLost,
            (Next::Await { .. }, Fault::Late) => Happening::RequestDelayed,
            (Next::Call(step), _) if !self.spec.may_fail.contains(step) => return None,
            (Next::Call(_), Fault::Fail) => Happening::CallFails,
            (Next::Call(_), Fault::Unknown) => Happening::AnswerLost,
            _ => return None,
        };
        Some(kind.name())
    }

    /// The third parties that may lose data, each with its possible memories after that.
    fn forgetful_memories(&self, state: &State) -> Vec<(usize, Id, Target)> {
        let parties = self.spec.third_parties.iter().enumerate();
        let targets = parties.flat_map(|(number, (_, party))| {
            let memory = self.remembered_by(number, state);
            let after = memory.map_or_else(Vec::new, |memory| party.forget(memory));
            let id = self.third_parties[number];
            let left_with = move |memory| (ENDPOINT, id, Target::Memory(number, memory));
            after.into_iter().map(left_with)
        });
        targets.collect()
    }

    /// The data that the stores may lose.
    fn forgettable(&self, state: &State) -> Vec<Target> {
        let schema = &self.spec.schema;
        let stores = schema.forgetful.iter().copied();
        let stores = stores.filter(|store| !schema.is_single(store));
        let all = stores.filter_map(|store| Some((store, state.world.stored(store)?)));
        all.flat_map(|(store, stored)| {
            let ids: Vec<Value> = match stored {
                Stored::Documents(documents) => documents.keys().cloned().collect(),
                Stored::Set(members) => members.iter().cloned().collect(),
            };
            ids.into_iter().map(move |id| Target::Stored(store, id))
        })
        .collect()
    }
}
