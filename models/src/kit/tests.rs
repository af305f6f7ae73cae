//! Tests of the kit with a toy protocol, and of what every protocol relies on.

mod aims;
mod disabled;
mod endpoints;
mod faults;
mod parties;
mod replay;
mod script;
mod stateright;
mod stores;
mod threads;
mod toy;
mod world;

use std::collections::HashSet;

use ::stateright::Model;

use super::system::{State, System};

/// The one initial state.
fn initial(system: &System) -> State {
    let mut states = system.init_states();
    assert_eq!(states.len(), 1);
    states.remove(0)
}

/// The names of the possible steps in a state, in order.
fn enabled(system: &System, state: &State) -> Vec<&'static str> {
    let mut steps = Vec::new();
    system.actions(state, &mut steps);
    steps.iter().map(|step| step.action).collect()
}

/// The state after taking the first step of each name in turn.
fn after(system: &System, state: &State, actions: &[&str]) -> State {
    let mut state = state.clone();
    for action in actions {
        let mut steps = Vec::new();
        system.actions(&state, &mut steps);
        let step = steps.iter().find(|step| step.action == *action);
        let step = step.unwrap_or_else(|| panic!("no {action} in {:?}", enabled(system, &state)));
        state = system.next_state(&state, step.clone()).unwrap();
    }
    state
}

/// All reachable states, breadth first.
fn reachable(system: &System) -> Vec<State> {
    let mut found = system.init_states();
    let mut known: HashSet<_> = found.iter().cloned().collect();
    let mut at = 0;
    let mut steps = Vec::new();
    while at < found.len() {
        let state = found[at].clone();
        system.actions(&state, &mut steps);
        for step in steps.drain(..) {
            if let Some(next) = system.next_state(&state, step)
                && known.insert(next.clone())
            {
                found.push(next);
            }
        }
        at += 1;
    }
    found
}
