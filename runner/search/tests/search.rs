//! The engine over any model: the same states as a naive search, numbered the same on any number of
//! threads, with shortest paths and honest limits.

mod graph_model;

use std::collections::{HashMap, VecDeque};

use graph_model::{Graph, graphs};
use proptest::prelude::*;
use stateright::{Model, Property};
use tandem_search::cancel::Cancel;
use tandem_search::fingerprint::{Audited, Fingerprints, collision_probability};
use tandem_search::limits::{CutOff, Limits, Run};
use tandem_search::plain::{Double, Exact, Identity, Plain};
use tandem_search::space::Watch;
use tandem_search::{Action, Explored, Keep, Node, search, search_telling};

/// The distance of every reachable state, in the order in which they are met.
fn naive(graph: &Graph) -> (Vec<usize>, HashMap<usize, usize>) {
    let (mut order, mut depth, mut queue) = (Vec::new(), HashMap::new(), VecDeque::new());
    for state in &graph.initial {
        if depth.insert(*state, 1).is_none() {
            order.push(*state);
            queue.push_back(*state);
        }
    }
    while let Some(state) = queue.pop_front() {
        for after in &graph.steps[state] {
            if !depth.contains_key(after) {
                depth.insert(*after, depth[&state] + 1);
                order.push(*after);
                queue.push_back(*after);
            }
        }
    }
    (order, depth)
}

fn all_of<I: Identity<usize>>(found: &Explored<Plain<'_, Graph, I>>) -> Vec<usize> {
    let states = (0..found.states()).map(|node| found.node(node));
    states.map(Result::unwrap).collect()
}

fn agrees<I: Identity<usize>>(
    graph: &Graph,
    identity: I,
    threads: usize,
) -> Result<(), TestCaseError> {
    let space = Plain::new(graph, identity);
    let cancel = Cancel::new();
    let run = Run {
        threads,
        ..Run::new(&Limits::NONE, &cancel)
    };
    let mut told = Vec::new();
    let found = search_telling(space, Keep::Graph, &run, &mut |found, place| {
        let node = found.decided[place];
        told.push((
            place,
            node,
            node.map(|node| (found.depth(node), found.path(node))),
        ));
    });
    let at_the_end = |(place, node): (usize, Option<Node>)| {
        let way = node.map(|node| (found.depth(node), found.path(node)));
        node.map(|node| (place, Some(node), way))
    };
    let decided = found.decided.iter().copied().enumerate();
    prop_assert_eq!(told, decided.filter_map(at_the_end).collect::<Vec<_>>());
    let (order, depth) = naive(graph);
    prop_assert_eq!(all_of(&found), &order[..]);
    prop_assert_eq!(found.cut_off, None);
    for (node, state) in (0..).zip(&order) {
        prop_assert_eq!(found.depth(node), depth[state]);
        let steps: Vec<_> = found
            .transitions
            .of(node)
            .map(|step| order[step.to as usize])
            .collect();
        prop_assert_eq!(&steps, &graph.steps[*state]);
        let path = found.path(node).unwrap();
        prop_assert_eq!(path.steps.len() + 1, depth[state]);
        let mut at = path.start;
        for (action, after) in path.steps {
            prop_assert_eq!(graph.steps[at][action], after);
            at = after;
        }
        prop_assert_eq!(at, *state);
    }
    let bad = order.iter().position(|state| *state == graph.bad);
    let bad = bad.map(|place| Node::try_from(place).unwrap());
    prop_assert_eq!(&found.decided, &[bad, bad]);
    Ok(())
}

proptest! {
    #[test]
    fn every_identity_and_any_number_of_threads_see_what_a_naive_search_sees(graph in graphs(1..60, 0..5)) {
        for threads in [1, 2, 3] {
            agrees(&graph, Fingerprints::default(), threads)?;
            agrees(&graph, Double::wide(), threads)?;
            agrees(&graph, Exact::new(), threads)?;
        }
    }
}

/// Counters that only go up: (n + 1)^k states, wide levels, many ways to each state.
struct Counters {
    counters: usize,
    top: u8,
}

impl Model for Counters {
    type State = Vec<u8>;
    type Action = usize;

    fn init_states(&self) -> Vec<Vec<u8>> {
        vec![vec![0; self.counters]]
    }

    fn actions(&self, state: &Vec<u8>, actions: &mut Vec<usize>) {
        actions.extend((0..state.len()).filter(|counter| state[*counter] < self.top));
    }

    fn next_state(&self, state: &Vec<u8>, counter: usize) -> Option<Vec<u8>> {
        let mut after = state.clone();
        after[counter] += 1;
        Some(after)
    }

    fn properties(&self) -> Vec<Property<Self>> {
        vec![Property::always("low", |_, state: &Vec<u8>| {
            state.iter().map(|counter| u32::from(*counter)).sum::<u32>() < 30
        })]
    }
}

#[test]
fn large_levels_are_numbered_the_same_on_any_number_of_threads() {
    // Levels of several batches, on four threads too: what one has met is met again in the next.
    let model = Counters {
        counters: 6,
        top: 8,
    };
    let cancel = Cancel::new();
    let of = |threads: usize| {
        let space = Plain::new(&model, Fingerprints::default());
        let run = Run {
            threads,
            ..Run::new(&Limits::NONE, &cancel)
        };
        let found = search(space, Keep::Graph, &run);
        let keys: Vec<u64> = (0..found.states()).map(|node| found.key(node)).collect();
        (keys, found.transitions, found.decided, found.generated)
    };
    let one = of(1);
    assert_eq!(one.0.len(), 9_usize.pow(6));
    assert_eq!(one.3, 6 * 8 * 9_u64.pow(5));
    for threads in [2, 4] {
        assert!(of(threads) == one, "{threads} threads");
    }
}

fn counted<'m>(
    model: &'m Counters,
    limits: &Limits,
    threads: usize,
) -> Explored<Plain<'m, Counters, Fingerprints>> {
    let space = Plain::new(model, Fingerprints::default());
    let cancel = Cancel::new();
    let run = Run {
        threads,
        ..Run::new(limits, &cancel)
    };
    search(space, Keep::Graph, &run)
}

fn limited(limits: &Limits, threads: usize) -> (usize, usize, u64, Option<CutOff>) {
    let model = Counters {
        counters: 4,
        top: 9,
    };
    let found = counted(&model, limits, threads);
    (
        found.states() as usize,
        found.levels().len(),
        found.transitions.len() as u64,
        found.cut_off,
    )
}

#[test]
fn a_limit_of_states_is_kept_exactly_and_said() {
    let limits = Limits {
        max_states: Some(5_000),
        ..Limits::NONE
    };
    let one = limited(&limits, 1);
    assert_eq!((one.0, one.3), (5_000, Some(CutOff::States(5_000))));
    for threads in [2, 3, 4] {
        assert_eq!(limited(&limits, threads), one, "{threads} threads");
    }
}

#[test]
fn a_limit_of_states_ends_with_the_first_state_that_leads_beyond() {
    // Levels of up to 6,000 states: large enough for several threads.
    let model = Counters {
        counters: 5,
        top: 9,
    };
    let all = counted(&model, &Limits::NONE, 1);
    let max: Node = 70_001;
    let beyond = |state: &Node| all.transitions.of(*state).any(|step| step.to >= max);
    let last = (0..max).find(beyond).expect("there are more states");
    let steps: Vec<_> = (0..last)
        .flat_map(|state| all.transitions.of(state))
        .collect();
    let limits = Limits {
        max_states: Some(max as usize),
        ..Limits::NONE
    };
    // Nobody is as good as one.
    for threads in 0..=4 {
        let found = counted(&model, &limits, threads);
        assert_eq!(found.states(), max, "{threads} threads");
        assert_eq!(found.expanded(), last as usize, "{threads} threads");
        let found_steps = (0..last).flat_map(|state| found.transitions.of(state));
        assert!(found_steps.eq(steps.iter().copied()), "{threads} threads");
        assert_eq!(found.generated, steps.len() as u64, "{threads} threads");
    }
}

#[test]
fn a_limit_that_is_just_enough_is_none() {
    let limits = Limits {
        max_states: Some(10_000),
        max_depth: Some(37),
        ..Limits::NONE
    };
    assert_eq!(limited(&limits, 1), (10_000, 37, 36_000, None));
}

#[test]
fn a_limit_of_depth_keeps_whole_levels_and_the_steps_among_them() {
    let limits = Limits {
        max_depth: Some(3),
        ..Limits::NONE
    };
    // Four counters: 1, 4 and 10 states; the last level leads on.
    assert_eq!(limited(&limits, 1), (15, 3, 4 + 16, Some(CutOff::Depth(3))));
}

#[test]
fn time_memory_and_the_user_stop_a_search() {
    let cancel = Cancel::new();
    let model = Counters {
        counters: 6,
        top: 9,
    };
    let stop = |limits: &Limits| {
        let space = Plain::new(&model, Fingerprints::default());
        search(space, Keep::Paths, &Run::new(limits, &cancel)).cut_off
    };
    let none = std::time::Duration::ZERO;
    assert_eq!(
        stop(&Limits {
            time_limit: Some(none),
            ..Limits::NONE
        }),
        Some(CutOff::Time(none))
    );
    assert_eq!(
        stop(&Limits {
            memory_limit: Some(1),
            ..Limits::NONE
        }),
        Some(CutOff::Memory(1))
    );
    // What is needed afterwards counts as well.
    let memory = Limits {
        memory_limit: Some(1 << 40),
        ..Limits::NONE
    };
    let reached = |to_come| memory.reached(std::time::Instant::now(), &cancel, to_come);
    assert_eq!(reached(0), None);
    assert_eq!(reached(1 << 40), Some(CutOff::Memory(1 << 40)));
    cancel.cancel();
    assert_eq!(stop(&Limits::NONE), Some(CutOff::Interrupted));
}

/// A star: so many states, all one step from the first.
struct Star(u32);

impl Model for Star {
    type State = u32;
    type Action = u32;

    fn init_states(&self) -> Vec<u32> {
        vec![0]
    }

    fn actions(&self, state: &u32, actions: &mut Vec<u32>) {
        if *state == 0 {
            actions.extend(1..self.0);
        }
    }

    fn next_state(&self, _: &u32, action: u32) -> Option<u32> {
        Some(action)
    }

    fn properties(&self) -> Vec<Property<Self>> {
        Vec::new()
    }
}

fn audit(states: u32, bits: u32, seed: u64) -> (u32, u64) {
    let model = Star(states);
    let space = Plain::new(
        &model,
        Double::<Audited>::audited(Fingerprints::narrow(bits, seed)),
    )
    .named(|_| Action {
        name: "Go".to_owned(),
        slot: None,
    });
    let cancel = Cancel::new();
    let found = search(space, Keep::Paths, &Run::new(&Limits::NONE, &cancel));
    (found.states(), found.collisions)
}

#[test]
fn six_bits_collide_as_often_as_the_printed_probability_says() {
    // Every state lost is one collision: the star visits each state once.
    let seeds = 0..2_000_u64;
    let (states, bits) = (9, 6);
    let runs = seeds
        .map(|seed| audit(states, bits, seed))
        .inspect(|(seen, collisions)| {
            assert_eq!(u64::from(*seen) + collisions, u64::from(states));
        });
    let collided = runs.filter(|(_, collisions)| *collisions > 0).count();
    let expected = collision_probability(states as usize, bits);
    let rate = collided as f64 / 2_000.0;
    // Four standard deviations of 2,000 throws.
    assert!(
        (rate - expected).abs() < 0.045,
        "{rate} where {expected} was printed"
    );
}

#[test]
fn sixty_four_bits_have_no_collision_to_show_and_a_small_probability() {
    assert_eq!(audit(100_000, 64, 0), (100_000, 0));
    let probability = collision_probability(1_000_000, 64);
    assert!((2e-8..3e-8).contains(&probability), "{probability}");
    assert_eq!(collision_probability(1, 64), 0.0);
}

#[test]
fn a_summary_says_how_sure_it_is() {
    let (model, cancel) = (Star(1_000), Cancel::new());
    let run = Run::new(&Limits::NONE, &cancel);
    let hashed = search(
        Plain::new(&model, Fingerprints::default()),
        Keep::Paths,
        &run,
    );
    let said = "told apart by 64 bits: two were taken for one with probability 2.7e-14";
    assert_eq!(
        hashed.summary(),
        format!("1000 states, 999 steps, depth 2; states {said}")
    );
    let wide = search(Plain::new(&model, Double::wide()), Keep::Paths, &run);
    assert!(wide.summary().contains("128 bits"), "{}", wide.summary());
    let exact = search(Plain::new(&model, Exact::new()), Keep::Paths, &run);
    assert!(exact.summary().ends_with("states told apart exactly"));
    assert_eq!(exact.collision_probability(), 0.0);
}

#[test]
#[should_panic(expected = "a space may ask 64 predicates, not 65")]
fn more_predicates_than_there_are_bits_are_refused() {
    let model = Star(2);
    let plain = Plain::new(&model, Fingerprints::default());
    let asked = (0..65).fold(plain, |plain, _| {
        plain.asked("never", Watch::True, |_, _| false)
    });
    search(asked, Keep::Paths, &Run::new(&Limits::NONE, &Cancel::new()));
}
