//! Provider keys: the runs that the lecture describes.

use super::*;
use crate::kit::system::State;
use crate::protocols::tests::{after, instance};

fn charged(state: &State) -> usize {
    state.world.document::<Account>().charged.len()
}

#[test]
fn two_requests_at_once_are_both_executed_if_the_key_is_saved_afterwards() {
    let system = instance("provider-keys:check-then-charge", &[], &[]).system();
    let state = after(
        &system,
        "Receive Receive LoadKey@1 LoadKey@2 LoadAccount@1 Charge@1 LoadAccount@2 Charge@2",
    );
    assert_eq!(charged(&state), 2);
}

#[test]
fn a_reservation_whose_owner_has_died_is_taken_over() {
    let system = instance("provider-keys", &[("copies", 1)], &[]).system();
    let state = after(
        &system,
        "Receive LoadKey Reserve Crash Recover Receive LoadKey Reserve LoadAccount ChargeAndSave \
         Answer Ack",
    );
    assert!(system.at_rest(&state));
    assert_eq!(charged(&state), 1);
}

#[test]
fn a_worker_slower_than_its_lease_has_its_write_refused() {
    let system = instance("provider-keys", &[], &[]).system();
    let state = after(
        &system,
        "Receive Receive LoadKey@1 Reserve@1 LoadAccount@1 RowLeaseExpires LoadKey@2 Reserve@2 \
         LoadAccount@2 ChargeAndSave@2 ChargeAndSave@1",
    );
    assert_eq!(charged(&state), 1);
}

#[test]
fn a_second_request_under_the_key_is_refused() {
    let bounds = [("messages", 2), ("copies", 1), ("slots", 1)];
    let system = instance("provider-keys", &bounds, &[]).system();
    let first = "Receive LoadKey Reserve LoadAccount ChargeAndSave Answer Ack";
    let state = after(&system, &format!("{first} Receive LoadKey Answer Ack"));
    assert!(system.at_rest(&state));
    assert_eq!((charged(&state), state.world.sent.len()), (1, 2));
}
