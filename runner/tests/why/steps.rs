//! What a step says, and why one is not possible.

use std::collections::BTreeSet;

use stateright::Model;
use tandem_models::kit::fault::Fault;
use tandem_models::kit::step::Step;
use tandem_models::kit::system::State;
use tandem_runner::enumerate::{End, Path};
use tandem_runner::trace::Trace;

use super::{STATES, in_tla, instances, states};

/// A path by the names of its actions, told in words.
fn told(instance: &str, actions: &[&str]) -> Vec<String> {
    let instance = instances(Some(instance)).remove(0);
    let system = instance.system();
    let start = system.init_states().remove(0);
    let mut steps: Vec<(Step, State)> = Vec::new();
    for action in actions {
        let before = steps.last().map_or(&start, |(_, state)| state);
        let mut possible = Vec::new();
        system.actions(before, &mut possible);
        let step = possible.into_iter().find(|step| step.action == *action);
        let step = step.unwrap_or_else(|| panic!("{action} is not possible"));
        let after = system.next_state(before, step.clone());
        steps.push((step, after.expect("it changes something")));
    }
    let path = Path {
        start,
        steps,
        end: End::Open,
    };
    let trace = Trace::new(&instance, &system, &path).steps.into_iter();
    trace.map(|step| step.words).collect()
}

#[test]
fn a_step_says_what_it_did_and_what_it_cost() {
    let crash = ["Receive", "CheckInbox", "Mark", "Crash"];
    assert_eq!(
        told("outbox:marked-before", &crash),
        [
            "Orders starts on message 1",
            "Orders looks up the command among the processed ones: it is not there",
            "Orders marks the command as processed",
            "Orders crashes: what it was doing is lost, and message 1 goes back to the queue",
        ]
    );
    assert_eq!(
        told(
            "double-submit:save-then-send",
            &["Receive", "Load", "Crash"]
        ),
        [
            "Shop starts on request 1",
            "Shop loads the cart",
            "Shop crashes: request 1 is lost, and nobody sends it again",
        ]
    );
    let attempt = ["Receive", "Load", "Charge", "ChargeAnswered"];
    let again: Vec<_> = attempt.into_iter().chain(["Crash", "Recover"]).collect();
    let again: Vec<_> = again.into_iter().chain(attempt).collect();
    let charged = |variant| told(variant, &again).remove(9);
    assert_eq!(
        told("charge-once:no-key", &attempt)[3],
        "Provider charges payment 1"
    );
    assert_eq!(
        charged("charge-once:no-key"),
        "Provider charges payment 1 again: it is now charged 2 times"
    );
    assert!(
        charged("charge-once:derived-key").starts_with(
            "Provider has seen key [1, 0] before, and does not charge payment 1 again"
        )
    );
    let consumed = told(
        "token-deduplication:recreated",
        &[
            "Receive",
            "Load",
            "CheckToken",
            "Save",
            "CreateToken",
            "Publish",
            "DownstreamReceives",
        ],
    );
    assert_eq!(
        consumed.last().map(String::as_str),
        Some("Billing handles LineAdded (line 1, lines 1, token [1, 0])")
    );
}

#[test]
fn no_sentence_about_a_step_is_in_tla() {
    let mut wrong = BTreeSet::new();
    for instance in instances(None) {
        let system = instance.system();
        let mut steps = Vec::new();
        for start in states(&system).into_iter().step_by(STATES / 200) {
            system.actions(&start, &mut steps);
            for step in steps.drain(..) {
                let Some(after) = system.next_state(&start, step.clone()) else {
                    continue;
                };
                let path = Path {
                    start: start.clone(),
                    steps: vec![(step, after)],
                    end: End::Open,
                };
                let words = Trace::new(&instance, &system, &path).steps.remove(0).words;
                if in_tla(&words) {
                    wrong.insert(words);
                }
            }
        }
    }
    assert_eq!(wrong, BTreeSet::new());
}

#[test]
fn a_fault_of_the_budget_is_either_possible_or_told_to_be_not() {
    for instance in instances(None) {
        let system = instance.system();
        let (mut actors, mut told) = (BTreeSet::new(), BTreeSet::new());
        let mut steps = Vec::new();
        for state in states(&system) {
            system.actions(&state, &mut steps);
            let disabled = system.disabled(&state);
            for (aim, _) in state.world.budget.iter() {
                let fault = aim.fault;
                // A crash is told of each endpoint by itself, any other fault once.
                let happens: BTreeSet<_> = (steps.iter())
                    .filter(|step| step.fault() == Some(fault))
                    .map(|step| step.action)
                    .collect();
                let not: Vec<_> = (disabled.iter())
                    .filter(|one| one.fault == Some(fault))
                    .map(|one| one.action)
                    .collect();
                let told = if fault == Fault::Crash {
                    system.hosts().len()
                } else {
                    1
                };
                let all = not.len() + happens.len().min(told);
                assert_eq!(all, told, "{instance}: {fault}");
            }
            for one in disabled {
                let mut possible = steps.iter();
                let same = possible.find(|s| (s.action, s.fault()) == (one.action, one.fault));
                assert_eq!(same, None, "{instance}: {one:?}");
                told.insert((one.action, one.fault, one.actor));
            }
            let acting = steps.drain(..).map(|s| (s.action, s.fault(), s.actor));
            actors.extend(acting);
        }
        // Where the step happens, it is taken by whom it was told of.
        for (action, fault, actor) in told {
            let mut others = actors
                .iter()
                .filter(|(a, f, _)| (*a, *f) == (action, fault));
            let happens = others.clone().next().is_some();
            let takes_it = others.any(|(_, _, other)| *other == actor);
            assert!(takes_it || !happens, "{instance}: {actor} {action}");
        }
    }
}
