//! Random graphs: the verdict and the length of the stem are those of the naive reference, and a
//! lasso is always a counterexample.

use proptest::prelude::*;
use proptest::sample::subsequence;
use tandem_runner::search::Node;
use tandem_runner::search::liveness::{Fairness, Formula, Strength};

use super::case::{Case, States};
use super::naive::{Behaviour, owes, refuted, shortest_stem};

/// How large a random case is at most.
#[derive(Clone, Copy)]
pub(crate) struct Size {
    pub(crate) states: Node,
    pub(crate) edges: usize,
    pub(crate) labels: u16,
}

/// Small enough for the reference.
pub(crate) const SMALL: Size = Size {
    states: 5,
    edges: 9,
    labels: 3,
};

const LARGER: Size = Size {
    states: 40,
    edges: 90,
    labels: 6,
};

pub(crate) fn cases(size: Size) -> impl Strategy<Value = Case> {
    (1..=size.states).prop_flat_map(move |states| {
        let all: Vec<Node> = (0..states).collect();
        let edge = (0..states, 0..size.labels, 0..states);
        let edges = prop::collection::vec(edge, states as usize..=size.edges);
        let initial = subsequence(all.clone(), 1..=all.len().min(2));
        let fairness = prop::collection::vec(fairness(size.labels), 0..=usize::from(size.labels));
        (edges, initial, formulas(all), fairness).prop_map(
            move |(edges, initial, formula, fairness)| Case {
                states: states as usize,
                edges,
                initial,
                formula,
                fairness,
                names: (b'A'..)
                    .take(size.labels.into())
                    .map(|name| char::from(name).into())
                    .collect(),
            },
        )
    })
}

fn fairness(labels: u16) -> impl Strategy<Value = Fairness> {
    let strength = prop_oneof![Just(Strength::Weak), Just(Strength::Strong)];
    let labels = subsequence((0..labels).collect::<Vec<_>>(), 1..=2);
    (strength, labels).prop_map(|(strength, labels)| Fairness {
        strength,
        labels: labels.into_iter().collect(),
    })
}

fn formulas(all: Vec<Node>) -> impl Strategy<Value = Formula<States>> {
    let count = all.len();
    let set = move || {
        let states = subsequence(all.clone(), 0..=count);
        states.prop_map(|states| states.into_iter().collect::<States>())
    };
    prop_oneof![
        set().prop_map(Formula::Eventually),
        set().prop_map(Formula::AlwaysEventually),
        set().prop_map(Formula::EventuallyAlways),
        (set(), set()).prop_map(|(p, q)| Formula::LeadsTo(p, q)),
    ]
}

/// Checks a lasso of ours.
pub(crate) fn assert_counterexample(case: &Case) {
    if let Some(lasso) = case.violation() {
        let behaviour = Behaviour::of(case, &lasso);
        let drawn = case.draw_lasso(&lasso);
        assert_eq!(refuted(case, &behaviour), None, "{case:?} gives {drawn}");
        assert!(owes(case, &behaviour.stem), "{case:?} gives {drawn}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(20_000))]

    #[test]
    fn verdict_and_stem_are_those_of_the_reference(case in cases(SMALL)) {
        let stem = case.violation().map(|lasso| lasso.stem.len());
        prop_assert_eq!(stem, shortest_stem(&case));
        assert_counterexample(&case);
    }

    #[test]
    fn a_lasso_in_a_larger_graph_is_a_counterexample(case in cases(LARGER)) {
        assert_counterexample(&case);
    }
}
