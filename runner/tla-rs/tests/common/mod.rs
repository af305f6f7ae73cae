//! Small specs.

#![allow(
    dead_code,
    unreachable_pub,
    reason = "each test uses another part of it"
)]

use tandem_tla_rs::Evaluator;

/// A spec of one variable `x` with these definitions, which end with `Next`.
pub fn spec(definitions: &str) -> Vec<(String, String)> {
    with_fairness(definitions, "TRUE")
}

/// The same, with fairness.
pub fn with_fairness(definitions: &str, fairness: &str) -> Vec<(String, String)> {
    let module = format!(
        "---- MODULE M ----\nEXTENDS Integers, Sequences, FiniteSets, Bags, TLC\nVARIABLE x\n\
         {definitions}\nSpec == Init /\\ [][Next]_x /\\ {fairness}\n====\n"
    );
    vec![
        ("M.tla".to_owned(), module),
        ("M.cfg".to_owned(), "SPECIFICATION Spec\n".to_owned()),
    ]
}

/// The names of the steps of its initial states, sorted.
pub fn names_of_steps(files: &[(String, String)]) -> Vec<String> {
    let mut evaluator = Evaluator::new(files).unwrap();
    let mut names = Vec::new();
    for state in evaluator.initial().unwrap() {
        let steps = evaluator.steps(&state).unwrap().into_iter();
        names.extend(steps.map(|(name, _)| name.to_string()));
    }
    names.sort();
    names
}
