//! Splits a state into components, for engines that store each distinct component once (collapse
//! compression).
//!
//! Most steps touch one slot and the durable data, and leave the rest unchanged. An engine that
//! represents components as small numbers can look up the effect of such a step instead of taking it
//! again. It takes the step once, in a state that contains only the components on which the step
//! depends.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use stateright::actor::{Envelope, Id, Network};

use super::actors::{Msg, Next, Slot, Volatile};
use super::fault::Budget;
use super::system::{ENDPOINT, State, System};
use super::world::World;

/// The messages in transit, without requests that a slot waits for, because those follow from the slots.
pub type Traffic = BTreeMap<Envelope<Msg>, usize>;

/// A state as components.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StateComponents {
    /// The endpoint's slots.
    pub slots: Vec<Slot>,
    /// The durable data and the observations, without the endpoint's leases and the budget.
    pub world: World,
    /// The messages in transit.
    pub traffic: Traffic,
    /// The rest.
    pub rest: Rest,
}

/// The participants other than the endpoint: the state of each, and whether it has set a timer.
pub type Others = Vec<(Arc<Volatile>, bool)>;

/// The parts that few steps touch.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Rest {
    /// Slots whose message is delivered again unless it is acknowledged.
    pub leases: BTreeSet<usize>,
    /// Faults that may still happen.
    pub budget: Budget,
    /// Whether the endpoint is running.
    pub up: bool,
    /// The other participants.
    pub others: Others,
}

impl System {
    /// Splits a state into components.
    pub fn decompose(&self, state: State) -> StateComponents {
        let slots = self.slots_at(ENDPOINT, &state).to_vec();
        let mut world = state.world;
        // Leases of other endpoints outlive their step only if a consumer broke the rules.
        let (leases, others) = std::mem::take(&mut world.leases)
            .into_iter()
            .partition::<BTreeSet<_>, _>(|(endpoint, _)| *endpoint == ENDPOINT);
        world.leases = others;
        let budget = std::mem::take(&mut world.budget);
        let timers = state
            .actors
            .timers_set
            .iter()
            .map(|timers| timers.iter().next().is_some());
        let others = state.actors.actor_states.into_iter().zip(timers);
        let mut traffic = Traffic::new();
        if let Network::UnorderedNonDuplicating(envelopes) = &state.actors.network {
            let awaited =
                |envelope: &Envelope<Msg>| matches!(envelope.msg, Msg::Request(Some(_), _));
            let free = envelopes.iter().filter(|(envelope, _)| !awaited(envelope));
            traffic.extend(free.map(|(envelope, copies)| (envelope.clone(), *copies)));
        }
        StateComponents {
            slots,
            world,
            traffic,
            rest: Rest {
                leases: leases.into_iter().map(|(_, slot)| slot).collect(),
                budget,
                up: !state.actors.crashed[ENDPOINT],
                others: others.skip(1).collect(),
            },
        }
    }

    /// The state with these components.
    pub fn compose(&self, components: StateComponents) -> State {
        let mut state = self.frame.clone();
        if let Network::UnorderedNonDuplicating(envelopes) = &mut state.actors.network {
            for (envelope, copies) in components.traffic {
                envelopes.insert(envelope, copies);
            }
            for (index, slot) in components.slots.iter().enumerate() {
                let Slot::Busy(work) = slot else { continue };
                if let Next::Await { party, request, .. } = &work.next
                    && let Some(party) = self.party_asked(*party)
                {
                    let msg = Msg::Request(Some(index), request.clone());
                    let envelope = Envelope {
                        src: Id::from(ENDPOINT),
                        dst: self.third_parties[party],
                        msg,
                    };
                    envelopes.insert(envelope, 1);
                }
            }
        }
        state.actors.actor_states[ENDPOINT] = Arc::new(Volatile::Slots(components.slots));
        for (index, (volatile, timer)) in components.rest.others.into_iter().enumerate() {
            state.actors.actor_states[index + 1] = volatile;
            if !timer {
                state.actors.timers_set[index + 1].cancel_all();
            }
        }
        state.actors.crashed[ENDPOINT] = !components.rest.up;
        state.world = components.world;
        let leases = components
            .rest
            .leases
            .into_iter()
            .map(|slot| (ENDPOINT, slot));
        state.world.leases.extend(leases);
        state.world.budget = components.rest.budget;
        state
    }

    /// The sender of messages and requests to the endpoint.
    pub fn sender(&self) -> Id {
        self.sender
    }

    /// The receivers of messages: the endpoint, its downstream consumer, the first third party.
    pub fn receivers(&self) -> [Option<Id>; 3] {
        let party = self.third_parties.first().copied();
        [Some(Id::from(ENDPOINT)), self.downstream, party]
    }
}
