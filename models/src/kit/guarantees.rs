//! The common guarantees, about what an outside observer saw.
//!
//! They are written once for all protocols, so that protocols can be compared. A protocol may add its own
//! guarantees. The TLA+ definition of each has the same name, in `Guarantees.tla` or in the protocol's
//! module.

use std::collections::BTreeSet;

use stateright::Property;

use super::actors::Slot;
use super::clause::{Clause, every};
use super::explain;
use super::fault::{Budget, Fault};
use super::observe::{basis, settled};
pub use super::system::guarantee::{About, Clauses, Guarantee, NO_CLAUSES, Predicate, When};
use super::system::{State, System};
use crate::value::Value;

impl Guarantee {
    /// Explains why it is true or false in a state: at least one clause, with the values that decide it.
    pub fn why(&self, system: &System, state: &State) -> Vec<Clause> {
        let clauses = (self.clauses)(system, state);
        if clauses.is_empty() {
            return vec![Clause::new(self.promise, (self.holds)(system, state))];
        }
        let view = system.view(state);
        let seen = clauses.into_iter().map(|clause| clause.seen_in(&view));
        seen.collect()
    }
}

/// The clauses of a guarantee about the system at rest; while there is work, there are none.
pub fn once_all_is_done(system: &System, state: &State, clauses: Clauses) -> Vec<Clause> {
    if system.at_rest(state) {
        return clauses(system, state);
    }
    let expected = "this is checked once all is done, and work is still going on";
    vec![Clause::new(expected, true)]
}

/// All work ends: faults have budgets, and nothing is retried forever.
pub const SETTLES: Guarantee = Guarantee {
    name: "Settles",
    promise: "once faults have stopped, all work comes to an end",
    when: When::EventuallyAlways,
    about: About::Rest,
    holds: System::at_rest,
    clauses: explain::settles,
};

/// No message changes business state twice.
pub const NO_DOUBLE_EFFECT: Guarantee = Guarantee {
    name: "NoDoubleEffect",
    promise: "no message changes business state twice",
    when: When::Always,
    about: About::Durable,
    holds: |_, state| {
        state.world.ledgers.iter().all(|ledger| {
            let distinct: BTreeSet<_> = ledger.hist.iter().collect();
            distinct.len() == ledger.hist.len()
        })
    },
    clauses: explain::no_double_effect,
};

/// Nothing is published about a change that has not happened (strict: in every state).
pub const NO_GHOST_EVER: Guarantee = Guarantee {
    name: "NoGhostEver",
    promise: "nothing is published about a change that has not happened",
    when: When::Always,
    about: About::Durable,
    holds: |_, state| no_ghost(state),
    clauses: explain::no_ghost,
};

/// Once all is done, nothing has been published about a change that did not happen.
pub const NO_GHOST_AT_REST: Guarantee = Guarantee {
    name: "NoGhostAtRest",
    promise: "once all is done, every published change has happened",
    when: When::Always,
    about: About::AtRest,
    holds: |system, state| !system.at_rest(state) || no_ghost(state),
    clauses: |system, state| once_all_is_done(system, state, explain::no_ghost),
};

/// Nothing is published for a message that has changed nothing. This is for events that repeat the content
/// of their message and do not name a position in the history, which `NoGhostEver` would need.
pub const ONLY_EFFECTS_ANNOUNCED: Guarantee = Guarantee {
    name: "OnlyEffectsAnnounced",
    promise: "nothing is published for a message that has not changed business state",
    when: When::Always,
    about: About::Durable,
    holds: |_, state| {
        state.world.ledgers.iter().all(|ledger| {
            let mut causes = ledger.sent.iter().map(|event| event.get("cause"));
            causes.all(|cause| ledger.hist.iter().any(|change| Some(change) == cause))
        })
    },
    clauses: explain::only_effects_announced,
};

/// All copies of one output are the same message.
pub const CONSISTENT_OUTPUT: Guarantee = Guarantee {
    name: "ConsistentOutput",
    promise: "all copies of one output are the same message",
    when: When::Always,
    about: About::Durable,
    holds: |_, state| {
        state.world.ledgers.iter().all(|ledger| {
            let sent = &ledger.sent;
            sent.iter().all(|e| {
                sent.iter().all(|f| {
                    e.get("cause") != f.get("cause")
                        || e.get("output") != f.get("output")
                        || e.get("message") == f.get("message")
                })
            })
        })
    },
    clauses: explain::consistent_output,
};

/// A message that is acknowledged, and has no copy left that could still be handled, has had its effect.
pub const NO_LOST_EFFECT: Guarantee = Guarantee {
    name: "NoLostEffect",
    promise: "a message that is settled has had its effect",
    when: When::Always,
    about: About::InFlight,
    holds: |system, state| {
        (0..system.hosts().len()).all(|number| {
            let ledger = &state.world.ledgers[number];
            settled(system, number, state)
                .iter()
                .all(|m| ledger.hist.contains(m))
        })
    },
    clauses: explain::no_lost_effect,
};

/// If a message is settled and has had its effect, its outputs have been published.
pub const NO_LOST_OUTPUT: Guarantee = Guarantee {
    name: "NoLostOutput",
    promise: "a message that is settled and has had its effect has had its outputs published",
    when: When::Always,
    about: About::InFlight,
    holds: |system, state| {
        system.hosts().iter().enumerate().all(|(number, host)| {
            let ledger = &state.world.ledgers[number];
            let published = |cause: &Value, output: &str| {
                ledger.sent.iter().any(|e| {
                    e.get("cause") == Some(cause)
                        && e.get("output").and_then(Value::as_str) == Some(output)
                })
            };
            let settled = settled(system, number, state);
            let mut done = settled.iter().filter(|m| ledger.hist.contains(m));
            done.all(|m| host.outputs.iter().all(|output| published(m, output)))
        })
    },
    clauses: explain::no_lost_output,
};

/// Business state equals the result of processing every message in the history once. Once all work is done,
/// the history contains every message exactly once.
pub const EXACTLY_ONCE_EQUIVALENT: Guarantee = Guarantee {
    name: "ExactlyOnceEquivalent",
    promise: "business state is as if every message had been processed exactly once",
    when: When::Always,
    about: About::DurableAndRest,
    holds: |system, state| {
        let hist: BTreeSet<_> = state.world.hist.iter().collect();
        hist.len() == state.world.hist.len()
            && (system.spec().folds)(&state.world)
            && (!system.at_rest(state) || system.spec().messages.iter().all(|m| hist.contains(m)))
    },
    clauses: explain::exactly_once_equivalent,
};

/// Requests are eventually answered, unless a fault has happened: a request whose handler crashed is not
/// delivered again. A shop that never answers violates this. If several requests are handled at the same
/// time, one that is refused for a version conflict may end without an answer, so then one answer is enough.
pub const ANSWERED: Guarantee = Guarantee {
    name: "Answered",
    promise: "once all is done and no fault has happened, every request has been answered",
    when: When::Always,
    about: About::AtRest,
    holds: |system, state| !system.at_rest(state) || every(explain::answered(system, state)),
    clauses: |system, state| once_all_is_done(system, state, explain::answered),
};

/// The number of identities kept for deduplication is limited by the number of messages in flight.
pub const DEDUP_BOUNDED: Guarantee = Guarantee {
    name: "DedupBounded",
    promise: "what is remembered for deduplication is bounded by what is in flight",
    when: When::Always,
    about: About::InFlight,
    holds: |system, state| {
        let (remembered, needed) = (system.spec().remembered)(system, state);
        remembered <= needed
    },
    clauses: explain::dedup_bounded,
};

/// Once all work is done, no data are left that only work in progress needs.
pub const CLEAN_AT_REST: Guarantee = Guarantee {
    name: "CleanAtRest",
    promise: "once all is done, nothing is left behind that only work in progress needs",
    when: When::Always,
    about: About::AtRest,
    holds: |system, state| !system.at_rest(state) || every(left(system, state)),
    clauses: |system, state| once_all_is_done(system, state, left),
};

fn left(system: &System, state: &State) -> Vec<Clause> {
    (system.spec().clean)(&state.world)
}

fn no_ghost(state: &State) -> bool {
    state.world.ledgers.iter().all(|ledger| {
        ledger.sent.iter().all(|event| {
            let change = usize::try_from(basis(event) - 1)
                .ok()
                .and_then(|index| ledger.hist.get(index));
            basis(event) == 0 || (change.is_some() && change == event.get("cause"))
        })
    })
}

const ALL_SLOTS_BUSY: &str = "AllSlotsBusy";
const ALL_DONE: &str = "AllDone";

/// A phrase for the run that reaches a witness; for other witnesses, the name.
pub fn shown(witness: &'static str) -> &'static str {
    let reaches = |fault: &Fault| witness.split('_').next() == Some(fault.witness());
    match witness {
        ALL_SLOTS_BUSY => "all slots busy",
        ALL_DONE => "finished, all handled",
        _ => Fault::ALL
            .into_iter()
            .find(reaches)
            .map_or(witness, Fault::shown),
    }
}

/// The witnesses: states that must be reachable, so that the guarantees are not trivially true: all slots
/// busy at the same time, all work done, and a system at rest after each fault has happened as often as it
/// may.
pub fn witnesses(budget: &Budget) -> impl Iterator<Item = (Property<System>, About)> {
    let busy = Property::<System>::sometimes(ALL_SLOTS_BUSY, |system, state| {
        system.slots(state).iter().all(|slot| **slot != Slot::Idle)
    });
    let done = Property::<System>::sometimes(ALL_DONE, |system, state| {
        let mut messages = system.spec().messages.iter();
        system.at_rest(state)
            && (system.hosts()[0].polls() || messages.all(|m| state.world.acked.contains(m)))
    });
    let places = budget.iter().zip(SPENT).collect::<Vec<_>>();
    let spendable = places.into_iter().filter(|((_, left), _)| *left > 0);
    let faults = spendable
        .map(|((aim, _), spent)| (Property::sometimes(aim.witness(), spent), About::AtRest));
    [(busy, About::Anything), (done, About::AtRest)]
        .into_iter()
        .chain(faults)
}

/// Whether the system is at rest and the fault at a place of the budget has happened as often as it may:
/// one predicate for each place, because a predicate receives only the state.
const SPENT: [fn(&System, &State) -> bool; 24] = [
    spent::<0>,
    spent::<1>,
    spent::<2>,
    spent::<3>,
    spent::<4>,
    spent::<5>,
    spent::<6>,
    spent::<7>,
    spent::<8>,
    spent::<9>,
    spent::<10>,
    spent::<11>,
    spent::<12>,
    spent::<13>,
    spent::<14>,
    spent::<15>,
    spent::<16>,
    spent::<17>,
    spent::<18>,
    spent::<19>,
    spent::<20>,
    spent::<21>,
    spent::<22>,
    spent::<23>,
];

fn spent<const PLACE: usize>(system: &System, state: &State) -> bool {
    let mut budget = state.world.budget.iter();
    system.at_rest(state) && budget.nth(PLACE).is_some_and(|(_, left)| left == 0)
}
