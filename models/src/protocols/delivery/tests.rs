//! Delivery: the runs that the lecture describes.

use super::*;
use crate::kit::system::State;
use crate::protocols::tests::{after, instance};

fn lines(state: &State) -> Vec<MessageId> {
    state.world.document::<Order>().lines
}

#[test]
fn a_crash_after_the_acknowledgement_loses_the_command() {
    let system = instance("delivery:acknowledge-first", &[], &[]).system();
    let state = after(&system, "Receive Ack Load Crash Recover");
    assert!(system.at_rest(&state));
    assert!(lines(&state).is_empty());
}

#[test]
fn a_conflict_after_the_acknowledgement_loses_the_command_too() {
    let bounds = [("messages", 2), ("slots", 2)];
    let system = instance("delivery:acknowledge-first", &bounds, &[]).system();
    let state = after(
        &system,
        "Receive Receive Ack@1 Ack@2 Load@1 Load@2 Save@1 Save@2",
    );
    assert!(system.at_rest(&state));
    assert_eq!(lines(&state), [MessageId(1)]);
}

#[test]
fn a_crash_before_the_acknowledgement_adds_the_line_twice() {
    let bounds = [("messages", 1), ("slots", 1)];
    let system = instance("delivery", &bounds, &[]).system();
    let state = after(
        &system,
        "Receive Load Save Crash Recover Receive Load Save Ack",
    );
    assert!(system.at_rest(&state));
    assert_eq!(lines(&state), [MessageId(1), MessageId(1)]);
}

#[test]
fn a_slow_handler_and_its_successor_both_add_the_line() {
    let system = instance("delivery:slow-handler", &[], &[]).system();
    let state = after(
        &system,
        "Receive Load@1 Save@1 LeaseExpires Receive Load@2 Save@2 Ack@1 Ack@2",
    );
    assert!(system.at_rest(&state));
    assert_eq!(lines(&state), [MessageId(1), MessageId(1)]);
}
