//! Any model up to the symmetry that its representatives declare: one state for each orbit, the steps
//! of the whole graph, its verdicts, and paths of the model itself.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::mem::discriminant;

use stateright::{Model, Representative};
use tandem_search::cancel::Cancel;
use tandem_search::fingerprint::Fingerprints;
use tandem_search::limits::{Limits, Run};
use tandem_search::plain::{Double, Exact, Identity, Plain, Searchable};
use tandem_search::{Explored, Keep, search};

mod published;

use published::increment::Increment;
use published::increment_lock::IncrementLock;
use published::two_phase_commit::{State, TwoPhaseCommit};

fn explored<M, I>(space: Plain<'_, M, I>, threads: usize) -> Explored<Plain<'_, M, I>>
where
    M: Searchable,
    I: Identity<M::State>,
{
    let cancel = Cancel::new();
    let run = Run {
        threads,
        ..Run::new(&Limits::NONE, &cancel)
    };
    search(space, Keep::Graph, &run)
}

/// Every state, in the order of the search.
fn states<M, I>(found: &Explored<Plain<'_, M, I>>) -> Vec<M::State>
where
    M: Searchable,
    I: Identity<M::State>,
{
    let states = (0..found.states()).map(|node| found.node(node));
    states.map(Result::unwrap).collect()
}

fn permutations(of: usize) -> Vec<Vec<usize>> {
    let Some(last) = of.checked_sub(1) else {
        return vec![Vec::new()];
    };
    let insert = |shorter: Vec<usize>| {
        (0..of).map(move |place| {
            let mut longer = shorter.clone();
            longer.insert(place, last);
            longer
        })
    };
    permutations(last).into_iter().flat_map(insert).collect()
}

/// The number of the orbit of every state: by trying all permutations, without representatives.
fn orbits(states: &[State], participants: usize) -> HashMap<State, usize> {
    let permutations = permutations(participants);
    let (mut orbit_of, mut orbits) = (HashMap::new(), 0);
    for state in states {
        if !orbit_of.contains_key(state) {
            for order in &permutations {
                orbit_of.insert(state.permuted(order), orbits);
            }
            orbits += 1;
        }
    }
    orbit_of
}

fn distinct(orbit_of: &HashMap<State, usize>) -> usize {
    orbit_of.values().collect::<HashSet<_>>().len()
}

#[test]
fn there_is_one_state_for_each_orbit_whatever_tells_states_apart() {
    for participants in [3, 5] {
        let model = TwoPhaseCommit { participants };
        let whole = states(&explored(Plain::new(&model, Exact::new()), 1));
        let orbit_of = orbits(&whole, participants);
        let count = distinct(&orbit_of);
        assert!(count * 3 < whole.len(), "{count} of {}", whole.len());
        let one_of_each = |part: Vec<State>| {
            let met: HashSet<_> = part.iter().map(|state| orbit_of[state]).collect();
            assert_eq!((part.len(), met.len()), (count, count), "{participants}");
        };
        for threads in [1, 3] {
            let exact = Plain::new(&model, Exact::new()).symmetric(State::in_order);
            one_of_each(states(&explored(exact, threads)));
            let narrow = Plain::new(&model, Fingerprints::default());
            one_of_each(states(&explored(
                narrow.symmetric(State::in_order),
                threads,
            )));
            let wide = Plain::new(&model, Double::wide()).symmetric(State::in_order);
            one_of_each(states(&explored(wide, threads)));
        }
    }
}

type Steps = BTreeSet<(usize, String, usize)>;

/// The steps between orbits, by what kind of action takes them.
fn steps_of_orbits<I: Identity<State>>(
    model: &TwoPhaseCommit,
    found: &Explored<Plain<'_, TwoPhaseCommit, I>>,
    orbit_of: &HashMap<State, usize>,
) -> Steps {
    let mut steps = Steps::new();
    let states = states(found);
    for (from, step) in found.transitions.iter() {
        let state = &states[from as usize];
        let mut actions = Vec::new();
        model.actions(state, &mut actions);
        let kind = format!("{:?}", discriminant(&actions[usize::from(step.label)]));
        steps.insert((orbit_of[state], kind, orbit_of[&states[step.to as usize]]));
    }
    steps
}

#[test]
fn the_steps_between_orbits_are_those_of_the_whole_graph() {
    let model = TwoPhaseCommit { participants: 3 };
    let whole = explored(Plain::new(&model, Exact::new()), 1);
    let orbit_of = orbits(&states(&whole), 3);
    let part = explored(
        Plain::new(&model, Exact::new()).symmetric(State::in_order),
        1,
    );
    let (part, whole) = (
        steps_of_orbits(&model, &part, &orbit_of),
        steps_of_orbits(&model, &whole, &orbit_of),
    );
    assert!(whole.len() > 100, "{}", whole.len());
    assert_eq!(part, whole);
}

/// What settles each property, as the length of the shortest path to it; and the paths themselves,
/// which must be some of the model.
fn settled<M, I>(model: &M, space: Plain<'_, M, I>, threads: usize) -> Vec<Option<usize>>
where
    M: Searchable,
    M::Action: Clone,
    I: Identity<M::State>,
{
    let found = explored(space, threads);
    for node in 0..found.states() {
        let path = found.path(node).unwrap();
        assert!(model.init_states().contains(&path.start));
        let mut at = path.start;
        assert_eq!(path.steps.len() + 1, found.depth(node));
        for (action, after) in path.steps {
            assert_eq!(model.next_state(&at, action).as_ref(), Some(&after));
            at = after;
        }
        assert_eq!(at, found.node(node).unwrap());
    }
    let decided = found.decided.iter();
    let length = |node: &Option<_>| node.map(|node| found.depth(node));
    decided.map(length).collect()
}

/// Up to symmetry there are so many states, and nothing is settled otherwise or by longer paths.
#[track_caller]
fn agrees<M>(
    model: &M,
    representative: fn(&M::State) -> M::State,
    counts: std::ops::RangeInclusive<u32>,
) where
    M: Searchable,
    M::Action: Clone,
{
    let symmetric = || Plain::new(model, Fingerprints::default()).symmetric(representative);
    let whole = settled(model, Plain::new(model, Fingerprints::default()), 1);
    let one = explored(symmetric(), 1);
    assert!(counts.contains(&one.states()), "{} states", one.states());
    for threads in [1, 3] {
        assert_eq!(settled(model, symmetric(), threads), whole);
        assert_eq!(states(&explored(symmetric(), threads)), states(&one));
    }
}

#[test]
fn verdicts_are_those_of_the_whole_graph_and_paths_are_real() {
    agrees(
        &Increment { threads: 2 },
        Representative::representative,
        8..=8,
    );
    agrees(
        &Increment { threads: 3 },
        Representative::representative,
        1..=83,
    );
    agrees(
        &IncrementLock { threads: 3 },
        Representative::representative,
        13..=13,
    );
    agrees(
        &TwoPhaseCommit { participants: 3 },
        State::in_order,
        80..=80,
    );
}

#[test]
fn a_representative_that_is_not_one_for_each_orbit_costs_states_and_nothing_else() {
    let model = TwoPhaseCommit { participants: 3 };
    agrees(&model, Representative::representative, 81..=287);
}
