//! Compares two labelled state graphs.
//!
//! Two graphs are equal if they have the same initial views and the same steps (view, action, view
//! after), not counting steps that change nothing. Equality does not prove that either model describes
//! the real system correctly.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet, VecDeque};

use tandem_models::value::StateView;

use crate::graph::Graph;

/// The first difference between two graphs: a shortest path that both have, and the step after it that
/// differs.
#[derive(Debug, Clone)]
pub struct Divergence {
    /// The initial state of the path; `None` if the initial states differ.
    pub start: Option<StateView>,
    /// The steps that both sides have.
    pub path: Vec<(String, StateView)>,
    /// The side that has the step (or initial state). The other side does not have it.
    pub only: Side,
    /// Its action; `None` for an initial state.
    pub action: Option<String>,
    /// The state it leads to.
    pub state: StateView,
    /// The nearest state that the other side reaches instead with the same action from the same state
    /// (or its nearest initial state).
    pub instead: Option<StateView>,
    /// The names of the actions that the other side can take there.
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

/// One side of a comparison. Its states and steps are computed on demand. A state is a number, which
/// is the same for states with the same view.
pub trait Machine<'m> {
    /// The initial states.
    fn initial(&mut self) -> Vec<usize>;

    /// The steps of a state, each as the name of its action and the state after it, without those that
    /// change nothing.
    fn steps(&mut self, state: usize) -> Vec<(&'m str, usize)>;

    /// The view of a state.
    fn view(&self, state: usize) -> Cow<'m, StateView>;
}

impl<'g> Machine<'g> for &'g Graph {
    fn initial(&mut self) -> Vec<usize> {
        self.initial.iter().copied().collect()
    }

    fn steps(&mut self, state: usize) -> Vec<(&'g str, usize)> {
        let steps = self.steps[state].iter();
        steps.map(|(action, to)| (&**action, *to)).collect()
    }

    fn view(&self, state: usize) -> Cow<'g, StateView> {
        Cow::Borrowed(&self.states[state])
    }
}

/// The view of a state.
type Seen<'a> = Cow<'a, StateView>;

/// States of a side by a key that identifies them.
type States<K> = BTreeMap<K, usize>;

/// States of a side by the step that leads to them.
type Steps<'a> = States<(&'a str, Seen<'a>)>;

struct Sides<'a, M> {
    rust: M,
    tla: &'a Graph,
    index: HashMap<&'a StateView, usize>,
    /// For each visited state of the Rust side, the state of the other side with the same view.
    twins: HashMap<usize, Option<usize>>,
}

impl<'a, M: Machine<'a>> Sides<'a, M> {
    /// The state of the TLA+ side with the same view.
    fn twin(&mut self, state: usize) -> Option<usize> {
        let (rust, index) = (&self.rust, &self.index);
        let twin = || index.get(&*rust.view(state)).copied();
        *self.twins.entry(state).or_insert_with(twin)
    }

    /// The view of a Rust state. Computing it is expensive, so the view of the TLA+ state with the
    /// same view is used if there is one.
    fn seen(&mut self, state: usize) -> Seen<'a> {
        match self.twin(state) {
            Some(twin) => Cow::Borrowed(&self.tla.states[twin]),
            None => self.rust.view(state),
        }
    }

    fn initial(&mut self) -> (States<Seen<'a>>, States<Seen<'a>>) {
        let (mine, theirs) = (self.rust.initial().into_iter(), self.tla.initial.iter());
        let mine = mine.map(|state| (self.seen(state), state)).collect();
        let theirs = theirs.map(|state| (Cow::Borrowed(&self.tla.states[*state]), *state));
        (mine, theirs.collect())
    }

    /// The steps of a Rust state, and those of the TLA+ state with the same view.
    fn steps(&mut self, state: usize) -> (Steps<'a>, Steps<'a>) {
        let mine = self.rust.steps(state).into_iter();
        let mine = mine
            .map(|(action, to)| ((action, self.seen(to)), to))
            .collect();
        let theirs = self.twin(state).map(|twin| &self.tla.steps[twin]);
        let theirs = theirs.into_iter().flatten();
        let theirs = theirs.map(|(action, to)| {
            let seen = Cow::Borrowed(&self.tla.states[*to]);
            ((&**action, seen), *to)
        });
        (mine, theirs.collect())
    }
}

/// The first difference between a Rust model and the graph of a spec; `None` if they are equal.
pub fn compare<'a>(rust: impl Machine<'a>, tla: &'a Graph) -> Option<Divergence> {
    let mut sides = Sides {
        rust,
        tla,
        index: tla.index(),
        twins: HashMap::new(),
    };
    let (first, second) = sides.initial();
    if let Some((only, state, other)) = only_one(&first, &second) {
        return Some(Divergence {
            start: None,
            path: Vec::new(),
            only,
            action: None,
            state: state.clone().into_owned(),
            instead: nearest(state, other.keys().map(|state| &**state)),
            others: Vec::new(),
        });
    }
    let mut reached: Vec<Reached<'_>> = Vec::new();
    let mut met: HashSet<usize> = HashSet::new();
    let mut queue: VecDeque<Reached<'_>> = first.into_values().map(|state| (state, None)).collect();
    while let Some((state, from)) = queue.pop_front() {
        if !met.insert(state) {
            continue;
        }
        let here = reached.len();
        reached.push((state, from));
        let (mine, theirs) = sides.steps(state);
        if let Some((only, (action, state), other)) = only_one(&mine, &theirs) {
            let under_it = other.keys().filter(|(a, _)| a == action);
            let under_it = under_it.map(|(_, state)| &**state);
            let others: BTreeSet<&str> = other.keys().map(|(action, _)| *action).collect();
            let (start, path) = way(&mut sides, &reached, here);
            return Some(Divergence {
                start: Some(start),
                path,
                only,
                action: Some((*action).to_owned()),
                state: state.clone().into_owned(),
                instead: nearest(state, under_it),
                others: others.into_iter().map(str::to_owned).collect(),
            });
        }
        let next = mine.into_iter();
        queue.extend(next.map(|((action, _), next)| (next, Some((here, action)))));
    }
    None
}

/// The first key that only one side has, and the side that does not have it.
fn only_one<'s, K: Ord>(
    rust: &'s States<K>,
    tla: &'s States<K>,
) -> Option<(Side, &'s K, &'s States<K>)> {
    let first =
        |one: &'s States<K>, other: &States<K>| one.keys().find(|key| !other.contains_key(*key));
    let mine = first(rust, tla).map(|only| (Side::Rust, only, tla));
    mine.or_else(|| first(tla, rust).map(|only| (Side::Tla, only, rust)))
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

/// A state of the Rust side, with the state and the action from which it was reached.
type Reached<'a> = (usize, Option<(usize, &'a str)>);

fn way<'a>(
    sides: &mut Sides<'a, impl Machine<'a>>,
    reached: &[Reached<'a>],
    to: usize,
) -> (StateView, Vec<(String, StateView)>) {
    let mut steps = Vec::new();
    let (mut state, mut from) = reached[to];
    while let Some((before, action)) = from {
        steps.push((action.to_owned(), sides.seen(state).into_owned()));
        (state, from) = reached[before];
    }
    steps.reverse();
    (sides.seen(state).into_owned(), steps)
}
