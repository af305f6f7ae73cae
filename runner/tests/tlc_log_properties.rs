//! For any output of TLC, also truncated output, the reader does not panic, and nothing but a whole
//! log of a finished run is a pass.

use crate::tlc_recorded::{Recorded, all_2_15, current};
use proptest::prelude::*;
use tandem_runner::tlc::outcome::{Exit, Verdict, interpret};

/// The end of the line that closes a finished run.
const LAST_MARKER: &str = "@!@!@ENDMSG 2186 @!@!@";

fn recorded() -> Vec<Recorded> {
    all_2_15().into_iter().chain(current()).collect()
}

fn exits() -> impl Strategy<Value = Exit> {
    prop_oneof![
        Just(Exit::Signal(9)),
        Just(Exit::TimedOut),
        Just(Exit::Interrupted),
        (-2..260i32).prop_map(Exit::Code),
        Just(Exit::Code(0)),
    ]
}

/// Lines that look like TLC's, in any order.
fn tlc_like_text() -> impl Strategy<Value = String> {
    let code = prop::sample::select(vec![
        1000, 1001, 1102, 2102, 2103, 2104, 2107, 2110, 2112, 2114, 2116, 2122, 2132, 2147, 2162,
        2190, 2194, 2199, 2200, 2217, 2218, 2219, 2220, 2222, 2262, 3002, 5001,
    ]);
    let piece = prop_oneof![
        (code.clone(), 0..6u32).prop_map(|(c, s)| format!("@!@!@STARTMSG {c}:{s} @!@!@")),
        code.prop_map(|c| format!("@!@!@ENDMSG {c} @!@!@")),
        "[ -~é]{0,20}",
        Just("\n".to_owned()),
        Just("*** Errors: 2\n".to_owned()),
        Just("***Parse Error***".to_owned()),
        Just("3: <A line 1, col 2 to line".to_owned()),
    ];
    prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

#[test]
fn a_log_cut_anywhere_is_never_a_pass() {
    for run in recorded() {
        let cuts = run.stdout.char_indices().map(|(index, _)| index);
        let whole = run.stdout.trim_end().len();
        for cut in cuts.filter(|&cut| cut < whole) {
            let text = &run.stdout[..cut];
            let outcome = interpret(Exit::Code(0), text, &run.stderr);
            assert_ne!(
                outcome.verdict,
                Verdict::Passed,
                "{} cut at {cut}",
                run.name
            );
            let _ = interpret(run.exit, text, "");
        }
    }
}

proptest! {
    #[test]
    fn arbitrary_text_is_never_a_pass(exit in exits(), out in any::<String>(), err in any::<String>()) {
        let outcome = interpret(exit, &out, &err);
        prop_assert_ne!(&outcome.verdict, &Verdict::Passed);
        let _ = outcome.verdict.to_string();
    }

    #[test]
    fn shuffled_messages_are_never_a_pass(exit in exits(), out in tlc_like_text(), err in tlc_like_text()) {
        let outcome = interpret(exit, &out, &err);
        prop_assert_ne!(&outcome.verdict, &Verdict::Passed);
        let _ = outcome.verdict.to_string();
    }

    #[test]
    fn a_lost_line_is_noticed_or_harmless(seed in any::<prop::sample::Index>(), lost in any::<prop::sample::Index>()) {
        let runs = recorded();
        let run = seed.get(&runs);
        let lines: Vec<&str> = run.stdout.lines().collect();
        prop_assume!(!lines.is_empty());
        let lost = lost.index(lines.len());
        let text = [&lines[..lost], &lines[lost + 1..]].concat().join("\n");
        let verdict = interpret(Exit::Code(0), &text, &run.stderr).verdict;
        if run.outcome().verdict != Verdict::Passed || lines[lost] == LAST_MARKER {
            prop_assert_ne!(verdict, Verdict::Passed);
        }
    }
}
