//! The data that the threads of a run share, and the operations on them while they hold the lock.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Instant;

use stateright::Model;
use stateright::actor::Id;

use super::dice::Dice;
use super::{Access, Live};
use crate::kit::actors::{Msg, Next, Slot, Volatile, Work};
use crate::kit::change::{Calling, Change, Fate, Place};
use crate::kit::fault::Fault;
use crate::kit::guarantees::When;
use crate::kit::hosts::wake_up;
use crate::kit::io::{Call, Flow, Outcome, Stop, Suspended};
use crate::kit::observe::slots_of;
use crate::kit::replay::{Breach, Entry, Log, MAX_CALLS, longer, quietly};
use crate::kit::step::{Kind, Step};
use crate::kit::system::{ENDPOINT, State};
use crate::value::Value;

/// The data that the threads share.
pub(super) struct Shared<'a> {
    pub(super) change: Change<'a>,
    pub(super) dice: Dice,
    /// The coming faults, each with the turn from which on it happens.
    pub(super) due: Vec<(u32, Fault)>,
    pub(super) turn: u32,
    /// The number of crashes of each endpoint.
    pub(super) crashes: Vec<u32>,
    pub(super) broken: BTreeSet<&'static str>,
    pub(super) breach: Option<Breach>,
    pub(super) until: Instant,
}

/// A message that a slot is handling.
#[derive(Clone)]
pub(super) struct Job {
    /// The caller of its calls.
    caller: Calling,
    slot: usize,
    pub(super) message: Value,
    /// The number of crashes of its endpoint when it started. If it is larger later, the handler is
    /// lost.
    crashes: u32,
}

impl Shared<'_> {
    pub(super) fn state(&self) -> &State {
        &self.change.state
    }

    pub(super) fn at_rest(&self) -> bool {
        self.breach.is_none() && self.change.system.at_rest(self.state()) && self.moves().is_empty()
    }

    pub(super) fn over(&self) -> bool {
        self.given_up() || self.at_rest()
    }

    fn given_up(&self) -> bool {
        self.breach.is_some() || Instant::now() >= self.until
    }

    /// Evaluates the guarantees after every step.
    pub(super) fn judge(&mut self) {
        let (system, state) = (self.change.system, &self.change.state);
        // The consumer handles a message in one step, so states in between are not judged.
        let consumer = system
            .downstream
            .map_or(&[][..], |id| slots_of(state, id.into()));
        if consumer.iter().any(|slot| *slot != Slot::Idle) {
            return;
        }
        let guarantees = system.spec.guarantees.iter();
        let guarantees = guarantees.filter(|guarantee| matches!(guarantee.when, When::Always));
        let broken = guarantees.filter(|guarantee| !(guarantee.holds)(system, state));
        self.broken.extend(broken.map(|guarantee| guarantee.name));
    }

    fn slot(&mut self, job: &Job) -> Option<&mut Slot> {
        let actor = &mut self.change.state.actors.actor_states[usize::from(job.caller.id)];
        match Arc::make_mut(actor) {
            Volatile::Slots(slots) => slots.get_mut(job.slot),
            _ => None,
        }
    }

    fn working(&mut self, job: &Job) -> Option<&mut Work> {
        match self.slot(job)? {
            Slot::Busy(work) => Some(work),
            Slot::Idle => None,
        }
    }

    /// A free slot takes one of the waiting messages.
    pub(super) fn take(&mut self, slot: usize) -> Option<Job> {
        let (number, place) = self.change.system.host_of(slot);
        let host = &self.change.system.hosts[number];
        if host.wakes.is_some() {
            return self.wake(number, place);
        }
        self.next_message(number)?;
        self.strike();
        let message = self.next_message(number)?;
        let leased = !self.change.system.is_request(number, &message);
        let caller = self.change.system.caller(number);
        self.start(caller, place, message, leased)
    }

    /// A free slot of a poller wakes up, if there is something to do.
    fn wake(&mut self, number: usize, place: usize) -> Option<Job> {
        let system = self.change.system;
        let host = &system.hosts[number];
        let awake =
            |state: &State| !state.actors.crashed[host.actor()] && host.wakes_up(&state.world);
        if !awake(self.state()) {
            return None;
        }
        self.strike();
        if !awake(self.state()) {
            return None;
        }
        let caller = system.caller(number);
        self.change
            .put(caller.src, caller.id, Msg::Message(wake_up()));
        self.start(caller, place, wake_up(), false)
    }

    fn next_message(&mut self, number: usize) -> Option<Value> {
        let system = self.change.system;
        if self.state().actors.crashed[system.hosts[number].actor()] {
            return None;
        }
        let waiting = system.deliverable(number, self.state());
        self.dice.pick(waiting)
    }

    fn start(&mut self, caller: Calling, slot: usize, message: Value, leased: bool) -> Option<Job> {
        let (endpoint, sender) = (caller.id, caller.src);
        let job = Job {
            crashes: self.crashes[caller.number],
            caller,
            slot,
            message: message.clone(),
        };
        self.change
            .drop(sender, endpoint, Msg::Message(message.clone()))?;
        *self.slot(&job)? = Slot::Busy(Work {
            message,
            log: Log::default(),
            next: Next::Call("Run"),
        });
        if leased {
            let lease = (usize::from(endpoint), slot);
            self.change.state.world.leases.insert(lease);
        }
        if usize::from(endpoint) == ENDPOINT {
            let schema = &self.change.system.spec.schema;
            let world = &mut self.change.state.world;
            world.count_delivery(schema, &job.message, false);
        }
        self.judge();
        Some(job)
    }

    /// A handler has returned.
    pub(super) fn end(&mut self, job: &Job, returned: Result<Flow, String>) {
        if self.stopped(job) {
            return;
        }
        match returned {
            Err(panic) => self.breach = Some(Breach::Panicked(panic)),
            Ok(Err(Stop::Misuse(what))) => self.breach = Some(Breach::Misuse(what)),
            Ok(_) => {
                if let Some(slot) = self.slot(job) {
                    *slot = Slot::Idle;
                }
                let lease = (usize::from(job.caller.id), job.slot);
                if self.change.state.world.leases.remove(&lease) {
                    let message = Msg::Message(job.message.clone());
                    let (src, dst) = (job.caller.src, job.caller.id);
                    self.change.put_at(Place::First, src, dst, message);
                }
                self.judge();
            }
        }
    }

    /// Whether the handler must stop: its endpoint has crashed, or the run is over.
    fn stopped(&self, job: &Job) -> bool {
        self.crashes[job.caller.number] != job.crashes || self.given_up()
    }

    /// What happens before every call: faults that are due, and the call may not be made.
    fn turn(&mut self, job: &Job) -> Flow {
        // No fault happens during the consumer's step.
        if job.caller.observed {
            self.strike();
        }
        let calls = self.working(job).map_or(0, |work| work.log.len());
        if calls >= MAX_CALLS {
            return Err(self.breaks_off(Breach::Endless(MAX_CALLS)));
        }
        if self.stopped(job) {
            return Err(stop());
        }
        Ok(())
    }

    fn breaks_off(&mut self, breach: Breach) -> Stop {
        self.breach.get_or_insert(breach);
        stop()
    }

    fn record(&mut self, job: &Job, entry: Entry) {
        if let Some(work) = self.working(job) {
            work.log = longer(&work.log, [entry]);
            work.next = Next::Call("Run");
        }
        self.judge();
    }

    pub(super) fn call(&mut self, job: &Job, action: &'static str, call: Call) -> Flow<Outcome> {
        self.turn(job)?;
        let may_fail = self.change.system.spec.may_fail.contains(&action);
        let schema = &self.change.system.spec.schema;
        let (may_lag, may_be_late) = (schema.may_lag(&call), schema.late_write(&call).is_some());
        let fate = self.fate(job, |fault| match fault {
            Fault::Fail if may_fail => Some(Fate::Failed),
            Fault::Unknown if may_fail => Some(Fate::AnswerLost),
            Fault::Stale if may_lag => Some(Fate::Stale),
            Fault::Late if may_be_late => Some(Fate::Delayed),
            _ => None,
        });
        let outcome = self
            .change
            .outcome(&job.caller, job.slot, &job.message, &call, fate)
            .map_err(|breach| self.breaks_off(breach))?;
        let done = outcome.clone();
        self.record(
            job,
            Entry::Called {
                action,
                call,
                outcome,
            },
        );
        Ok(done)
    }

    pub(super) fn fresh(&mut self, job: &Job) -> Flow<Value> {
        if self.stopped(job) {
            return Err(stop());
        }
        // The identity is drawn now and not with the next call, because another slot may draw one
        // for the same message.
        let id = self.change.state.world.ledgers[job.caller.number].identity(&job.message, 0);
        self.change
            .state
            .world
            .ledger_mut(job.caller.number)
            .draw(&job.message, 1);
        self.record(job, Entry::Fresh(id.clone()));
        Ok(id)
    }

    /// The number of a job's slot, counted over all endpoints.
    pub(super) fn number_of(&self, job: &Job) -> usize {
        self.change.system.hosts()[job.caller.number].first_slot + job.slot
    }

    /// Sends a request to a third party.
    pub(super) fn leave(&mut self, job: &Job, action: &'static str, call: &Call) -> Flow {
        self.turn(job)?;
        let Call::Ask {
            party,
            answered,
            request,
        } = call
        else {
            return Ok(());
        };
        let next = Next::Await {
            party: *party,
            action,
            answered,
            request: request.clone(),
        };
        let left = self.change.leaves(&job.caller, job.slot, Vec::new(), next);
        left.map_err(|breach| self.breaks_off(breach))?;
        self.judge();
        Ok(())
    }

    /// The answer or a time-out arrives.
    pub(super) fn answer(&mut self, job: &Job, action: &'static str, call: Call) -> Flow<Outcome> {
        self.turn(job)?;
        let fate = self.fate(job, |fault| match fault {
            Fault::Lose => Some(Fate::Failed),
            Fault::Unknown => Some(Fate::AnswerLost),
            Fault::Late => Some(Fate::Delayed),
            _ => None,
        });
        let exchanged = match &call {
            Call::Ask { party, request, .. } => {
                let asked = self.change.system.party_asked(*party);
                let slot = (job.caller.id, job.slot);
                asked.and_then(|asked| self.change.exchange(slot, asked, request.clone(), fate))
            }
            _ => None,
        };
        let outcome = exchanged.unwrap_or(Outcome::Failed);
        let done = outcome.clone();
        self.record(
            job,
            Entry::Called {
                action,
                call,
                outcome,
            },
        );
        Ok(done)
    }

    /// The possible steps of all participants, except those that the threads take themselves: to start on a
    /// message, to make a call, and to receive an answer.
    fn moves(&self) -> Vec<Step> {
        let mut steps = Vec::new();
        self.change.system.ordinary_steps(self.state(), &mut steps);
        steps.retain(|step| {
            !matches!(
                step.kind,
                Kind::Receive(..) | Kind::Wake(_) | Kind::Call(_) | Kind::Answer(_)
            )
        });
        steps
    }

    /// Takes a step of a participant other than the endpoint's slots, if one is possible.
    pub(super) fn surroundings(&mut self) -> Option<()> {
        if self.moves().is_empty() {
            return None;
        }
        self.strike();
        let step = self.dice.pick(self.moves())?;
        if let Kind::Downstream(message) = step.kind {
            self.consume(message)?;
        } else {
            self.change.state = self.change.system.next_state(&self.change.state, step)?;
            self.judge();
        }
        Some(())
    }

    /// The downstream consumer handles a message without a pause, as in the model.
    fn consume(&mut self, message: Value) -> Option<()> {
        let (_, handler) = self.change.system.spec.downstream.as_ref()?;
        let consumer = self.change.system.downstream?;
        let caller = Calling::downstream(consumer, Id::from(ENDPOINT));
        let job = self.start(caller, 0, message, true)?;
        let mut io = Live {
            job: job.clone(),
            access: Access::Step(self),
        };
        let returned = quietly(|| handler.run(&mut io, &job.message));
        self.end(&job, returned);
        Some(())
    }
}

fn stop() -> Stop {
    Stop::Suspended(Suspended(()))
}
