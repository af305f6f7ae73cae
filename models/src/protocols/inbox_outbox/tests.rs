//! Inbox and outbox: the runs that the lecture describes.

use super::*;
use crate::kit::fault::Fault;
use crate::kit::system::State;
use crate::protocols::tests::{after, broken, instance};

fn lines(state: &State) -> usize {
    state.world.document::<Order>().lines.len()
}

fn entries(state: &State) -> usize {
    state.world.document::<Order>().outbox.len()
}

#[test]
fn a_check_before_the_load_adds_the_line_twice_without_any_fault() {
    let system = instance("inbox-outbox:inbox-then-entity", &[], &[]).system();
    let first = "Receive Receive CheckInbox@2 CheckInbox@1 Load@1 Save@1 Publish@1 Mark@1 Clean@1";
    let state = after(&system, first);
    assert_eq!((lines(&state), entries(&state)), (1, 0));
    let second = "Load@2 Save@2";
    assert_eq!(lines(&after(&system, &format!("{first} {second}"))), 2);
}

#[test]
fn a_check_after_the_load_lets_optimistic_concurrency_refuse_the_second_save() {
    let system = instance("inbox-outbox", &[], &[(Fault::Crash, 0)]).system();
    let state = after(
        &system,
        "Receive Receive Load@2 CheckInbox@2 Load@1 CheckInbox@1 Save@1 Publish@1 Mark@1 Clean@1 \
         Ack@1 Save@2 Receive Load CheckInbox Ack",
    );
    assert!(system.at_rest(&state));
    assert_eq!((lines(&state), entries(&state)), (1, 0));
}

#[test]
fn only_the_attempt_that_finds_the_mark_can_remove_the_entry_of_one_that_crashed() {
    let crashed = "Receive Load CheckInbox Save Publish Mark Crash Recover Receive Load CheckInbox";
    let careless = instance("inbox-outbox:duplicates-not-cleaned", &[], &[]).system();
    let state = after(&careless, &format!("{crashed} Ack"));
    assert!(careless.at_rest(&state));
    assert_eq!((lines(&state), entries(&state)), (1, 1));
    let right = instance("inbox-outbox", &[("copies", 1)], &[]).system();
    let state = after(&right, &format!("{crashed} Clean Ack"));
    assert!(right.at_rest(&state));
    assert_eq!((lines(&state), entries(&state)), (1, 0));
}

#[test]
fn an_attempt_after_a_crash_goes_on_under_the_claim_that_was_made_before() {
    let system = instance("inbox-outbox:claims", &[("copies", 1)], &[]).system();
    let state = after(
        &system,
        "Receive Load SaveClaim Claim Crash Recover Receive Load Claim LoadClaim Save Publish \
         Clean Ack",
    );
    assert!(system.at_rest(&state));
    assert_eq!((lines(&state), entries(&state)), (1, 0));
}

#[test]
fn a_second_claim_on_a_processed_command_finds_the_first_and_is_dropped() {
    let system = instance("inbox-outbox:claims", &[("slots", 1)], &[]).system();
    let state = after(
        &system,
        "Receive Load SaveClaim Claim Save Publish Clean Ack Receive Load SaveClaim Claim \
         LoadClaim Clean Ack",
    );
    assert!(system.at_rest(&state));
    assert_eq!((lines(&state), entries(&state)), (1, 0));
}

#[test]
fn an_expired_lease_and_a_crash_may_leave_an_entry() {
    let faults = [(Fault::Lease, 1), (Fault::Crash, 1)];
    let system = instance("inbox-outbox", &[("copies", 1)], &faults).system();
    let state = after(
        &system,
        "Receive LeaseExpires@1 Receive Load@1 CheckInbox@1 Load@2 Save@1 Publish@1 Mark@1 \
         CheckInbox@2 Ack@2 Crash",
    );
    assert!(system.at_rest(&state));
    assert_eq!((lines(&state), entries(&state)), (1, 1));
}

/// The guarantees that another handler violates with two slots, two copies of the command and one
/// crash.
fn broken_by(handle: fn(&mut dyn Io, &AddLine) -> Flow) -> Vec<&'static str> {
    let system = instance("inbox-outbox", &[], &[]).system();
    broken(system.with_handler(Handler::new(handle)))
}

#[test]
fn an_entry_removed_before_the_mark_leaves_the_command_nowhere() {
    let broken = broken_by(|io, command| {
        let mut order = io.load::<Order>("Load", ORDER)?;
        if io.contains("CheckInbox", INBOX, command.id)? {
            return cleaned_and_acknowledged(io, command, &mut order);
        }
        add_and_publish(io, command, &mut order)?;
        order.outbox.remove(&command.id);
        io.commit("Clean", &mut order)?.or_give_back()?;
        io.insert("Mark", INBOX, command.id)?.or_give_back()?;
        io.ack("Ack")
    });
    assert!(broken.contains(&"NoDoubleEffect"));
}

#[test]
fn a_mark_before_the_event_is_out_loses_the_event() {
    let broken = broken_by(|io, command| {
        let mut order = io.load::<Order>("Load", ORDER)?;
        if io.contains("CheckInbox", INBOX, command.id)? {
            return cleaned_and_acknowledged(io, command, &mut order);
        }
        if order.event(command).is_none() {
            order.add(command, io.fresh_id()?);
            io.commit("Save", &mut order)?.or_give_back()?;
        }
        io.insert("Mark", INBOX, command.id)?.or_give_back()?;
        add_and_publish(io, command, &mut order)?;
        cleaned_and_acknowledged(io, command, &mut order)
    });
    assert!(broken.contains(&"NoLostOutput"));
}

#[test]
fn a_copy_that_comes_after_the_eviction_of_its_id_is_processed_once_more() {
    let once = "Receive Load CheckInbox Save Publish Mark Clean Ack";
    let system = instance("inbox-outbox:evicted", &[], &[]).system();
    let state = after(&system, &format!("{once} Evict {once}"));
    assert!(system.at_rest(&state));
    let command = Value::from(MessageId(1));
    assert_eq!(*state.world.hist, [command.clone(), command]);
}

#[test]
fn a_copy_that_reads_a_replica_without_the_mark_is_processed_once_more() {
    let system = instance("inbox-outbox:stale-reads", &[], &[]).system();
    let state = after(
        &system,
        "Receive Load CheckInbox Save Publish Mark Clean Ack \
         Receive Load StaleRead Save Publish Mark Clean Ack",
    );
    assert!(system.at_rest(&state));
    let command = Value::from(MessageId(1));
    assert_eq!(*state.world.hist, [command.clone(), command]);
}
