//! Fenced leases: the runs that the lecture describes.

use super::*;
use crate::kit::fault::Fault;
use crate::protocols::tests::{after, broken, instance};

const FIRST: MessageId = MessageId(1);
const SECOND: MessageId = MessageId(2);

fn stream(system: &System, state: &State) -> Vec<MessageId> {
    Stream::of(system, state).unwrap().rows
}

/// A worker has row 1, its lease expires, and another worker sends both rows.
const REPLACED: &str = "Wake ReadRows TakeLease Send@1 RowLeaseExpires \
                        Wake ReadRows TakeLease Send@2 SendAnswered@2 Mark@2 \
                        Wake ReadRows TakeLease Send@2 SendAnswered@2 Mark@2";

#[test]
fn two_workers_that_lease_any_row_send_the_later_one_first() {
    let system = instance("fenced-leases:any-row", &[], &[]).system();
    let state = after(
        &system,
        "Wake ReadRows TakeLease Wake ReadRows TakeLease Send@2 SendAnswered@2 Send@1 SendAnswered@1",
    );
    assert_eq!(stream(&system, &state), [SECOND, FIRST]);
}

#[test]
fn a_stale_worker_sends_its_row_after_a_later_one_unless_it_is_fenced() {
    let faults = [(Fault::Crash, 0), (Fault::Lease, 1), (Fault::Late, 0)];
    let path = format!("{REPLACED} SendAnswered@1");
    let unfenced = instance("fenced-leases:unfenced", &[], &faults).system();
    let state = after(&unfenced, &path);
    assert_eq!(stream(&unfenced, &state), [FIRST, SECOND, FIRST]);
    let fenced = instance("fenced-leases:fenced", &[], &faults).system();
    let state = after(&fenced, &format!("{path} Release@1"));
    assert!(fenced.at_rest(&state), "the release is refused");
    assert_eq!(stream(&fenced, &state), [FIRST, SECOND]);
}

#[test]
fn a_stale_worker_that_releases_without_a_check_has_its_row_sent_again() {
    let system = instance("fenced-leases:released-blindly", &[], &[]).system();
    let again = "Wake ReadRows TakeLease Send SendAnswered Mark";
    let state = after(
        &system,
        &format!("{REPLACED} SendAnswered@1 Release@1 {again}"),
    );
    assert_eq!(stream(&system, &state), [FIRST, SECOND, FIRST]);
}

#[test]
fn a_request_that_arrives_late_is_refused_by_its_fencing_number() {
    let faults = [(Fault::Crash, 0), (Fault::Lease, 0), (Fault::Late, 1)];
    let system = instance("fenced-leases", &[], &faults).system();
    let one = "Wake ReadRows TakeLease Send SendAnswered Mark";
    let path = "Wake ReadRows TakeLease Send RequestDelayed Release";
    let state = after(&system, &format!("{path} {one} {one} LateRequestArrives"));
    assert!(system.at_rest(&state));
    assert_eq!(stream(&system, &state), [FIRST, SECOND]);
}

#[test]
fn one_worker_without_faults_needs_neither_lease_nor_fence() {
    for variant in [
        "no-lease",
        "any-row",
        "unfenced",
        "released-blindly",
        "mark-first",
    ] {
        let name = format!("fenced-leases:{variant}");
        let none = [(Fault::Crash, 0), (Fault::Lease, 0)];
        let alone = instance(&name, &[("slots", 1)], &none).system();
        assert!(broken(alone).is_empty(), "{variant}");
    }
}
