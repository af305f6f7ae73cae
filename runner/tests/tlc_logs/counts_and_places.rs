//! Counts, prints, warnings and places, and how messages are told apart.

use tandem_runner::tlc::log;
use tandem_runner::tlc::outcome::{Counts, Verdict, interpret};

use super::outcome;
use crate::tlc_recorded::{Recorded, all_2_15};

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
