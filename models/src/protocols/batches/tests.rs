//! Batches: the runs that the lecture describes.

use super::*;
use crate::kit::fault::Fault;
use crate::protocols::tests::{after, broken, instance};

fn lines(state: &State) -> Vec<Item> {
    state.world.document::<Order>().lines
}

const FIRST: Item = Item(MessageId(1), 1);
const SECOND: Item = Item(MessageId(1), 2);

#[test]
fn a_batch_that_is_given_back_adds_the_line_of_its_first_message_twice() {
    let system = instance("batches:whole-batch", &[], &[]).system();
    let again = "Receive Open Load Save Load Save AckAll";
    let state = after(
        &system,
        &format!("Receive Open Load Save Load CallFails {again}"),
    );
    assert!(system.at_rest(&state));
    assert_eq!(lines(&state), [FIRST, FIRST, SECOND]);
    let causes: Vec<_> = [FIRST, FIRST, SECOND].map(Value::from).into();
    assert_eq!(*state.world.hist, causes, "the history names the message");
}

#[test]
fn an_acknowledgement_of_all_that_came_before_takes_the_failed_message_along() {
    let system = instance("batches:up-to-here", &[], &[]).system();
    let state = after(
        &system,
        "Receive Open Load CallFails Load Save AckOne AckAll",
    );
    assert!(system.at_rest(&state));
    assert_eq!(lines(&state), [SECOND]);
}

#[test]
fn only_the_message_that_failed_comes_again() {
    let system = instance("batches:one-by-one", &[], &[]).system();
    let state = after(
        &system,
        "Receive Open Load CallFails Load Save AckOne Receive Open Load Save AckOne AckAll",
    );
    assert!(system.at_rest(&state));
    assert_eq!(lines(&state), [SECOND, FIRST]);
    let calm = instance("batches:one-by-one", &[], &[(Fault::Crash, 0)]);
    assert!(broken(calm.system()).is_empty());
}
