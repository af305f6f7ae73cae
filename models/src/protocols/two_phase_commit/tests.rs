//! Two-phase commit: the runs that the lecture describes.

use super::*;
use crate::kit::fault::Fault;
use crate::kit::system::State;
use crate::protocols::tests::{after, broken, instance};

const VOTES: &str = "Receive LoadLog AskQueue AskDatabase PrepareQueue PrepareDatabase";

fn phases(state: &State) -> (Phase, Phase) {
    let world = &state.world;
    let queue = world.documents::<Queued>().remove(0).1;
    (queue.phase, world.documents::<Changed>().remove(0).1.phase)
}

fn run(variant: &str, path: &str) -> (System, State) {
    let system = instance(&format!("two-phase-commit:{variant}"), &[], &[]).system();
    let state = after(&system, path);
    (system, state)
}

#[test]
fn an_observer_of_the_message_finds_no_change_if_the_queue_commits_first() {
    let observer = "DownstreamReceives";
    let (_, state) = run(
        "queue-first",
        &format!("{VOTES} Decide CommitQueue {observer}"),
    );
    assert!(!state.world.documents::<Seen>().remove(0).1.changed);
    let committed = "Decide CommitDatabase CommitQueue";
    let (_, state) = run("database-first", &format!("{VOTES} {committed} {observer}"));
    assert!(state.world.documents::<Seen>().remove(0).1.changed);
}

#[test]
fn resources_wait_for_ever_for_a_coordinator_that_is_lost_after_their_votes() {
    let votes = VOTES.replace("LoadLog", "Ack LoadLog");
    let (system, state) = run("coordinator-lost", &format!("{votes} Crash Recover"));
    assert!(system.at_rest(&state));
    assert_eq!(phases(&state), (Phase::Prepared, Phase::Prepared));
}

#[test]
fn a_coordinator_with_a_log_goes_on_where_it_was_and_one_without_aborts() {
    let again = "Crash Recover Receive LoadLog AskQueue \
                 AskDatabase";
    let (_, state) = run(
        "database-first",
        &format!("{VOTES} Decide CommitDatabase {again} CommitQueue Ack"),
    );
    assert_eq!(phases(&state), (Phase::Committed, Phase::Committed));
    let (_, state) = run(
        "no-log",
        &format!("{VOTES} CommitDatabase {again} AbortQueue Ack"),
    );
    assert_eq!(phases(&state), (Phase::Aborted, Phase::Committed));
}

#[test]
fn a_vote_against_aborts_both() {
    let (system, state) = run(
        "database-first",
        "Receive LoadLog AskQueue AskDatabase PrepareQueue CallFails Decide AbortQueue \
         AbortDatabase Ack",
    );
    assert!(system.at_rest(&state));
    assert_eq!(phases(&state), (Phase::Aborted, Phase::Aborted));
}

/// Every order of the two commits is wrong for some observer. So the guarantee that no variant keeps
/// is too strong, and this is not a mistake of one variant.
#[test]
fn without_any_fault_only_isolation_is_broken() {
    let quiet = [("messages", 1), ("slots", 1)];
    let none = [(Fault::Crash, 0), (Fault::Duplicate, 0), (Fault::Fail, 0)];
    let system = instance("two-phase-commit", &quiet, &none).system();
    assert_eq!(broken(system), ["Isolated"]);
}
