//! Transactional session: the runs that the lecture describes.

use super::guarantees::published;
use super::*;
use crate::kit::fault::Fault;
use crate::kit::system::State;
use crate::protocols::tests::{after, broken, instance};

const TRIES: &str = "CompleterMessageBecomesDue CompleterReceives LoadSession";

fn session(state: &State) -> Session {
    let mut sessions = state.world.documents::<Session>().into_iter();
    sessions.next().map(|(_, session)| session).unwrap()
}

#[test]
fn a_commit_that_comes_after_the_tombstone_fails() {
    let system = instance("transactional-session", &[("tries", 0)], &[]).system();
    let state = after(
        &system,
        &format!("WebReceives SendCompletion {TRIES} SaveTombstone AckCompletion Commit"),
    );
    assert!(system.at_rest(&state));
    assert!(!session(&state).committed);
    assert!(!published(&state, &Value::from(MessageId(1))));
}

#[test]
fn a_tombstone_that_comes_after_the_commit_fails_and_the_event_is_published() {
    let system = instance("transactional-session", &[("tries", 0)], &[]).system();
    let state = after(
        &system,
        &format!(
            "WebReceives SendCompletion {TRIES} Commit SaveTombstone \
             CompleterReceives LoadSession Publish AckCompletion ReplyDone ReplyArrives"
        ),
    );
    assert!(system.at_rest(&state));
    assert!(!session(&state).abandoned);
    assert!(published(&state, &Value::from(MessageId(1))));
}

#[test]
fn without_a_tombstone_a_slow_request_is_never_published() {
    let system = instance("transactional-session:no-tombstone", &[], &[]).system();
    let state = after(
        &system,
        &format!(
            "WebReceives SendCompletion {TRIES} TryAgainLater AckCompletion {TRIES} AckCompletion \
             Commit ReplyDone ReplyArrives"
        ),
    );
    assert!(system.at_rest(&state));
    assert!(session(&state).committed);
    assert!(!published(&state, &Value::from(MessageId(1))));
}

#[test]
fn no_number_of_tries_replaces_the_tombstone() {
    for tries in 0..=2 {
        let name = "transactional-session:no-tombstone";
        let system = instance(name, &[("tries", tries)], &[]).system();
        assert_eq!(broken(system), ["CommittedIsPublished", "ToldTheTruth"]);
    }
}

#[test]
fn a_broker_that_refuses_completion_messages_does_no_harm() {
    let refusals = [(Fault::Crash, 0), (Fault::Fail, 2)];
    let system = instance("transactional-session", &[], &refusals).system();
    assert!(broken(system).is_empty());
}
