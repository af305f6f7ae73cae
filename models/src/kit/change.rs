//! A state in the middle of one step: what the step does to actors, network and world.

use std::sync::Arc;

use stateright::Model;
use stateright::actor::{ActorModelAction, Envelope, Id, Network};

use super::actors::{Endpoint, Msg, Next, Participant, Slot, Timer, Volatile, Work};
use super::fault::Fault;
use super::io::{Call, Outcome};
use super::observe::{slots_of, waiting};
use super::replay::{Breach, Entry, MAX_CALLS, Progress, replay};
use super::step::Target;
use super::system::{ENDPOINT, State, System};
use super::world::Caller;
use crate::value::Value;

/// What becomes of a call.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Fate {
    Answered,
    Failed,
    AnswerLost,
    Delayed,
}

/// A state being changed by one step.
pub(super) struct Change<'a> {
    pub(super) system: &'a System,
    pub(super) state: State,
}

impl Change<'_> {
    pub(super) fn put(&mut self, src: Id, dst: Id, msg: Msg) {
        if let Network::UnorderedNonDuplicating(envelopes) = &mut self.state.actors.network {
            *envelopes.entry(Envelope { src, dst, msg }).or_insert(0) += 1;
        }
    }

    /// A step of the actors; `None` if they do not take it.
    pub(super) fn act(&mut self, action: ActorModelAction<Msg, Timer, ()>) -> Option<()> {
        self.state.actors = self.system.actors.next_state(&self.state.actors, action)?;
        Some(())
    }

    pub(super) fn deliver(&mut self, src: Id, dst: Id, msg: Msg) -> Option<()> {
        self.act(ActorModelAction::Deliver { src, dst, msg })
    }

    /// Tells a participant something that was not on its way before.
    fn tell(&mut self, src: Id, dst: Id, msg: Msg) -> Option<()> {
        self.put(src, dst, msg.clone());
        self.deliver(src, dst, msg)
    }

    pub(super) fn drop(&mut self, src: Id, dst: Id, msg: Msg) -> Option<()> {
        self.act(ActorModelAction::Drop(Envelope { src, dst, msg }))
    }

    /// The lowest free slot of an endpoint starts on a message.
    pub(super) fn receive(
        &mut self,
        src: Id,
        dst: Id,
        message: &Value,
        leased: bool,
    ) -> Option<usize> {
        let endpoint = usize::from(dst);
        let slot = slots_of(&self.state, endpoint)
            .iter()
            .position(|slot| *slot == Slot::Idle)?;
        self.deliver(src, dst, Msg::Message(message.clone()))?;
        if leased {
            self.state.world.leases.insert((endpoint, slot));
        }
        self.settle(src, dst, slot, message);
        Some(slot)
    }

    /// A handler that has ended without acknowledging its message gives it back.
    fn settle(&mut self, src: Id, dst: Id, slot: usize, message: &Value) {
        let endpoint = usize::from(dst);
        if slots_of(&self.state, endpoint)[slot] == Slot::Idle
            && self.state.world.leases.remove(&(endpoint, slot))
        {
            self.put(src, dst, Msg::Message(message.clone()));
        }
    }

    fn work(&self, endpoint: usize, slot: usize) -> Option<Work> {
        match slots_of(&self.state, endpoint).get(slot)? {
            Slot::Busy(work) => Some(work.clone()),
            Slot::Idle => None,
        }
    }

    fn break_off(&mut self, endpoint: usize, slot: usize, breach: Breach) {
        let volatile = Arc::make_mut(&mut self.state.actors.actor_states[endpoint]);
        if let Volatile::Slots(slots) = volatile
            && let Slot::Busy(work) = &mut slots[slot]
        {
            work.next = Next::Broken(breach);
        }
    }

    /// A slot makes its next call.
    pub(super) fn call(&mut self, dst: Id, slot: usize, src: Id, fate: Fate) -> Option<()> {
        let endpoint = usize::from(dst);
        let work = self.work(endpoint, slot)?;
        let Next::Call(expected) = work.next else {
            return None;
        };
        let Participant::Endpoint(Endpoint {
            handler,
            third_party,
            ..
        }) = &self.system.actors.actors[endpoint]
        else {
            return None;
        };
        let draw = |n| self.state.world.identity(&work.message, n);
        let (action, call, drawn) = match replay(handler, &work.message, &work.log, &draw) {
            Progress::Pending {
                action,
                call,
                drawn,
            } if action == expected => (action, call, drawn),
            other => {
                let now = other.asked_for();
                let before = expected.to_owned();
                self.break_off(endpoint, slot, Breach::NotDeterministic { before, now });
                return Some(());
            }
        };
        self.state.world.draw(&work.message, drawn.len());
        let mut entries: Vec<Entry> = drawn.into_iter().map(Entry::Fresh).collect();
        if let Call::Ask { answered, request } = call {
            if third_party.is_none() {
                let nobody = Breach::Misuse(format!("{action} asks a third party, but has none"));
                self.break_off(endpoint, slot, nobody);
                return Some(());
            }
            return self.tell(
                dst,
                dst,
                Msg::Leave(slot, entries, [action, answered], request),
            );
        }
        let outcome = match self.outcome(dst, slot, &work.message, &call, fate) {
            Ok(outcome) => outcome,
            Err(breach) => {
                self.break_off(endpoint, slot, breach);
                return Some(());
            }
        };
        entries.push(Entry::Called {
            action,
            call,
            outcome,
        });
        self.tell(dst, dst, Msg::Resume(slot, entries))?;
        self.settle(src, dst, slot, &work.message);
        Some(())
    }

    pub(super) fn outcome(
        &mut self,
        endpoint: Id,
        slot: usize,
        message: &Value,
        call: &Call,
        fate: Fate,
    ) -> Result<Outcome, Breach> {
        if fate == Fate::Failed {
            return Ok(Outcome::Failed);
        }
        let observed = usize::from(endpoint) == ENDPOINT;
        let caller = Caller {
            endpoint: usize::from(endpoint),
            slot,
            message,
            observed,
        };
        let outcome = self
            .state
            .world
            .perform(&self.system.spec.schema, &caller, call)?;
        match (call, self.system.downstream) {
            (Call::Publish { message, .. }, Some(consumer)) if observed => {
                self.put(endpoint, consumer, Msg::Message(message.clone()));
            }
            (Call::Reply(answer), _) => {
                self.put(endpoint, self.system.sender, Msg::Reply(answer.clone()));
            }
            _ => {}
        }
        Ok(if fate == Fate::AnswerLost {
            Outcome::Failed
        } else {
            outcome
        })
    }

    /// The third party's answer, or a time-out, comes in for a slot.
    pub(super) fn answer(&mut self, slot: usize, fate: Fate) -> Option<()> {
        let (endpoint, party) = (Id::from(ENDPOINT), self.system.third_party?);
        let work = self.work(ENDPOINT, slot)?;
        let Next::Await { request, .. } = work.next else {
            return None;
        };
        let outcome = self.exchange(slot, request, fate)?;
        self.tell(party, endpoint, Msg::Answer(slot, outcome))?;
        self.settle(self.system.sender, endpoint, slot, &work.message);
        Some(())
    }

    /// What a slot's request comes to: the third party answers it, or it goes astray.
    pub(super) fn exchange(&mut self, slot: usize, request: Value, fate: Fate) -> Option<Outcome> {
        let (endpoint, party) = (Id::from(ENDPOINT), self.system.third_party?);
        let asked = Msg::Request(Some(slot), request.clone());
        let outcome = match fate {
            Fate::Failed | Fate::Delayed => {
                self.drop(endpoint, party, asked)?;
                Outcome::Failed
            }
            Fate::Answered | Fate::AnswerLost => {
                self.deliver(endpoint, party, asked)?;
                let response = self.response()?;
                self.drop(party, endpoint, Msg::Response(response.clone()))?;
                if fate == Fate::Answered {
                    Outcome::Answered(response)
                } else {
                    Outcome::Failed
                }
            }
        };
        if fate == Fate::Delayed {
            self.put(endpoint, party, Msg::Request(None, request));
        }
        Some(outcome)
    }

    fn response(&self) -> Option<Value> {
        let responses = waiting(&self.state, Id::from(ENDPOINT), |msg| match msg {
            Msg::Response(response) => Some(response.clone()),
            _ => None,
        });
        responses.into_keys().next()
    }

    /// The downstream consumer handles a message from its first line to its last.
    pub(super) fn consume(&mut self, message: &Value) -> Option<()> {
        let (endpoint, consumer) = (Id::from(ENDPOINT), self.system.downstream?);
        let slot = self.receive(endpoint, consumer, message, true)?;
        for _ in 0..=MAX_CALLS {
            match self.work(usize::from(consumer), slot).map(|work| work.next) {
                Some(Next::Call(_)) => self.call(consumer, slot, endpoint, Fate::Answered)?,
                _ => break,
            }
        }
        Some(())
    }

    fn crash(&mut self) -> Option<()> {
        let (endpoint, broker) = (Id::from(ENDPOINT), self.system.sender);
        for slot in 0..self.system.spec.slots {
            let Some(work) = self.work(ENDPOINT, slot) else {
                continue;
            };
            if self.state.world.leases.remove(&(ENDPOINT, slot)) {
                self.put(broker, endpoint, Msg::Message(work.message));
            }
            // A request that left is gone with its slot. That it arrived before the crash is the
            // run in which its answer came first; that it arrives later, the run in which it was
            // delayed first.
            if let (Next::Await { request, .. }, Some(party)) = (work.next, self.system.third_party)
            {
                self.drop(endpoint, party, Msg::Request(Some(slot), request))?;
            }
        }
        self.act(ActorModelAction::Crash(endpoint))?;
        let idle = Volatile::Slots(vec![Slot::Idle; self.system.spec.slots]);
        self.state.actors.actor_states[ENDPOINT] = Arc::new(idle);
        Some(())
    }

    pub(super) fn fault(&mut self, fault: Fault, target: &Target) -> Option<()> {
        let (endpoint, sender) = (Id::from(ENDPOINT), self.system.sender);
        if !self.state.world.budget.spend(fault) {
            return None;
        }
        match (fault, target) {
            (Fault::Crash, _) => self.crash(),
            (Fault::Duplicate, Target::Incoming(message)) => {
                self.put(sender, endpoint, Msg::Message(message.clone()));
                Some(())
            }
            (Fault::Duplicate, Target::Outgoing(message)) => {
                self.put(
                    endpoint,
                    self.system.downstream?,
                    Msg::Message(message.clone()),
                );
                Some(())
            }
            (Fault::Lease, Target::Slot(slot)) => {
                let work = self.work(ENDPOINT, *slot)?;
                self.state.world.leases.remove(&(ENDPOINT, *slot));
                self.put(sender, endpoint, Msg::Message(work.message));
                Some(())
            }
            (Fault::Lose, Target::Incoming(message)) => {
                self.drop(sender, endpoint, Msg::Message(message.clone()))
            }
            (Fault::Lose, Target::Reply(reply)) => {
                self.drop(endpoint, sender, Msg::Reply(reply.clone()))
            }
            (Fault::Lose, Target::Slot(slot)) => self.answer(*slot, Fate::Failed),
            (Fault::Late, Target::Slot(slot)) => self.answer(*slot, Fate::Delayed),
            (Fault::Unknown, Target::Slot(slot)) => match self.work(ENDPOINT, *slot)?.next {
                Next::Await { .. } => self.answer(*slot, Fate::AnswerLost),
                _ => self.call(endpoint, *slot, sender, Fate::AnswerLost),
            },
            (Fault::Fail, Target::Slot(slot)) => self.call(endpoint, *slot, sender, Fate::Failed),
            (Fault::Forget, Target::Memory(memory)) => {
                let party = usize::from(self.system.third_party?);
                self.state.actors.actor_states[party] = Arc::new(Volatile::Memory(memory.clone()));
                Some(())
            }
            _ => None,
        }
    }
}
