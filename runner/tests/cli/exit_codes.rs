//! What the exit code says.

use std::fs;
use std::process::Stdio;

use super::place::{Place, run};

#[test]
fn one_variant_is_judged_by_what_it_claims() {
    assert_eq!(run("check outbox").code, Some(0));
    assert_eq!(run("check outbox:check-and-return").code, Some(1));
}

#[test]
fn several_are_judged_by_what_the_catalogue_expects() {
    let ended = run("check outbox:all");
    assert_eq!(ended.code, Some(0), "{}", ended.stdout);
    assert_eq!(ended.stdout.matches("broken, as expected").count(), 10);
}

#[test]
fn a_reader_that_goes_away_is_no_error_of_list_but_leaves_a_check_open() {
    let place = Place::new();
    for (arguments, code) in [("list", 0), ("check outbox:all --jobs 1", 2)] {
        let mut command = place.tandem(arguments);
        let piped = command.stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = piped.spawn().unwrap();
        // Closed before anything is written, or after the first line.
        drop(child.stdout.take());
        let ended = place.ended(&child.wait_with_output().unwrap());
        assert_eq!(
            (ended.code, &*ended.stderr),
            (Some(code), ""),
            "{arguments}"
        );
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_result_that_cannot_be_written_is_an_error() {
    let place = Place::new();
    let full = fs::File::create("/dev/full").unwrap();
    let output = place.tandem("list").stdout(full).output().unwrap();
    let ended = place.ended(&output);
    assert_eq!(ended.code, Some(2));
    insta::assert_snapshot!(ended.stderr, @"error: No space left on device (os error 28)");
}
