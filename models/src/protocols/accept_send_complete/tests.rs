//! Accept, send, complete: the runs that the lecture describes, and what other sizes break.

use super::*;
use crate::kit::fault::Fault;
use crate::kit::guarantees::CONSISTENT_OUTPUT;
use crate::protocols::tests::{after, broken, instance};

fn made(state: &State) -> Vec<u8> {
    state.world.document::<Orders>().made
}

#[test]
fn a_click_after_a_crash_sends_the_command_that_was_missing() {
    let system = instance("accept-send-complete", &[("requests", 1)], &[]).system();
    let state = after(
        &system,
        "Receive Load SaveAccepted Crash Recover \
         Receive Load Send SaveSubmitted ReplySubmitted ReplyArrives DownstreamReceives",
    );
    assert!(system.at_rest(&state));
    assert_eq!(made(&state), [1]);
}

#[test]
fn an_item_that_comes_late_makes_two_commands_under_one_identity() {
    let late = "Receive Load@1 SaveAccepted@1 Send@1 Receive Load@2 SaveItem@2 ReplyAdded@2 \
                SaveSubmitted@1 AskAgain Receive Load@1 Send@1";
    let bounds = [("tabs", 1), ("clicks", 1)];
    let system = instance("accept-send-complete:unguarded", &bounds, &[]).system();
    let state = after(&system, late);
    assert!(!(CONSISTENT_OUTPUT.holds)(&system, &state));
    assert_eq!(state.world.sent.len(), 2);
}

#[test]
fn a_cart_that_is_accepted_takes_no_item() {
    let system = instance("accept-send-complete", &[("tabs", 1), ("slots", 2)], &[]).system();
    let state = after(
        &system,
        "Receive Load@1 SaveAccepted@1 Receive Load@2 ReplyRefused@2 Send@1 SaveSubmitted@1",
    );
    assert_eq!(state.world.document::<Cart>().items, 1);
}

#[test]
fn one_crash_may_take_both_clicks_if_both_are_being_handled() {
    let system = instance("accept-send-complete", &[("slots", 2)], &[]).system();
    // Even without a crash, one of two concurrent requests may be refused for a conflict and end
    // without an answer.
    assert_eq!(broken(system), ["IntentHonoured", "Answered"]);
}

#[test]
fn without_a_crash_a_single_click_is_enough() {
    let calm = instance("accept-send-complete:one-click", &[], &[(Fault::Crash, 0)]);
    assert!(broken(calm.system()).is_empty());
}

#[test]
fn a_receiver_without_a_primary_key_needs_no_crash_to_make_two_orders() {
    let copies = [(Fault::Crash, 0), (Fault::Duplicate, 1)];
    let system = instance("accept-send-complete:no-primary-key", &[], &copies).system();
    assert_eq!(broken(system), ["AtMostOneOrder"]);
}
