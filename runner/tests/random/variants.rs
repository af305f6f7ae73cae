//! Walks through the protocols.

use std::collections::{BTreeSet, HashSet};

use stateright::Model;
use tandem_models::catalogue::{Instance, Overrides};
use tandem_models::kit::system::{State, System};
use tandem_models::protocols::catalogue;
use tandem_runner::cancel::Cancel;
use tandem_runner::engine::Engine;
use tandem_runner::engine::random::Random;
use tandem_runner::enumerate::{Met, Walks, walk};
use tandem_runner::limits::{Limits, Run};
use tandem_runner::report::{Expectation, Report, Standing, Verdict};

use super::SEED;

fn named() -> Vec<Instance> {
    let all = catalogue().select(None, &Overrides::default());
    all.expect("the catalogue has instances")
}

/// The variants with a violation in a state; the others violate only liveness.
fn broken() -> Vec<Instance> {
    let claims_in_vain = |instance: &Instance| {
        let asked = instance.system().asked();
        let mut invariants = asked.iter().map(|(property, _)| property.name);
        invariants.any(|name| instance.claims(name) && instance.variant.why_broken(name).is_some())
    };
    let mut all = named();
    all.retain(claims_in_vain);
    assert!(all.len() >= 20, "only {} variants are broken", all.len());
    all
}

fn checked(instance: &Instance, seed: u64, walks: u64, threads: usize) -> Report {
    let cancel = Cancel::new();
    let run = Run {
        threads,
        ..Run::new(&Limits::NONE, &cancel)
    };
    let random = Random {
        seed,
        walks,
        steps: 1_000,
    };
    let report = random.check(instance, &run);
    report.unwrap_or_else(|error| panic!("{instance}: {error}"))
}

fn walked(instance: &Instance, seed: u64, walks: u64) -> Walks {
    let cancel = Cancel::new();
    let run = Run::new(&Limits::NONE, &cancel);
    walk(
        &instance.system(),
        (seed, walks, 1_000),
        instance.variant.claims,
        &run,
    )
}

#[test]
fn most_broken_variants_are_found_broken_within_a_few_thousand_walks() {
    let (mut missed, all) = (Vec::new(), broken());
    for instance in &all {
        let report = checked(instance, SEED, 3_000, 1);
        assert!(report.incomplete.is_some(), "{instance}");
        match report.properties.iter().any(|p| p.broken_claim()) {
            true => assert_eq!(report.alone(&Default::default()), Standing::Fail),
            // A rare schedule: exhaustive search finds it, walks need not.
            false => missed.push(instance.to_string()),
        }
    }
    assert!(missed.len() * 4 <= all.len(), "missed: {missed:?}");
}

#[test]
fn a_right_variant_is_never_found_broken_and_nothing_is_said_to_hold() {
    for instance in named().iter().filter(|instance| instance.variant.right) {
        for seed in 0..2 {
            let report = checked(instance, seed, 40, 1);
            let mut always = report.properties.iter();
            assert!(
                always.all(|p| p.expectation == Expectation::Sometimes
                    || match p.verdict {
                        Verdict::Unknown => true,
                        Verdict::Violated => !p.claimed,
                        Verdict::Holds => false,
                    }),
                "{instance}"
            );
            assert_eq!(report.alone(&Default::default()), Standing::Incomplete);
        }
    }
}

/// All that a report says but for the time it took.
fn said(report: &Report) -> String {
    let traces = report
        .properties
        .iter()
        .map(|p| serde_json::to_string(&p.trace).unwrap());
    let traces: Vec<_> = traces.collect();
    format!("{} {:?} {traces:?}", report.states, report.walks)
}

#[test]
fn a_seed_means_the_same_walks_every_time_and_on_any_number_of_threads() {
    let mut differing = BTreeSet::new();
    for instance in broken() {
        let once = said(&checked(&instance, 7, 40, 1));
        assert_eq!(once, said(&checked(&instance, 7, 40, 1)), "{instance}");
        assert_eq!(once, said(&checked(&instance, 7, 40, 3)), "{instance}");
        if once != said(&checked(&instance, 8, 40, 1)) {
            differing.insert(instance.to_string());
        }
    }
    assert!(
        differing.len() > 15,
        "seeds make a difference only for {differing:?}"
    );
}

/// The state of a path after so many steps.
fn state(met: &Met, steps: usize) -> &State {
    match steps.checked_sub(1) {
        None => &met.path.start,
        Some(last) => &met.path.steps[last].1,
    }
}

/// Whether some steps from a state with these actions, of these slots, decide the property: by
/// trying all.
fn decides(
    system: &System,
    start: &State,
    actions: impl Iterator<Item = (&'static str, Option<usize>)>,
    deciding: &dyn Fn(&State) -> bool,
) -> bool {
    let mut level: HashSet<State> = [start.clone()].into();
    for wanted in actions {
        if level.iter().any(deciding) {
            return true;
        }
        let mut next = HashSet::new();
        for state in level {
            let mut enabled = Vec::new();
            system.actions(&state, &mut enabled);
            let enabled = enabled.into_iter();
            let wanted = enabled.filter(|step| (step.action, step.slot()) == wanted);
            next.extend(wanted.filter_map(|step| system.next_state(&state, step)));
        }
        level = next;
    }
    level.iter().any(deciding)
}

#[test]
fn a_shrunk_path_is_one_of_the_model_and_no_step_of_it_can_be_left_out() {
    let mut shrunk = 0;
    for instance in broken() {
        let system = instance.system();
        let found = walked(&instance, SEED, 500);
        for ((property, _), met) in system.asked().iter().zip(&found.decided) {
            let Some(met) = met else { continue };
            let wanted = property.expectation == stateright::Expectation::Sometimes;
            let deciding = |state: &State| (property.condition)(&system, state) == wanted;
            let steps = &met.path.steps;
            for (number, (step, after)) in steps.iter().enumerate() {
                let before = state(met, number);
                assert_eq!(
                    system.next_state(before, step.clone()).as_ref(),
                    Some(after)
                );
                assert!(
                    !deciding(before),
                    "{instance}: {} was decided before",
                    property.name
                );
                let rest = steps[number + 1..].iter();
                let rest = rest.map(|(step, _)| (step.action, step.slot()));
                assert!(
                    !decides(&system, before, rest, &deciding),
                    "{instance}: step {} of {} can be left out",
                    number + 1,
                    property.name
                );
            }
            assert!(
                deciding(state(met, steps.len())),
                "{instance}: {}",
                property.name
            );
            assert!(met.minimal && steps.len() <= met.taken);
            shrunk += usize::from(steps.len() < met.taken);
        }
    }
    assert!(shrunk > 10, "only {shrunk} paths were shrunk at all");
}
