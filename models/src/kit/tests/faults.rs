//! Steps and faults of a system, one by one.

use stateright::Model;

use super::toy::{self, Toy};
use super::{after, enabled, initial, reachable};
use crate::kit::actors::Slot;
use crate::kit::fault::Fault;
use crate::kit::system::{Intake, State, System};
use crate::value::Value;

fn started(toy: &Toy, actions: &[&str]) -> (System, State) {
    let system = toy::system(toy);
    let state = after(&system, &initial(&system), actions);
    (system, state)
}

/// The number of waiting copies of message 1.
fn copies(system: &System, state: &State) -> usize {
    system
        .incoming(state)
        .get(&Value::from(1))
        .copied()
        .unwrap_or(0)
}

#[test]
fn a_message_is_leased_and_acknowledged() {
    let (system, state) = started(&Toy::default(), &["Receive", "Load", "Save"]);
    assert_eq!(copies(&system, &state), 0);
    assert!(state.world.leases.contains(&(0, 0)));
    let state = after(&system, &state, &["Ack"]);
    assert!(system.at_rest(&state) && state.world.leases.is_empty());
    assert!(state.world.acked.contains(&Value::from(1)));
}

#[test]
fn a_handler_that_returns_without_ack_gives_its_message_back() {
    let (system, state) = started(
        &Toy {
            handler: toy::never_acks,
            ..Toy::default()
        },
        &["Receive", "Load"],
    );
    assert_eq!(state, initial(&system));
}

#[test]
fn a_conflict_gives_the_message_back() {
    let two = Toy {
        slots: 2,
        copies: 2,
        ..Toy::default()
    };
    let system = toy::system(&two);
    let both = ["Receive", "Receive", "Load"];
    let mut state = after(&system, &initial(&system), &both);
    // The first slot is about to save; the second one loads and saves before it.
    for action in ["Load", "Save"] {
        let mut steps = Vec::new();
        system.actions(&state, &mut steps);
        let second = steps
            .into_iter()
            .find(|step| step.action == action && step.slot() == Some(1));
        state = system.next_state(&state, second.unwrap()).unwrap();
    }
    let state = after(&system, &state, &["Save"]);
    assert_eq!(*system.slots(&state)[0], Slot::Idle);
    assert_eq!((copies(&system, &state), state.world.hist.len()), (1, 1));
}

#[test]
fn an_expired_lease_returns_the_message_and_refuses_the_ack() {
    let (system, state) = started(
        &Toy {
            faults: &[(Fault::Lease, 1)],
            ..Toy::default()
        },
        &["Receive", "Load", "LeaseExpires"],
    );
    assert_eq!(copies(&system, &state), 1);
    let state = after(&system, &state, &["Save", "Ack"]);
    assert!(state.world.acked.is_empty());
    assert_eq!(*system.slots(&state)[0], Slot::Idle);
    assert_eq!(copies(&system, &state), 1, "it is not given back twice");
    let state = after(&system, &state, &["Receive", "Load", "Save", "Ack"]);
    assert!(system.at_rest(&state) && !state.world.acked.is_empty());
    assert_eq!(state.world.hist.len(), 2);
}

#[test]
fn a_crash_returns_leased_messages_and_forgets_the_slots() {
    let (system, state) = started(
        &Toy {
            messages: 2,
            slots: 2,
            faults: &[(Fault::Crash, 1)],
            ..Toy::default()
        },
        &["Receive", "Receive", "Load", "Save", "Crash"],
    );
    assert_eq!(system.incoming(&state).len(), 2);
    assert!(state.world.leases.is_empty());
    assert!(system.slots(&state).iter().all(|slot| **slot == Slot::Idle));
    assert_eq!(state.world.hist.len(), 1, "what is saved stays");
    assert_eq!(enabled(&system, &state), ["Recover"]);
    let state = after(&system, &state, &["Recover"]);
    assert_eq!(enabled(&system, &state), ["Receive", "Receive"]);
}

#[test]
fn duplicates_are_made_of_messages_that_wait() {
    let (system, state) = started(
        &Toy {
            handler: toy::announce,
            downstream: Some(toy::count),
            faults: &[(Fault::Duplicate, 2)],
            ..Toy::default()
        },
        &["Duplicate"],
    );
    assert_eq!(copies(&system, &state), 2);
    let state = after(
        &system,
        &state,
        &["Receive", "Publish", "DuplicateDownstream"],
    );
    assert_eq!(system.outgoing(&state).values().sum::<usize>(), 2);
    let twice = ["DownstreamReceives", "DownstreamReceives"];
    let state = after(&system, &state, &twice);
    assert_eq!(state.world.document::<toy::Count>().total, 2);
    assert!(
        state.world.hist.is_empty(),
        "the history is not about the consumer"
    );
    assert!(system.outgoing(&state).is_empty());
}

#[test]
fn a_message_that_expires_is_gone_from_its_queue() {
    let toy = Toy {
        handler: toy::announce,
        downstream: Some(toy::count),
        copies: 2,
        faults: &[(Fault::Expire, 2)],
        ..Toy::default()
    };
    let (system, state) = started(&toy, &["Receive", "MessageExpires"]);
    assert_eq!(copies(&system, &state), 0, "what is being worked on stays");
    let state = after(&system, &state, &["Publish", "Ack"]);
    let state = after(&system, &state, &["DownstreamMessageExpires"]);
    assert!(system.at_rest(&state), "nobody handles the event");
    assert_eq!(state.world.document::<toy::Count>().total, 0);
    assert!(enabled(&system, &state).is_empty(), "the budget is used up");
    let fair = |action| system.is_fair(action);
    assert!(!fair("MessageExpires") && !fair("DownstreamMessageExpires"));
}

const ASTRAY: &[(Fault, u8)] = &[(Fault::Lose, 1), (Fault::Unknown, 1), (Fault::Late, 1)];

fn charging(action: &str) -> (System, State) {
    let toy = Toy {
        handler: toy::charge,
        third_party: true,
        faults: ASTRAY,
        ..Toy::default()
    };
    started(&toy, &["Receive", "Charge", action])
}

#[test]
fn the_third_party_answers() {
    let (system, state) = charging("Charged");
    assert_eq!(toy::paid(&system, &state), 1);
    assert_eq!(enabled(&system, &state), ["Ack"]);
}

#[test]
fn a_request_is_lost_answered_for_nothing_or_late() {
    for (action, paid, late) in [
        ("RequestLost", 0, 0),
        ("AnswerLost", 1, 0),
        ("RequestDelayed", 0, 1),
    ] {
        let (system, state) = charging(action);
        assert_eq!(toy::paid(&system, &state), paid, "{action}");
        assert_eq!(system.late(0, &state).len(), late, "{action}");
        assert_eq!(
            copies(&system, &state),
            1,
            "{action}: the handler gives it back"
        );
        if late > 0 {
            let state = after(&system, &state, &["LateRequestArrives"]);
            assert_eq!(toy::paid(&system, &state), 1);
            assert!(system.late(0, &state).is_empty());
        }
    }
}

#[test]
fn a_crash_takes_an_open_request_with_it() {
    let (system, state) = started(
        &Toy {
            handler: toy::charge,
            third_party: true,
            faults: &[(Fault::Crash, 1)],
            ..Toy::default()
        },
        &["Receive", "Charge", "Crash", "Recover"],
    );
    let mut fresh = initial(&system);
    fresh.world.budget = state.world.budget.clone();
    assert_eq!(state, fresh);
}

#[test]
fn a_third_party_may_forget() {
    let toy = Toy {
        handler: toy::charge,
        third_party: true,
        faults: &[(Fault::Forget, 1)],
        ..Toy::default()
    };
    let (system, state) = started(&toy, &["Receive", "Charge"]);
    assert!(
        !enabled(&system, &state).contains(&"Forget"),
        "nothing to forget yet"
    );
    let state = after(&system, &state, &["Charged", "Forget"]);
    assert_eq!(toy::paid(&system, &state), 0);
}

#[test]
fn a_call_fails_without_effect_or_has_one_nobody_hears_of() {
    let failing = Toy {
        handler: toy::announce,
        may_fail: &["Publish"],
        faults: &[(Fault::Fail, 1), (Fault::Unknown, 1)],
        ..Toy::default()
    };
    for (action, published) in [("CallFails", 0), ("AnswerLost", 1)] {
        let (system, state) = started(&failing, &["Receive", action]);
        assert_eq!(state.world.sent.len(), published, "{action}");
        assert_eq!(copies(&system, &state), 1, "{action}");
    }
    let (system, state) = started(&failing, &["Receive", "Publish"]);
    assert_eq!(enabled(&system, &state), ["Ack"], "only Publish may fail");
}

#[test]
fn a_request_is_answered_once_or_lost() {
    let clicking = Toy {
        handler: toy::answers,
        intake: Intake::Requests,
        clicks: 1,
        faults: &[(Fault::Lose, 1), (Fault::Crash, 1)],
        ..Toy::default()
    };
    let (system, state) = started(&clicking, &["Receive", "Reply"]);
    assert!(state.world.leases.is_empty());
    let answered = after(&system, &state, &["ReplyArrives"]);
    assert!(!enabled(&system, &answered).contains(&"AskAgain"));
    let lost = after(&system, &state, &["ReplyLost", "AskAgain"]);
    assert_eq!(copies(&system, &lost), 1);
    assert!(
        !enabled(&system, &lost).contains(&"AskAgain"),
        "one click is all"
    );
    let (system, state) = started(&clicking, &["RequestLost"]);
    assert_eq!(copies(&system, &state), 0);
    let (system, state) = started(&clicking, &["Receive", "Crash", "Recover"]);
    assert_eq!(copies(&system, &state), 0, "nobody delivers it again");
}

#[test]
fn a_budget_of_zero_removes_the_fault() {
    const ALL: [(Fault, u8); 8] = [
        (Fault::Crash, 0),
        (Fault::Duplicate, 0),
        (Fault::Lease, 0),
        (Fault::Lose, 0),
        (Fault::Fail, 0),
        (Fault::Unknown, 0),
        (Fault::Late, 0),
        (Fault::Forget, 0),
    ];
    for handler in [toy::count, toy::charge, toy::announce] {
        let system = toy::system(&Toy {
            handler,
            third_party: true,
            downstream: Some(toy::count),
            may_fail: &["Publish", "Save"],
            faults: &ALL,
            ..Toy::default()
        });
        for state in reachable(&system) {
            let mut steps = Vec::new();
            system.actions(&state, &mut steps);
            assert!(steps.iter().all(|step| step.fault().is_none()), "{steps:?}");
        }
    }
}
