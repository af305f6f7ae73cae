//! Counterexamples.

use tandem_models::value::parse_state;
use tandem_runner::recording;
use tandem_runner::tlc::label::ActionLabel;
use tandem_runner::tlc::outcome::{Exit, PropertyKind, TraceEnd, Verdict, interpret};

use super::{outcome, trace_of};
use crate::tlc_recorded::{Recorded, all_2_15, current};

#[test]
fn a_trace_keeps_the_text_of_its_states_and_the_names_of_its_actions() {
    let invariant = outcome("invariant");
    insta::assert_snapshot!(trace_of(&invariant), @r#"
    1. (initial state)
       /\ x = 0
       /\ note = "a\"b\\c\nd"
    2. Up
       /\ x = 1
       /\ note = "a\"b\\c\nd"
    3. Up
       /\ x = 2
       /\ note = "a\"b\\c\nd"
    "#);
    assert_eq!(trace_of(&invariant).end, TraceEnd::Finite);
    let text = &trace_of(&invariant).states[1].text;
    assert_eq!(text, "/\\ x = 1\n/\\ note = \"a\\\"b\\\\c\\nd\"");
}

#[test]
fn the_current_release_names_arguments_and_properties() {
    let [inv, live] = ["Inv", "Live"].map(|name| Recorded::of_current(name).outcome());
    let second = &trace_of(&inv).states[1];
    assert_eq!(second.action, Some(ActionLabel::read("Send(p1)")));
    assert!(second.text.starts_with("/\\ owner = p1\n"));
    assert!(second.text.ends_with("tags |-> {\"one\", \"two\"}]}"));
    let Verdict::PropertyViolated { name, kind, .. } = live.verdict else {
        panic!("not a property");
    };
    assert_eq!(
        (name.as_deref(), kind),
        (Some("Reaches3"), PropertyKind::Temporal)
    );
}

#[test]
fn a_temporal_trace_ends_in_a_circle_or_in_stuttering() {
    let lasso = outcome("lasso");
    let action = Some(ActionLabel::named("Back"));
    assert_eq!(
        trace_of(&lasso).end,
        TraceEnd::BackToState { number: 2, action }
    );
    assert_eq!(trace_of(&lasso).states.len(), 3);
    let stuttering = outcome("stuttering");
    assert_eq!(trace_of(&stuttering).end, TraceEnd::Stuttering);
}

/// A log that somebody brings has no exit code; its behaviour is the same.
#[test]
fn a_log_alone_has_the_trace_that_the_run_ended_with() {
    let mut traces = 0;
    for recorded in all_2_15().into_iter().chain(current()) {
        if let Some(trace) = recorded.outcome().verdict.trace() {
            if trace.states.is_empty() {
                continue;
            }
            traces += 1;
            let read = recording::read(recorded.stdout.as_bytes());
            // TLC shows `null` for a variable that an action forgot.
            if recorded.name == "successor-incomplete" {
                continue;
            }
            let read = read.unwrap_or_else(|error| panic!("{}: {error}", recorded.name));
            let [behaviour] = &read[..] else {
                panic!("{}: {} behaviours", recorded.name, read.len());
            };
            assert_eq!(behaviour.start, parse_state(&trace.states[0].text).unwrap());
            let steps = behaviour.steps.iter().zip(&trace.states[1..]);
            for (step, state) in steps {
                assert_eq!(step.state, parse_state(&state.text).unwrap());
                assert_eq!(step.action.as_ref(), state.action.as_ref().map(|a| &a.name));
            }
            let closing = usize::from(matches!(trace.end, TraceEnd::BackToState { .. }));
            assert_eq!(behaviour.steps.len() + 1, trace.states.len() + closing);
        }
    }
    assert!(traces >= 8, "{traces}");
}

#[test]
fn an_initial_state_that_violates_something_is_a_trace_of_one() {
    for name in ["invariant-initial", "property-initial"] {
        let outcome = outcome(name);
        let states = &trace_of(&outcome).states;
        assert_eq!(states.len(), 1, "{name}");
        assert_eq!(states[0].text, "x = 0", "{name}");
        assert_eq!(states[0].action, None, "{name}");
    }
}

#[test]
fn an_evaluation_error_has_a_trace_and_an_assert_of_2_15_has_none() {
    assert_eq!(trace_of(&outcome("evaluation")).states.len(), 3);
    assert_eq!(trace_of(&outcome("evaluation-invariant")).states.len(), 3);
    assert_eq!(outcome("assert").verdict.trace(), None);
    let incomplete = outcome("successor-incomplete");
    assert_eq!(
        trace_of(&incomplete).states[1].text,
        "/\\ x = 1\n/\\ y = null"
    );
}

#[test]
fn continuing_keeps_every_violation_with_its_own_trace() {
    let Verdict::ContinuedPastViolations { violations } = outcome("continue").verdict else {
        panic!("a run with -continue was taken for something else");
    };
    let lengths: Vec<usize> = violations
        .iter()
        .map(|v| v.trace().expect("a trace").states.len())
        .collect();
    assert_eq!(lengths, [3, 4]);
}

#[test]
fn an_assert_of_a_newer_release_exits_with_14_and_has_a_trace() {
    let log = Recorded::of_2_15("evaluation")
        .stdout
        .replace("2154", "2132");
    let verdict = interpret(Exit::Code(14), &log, "").verdict;
    assert!(
        matches!(verdict, Verdict::AssertionFailed { trace: Some(_), .. }),
        "{verdict}"
    );
}
