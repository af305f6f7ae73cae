//! Replay of versions: the runs that the lecture describes.

use super::*;
use crate::kit::system::State;
use crate::protocols::tests::{after, instance};

/// How many lines each event reports.
fn reported(state: &State) -> Vec<i64> {
    let sent = state.world.sent.iter();
    let basis = sent.filter_map(|event| event.get("basis")?.as_int());
    basis.collect()
}

/// Both commands are handled, and because of the crash the first one is delivered again.
const FIRST_COMES_AGAIN: &str = "Receive Receive Load@1 AppendVersion@1 Publish@1 \
     Load@2 AppendVersion@2 Publish@2 Ack@2 Crash Recover Receive Load@1 Publish@1 Ack@1";

#[test]
fn the_version_before_its_own_gives_the_same_event_again() {
    let system = instance("replay-of-versions", &[("copies", 1)], &[]).system();
    let state = after(&system, FIRST_COMES_AGAIN);
    assert!(system.at_rest(&state));
    assert_eq!(reported(&state), [1, 2]);
}

#[test]
fn a_reader_that_goes_on_reports_a_line_that_is_not_there() {
    let name = "replay-of-versions:overshooting-reader";
    let system = instance(name, &[("slots", 2)], &[]).system();
    let mut reported = reported(&after(&system, FIRST_COMES_AGAIN));
    reported.sort_unstable();
    assert_eq!(reported, [1, 2, 3]);
}

#[test]
fn of_the_newest_version_the_overshooting_reader_is_right() {
    let name = "replay-of-versions:overshooting-reader";
    let system = instance(name, &[("messages", 1)], &[]).system();
    let state = after(
        &system,
        "Receive Load AppendVersion Publish Crash Recover Receive Load Publish Ack",
    );
    assert_eq!(reported(&state), [1]);
}

#[test]
fn a_version_that_was_dropped_is_made_again() {
    let system = instance("replay-of-versions:truncated", &[("slots", 2)], &[]).system();
    let state = after(
        &system,
        "Receive Receive Load@1 AppendVersion@1 Publish@1 Ack@1 \
         Receive Load@1 AppendVersion@1 Publish@1 Ack@1 Load@2 AppendVersion@2",
    );
    let order = state.world.document::<Order>();
    assert_eq!((order.base, order.versions.len()), (2, 1));
    assert_eq!(state.world.hist.len(), 3);
}
