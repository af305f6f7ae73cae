//! Steps that are not possible, and why.

use super::toy::{self, Toy};
use super::{after, initial};
use crate::kit::fault::Fault;
use crate::kit::system::{Intake, State, System};

fn started(toy: &Toy, actions: &[&str]) -> (System, State) {
    let system = toy::system(toy);
    let state = after(&system, &initial(&system), actions);
    (system, state)
}

/// Each entry as `actor action: reason`.
fn told((system, state): &(System, State)) -> Vec<String> {
    let disabled = system.disabled(state).into_iter();
    let line = disabled.map(|one| format!("{} {}: {}", one.actor, one.action, one.reason));
    line.collect()
}

#[test]
fn a_message_waits_for_a_free_slot_and_for_an_endpoint_that_runs() {
    let two = Toy {
        messages: 2,
        faults: &[(Fault::Crash, 1), (Fault::Lease, 1)],
        ..Toy::default()
    };
    let no_lease = "Broker LeaseExpires: no slot has a lease that could expire";
    assert_eq!(told(&started(&two, &[])), [no_lease]);
    assert_eq!(
        told(&started(&two, &["Receive"])),
        ["Till Receive: all slots are busy"]
    );
    assert_eq!(
        told(&started(&two, &["Receive", "Crash"])),
        [
            "Till Receive: Till is down until it starts again",
            "Till Crash: the budget of crashes is used up: 0 of 1 left",
            no_lease
        ]
    );
    let all = ["Receive", "Load", "Save", "Ack"].repeat(2);
    assert_eq!(
        told(&started(&two, &all)),
        ["Till Receive: no message waits for Till", no_lease]
    );
}

#[test]
fn an_endpoint_that_is_down_does_not_crash_again() {
    let twice = Toy {
        faults: &[(Fault::Crash, 2), (Fault::Duplicate, 0)],
        ..Toy::default()
    };
    assert_eq!(
        told(&started(&twice, &["Crash"])),
        [
            "Till Receive: Till is down until it starts again",
            "Till Crash: Till is down until it starts again",
            "Broker Duplicate: the budget allows no duplicates"
        ]
    );
}

#[test]
fn a_user_runs_out_of_patience_or_has_every_answer() {
    let patient = |clicks| Toy {
        handler: toy::answers,
        intake: Intake::Requests,
        clicks,
        faults: &[(Fault::Lose, 1)],
        ..Toy::default()
    };
    let no_reply = "Browser ReplyArrives: no reply is on its way";
    assert_eq!(told(&started(&patient(1), &[])), [no_reply]);
    assert_eq!(
        told(&started(&patient(1), &["AskAgain"])),
        [
            no_reply,
            "Browser AskAgain: the user's patience is used up: 0 of 1 more clicks left"
        ]
    );
    let never_again = "Browser AskAgain: the user clicks once in each tab, and never again";
    assert_eq!(told(&started(&patient(0), &[])), [no_reply, never_again]);
    assert_eq!(
        told(&started(&patient(1), &["Receive", "Reply", "ReplyArrives"])),
        [
            "Till Receive: no request waits for Till",
            no_reply,
            "Browser AskAgain: every tab has its answer",
            "Browser RequestLost: no request or reply is on its way that could be lost"
        ]
    );
}

#[test]
fn what_a_third_party_could_suffer_waits_for_a_request() {
    let asking = Toy {
        handler: toy::charge,
        third_party: true,
        downstream: Some(toy::count),
        faults: &[
            (Fault::Lose, 1),
            (Fault::Fail, 1),
            (Fault::Unknown, 1),
            (Fault::Late, 1),
            (Fault::Forget, 1),
        ],
        ..Toy::default()
    };
    let no_event = "Ledger DownstreamReceives: no message waits for Ledger";
    let no_call = "Till CallFails: no slot is about to make a call that could fail";
    let nothing_kept = "Bank Forget: nothing is remembered that could be forgotten";
    assert_eq!(
        told(&started(&asking, &[])),
        [
            no_event,
            "Till RequestLost: no request is on its way that could be lost",
            no_call,
            "Till AnswerLost: no answer is on its way that could be lost",
            "Till RequestDelayed: no request is on its way that could be delayed",
            nothing_kept
        ]
    );
    assert_eq!(
        told(&started(&asking, &["Receive", "Charge"])),
        [
            "Till Receive: no message waits for Till",
            no_event,
            no_call,
            nothing_kept
        ]
    );
}

#[test]
fn after_a_broken_rule_nothing_happens_any_more() {
    let broken = Toy {
        handler: toy::panics,
        faults: &[(Fault::Crash, 1)],
        ..Toy::default()
    };
    let nothing = "a handler broke the rules, and nothing happens any more";
    assert_eq!(
        told(&started(&broken, &["Receive", "Load"])),
        [
            format!("Till Receive: {nothing}"),
            format!("Till Crash: {nothing}")
        ]
    );
}
