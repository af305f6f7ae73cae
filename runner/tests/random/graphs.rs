//! Walks on graphs small enough to know what they must meet.

use std::collections::HashSet;

use proptest::prelude::*;
use tandem_runner::cancel::Cancel;
use tandem_runner::limits::{CutOff, Limits, Run};
use tandem_runner::search::plain::{Exact, Plain};
use tandem_runner::search::random::{self, Plan, Walked, Way};
use tandem_runner::search::space::Space;

use super::SEED;
use super::graph_model::{Graph, graphs};
use super::office::Office;

impl Graph {
    fn reachable(&self) -> HashSet<usize> {
        let mut known: HashSet<usize> = self.initial.iter().copied().collect();
        let mut open = self.initial.clone();
        while let Some(state) = open.pop() {
            for after in &self.steps[state] {
                if known.insert(*after) {
                    open.push(*after);
                }
            }
        }
        known
    }

    fn walked(
        &self,
        limits: &Limits,
        threads: usize,
        (walks, steps): (u64, usize),
    ) -> (Walked<Plain<'_, Graph, Exact<usize>>>, Vec<usize>) {
        let space = Plain::new(self, Exact::new());
        let cancel = Cancel::new();
        let run = Run {
            threads,
            ..Run::new(limits, &cancel)
        };
        let plan = Plan::new(&space, SEED, walks, steps);
        let found = random::walk(&space, &plan, &run);
        let met = found.met.iter().map(|key| space.restore(*key));
        let met = met.map(|state| state.expect("every state is kept"));
        let met = met.collect();
        (found, met)
    }
}

fn is_a_way_to_the_bad_state(graph: &Graph, way: &Way<usize>) -> Result<(), TestCaseError> {
    prop_assert!(graph.initial.contains(&way.start));
    let mut at = way.start;
    for (place, after) in &way.steps {
        prop_assert_ne!(at, graph.bad);
        prop_assert_eq!(graph.steps[at][usize::from(*place)], *after);
        at = *after;
    }
    prop_assert_eq!(at, graph.bad);
    Ok(())
}

proptest! {
    #[test]
    fn walks_meet_only_what_is_there_and_report_only_real_paths(graph in graphs(1..40, 0..4)) {
        let (found, met) = graph.walked(&Limits::NONE, 1, (100, 50));
        let reachable = graph.reachable();
        prop_assert!(met.iter().all(|state| reachable.contains(state)));
        prop_assert_eq!(met.iter().collect::<HashSet<_>>().len(), met.len());
        match &found.decided[0] {
            Some(sighting) => {
                is_a_way_to_the_bad_state(&graph, &sighting.way)?;
                prop_assert_eq!(sighting.walk + 1, found.walks);
                prop_assert_eq!(met.iter().filter(|state| **state == graph.bad).count(), 1);
            }
            None => {
                prop_assert_eq!(found.walks, 100);
                prop_assert!(!met.contains(&graph.bad));
            }
        }
        let (other, again) = graph.walked(&Limits::NONE, 3, (100, 50));
        prop_assert_eq!(again, met);
        prop_assert_eq!(other.decided, found.decided);
        prop_assert_eq!((other.walks, other.steps), (found.walks, found.steps));
    }
}

/// A line of states, each with a step to itself and to its neighbours.
fn line(states: usize, bad: usize) -> Graph {
    let row = |state: usize| vec![state, (state + 1).min(states - 1), state.saturating_sub(1)];
    Graph {
        initial: vec![0],
        steps: (0..states).map(row).collect(),
        bad,
    }
}

#[test]
fn loops_are_cut_however_long() {
    let line = line(150, 149);
    let (found, _) = line.walked(&Limits::NONE, 1, (100, 100_000));
    let sighting = found.decided[0].as_ref().expect("walks come that far");
    assert!(sighting.taken > 5_000, "the walk went straight there");
    let straight: Vec<_> = (1..150).map(|state| (1, state)).collect();
    assert_eq!(sighting.way.steps, straight);
    assert!(sighting.minimal);
}

#[test]
fn steps_that_change_nothing_are_not_taken() {
    let idle = Graph {
        initial: vec![0],
        steps: vec![vec![0, 0]],
        bad: 1,
    };
    let (found, met) = idle.walked(&Limits::NONE, 1, (10, 100));
    assert_eq!((found.walks, found.steps, met), (10, 0, vec![0]));
}

#[test]
fn a_way_round_is_cut_off_by_steps_that_were_not_taken() {
    // A ring that goes round in one direction, and a short cut from its start to near its end.
    let mut steps: Vec<Vec<usize>> = (1..=30).map(|next| vec![next]).collect();
    steps.push(Vec::new());
    let ring = Graph {
        initial: vec![0],
        steps,
        bad: 30,
    };
    let (found, _) = ring.walked(&Limits::NONE, 1, (1, 100));
    assert_eq!(found.decided[0].as_ref().unwrap().way.steps.len(), 30);
    let mut short = ring;
    // The short cut is as one label among many, so that the first walk does not take it.
    short.steps[0] = vec![1; 100];
    short.steps[0].push(25);
    let (found, _) = short.walked(&Limits::NONE, 1, (1, 100));
    let sighting = found.decided[0].as_ref().unwrap();
    assert_eq!((sighting.taken, sighting.way.steps.len()), (30, 6));
    assert_eq!(sighting.way.steps[0], (100, 25));
}

/// A star: one centre, and points that lead nowhere.
fn star(points: usize) -> Graph {
    let mut steps = vec![Vec::new(); points + 1];
    steps[0] = (1..=points).collect();
    Graph {
        initial: vec![0],
        steps,
        bad: usize::MAX,
    }
}

#[test]
fn walks_prefer_what_no_walk_has_met() {
    let (_, met) = star(1_000).walked(&Limits::NONE, 1, (1_500, 10));
    // As likely all, 777 of 1,000 points would be met, give or take 11.
    assert!(met.len() > 850, "{}", met.len());
    let (_, met) = star(3).walked(&Limits::NONE, 1, (100, 10));
    assert_eq!(met.len(), 4);
}

#[test]
fn the_walks_of_a_seed_never_change() {
    let star = star(20);
    let (_, met) = star.walked(&Limits::NONE, 1, (24, 1));
    assert_eq!(
        met,
        [0, 19, 1, 9, 16, 10, 3, 6, 7, 5, 2, 17, 11, 15, 14, 12]
    );
    let office = Plain::new(&Office, Exact::new());
    let cancel = Cancel::new();
    let run = Run::new(&Limits::NONE, &cancel);
    let found = random::walk(&office, &Plan::new(&office, 42, 50, 2_000), &run);
    assert_eq!((found.walks, found.steps), (1, 264));
}

#[test]
fn limits_end_a_run_and_are_said() {
    let star = star(1_000);
    let limits = Limits {
        max_states: Some(100),
        ..Limits::NONE
    };
    for threads in [1, 3] {
        let (found, met) = star.walked(&limits, threads, (100_000, 10));
        assert_eq!((met.len(), found.cut_off), (100, Some(CutOff::States(100))));
        assert!(
            found.walks > 99 && found.steps == found.walks,
            "{}",
            found.walks
        );
    }
    let none = std::time::Duration::ZERO;
    let limits = Limits {
        time_limit: Some(none),
        ..Limits::NONE
    };
    let (found, met) = star.walked(&limits, 1, (100_000, 10));
    assert_eq!((found.walks, met.len()), (0, 0));
    assert_eq!(found.cut_off, Some(CutOff::Time(none)));
    let line = line(500, 499);
    let (found, _) = line.walked(&Limits::NONE, 1, (7, 30));
    assert_eq!((found.walks, found.steps, found.cut_off), (7, 7 * 30, None));
}

#[test]
fn a_model_without_states_has_no_walks() {
    let nothing = Graph {
        initial: Vec::new(),
        steps: Vec::new(),
        bad: 0,
    };
    let (found, met) = nothing.walked(&Limits::NONE, 1, (10, 10));
    assert_eq!(
        (found.walks, found.decided, met),
        (0, vec![None, None], vec![])
    );
}
