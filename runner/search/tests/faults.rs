//! Models that break a rule which the search relies on: the search reports it instead of a verdict.

use std::hash::{Hash, Hasher};
use std::sync::atomic::{AtomicUsize, Ordering};

use stateright::{Model, Property};
use tandem_search::fault::ModelFault;
use tandem_search::fingerprint::Fingerprints;
use tandem_search::limits::CutOff;
use tandem_search::plain::{Double, Exact, Identity, Plain};
use tandem_search::space::Space;
use tandem_search::{Action, Explored, NoAnswer, Search};

/// A counter and a flag that `Hash` omits. Only with the flag the counter goes beyond 2.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Hidden {
    count: u32,
    flag: bool,
}

impl Hash for Hidden {
    fn hash<H: Hasher>(&self, hasher: &mut H) {
        self.count.hash(hasher);
    }
}

struct HashOmitsAField;

impl Model for HashOmitsAField {
    type State = Hidden;
    type Action = &'static str;

    fn init_states(&self) -> Vec<Hidden> {
        vec![Hidden {
            count: 0,
            flag: false,
        }]
    }

    fn actions(&self, state: &Hidden, actions: &mut Vec<&'static str>) {
        actions.push("Raise");
        if state.count < 2 || state.flag && state.count < 5 {
            actions.push("Count");
        }
    }

    fn next_state(&self, state: &Hidden, action: &'static str) -> Option<Hidden> {
        let mut after = state.clone();
        match action {
            "Raise" => after.flag = true,
            _ => after.count += 1,
        }
        Some(after)
    }

    fn properties(&self) -> Vec<Property<Self>> {
        vec![
            Property::always("at most 2", |_, state: &Hidden| state.count <= 2),
            Property::always("a number", |_, _| true),
        ]
    }
}

fn searched<S: Space>(space: S) -> Explored<S> {
    Search::space(space).to_the_end().run()
}

#[test]
fn a_hash_that_omits_a_field_is_reported_and_has_no_verdict() {
    fn reported<I: Identity<Hidden>>(identity: I) {
        let found = searched(Plain::new(&HashOmitsAField, identity));
        let merged = found.merged().expect("it is noticed").to_string();
        assert!(merged.contains("count: 0, flag: true"), "{merged}");
        assert!(matches!(
            found.finding("at most 2"),
            Err(NoAnswer::Merged(_))
        ));
        assert!(
            found
                .summary()
                .contains("`Hash` does not distinguish two states")
        );
    }
    reported(Fingerprints::default());
    reported(Double::wide());
    // By `Eq` nothing is merged: the counterexample is found.
    let found = searched(Plain::new(&HashOmitsAField, Exact::new()));
    assert!(found.merged().is_none());
    let path = found.assert_violated("at most 2").expect("a path");
    assert_eq!(path.steps.len(), 4);
}

#[test]
fn a_hash_that_omits_a_field_on_purpose_is_accepted() {
    let space = Plain::new(&HashOmitsAField, Fingerprints::default()).hash_decides();
    searched(space).assert_holds("at most 2");
}

/// A ring of so many states, each of which stands for two.
struct Ring(u32);

impl Model for Ring {
    type State = Hidden;
    type Action = bool;

    fn init_states(&self) -> Vec<Hidden> {
        vec![Hidden {
            count: 0,
            flag: false,
        }]
    }

    fn actions(&self, _: &Hidden, actions: &mut Vec<bool>) {
        actions.extend([false, true]);
    }

    fn next_state(&self, state: &Hidden, flag: bool) -> Option<Hidden> {
        let count = (state.count + 1) % self.0;
        Some(Hidden { count, flag })
    }
}

#[test]
fn in_a_large_model_a_sample_is_compared() {
    let found = searched(Plain::new(&Ring(20_000), Fingerprints::default()));
    assert_eq!(found.states(), 20_000);
    assert!(found.merged().is_some());
}

#[test]
fn a_collision_of_narrow_fingerprints_is_not_taken_for_a_hash_that_omits_a_field() {
    let model = Line { end: 5_000 };
    let found = searched(Plain::new(&model, Fingerprints::narrow(12, 3)));
    assert!(found.states() < 5_000, "states collide");
    assert!(found.merged().is_none());
}

/// From 0 to the end, one by one.
struct Line {
    end: u32,
}

impl Model for Line {
    type State = u32;
    type Action = ();

    fn init_states(&self) -> Vec<u32> {
        vec![0]
    }

    fn actions(&self, state: &u32, actions: &mut Vec<()>) {
        actions.extend((*state < self.end).then_some(()));
    }

    fn next_state(&self, state: &u32, (): ()) -> Option<u32> {
        Some(state + 1)
    }
}

#[test]
fn all_states_of_a_long_path_are_restored_in_linear_time() {
    // Each from the start would be 10^9 steps.
    let model = Line { end: 30_000 };
    let found = searched(Plain::new(&model, Fingerprints::default()));
    for (node, state) in (0..found.states()).zip(0..) {
        assert_eq!(found.node(node), Ok(state));
    }
}

/// `actions` depends on how often it was called.
struct Moody {
    calls: AtomicUsize,
    from: usize,
}

impl Model for Moody {
    type State = u32;
    type Action = u32;

    fn init_states(&self) -> Vec<u32> {
        vec![0]
    }

    fn actions(&self, state: &u32, actions: &mut Vec<u32>) {
        let calls = self.calls.fetch_add(1, Ordering::Relaxed);
        if *state < 50 {
            let swapped = calls >= self.from && calls % 2 == 1;
            actions.extend(if swapped { [2, 1] } else { [1, 2] });
        }
    }

    fn next_state(&self, state: &u32, more: u32) -> Option<u32> {
        Some(state + more)
    }

    fn properties(&self) -> Vec<Property<Self>> {
        vec![Property::always("below 40", |_, state| *state < 40)]
    }
}

#[test]
fn actions_that_differ_between_calls_stop_the_search() {
    let model = Moody {
        calls: AtomicUsize::new(0),
        from: 0,
    };
    let found = searched(Plain::new(&model, Fingerprints::default()));
    assert_eq!(found.cut_off, Some(CutOff::Fault));
    let fault = found.fault().expect("it is noticed");
    assert!(matches!(fault, ModelFault::Unstable { .. }), "{fault}");
    assert_eq!(
        found.finding("below 40"),
        Err(NoAnswer::Fault(fault.clone()))
    );
}

#[test]
fn actions_that_differ_after_the_search_are_an_error_and_not_another_path() {
    // 52 states, the steps of each taken twice.
    let model = Moody {
        calls: AtomicUsize::new(0),
        from: 104,
    };
    let found = searched(Plain::new(&model, Fingerprints::default()));
    assert_eq!((found.states(), found.cut_off), (52, None));
    let bad = found.decided[0].expect("40 is reached");
    let path = found.path(bad);
    assert!(matches!(path, Err(ModelFault::Unstable { .. })), "{path:?}");
}

/// So many actions, each with a name of its own, all in one state or in 301 states.
struct Many {
    actions: u32,
    at_once: bool,
}

impl Model for Many {
    type State = u32;
    type Action = u32;

    fn init_states(&self) -> Vec<u32> {
        vec![0]
    }

    fn actions(&self, state: &u32, actions: &mut Vec<u32>) {
        match self.at_once {
            true if *state == 0 => actions.extend(1..=self.actions),
            true => {}
            false if *state == 0 => actions.extend(1..=300),
            false if *state > 300 => {}
            false => {
                let others = 301..=self.actions;
                actions.extend(others.filter(|action| action % 300 == state % 300));
            }
        }
    }

    fn next_state(&self, _: &u32, action: u32) -> Option<u32> {
        Some(action)
    }

    fn properties(&self) -> Vec<Property<Self>> {
        vec![Property::always("a number", |_, _| true)]
    }
}

fn by_number(action: &u32) -> Action {
    Action {
        name: action.to_string(),
        slot: None,
    }
}

#[test]
fn more_names_of_actions_than_labels_are_cut_off() {
    for at_once in [false, true] {
        let searched = |actions, named: bool| {
            let model = Many { actions, at_once };
            let plain = Plain::new(&model, Fingerprints::default());
            let found = searched(if named { plain.named(by_number) } else { plain });
            (found.cut_off, found.fault().cloned(), found.states())
        };
        assert_eq!(searched(65_536, true), (None, None, 65_537));
        let (cut_off, fault, _) = searched(65_537, true);
        assert_eq!(cut_off, Some(CutOff::Fault));
        assert_eq!(fault, Some(ModelFault::TooManyActions));
        let (cut_off, _, states) = searched(65_537, false);
        match at_once {
            // Without names, actions are known by their place among those of one state.
            false => assert_eq!((cut_off, states), (None, 65_538)),
            true => assert_eq!(cut_off, Some(CutOff::Fault)),
        }
    }
}
