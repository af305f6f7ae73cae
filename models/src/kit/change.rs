//! A state while one step changes its actors, network and world. The effect of a call is in
//! [`call`], the effect of a fault in [`faults`], queues are in [`queue`].

mod call;
mod faults;
mod queue;

use std::sync::Arc;

use stateright::Model;
use stateright::actor::{ActorModelAction, Id};

pub(super) use self::call::{Calling, Fate};
pub(super) use self::queue::Place;
use super::actors::{Msg, Next, Participant, Slot, Timer, Volatile, Work};
use super::call::Call;
use super::hosts::wake_up;
use super::observe::slots_of;
use super::parties::sender_of;
use super::replay::{Breach, Entry, MAX_CALLS};
use super::system::{ENDPOINT, State, System};
use super::world::{Caller, LateWrite};
use crate::value::Value;

/// A state being changed by one step.
pub(super) struct Change<'a> {
    pub(super) system: &'a System,
    pub(super) state: State,
}

impl Change<'_> {
    /// Takes a step of the actors. Returns `None` if they do not take it.
    pub(super) fn act(&mut self, action: ActorModelAction<Msg, Timer, ()>) -> Option<()> {
        self.state.actors = self.system.actors.next_state(&self.state.actors, action)?;
        Some(())
    }

    /// Delivers a message that was not in transit before.
    fn tell(&mut self, src: Id, dst: Id, msg: Msg) -> Option<()> {
        self.put(src, dst, msg.clone());
        self.deliver(src, dst, msg)
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
        if endpoint == ENDPOINT {
            let schema = &self.system.spec.schema;
            self.state.world.count_delivery(schema, message, false);
        }
        self.settle(src, dst, slot, message);
        Some(slot)
    }

    /// The lowest free slot of an endpoint that polls wakes up.
    pub(super) fn wake(&mut self, number: usize) -> Option<()> {
        let (sender, host) = (self.system.sender, self.system.hosts.get(number)?);
        if self.state.actors.crashed[host.actor()] || !host.wakes_up(&self.state.world) {
            return None;
        }
        let slots = slots_of(&self.state, host.actor());
        slots.iter().position(|slot| *slot == Slot::Idle)?;
        self.tell(sender, host.id, Msg::Message(wake_up()))
    }

    /// The handler of a slot continues with the outcome of its call.
    fn resume(&mut self, endpoint: usize, slot: usize, entries: Vec<Entry>) -> Option<()> {
        let Participant::Endpoint(participant) = self.system.actors.actors.get(endpoint)? else {
            return None;
        };
        participant.resume(self.slot_mut(endpoint, slot)?, entries);
        Some(())
    }

    fn slot_mut(&mut self, endpoint: usize, slot: usize) -> Option<&mut Slot> {
        let volatile = self.state.actors.actor_states.get_mut(endpoint)?;
        match Arc::make_mut(volatile) {
            Volatile::Slots(slots) => slots.get_mut(slot),
            _ => None,
        }
    }

    /// A request reaches its third party after its sender has given up on it.
    pub(super) fn arrives_late(&mut self, party: usize, request: &Value) -> Option<()> {
        let party = *self.system.third_parties.get(party)?;
        let msg = Msg::Request(None, request.clone());
        let src = sender_of(&self.state, party, &msg)?;
        self.deliver(src, party, msg)
    }

    /// A handler that has ended without acknowledging its message gives it back.
    fn settle(&mut self, src: Id, dst: Id, slot: usize, message: &Value) {
        let endpoint = usize::from(dst);
        if slots_of(&self.state, endpoint)[slot] == Slot::Idle
            && self.state.world.leases.remove(&(endpoint, slot))
        {
            self.put_at(Place::First, src, dst, Msg::Message(message.clone()));
        }
    }

    fn work(&self, endpoint: usize, slot: usize) -> Option<Work> {
        match slots_of(&self.state, endpoint).get(slot)? {
            Slot::Busy(work) => Some(work.clone()),
            Slot::Idle => None,
        }
    }

    fn slot_work(&self, slot: usize) -> Option<Work> {
        let (number, place) = self.system.host_of(slot);
        self.work(self.system.hosts.get(number)?.actor(), place)
    }

    fn break_off(&mut self, endpoint: usize, slot: usize, breach: Breach) {
        if let Some(Slot::Busy(work)) = self.slot_mut(endpoint, slot) {
            work.next = Next::Broken(breach);
        }
    }

    /// A message that was sent for later becomes due, and waits in the queue.
    pub(super) fn due(&mut self, number: usize, message: &Value) -> Option<()> {
        let (sender, host) = (self.system.sender, self.system.hosts.get(number)?.id);
        self.drop(sender, host, Msg::Later(message.clone()))?;
        self.put(sender, host, Msg::Message(message.clone()));
        Some(())
    }

    /// A late write reaches its store. It is performed like any other write, but nobody receives
    /// the outcome.
    pub(super) fn land(&mut self, late: &LateWrite) -> Option<()> {
        let landing = Arc::make_mut(&mut self.state.world.landing);
        let copies = landing.get_mut(late)?;
        *copies -= 1;
        if *copies == 0 {
            landing.remove(late);
        }
        let caller = Caller {
            endpoint: self.system.hosts.get(late.endpoint)?.actor(),
            ledger: late.endpoint,
            slot: 0,
            message: &late.message,
            observed: true,
        };
        let write = Call::Commit(vec![late.write.clone()]);
        let schema = &self.system.spec.schema;
        self.state.world.perform(schema, &caller, &write).ok()?;
        Some(())
    }

    /// The downstream consumer handles a message from the first line to the last in one step.
    pub(super) fn consume(&mut self, message: &Value) -> Option<()> {
        let (endpoint, consumer) = (Id::from(ENDPOINT), self.system.downstream?);
        let (_, handler) = self.system.spec.downstream.as_ref()?;
        let caller = Calling::downstream(consumer, endpoint);
        let slot = self.receive(endpoint, consumer, message, true)?;
        for _ in 0..=MAX_CALLS {
            match self.work(usize::from(consumer), slot).map(|work| work.next) {
                Some(Next::Call(_)) => self.calls(&caller, handler, slot, Fate::Answered)?,
                _ => break,
            }
        }
        Some(())
    }
}
