//! The outbox family: the runs that the lecture describes.

use super::*;
use crate::kit::system::State;
use crate::protocols::tests::{after, instance};
use crate::value::from_value;

/// What was published, each with the number of lines it reports.
fn announced(state: &State) -> Vec<(Identity, i64)> {
    let sent = state.world.sent.iter();
    sent.filter_map(|event| {
        let message = event.get("message")?;
        Some((
            from_value(message.get("id")?).ok()?,
            event.get("basis")?.as_int()?,
        ))
    })
    .collect()
}

#[test]
fn a_ghost_is_published_before_the_line_is_saved() {
    let system = instance("outbox:publish-then-save", &[], &[]).system();
    let state = after(&system, "Receive Load Publish Crash");
    assert_eq!(announced(&state), [(Identity(MessageId(1), 1), 1)]);
    assert!(state.world.document::<Order>().lines.is_empty());
}

#[test]
fn the_attempt_after_a_crash_returns_before_it_publishes() {
    let system = instance("outbox:check-and-return", &[], &[]).system();
    let state = after(&system, "Receive Load Save Crash Recover Receive Load Ack");
    assert!(system.at_rest(&state));
    assert!(announced(&state).is_empty());
}

#[test]
fn the_outbox_sends_the_same_event_again() {
    let system = instance("outbox", &[("messages", 1), ("slots", 1)], &[]).system();
    let state = after(
        &system,
        "Receive Load Save Publish Crash Recover Receive Load Publish MarkDispatched Ack",
    );
    assert_eq!(announced(&state), [(Identity(MessageId(1), 1), 1)]);
    assert_eq!(state.world.document::<Order>().lines, [MessageId(1)]);
}
