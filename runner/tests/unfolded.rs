//! What was explored up to symmetry unfolds to the whole graph, and no other one is taken for it.
//!
//! Here the graph that TLA+ would have is that of the model itself, so no TLC is needed.

use std::collections::{BTreeSet, HashMap};
use std::sync::OnceLock;

use tandem_models::catalogue::Instance;
use tandem_models::kit::system::System;
use tandem_models::value::StateView;
use tandem_runner::cancel::Cancel;
use tandem_runner::divergence::{Divergence, Side, compare};
use tandem_runner::enumerate::{Exploration, explore, explore_symmetric};
use tandem_runner::graph::Graph;
use tandem_runner::limits::{Limits, Run};
use tandem_runner::trace::follow;

use crate::common::select;

/// The orbit of each state of the whole graph of views: the number of its representative.
fn orbits(whole: &Exploration, part: &Exploration) -> Vec<u32> {
    let orbit = |raw: &u32| part.same_view(part.node(&whole.state(*raw)).unwrap());
    whole.first_of_views().iter().map(orbit).collect()
}

/// The whole graph, and the reduced one; none if it is too large for a test.
fn explored(system: &System) -> Option<(Exploration, Exploration)> {
    let cancel = Cancel::new();
    let limits = Limits {
        max_states: Some(1_000),
        ..Limits::NONE
    };
    let run = Run::new(&limits, &cancel);
    let whole = explore(system, &run);
    let complete = whole.cut_off.is_none();
    complete.then(|| (whole, explore_symmetric(system, &run)))
}

/// An instance with its whole graph and its reduced one.
type Foldable = (Instance, Exploration, Exploration);

/// Every variant that is small enough and whose graph is reduced. They are explored once, for all tests.
fn foldable() -> &'static [Foldable] {
    static FOLDABLE: OnceLock<Vec<Foldable>> = OnceLock::new();
    FOLDABLE.get_or_init(|| {
        let bounds: [&[(&str, u8)]; 7] = [
            &[],
            &[("slots", 2)],
            &[("slots", 3)],
            &[("messages", 2)],
            &[("messages", 2), ("slots", 2)],
            &[("messages", 3), ("copies", 1)],
            &[("messages", 3), ("slots", 1)],
        ];
        let instances = bounds.into_iter().flat_map(|bounds| select(None, bounds));
        let explored = instances.filter_map(|instance| {
            let (whole, part) = explored(&instance.system())?;
            Some((instance, whole, part))
        });
        explored.filter(|(_, _, part)| part.folded.any()).collect()
    })
}

#[test]
fn it_unfolds_to_the_whole_graph() {
    let (mut slots, mut messages) = (BTreeSet::new(), BTreeSet::new());
    for (instance, whole, part) in foldable() {
        let tla = whole.graph();
        let divergence = compare(part.unfolded(), &tla);
        assert!(divergence.is_none(), "{instance}: {divergence:?}");
        assert!(part.clash().is_none(), "{instance}");
        if part.size().states < tla.states.len() {
            slots.extend(part.folded.slots.then(|| instance.label()));
            messages.extend(part.folded.messages.then(|| instance.label()));
        }
    }
    assert!(
        slots.len() > 20 && messages.len() > 20,
        "{slots:?} {messages:?}"
    );
}

/// Raw states that look the same have representatives that look the same.
#[test]
fn a_view_has_one_representative() {
    for (instance, whole, part) in foldable() {
        let orbits = orbits(whole, part);
        let of_first: HashMap<_, _> = whole.first_of_views().iter().zip(&orbits).collect();
        for raw in 0..u32::try_from(whole.size().raw_states).unwrap() {
            let representative = part.same_view(part.node(&whole.state(raw)).unwrap());
            assert_eq!(
                of_first[&whole.same_view(raw)],
                &representative,
                "{instance}"
            );
        }
        let distinct: BTreeSet<u32> = orbits.into_iter().collect();
        assert_eq!(distinct.len(), part.size().states, "{instance}");
    }
}

/// So a graph of representatives leaves no step out because it ends where it began.
#[test]
fn every_step_leads_out_of_its_orbit() {
    for (instance, whole, part) in foldable() {
        let orbits = orbits(whole, part);
        for (state, steps) in whole.graph().steps.iter().enumerate() {
            let mut after = steps.iter().map(|(_, to)| orbits[*to]);
            assert!(after.all(|to| to != orbits[state]), "{instance}");
        }
    }
}

/// A few graphs, and some of their states that are represented by others.
fn represented() -> Vec<(Exploration, Exploration, Vec<usize>)> {
    let instances: [(_, &[(&str, u8)]); 3] = [
        ("check-and-return", &[("messages", 2), ("slots", 1)]),
        ("check-and-return", &[("messages", 2), ("slots", 2)]),
        ("save-then-publish", &[("messages", 1), ("slots", 2)]),
    ];
    let represented = instances.map(|(name, bounds)| {
        let instance = select(Some(&format!("outbox:{name}")), bounds).remove(0);
        let (whole, part) = explored(&instance.system()).expect("it is small");
        let (graph, representatives) = (whole.graph(), part.graph());
        let representatives = representatives.index();
        let others = (0..graph.states.len())
            .filter(|state| !representatives.contains_key(&graph.states[*state]));
        let others: Vec<usize> = others.step_by(5).collect();
        assert!(others.len() > 10, "{name}: {}", others.len());
        (whole, part, others)
    });
    represented.into()
}

/// The first difference between what unfolds and a changed graph; its path is one of the model.
fn found(part: &Exploration, changed: &Graph) -> Divergence {
    let divergence = compare(part.unfolded(), changed).expect("a difference");
    let start = divergence.start.as_ref().expect("a path");
    assert!(follow(part.system(), start, &divergence.path).is_some());
    divergence
}

fn end(divergence: &Divergence) -> &StateView {
    let last = divergence.path.last().map(|(_, view)| view);
    last.or(divergence.start.as_ref()).expect("a path")
}

#[test]
fn a_step_that_a_represented_state_lacks_is_found() {
    for (whole, part, others) in represented() {
        let mut graph = whole.graph();
        for state in others {
            for step in graph.steps[state].clone() {
                graph.steps[state].remove(&step);
                let divergence = found(&part, &graph);
                assert_eq!(end(&divergence), &graph.states[state]);
                assert_eq!(divergence.only, Side::Rust);
                assert_eq!(divergence.action.as_deref(), Some(&*step.0));
                assert_eq!(divergence.state, graph.states[step.1]);
                graph.steps[state].insert(step);
            }
        }
    }
}

/// Also one to the image of a state to which there is a step already.
#[test]
fn a_step_too_many_of_a_represented_state_is_found() {
    let mut images = 0;
    for (whole, part, others) in represented() {
        let mut graph = whole.graph();
        let orbits = orbits(&whole, &part);
        for state in others {
            let Some((action, to)) = graph.steps[state].first().cloned() else {
                continue;
            };
            let image =
                (0..orbits.len()).find(|other| *other != to && orbits[*other] == orbits[to]);
            images += usize::from(image.is_some());
            let step = (action, image.unwrap_or(state.saturating_sub(1)));
            if step.1 == state || !graph.steps[state].insert(step.clone()) {
                continue;
            }
            let divergence = found(&part, &graph);
            assert_eq!(end(&divergence), &graph.states[state]);
            assert_eq!(divergence.only, Side::Tla);
            assert_eq!(divergence.state, graph.states[step.1]);
            graph.steps[state].remove(&step);
        }
    }
    assert!(images > 50, "{images}");
}

#[test]
fn a_represented_state_that_is_missing_is_found() {
    for (whole, part, others) in represented() {
        let graph = whole.graph();
        for state in others {
            let mut without = graph.clone();
            let stays = |(_, to): &(_, usize)| *to != state;
            without
                .steps
                .iter_mut()
                .for_each(|steps| steps.retain(stays));
            let divergence = found(&part, &without);
            assert_eq!(divergence.only, Side::Rust);
            assert_eq!(divergence.state, graph.states[state]);
        }
    }
}
