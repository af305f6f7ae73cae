//! Link handshake: the runs that the lecture describes.

use super::*;
use crate::kit::system::State;
use crate::protocols::tests::{after, instance};

fn effects(system: &System, state: &State) -> u8 {
    let receiver: Receiver = system.memory(state).unwrap_or_default();
    receiver.effects.values().sum()
}

#[test]
fn a_crash_of_a_volatile_sender_after_the_settlement_transfers_the_message_twice() {
    let system = instance("link-handshake:volatile-sender", &[], &[]).system();
    let state = after(
        &system,
        "Receive Load Transfer TransferAnswered Settle SettleAnswered Crash Recover \
         Receive Load Transfer TransferAnswered",
    );
    assert_eq!(effects(&system, &state), 2);
}

#[test]
fn after_the_same_crash_a_durable_sender_settles_once_more_and_transfers_nothing() {
    let system = instance("link-handshake", &[], &[]).system();
    let state = after(
        &system,
        "Receive Load Transfer TransferAnswered SaveAccepted Settle SettleAnswered Crash Recover \
         Receive Load Settle SettleAnswered DeleteDelivery Ack",
    );
    assert!(system.at_rest(&state));
    assert_eq!(effects(&system, &state), 1);
    assert_eq!(receiver::remembered(&system, &state), (0, 0));
}

#[test]
fn a_receiver_that_restarts_takes_the_repeated_transfer_for_a_new_one() {
    let system = instance("link-handshake:volatile-receiver", &[], &[]).system();
    let state = after(
        &system,
        "Receive Load Transfer AnswerLost Forget Receive Load Transfer TransferAnswered",
    );
    assert_eq!(effects(&system, &state), 2);
}

#[test]
fn a_transfer_that_is_overtaken_by_its_settlement_is_taken_for_a_new_one() {
    let system = instance("link-handshake:late-transfer", &[], &[]).system();
    let state = after(
        &system,
        "Receive Load Transfer RequestDelayed Receive Load Transfer TransferAnswered SaveAccepted \
         Settle SettleAnswered DeleteDelivery Ack LateRequestArrives",
    );
    assert!(system.at_rest(&state));
    assert_eq!(effects(&system, &state), 2);
    assert_eq!(receiver::remembered(&system, &state), (1, 0));
}
