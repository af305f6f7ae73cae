//! The definition of liveness, implemented as simply as possible: what makes a behaviour a
//! counterexample, and whether there is one, by trying all.

use std::collections::BTreeSet;

use tandem_runner::search::Node;
use tandem_runner::search::liveness::{Fairness, Formula, Lasso, Strength};

use super::case::{Case, States};

type Pair = (Node, Node);

/// A behaviour as its states: those up to the first of the cycle, and those after it, the last of
/// which is that one again; none of the latter if the behaviour ends.
pub(crate) struct Behaviour {
    pub(crate) stem: Vec<Node>,
    pub(crate) cycle: Vec<Node>,
}

impl Behaviour {
    /// What a lasso goes through; each of its steps must be one of the graph with that label.
    pub(crate) fn of(case: &Case, lasso: &Lasso) -> Self {
        let (mut stem, mut cycle) = (vec![lasso.start], Vec::new());
        let mut at = lasso.start;
        for step in lasso.stem.iter().chain(&lasso.cycle) {
            assert!(case.edges.contains(&(at, step.label, step.to)), "{step:?}");
            at = step.to;
        }
        stem.extend(lasso.stem.iter().map(|step| step.to));
        cycle.extend(lasso.cycle.iter().map(|step| step.to));
        Behaviour { stem, cycle }
    }
}

/// Why a behaviour is no counterexample, if it is none.
pub(crate) fn refuted(case: &Case, behaviour: &Behaviour) -> Option<&'static str> {
    let Behaviour { stem, cycle } = behaviour;
    let entry = *stem.last().expect("a state");
    let all: Vec<_> = stem.iter().chain(cycle).copied().collect();
    let repeated: States = [entry].into_iter().chain(cycle.iter().copied()).collect();
    let pairs = |states: &[Node]| -> BTreeSet<Pair> {
        states.windows(2).map(|pair| (pair[0], pair[1])).collect()
    };
    let taken = pairs(&all[stem.len() - 1..]);
    if !case.initial.contains(&stem[0]) {
        Some("it does not start in an initial state")
    } else if !pairs(&all)
        .iter()
        .all(|pair| steps(case, *pair).next().is_some())
    {
        Some("it is not a path of the graph")
    } else if cycle.last().is_some_and(|last| *last != entry) {
        Some("its cycle is open")
    } else if !case
        .fairness
        .iter()
        .all(|one| fair(case, one, &repeated, &taken))
    {
        Some("it is not fair")
    } else if satisfied(&case.formula, stem, cycle) {
        Some("it satisfies the formula")
    } else {
        None
    }
}

/// The labels of the steps from the one state to the other.
fn steps(case: &Case, (from, to): Pair) -> impl Iterator<Item = u16> {
    let edges = case
        .edges
        .iter()
        .filter(move |edge| (edge.0, edge.2) == (from, to));
    edges.map(|edge| edge.1)
}

/// Whether a behaviour that repeats these states and pairs of states satisfies a condition.
fn fair(case: &Case, fairness: &Fairness, states: &States, taken: &BTreeSet<Pair>) -> bool {
    let changes = |pair: Pair| {
        pair.0 != pair.1 && steps(case, pair).any(|label| fairness.labels.contains(&label))
    };
    let enabled = |from: &Node| (0..).take(case.states).any(|to| changes((*from, to)));
    let possible = match fairness.strength {
        Strength::Weak => states.iter().all(enabled),
        Strength::Strong => states.iter().any(enabled),
    };
    !possible || taken.iter().any(|pair| changes(*pair))
}

/// Whether the endless sequence of states satisfies the formula.
fn satisfied(formula: &Formula<States>, stem: &[Node], cycle: &[Node]) -> bool {
    let end = if cycle.is_empty() {
        &stem[stem.len() - 1..]
    } else {
        cycle
    };
    let has = |states: &[Node], p: &States| states.iter().any(|state| p.contains(state));
    match formula {
        Formula::Eventually(p) => has(stem, p) || has(end, p),
        Formula::AlwaysEventually(p) => has(end, p),
        Formula::EventuallyAlways(p) => end.iter().all(|state| p.contains(state)),
        Formula::LeadsTo(p, q) => {
            let mut rests = (0..stem.len()).map(|place| &stem[place..]);
            let answered = |rest: &[Node]| !p.contains(&rest[0]) || has(rest, q);
            has(end, q) || (rests.all(answered) && !has(end, p))
        }
    }
}

/// The length of the shortest stem of a counterexample, where the stem of one to `P ~> Q` has the
/// state with P; none if there is no counterexample.
pub(crate) fn shortest_stem(case: &Case) -> Option<usize> {
    let entries = entries(case);
    // The last states of all paths of one length, and whether the formula is still owed something there.
    let starts = case.initial.iter();
    let mut level: BTreeSet<_> = starts
        .map(|start| (*start, owes(case, &[*start])))
        .collect();
    for length in 0..=2 * case.states {
        if level
            .iter()
            .any(|(end, owes)| *owes && entries.contains(end))
        {
            return Some(length);
        }
        let next = |(end, owes): (Node, bool)| {
            let edges = case.edges.iter().filter(move |edge| edge.0 == end);
            edges.map(move |edge| (edge.2, still_owes(case, owes, edge.2)))
        };
        level = level.into_iter().flat_map(next).collect();
    }
    None
}

/// Whether after these states, the first of a behaviour, something is still to happen that the
/// formula demands.
pub(crate) fn owes(case: &Case, states: &[Node]) -> bool {
    let at_first = !matches!(case.formula, Formula::LeadsTo(..));
    let next = |owes, state: &Node| still_owes(case, owes, *state);
    states.iter().fold(at_first, next)
}

fn still_owes(case: &Case, before: bool, state: Node) -> bool {
    match &case.formula {
        Formula::Eventually(p) => before && !p.contains(&state),
        Formula::LeadsTo(p, q) => (before || p.contains(&state)) && !q.contains(&state),
        Formula::AlwaysEventually(_) | Formula::EventuallyAlways(_) => true,
    }
}

/// The states of all the sets that a fair behaviour can repeat without what the formula demands.
fn entries(case: &Case) -> States {
    let pairs: BTreeSet<Pair> = case.edges.iter().map(|edge| (edge.0, edge.2)).collect();
    let pairs: Vec<Pair> = pairs.into_iter().filter(|pair| pair.0 != pair.1).collect();
    let cycles = (1_u32..1 << pairs.len()).map(|subset| {
        let chosen = pairs
            .iter()
            .zip(0..)
            .filter(|(_, bit)| subset >> bit & 1 == 1);
        chosen.map(|(pair, _)| *pair).collect::<BTreeSet<Pair>>()
    });
    let cycles = cycles
        .filter(strongly_connected)
        .map(|taken| (states_of(&taken), taken));
    let ends = (0..)
        .take(case.states)
        .map(|state| (States::from([state]), BTreeSet::new()));
    let without = |states: &States| match &case.formula {
        Formula::Eventually(p) | Formula::AlwaysEventually(p) => states.is_disjoint(p),
        Formula::EventuallyAlways(p) => !states.is_subset(p),
        Formula::LeadsTo(_, q) => states.is_disjoint(q),
    };
    cycles
        .chain(ends)
        .filter(|(states, _)| without(states))
        .filter(|(states, taken)| {
            case.fairness
                .iter()
                .all(|one| fair(case, one, states, taken))
        })
        .flat_map(|(states, _)| states)
        .collect()
}

fn states_of(pairs: &BTreeSet<Pair>) -> States {
    pairs.iter().flat_map(|pair| [pair.0, pair.1]).collect()
}

fn strongly_connected(pairs: &BTreeSet<Pair>) -> bool {
    let all = states_of(pairs);
    let reaches_all = |start: &Node| {
        let mut reached = States::from([*start]);
        for _ in &all {
            let next = pairs.iter().filter(|pair| reached.contains(&pair.0));
            let next: Vec<Node> = next.map(|pair| pair.1).collect();
            reached.extend(next);
        }
        reached == all
    };
    all.iter().all(reaches_all)
}
