//! Immutable data: the runs that the lecture describes.

use super::guarantees::readable;
use super::*;
use crate::kit::system::State;
use crate::protocols::tests::{after, instance};

fn found(state: &State) -> Vec<MessageId> {
    readable(&state.world).into_iter().collect()
}

/// The second slot takes the second copy of revision 1 and is slow; revision 2 is handled in
/// between.
const LATE_COPY: &str = "Receive Receive Load@1 Save@1 Publish@1 Ack@1 \
                         Receive Load@1 Save@1 Publish@1 Ack@1";

#[test]
fn a_late_copy_replaces_what_is_newer() {
    let system = instance("immutable-data:overwriting", &[("slots", 2)], &[]).system();
    let steps = LATE_COPY.replace("Load@1 ", "");
    let state = after(&system, &steps);
    assert_eq!(found(&state), [MessageId(2)]);
    let state = after(&system, &format!("{steps} Save@2"));
    assert_eq!(found(&state), [MessageId(1)]);
}

#[test]
fn a_late_copy_adds_nothing_to_the_facts() {
    let system = instance("immutable-data:facts", &[], &[]).system();
    let state = after(&system, &format!("{LATE_COPY} Load@2 Publish@2"));
    assert_eq!(found(&state), [MessageId(1), MessageId(2)]);
    assert_eq!(state.world.hist.len(), 2);
}

#[test]
fn an_older_revision_that_is_overtaken_is_never_announced() {
    let bounds = [("slots", 2)];
    let system = instance("immutable-data:newer-wins", &bounds, &[]).system();
    let state = after(
        &system,
        "Receive Receive Load@1 Save@1 Load@2 Save@2 Crash Recover \
         Receive Load@1 Ack@1 Receive Load@1 Publish@1 Ack@1",
    );
    assert!(system.at_rest(&state));
    assert_eq!(state.world.hist.len(), 2);
    assert_eq!(state.world.sent.len(), 1);
}

#[test]
fn a_second_attempt_stores_another_file_and_announces_the_first() {
    let bounds = [("messages", 1), ("slots", 1)];
    let system = instance("immutable-data:new-name", &bounds, &[]).system();
    let state = after(
        &system,
        "Receive Store Load Save Publish Crash Recover Receive Store Load Publish Ack",
    );
    assert_eq!(state.world.documents::<File>().len(), 2);
    assert_eq!(state.world.sent.len(), 1);
}
