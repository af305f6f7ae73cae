//! The enumeration in numbered pieces finds what a naive search over the model itself finds.

use std::collections::{BTreeSet, HashMap, HashSet};

use indexmap::IndexMap;
use stateright::{Checker, Expectation, HasDiscoveries, Model};
use tandem_models::catalogue::{Catalogue, Description, Instance, Overrides, Protocol};
use tandem_models::kit::actors::Slot;
use tandem_models::kit::fault::Aim;
use tandem_models::kit::guarantees::{About, Guarantee, NO_CLAUSES, When};
use tandem_models::kit::io::{Flow, Io};
use tandem_models::kit::replay::Handler;
use tandem_models::kit::system::{Spec, State, System};
use tandem_models::protocols::catalogue;
use tandem_models::protocols::outbox::Outbox;
use tandem_models::value::StateView;
use tandem_runner::cancel::Cancel;
use tandem_runner::engine::Engine;
use tandem_runner::engine::stateright::Stateright;
use tandem_runner::enumerate::{Exploration, Form, explore, explore_in};
use tandem_runner::limits::Run;
use tandem_runner::limits::{CutOff, Limits};

/// A step: the state before, the name of the action, and the state after.
type Triple = (StateView, String, StateView);

/// Every raw state with its distance from the start, and the steps that change the view, by plain
/// breadth-first search.
fn naive(system: &System) -> (HashMap<State, usize>, BTreeSet<Triple>) {
    let mut known: IndexMap<State, usize> =
        system.init_states().into_iter().map(|s| (s, 0)).collect();
    let mut views: Vec<_> = known.keys().map(|state| system.view(state)).collect();
    let mut triples = HashSet::new();
    let mut at = 0;
    while let Some((state, &steps)) = known.get_index(at) {
        let state = state.clone();
        let mut enabled = Vec::new();
        system.actions(&state, &mut enabled);
        for step in enabled {
            let action = step.action;
            let Some(after) = system.next_state(&state, step) else {
                continue;
            };
            let entry = known.entry(after);
            let to = entry.index();
            if to == views.len() {
                views.push(system.view(entry.key()));
            }
            entry.or_insert(steps + 1);
            triples.insert((at, action, to));
        }
        at += 1;
    }
    let changed = triples
        .into_iter()
        .filter(|(from, _, to)| views[*from] != views[*to]);
    let of_views = changed
        .map(|(from, action, to)| (views[from].clone(), action.to_owned(), views[to].clone()));
    let of_views = of_views.collect();
    (known.into_iter().collect(), of_views)
}

fn triples(found: &Exploration) -> BTreeSet<Triple> {
    let graph = found.graph();
    let steps = graph.steps.iter().enumerate();
    steps
        .flat_map(|(from, steps)| steps.iter().map(move |(action, to)| (from, action, *to)))
        .map(|(from, action, to)| {
            (
                graph.states[from].clone(),
                action.to_string(),
                graph.states[to].clone(),
            )
        })
        .collect()
}

fn agrees(instance: &Instance) {
    agrees_on(instance, &instance.system());
}

fn agrees_on(instance: &Instance, system: &System) {
    let cancel = Cancel::new();
    let found = explore(system, &Run::new(&Limits::NONE, &cancel));
    let (distance, expected) = naive(system);
    assert_eq!(
        found.size().raw_states,
        distance.len(),
        "{instance}: raw states"
    );
    assert_eq!(triples(&found), expected, "{instance}: the steps");
    assert_eq!(
        found.clash(),
        None,
        "{instance}: states that look the same have the same steps"
    );
    for (property, decided) in system.properties().iter().zip(&found.decided) {
        let wanted = property.expectation == Expectation::Sometimes;
        let deciding = distance
            .iter()
            .filter(|(state, _)| (property.condition)(system, state) == wanted)
            .map(|(_, steps)| *steps);
        let found = decided.map(|raw| found.path(raw).steps.len());
        assert_eq!(
            found,
            deciding.min(),
            "{instance}: the shortest path for {}",
            property.name
        );
    }
}

fn small(instance: &Instance) -> bool {
    up_to(1_500, instance)
}

/// Whether it has so many states at most.
fn up_to(states: usize, instance: &Instance) -> bool {
    let cancel = Cancel::new();
    let limits = Limits {
        max_states: Some(states),
        ..Limits::NONE
    };
    let system = instance.system();
    explore(&system, &Run::new(&limits, &cancel))
        .cut_off
        .is_none()
}

#[test]
fn every_small_instance_of_the_catalogue_is_enumerated_as_by_a_naive_search() {
    let all = catalogue()
        .select(None, &Overrides::default())
        .expect("the catalogue has instances");
    let small: Vec<_> = all.iter().filter(|instance| small(instance)).collect();
    assert!(
        small.len() >= 20,
        "only {} instances are small",
        small.len()
    );
    small.into_iter().for_each(agrees);
}

/// States, steps with their slots, verdicts and lengths of paths, of every variant at its own bounds.
#[test]
fn states_in_cells_give_the_same_graph_as_packed_ones() {
    let all = catalogue()
        .select(None, &Overrides::default())
        .expect("the catalogue has instances");
    let cancel = Cancel::new();
    let limits = Limits {
        max_states: Some(3_000),
        ..Limits::NONE
    };
    let run = Run::new(&limits, &cancel);
    let mut compared = 0;
    for instance in &all {
        let system = instance.system();
        // Of several endpoints there are states in cells only.
        if !system.has_one_endpoint_only() {
            continue;
        }
        let packed = explore(&system, &run);
        if packed.cut_off.is_some() {
            continue;
        }
        let cells = explore_in(Form::Cells, &system, &run);
        assert_eq!(cells.size(), packed.size(), "{instance}");
        assert_eq!(cells.fired(), packed.fired(), "{instance}");
        let known = |action| packed.actions().contains(action);
        assert!(cells.actions().iter().all(known), "{instance}: labels");
        assert_eq!(triples(&cells), triples(&packed), "{instance}");
        let lengths = |found: &Exploration| -> Vec<_> {
            let decided = found.decided.iter();
            let length = |raw: &Option<u32>| raw.map(|raw| found.path(raw).steps.len());
            decided.map(length).collect()
        };
        assert_eq!(lengths(&cells), lengths(&packed), "{instance}");
        let judged = |found: &Exploration| -> Vec<_> {
            let judged = found.liveness().into_iter();
            judged.map(|(name, path)| (name, path.is_some())).collect()
        };
        assert_eq!(judged(&cells), judged(&packed), "{instance}");
        compared += 1;
    }
    assert!(compared >= 20, "only {compared} instances were compared");
}

/// Every variant under every fault that its protocol knows, one at a time.
#[test]
fn every_fault_is_enumerated_as_by_a_naive_search() {
    let catalogue = catalogue();
    let mut tried = BTreeSet::new();
    for protocol in catalogue.protocols() {
        let description = protocol.describe();
        let name = format!("{}:all", description.name);
        for kind in &description.faults {
            let mut faults: Vec<(Aim, u8)> = description
                .faults
                .iter()
                .map(|kind| (kind.aim, 0))
                .collect();
            faults.push((kind.aim, 1));
            let overrides = Overrides {
                parameters: Vec::new(),
                faults,
            };
            let instances = catalogue
                .select(Some(&name), &overrides)
                .expect("known faults");
            for instance in instances.iter().filter(|instance| up_to(500, instance)) {
                agrees(instance);
                tried.insert((description.name, kind.aim));
            }
        }
    }
    assert!(tried.len() >= 15, "only {tried:?} were small enough");
}

#[test]
fn a_run_that_is_cut_off_says_so_and_decides_nothing_it_has_not_seen() {
    let instance = catalogue()
        .select(Some("outbox"), &Overrides::default())
        .expect("the outbox is there")
        .remove(0);
    let system = instance.system();
    let cancel = Cancel::new();
    let limits = Limits {
        max_states: Some(10),
        ..Limits::NONE
    };
    let found = explore(&system, &Run::new(&limits, &cancel));
    assert_eq!(found.cut_off, Some(CutOff::States(10)));
    assert!(found.decided.iter().any(Option::is_none));
    cancel.cancel();
    let found = explore(&system, &Run::new(&Limits::NONE, &cancel));
    assert_eq!(found.cut_off, Some(CutOff::Interrupted));
}

fn somebody_acknowledges(system: &System, state: &State) -> bool {
    let mut slots = system.slots(state).into_iter();
    slots.any(|slot| matches!(slot, Slot::Busy(work) if work.at() == "Ack"))
}

/// A protocol with one guarantee, about its slots, that says it is about something else.
struct Misdeclaring(About);

impl Protocol for Misdeclaring {
    fn describe(&self) -> Description {
        Outbox.describe()
    }

    fn system(&self, instance: &Instance) -> System {
        let nobody = Guarantee {
            name: "NobodyAcknowledges",
            promise: "no slot is about to acknowledge",
            when: When::Always,
            about: self.0,
            holds: |system, state| !somebody_acknowledges(system, state),
            clauses: NO_CLAUSES,
        };
        System::new(Spec {
            guarantees: vec![nobody],
            ..Outbox.system(instance).spec().clone()
        })
    }
}

#[test]
fn a_guarantee_that_promises_too_much_about_itself_is_told() {
    let checked = |about| {
        let catalogue = Catalogue::new().with(Misdeclaring(about));
        let overrides = Overrides::default();
        let instance = catalogue
            .select(Some("outbox:check-and-return"), &overrides)
            .expect("the variant is there")
            .remove(0);
        let cancel = Cancel::new();
        let run = Run::new(&Limits::NONE, &cancel);
        Stateright.check(&instance, &run).map(|_| ())
    };
    assert!(checked(About::Anything).is_ok());
    let error = checked(About::AtRest).expect_err("it is violated where nobody is at rest");
    assert!(error.to_string().contains("NobodyAcknowledges"), "{error}");
    assert!(error.to_string().contains("About::Anything"), "{error}");
}

fn double_submit(variant: &str) -> Instance {
    let overrides = Overrides::default();
    let name = format!("double-submit:{variant}");
    let instances = catalogue().select(Some(&name), &overrides);
    instances.expect("the variant is there").remove(0)
}

/// Handlers that no protocol has: they end at once, or give up.
#[test]
fn handlers_that_end_at_once_are_enumerated_as_by_a_naive_search() {
    let ends = Handler::new(|_: &mut dyn Io, _: &u8| Ok(()));
    let gives_up =
        Handler::new(|io: &mut dyn Io, _: &u8| io.contains("Look", "inbox", 1_u8).map(drop));
    // What it touches depends on the identity that it draws.
    let picks = Handler::new(|io: &mut dyn Io, _: &u8| {
        let (_, drawn): (u8, u8) = io.fresh_id()?;
        match drawn {
            1 => io.contains("Pick", "inbox", drawn).map(drop),
            2 => io.insert("Pick", "inbox", drawn)?.or_give_back(),
            _ => io.ack("Pick"),
        }
    });
    let request = double_submit("optimistic");
    agrees_on(&request, &request.system().with_handler(ends.clone()));
    let queue = catalogue().select(Some("outbox:check-and-return"), &Overrides::default());
    let queue = queue.expect("the variant is there").remove(0);
    agrees_on(&queue, &queue.system().with_handler(ends));
    agrees_on(&queue, &queue.system().with_handler(gives_up));
    agrees_on(&queue, &queue.system().with_handler(picks));
}

/// A consumer that panics, one that misuses a store, and one that gives every message back.
#[test]
fn what_a_consumer_does_wrong_is_found_as_by_a_naive_search() {
    let panics = Handler::new(|_: &mut dyn Io, _: &u8| -> Flow { panic!("boom") });
    let misuses = Handler::new(|io: &mut dyn Io, _: &u8| {
        io.insert("Insert", "no such set", 1_u8)?.or_give_back()
    });
    let gives_back = Handler::new(|_: &mut dyn Io, _: &u8| Ok(()));
    let instance = double_submit("send-then-save");
    for (consumer, broken) in [(panics, true), (misuses, true), (gives_back, false)] {
        let system = System::new(Spec {
            downstream: Some(("Orders", consumer)),
            ..instance.system().spec().clone()
        });
        agrees_on(&instance, &system);
        let cancel = Cancel::new();
        let run = Run::new(&Limits::NONE, &cancel);
        assert_eq!(explore(&system, &run).breach.is_some(), broken);
    }
}

/// Stateright's other checker, depth first, on every variant of up to 10,000 states: the engine `stateright`
/// runs the breadth-first one, on all.
#[test]
fn stateright_depth_first_sees_the_same_states_and_verdicts() {
    let cancel = Cancel::new();
    let run = Run::new(&Limits::NONE, &cancel);
    let all = catalogue().select(None, &Overrides::default()).unwrap();
    for instance in all.into_iter().filter(|instance| up_to(3_000, instance)) {
        let mut spec = instance.system().spec().clone();
        // No state decides it, or Stateright would not look further from one that decides all.
        spec.guarantees.push(Guarantee {
            name: "Undecided",
            promise: "",
            when: When::Always,
            about: About::Durable,
            holds: |_, _| true,
            clauses: NO_CLAUSES,
        });
        let never = HasDiscoveries::AllOf(["not the name of a property"].into());
        let checker = System::new(spec).checker().finish_when(never).spawn_dfs();
        let checker = checker.join();
        let found = explore(&instance.system(), &run);
        let (theirs, ours) = (checker.unique_state_count(), found.size().raw_states);
        assert_eq!(theirs, ours, "{instance}");
        let discoveries = checker.discoveries();
        for (property, decided) in instance.system().properties().iter().zip(&found.decided) {
            let discovered = discoveries.contains_key(property.name);
            assert_eq!(
                discovered,
                decided.is_some(),
                "{instance}: {}",
                property.name
            );
        }
    }
}
