//! What every protocol is asked, over what an outside observer saw.
//!
//! Written once, for all protocols, so that they can be compared row by row. A protocol adds
//! guarantees of its own. The TLA+ side of each has the same name in `Guarantees.tla` or in the
//! protocol's module.

use std::collections::BTreeSet;

use stateright::Property;

use super::actors::Slot;
use super::fault::{Budget, Fault};
use super::system::{State, System};
use crate::value::Value;

/// Something that must be true in every state.
#[derive(Clone, Copy)]
pub struct Guarantee {
    /// Its name, the same in TLA+.
    pub name: &'static str,
    /// What it promises, in a sentence.
    pub promise: &'static str,
    /// Whether it is true in a state.
    pub holds: fn(&System, &State) -> bool,
}

/// No message changes business state twice.
pub const NO_DOUBLE_EFFECT: Guarantee = Guarantee {
    name: "NoDoubleEffect",
    promise: "no message changes business state twice",
    holds: |_, state| {
        let distinct: BTreeSet<_> = state.world.hist.iter().collect();
        distinct.len() == state.world.hist.len()
    },
};

/// Nothing is published about a change that has not happened (strict: in every state).
pub const NO_GHOST_EVER: Guarantee = Guarantee {
    name: "NoGhostEver",
    promise: "nothing is published about a change that has not happened",
    holds: |_, state| no_ghost(state),
};

/// Once all is done, nothing has been published about a change that did not happen.
pub const NO_GHOST_AT_REST: Guarantee = Guarantee {
    name: "NoGhostAtRest",
    promise: "once all is done, every published change has happened",
    holds: |system, state| !system.at_rest(state) || no_ghost(state),
};

/// All copies of one output are the same message.
pub const CONSISTENT_OUTPUT: Guarantee = Guarantee {
    name: "ConsistentOutput",
    promise: "all copies of one output are the same message",
    holds: |_, state| {
        let sent = &state.world.sent;
        sent.iter().all(|e| {
            sent.iter().all(|f| {
                e.get("cause") != f.get("cause")
                    || e.get("output") != f.get("output")
                    || e.get("message") == f.get("message")
            })
        })
    },
};

/// A message that is acknowledged, with no copy left that could still do anything, has had its
/// effect.
pub const NO_LOST_EFFECT: Guarantee = Guarantee {
    name: "NoLostEffect",
    promise: "a message that is done with has had its effect",
    holds: |system, state| {
        settled(system, state)
            .iter()
            .all(|m| state.world.hist.contains(m))
    },
};

/// A message that is done with and had its effect has had its outputs published.
pub const NO_LOST_OUTPUT: Guarantee = Guarantee {
    name: "NoLostOutput",
    promise: "a message that is done with and had its effect has had its outputs published",
    holds: |system, state| {
        let published = |cause: &Value, output: &str| {
            state.world.sent.iter().any(|e| {
                e.get("cause") == Some(cause)
                    && e.get("output").and_then(Value::as_str) == Some(output)
            })
        };
        settled(system, state)
            .iter()
            .filter(|m| state.world.hist.contains(m))
            .all(|m| {
                system
                    .spec()
                    .outputs
                    .iter()
                    .all(|output| published(m, output))
            })
    },
};

/// Business state is what processing every message of the history once makes of it, and once all
/// is done that history holds every message exactly once.
pub const EXACTLY_ONCE_EQUIVALENT: Guarantee = Guarantee {
    name: "ExactlyOnceEquivalent",
    promise: "business state is as if every message had been processed exactly once",
    holds: |system, state| {
        let hist: BTreeSet<_> = state.world.hist.iter().collect();
        hist.len() == state.world.hist.len()
            && (system.spec().folds)(&state.world)
            && (!system.at_rest(state) || system.spec().messages.iter().all(|m| hist.contains(m)))
    },
};

/// What is remembered for deduplication is bounded by what is in flight.
pub const DEDUP_BOUNDED: Guarantee = Guarantee {
    name: "DedupBounded",
    promise: "what is remembered for deduplication is bounded by what is in flight",
    holds: |system, state| {
        let (remembered, needed) = (system.spec().remembered)(system, state);
        remembered <= needed
    },
};

/// Once all is done, nothing is left behind that only work in progress needs.
pub const CLEAN_AT_REST: Guarantee = Guarantee {
    name: "CleanAtRest",
    promise: "once all is done, nothing is left behind that only work in progress needs",
    holds: |system, state| !system.at_rest(state) || (system.spec().clean)(&state.world),
};

/// Messages acknowledged, of which no copy waits or is being worked on.
fn settled(system: &System, state: &State) -> Vec<Value> {
    let in_flight = system.in_flight(state);
    state
        .world
        .acked
        .iter()
        .filter(|m| !in_flight.contains(m))
        .cloned()
        .collect()
}

fn no_ghost(state: &State) -> bool {
    state.world.sent.iter().all(|event| {
        let basis = event.get("basis").and_then(Value::as_int).unwrap_or(0);
        let change = usize::try_from(basis - 1)
            .ok()
            .and_then(|index| state.world.hist.get(index));
        change.is_some() && change == event.get("cause")
    })
}

/// What must be reachable, so that the guarantees are not true for want of anything happening:
/// all slots busy at once, everything done, and every fault with a budget, spent and got over.
pub fn witnesses(budget: &Budget) -> impl Iterator<Item = Property<System>> {
    let always = [
        Property::<System>::sometimes("AllSlotsBusy", |system, state| {
            system.slots(state).iter().all(|slot| *slot != Slot::Idle)
        }),
        Property::<System>::sometimes("AllDone", |system, state| {
            system.at_rest(state)
                && system
                    .spec()
                    .messages
                    .iter()
                    .all(|m| state.world.acked.contains(m))
        }),
    ];
    let faults: Vec<_> = budget.iter().filter(|(_, left)| *left > 0).collect();
    always
        .into_iter()
        .chain(faults.into_iter().map(|(fault, _)| {
            Property::sometimes(
                fault.witness(),
                match fault {
                    Fault::Crash => spent::<0>,
                    Fault::Duplicate => spent::<1>,
                    Fault::Lease => spent::<2>,
                    Fault::Lose => spent::<3>,
                    Fault::Fail => spent::<4>,
                    Fault::Unknown => spent::<5>,
                    Fault::Late => spent::<6>,
                    Fault::Forget => spent::<7>,
                },
            )
        }))
}

fn spent<const FAULT: usize>(system: &System, state: &State) -> bool {
    system.at_rest(state) && state.world.budget.left(Fault::ALL[FAULT]) == 0
}
