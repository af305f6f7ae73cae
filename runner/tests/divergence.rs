//! The comparison of two graphs, on graphs small enough to draw and on random ones.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::sync::Arc;

use proptest::prelude::*;
use tandem_models::value::{StateView, Value};
use tandem_runner::divergence::{Divergence, Side, compare};
use tandem_runner::graph::Graph;

type Edge = (u8, &'static str, u8);

fn view(state: u8) -> StateView {
    [("n", Value::from(state))].into_iter().collect()
}

/// A graph of these states, in this order, so that the same graph can have other numbers.
fn graph_of(states: &[u8], initial: &[u8], edges: &[Edge]) -> Graph {
    let place = |state: &u8| states.iter().position(|s| s == state).unwrap();
    let mut steps = vec![BTreeSet::new(); states.len()];
    for (from, action, to) in edges {
        steps[place(from)].insert((Arc::from(*action), place(to)));
    }
    Graph {
        states: states.iter().copied().map(view).collect(),
        initial: initial.iter().map(place).collect(),
        steps,
    }
}

fn graph(initial: &[u8], edges: &[Edge]) -> Graph {
    let ends = edges.iter().flat_map(|(from, _, to)| [*from, *to]);
    let states: BTreeSet<u8> = initial.iter().copied().chain(ends).collect();
    graph_of(&Vec::from_iter(states), initial, edges)
}

const BASE: [Edge; 4] = [
    (0, "Load", 1),
    (0, "Crash", 2),
    (1, "Save", 3),
    (2, "Recover", 0),
];

fn against(tla: &[Edge]) -> Divergence {
    compare(&graph(&[0], &BASE), &graph(&[0], tla)).expect("a difference")
}

fn found(divergence: &Divergence) -> (Side, Option<&str>, usize, StateView) {
    let Divergence {
        only,
        action,
        path,
        state,
        ..
    } = divergence;
    (*only, action.as_deref(), path.len(), state.clone())
}

#[test]
fn a_graph_equals_itself_in_any_order() {
    let one = graph_of(&[0, 1, 2, 3], &[0], &BASE);
    let reversed: Vec<_> = BASE.into_iter().rev().collect();
    let other = graph_of(&[3, 1, 2, 0], &[0], &reversed);
    assert!(compare(&one, &one).is_none());
    assert!(compare(&one, &other).is_none());
    assert!(compare(&graph(&[], &[]), &graph(&[], &[])).is_none());
}

#[test]
fn initial_states_that_differ_come_first() {
    let divergence = compare(&graph(&[0], &BASE), &graph(&[3], &BASE)).unwrap();
    assert_eq!(found(&divergence), (Side::Rust, None, 0, view(0)));
    assert_eq!(
        (divergence.start, divergence.instead),
        (None, Some(view(3)))
    );
    let divergence = compare(&graph(&[0], &BASE), &graph(&[0, 1], &BASE)).unwrap();
    assert_eq!(found(&divergence), (Side::Tla, None, 0, view(1)));
    let divergence = compare(&graph(&[0], &BASE), &graph(&[], &[])).unwrap();
    assert_eq!(found(&divergence), (Side::Rust, None, 0, view(0)));
    assert_eq!(divergence.instead, None);
}

#[test]
fn a_state_that_only_one_side_reaches_is_found_by_the_step_to_it() {
    let divergence = against(&[&BASE[..], &[(3, "Ack", 4)]].concat());
    assert_eq!(found(&divergence), (Side::Tla, Some("Ack"), 2, view(4)));
    assert_eq!(divergence.start, Some(view(0)));
    let path = [("Load".to_owned(), view(1)), ("Save".to_owned(), view(3))];
    assert_eq!(divergence.path, path);
    assert_eq!((divergence.instead, divergence.others), (None, vec![]));
}

#[test]
fn a_step_between_known_states_is_found_too() {
    let divergence = against(&[&BASE[..], &[(1, "Crash", 2)]].concat());
    assert_eq!(found(&divergence), (Side::Tla, Some("Crash"), 1, view(2)));
    assert_eq!(divergence.others, ["Save"]);
}

#[test]
fn a_step_that_one_side_lacks_is_found() {
    let divergence = against(&BASE[..3]);
    assert_eq!(
        found(&divergence),
        (Side::Rust, Some("Recover"), 1, view(0))
    );
    assert_eq!(divergence.others, [""; 0]);
}

#[test]
fn the_same_step_under_another_name_is_a_difference() {
    let divergence = against(&[BASE[0], (0, "Fail", 2), BASE[2], BASE[3]]);
    assert_eq!(found(&divergence), (Side::Rust, Some("Crash"), 0, view(2)));
    assert_eq!(divergence.others, ["Fail", "Load"]);
    // A second name for a step that has one already is one too.
    let divergence = against(&[&BASE[..], &[(0, "Fail", 2)]].concat());
    assert_eq!(found(&divergence), (Side::Tla, Some("Fail"), 0, view(2)));
}

#[test]
fn the_same_action_to_another_state_shows_where_it_goes_instead() {
    let divergence = against(&[BASE[0], BASE[1], (1, "Save", 2), BASE[3]]);
    assert_eq!(found(&divergence), (Side::Rust, Some("Save"), 1, view(3)));
    assert_eq!(divergence.instead, Some(view(2)));
}

const ACTIONS: [&str; 3] = ["A", "B", "C"];
const STATES: u8 = 8;

fn edges() -> impl Strategy<Value = BTreeSet<Edge>> {
    let edge = (0..STATES, prop::sample::select(&ACTIONS[..]), 0..STATES);
    prop::collection::btree_set(edge, 0..24).prop_map(|edges| {
        edges
            .into_iter()
            .filter(|(from, _, to)| from != to)
            .collect()
    })
}

fn random(initial: u8, edges: &BTreeSet<Edge>) -> Graph {
    let all: Vec<u8> = (0..STATES).collect();
    graph_of(&all, &[initial], &Vec::from_iter(edges.iter().copied()))
}

/// How many steps each state is away from the first, by the simplest search there is.
fn distances(initial: u8, edges: &BTreeSet<Edge>) -> BTreeMap<u8, usize> {
    let mut distances = BTreeMap::from([(initial, 0)]);
    let mut queue = VecDeque::from([initial]);
    while let Some(state) = queue.pop_front() {
        let further = distances[&state] + 1;
        for (_, _, to) in edges.iter().filter(|(from, _, _)| *from == state) {
            if !distances.contains_key(to) {
                distances.insert(*to, further);
                queue.push_back(*to);
            }
        }
    }
    distances
}

proptest! {
    #[test]
    fn equal_graphs_have_no_difference(edges in edges(), initial in 0..STATES) {
        let divergence = compare(&random(initial, &edges), &random(initial, &edges));
        prop_assert!(divergence.is_none());
    }

    /// If two graphs differ, the nearest difference is found, and both sides have the path to it.
    #[test]
    fn the_nearest_difference_is_found(rust in edges(), tla in edges(), initial in 0..STATES) {
        let common: BTreeSet<Edge> = rust.intersection(&tla).copied().collect();
        // Up to the first difference both sides reach the same states by the same steps.
        let distances = distances(initial, &common);
        let apart = rust.symmetric_difference(&tla);
        let nearest = apart.filter_map(|(from, _, _)| distances.get(from)).min();
        let divergence = compare(&random(initial, &rust), &random(initial, &tla));
        prop_assert_eq!(divergence.as_ref().map(|d| d.path.len()), nearest.copied());
        if let Some(divergence) = divergence {
            let mut at = divergence.start.clone().unwrap();
            for (action, to) in &divergence.path {
                let known = |(f, a, t): &Edge| view(*f) == at && a == action && view(*t) == *to;
                prop_assert!(common.iter().any(known));
                at = to.clone();
            }
            let is_it = |(f, a, t): &Edge| {
                view(*f) == at && Some(*a) == divergence.action.as_deref()
                    && view(*t) == divergence.state
            };
            let (mine, theirs) = match divergence.only {
                Side::Rust => (&rust, &tla),
                Side::Tla => (&tla, &rust),
            };
            prop_assert!(mine.iter().any(is_it) && !theirs.iter().any(is_it));
        }
    }

    #[test]
    fn one_edge_more_or_less_is_found_exactly_if_it_can_be_reached(
        edges in edges(),
        initial in 0..STATES,
        pick in any::<prop::sample::Index>(),
    ) {
        prop_assume!(!edges.is_empty());
        let edge = *pick.get(&Vec::from_iter(edges.iter().copied()));
        let mut fewer = edges.clone();
        fewer.remove(&edge);
        let reached = distances(initial, &edges).get(&edge.0).copied();
        let (whole, part) = (random(initial, &edges), random(initial, &fewer));
        for (rust, tla, side) in [(&whole, &part, Side::Rust), (&part, &whole, Side::Tla)] {
            let divergence = compare(rust, tla);
            prop_assert_eq!(divergence.is_some(), reached.is_some());
            if let Some(divergence) = divergence {
                let expected = (side, Some(edge.1), reached.unwrap(), view(edge.2));
                prop_assert_eq!(found(&divergence), expected);
            }
        }
    }
}
