//! Natural idempotency: the runs that the lecture describes.

use super::*;
use crate::kit::system::State;
use crate::protocols::tests::{after, broken, instance};
use crate::value::Value;

fn lines(state: &State) -> Vec<MessageId> {
    let order = state.world.document::<Order>();
    order.lines.iter().copied().collect()
}

fn history(state: &State) -> Vec<MessageId> {
    let hist = state.world.hist.iter();
    hist.filter_map(|cause| from_value(cause).ok()).collect()
}

#[test]
fn a_late_copy_adds_what_was_removed() {
    let name = "natural-idempotency:add-and-remove";
    // The second slot takes the second copy of the addition and is slow.
    let system = instance(name, &[("slots", 2)], &[]).system();
    let state = after(
        &system,
        "Receive Receive Load@1 Save@1 Publish@1 Ack@1 \
         Receive Load@1 Save@1 Publish@1 Ack@1 Load@2 Save@2",
    );
    assert_eq!(history(&state), [MessageId(1), MessageId(2), MessageId(1)]);
    assert_eq!(lines(&state), [MessageId(1)]);
}

#[test]
fn a_removal_that_comes_early_is_given_back() {
    let system = instance("natural-idempotency", &[("slots", 2), ("copies", 1)], &[]).system();
    let state = after(&system, "Receive Receive Load@2");
    assert_eq!(
        system.incoming(&state).into_keys().collect::<Vec<_>>(),
        [Value::from(MessageId(2))]
    );
    assert!(history(&state).is_empty());
}

#[test]
fn a_removed_line_stays_removed() {
    let system = instance("natural-idempotency", &[], &[]).system();
    let state = after(
        &system,
        "Receive Receive Load@1 Save@1 Publish@1 Ack@1 \
         Receive Load@1 Save@1 Publish@1 Ack@1 Load@2 Publish@2",
    );
    assert_eq!(history(&state), [MessageId(1), MessageId(2)]);
    assert!(lines(&state).is_empty());
}

#[test]
fn a_row_that_exists_is_not_created_again_and_announced_all_the_same() {
    let name = "natural-idempotency:primary-key";
    let system = instance(name, &[("messages", 1), ("slots", 1)], &[]).system();
    let state = after(
        &system,
        "Receive Create Crash Recover Receive Create Publish",
    );
    assert_eq!(history(&state), [MessageId(1)]);
    assert_eq!(state.world.sent.len(), 1);
}

/// The double effect needs neither a second slot nor a fault.
#[test]
fn without_removals_the_same_handler_keeps_all_promises() {
    let bounds = [("messages", 2), ("copies", 2), ("slots", 1)];
    let with = instance("natural-idempotency:add-and-remove", &bounds, &[]).system();
    assert!(broken(with).contains(&"NoDoubleEffect"));
    let without = instance("natural-idempotency:add-only", &bounds, &[]).system();
    assert_eq!(broken(without), [""; 0]);
}
