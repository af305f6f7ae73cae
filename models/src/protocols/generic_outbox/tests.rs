//! The generic outbox: the runs that the lecture describes.

use super::*;
use crate::kit::system::State;
use crate::protocols::tests::{after, instance};

/// The published messages with their ids.
fn sent(state: &State) -> Vec<(String, String)> {
    let text = |value: Option<&Value>| value.map(Value::plain).unwrap_or_default();
    let sent = state.world.sent.iter().map(|event| {
        let id = event.get("message").and_then(|message| message.get("id"));
        let output = event.get("output").and_then(Value::as_str);
        (output.unwrap_or_default().to_owned(), text(id))
    });
    sent.collect()
}

fn outputs(state: &State) -> Vec<String> {
    let mut outputs: Vec<_> = sent(state).into_iter().map(|(output, _)| output).collect();
    outputs.sort();
    outputs
}

const ONE: &[(&str, u8)] = &[("messages", 1), ("slots", 1)];

/// The order is saved, one of two messages is sent, then a crash; then again from the start.
const HALF_SENT: &str = "Receive Load Save PublishLineAdded Crash Recover \
                         Receive Load PublishLineAdded PublishFirstLineAdded";

#[test]
fn a_crash_between_two_messages_sends_both_again_under_the_same_ids() {
    let system = instance("generic-outbox", ONE, &[]).system();
    let state = after(&system, &format!("{HALF_SENT} MarkDispatched Ack"));
    assert!(system.at_rest(&state));
    assert_eq!(outputs(&state), ["FirstLineAdded", "LineAdded"]);
}

#[test]
fn an_id_that_is_given_when_it_is_sent_is_another_one_each_time() {
    let system = instance("generic-outbox:id-at-dispatch", ONE, &[]).system();
    let state = after(&system, HALF_SENT);
    assert_eq!(
        outputs(&state),
        ["FirstLineAdded", "LineAdded", "LineAdded"]
    );
}

#[test]
fn one_id_for_all_outputs_of_a_command_is_one_too_few() {
    let system = instance("generic-outbox:shared-id", ONE, &[]).system();
    let state = after(&system, HALF_SENT);
    let ids: Vec<_> = sent(&state).into_iter().map(|(_, id)| id).collect();
    assert_eq!(ids.len(), 2);
    assert_eq!(ids[0], ids[1]);
}

#[test]
fn with_two_states_a_pending_entry_is_never_sent() {
    let system = instance("generic-outbox:two-states", ONE, &[]).system();
    let state = after(&system, "Receive Load Save Crash Recover Receive Load Ack");
    assert!(system.at_rest(&state));
    assert_eq!(outputs(&state), [""; 0]);
    assert_eq!(state.world.document::<Order>().lines, [MessageId(1)]);
}
