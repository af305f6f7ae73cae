//! The comparison of two labelled state graphs.
//!
//! Equal means: the same initial views, and the same steps (view, action, view after), leaving
//! out steps that change nothing. What equality does not prove is that either model is right
//! about the world.

use std::collections::{BTreeSet, HashMap, HashSet, VecDeque};

use tandem_models::value::StateView;

use crate::graph::Graph;

/// Where two graphs differ first: a shortest path both have, and what comes after it.
#[derive(Debug, Clone)]
pub struct Divergence {
    /// The initial state of the path; `None` if the initial states differ.
    pub start: Option<StateView>,
    /// The steps that both sides have.
    pub path: Vec<(String, StateView)>,
    /// The step (or initial state) that one side has and the other has not.
    pub only: Side,
    /// Its action; `None` for an initial state.
    pub action: Option<String>,
    /// The state it leads to.
    pub state: StateView,
    /// What the other side does instead under the same action in the same state (or its initial
    /// state): the nearest such state.
    pub instead: Option<StateView>,
    /// What the other side can do there: action names.
    pub others: Vec<String>,
}

/// A side of the comparison.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// The Rust model.
    Rust,
    /// The TLA+ spec.
    Tla,
}

impl Side {
    /// Its name in reports.
    pub fn name(self) -> &'static str {
        match self {
            Side::Rust => "rust",
            Side::Tla => "tla",
        }
    }
}

type Steps<'a> = BTreeSet<(&'a str, &'a StateView)>;

struct Sides<'a> {
    graphs: [&'a Graph; 2],
    index: [HashMap<&'a StateView, usize>; 2],
}

impl<'a> Sides<'a> {
    fn steps(&self, side: usize, view: &StateView) -> Steps<'a> {
        let graph = self.graphs[side];
        let Some(state) = self.index[side].get(view) else {
            return Steps::new();
        };
        graph.steps[*state]
            .iter()
            .map(|(action, to)| (&**action, &graph.states[*to]))
            .collect()
    }
}

/// The first difference between the two graphs, if they are not equal.
pub fn compare(rust: &Graph, tla: &Graph) -> Option<Divergence> {
    let sides = Sides {
        graphs: [rust, tla],
        index: [rust.index(), tla.index()],
    };
    let initial = |graph: &'_ Graph| -> BTreeSet<StateView> {
        graph
            .initial
            .iter()
            .map(|state| graph.states[*state].clone())
            .collect()
    };
    let (first, second) = (initial(rust), initial(tla));
    if let Some((only, state, other)) = only_one(&first, &second) {
        return Some(Divergence {
            start: None,
            path: Vec::new(),
            only,
            action: None,
            state: state.clone(),
            instead: nearest(state, other.iter()),
            others: Vec::new(),
        });
    }
    let mut reached: Vec<(&StateView, Option<(usize, &str)>)> = Vec::new();
    let mut seen: HashSet<&StateView> = HashSet::new();
    let mut queue: VecDeque<(&StateView, Option<(usize, &str)>)> = rust
        .initial
        .iter()
        .map(|state| (&rust.states[*state], None))
        .collect();
    while let Some((view, from)) = queue.pop_front() {
        if !seen.insert(view) {
            continue;
        }
        let here = reached.len();
        reached.push((view, from));
        let (mine, theirs) = (sides.steps(0, view), sides.steps(1, view));
        if let Some((only, (action, state), other)) = only_one(&mine, &theirs) {
            let under_it = other
                .iter()
                .filter(|(a, _)| *a == *action)
                .map(|(_, state)| *state);
            let (start, path) = way(&reached, here);
            return Some(Divergence {
                start: Some(start),
                path,
                only,
                action: Some((*action).to_owned()),
                state: (*state).clone(),
                instead: nearest(state, under_it),
                others: other
                    .iter()
                    .map(|(action, _)| (*action).to_owned())
                    .collect::<BTreeSet<_>>()
                    .into_iter()
                    .collect(),
            });
        }
        queue.extend(
            mine.into_iter()
                .map(|(action, next)| (next, Some((here, action)))),
        );
    }
    None
}

/// The first element that only one of two sets has, and the set that lacks it.
fn only_one<'s, T: Ord>(
    rust: &'s BTreeSet<T>,
    tla: &'s BTreeSet<T>,
) -> Option<(Side, &'s T, &'s BTreeSet<T>)> {
    let mine = rust
        .difference(tla)
        .next()
        .map(|only| (Side::Rust, only, tla));
    mine.or_else(|| {
        tla.difference(rust)
            .next()
            .map(|only| (Side::Tla, only, rust))
    })
}

/// The state with the fewest differing variables.
fn nearest<'s>(
    state: &StateView,
    candidates: impl Iterator<Item = &'s StateView>,
) -> Option<StateView> {
    let differing = |other: &StateView| {
        let missing = state
            .iter()
            .filter(|(name, value)| other.get(*name) != Some(*value))
            .count();
        missing
            + other
                .keys()
                .filter(|name| !state.contains_key(*name))
                .count()
    };
    candidates
        .min_by_key(|candidate| differing(candidate))
        .cloned()
}

fn way(
    reached: &[(&StateView, Option<(usize, &str)>)],
    to: usize,
) -> (StateView, Vec<(String, StateView)>) {
    let mut steps = Vec::new();
    let (mut view, mut from) = reached[to];
    while let Some((before, action)) = from {
        steps.push((action.to_owned(), view.clone()));
        (view, from) = reached[before];
    }
    steps.reverse();
    (view.clone(), steps)
}
