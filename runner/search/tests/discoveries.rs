//! Verdicts by name, searches that stop early, and liveness by the names of properties and actions.

use std::panic::{AssertUnwindSafe, catch_unwind};

use stateright::{Model, Property};
use tandem_search::fingerprint::Fingerprints;
use tandem_search::limits::CutOff;
use tandem_search::liveness::{FairAction, Formula};
use tandem_search::path::PathEnd;
use tandem_search::plain::Plain;
use tandem_search::space::Watch;
use tandem_search::{Action, Explored, Finding, NoAnswer, Search};

/// Counts without an end.
struct Endless;

impl Model for Endless {
    type State = u64;
    type Action = u64;

    fn init_states(&self) -> Vec<u64> {
        vec![0]
    }

    fn actions(&self, _: &u64, actions: &mut Vec<u64>) {
        actions.extend([1, 2]);
    }

    fn next_state(&self, count: &u64, more: u64) -> Option<u64> {
        Some(count + more)
    }

    fn properties(&self) -> Vec<Property<Self>> {
        vec![
            Property::always("below 5", |_, count| *count < 5),
            Property::sometimes("exactly 3", |_, count| *count == 3),
        ]
    }
}

#[test]
fn an_endless_model_with_a_violation_stops_with_the_shortest_path() {
    for threads in [1, 2, 3] {
        let found = Search::model(&Endless).threads(threads).run();
        assert_eq!(found.cut_off, Some(CutOff::Decided));
        // 0 to 5, the last one on the fourth level.
        assert_eq!((found.states(), found.levels().len()), (6, 4));
        let path = found.assert_violated("below 5").expect("a path");
        assert_eq!(path.steps, [(1, 1), (2, 3), (2, 5)]);
        assert_eq!(found.depth(found.decided[0].unwrap()), 4);
        found.assert_holds("exactly 3");
        let reached = found.discovery("exactly 3").unwrap().expect("a path");
        assert_eq!(reached.steps, [(1, 1), (2, 3)]);
    }
}

#[test]
fn asked_to_it_goes_to_the_end() {
    let found = Search::model(&Endless).to_the_end().max_states(1_000).run();
    assert_eq!(found.cut_off, Some(CutOff::States(1_000)));
    assert_eq!(found.states(), 1_000);
    assert!(found.assert_violated("below 5").is_some());
}

/// What an assertion says when it fails.
fn said(assertion: impl FnOnce()) -> String {
    let payload = catch_unwind(AssertUnwindSafe(assertion)).expect_err("it fails");
    *payload.downcast::<String>().expect("a message")
}

#[test]
fn assertions_say_the_path() {
    let found = Search::model(&Endless).run();
    assert_eq!(
        said(|| found.assert_holds("below 5")),
        "`below 5` is violated:\n   \
         0. initial state\n      0\n   \
         1. 1\n      1\n   \
         2. 2\n      3\n   \
         3. 2\n      5"
    );
    let message = said(|| drop(found.assert_violated("exactly 3")));
    assert!(
        message.starts_with("`exactly 3` holds, it is reached:\n   0."),
        "{message}"
    );
    assert_eq!(
        said(|| found.assert_holds("below five")),
        "`below five` has no verdict: the model has no property `below five`; it has `below 5`, \
         `exactly 3`"
    );
}

#[test]
fn a_search_that_was_cut_off_holds_nothing() {
    let found = Search::model(&Endless).max_depth(3).run();
    assert_eq!(
        found.finding("below 5"),
        Err(NoAnswer::Incomplete(CutOff::Depth(3)))
    );
    found.assert_holds("exactly 3");
    let message = said(|| found.assert_holds("below 5"));
    assert!(message.contains("stopped at depth 3"), "{message}");
}

/// Tries until it succeeds, or does not.
struct Trial;

impl Model for Trial {
    type State = u8;
    type Action = &'static str;

    fn init_states(&self) -> Vec<u8> {
        vec![0]
    }

    fn actions(&self, state: &u8, actions: &mut Vec<&'static str>) {
        actions.extend(match state {
            0 => &["Try"][..],
            1 => &["Fail", "Succeed"],
            _ => &[],
        });
    }

    fn next_state(&self, _: &u8, action: &'static str) -> Option<u8> {
        Some(match action {
            "Try" => 1,
            "Fail" => 0,
            _ => 2,
        })
    }

    fn properties(&self) -> Vec<Property<Self>> {
        vec![
            Property::eventually("done", |_, state| *state == 2),
            Property::always("a state", |_, state| *state < 3),
        ]
    }
}

fn named(action: &&'static str) -> Action {
    Action {
        name: (*action).to_owned(),
        slot: None,
    }
}

fn trial() -> Explored<Plain<'static, Trial, Fingerprints>> {
    let space = Plain::new(&Trial, Fingerprints::default()).named(named);
    let trying = |_: &Trial, state: &u8| *state == 1;
    Search::space(space.asked("trying", Watch::Everywhere, trying)).run()
}

#[test]
fn liveness_is_asked_by_the_names_of_properties_and_actions() {
    let found = trial();
    assert_eq!(found.cut_off, None);
    // Nothing forces a first step.
    let path = found.assert_violated("done").expect("a behaviour");
    assert_eq!((path.steps.len(), path.end), (0, PathEnd::Stutters));
    let done = Formula::Eventually("done");
    let weak = ["Try", "Fail", "Succeed"].map(FairAction::weak);
    let lasso = found.violation(&done, &weak).unwrap().expect("a cycle");
    let path = found.behaviour(&lasso).unwrap();
    assert_eq!(path.steps, [("Try", 1), ("Fail", 0)]);
    assert_eq!(path.end, PathEnd::Repeats(0));
    let message = said(|| found.assert_holds_fairly(&done, &weak));
    assert!(
        message.starts_with("`<>done` is violated:\n") && message.contains("2. \"Fail\""),
        "{message}"
    );
    let strong = [FairAction::weak("Try"), FairAction::strong("Succeed")];
    found.assert_holds_fairly(&done, &strong);
    found.assert_holds_fairly(&Formula::LeadsTo("trying", "done"), &strong);
    let lasso = found.violation(&done, &[FairAction::progress()]);
    assert_eq!(lasso.unwrap().expect("a cycle").cycle.len(), 2);
    found.assert_holds("a state");
}

#[test]
fn liveness_is_refused_with_the_reason() {
    let found = trial();
    let done = Formula::Eventually("done");
    let refused = |formula: &Formula<&str>, fairness: &[FairAction]| {
        found.violation(formula, fairness).unwrap_err().to_string()
    };
    assert_eq!(
        refused(&done, &[FairAction::strong("Suceed")]),
        "no step of the graph has the action `Suceed`, for which fairness was declared; its actions are \
         `Fail`, `Succeed`, `Try` (actions have names by `named`)"
    );
    assert_eq!(
        refused(&Formula::Eventually("dun"), &[]),
        "the model has no property `dun`; it has `done`, `a state`, `trying`"
    );
    assert!(refused(&Formula::Eventually("a state"), &[]).contains("Watch::Everywhere"));

    let cut = Search::model(&Trial).max_states(2).run();
    let cut_off = CutOff::States(2);
    assert_eq!(
        cut.violation(&done, &[]),
        Err(NoAnswer::Incomplete(cut_off))
    );
    assert_eq!(cut.finding("done"), Err(NoAnswer::Incomplete(cut_off)));
    assert_eq!(cut.transitions.cut_off(), Some(cut_off));

    let symmetric = Plain::new(&Trial, Fingerprints::default()).symmetric(|state| *state);
    let folded = Search::space(symmetric).run();
    assert_eq!(folded.finding("done"), Err(NoAnswer::Folded));
    assert_eq!(folded.finding("a state"), Ok(Finding::Holds));
}
