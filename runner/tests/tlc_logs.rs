//! What the outcome of every recorded run of TLC is taken for. `tlc-logs/2.15/README.md` says how
//! each was made, and holds the exit codes.

mod tlc_recorded;

use tandem_runner::tlc::log;
use tandem_runner::tlc::outcome::{Counts, Exit, Outcome, PropertyKind, TraceEnd, Verdict};
use tandem_runner::tlc::outcome::{Trace, interpret};
use tlc_recorded::{Recorded, all_2_15, current};

fn outcome(name: &str) -> Outcome {
    Recorded::of_2_15(name).outcome()
}

fn trace_of(outcome: &Outcome) -> &Trace {
    outcome.verdict.trace().expect("a trace")
}

#[test]
fn every_run_of_2_15_is_taken_for_what_it_is() {
    let lines: Vec<String> = all_2_15().iter().map(summary).collect();
    insta::assert_snapshot!(lines.join("\n"), @r#"
    pass (exited with code 0): model: TLC checked every reachable state and found no error
    invariant (exited with code 12): model: invariant Small is violated in state 3, after Up; follow the trace to the first state that looks wrong
    invariant-initial (exited with code 12): model: invariant Positive is violated in an initial state; follow the trace to the first state that looks wrong
    lasso (exited with code 13): model: temporal property (this TLC does not say which) is violated by a behaviour of 3 states; look at what never happens in its end, and at the fairness
    stuttering (exited with code 13): model: temporal property (this TLC does not say which) is violated by a behaviour of 3 states; look at what never happens in its end, and at the fairness
    action-property (exited with code 13): model: action property NeverDown is violated by a step that ends in state 4, after Reset; compare the last two states
    property-initial (exited with code 13): model: property line 8, col 11 to line 8, col 15 of module PropertyInitial is violated by an initial state; compare it with Init
    deadlock (exited with code 11): model: deadlock: no action is enabled in state 4, after Up; if the protocol may end there, switch the deadlock check off
    assumption (exited with code 10): model: Assumption line 4, col 8 to line 4, col 12 of module Assumption is false; change the constants in the configuration
    assumption-evaluation (exited with code 10): unchecked: TLC cannot evaluate an expression: Evaluating assumption line 3, col 8 to line 3, col 18 of module AssumptionEval failed.
    Attempted to apply the operator overridden by the Java method
    public static tlc2.value.impl.IntValue tlc2.module.Naturals.Plus(tlc2.value.impl.IntValue,tlc2.value.impl.IntValue),
    but it produced the following error:
    Cannot cast tlc2.value.impl.StringValue to tlc2.value.impl.IntValue; check that every variable has a value, and every operand the right type
    assert (exited with code 75): model: an Assert failed: "x grew too far" (Line 5, column 7 to line 5, column 37 in AssertFailed); look at what it asserts there
    assert-initial (exited with code 75): model: an Assert failed: "never starts" (Line 4, column 9 to line 4, column 37 in AssertInit); look at what it asserts there
    evaluation (exited with code 75): unchecked: TLC cannot evaluate an expression: Attempted to apply the operator overridden by the Java method
    public static tlc2.value.impl.IntValue tlc2.module.Naturals.Plus(tlc2.value.impl.IntValue,tlc2.value.impl.IntValue),
    but it produced the following error:
    Cannot cast tlc2.value.impl.StringValue to tlc2.value.impl.IntValue (Line 5, column 35 to line 5, column 43 in Evaluation); check that every variable has a value, and every operand the right type
    evaluation-invariant (exited with code 76): unchecked: TLC cannot evaluate an expression: Evaluating invariant Small failed.
    The second argument of < should be an integer, but instead it is:
    "a"; check that every variable has a value, and every operand the right type
    init-incomplete (exited with code 255): unchecked: TLC cannot evaluate an expression: current state is not a legal state
    While working on the initial state:
    /\ x = 0
    /\ y = null; check that every variable has a value, and every operand the right type
    successor-incomplete (exited with code 75): unchecked: Successor state is not completely specified by the next-state action. The following variable is not assigned: y. This happened in Up; give the variable a next value there, or UNCHANGED
    stack-overflow (exited with code 75): unchecked: TLC cannot evaluate an expression: This was a Java StackOverflowError. It was probably the result
    of an incorrect recursive function definition that caused TLC to enter
    an infinite loop when trying to compute the function or its application
    to an element in its putative domain.
    While working on the initial state:
    x = 0; check that every variable has a value, and every operand the right type
    parse (exited with code 150): unchecked: the spec cannot be parsed: DIR/Parse.tla, line 6, column 18: Encountered ")" at line 6, column 18 and token "/\\"; correct it there
    parse-lexical (exited with code 150): unchecked: the spec cannot be parsed: DIR/Lexical.tla, line 6, column 18: Lexical error at line 6, column 18.  Encountered: " " (32), after : "?"; correct it there
    semantic (exited with code 150): unchecked: the spec cannot be parsed: DIR/Semantic.tla, line 6, column 15: Unknown operator: `Dwon'; correct it there
    semantic-with-warning (exited with code 150): unchecked: the spec cannot be parsed: DIR/DefinitionTwice.tla, line 6, column 1: Operator Up already defined or declared; correct it there
    missing-extends (exited with code 150): unchecked: the spec cannot be parsed: DIR/MissingExtends.tla: Cannot find source file for module Nowhere imported in module MissingExtends; correct it there
    missing-module (exited with code 150): unchecked: the spec cannot be parsed: MissingModule: Cannot find source file for module MissingModule; correct it there
    missing-constant (exited with code 151): unchecked: the constant Limit has no value in the configuration; add `CONSTANT Limit = …`
    unknown-invariant (exited with code 151): unchecked: TLC cannot use the configuration file: The invariant Smal specified in the configuration file
    is not defined in the specification; check its keywords and names
    bad-keyword (exited with code 255): unchecked: TLC cannot use the configuration file: TLC found an error in the configuration file at line 2
    It was expecting a keyword, but did not find it; check its keywords and names
    missing-cfg (exited with code 255): unchecked: TLC cannot use the configuration file: TLC encountered the following error when trying to read the configuration file MissingCfg.cfg:
    File not found; check its keywords and names
    bad-option (exited with code 1): unchecked: TLC does not know an option: unrecognized option: -noGenerateSpecTE; TLC 2.15 lacks some options of newer releases
    out-of-memory (exited with code 75): unchecked: TLC ran out of memory; raise the heap with --tlc-heap, or lower the bounds
    out-of-memory-queue (exited with code 75): unchecked: TLC ran out of memory; raise the heap with --tlc-heap, or lower the bounds
    disk-full (exited with code 255): unchecked: the disk with TLC's working files is full (java.io.IOException: No space left on device); free some space, or set TMPDIR to a larger disk
    sigterm (exited with code 143): unchecked: a signal from outside ended TLC; if the system was short of memory, lower --tlc-heap or the bounds
    sigint (exited with code 130): unchecked: the run was interrupted; start it again
    sigkill (was killed by signal 9): unchecked: a signal from outside ended TLC; if the system was short of memory, lower --tlc-heap or the bounds
    continue (exited with code 0): model: TLC continued past violations (2):
    - invariant Small is violated in state 3, after Up; follow the trace to the first state that looks wrong
    - invariant Small is violated in state 4, after Up; follow the trace to the first state that looks wrong
    run it without -continue to stop at the first
    continue-deadlock (exited with code 11): model: deadlock: no action is enabled in state 4, after Up; if the protocol may end there, switch the deadlock check off
    printt (exited with code 0): model: TLC checked every reachable state and found no error
    coverage (exited with code 0): model: TLC checked every reachable state and found no error
    warning (exited with code 0): model: TLC checked every reachable state and found no error
    warning-symmetry (exited with code 0): model: TLC checked every reachable state and found no error
    no-initial-state (exited with code 0): unchecked: no state satisfies Init, so TLC checked nothing; look for a conjunct of Init that is never true
    simulate (exited with code 0): unchecked: TLC exited with code 0, and its output does not say why in a way Tandem knows; run the same command by hand to see all of it. It ends with:
    Computed 1 initial states...
    Progress(-1) at 2026-11-24 21:57:22: 10 states generated, -1 distinct states found, -1 states left on queue.
    Finished in 156ms at (2026-11-24 21:57:22)
    metadir-clash (exited with code 1): unchecked: another run of TLC has the same working folder; run it again with a -metadir of its own
    "#);
}

#[test]
fn every_run_of_the_current_release_is_taken_for_what_it_is() {
    let lines: Vec<String> = current().iter().map(summary).collect();
    insta::assert_snapshot!(lines.join("\n"), @r#"
    Pass (exited with code 0): model: TLC checked every reachable state and found no error
    Inv (exited with code 12): model: invariant Small is violated in state 4, after Send(p1); follow the trace to the first state that looks wrong
    Live (exited with code 13): model: temporal property Reaches3 is violated by a behaviour of 3 states; look at what never happens in its end, and at the fairness
    Dead (exited with code 11): model: deadlock: no action is enabled in state 3, after Go; if the protocol may end there, switch the deadlock check off
    Parse (exited with code 150): unchecked: the spec cannot be parsed: DIR/Parse.tla, line 5, column 1: Encountered "Beginning of definition" at line 5, column 1 and token "/\\"; correct it there
    "#);
}

/// `name (exit): model|unchecked: what the user reads`
fn summary(recorded: &Recorded) -> String {
    let verdict = recorded.outcome().verdict;
    let class = if verdict.is_about_model() {
        "model"
    } else {
        "unchecked"
    };
    format!("{} ({}): {class}: {verdict}", recorded.name, recorded.exit)
}

#[test]
fn a_pass_has_its_version_and_final_counts() {
    let pass = outcome("pass");
    assert_eq!(pass.verdict, Verdict::Passed);
    assert_eq!(
        pass.version.as_deref(),
        Some("2.15 of Day Month 20?? (rev: d5b5a7f)")
    );
    let counts = Counts {
        generated: 4,
        distinct: 4,
        queue: 0,
        depth: Some(4),
        partial: false,
    };
    assert_eq!(pass.counts, Some(counts));
    assert!(pass.warnings.is_empty());
}

#[test]
fn a_killed_run_has_the_counts_of_its_last_report() {
    let counts = outcome("sigterm").counts.expect("counts");
    assert!(counts.partial);
    assert_eq!(counts.generated, 4_506_220);
    assert_eq!(counts.distinct, 2_255_223);
    assert_eq!(counts.queue, 2_123);
    assert_eq!(counts.depth, Some(2_124));
}

#[test]
fn no_counts_are_made_up() {
    assert_eq!(outcome("bad-option").counts, None);
    assert_eq!(outcome("invariant-initial").counts, None);
    assert_eq!(outcome("simulate").counts, None);
    // 2.15 does not report the depth after a violated temporal property.
    assert_eq!(outcome("lasso").counts.expect("counts").depth, None);
}

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
    assert_eq!(second.action.as_deref(), Some("Send(p1)"));
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
    let action = Some("Back".to_owned());
    assert_eq!(
        trace_of(&lasso).end,
        TraceEnd::BackToState { number: 2, action }
    );
    assert_eq!(trace_of(&lasso).states.len(), 3);
    let stuttering = outcome("stuttering");
    assert_eq!(trace_of(&stuttering).end, TraceEnd::Stuttering);
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
fn prints_warnings_and_coverage_are_kept_apart() {
    let printt = outcome("printt");
    assert_eq!(printt.printed.len(), 8);
    assert_eq!(
        printt.printed[..2],
        ["<<\"x is\", 0>>", "\"about to move\"  TRUE"]
    );
    let [warning] = &outcome("warning").warnings[..] else {
        panic!("not one warning")
    };
    assert!(
        warning.starts_with("Declaring state or action constraints"),
        "{warning}"
    );
    let [warning] = &outcome("warning-symmetry").warnings[..] else {
        panic!("not one warning")
    };
    assert!(warning.starts_with("Declaring symmetry"), "{warning}");
    let coverage = outcome("coverage");
    assert_eq!(coverage.verdict, Verdict::Passed);
    assert!(
        coverage
            .coverage
            .contains(&"<Up line 5, col 1 to line 5, col 2 of module Coverage>: 3:3".to_owned())
    );
}

#[test]
fn a_parse_error_says_where() {
    let Verdict::ParseError(error) = outcome("parse").verdict else {
        panic!("not a parse error")
    };
    assert_eq!((error.line, error.column), (Some(6), Some(18)));
    assert_eq!(error.module.as_deref(), Some("Parse"));
    assert_eq!(error.file.as_deref(), Some("DIR/Parse.tla"));
    assert!(error.message.contains("token \"/\\\\\""), "{error}");
}

#[test]
fn an_exit_code_without_its_message_is_never_a_verdict_about_the_model() {
    let pass = Recorded::of_2_15("pass");
    for code in 1..=255 {
        let verdict = interpret(Exit::Code(code), &pass.stdout, "").verdict;
        assert!(!verdict.is_about_model(), "exit {code}: {verdict}");
    }
    for recorded in all_2_15().iter().filter(|r| r.exit != Exit::Code(0)) {
        for code in [0, 10, 11, 12, 13, 14].map(Exit::Code) {
            if code == recorded.exit {
                continue;
            }
            let verdict = interpret(code, &recorded.stdout, &recorded.stderr).verdict;
            let name = &recorded.name;
            assert_ne!(verdict, Verdict::Passed, "{name} with {code}");
            // A newer release exits with 14 where 2.15 exits with 75.
            let assert = matches!(verdict, Verdict::AssertionFailed { .. });
            assert!(!verdict.is_about_model() || assert, "{name}: {verdict}");
        }
    }
}

#[test]
fn a_run_that_was_ended_from_outside_is_never_a_pass() {
    let pass = Recorded::of_2_15("pass").stdout;
    for (exit, verdict) in [
        (Exit::Signal(9), Verdict::Killed),
        (Exit::TimedOut, Verdict::TimedOut),
        (Exit::Interrupted, Verdict::Interrupted),
        (Exit::Code(137), Verdict::Killed),
    ] {
        assert_eq!(interpret(exit, &pass, "").verdict, verdict);
    }
}

#[test]
fn a_pass_with_states_left_or_a_crashed_thread_is_not_recognised() {
    let pass = Recorded::of_2_15("pass").stdout;
    let left = pass.replace("0 states left", "7 states left");
    let crashed = "Exception in thread \"worker\" java.lang.NullPointerException";
    for (stdout, stderr) in [(&left, ""), (&pass, crashed)] {
        let verdict = interpret(Exit::Code(0), stdout, stderr).verdict;
        assert!(matches!(verdict, Verdict::Unrecognised { .. }), "{verdict}");
    }
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

#[test]
fn running_out_of_memory_is_seen_on_either_stream() {
    let log = Recorded::of_2_15("out-of-memory").stdout;
    for (code, stdout, stderr) in [
        (1, log.as_str(), ""),
        (
            1,
            "",
            "Exception in thread \"main\" java.lang.OutOfMemoryError: Java heap space",
        ),
        (
            255,
            "@!@!@STARTMSG 1001:1 @!@!@\nOut of memory\n@!@!@ENDMSG 1001 @!@!@",
            "",
        ),
    ] {
        assert_eq!(
            interpret(Exit::Code(code), stdout, stderr).verdict,
            Verdict::OutOfMemory
        );
    }
}

#[test]
fn a_spec_that_speaks_of_memory_has_plenty_of_it() {
    let log = Recorded::of_2_15("assert")
        .stdout
        .replace("x grew too far", "Java heap space");
    let verdict = interpret(Exit::Code(75), &log, "").verdict;
    assert!(
        matches!(verdict, Verdict::AssertionFailed { .. }),
        "{verdict}"
    );
}

#[test]
fn line_ends_of_windows_change_nothing() {
    for recorded in all_2_15() {
        let [stdout, stderr] =
            [&recorded.stdout, &recorded.stderr].map(|s| s.replace('\n', "\r\n"));
        assert_eq!(
            interpret(recorded.exit, &stdout, &stderr),
            recorded.outcome(),
            "{}",
            recorded.name
        );
    }
}

#[test]
fn a_message_may_open_inside_another_in_the_middle_of_a_line() {
    let log = log::parse(&Recorded::of_2_15("evaluation").stdout);
    let index = log
        .messages
        .iter()
        .position(|m| m.code == 1000)
        .expect("message 1000");
    let [outer, inner] = log.family(index) else {
        panic!("not one nested message")
    };
    assert_eq!((outer.depth, inner.depth, inner.code), (0, 1, 2154));
    assert!(
        outer
            .text
            .ends_with("The exception was a java.lang.RuntimeException\n:")
    );
    assert!(
        inner
            .text
            .ends_with("Cannot cast tlc2.value.impl.StringValue to tlc2.value.impl.IntValue")
    );
    assert!(outer.complete && inner.complete);
}

#[test]
fn a_message_that_was_cut_short_says_so() {
    let log = log::parse("@!@!@STARTMSG 2217:4 @!@!@\n1: <Initial predicate>\nx = ");
    assert!(!log.messages[0].complete);
    assert!(!log.has(2217));
}
