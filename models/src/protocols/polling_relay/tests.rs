//! Polling relay: the runs that the lecture describes.

use super::*;
use crate::kit::fault::Fault;
use crate::protocols::tests::{after, broken, instance};

#[test]
fn the_naive_cursor_skips_a_row_without_any_fault() {
    let system = instance("polling-relay:naive-cursor", &[], &[]).system();
    let state = after(
        &system,
        "OrdersReceives OrdersReceives LoadOrder@1 LoadOrder@2 TakeNumber@1 TakeNumber@2 \
         Save@2 Ack@2 RelayWakes LoadCursor ReadRows Publish MoveCursor Save@1 Ack@1",
    );
    assert!(system.at_rest(&state));
    assert!(!(EVERY_ORDER_RELAYED.holds)(&system, &state));
}

#[test]
fn the_gap_aware_cursor_fills_the_gap_later_and_then_keeps_nothing_but_its_number() {
    let system = instance("polling-relay", &[], &[]).system();
    let relay = "RelayWakes LoadCursor ReadRows Publish MoveCursor";
    let state = after(
        &system,
        &format!(
            "OrdersReceives OrdersReceives LoadOrder@1 LoadOrder@2 TakeNumber@1 TakeNumber@2 \
             Save@2 Ack@2 {relay} Save@1 Ack@1 {relay}"
        ),
    );
    assert!(system.at_rest(&state));
    assert!((EVERY_ORDER_RELAYED.holds)(&system, &state));
    let cursor = state.world.document::<Cursor>();
    assert_eq!((cursor.last, cursor.ahead.len()), (2, 0));
}

#[test]
fn with_one_slot_and_no_crash_even_the_naive_cursor_loses_nothing() {
    let careful = instance("polling-relay:naive-cursor", &[("slots", 1)], &[]);
    assert!(broken(careful.system()).is_empty());
    let waits = instance(
        "polling-relay:wait-for-gaps",
        &[("messages", 2)],
        &[(Fault::Crash, 0)],
    );
    assert!(broken(waits.system()).is_empty());
}
