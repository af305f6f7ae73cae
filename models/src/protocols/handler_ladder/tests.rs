//! The handler's ladder: for each question, the run in which the answer is no.

use crate::kit::system::State;
use crate::protocols::tests::{after, instance};

/// How often the message was processed, and how many different events announce it.
fn seen(state: &State) -> (usize, usize) {
    (state.world.hist.len(), state.world.sent.len())
}

fn at_the_end_of(rung: &str, steps: &str) -> (usize, usize) {
    let system = instance(&format!("handler-ladder:{rung}"), &[], &[]).system();
    let state = after(&system, steps);
    assert!(system.at_rest(&state), "{rung}");
    seen(&state)
}

#[test]
fn on_rung_1_the_event_is_out_before_the_entry_is_saved() {
    let system = instance("handler-ladder:rung-1-run", &[], &[]).system();
    assert_eq!(seen(&after(&system, "Receive Load Publish")), (0, 1));
}

#[test]
fn on_rung_2_nobody_is_told_when_publishing_fails() {
    let steps = "Receive Load Save CallFails Ack";
    assert_eq!(at_the_end_of("rung-2-swapped", steps), (1, 0));
}

#[test]
fn on_rung_3_a_crash_processes_the_message_twice() {
    let steps = "Receive Load SaveAndPublish Crash Recover Receive Load SaveAndPublish Ack";
    assert_eq!(at_the_end_of("rung-3-atomic", steps), (2, 2));
}

#[test]
fn on_rung_4_a_failure_that_is_only_logged_loses_the_message() {
    let steps = "Receive Load CallFails Ack";
    assert_eq!(at_the_end_of("rung-4-guarded", steps), (0, 0));
}

#[test]
fn on_rung_5_every_attempt_announces_another_transaction() {
    let steps = "Receive Load Save Publish Crash Recover Receive Load Publish Ack";
    assert_eq!(at_the_end_of("rung-5-retried", steps), (1, 2));
}

#[test]
fn on_rung_6_every_attempt_announces_the_saved_one() {
    let steps = "Receive Load Save CallFails Receive Load Publish \
                 Crash Recover Receive Load Publish Ack";
    assert_eq!(at_the_end_of("rung-6-stored", steps), (1, 1));
}
