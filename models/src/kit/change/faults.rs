//! Applies a fault: a crash, a lost or duplicated message, an expired lease, a store that loses data.

use std::sync::Arc;

use stateright::actor::{ActorModelAction, Id};

use super::{Change, Fate, Place};
use crate::kit::actors::{Msg, Next, Slot, Volatile};
use crate::kit::fault::Fault;
use crate::kit::step::Target;
use crate::kit::system::ENDPOINT;

impl Change<'_> {
    fn crash(&mut self, number: usize) -> Option<()> {
        let host = self.system.hosts.get(number)?;
        let (endpoint, broker) = (host.id, self.system.sender);
        for slot in 0..host.slots {
            let Some(work) = self.work(host.actor(), slot) else {
                continue;
            };
            if self.state.world.leases.remove(&(host.actor(), slot)) {
                let returned = Msg::Message(work.message);
                self.put_at(Place::First, broker, endpoint, returned);
            }
            // A request that was sent disappears with its slot. Runs in which it arrives are included
            // elsewhere: if it arrives before the crash, as the run in which its answer came first; if
            // it arrives later, as the run in which it was delayed first.
            if let Next::Await { party, request, .. } = work.next {
                let party = self.system.party_asked(party)?;
                let party = self.system.third_parties[party];
                self.drop(endpoint, party, Msg::Request(Some(slot), request))?;
            }
        }
        for store in &self.system.spec.schema.leased {
            for (key, owner) in self.state.world.owned(store) {
                if owner == host.name {
                    self.state.world.disown(store, &key)?;
                }
            }
        }
        self.act(ActorModelAction::Crash(endpoint))?;
        let idle = Volatile::Slots(vec![Slot::Idle; host.slots]);
        self.state.actors.actor_states[host.actor()] = Arc::new(idle);
        Some(())
    }

    pub(in crate::kit) fn fault(&mut self, fault: Fault, target: &Target) -> Option<()> {
        let (endpoint, sender) = (Id::from(ENDPOINT), self.system.sender);
        let aim = self.system.aim(&self.state, fault, target);
        if !self.state.world.budget.spend(aim) {
            return None;
        }
        match (fault, target) {
            (Fault::Crash, Target::Endpoint(number)) => self.crash(*number),
            (Fault::Duplicate, Target::Incoming(number, message)) => {
                let endpoint = self.system.hosts.get(*number)?.id;
                let copy = Msg::Message(message.clone());
                self.put_at(Place::BehindItself, sender, endpoint, copy);
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
                let (number, place) = self.system.host_of(*slot);
                let host = self.system.hosts.get(number)?;
                let work = self.work(host.actor(), place)?;
                self.state.world.leases.remove(&(host.actor(), place));
                self.put_at(Place::First, sender, host.id, Msg::Message(work.message));
                Some(())
            }
            (Fault::Lose | Fault::Expire, Target::Incoming(number, message)) => {
                let endpoint = self.system.hosts.get(*number)?.id;
                self.drop(sender, endpoint, Msg::Message(message.clone()))
            }
            (Fault::Expire, Target::Outgoing(message)) => {
                let consumer = self.system.downstream?;
                self.drop(endpoint, consumer, Msg::Message(message.clone()))
            }
            (Fault::Lose, Target::Reply(reply)) => {
                self.drop(endpoint, sender, Msg::Reply(reply.clone()))
            }
            (Fault::Lose, Target::Slot(slot)) => self.answer(*slot, Fate::Failed),
            (Fault::Late, Target::Slot(slot)) => self.answer(*slot, Fate::Delayed),
            (Fault::Unknown, Target::Slot(slot)) => match self.slot_work(*slot)?.next {
                Next::Await { .. } => self.answer(*slot, Fate::AnswerLost),
                _ => self.call(*slot, Fate::AnswerLost),
            },
            (Fault::Fail, Target::Slot(slot)) => self.call(*slot, Fate::Failed),
            (Fault::Stale, Target::Slot(slot)) => self.call(*slot, Fate::Stale),
            (Fault::Late, Target::Write(slot)) => self.call(*slot, Fate::Delayed),
            (Fault::Lease, Target::Stored(store, key)) => self.state.world.disown(store, key),
            (Fault::Forget, Target::Stored(store, id)) => self.state.world.forget(store, id),
            (Fault::Forget, Target::Memory(party, memory)) => {
                let party = usize::from(*self.system.third_parties.get(*party)?);
                self.state.actors.actor_states[party] = Arc::new(Volatile::Memory(memory.clone()));
                Some(())
            }
            _ => None,
        }
    }
}
