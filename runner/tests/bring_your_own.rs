//! A plain Stateright model and a spec that was written without it, as `docs/bring-your-own.md` says.

#[path = "../examples/two_phase_commit/model.rs"]
#[allow(dead_code, unreachable_pub, reason = "the example uses all of it")]
mod model;
#[path = "../examples/two_phase_commit/view.rs"]
#[allow(unreachable_pub, reason = "it is a module of the example")]
mod view;
mod walks;

use std::path::PathBuf;

use model::TwoPhaseCommit;
use view::pair;

use tandem_models::protocols::catalogue;
use tandem_models::value::Value;
use tandem_runner::cancel::Cancel;
use tandem_runner::limits::{Limits, Run};
use tandem_runner::lockstep::WalkPlan;
use tandem_runner::plain::{
    Mismatch, Pair, PairComparison, PairDifference, PairWalks, PlainError, UserSpec, Viewed, check,
};
use tandem_runner::report::Verdict;

const RIGHT: TwoPhaseCommit = TwoPhaseCommit {
    managers: 3,
    votes_too_few: 0,
};
const PLANTED: TwoPhaseCommit = TwoPhaseCommit {
    managers: 3,
    votes_too_few: 1,
};

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("examples/two_phase_commit")
}

fn spec(name: &str) -> UserSpec {
    UserSpec::read(&folder().join(name), None).unwrap()
}

/// The spec with this in place of that.
fn changed(that: &str, this: &str) -> UserSpec {
    let text = std::fs::read_to_string(folder().join("AtomicCommit.tla")).unwrap();
    assert_eq!(text.matches(that).count(), 1, "{that}");
    let text = text.replacen(that, this, 1);
    let cfg = std::fs::read_to_string(folder().join("AtomicCommit.cfg")).unwrap();
    UserSpec::of_texts(&[("AtomicCommit.tla", &text)], &cfg).unwrap()
}

fn compared(model: &TwoPhaseCommit, spec: &UserSpec) -> PairComparison {
    let tlc = crate::common::tlc();
    let compared = pair(model, spec).tlc(&tlc).compare();
    compared.unwrap_or_else(|error| panic!("{error}"))
}

fn mismatches(pair: &Pair<'_>) -> (Vec<Mismatch>, String) {
    match pair.compare() {
        Err(PlainError::Mismatch(found)) => (found.all.clone(), found.to_string()),
        Err(other) => panic!("{other}"),
        Ok(comparison) => panic!("{comparison}"),
    }
}

#[test]
fn a_plain_model_and_a_spec_that_was_written_without_it_are_equal() {
    let found = compared(&RIGHT, &spec("AtomicCommit.tla"));
    assert!(found.equal(), "{found}");
    assert_eq!((found.rust.states, found.tla.states), (288, 288));
    assert_eq!(found.rust.transitions, found.tla.transitions);
    assert_eq!(found.properties, ["Consistent"]);
    let said = found.to_string();
    assert!(
        said.contains("the property AllCommit was not compared"),
        "{said}"
    );
}

#[test]
fn the_users_part_has_at_most_twenty_lines() {
    let text = include_str!("../examples/two_phase_commit/view.rs");
    let counts = |line: &&str| {
        let line = line.trim();
        let said = ["//", "use ", "#["]
            .iter()
            .any(|start| line.starts_with(start));
        !line.is_empty() && !said && line != "}"
    };
    let lines = text.lines().filter(counts).count();
    assert!(lines <= 20, "{lines} lines");
}

#[test]
fn a_planted_difference_is_shown_with_its_path() {
    let found = compared(&PLANTED, &spec("AtomicCommit.tla"));
    let Some(PairDifference::Graphs { path, divergence }) = &found.difference else {
        panic!("{found}");
    };
    let steps: Vec<_> = path.steps.iter().map(|step| &*step.action).collect();
    // Two of three have voted.
    assert_eq!(steps, ["Vote", "Count", "Vote", "Count"]);
    assert_eq!(divergence.action.as_deref(), Some("Commit"));
    let said = found.to_string();
    assert!(said.contains("Then only Rust can do Commit"), "{said}");
}

#[test]
fn a_property_that_means_something_else_is_shown_though_the_graphs_are_equal() {
    let weaker = changed(
        "~(phase[m] = \"committed\" /\\ phase[n] = \"aborted\")",
        "~(phase[m] = \"committed\" /\\ phase[n] = \"working\")",
    );
    let found = compared(&PLANTED, &weaker);
    // The planted fault shows in the graph first.
    assert!(
        matches!(found.difference, Some(PairDifference::Graphs { .. })),
        "{found}"
    );
    let stronger = changed(
        "~(phase[m] = \"committed\" /\\ phase[n] = \"aborted\")",
        "~(phase[m] = \"committed\" /\\ phase[n] = \"prepared\")",
    );
    let found = compared(&RIGHT, &stronger);
    let Some(PairDifference::Properties(truths)) = &found.difference else {
        panic!("{found}");
    };
    assert_eq!(
        (&*truths[0].name, &*truths[0].operator, truths[0].rust),
        ("Consistent", "Agreement", true)
    );
    let last = truths[0].path.steps.last().unwrap();
    assert_eq!(last.action, "Finish");
}

#[test]
fn what_does_not_match_is_explained_before_anything_runs() {
    let right = spec("AtomicCommit.tla");
    // Without the names nothing but the constant matches, and no checker is needed to say so.
    let (all, said) = mismatches(&Pair::new(&RIGHT, &right));
    assert!(
        all.contains(&Mismatch::RustVariable("managers".to_owned())),
        "{said}"
    );
    assert!(
        all.contains(&Mismatch::SpecVariable("phase".to_owned())),
        "{said}"
    );
    assert!(
        all.contains(&Mismatch::RustAction("Prepares".to_owned())),
        "{said}"
    );
    assert!(
        said.contains("actions that only the spec has: Abort, Commit, Count"),
        "{said}"
    );
    assert!(said.contains("--action rust=tla"), "{said}");

    let two = TwoPhaseCommit {
        managers: 2,
        votes_too_few: 0,
    };
    let (all, said) = mismatches(&pair(&two, &right));
    assert!(
        matches!(&*all, [Mismatch::Constant { name, .. }] if name == "Managers"),
        "{said}"
    );
    assert!(
        said.contains("it is {1, 2} in the Rust model, {1, 2, 3} in the configuration"),
        "{said}"
    );

    let wrong = pair(&RIGHT, &right)
        .action("Prepare", "Vote")
        .property("AllCommit", "AllDone");
    let (all, said) = mismatches(&wrong);
    let expected = [
        Mismatch::NoSuchName {
            kind: "action",
            name: "Prepare".to_owned(),
            met: false,
        },
        Mismatch::Operator("AllDone".to_owned()),
    ];
    assert_eq!(all, expected, "{said}");
}

#[test]
fn a_plain_model_is_checked_with_shortest_counterexamples() {
    let cancel = Cancel::new();
    let run = Run::new(&Limits::NONE, &cancel);
    let right = check(&RIGHT, &run).unwrap();
    assert!(right.passes(), "{right}");
    assert_eq!((right.states, right.raw_states), (288, 288));
    let planted = check(&PLANTED, &run).unwrap();
    let broken = &planted.properties[0];
    assert_eq!(
        (broken.name, broken.verdict),
        ("Consistent", Verdict::Violated)
    );
    // Two votes, both counted, the decision, one that hears of it and one that gives up.
    assert_eq!(broken.trace.as_ref().unwrap().steps.len(), 7, "{planted}");
    assert!(planted.to_string().contains("GivesUp(3)"), "{planted}");
}

#[test]
fn a_search_that_was_cut_short_is_no_pass_and_no_comparison() {
    let cancel = Cancel::new();
    let limits = Limits {
        max_states: Some(50),
        ..Limits::NONE
    };
    let report = check(&RIGHT, &Run::new(&limits, &cancel)).unwrap();
    assert!(
        !report.passes() && report.to_string().contains("NOT COMPLETE"),
        "{report}"
    );
    let spec = spec("AtomicCommit.tla");
    let error = pair(&RIGHT, &spec).limits(limits).compare().err().unwrap();
    assert!(matches!(error, PlainError::Incomplete(_)), "{error}");
}

/// The pair with a spec that says only how the managers end.
fn outcome<'a>(model: &'a TwoPhaseCommit, spec: &'a UserSpec) -> Pair<'a> {
    let pair = Pair::new(model, spec).variable("managers", "phase");
    let pair = pair.leaving_out("coordinator").leaving_out("votes");
    pair.leaving_out("network")
}

#[test]
fn a_model_refines_a_spec_of_larger_steps() {
    let (spec, tlc) = (spec("Outcome.tla"), crate::common::tlc());
    let found = outcome(&RIGHT, &spec).tlc(&tlc).refines().unwrap();
    assert!(found.broken.is_none(), "{found}");
    assert_eq!(
        (found.raw_states, found.views, found.spec_states),
        (288, 34, 34)
    );
    assert!(found.uncovered.is_empty(), "{found}");
}

#[test]
fn the_first_step_that_is_none_of_the_spec_is_shown() {
    let (spec, tlc) = (spec("Outcome.tla"), crate::common::tlc());
    let found = outcome(&PLANTED, &spec).tlc(&tlc).refines().unwrap();
    let broken = found.broken.as_ref().expect("the planted fault");
    let last = broken.path.steps.last().unwrap();
    assert_eq!(last.action, "HearsCommit", "{found}");
    let said = found.to_string();
    assert!(said.contains("is not a step of the spec"), "{said}");
    assert!(said.contains("There the spec can do only:"), "{said}");
}

#[test]
fn steps_of_the_spec_that_no_step_in_rust_covers_are_listed() {
    struct NeverAborts;
    impl stateright::Model for NeverAborts {
        type State = Vec<model::Manager>;
        type Action = usize;
        fn init_states(&self) -> Vec<Self::State> {
            vec![vec![model::Manager::Working; 3]]
        }
        fn actions(&self, state: &Self::State, actions: &mut Vec<usize>) {
            let working = |number: &usize| state[*number] == model::Manager::Working;
            actions.extend((0..3).filter(working));
        }
        fn next_state(&self, state: &Self::State, number: usize) -> Option<Self::State> {
            let mut next = state.clone();
            next[number] = model::Manager::Prepared;
            Some(next)
        }
    }
    impl Viewed for NeverAborts {
        type View = [(&'static str, Vec<model::Manager>); 1];
        fn view(&self, state: &Self::State) -> Self::View {
            [("phase", state.clone())]
        }
        fn action_name(_: &usize) -> String {
            "Prepare".to_owned()
        }
        fn constants(&self) -> Vec<(&'static str, Value)> {
            vec![("Managers", Value::set((1..=3).map(Value::int)))]
        }
    }
    let (spec, tlc) = (spec("Outcome.tla"), crate::common::tlc());
    let found = Pair::new(&NeverAborts, &spec).tlc(&tlc).refines().unwrap();
    let uncovered: Vec<_> = found
        .uncovered
        .iter()
        .map(|one| (&*one.action, one.steps))
        .collect();
    // 8 views: each manager may abort in each, and all may commit once all are prepared.
    assert_eq!(
        uncovered,
        [("EndAborted", 24), ("EndCommitted", 3)],
        "{found}"
    );
}

#[test]
fn a_model_of_the_catalogue_is_compared_with_a_spec_of_ones_own() {
    let instances = catalogue()
        .select(Some("double-submit:naive"), &Default::default())
        .unwrap();
    let files = tandem_runner::spec::render(&instances[0], &[])
        .unwrap()
        .files;
    let modules = files.iter().filter(|(name, _)| name.ends_with(".tla"));
    let modules: Vec<_> = modules.map(|(name, text)| (&**name, &**text)).collect();
    let spec = UserSpec::of_texts(&modules, &files[1].1).unwrap();
    let tlc = crate::common::tlc();
    let pair = Pair::of_instance(&instances[0], &spec).tlc(&tlc);
    let found = pair.compare().unwrap_or_else(|error| panic!("{error}"));
    assert!(found.equal(), "{found}");
    assert!(
        found.properties.contains(&"AtMostOneOrder".to_owned()),
        "{found}"
    );
}

#[test]
fn what_is_compared_is_shown_before_it_is() {
    let spec = spec("AtomicCommit.tla");
    let shown = pair(&RIGHT, &spec).show().unwrap();
    let name = |rust: &str, tla: &str| (rust.to_owned(), tla.to_owned());
    assert!(shown.variables.contains(&name("managers", "phase")));
    assert_eq!(shown.actions.len(), 7);
    assert_eq!(shown.properties, [name("Consistent", "Agreement")]);
    let said = shown.to_string();
    assert!(
        said.contains("EXTENDS AtomicCommit") && said.contains("Managers = {1, 2, 3}"),
        "{said}"
    );
    // An invariant would cut the graph short.
    assert!(!shown.spec.files[1].1.contains("INVARIANT"), "{said}");
}

/// The page shows code that is compiled here: each of its Rust blocks stands in the example, word for word.
#[test]
fn the_page_shows_the_code_of_the_example() {
    let page = include_str!("../../docs/bring-your-own.md");
    let example = include_str!("../examples/two_phase_commit/view.rs");
    let blocks: Vec<_> = page.split("```rust\n").skip(1).collect();
    assert_eq!(blocks.len(), 2);
    for block in blocks {
        let (code, _) = block.split_once("```").expect("a block has an end");
        assert!(example.contains(code), "not in view.rs:\n{code}");
    }
}
