//! Prepare, commit, publish: the runs that the lecture describes.

use super::bodies::unused;
use super::*;
use crate::kit::system::State;
use crate::protocols::tests::{after, instance};

fn written(state: &State) -> usize {
    state.world.documents::<Body>().len()
}

fn lines(state: &State) -> usize {
    state.world.document::<Order>().lines.len()
}

#[test]
fn attempts_that_crashed_are_cleaned_up_by_the_one_that_commits() {
    let system = instance("prepare-commit-publish", &[], &[]).system();
    let crashed = "Receive Load Register Prepare Crash Recover";
    let state = after(&system, &format!("{crashed} {crashed}"));
    assert_eq!(written(&state), 2);
    let state = after(
        &system,
        &format!(
            "{crashed} {crashed} Receive Load Register Prepare Save Publish DeleteBody DeleteBody \
             Clear Ack"
        ),
    );
    assert!(system.at_rest(&state));
    assert_eq!((lines(&state), written(&state)), (1, 1));
    assert!(unused(&state.world).is_empty());
}

#[test]
fn a_body_written_after_another_attempt_has_cleaned_up_is_an_orphan() {
    let system = instance("prepare-commit-publish:overlapping", &[], &[]).system();
    let state = after(
        &system,
        "Receive Receive Load@1 Register@1 Load@2 Register@2 Prepare@2 Save@2 Publish@2 \
         DeleteBody@2 Clear@2 Ack@2 Prepare@1 Save@1 Receive Load Ack",
    );
    assert!(system.at_rest(&state));
    assert_eq!((lines(&state), unused(&state.world).len()), (1, 1));
}

#[test]
fn a_body_of_a_derived_name_is_overwritten_after_its_event_is_out() {
    let system = instance("prepare-commit-publish:derived-names", &[], &[]).system();
    let published =
        "Receive Receive Load@1 Register@1 Load@2 Register@2 Prepare@2 Save@2 Publish@2";
    let readable = |state: &State| (bodies::READABLE.holds)(&system, state);
    assert!(readable(&after(&system, published)));
    assert!(!readable(&after(
        &system,
        &format!("{published} Prepare@1")
    )));
}

#[test]
fn a_body_that_was_deleted_after_its_event_was_out_cannot_be_read() {
    let system = instance("prepare-commit-publish:publish-first", &[], &[]).system();
    let state = after(
        &system,
        "Receive Load Register Prepare PublishEarly Crash Recover Receive Load Register Prepare \
         PublishEarly Save Publish DeleteBody",
    );
    assert!(!(bodies::READABLE.holds)(&system, &state));
}

#[test]
fn each_registration_aborts_the_attempt_that_is_under_way() {
    let bounds = [("attempts", 4)];
    let system = instance("prepare-commit-publish:mutual-aborts", &bounds, &[]).system();
    let begin = "Receive Receive Load@1 Register@1 Load@2 Register@2";
    // Each slot tries to save, fails, and starts again, and by that makes the save of the other
    // slot fail.
    let round = "Prepare@1 Save@1 Receive Load@1 Register@1 Prepare@2 Save@2 Receive Load@2 \
                 Register@2";
    let path = format!("{begin} {round} {round} {round}");
    let state = after(&system, &path);
    assert_eq!(lines(&state), 0);
    let attempts = state.world.document::<Order>().attempts;
    assert_eq!(
        attempts.values().map(|a| a.len()).collect::<Vec<_>>(),
        [4, 4]
    );
}

#[test]
fn a_command_that_was_dropped_as_a_duplicate_leaves_its_registration() {
    let system = instance("prepare-commit-publish:duplicates-dropped", &[], &[]).system();
    let state = after(
        &system,
        "Receive Load Register Prepare Save Crash Recover Receive Load Ack",
    );
    assert!(system.at_rest(&state));
    assert!(state.world.sent.is_empty());
    assert_eq!(state.world.document::<Order>().attempts.len(), 1);
}
