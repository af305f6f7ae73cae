//! The token-driven process: the runs that the lecture describes.

use super::*;
use crate::kit::fault::Fault;
use crate::kit::system::State;
use crate::protocols::tests::{after, broken, instance};

/// How often an activity was performed.
fn performed(state: &State, number: u8) -> usize {
    let number = Value::from(number);
    let activities = state.world.documents::<Activity>().into_iter();
    let of_it = activities.filter(|(key, _)| *key == number);
    of_it.map(|(_, activity)| activity.performed.len()).sum()
}

const BEGINS: &str = "Receive LoadActivity CheckToken Perform";
const ENDS: &str = "SendSignal DeleteToken Clean Ack";

#[test]
fn a_token_lives_from_before_its_signal_until_its_activity_is_done() {
    let system = instance("token-process", &[], &[]).system();
    let sent = format!("{BEGINS} DrawToken CreateToken Checkpoint SendSignal");
    let both = after(&system, &sent).world.members(TOKENS);
    assert_eq!(both, [Value::from(1), Value::from(2)].into());
    let state = after(&system, &format!("{sent} DeleteToken"));
    assert_eq!(state.world.members(TOKENS), [Value::from(2)].into());
}

#[test]
fn a_process_ends_without_a_token() {
    let system = instance("token-process", &[], &[]).system();
    let passed_on = format!("{BEGINS} DrawToken CreateToken Checkpoint {ENDS}");
    let path = format!("{passed_on} {passed_on} {BEGINS} DeleteToken Clean Ack");
    let state = after(&system, &path);
    assert!(system.at_rest(&state));
    assert!(state.world.members(TOKENS).is_empty());
    assert_eq!([1, 2, 3].map(|number| performed(&state, number)), [1, 1, 1]);
}

#[test]
fn the_next_attempt_sends_the_signal_whose_token_was_saved() {
    let system = instance("token-process", &[], &[]).system();
    let crashed = format!("{BEGINS} DrawToken CreateToken Checkpoint Crash Recover");
    let state = after(
        &system,
        &format!("{crashed} Receive LoadActivity CheckToken {ENDS}"),
    );
    assert_eq!(performed(&state, 1), 1);
    assert_eq!(state.world.members(TOKENS), [Value::from(2)].into());
}

#[test]
fn a_signal_that_is_faster_than_its_token_is_dropped() {
    let system = instance("token-process:send-first", &[], &[]).system();
    let sent = format!("{BEGINS} DrawToken Checkpoint SendSignal");
    let dropped = "Receive.activity=2 LoadActivity@2 CheckToken@2 Ack@2";
    let path = format!("{sent} {dropped} CreateToken DeleteToken Clean Ack");
    let state = after(&system, &path);
    assert!(system.at_rest(&state));
    assert_eq!(performed(&state, 2), 0);
}

#[test]
fn garbage_comes_of_faults_and_of_nothing_else() {
    let none = [(Fault::Crash, 0), (Fault::Duplicate, 1)];
    let system = instance("token-process", &[], &none).system();
    assert!(broken(system).is_empty());
    let crash = [(Fault::Crash, 1), (Fault::Duplicate, 0)];
    let system = instance("token-process", &[], &crash).system();
    assert_eq!(broken(system), ["CleanAtRest"]);
}
