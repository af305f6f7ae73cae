//! Up to symmetry there are fewer states, and no verdict and no shortest path is another one.

use std::collections::{BTreeMap, BTreeSet};

use tandem_models::catalogue::{Instance, Overrides};
use tandem_models::kit::actors::Slot;
use tandem_models::kit::system::{State, System};
use tandem_models::protocols::catalogue;
use tandem_runner::engine::Engine;
use tandem_runner::engine::graph::{Graph, UpToSymmetry};
use tandem_runner::explore::{Exploration, explore, explore_symmetric};
use tandem_runner::limits::{Limits, Run};
use tandem_runner::report::{Expectation, Report, Verdict};
use tandem_runner::tlc::cancel::Cancel;

/// Every variant with two slots, at its own bounds or at others that leave it small.
fn two_slots() -> Vec<Instance> {
    let overrides = Overrides {
        parameters: vec![("slots".to_owned(), 2)],
        faults: Vec::new(),
    };
    let all = catalogue().select(None, &Overrides::default()).unwrap();
    let two = all
        .into_iter()
        .map(|instance| instance.with(&overrides).unwrap());
    two.collect()
}

/// The state without the order of its slots: what each slot does, with its lease, as a bag, and the
/// rest, as text.
fn mirrored(system: &System, state: &State) -> String {
    let leases = &state.world.leases;
    let mut slots: Vec<_> = system.slots(state).iter().enumerate().collect::<Vec<_>>();
    slots.sort_by_key(|(slot, work)| (format!("{work:?}"), leases.contains(&(0, *slot))));
    let slots: Vec<(String, bool)> = slots
        .into_iter()
        .map(|(slot, work)| (format!("{work:?}"), leases.contains(&(0, slot))))
        .collect();
    let mut rest = system.take_apart(state.clone());
    rest.slots = vec![Slot::Idle];
    rest.rest.leases.clear();
    format!("{slots:?} {rest:?}")
}

type Quotient = BTreeSet<(String, String, String)>;

/// The steps between states without the order of their slots, by action.
fn quotient(found: &Exploration) -> (BTreeSet<String>, Quotient) {
    let system = found.system();
    let states = u32::try_from(found.size().raw_states).unwrap();
    let names: Vec<_> = (0..states)
        .map(|raw| mirrored(system, &found.state(raw)))
        .collect();
    let steps = found.transitions().iter().map(|(from, step)| {
        let action = found.actions()[usize::from(step.label)].name.clone();
        (
            names[from as usize].clone(),
            action,
            names[step.to as usize].clone(),
        )
    });
    (names.iter().cloned().collect(), steps.collect())
}

#[test]
fn every_orbit_has_one_representative_and_its_steps_are_those_of_the_whole_graph() {
    let cancel = Cancel::new();
    let mut folded = 0;
    for instance in two_slots() {
        let limits = Limits {
            max_states: Some(4_000),
            ..Limits::NONE
        };
        let run = Run::new(&limits, &cancel);
        let whole = explore(&instance.system(), &run);
        if whole.cut_off.is_some() {
            continue;
        }
        let part = explore_symmetric(&instance.system(), &run);
        let (states, steps) = quotient(&part);
        assert_eq!(
            states.len(),
            part.size().raw_states,
            "{instance}: one of each"
        );
        let (orbits, expected) = quotient(&whole);
        assert_eq!(states, orbits, "{instance}: all of them");
        assert_eq!(steps, expected, "{instance}: the same steps");
        folded += usize::from(part.size().raw_states < whole.size().raw_states);
    }
    assert!(
        folded > 5,
        "two slots are symmetric in most variants: {folded}"
    );
}

fn verdicts(report: &Report) -> BTreeMap<&'static str, (Verdict, Option<usize>)> {
    let properties = report.properties.iter();
    let on_states = properties.filter(|property| property.expectation != Expectation::Eventually);
    on_states
        .map(|p| (p.name, (p.verdict, p.steps())))
        .collect()
}

#[test]
fn verdicts_and_the_lengths_of_counterexamples_are_those_of_the_whole_graph() {
    let cancel = Cancel::new();
    for threads in [1, 3] {
        for instance in two_slots() {
            let limits = Limits {
                max_states: Some(40_000),
                ..Limits::NONE
            };
            let run = Run {
                threads,
                ..Run::new(&limits, &cancel)
            };
            let whole = Graph.check(&instance, &run).unwrap();
            if whole.incomplete.is_some() {
                continue;
            }
            let part = UpToSymmetry.check(&instance, &run).unwrap();
            assert_eq!(verdicts(&part), verdicts(&whole), "{instance}");
            assert!(
                part.incomplete
                    .is_some_and(|what| what.starts_with("symmetry: each of "))
            );
            let traces = part.properties.iter().filter_map(|p| p.trace.as_ref());
            for trace in traces {
                assert!(trace.replayed, "{instance}: a path of the model itself");
            }
            let liveness = part
                .properties
                .iter()
                .filter(|p| p.expectation == Expectation::Eventually);
            liveness.for_each(|p| assert_eq!(p.verdict, Verdict::Unknown, "{}", p.name));
        }
    }
}
