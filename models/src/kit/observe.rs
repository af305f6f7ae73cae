//! Observations of a state: what waits, which slots are busy, and whether the system is at rest.

use std::collections::{BTreeMap, BTreeSet};

use stateright::actor::{Id, Network};

use super::actors::{Msg, Next, Slot, Volatile};
use super::io::{Call, Outcome};
use super::replay::{Breach, Progress, replay};
use super::system::{ENDPOINT, State, System};
use super::world::Caller;
use crate::value::Value;

impl System {
    /// The slots of all endpoints, one endpoint after the other.
    pub fn slots<'a>(&self, state: &'a State) -> Vec<&'a Slot> {
        let hosts = self.hosts.iter();
        hosts
            .flat_map(|host| slots_of(state, host.actor()))
            .collect()
    }

    /// The slots of one endpoint.
    pub fn slots_at<'a>(&self, endpoint: usize, state: &'a State) -> &'a [Slot] {
        slots_of(state, self.hosts[endpoint].actor())
    }

    /// Whether the message of a slot is delivered again unless it is acknowledged.
    pub fn is_leased(&self, state: &State, slot: usize) -> bool {
        let (number, place) = self.host_of(slot);
        let host = self.hosts.get(number);
        host.is_some_and(|host| state.world.leases.contains(&(host.actor(), place)))
    }

    /// Messages that wait for the first endpoint.
    pub fn incoming(&self, state: &State) -> BTreeMap<Value, usize> {
        self.queue(ENDPOINT, state)
    }

    /// Messages that wait for an endpoint.
    pub fn queue(&self, endpoint: usize, state: &State) -> BTreeMap<Value, usize> {
        waiting(state, self.hosts[endpoint].id, |msg| match msg {
            Msg::Message(message) => Some(message.clone()),
            _ => None,
        })
    }

    /// Messages that were sent to an endpoint for later.
    pub fn not_due(&self, endpoint: usize, state: &State) -> BTreeMap<Value, usize> {
        waiting(state, self.hosts[endpoint].id, |msg| match msg {
            Msg::Later(message) => Some(message.clone()),
            _ => None,
        })
    }

    /// Messages that wait for the downstream consumer.
    pub fn outgoing(&self, state: &State) -> BTreeMap<Value, usize> {
        self.downstream.map_or_else(BTreeMap::new, |id| {
            waiting(state, id, |msg| match msg {
                Msg::Message(message) => Some(message.clone()),
                _ => None,
            })
        })
    }

    /// Replies in transit to the browser.
    pub fn replies(&self, state: &State) -> BTreeMap<Value, usize> {
        waiting(state, self.sender, |msg| match msg {
            Msg::Reply(reply) => Some(reply.clone()),
            _ => None,
        })
    }

    /// The number of tabs that wait for an answer. For a client with a script, 1 if it waits.
    pub fn unanswered(&self, state: &State) -> u8 {
        match &*state.actors.actor_states[usize::from(self.sender)] {
            Volatile::Browser { waiting, .. } => *waiting,
            Volatile::Client(progress) => u8::from(progress.at <= self.spec.script.len()),
            _ => 0,
        }
    }

    /// Messages that wait for the first endpoint or are being handled there.
    pub fn in_flight(&self, state: &State) -> BTreeSet<Value> {
        self.in_flight_at(ENDPOINT, state)
    }

    /// Messages that wait for an endpoint, now or for later, or are being handled there.
    pub fn in_flight_at(&self, endpoint: usize, state: &State) -> BTreeSet<Value> {
        let slots = self.slots_at(endpoint, state).iter();
        let working = slots.filter_map(|slot| match slot {
            Slot::Busy(work) => Some(work.message.clone()),
            Slot::Idle => None,
        });
        let later = self.not_due(endpoint, state).into_keys();
        let waiting = self.queue(endpoint, state).into_keys().chain(later);
        waiting.chain(working).collect()
    }

    /// Whether nothing waits, no slot is busy and no call is open.
    pub fn at_rest(&self, state: &State) -> bool {
        (0..self.hosts.len()).all(|number| {
            self.queue(number, state).is_empty() && self.not_due(number, state).is_empty()
        }) && self.hosts.iter().all(|host| !host.wakes_up(&state.world))
            && state.world.landing.is_empty()
            && self.outgoing(state).is_empty()
            && (0..self.third_parties.len()).all(|party| self.late(party, state).is_empty())
            && self.replies(state).is_empty()
            && self.slots(state).iter().all(|slot| **slot == Slot::Idle)
    }

    /// The call that a slot makes next, if it makes one.
    pub fn pending(&self, state: &State, slot: usize) -> Option<Call> {
        let (number, place) = self.host_of(slot);
        let host = self.hosts.get(number)?;
        let Slot::Busy(work) = slots_of(state, host.actor()).get(place)? else {
            return None;
        };
        let draw = |n| state.world.ledgers[number].identity(&work.message, n);
        match replay(&host.handler, &work.message, &work.log, &draw) {
            Progress::Pending { call, .. } if matches!(work.next, Next::Call(_)) => Some(call),
            _ => None,
        }
    }

    /// The call that a slot makes next, with its outcome if no fault happens; `None` if it makes
    /// none, or sends a request to the third party.
    pub fn outcome(&self, state: &State, slot: usize) -> Option<(Call, Outcome)> {
        let call = self.pending(state, slot)?;
        let (number, place) = self.host_of(slot);
        let host = self.hosts.get(number)?;
        let Slot::Busy(work) = slots_of(state, host.actor()).get(place)? else {
            return None;
        };
        let caller = Caller {
            endpoint: host.actor(),
            ledger: number,
            slot: place,
            message: &work.message,
            observed: true,
        };
        let mut world = state.world.clone();
        let outcome = world.perform(&self.spec.schema, &caller, &call).ok()?;
        Some((call, outcome))
    }

    /// The breach of the rules of replay in this state, if there is one.
    pub fn breach<'a>(&self, state: &'a State) -> Option<&'a Breach> {
        (0..state.actors.actor_states.len())
            .flat_map(|index| slots_of(state, index))
            .find_map(|slot| match slot {
                Slot::Busy(work) => match &work.next {
                    Next::Broken(breach) => Some(breach),
                    _ => None,
                },
                Slot::Idle => None,
            })
    }
}

pub(super) fn slots_of(state: &State, actor: usize) -> &[Slot] {
    match state
        .actors
        .actor_states
        .get(actor)
        .map(|volatile| &**volatile)
    {
        Some(Volatile::Slots(slots)) => slots,
        _ => &[],
    }
}

/// The bag of messages that wait for a participant.
pub(super) fn waiting(
    state: &State,
    dst: Id,
    pick: impl Fn(&Msg) -> Option<Value>,
) -> BTreeMap<Value, usize> {
    let mut bag = BTreeMap::new();
    if let Network::UnorderedNonDuplicating(envelopes) = &state.actors.network {
        for (envelope, copies) in envelopes {
            if envelope.dst == dst
                && let Some(value) = pick(&envelope.msg)
            {
                *bag.entry(value).or_insert(0) += *copies;
            }
        }
    }
    bag
}

/// Settled messages: an endpoint has acknowledged them, and no copy waits or is being handled there.
pub(super) fn settled(system: &System, endpoint: usize, state: &State) -> Vec<Value> {
    let in_flight = system.in_flight_at(endpoint, state);
    state.world.ledgers[endpoint]
        .acked
        .iter()
        .filter(|m| !in_flight.contains(m))
        .cloned()
        .collect()
}

/// The index in the history of the change that an event reports; 0 if it reports none.
pub(super) fn basis(event: &Value) -> i64 {
    event.get("basis").and_then(Value::as_int).unwrap_or(0)
}
