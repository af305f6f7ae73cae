//! Error queue: the runs that the lecture describes.

use super::*;
use crate::kit::fault::Fault;
use crate::kit::system::State;
use crate::protocols::tests::{after, broken, instance};

const REPAIRED: &str = "OperatorReceives Repair Retry AckError \
                        OrdersReceives ReadCount LookUp Load Save Ack";

fn lines(state: &State) -> Vec<MessageId> {
    state.world.document::<Order>().lines
}

#[test]
fn the_broker_s_count_outlives_a_crash_and_leads_to_the_error_queue() {
    let system = instance("error-queue", &[("messages", 1), ("fatal", 0)], &[]).system();
    let path = "Evict OrdersReceives ReadCount LookUp OrdersReceives ReadCount \
                OrdersCrashes OrdersRecovers OrdersReceives ReadCount SetAside Ack";
    let state = after(&system, &format!("{path} {REPAIRED}"));
    assert!(system.at_rest(&state));
    assert_eq!(lines(&state), [MessageId(1)]);
    let counted = state.world.documents::<Delivered>();
    assert_eq!(counted[0].1.count, 0, "the broker is done with the command");
}

#[test]
fn a_count_in_memory_is_enough_for_a_message_that_kills_no_process() {
    let bounds = [("messages", 1), ("fatal", 0)];
    let system = instance("error-queue:counted-in-memory", &bounds, &[]).system();
    let state = after(
        &system,
        "Evict OrdersReceives LookUp LookUp SetAside Ack OperatorReceives Repair Retry AckError \
         OrdersReceives LookUp Load Save Ack",
    );
    assert!(system.at_rest(&state));
    assert_eq!(lines(&state), [MessageId(1)]);
}

#[test]
fn a_count_in_memory_begins_again_in_the_next_process() {
    let bounds = [("messages", 1), ("fatal", 2)];
    let system = instance("error-queue:counted-in-memory", &bounds, &[]).system();
    let before = after(&system, "Evict");
    let died = after(&system, "Evict OrdersReceives LookUp LookUp");
    assert_eq!(died.actors, before.actors);
}

#[test]
fn a_crash_after_set_aside_leaves_the_command_in_both_queues() {
    let system = instance("error-queue:no-deduplication", &[], &[]).system();
    let path = "Evict OrdersReceives ReadCount LookUp OrdersReceives ReadCount SetAside \
                OrdersCrashes OrdersRecovers OrdersReceives ReadCount SetAside Ack";
    let state = after(&system, &format!("{path} {REPAIRED} {REPAIRED}"));
    assert_eq!(lines(&state), [MessageId(1), MessageId(1)]);
    let calm = instance("error-queue:no-deduplication", &[], &[(Fault::Crash, 0)]);
    assert!(broken(calm.system()).is_empty());
}
