//! Random walks: they find what is broken, the same from the same seed on any number of threads, and
//! what they report is real and cannot be made shorter step by step.

mod graph_model;

use std::collections::{BTreeSet, HashSet};

use graph_model::Graph;
use proptest::prelude::*;
use stateright::{Model, Property};
use tandem_models::catalogue::{Instance, Overrides};
use tandem_models::kit::system::{State, System};
use tandem_models::protocols::catalogue;
use tandem_runner::engine::Engine;
use tandem_runner::engine::random::Random;
use tandem_runner::explore::{Met, Walks, walk};
use tandem_runner::limits::{CutOff, Limits, Run};
use tandem_runner::report::{Expectation, Report, Standing, Verdict};
use tandem_runner::search::plain::{Exact, Plain};
use tandem_runner::search::random::{self, Plan, Walked, Way};
use tandem_runner::search::space::Space;
use tandem_runner::tlc::cancel::Cancel;

/// The seed of the command line.
const SEED: u64 = 1;

fn named() -> Vec<Instance> {
    let all = catalogue().select(None, &Overrides::default());
    all.expect("the catalogue has instances")
}

/// Those with a violation in a state; some are only wrong for ever.
fn broken() -> Vec<Instance> {
    let claims_in_vain = |instance: &Instance| {
        let asked = instance.system().asked();
        let mut invariants = asked.iter().map(|(property, _)| property.name);
        invariants.any(|name| instance.claims(name) && instance.variant.why_broken(name).is_some())
    };
    let mut all = named();
    all.retain(claims_in_vain);
    assert!(all.len() >= 20, "only {} variants are broken", all.len());
    all
}

fn checked(instance: &Instance, seed: u64, walks: u64, threads: usize) -> Report {
    let cancel = Cancel::new();
    let run = Run {
        threads,
        ..Run::new(&Limits::NONE, &cancel)
    };
    let random = Random {
        seed,
        walks,
        steps: 1_000,
    };
    let report = random.check(instance, &run);
    report.unwrap_or_else(|error| panic!("{instance}: {error}"))
}

fn walked(instance: &Instance, seed: u64, walks: u64) -> Walks {
    let cancel = Cancel::new();
    let run = Run::new(&Limits::NONE, &cancel);
    walk(
        &instance.system(),
        (seed, walks, 1_000),
        instance.variant.claims,
        &run,
    )
}

#[test]
fn every_broken_variant_is_found_broken_within_a_few_hundred_walks() {
    for instance in broken() {
        let report = checked(&instance, SEED, 500, 1);
        assert!(
            report.properties.iter().any(|p| p.broken_claim()),
            "{instance}: nothing found"
        );
        assert!(report.incomplete.is_some(), "{instance}");
        assert_eq!(report.alone(&Default::default()), Standing::Fail);
    }
}

#[test]
fn a_right_variant_is_never_found_broken_and_nothing_is_said_to_hold() {
    for instance in named().iter().filter(|instance| instance.variant.right) {
        for seed in 0..5 {
            let report = checked(instance, seed, 300, 1);
            let mut always = report.properties.iter();
            assert!(
                always.all(|p| p.expectation == Expectation::Sometimes
                    || match p.verdict {
                        Verdict::Unknown => true,
                        Verdict::Violated => !p.claimed,
                        Verdict::Holds => false,
                    }),
                "{instance}"
            );
            assert_eq!(report.alone(&Default::default()), Standing::Incomplete);
        }
    }
}

/// All that a report says but for the time it took.
fn said(report: &Report) -> String {
    let traces = report
        .properties
        .iter()
        .map(|p| serde_json::to_string(&p.trace).unwrap());
    let traces: Vec<_> = traces.collect();
    format!("{} {:?} {traces:?}", report.states, report.walks)
}

#[test]
fn a_seed_means_the_same_walks_every_time_and_on_any_number_of_threads() {
    let mut differing = BTreeSet::new();
    for instance in broken() {
        let once = said(&checked(&instance, 7, 300, 1));
        assert_eq!(once, said(&checked(&instance, 7, 300, 1)), "{instance}");
        assert_eq!(once, said(&checked(&instance, 7, 300, 3)), "{instance}");
        if once != said(&checked(&instance, 8, 300, 1)) {
            differing.insert(instance.to_string());
        }
    }
    assert!(
        differing.len() > 15,
        "seeds make a difference only for {differing:?}"
    );
}

/// The state of a path after so many steps.
fn state(met: &Met, steps: usize) -> &State {
    match steps.checked_sub(1) {
        None => &met.path.start,
        Some(last) => &met.path.steps[last].1,
    }
}

/// Whether some steps from a state with these actions, of these slots, decide the property: by
/// trying all.
fn decides(
    system: &System,
    start: &State,
    actions: impl Iterator<Item = (&'static str, Option<usize>)>,
    deciding: &dyn Fn(&State) -> bool,
) -> bool {
    let mut level: HashSet<State> = [start.clone()].into();
    for wanted in actions {
        if level.iter().any(deciding) {
            return true;
        }
        let mut next = HashSet::new();
        for state in level {
            let mut enabled = Vec::new();
            system.actions(&state, &mut enabled);
            let enabled = enabled.into_iter();
            let wanted = enabled.filter(|step| (step.action, step.slot()) == wanted);
            next.extend(wanted.filter_map(|step| system.next_state(&state, step)));
        }
        level = next;
    }
    level.iter().any(deciding)
}

#[test]
fn a_shrunk_path_is_one_of_the_model_and_no_step_of_it_can_be_left_out() {
    let mut shrunk = 0;
    for instance in broken() {
        let system = instance.system();
        let found = walked(&instance, SEED, 500);
        for ((property, _), met) in system.asked().iter().zip(&found.decided) {
            let Some(met) = met else { continue };
            let wanted = property.expectation == stateright::Expectation::Sometimes;
            let deciding = |state: &State| (property.condition)(&system, state) == wanted;
            let steps = &met.path.steps;
            for (number, (step, after)) in steps.iter().enumerate() {
                let before = state(met, number);
                assert_eq!(
                    system.next_state(before, step.clone()).as_ref(),
                    Some(after)
                );
                assert!(
                    !deciding(before),
                    "{instance}: {} was decided before",
                    property.name
                );
                let rest = steps[number + 1..].iter();
                let rest = rest.map(|(step, _)| (step.action, step.slot()));
                assert!(
                    !decides(&system, before, rest, &deciding),
                    "{instance}: step {} of {} can be left out",
                    number + 1,
                    property.name
                );
            }
            assert!(
                deciding(state(met, steps.len())),
                "{instance}: {}",
                property.name
            );
            assert!(met.minimal && steps.len() <= met.taken);
            shrunk += usize::from(steps.len() < met.taken);
        }
    }
    assert!(shrunk > 10, "only {shrunk} paths were shrunk at all");
}

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

fn graphs() -> impl Strategy<Value = Graph> {
    (1..40_usize).prop_flat_map(|states| {
        let row = prop::collection::vec(0..states, 0..4);
        let steps = prop::collection::vec(row, states);
        (prop::collection::vec(0..states, 1..4), steps, 0..states).prop_map(
            |(initial, steps, bad)| Graph {
                initial,
                steps,
                bad,
            },
        )
    })
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
    fn walks_meet_only_what_is_there_and_report_only_real_paths(graph in graphs()) {
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

/// Work towards a goal, errands of three steps that hold it up, and much else that does not matter.
struct Office;

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct Day {
    goal: u8,
    errand: usize,
    errands: u32,
    others: [u8; 30],
}

impl Model for Office {
    type State = Day;
    type Action = usize;

    fn init_states(&self) -> Vec<Day> {
        vec![Day {
            goal: 0,
            errand: 0,
            errands: 0,
            others: [0; 30],
        }]
    }

    fn actions(&self, _: &Day, actions: &mut Vec<usize>) {
        actions.extend(0..34);
    }

    fn next_state(&self, day: &Day, action: usize) -> Option<Day> {
        let mut after = day.clone();
        match action {
            0 if day.errand == 0 => after.goal += 1,
            1..=3 if day.errand == action - 1 => {
                after.errand = action % 3;
                after.errands += u32::from(action == 3);
            }
            4.. => after.others[action - 4] += 1,
            _ => return None,
        }
        Some(after)
    }

    fn properties(&self) -> Vec<Property<Self>> {
        vec![
            Property::always("far", |_, day: &Day| day.goal < 5),
            Property::sometimes("busy", |_, day: &Day| {
                day.others.iter().all(|count| *count > 0)
            }),
            Property::sometimes("never", |_, _| false),
        ]
    }
}

#[test]
fn what_does_not_matter_is_left_out_step_by_step_and_in_runs() {
    let space = Plain::new(&Office, Exact::new());
    let cancel = Cancel::new();
    let run = Run::new(&Limits::NONE, &cancel);
    let found = random::walk(&space, &Plan::new(&space, SEED, 50, 2_000), &run);
    let far = found.decided[0].as_ref().expect("it gets there");
    assert!(far.taken > 50, "{}", far.taken);
    let labels = |way: &Way<Day>| way.steps.iter().map(|step| step.0).collect::<Vec<_>>();
    assert_eq!(labels(&far.way), [0; 5]);
    // A witness does not end the run; a violation does, whatever else is open.
    let busy = found.decided[1].as_ref().expect("it comes by there");
    assert!(busy.taken > 30, "{}", busy.taken);
    let mut labels = labels(&busy.way);
    labels.sort_unstable();
    assert_eq!(labels, (4..34).collect::<Vec<_>>());
    assert_eq!(found.walks, far.walk + 1);
    assert_eq!(found.decided[2], None);
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
