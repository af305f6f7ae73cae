//! A state in the middle of one step: what the step does to actors, network and world.

use std::sync::Arc;

use stateright::Model;
use stateright::actor::{ActorModelAction, Envelope, Id, Network};

use super::actors::{Msg, Next, Slot, Timer, Volatile, Work};
use super::fault::Fault;
use super::hosts::wake_up;
use super::io::{Call, Outcome};
use super::observe::{slots_of, waiting};
use super::replay::{Asked, Breach, Entry, Handler, MAX_CALLS, Progress, replay};
use super::step::Target;
use super::system::{ENDPOINT, Intake, State, System};
use super::world::{Caller, LateWrite};
use crate::value::Value;

/// What becomes of a call.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Fate {
    Answered,
    Failed,
    AnswerLost,
    Delayed,
    Stale,
}

/// Who makes a call.
#[derive(Clone)]
pub(super) struct Calling {
    pub(super) id: Id,
    /// The number of the endpoint whose history it enters and whose identities it draws.
    pub(super) number: usize,
    /// Whether it enters that history: that of a downstream consumer is not kept.
    pub(super) observed: bool,
    /// To whom its message goes back.
    pub(super) src: Id,
}

impl Calling {
    /// The downstream consumer.
    pub(super) fn downstream(consumer: Id, endpoint: Id) -> Self {
        Calling {
            id: consumer,
            number: ENDPOINT,
            observed: false,
            src: endpoint,
        }
    }
}

impl System {
    /// An endpoint that makes a call.
    pub(super) fn caller(&self, number: usize) -> Calling {
        Calling {
            id: self.hosts[number].id,
            number,
            observed: true,
            src: self.sender,
        }
    }
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

    fn slot_work(&self, slot: usize) -> Option<Work> {
        let (number, place) = self.system.host_of(slot);
        self.work(self.system.hosts.get(number)?.actor(), place)
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
    pub(super) fn call(&mut self, slot: usize, fate: Fate) -> Option<()> {
        let (number, place) = self.system.host_of(slot);
        let host = self.system.hosts.get(number)?;
        let caller = self.system.caller(number);
        self.calls(&caller, &host.handler, place, fate)
    }

    /// A participant makes the next call of one of its slots.
    fn calls(
        &mut self,
        caller: &Calling,
        handler: &Handler,
        slot: usize,
        fate: Fate,
    ) -> Option<()> {
        let (dst, endpoint) = (caller.id, usize::from(caller.id));
        let work = self.work(endpoint, slot)?;
        let Next::Call(expected) = work.next else {
            return None;
        };
        let ledger = &self.state.world.ledgers[caller.number];
        let draw = |n| ledger.identity(&work.message, n);
        let (action, call, drawn) = match replay(handler, &work.message, &work.log, &draw) {
            Progress::Pending {
                action,
                call,
                drawn,
            } if action == expected => (action, call, drawn),
            other => {
                let before = Asked::Other(expected.to_owned());
                let breach = Breach::differs(&before, &other.asked());
                self.break_off(endpoint, slot, breach);
                return Some(());
            }
        };
        let ledger = self.state.world.ledger_mut(caller.number);
        ledger.draw(&work.message, drawn.len());
        let mut entries: Vec<Entry> = drawn.into_iter().map(Entry::Fresh).collect();
        if let Call::Ask { answered, request } = call {
            if self.system.third_party.is_none() || !caller.observed {
                let nobody = Breach::Misuse(format!("{action} asks a third party, but has none"));
                self.break_off(endpoint, slot, nobody);
                return Some(());
            }
            let leaves = Msg::Leave(slot, entries, [action, answered], request);
            return self.tell(dst, dst, leaves);
        }
        let outcome = match self.outcome(caller, slot, &work.message, &call, fate) {
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
        self.settle(caller.src, dst, slot, &work.message);
        Some(())
    }

    pub(super) fn outcome(
        &mut self,
        calling: &Calling,
        slot: usize,
        message: &Value,
        call: &Call,
        fate: Fate,
    ) -> Result<Outcome, Breach> {
        let schema = &self.system.spec.schema;
        match fate {
            Fate::Failed => return Ok(Outcome::Failed),
            Fate::Stale => return self.state.world.stale(schema, call),
            Fate::Delayed => {
                if let Some(write) = schema.late_write(call) {
                    let late = LateWrite {
                        endpoint: calling.number,
                        message: message.clone(),
                        write: write.clone(),
                    };
                    let landing = Arc::make_mut(&mut self.state.world.landing);
                    *landing.entry(late).or_insert(0) += 1;
                }
                return Ok(Outcome::Failed);
            }
            Fate::Answered | Fate::AnswerLost => {}
        }
        let caller = Caller {
            endpoint: usize::from(calling.id),
            ledger: calling.number,
            slot,
            message,
            observed: calling.observed,
        };
        let outcome = self.state.world.perform(schema, &caller, call)?;
        let refused = outcome == Outcome::Conflict;
        if !refused && (calling.observed || matches!(call, Call::Reply(_))) {
            self.goes_out(calling, call)?;
        }
        Ok(match fate {
            Fate::AnswerLost => Outcome::Failed,
            _ => outcome,
        })
    }

    /// What leaves the endpoint with a call.
    fn goes_out(&mut self, calling: &Calling, call: &Call) -> Result<(), Breach> {
        let (system, sender) = (self.system, self.system.sender);
        match call {
            Call::Publish {
                output, message, ..
            } => {
                if let Some(consumer) = system.downstream.filter(|_| calling.number == ENDPOINT) {
                    self.put(calling.id, consumer, Msg::Message(message.clone()));
                }
                for host in &system.hosts {
                    if host.subscribes(output) {
                        self.put(sender, host.id, Msg::Message(message.clone()));
                    }
                }
            }
            Call::CommitAndPublish(_, publish) => self.goes_out(calling, publish)?,
            Call::Send {
                to, later, message, ..
            } => {
                let Some(number) = system.host_named(to) else {
                    return Err(Breach::Misuse(format!(
                        "the system has no endpoint named '{to}' to send {message} to"
                    )));
                };
                if *later && !system.spec.later.contains(to) {
                    return Err(Breach::Misuse(format!(
                        "'{to}' is sent a message for later, and `Spec::later` does not say so"
                    )));
                }
                let message = message.clone();
                let travels = match later {
                    true => Msg::Later(message),
                    false => Msg::Message(message),
                };
                self.put(sender, system.hosts[number].id, travels);
            }
            Call::Reply(answer) => {
                let answers = system.spec.intake == Intake::Requests && calling.number == ENDPOINT;
                if !answers || !calling.observed {
                    return Err(Breach::Misuse(format!(
                        "the handler replies {answer}, but it handles a message from a queue, and nobody \
                         waits for a reply; publish or send a message instead"
                    )));
                }
                self.put(calling.id, sender, Msg::Reply(answer.clone()));
            }
            _ => {}
        }
        Ok(())
    }

    /// A message that was sent for later waits in the queue from now on.
    pub(super) fn due(&mut self, number: usize, message: &Value) -> Option<()> {
        let (sender, host) = (self.system.sender, self.system.hosts.get(number)?.id);
        self.drop(sender, host, Msg::Later(message.clone()))?;
        self.put(sender, host, Msg::Message(message.clone()));
        Some(())
    }

    /// A late write reaches its store: it is done there like any other, and nobody hears of it.
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

    /// The third party's answer, or a time-out, comes in for a slot.
    pub(super) fn answer(&mut self, slot: usize, fate: Fate) -> Option<()> {
        let (number, place) = self.system.host_of(slot);
        let (endpoint, party) = (self.system.hosts[number].id, self.system.third_party?);
        let work = self.work(endpoint.into(), place)?;
        let Next::Await { request, .. } = work.next else {
            return None;
        };
        let outcome = self.exchange((endpoint, place), request, fate)?;
        self.tell(party, endpoint, Msg::Answer(place, outcome))?;
        self.settle(self.system.sender, endpoint, place, &work.message);
        Some(())
    }

    /// What a slot's request comes to: the third party answers it, or it goes astray.
    pub(super) fn exchange(
        &mut self,
        (endpoint, slot): (Id, usize),
        request: Value,
        fate: Fate,
    ) -> Option<Outcome> {
        let party = self.system.third_party?;
        let asked = Msg::Request(Some(slot), request.clone());
        let outcome = match fate {
            Fate::Failed | Fate::Delayed => {
                self.drop(endpoint, party, asked)?;
                Outcome::Failed
            }
            Fate::Answered | Fate::AnswerLost | Fate::Stale => {
                self.deliver(endpoint, party, asked)?;
                let response = self.response(endpoint)?;
                self.drop(party, endpoint, Msg::Response(response.clone()))?;
                match fate {
                    Fate::AnswerLost => Outcome::Failed,
                    _ => Outcome::Answered(response),
                }
            }
        };
        if fate == Fate::Delayed {
            self.put(endpoint, party, Msg::Request(None, request));
        }
        Some(outcome)
    }

    fn response(&self, endpoint: Id) -> Option<Value> {
        let responses = waiting(&self.state, endpoint, |msg| match msg {
            Msg::Response(response) => Some(response.clone()),
            _ => None,
        });
        responses.into_keys().next()
    }

    /// The downstream consumer handles a message from its first line to its last.
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

    fn crash(&mut self, number: usize) -> Option<()> {
        let host = self.system.hosts.get(number)?;
        let (endpoint, broker) = (host.id, self.system.sender);
        for slot in 0..host.slots {
            let Some(work) = self.work(host.actor(), slot) else {
                continue;
            };
            if self.state.world.leases.remove(&(host.actor(), slot)) {
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

    pub(super) fn fault(&mut self, fault: Fault, target: &Target) -> Option<()> {
        let (endpoint, sender) = (Id::from(ENDPOINT), self.system.sender);
        if !self.state.world.budget.spend(fault) {
            return None;
        }
        match (fault, target) {
            (Fault::Crash, Target::Endpoint(number)) => self.crash(*number),
            (Fault::Duplicate, Target::Incoming(number, message)) => {
                let endpoint = self.system.hosts.get(*number)?.id;
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
                let (number, place) = self.system.host_of(*slot);
                let host = self.system.hosts.get(number)?;
                let work = self.work(host.actor(), place)?;
                self.state.world.leases.remove(&(host.actor(), place));
                self.put(sender, host.id, Msg::Message(work.message));
                Some(())
            }
            (Fault::Lose, Target::Incoming(_, message)) => {
                self.drop(sender, endpoint, Msg::Message(message.clone()))
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
            (Fault::Forget, Target::Memory(memory)) => {
                let party = usize::from(self.system.third_party?);
                self.state.actors.actor_states[party] = Arc::new(Volatile::Memory(memory.clone()));
                Some(())
            }
            _ => None,
        }
    }
}
