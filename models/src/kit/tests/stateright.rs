//! Stateright's own checker, and assumptions about it.

use stateright::{Checker, HasDiscoveries, Model};

use super::toy::{self, Toy};
use super::{initial, reachable};
use crate::kit::fault::Fault;
use crate::kit::system::{State, System};

fn toys() -> Vec<Toy> {
    let faults = &[
        (Fault::Crash, 1),
        (Fault::Duplicate, 1),
        (Fault::Lease, 1),
        (Fault::Unknown, 1),
    ];
    vec![
        Toy {
            copies: 2,
            slots: 2,
            faults,
            ..Toy::default()
        },
        Toy {
            handler: toy::charge,
            third_party: true,
            slots: 2,
            messages: 2,
            faults,
            ..Toy::default()
        },
        Toy {
            handler: toy::announce,
            downstream: Some(toy::count),
            may_fail: &["Publish"],
            faults,
            ..Toy::default()
        },
    ]
}

#[test]
fn stateright_finds_as_many_states() {
    for toy in toys() {
        let all = reachable(&toy::system(&toy)).len();
        // The checker never finishes early, because no property has this name.
        let checker = toy::system(&toy)
            .checker()
            .finish_when(HasDiscoveries::AllOf(["nothing"].into()))
            .spawn_bfs()
            .join();
        assert_eq!(checker.unique_state_count(), all);
        assert!(all > 50, "{all} states say little");
    }
}

#[test]
fn steps_come_in_the_same_order_every_time() {
    let steps = |system: &System, state: &State| {
        let mut steps = Vec::new();
        system.actions(state, &mut steps);
        steps
    };
    for toy in toys() {
        let (system, again) = (toy::system(&toy), toy::system(&toy));
        assert_eq!(initial(&system), initial(&again));
        let (states, same) = (reachable(&system), reachable(&again));
        assert_eq!(states, same);
        for state in &states {
            assert_eq!(steps(&system, state), steps(&system, state));
            assert_eq!(steps(&system, state), steps(&again, state));
        }
    }
}
