//! Which steps a state allows, in a fixed order: it is part of every path.

use stateright::actor::Id;

use super::actors::{Next, Slot, Volatile};
use super::fault::Fault;
use super::step::{Kind, Step, Target};
use super::system::{ENDPOINT, Intake, State, System};
use crate::value::Value;

impl System {
    fn step(&self, action: &'static str, actor: Id, kind: Kind) -> Step {
        Step {
            action,
            actor: self.name(actor),
            kind,
        }
    }

    /// Steps that a participant takes when nothing goes wrong, or to get over what did.
    pub(super) fn ordinary_steps(&self, state: &State, steps: &mut Vec<Step>) {
        let endpoint = Id::from(ENDPOINT);
        let up = !state.actors.crashed[ENDPOINT];
        let slots = self.slots(state);
        if up && slots.contains(&Slot::Idle) {
            for message in self.incoming(state).into_keys() {
                steps.push(self.step("Receive", endpoint, Kind::Receive(message)));
            }
        }
        for (index, slot) in slots.iter().enumerate() {
            let Slot::Busy(work) = slot else { continue };
            match &work.next {
                Next::Call(action) => steps.push(self.step(action, endpoint, Kind::Call(index))),
                Next::Await { answered, .. } => {
                    let party = self.third_party.unwrap_or(endpoint);
                    steps.push(self.step(answered, party, Kind::Answer(index)));
                }
                Next::Broken(_) => {}
            }
        }
        if let Some(consumer) = self.downstream {
            for message in self.outgoing(state).into_keys() {
                let kind = Kind::Downstream(message);
                steps.push(self.step("DownstreamReceives", consumer, kind));
            }
        }
        for reply in self.replies(state).into_keys() {
            steps.push(self.step("ReplyArrives", self.sender, Kind::Reply(reply)));
        }
        if state.actors.timers_set[usize::from(self.sender)]
            .iter()
            .next()
            .is_some()
        {
            steps.push(self.step("AskAgain", self.sender, Kind::AskAgain));
        }
        if let Some(party) = self.third_party {
            for request in self.late(state).into_keys() {
                steps.push(self.step("LateRequestArrives", party, Kind::LateRequest(request)));
            }
        }
        if !up {
            steps.push(self.step("Recover", endpoint, Kind::Recover));
        }
    }

    /// Faults that may happen now.
    pub(super) fn faults(&self, state: &State, steps: &mut Vec<Step>) {
        let endpoint = Id::from(ENDPOINT);
        let mut push = |action, actor, fault, target| {
            let mut step = self.step(action, actor, Kind::Fault(fault, target));
            // Whoever sends the messages, it is the broker that duplicates them.
            if fault == Fault::Duplicate {
                step.actor = "Broker";
            }
            steps.push(step);
        };
        for (fault, _) in state.world.budget.iter().filter(|(_, left)| *left > 0) {
            match fault {
                Fault::Crash if !state.actors.crashed[ENDPOINT] => {
                    push("Crash", endpoint, fault, Target::Endpoint);
                }
                Fault::Crash => {}
                Fault::Duplicate => {
                    for message in self.incoming(state).into_keys() {
                        push("Duplicate", self.sender, fault, Target::Incoming(message));
                    }
                    for message in self.outgoing(state).into_keys() {
                        let target = Target::Outgoing(message);
                        push("DuplicateDownstream", self.sender, fault, target);
                    }
                }
                Fault::Lease => {
                    for (_, slot) in state.world.leases.iter().filter(|(e, _)| *e == ENDPOINT) {
                        push("LeaseExpires", self.sender, fault, Target::Slot(*slot));
                    }
                }
                Fault::Forget => {
                    for (party, memory) in self.forgetful_memories(state) {
                        push("Forget", party, fault, Target::Memory(memory));
                    }
                }
                Fault::Lose | Fault::Fail | Fault::Unknown | Fault::Late => {
                    if fault == Fault::Lose && self.spec.intake == Intake::Requests {
                        for message in self.incoming(state).into_keys() {
                            push("RequestLost", self.sender, fault, Target::Incoming(message));
                        }
                        for reply in self.replies(state).into_keys() {
                            push("ReplyLost", endpoint, fault, Target::Reply(reply));
                        }
                    }
                    for (index, slot) in self.slots(state).iter().enumerate() {
                        if let Some(action) = self.failure(slot, fault) {
                            push(action, endpoint, fault, Target::Slot(index));
                        }
                    }
                }
            }
        }
    }

    /// The name of the step in which a slot's call, or the answer it waits for, goes wrong in this
    /// way, if it can.
    pub fn failure(&self, slot: &Slot, fault: Fault) -> Option<&'static str> {
        let Slot::Busy(work) = slot else { return None };
        match (&work.next, fault) {
            (Next::Await { .. }, Fault::Lose) => Some("RequestLost"),
            (Next::Await { .. }, Fault::Unknown) => Some("AnswerLost"),
            (Next::Await { .. }, Fault::Late) => Some("RequestDelayed"),
            (Next::Call(step), _) if !self.spec.may_fail.contains(step) => None,
            (Next::Call(_), Fault::Fail) => Some("CallFails"),
            (Next::Call(_), Fault::Unknown) => Some("AnswerLost"),
            _ => None,
        }
    }

    /// The third party, and the memories it may be left with after forgetting something.
    fn forgetful_memories(&self, state: &State) -> Vec<(Id, Value)> {
        let (Some(id), Some((_, party))) = (self.third_party, &self.spec.third_party) else {
            return Vec::new();
        };
        match &*state.actors.actor_states[usize::from(id)] {
            Volatile::Memory(memory) => party
                .forget(memory)
                .into_iter()
                .map(|memory| (id, memory))
                .collect(),
            _ => Vec::new(),
        }
    }
}
