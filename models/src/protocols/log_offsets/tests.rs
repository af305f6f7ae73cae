//! Log offsets: the runs that the lecture describes.

use super::*;
use crate::kit::fault::Fault;
use crate::protocols::tests::{after, broken, instance};

fn lines(state: &State) -> Vec<MessageId> {
    state.world.document::<Order>().lines
}

const FIRST: MessageId = MessageId(1);
const SECOND: MessageId = MessageId(2);

#[test]
fn an_offset_that_is_committed_first_loses_the_record_in_a_crash() {
    let system = instance("log-offsets:commit-first", &[("messages", 1)], &[]).system();
    let path = "Wake LoadGroup Join CommitOffset Load Crash Recover";
    let state = after(&system, path);
    assert!(system.at_rest(&state));
    assert!(lines(&state).is_empty());
}

#[test]
fn after_a_rebalance_the_commit_of_the_offset_fails_and_the_line_is_there_twice() {
    let system = instance("log-offsets:handle-first", &[("messages", 1)], &[]).system();
    let path = "Wake LoadGroup Join Load@1 Save@1 RowLeaseExpires \
                Wake LoadGroup Join Load@2 Save@2 CommitOffset@1 Leave@1 CommitOffset@2 Leave@2";
    let state = after(&system, path);
    assert!(system.at_rest(&state));
    assert_eq!(lines(&state), [FIRST, FIRST]);
    assert_eq!(state.world.document::<Group>().generation, 2);
}

#[test]
fn a_record_that_was_put_aside_is_skipped_after_a_restart() {
    let system = instance("log-offsets:skip-and-retry", &[], &[]).system();
    let path = "Wake LoadGroup Join Load CallFails CommitOffset Load Save CommitOffset";
    let state = after(&system, &format!("{path} Crash Recover"));
    assert!(system.at_rest(&state));
    assert_eq!(lines(&state), [SECOND]);
    let state = after(&system, &format!("{path} Load Save Leave"));
    assert_eq!(lines(&state), [SECOND, FIRST], "without the crash");
}

#[test]
fn a_stale_consumer_overwrites_lines_and_offset_unless_it_is_fenced() {
    let path = "Wake LoadGroup Join Load@1 RowLeaseExpires \
                Wake LoadGroup Join Load@2 SaveBoth@2 Load@2 SaveBoth@2 SaveBoth@1";
    let faults = [(Fault::Crash, 0), (Fault::Lease, 1)];
    let unfenced = instance("log-offsets:unfenced", &[], &faults).system();
    let state = after(&unfenced, path);
    let group = state.world.document::<Group>();
    assert_eq!((group.done, group.generation), (1, 1));
    assert_eq!(lines(&state), [FIRST]);
    let fenced = instance("log-offsets:fenced", &[], &faults).system();
    let state = after(&fenced, path);
    let group = state.world.document::<Group>();
    assert_eq!((group.done, group.generation), (2, 2));
    assert_eq!(lines(&state), [FIRST, SECOND]);
}

#[test]
fn without_faults_even_two_consumers_handle_each_record_once() {
    for variant in ["commit-first", "handle-first", "skip-and-retry", "unfenced"] {
        let name = format!("log-offsets:{variant}");
        let none = [(Fault::Crash, 0), (Fault::Lease, 0), (Fault::Fail, 0)];
        let calm = instance(&name, &[("slots", 2)], &none).system();
        assert!(broken(calm).is_empty(), "{variant}");
    }
}
