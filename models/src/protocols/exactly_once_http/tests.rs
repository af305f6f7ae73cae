//! Exactly-once HTTP: the runs that the lecture describes.

use super::*;
use crate::kit::system::State;
use crate::protocols::tests::{after, instance};

const COMMITTED: &str = "Receive Load Register Put PutAnswered Commit";
const FOLLOWED_UP: &str = "Receive Load Get GetAnswered SaveResponse Delete DeleteAnswered";

fn run(variant: &str, path: &str) -> (System, State) {
    let system = instance(&format!("exactly-once-http:{variant}"), &[], &[]).system();
    let state = after(&system, path);
    (system, state)
}

fn courier(system: &System, state: &State) -> Courier {
    system.memory(state).unwrap_or_default()
}

#[test]
fn a_booking_is_made_once_and_nothing_is_left_at_the_courier() {
    let (system, state) = run(
        "four-phases",
        &format!("{COMMITTED} Post PostAnswered SendFollowUp Clear Ack {FOLLOWED_UP} Ack"),
    );
    assert!(system.at_rest(&state));
    let courier = courier(&system, &state);
    assert_eq!(courier.booked.into_values().collect::<Vec<_>>(), [1]);
    assert!(courier.requests.is_empty());
}

#[test]
fn a_post_whose_answer_is_lost_is_repeated_and_books_nothing_more() {
    let (system, state) = run(
        "four-phases",
        &format!("{COMMITTED} Post AnswerLost Receive Load Post PostAnswered"),
    );
    assert_eq!(courier(&system, &state).booked[&MessageId(1)], 1);
}

#[test]
fn the_published_follow_up_is_poisoned_by_a_crash_after_its_delete() {
    let follow_up = "Receive Load Post PostAnswered Get GetAnswered SaveResponse Delete \
                     DeleteAnswered Crash Recover Receive Load Post PostAnswered Reject Ack";
    let (system, state) = run(
        "post-on-receipt",
        &format!("{COMMITTED} SendFollowUp Clear Ack {follow_up}"),
    );
    assert!(system.at_rest(&state));
    assert_eq!(state.world.members(ERRORS).len(), 1);
    assert!(state.world.documents::<Booking>()[0].1.answered);
}

#[test]
fn an_attempt_that_is_slow_to_put_leaves_an_orphan() {
    let fast = "Load@2 Register@2 Put@2 PutAnswered@2 Commit@2 Post@2 PostAnswered@2 \
                DeleteOther@2 DeleteOtherAnswered@2 SendFollowUp@2 Clear@2";
    let (system, state) = run(
        "overlapping",
        &format!("Receive Receive Load@1 Register@1 {fast} Put@1 PutAnswered@1 Commit@1"),
    );
    assert_eq!(courier(&system, &state).requests.len(), 2);
}

#[test]
fn a_follow_up_that_overlaps_with_another_looks_again_before_it_rejects() {
    let command = "Receive Receive Load@1 Register@1 Put@1 PutAnswered@1 Commit@1 Post@1 \
                   PostAnswered@1 SendFollowUp@1 Clear@1 Ack@1";
    let first = "Receive Load@1 Get@1 GetAnswered@1 Load@2 SaveResponse@1 Delete@1 \
                 DeleteAnswered@1 Ack@1";
    let second = "Get@2 GetAnswered@2 LoadAgain@2 Ack@2";
    let (system, state) = run("overlapping", &format!("{command} {first} {second}"));
    assert!(system.at_rest(&state));
    assert!(state.world.members(ERRORS).is_empty());
}
