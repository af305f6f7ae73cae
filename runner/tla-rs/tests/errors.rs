//! What is wrong with a spec is told with file, line and column.

mod common;

use common::{spec, with_fairness};
use tandem_tla_rs::{Evaluator, SpecError};

fn refused(files: &[(String, String)]) -> String {
    match Evaluator::new(files) {
        Ok(_) => panic!("it was accepted"),
        Err(error) => error.to_string(),
    }
}

/// The error of the steps of the initial state.
fn failing(files: &[(String, String)]) -> SpecError {
    let mut evaluator = Evaluator::new(files).unwrap();
    let initial = evaluator.initial().unwrap();
    evaluator.steps(&initial[0]).unwrap_err()
}

#[test]
fn a_definition_that_does_not_parse() {
    let told = refused(&spec("Init == x = 0\nBad == [a |-> ]\nNext == x' = x + 1"));
    assert!(told.starts_with("M.tla:5:"), "{told}");
    assert!(told.contains("Bad does not parse"), "{told}");
    assert!(told.ends_with("\n  5 | Bad == [a |-> ]"), "{told}");
}

#[test]
fn a_definition_in_another_module_that_does_not_parse() {
    let mut files = spec("Init == x = 0\nNext == x' = x + 1");
    files[0].1 = files[0]
        .1
        .replace("EXTENDS Integers", "EXTENDS Other, Integers");
    let other = "---- MODULE Other ----\nEXTENDS Integers\n\nBad == [a |-> ]\n====\n";
    files.push(("Other.tla".to_owned(), other.to_owned()));
    let told = refused(&files);
    assert!(told.starts_with("Other.tla:4:"), "{told}");
}

#[test]
fn a_module_that_is_missing() {
    let mut files = spec("Init == x = 0\nNext == x' = x + 1");
    files[0].1 = files[0]
        .1
        .replace("EXTENDS Integers", "EXTENDS Absent, Integers");
    let told = refused(&files);
    assert!(told.contains("Absent.tla"), "{told}");
    assert!(!told.contains("/tmp"), "{told}");
}

#[test]
fn an_operator_that_is_defined_twice() {
    let told = refused(&spec(
        "Init == x = 0\nUp == x' = 1\nUp == x' = 2\nNext == Up",
    ));
    let expected = "M.tla:6:1: Up is defined already in M.tla:5; rename one of the two\n  \
                    6 | Up == x' = 2";
    assert_eq!(told, expected);
}

#[test]
fn an_action_that_cannot_be_evaluated_is_named() {
    let error = failing(&spec(
        "Init == x = 0\nUp == x' = x + 1\nBad == x' = x + \"a\"\nNext == Up \\/ Bad",
    ));
    let told = error.to_string();
    assert!(
        told.starts_with("M.tla:6:1: Bad cannot be evaluated"),
        "{told}"
    );
}

#[test]
fn an_unknown_operator_is_found_at_the_latest_where_it_is_used() {
    let error = failing(&spec("Init == x = 0\nUp == x' = Unknown(x)\nNext == Up"));
    assert!(error.to_string().contains("Unknown"), "{error}");
}

#[test]
fn a_guarantee_that_is_no_truth_value() {
    let files = spec("Init == x = 0\nNext == x' = 1\nNumber == x + 1");
    let mut evaluator = Evaluator::new(&files).unwrap();
    let initial = evaluator.initial().unwrap();
    let number = evaluator.predicate("Number").unwrap();
    let told = evaluator
        .holds(&number, &initial[0])
        .unwrap_err()
        .to_string();
    assert!(told.starts_with("M.tla:6:1: Number is neither"), "{told}");
    let unknown = evaluator.predicate("Nothing").unwrap_err().to_string();
    assert_eq!(unknown, "the spec defines no Nothing");
}

#[test]
fn a_specification_that_is_no_behaviour() {
    let mut files = spec("Init == x = 0\nNext == x' = 1");
    files[0].1 = files[0].1.replace("[][Next]_x", "TRUE");
    assert!(!refused(&files).is_empty());
}

#[test]
fn fairness_is_read_by_name() {
    let actions = "S == {1, 2}\nInit == x = 0\nAdd(n) == x' = x + n\nUp == x' = 1\nFast == x' = 2\n\
                   Next == Up \\/ Fast \\/ \\E n \\in S : Add(n)\n\
                   Slots == \\A n \\in S : WF_x(Add(n))";
    let files = with_fairness(actions, "SF_x(Fast) /\\ WF_x(Up) /\\ Slots");
    let evaluator = Evaluator::new(&files).unwrap();
    let found = evaluator.fairness().iter();
    let found: Vec<_> = found
        .map(|fair| (&*fair.action, fair.strong, fair.each))
        .collect();
    let expected = [
        ("Add", false, true),
        ("Fast", true, false),
        ("Up", false, false),
    ];
    assert_eq!(found, expected);
}

#[test]
fn an_expression_is_a_predicate_too() {
    let files = spec("Init == x = 0\nNext == x' = 1\nSmall == x < 5");
    let mut evaluator = Evaluator::new(&files).unwrap();
    let initial = evaluator.initial().unwrap();
    let mut truth = |text: &str| {
        let predicate = evaluator.predicate(text).unwrap();
        evaluator.holds(&predicate, &initial[0]).unwrap()
    };
    assert!(truth("Small"));
    assert!(truth("x = 0 /\\ Small"));
    assert!(!truth("x > 0"));
    assert!(evaluator.predicate("x =").is_err());
}
