//! TLC's answers to the same questions, all known ones and some random ones. These tests need Java
//! and TLC, as those in `tlc_process.rs` do.
//!
//! All cases stand in one module: a variable says which it is, and never changes. What should hold
//! is asked in one run for all, each case as `(case = 3) => (Fairness3 => Formula3)`. What should
//! be violated takes a run each, since TLC stops at the first; there, the fairness stands in the
//! specification, as is usual, and TLC's counterexample has to be one by our definition.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::time::Duration;

use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::TestRunner;
use tandem_models::value::{Value, parse_state};
use tandem_runner::cancel::Cancel;
use tandem_runner::engine::tlc::Tlc;
use tandem_runner::search::Node;
use tandem_runner::search::liveness::{Fairness, Strength};
use tandem_runner::tlc::outcome::{PropertyKind, Trace, TraceEnd, Verdict, interpret};
use tandem_runner::tlc::process::TlcRun;

use super::case::{Case, States};
use super::naive::{Behaviour, refuted};
use super::random::{SMALL, cases};
use super::small_graphs;
use crate::common;

/// How many of the random cases that hold, and how many of those that do not.
const RANDOM: (usize, usize) = (60, 5);
/// Reached only by a hang.
const PATIENCE: Duration = Duration::from_secs(120);

#[test]
fn tlc_agrees_on_what_is_known() {
    agrees(&small_graphs::cases().collect::<Vec<_>>());
}

#[test]
fn tlc_agrees_on_random_graphs() {
    let mut runner = TestRunner::deterministic();
    let mut random = || cases(SMALL).new_tree(&mut runner).unwrap().current();
    let mut all: Vec<_> = (0..400).map(|_| random()).collect();
    let (mut held, mut violated) = RANDOM;
    // Without fairness there is little to disagree on.
    all.retain(|case| {
        let left = if case.violation().is_none() {
            &mut held
        } else {
            &mut violated
        };
        let taken = *left > 0 && case.fairness.len() > 1;
        *left -= usize::from(taken);
        taken
    });
    assert_eq!((held, violated), (0, 0));
    agrees(&all);
}

fn agrees(cases: &[Case]) {
    let numbered = || (1..).zip(cases);
    let module = module(cases);
    let holds: Vec<usize> = numbered()
        .filter(|(_, case)| case.violation().is_none())
        .map(|(number, _)| number)
        .collect();
    let verdict = run(&module, &held_cfg(&holds));
    assert_eq!(verdict, Verdict::Passed, "{module}");
    for (number, case) in numbered().filter(|(number, _)| !holds.contains(number)) {
        let verdict = run(&module, &violated_cfg(number));
        let Verdict::PropertyViolated {
            kind: PropertyKind::Temporal,
            trace,
            ..
        } = verdict
        else {
            panic!("{number} {case:?} in TLC: {verdict}\n{module}");
        };
        let behaviour = behaviour(&trace);
        assert_eq!(
            refuted(case, &behaviour),
            None,
            "{number} {case:?} in TLC:\n{trace}"
        );
    }
}

fn held_cfg(cases: &[usize]) -> String {
    let names = cases.iter().map(|case| format!(" Holds{case}"));
    let chosen: BTreeSet<_> = cases
        .iter()
        .map(|case| Node::try_from(*case).unwrap())
        .collect();
    let properties = names.collect::<String>();
    format!(
        "SPECIFICATION Unfair\nCONSTANT Chosen = {}\nPROPERTY{properties}\n",
        set(&chosen)
    )
}

fn violated_cfg(case: usize) -> String {
    format!("SPECIFICATION Spec{case}\nCONSTANT Chosen = {{{case}}}\nPROPERTY Formula{case}\n")
}

fn run(module: &str, cfg: &str) -> Verdict {
    let Tlc { env, java, jar, .. } = common::tlc();
    let files = vec![
        ("Cases.tla".into(), module.into()),
        ("Cases.cfg".into(), cfg.into()),
    ];
    let mut run = TlcRun::new(java, jar, "Cases", files);
    run.heap_mb = Some(256);
    run.time_limit = Some(PATIENCE);
    run.deadlock_check = false;
    let output = run.run(&env, &Cancel::new()).unwrap();
    interpret(output.exit, &output.stdout, &output.stderr).verdict
}

/// The module of all cases.
fn module(cases: &[Case]) -> String {
    let names: BTreeSet<_> = cases.iter().flat_map(|case| &case.names).collect();
    let mut text = "---- MODULE Cases ----\nEXTENDS Naturals\nCONSTANT Chosen\n".to_owned();
    text += "VARIABLES case, s\nvars == <<case, s>>\n";
    let graphs = cases
        .iter()
        .map(|case| graph(case, &names))
        .collect::<Vec<_>>();
    writeln!(text, "Graphs == <<\n  {}>>", graphs.join(",\n  ")).unwrap();
    let initial = cases
        .iter()
        .map(|case| set(&case.initial.iter().copied().collect()));
    let initial = initial.collect::<Vec<_>>().join(", ");
    writeln!(text, "Initial == <<{initial}>>").unwrap();
    text += "Init == case \\in Chosen /\\ s \\in Initial[case]\n";
    text += "Step(steps) == \\E step \\in steps : s = step[1] /\\ s' = step[2] /\\ case' = case\n";
    for name in &names {
        writeln!(text, "{name} == Step(Graphs[case].{name})").unwrap();
    }
    let names: Vec<_> = names.iter().map(|name| &***name).collect();
    writeln!(text, "Next == {}", names.join(" \\/ ")).unwrap();
    text += "Unfair == Init /\\ [][Next]_vars\n";
    for (number, case) in (1..).zip(cases) {
        let formula = case
            .formula
            .clone()
            .map(|states| format!("(s \\in {})", set(&states)));
        writeln!(text, "\\* {case:?}").unwrap();
        writeln!(text, "Fair{number} == {}", fairness(case)).unwrap();
        writeln!(text, "Formula{number} == {formula}").unwrap();
        writeln!(text, "Spec{number} == Unfair /\\ Fair{number}").unwrap();
        let promise = format!("Fair{number} => Formula{number}");
        writeln!(text, "Holds{number} == (case = {number}) => ({promise})").unwrap();
    }
    text + "====\n"
}

/// A record with the steps of each label.
fn graph(case: &Case, names: &BTreeSet<&String>) -> String {
    let mut steps: BTreeMap<&String, Vec<String>> =
        names.iter().map(|name| (*name, Vec::new())).collect();
    for (from, label, to) in &case.edges {
        let steps = steps.get_mut(&case.names[*label as usize]).unwrap();
        steps.push(format!("<<{from}, {to}>>"));
    }
    let fields = steps
        .iter()
        .map(|(name, steps)| format!("{name} |-> {{{}}}", steps.join(", ")));
    format!("[{}]", fields.collect::<Vec<_>>().join(", "))
}

fn fairness(case: &Case) -> String {
    let one = |Fairness { strength, labels }: &Fairness| {
        let operator = match strength {
            Strength::Weak => "WF_vars",
            Strength::Strong => "SF_vars",
        };
        let names = labels.iter().map(|label| &*case.names[*label as usize]);
        format!(
            " /\\ {operator}({})",
            names.collect::<Vec<_>>().join(" \\/ ")
        )
    };
    let all = case.fairness.iter().map(one).collect::<String>();
    format!("TRUE{all}")
}

fn set(states: &States) -> String {
    let numbers: Vec<_> = states.iter().map(Node::to_string).collect();
    format!("{{{}}}", numbers.join(", "))
}

fn behaviour(trace: &Trace) -> Behaviour {
    let state = |text: &str| match parse_state(text).expect("a state").get("s") {
        Some(Value::Int(state)) => Node::try_from(*state).unwrap(),
        other => panic!("not a state: {other:?}"),
    };
    let mut stem: Vec<_> = trace.states.iter().map(|s| state(&s.text)).collect();
    let mut cycle = Vec::new();
    match &trace.end {
        TraceEnd::BackToState { number, .. } => {
            cycle = stem.split_off(*number);
            cycle.push(stem[number - 1]);
        }
        TraceEnd::Stuttering => {}
        TraceEnd::Finite => panic!("TLC's trace is no lasso:\n{trace}"),
    }
    Behaviour { stem, cycle }
}
