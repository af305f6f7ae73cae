//! Ordered updates: the runs that the lecture describes, and the order of the queue.

use super::*;
use crate::protocols::tests::{after, broken, instance};

fn changes(state: &State) -> Vec<u8> {
    let all = state.world.documents::<Prices>().into_iter();
    let changes = all.flat_map(|(_, prices)| prices.changes);
    changes.map(|id| id.0).collect()
}

/// The messages of each partition that wait, in their order.
fn waiting(state: &State) -> Vec<Vec<Value>> {
    state.world.order[&0].values().cloned().collect()
}

fn message(id: u8) -> Value {
    Value::from(MessageId(id))
}

/// One product, with two changes and as many slots.
fn of_one_product(variant: &str) -> System {
    let bounds = [("messages", 2), ("products", 1), ("slots", 2)];
    instance(&format!("ordered-updates:{variant}"), &bounds, &[]).system()
}

#[test]
fn with_the_wrong_key_the_second_change_is_applied_first() {
    let system = of_one_product("wrong-key");
    let state = after(
        &system,
        "Receive Receive Load@2 Save@2 Ack@2 Load@1 Save@1 Ack@1",
    );
    assert!(system.at_rest(&state));
    assert_eq!(changes(&state), [2, 1]);
}

#[test]
fn a_change_that_is_older_is_acknowledged_and_lost() {
    let system = of_one_product("skip-older");
    let state = after(&system, "Receive Receive Load@2 Save@2 Ack@2 Load@1 Ack@1");
    assert!(system.at_rest(&state));
    assert_eq!(changes(&state), [2]);
}

#[test]
fn the_next_change_waits_until_the_one_before_is_acknowledged() {
    let system = of_one_product("in-order");
    let state = after(&system, "Receive Load Save");
    assert_eq!(waiting(&state), [vec![message(2)]]);
    assert_eq!(system.deliverable(0, &state), []);
    let disabled = system.disabled(&state);
    let receive = disabled.iter().find(|one| one.action == "Receive").unwrap();
    let reason = "every message that waits is behind a leased one of its partition";
    assert_eq!(receive.reason, reason);
    let state = after(&system, "Receive Load Save Ack Receive Load Save Ack");
    assert!(system.at_rest(&state));
    assert_eq!(changes(&state), [1, 2]);
}

#[test]
fn a_message_comes_back_at_the_head_of_its_partition() {
    let system = of_one_product("in-order");
    let crashed = after(&system, "Receive Load Save Crash");
    assert_eq!(waiting(&crashed), [vec![message(1), message(2)]]);
    let expired = after(&system, "Receive Load LeaseExpires");
    assert_eq!(waiting(&expired), [vec![message(1), message(2)]]);
    assert_eq!(system.deliverable(0, &expired), [message(1)]);
}

#[test]
fn a_duplicate_stands_behind_its_original() {
    let system = of_one_product("in-order");
    let state = after(&system, "Duplicate");
    let expected = vec![message(1), message(1), message(2)];
    assert_eq!(waiting(&state), [expected]);
}

/// The slow handler saves nothing, since its version is not the current one any more.
#[test]
fn a_slow_handler_cannot_write_after_the_next_change() {
    let system = of_one_product("in-order");
    let state = after(
        &system,
        "Receive Load@1 LeaseExpires Receive Load@2 Save@2 Ack@2 \
         Receive Load@2 Save@2 Ack@2 Save@1",
    );
    assert!(system.at_rest(&state));
    assert_eq!(changes(&state), [1, 2]);
}

#[test]
fn changes_of_two_products_are_handled_at_the_same_time() {
    let system = instance("ordered-updates", &[], &[]).system();
    let state = after(&system, "Receive Receive Load@1 Load@2 Save@2 Save@1");
    assert_eq!(changes(&state), [1, 2]);
    assert_eq!(system.deliverable(0, &state), []);
}

#[test]
fn without_the_order_of_the_queue_the_right_handler_loses_a_change() {
    let system = of_one_product("in-order");
    let unordered = System::new(Spec {
        ordered_by: None,
        ..system.spec().clone()
    });
    assert!(!broken(system).contains(&"AppliedInOrder"));
    assert!(broken(unordered).contains(&"AppliedInOrder"));
}
