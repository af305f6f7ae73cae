//! The importer: the runs that the lecture describes.

use super::*;
use crate::kit::fault::Fault;
use crate::protocols::tests::{after, broken, instance};

fn lines(state: &State) -> Vec<MessageId> {
    state.world.document::<Order>().lines
}

const HANDLED: &str = "OrdersReceives LoadOrder SaveOrder AckRow";

#[test]
fn a_deletion_that_fails_sends_the_row_again() {
    let system = instance("importer:send-then-delete", &[], &[]).system();
    let state = after(
        &system,
        &format!(
            "ImporterWakes ReadRows SendRow ImporterCallFails \
             ImporterWakes ReadRows SendRow DeleteRow {HANDLED} {HANDLED}"
        ),
    );
    assert!(system.at_rest(&state));
    assert_eq!(lines(&state), [MessageId(1), MessageId(1)]);
}

#[test]
fn a_send_that_fails_after_the_deletion_loses_the_row() {
    let system = instance("importer:delete-then-send", &[("rows", 1)], &[]).system();
    let state = after(
        &system,
        "ImporterWakes ReadRows DeleteRow ImporterCallFails",
    );
    assert!(system.at_rest(&state));
    assert!(lines(&state).is_empty());
}

#[test]
fn orders_recognises_the_row_that_is_sent_again() {
    let system = instance("importer", &[("rows", 1)], &[]).system();
    let state = after(
        &system,
        &format!(
            "ImporterWakes ReadRows SendRow ImporterCrashes ImporterRecovers \
             ImporterWakes ReadRows SendRow DeleteRow {HANDLED} \
             OrdersReceives LoadOrder AckRow"
        ),
    );
    assert!(system.at_rest(&state));
    assert_eq!(lines(&state), [MessageId(1)]);
}

#[test]
fn two_polls_at_a_time_send_a_row_twice_without_any_fault() {
    let twice = [("importer-slots", 2)];
    let system = instance("importer:send-then-delete", &twice, &[(Fault::Fail, 0)]).system();
    assert!(broken(system).contains(&"NoDoubleEffect"));
    let right = instance(
        "importer",
        &[("rows", 1), ("importer-slots", 2)],
        &[(Fault::Fail, 0), (Fault::Crash, 0)],
    );
    assert!(broken(right.system()).is_empty());
}
