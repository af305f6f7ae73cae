//! The out-of-document outbox: all 24 orders of its tail, and the runs that its lecture describes.

use super::*;
use crate::kit::fault::Fault;
use crate::kit::system::State;
use crate::protocols::tests::{after, broken, instance};

const PARTS: [&str; 4] = ["publish", "mark", "delete", "clear"];

/// The 24 orders of the tail's steps, by their names.
fn orders() -> Vec<String> {
    let mut orders = Vec::new();
    for a in PARTS {
        for b in PARTS {
            for c in PARTS {
                for d in PARTS {
                    let name = [a, b, c, d].join("-");
                    orders.extend(Tail::named(&name).map(|_| name));
                }
            }
        }
    }
    orders
}

/// The orders for which a correct variant keeps every claim, with the bounds of `name`.
fn right_orders(name: &str) -> Vec<String> {
    let instance = instance(name, &[], &[]);
    let right = |order: &String| {
        let broken = broken(instance.system().with_handler(handler(order)));
        let promised = |guarantee| !["DedupBounded", "CleanAtRest"].contains(guarantee);
        !broken.iter().any(promised)
    };
    orders().into_iter().filter(right).collect()
}

#[test]
fn of_the_24_orders_of_the_tail_exactly_four_are_right() {
    assert_eq!(orders().len(), 24);
    assert_eq!(
        right_orders("out-of-document-outbox"),
        [
            "publish-mark-delete-clear",
            "publish-mark-clear-delete",
            "mark-publish-delete-clear",
            "mark-publish-clear-delete",
        ]
    );
}

#[test]
fn where_a_lease_may_expire_only_the_two_that_publish_first_are_right() {
    assert_eq!(
        right_orders("out-of-document-outbox:publish-first-expired-lease"),
        ["publish-mark-delete-clear", "publish-mark-clear-delete"]
    );
}

#[test]
fn a_name_that_is_no_order_of_the_four_steps_is_no_tail() {
    for name in [
        "publish",
        "publish-mark-delete-delete",
        "publish-mark-delete-drop",
        "",
    ] {
        assert!(Tail::named(name).is_none(), "{name}");
    }
}

fn lines(state: &State) -> Vec<u8> {
    let lines = state.world.document::<Order>().lines.into_iter();
    lines.map(|MessageId(line)| line).collect()
}

fn items(state: &State) -> usize {
    state.world.documents::<Item>().len()
}

/// The first command is published and its item deleted; then the endpoint crashes.
const ITEM_GONE: &str = "Receive Load CheckInbox Stage Save Publish DeleteItem Crash Recover";

#[test]
fn the_published_solution_loses_one_command_and_processes_the_other_twice() {
    for wrong in ["as-published", "id-from-item"] {
        let name = format!("out-of-document-outbox:{wrong}");
        let system = instance(&name, &[], &[]).system();
        // The two commands are interchangeable: the second one is the one that is still waiting.
        let start = after(&system, ITEM_GONE);
        let [first] = lines(&start)[..] else {
            panic!("one line")
        };
        let other = Value::from(MessageId(3 - first));
        let state = after_receiving(
            &system,
            &start,
            &other,
            "Load LoadItem Mark Clear CheckInbox Ack",
        );
        assert_eq!(
            state.world.members(INBOX).into_iter().collect::<Vec<_>>(),
            [other]
        );
        let first_again = Value::from(MessageId(first));
        let state = after_receiving(
            &system,
            &state,
            &first_again,
            "Load CheckInbox Stage Save Publish DeleteItem Mark Clear Ack",
        );
        assert!(system.at_rest(&state));
        assert_eq!(lines(&state), [first, first]);
    }
}

/// The state after a slot has started on `message` and continued along `path`.
fn after_receiving(system: &System, state: &State, message: &Value, path: &str) -> State {
    use crate::kit::step::Kind;
    use stateright::Model;
    let mut steps = Vec::new();
    system.actions(state, &mut steps);
    let receive = steps
        .into_iter()
        .find(|step| matches!(&step.kind, Kind::Receive(_, received) if received == message));
    let state = system.next_state(state, receive.unwrap()).unwrap();
    path.split_whitespace().fold(state, |state, name| {
        let mut steps = Vec::new();
        system.actions(&state, &mut steps);
        let step = steps.into_iter().find(|step| step.action == name);
        let step = step.unwrap_or_else(|| panic!("{name} is not possible"));
        system.next_state(&state, step).unwrap()
    })
}

#[test]
fn the_next_command_finishes_the_transaction_of_one_that_crashed() {
    let bounds = [("messages", 1)];
    let system = instance("out-of-document-outbox", &bounds, &[]).system();
    let state = after(
        &system,
        "Receive Load CheckInbox Stage Save Crash Recover Receive Load LoadItem Publish Mark \
         DeleteItem Clear CheckInbox Ack",
    );
    assert!(system.at_rest(&state));
    assert_eq!((lines(&state), items(&state)), (vec![1], 0));
}

#[test]
fn a_lost_answer_to_the_save_makes_a_handler_delete_what_is_committed() {
    let run = "Receive Load CheckInbox Stage AnswerLost";
    let wrong = instance("out-of-document-outbox:delete-on-any-error", &[], &[]).system();
    let state = after(
        &wrong,
        &format!(
            "{run} Discard Receive Load LoadItem Clear CheckInbox Stage Save Publish Mark \
             DeleteItem Clear Ack"
        ),
    );
    assert!(wrong.at_rest(&state));
    assert_eq!(lines(&state), [1, 1]);
    let bounds = [("messages", 1), ("slots", 1)];
    let faults = [(Fault::Unknown, 1)];
    let right = instance(
        "out-of-document-outbox:delete-on-conflict",
        &bounds,
        &faults,
    )
    .system();
    let state = after(
        &right,
        &format!("{run} Receive Load LoadItem Publish Mark DeleteItem Clear CheckInbox Ack"),
    );
    assert!(right.at_rest(&state));
    assert_eq!((lines(&state), items(&state)), (vec![1], 0));
}

#[test]
fn the_loser_of_a_race_leaves_its_item_unless_it_deletes_it() {
    let race = "Receive Receive Load@1 Load@2 CheckInbox@1 CheckInbox@2 Stage@1 Stage@2 Save@1 \
                Save@2";
    let bounds = [("slots", 2)];
    let leaves = instance("out-of-document-outbox", &bounds, &[]).system();
    let state = after(
        &leaves,
        &format!("{race} Publish@1 Mark@1 DeleteItem@1 Clear@1"),
    );
    assert_eq!(items(&state), 1);
    let deletes = instance("out-of-document-outbox:delete-on-conflict", &[], &[]).system();
    let state = after(
        &deletes,
        &format!("{race} Discard@2 Publish@1 Mark@1 DeleteItem@1 Clear@1"),
    );
    assert_eq!(items(&state), 0);
}

#[test]
fn an_expired_lease_and_a_crash_may_leave_a_transaction_pending() {
    let name = "out-of-document-outbox:publish-first-expired-lease";
    let system = instance(name, &[], &[]).system();
    let state = after(
        &system,
        "Receive LeaseExpires@1 Receive Load@1 CheckInbox@1 Stage@1 Load@2 Save@1 Publish@1 \
         Mark@1 CheckInbox@2 Ack@2 Crash",
    );
    assert!(system.at_rest(&state));
    assert_eq!(state.world.document::<Order>().pending.len(), 1);
}
