//! Up to symmetry there are fewer states, and no verdict and no shortest path is another one.

use std::collections::{BTreeMap, BTreeSet};

use stateright::Model;
use tandem_models::catalogue::{Instance, Overrides};
use tandem_models::kit::actors::Slot;
use tandem_models::kit::system::{State, System};
use tandem_models::protocols::catalogue;
use tandem_models::value::Renaming;
use tandem_runner::cancel::Cancel;
use tandem_runner::engine::Engine;
use tandem_runner::engine::graph::{Graph, UpToSymmetry};
use tandem_runner::enumerate::{Exploration, explore, explore_symmetric};
use tandem_runner::limits::{Limits, Run};
use tandem_runner::report::{Expectation, Report, Verdict};

/// The whole graph of every instance is searched naively here, so these are the protocols whose graphs
/// are small at larger bounds too. The packed space, which reduces, knows one endpoint.
const SEARCHED: [&str; 4] = [
    "double-submit",
    "outbox",
    "charge-once",
    "token-deduplication",
];

fn select(name: Option<&str>, bounds: &[(&str, u8)]) -> Vec<Instance> {
    let all = crate::common::select(name, bounds).into_iter();
    all.filter(|instance| SEARCHED.contains(&instance.description.name))
        .collect()
}

fn two_slots() -> Vec<Instance> {
    let two = select(None, &[("slots", 2)]);
    assert!(two.len() > 20, "only {} may have two slots", two.len());
    two
}

fn two_messages() -> Vec<Instance> {
    let two = select(None, &[("messages", 2)]);
    assert!(two.len() > 20, "only {} may have two messages", two.len());
    two
}

/// The state without the order of its slots and the names of its messages, as text: the first one of
/// all its images.
fn mirrored(system: &System, state: &State) -> String {
    let messages = match system.spec().interchangeable {
        true => u8::try_from(system.spec().messages.len()).unwrap(),
        false => 0,
    };
    let renamings = Renaming::all(messages).into_iter();
    let images = renamings.map(|names| without_order(system, &system.renamed(state, &names)));
    images.min().expect("one renaming changes nothing")
}

/// The state without the order of its slots: what each slot does, with its lease, as a bag, and the
/// rest, as text.
fn without_order(system: &System, state: &State) -> String {
    let leases = &state.world.leases;
    let slots = system.slots(state).into_iter().enumerate();
    let slots = slots.map(|(slot, work)| (format!("{work:?}"), leases.contains(&(0, slot))));
    let mut slots: Vec<_> = slots.collect();
    slots.sort();
    let mut rest = system.decompose(state.clone());
    rest.slots = vec![Slot::Idle];
    rest.rest.leases.clear();
    format!("{slots:?} {rest:?}")
}

type Quotient = BTreeSet<(String, String, String)>;

/// The orbits of a graph's states, and the steps between them, by action.
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
    folds(two_slots());
}

/// With three slots there are orders that are no swap of two.
#[test]
fn that_is_so_for_three_slots_as_well() {
    folds(select(None, &[("slots", 3)]));
}

#[test]
fn that_is_so_for_interchangeable_messages_too() {
    folds(two_messages());
    folds(select(None, &[("messages", 2), ("slots", 2)]));
}

/// With three messages there are renamings that are no swap of two.
#[test]
fn that_is_so_for_three_messages_as_well() {
    folds(select(None, &[("messages", 3), ("copies", 1)]));
    folds(select(None, &[("messages", 3), ("slots", 1)]));
}

fn folds(instances: Vec<Instance>) {
    let cancel = Cancel::new();
    let mut folded = 0;
    for instance in instances {
        let limits = Limits {
            max_states: Some(1_500),
            ..Limits::NONE
        };
        let run = Run::new(&limits, &cancel);
        let whole = explore(&instance.system(), &run);
        if whole.cut_off.is_some() {
            continue;
        }
        let component = explore_symmetric(&instance.system(), &run);
        let (states, steps) = quotient(&component);
        assert_eq!(
            states.len(),
            component.size().raw_states,
            "{instance}: one of each"
        );
        let (orbits, expected) = quotient(&whole);
        assert_eq!(states, orbits, "{instance}: all of them");
        assert_eq!(steps, expected, "{instance}: the same steps");
        folded += usize::from(component.size().raw_states < whole.size().raw_states);
    }
    assert!(folded > 5, "most variants are symmetric: {folded}");
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
        for instance in two_slots().into_iter().chain(two_messages()) {
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
            let component = UpToSymmetry.check(&instance, &run).unwrap();
            assert_eq!(verdicts(&component), verdicts(&whole), "{instance}");
            assert!(component.incomplete.is_some());
            assert!(
                component
                    .symmetry
                    .is_some_and(|what| what.starts_with("each of "))
            );
            let traces = component.properties.iter().filter_map(|p| p.trace.as_ref());
            for trace in traces {
                assert!(trace.replayed, "{instance}: a path of the model itself");
            }
            let liveness = component
                .properties
                .iter()
                .filter(|p| p.expectation == Expectation::Eventually);
            liveness.for_each(|p| assert_eq!(p.verdict, Verdict::Unknown, "{}", p.name));
        }
    }
}

/// Paths lead through states that were reached, not through the representatives of their orbits.
#[test]
fn paths_are_those_of_the_model_and_decide_what_they_are_shown_for() {
    let cancel = Cancel::new();
    let limits = Limits {
        max_states: Some(1_500),
        ..Limits::NONE
    };
    let mut unfolded = 0;
    for instance in two_slots().into_iter().chain(two_messages()) {
        let found = explore_symmetric(&instance.system(), &Run::new(&limits, &cancel));
        let system = found.system();
        for ((property, _), raw) in system.asked().iter().zip(&found.decided) {
            let Some(raw) = raw else { continue };
            let path = found.path(*raw);
            assert!(system.init_states().contains(&path.start));
            let mut at = &path.start;
            for (step, after) in &path.steps {
                let taken = system.next_state(at, step.clone());
                assert_eq!(taken.as_ref(), Some(after), "{instance}: {}", property.name);
                at = after;
            }
            let wanted = property.expectation == stateright::Expectation::Sometimes;
            assert_eq!((property.condition)(system, at), wanted, "{instance}");
            let representative = found.state(*raw);
            assert_eq!(mirrored(system, at), mirrored(system, &representative));
            unfolded += usize::from(*at != representative);
        }
    }
    assert!(unfolded > 5, "only {unfolded} paths end elsewhere");
}

#[test]
fn the_graph_is_the_same_on_any_number_of_threads() {
    let cancel = Cancel::new();
    let overrides = Overrides::default();
    let outbox = catalogue().select(Some("outbox"), &overrides).unwrap();
    let found = |threads| {
        let run = Run {
            threads,
            ..Run::new(&Limits::NONE, &cancel)
        };
        explore_symmetric(&outbox[0].system(), &run)
    };
    let (one, three) = (found(1), found(3));
    assert_eq!(one.size(), three.size());
    assert_eq!(one.transitions(), three.transitions());
    assert_eq!(one.decided, three.decided);
    let states = u32::try_from(one.size().raw_states).unwrap();
    let mut states = 0..states;
    assert!(states.len() > 3_000, "the search takes several batches");
    assert!(states.all(|raw| one.state(raw) == three.state(raw)));
}
