//! What a run says about the model, and when it says nothing.

use tandem_runner::tlc::outcome::{Exit, Verdict, interpret};

use crate::tlc_recorded::{Recorded, all_2_15, current};

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
    simulate (exited with code 0): unchecked: TLC exited with code 0, and Tandem does not recognise the reason in its output; run the same command by hand to see all of it. It ends with:
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
