//! The guarantees of a token-driven process.

use std::collections::BTreeSet;

use super::{Activity, Signal, TOKENS};
use crate::kit::clause::{Clause, every};
use crate::kit::guarantees::{About, Guarantee, When, once_all_is_done};
use crate::kit::system::{State, System};
use crate::kit::world::World;
use crate::value::{Value, from_value};

pub(super) const EACH_ACTIVITY_ONCE: Guarantee = Guarantee {
    name: "EachActivityOnce",
    promise: "no activity is performed twice for a process",
    when: When::Always,
    about: About::Durable,
    holds: |system, state| every(performed_once(system, state)),
    clauses: performed_once,
};

pub(super) const PROCESS_COMPLETES: Guarantee = Guarantee {
    name: "ProcessCompletes",
    promise: "once all is done, every activity was performed for every process",
    when: When::Always,
    about: About::AtRest,
    holds: |system, state| !system.at_rest(state) || every(complete(system, state)),
    clauses: |system, state| once_all_is_done(system, state, complete),
};

pub(super) const TOKENS_CONSERVED: Guarantee = Guarantee {
    name: "TokensConserved",
    promise: "live tokens are those of signals that are to be processed, and of none that was",
    when: When::Always,
    about: About::InFlight,
    holds: |system, state| every(conserved(system, state)),
    clauses: conserved,
};

fn activities(state: &State) -> impl Iterator<Item = (Value, Activity)> {
    state.world.documents::<Activity>().into_iter()
}

/// The processes: each has a first signal.
fn processes(system: &System) -> impl Iterator<Item = u8> {
    let first = system.spec().messages.iter();
    first.filter_map(|signal| Some(from_value::<Signal>(signal).ok()?.process))
}

fn performed_once(_: &System, state: &State) -> Vec<Clause> {
    let of_activity = |(number, activity): (Value, Activity)| {
        let distinct: BTreeSet<_> = activity.performed.iter().collect();
        let twice = activity.performed.len() > distinct.len();
        let expected = format!("activity {number} is performed once for a process");
        Clause::new(expected, !twice)
            .but("it was performed again")
            .at(format!("activities[{number}].performed"))
    };
    activities(state).map(of_activity).collect()
}

fn complete(system: &System, state: &State) -> Vec<Clause> {
    let of_process = |process: u8| {
        let performed = activities(state).filter(|(_, a)| a.performed.contains(&process));
        let (performed, all) = (performed.count(), activities(state).count());
        let expected = format!("all activities of process {process} were performed");
        let but = format!("{performed} of {all} were, and no signal is left");
        Clause::new(expected, performed == all)
            .but(but)
            .at("activities")
    };
    processes(system).map(of_process).collect()
}

/// The tokens of signals that were sent, or were there at the start.
fn signalled(system: &System, state: &State) -> BTreeSet<Value> {
    let sent = state.world.sent.iter();
    let sent = sent.filter_map(|event| event.get("message"));
    let all = system.spec().messages.iter().chain(sent);
    all.filter_map(|signal| signal.get("token").cloned())
        .collect()
}

fn conserved(system: &System, state: &State) -> Vec<Clause> {
    let tokens = state.world.members(TOKENS);
    let in_flight = system.in_flight(state);
    let carried: BTreeSet<_> = in_flight.iter().filter_map(|m| m.get("token")).collect();
    let signalled = signalled(system, state);
    let mut outlived = tokens
        .iter()
        .filter(|token| signalled.contains(token) && !carried.contains(token));
    let outlived = outlived.next();
    let clause = Clause::new("no token outlives its signal", outlived.is_none());
    let outlives = match outlived {
        Some(token) => clause.but(format!("token {token} exists, and its signal is done with")),
        None => clause,
    };
    let performed = |signal: &Signal| {
        let number = Value::from(signal.activity);
        let mut all = activities(state).filter(|(key, _)| *key == number);
        all.any(|(_, activity)| activity.performed.contains(&signal.process))
    };
    let mut signals = in_flight
        .iter()
        .filter_map(|m| from_value::<Signal>(m).ok());
    let bare =
        signals.find(|signal| !tokens.contains(&Value::from(signal.token)) && !performed(signal));
    let clause = Clause::new(
        "no signal is to be processed without its token",
        bare.is_none(),
    );
    let has_token = match bare {
        Some(signal) => clause.but(format!(
            "activity {} is not performed, and token {} of its signal does not exist",
            signal.activity, signal.token
        )),
        None => clause,
    };
    vec![
        outlives.at(TOKENS).at("incoming"),
        has_token.at(TOKENS).at("incoming").at("slots"),
    ]
}

/// The clauses that no token and no pending entry is left.
pub(super) fn clean(world: &World) -> Vec<Clause> {
    let tokens: Vec<_> = world.members(TOKENS).iter().map(Value::plain).collect();
    let activities = world.documents::<Activity>().into_iter();
    let pending = activities.filter(|(_, activity)| !activity.pending.is_empty());
    let pending: Vec<_> = pending.map(|(number, _)| number.plain()).collect();
    vec![
        Clause::new("no token is left", tokens.is_empty())
            .but(format!("left: token {}", tokens.join(", ")))
            .at(TOKENS),
        Clause::new("no activity has pending work", pending.is_empty())
            .but(format!("activity {} has", pending.join(", ")))
            .at("activities"),
    ]
}
