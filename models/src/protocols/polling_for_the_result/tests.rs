//! Polling for the result: the runs that the lecture describes.

use super::*;
use crate::kit::fault::Fault;
use crate::protocols::tests::{after, broken, instance};

const ACCEPTED: &str = "ShopReceives SendCommand WritePending ReplyAccepted ReplyArrives";
const DONE: &str = "ShopReceives LoadOrders MakeOrder WriteDone AckCommand";
const POLL: &str = "ClientWakes LoadClient GetStatus";

fn made(state: &State) -> u8 {
    state.world.document::<Orders>().made
}

#[test]
fn a_404_says_nothing_about_a_command_that_waits() {
    let system = instance("polling-for-the-result:order-per-command", &[], &[]).system();
    let state = after(
        &system,
        &format!("{POLL} NoteAttempt SubmitAgain {ACCEPTED} ShopReceives"),
    );
    assert_eq!(made(&state), 0, "both submissions are on their way");
    assert_eq!(broken(system), ["AtMostOneOrder", "NoDoubleEffect"]);
}

#[test]
fn the_client_sees_pending_and_then_done() {
    let system = instance("polling-for-the-result", &[], &[]).system();
    let path = format!("{ACCEPTED} {POLL} KeepAnswer");
    let state = after(&system, &path);
    assert_eq!(state.world.document::<Client>().saw, Answer::Pending);
    let state = after(&system, &format!("{path} {DONE} {POLL} KeepAnswer"));
    assert!(system.at_rest(&state));
    assert_eq!(state.world.document::<Client>().saw, Answer::Done);
    assert_eq!(made(&state), 1);
}

#[test]
fn a_request_that_dies_is_submitted_again_after_a_404() {
    let system = instance("polling-for-the-result", &[], &[]).system();
    let state = after(
        &system,
        &format!(
            "ShopReceives ShopCrashes ShopRecovers {POLL} NoteAttempt SubmitAgain \
             {ACCEPTED} {DONE} {POLL} KeepAnswer"
        ),
    );
    assert!(system.at_rest(&state));
    assert_eq!(made(&state), 1);
}

#[test]
fn a_status_that_says_done_is_not_overwritten_by_a_slow_request() {
    let path = "ShopReceives SendCommand@1 ShopReceives LoadOrders@2 MakeOrder@2 WriteDone@2 AckCommand@2 \
         WritePending@1";
    let says = |name: &str| {
        let system = instance(name, &[("slots", 2)], &[]).system();
        after(&system, path).world.document::<Status>().says
    };
    assert_eq!(
        says("polling-for-the-result:blind-pending"),
        Answer::Pending
    );
    assert_eq!(says("polling-for-the-result"), Answer::Done);
}

#[test]
fn a_lost_answer_or_a_lost_request_is_got_over_by_one_attempt() {
    let faults = [(Fault::Crash, 0), (Fault::Lose, 1)];
    let system = instance("polling-for-the-result", &[], &faults).system();
    assert!(broken(system).is_empty());
}

#[test]
fn a_command_that_expires_is_sent_again_only_if_pending_is_no_answer_to_rely_on() {
    let sent =
        "ShopReceives SendCommand WritePending ReplyAccepted ReplyArrives ShopMessageExpires";
    let seen = format!("{sent} {POLL} KeepAnswer");
    let relying = instance("polling-for-the-result:command-expires", &[], &[]).system();
    let state = after(&relying, &seen);
    assert!(
        relying.at_rest(&state) && made(&state) == 0,
        "nothing is left to do"
    );
    let system = instance("polling-for-the-result:until-done", &[], &[]).system();
    let again = "ShopReceives SendCommand WritePending ReplyAccepted ReplyArrives";
    let state = after(
        &system,
        &format!("{seen} {POLL} NoteAttempt SubmitAgain {again} {DONE} {POLL} KeepAnswer"),
    );
    assert!(system.at_rest(&state));
    assert_eq!(made(&state), 1);
}

#[test]
fn a_request_does_not_expire() {
    let system = instance("polling-for-the-result:until-done", &[], &[]).system();
    let state = after(&system, "");
    let disabled = system.disabled(&state).into_iter();
    let mut disabled = disabled.filter(|one| one.fault == Some(Fault::Expire));
    let why = disabled.next().unwrap();
    assert_eq!(
        (why.action, why.actor, &*why.reason),
        (
            "ShopMessageExpires",
            "Broker",
            "no message waits that could expire"
        )
    );
}
