//! A client with a script makes one request after another.

use super::toy;
use super::{after, enabled, initial};
use crate::kit::fault::{Budget, Fault};
use crate::kit::replay::Handler;
use crate::kit::script::Move;
use crate::kit::stores::Stores;
use crate::kit::system::{Intake, Spec, State, System};
use crate::value::Value;

fn client(script: Vec<Move>, faults: &[(Fault, u8)]) -> System {
    let messages = [1, 2].map(Value::from).to_vec();
    let budget: Budget = faults.iter().copied().collect();
    let handler = Handler::new(toy::answers);
    System::new(Spec {
        intake: Intake::Requests,
        script,
        ..Spec::new("Till", messages, budget, handler, Stores::default())
    })
}

fn asks(request: u8) -> Move {
    Move::new(Value::from(request))
}

fn shown(system: &System, state: &State, place: &str) -> String {
    system.view(state).at(place).unwrap().to_string()
}

const ANSWERED: [&str; 3] = ["Receive", "Reply", "ReplyArrives"];

#[test]
fn one_request_follows_the_answer_to_the_other() {
    let system = client(vec![asks(1), asks(2)], &[]);
    let state = initial(&system);
    assert_eq!(
        system.incoming(&state).into_keys().collect::<Vec<_>>(),
        [Value::from(1)]
    );
    let state = after(&system, &state, &ANSWERED);
    assert_eq!(
        system.incoming(&state).into_keys().collect::<Vec<_>>(),
        [Value::from(2)]
    );
    let state = after(&system, &state, &ANSWERED);
    assert_eq!(shown(&system, &state, "client.heard"), "<<1, 2>>");
    assert!(system.at_rest(&state) && system.unanswered(&state) == 0);
}

#[test]
fn a_reply_to_a_request_that_was_given_up_is_ignored() {
    let system = client(vec![asks(1).or_give_up(0), asks(2)], &[]);
    let state = after(&system, &initial(&system), &["Receive", "Reply", "GiveUp"]);
    assert!(!enabled(&system, &state).contains(&"GiveUp"));
    let state = after(&system, &state, &["ReplyArrives"]);
    assert_eq!(shown(&system, &state, "client.heard"), "<<\"GaveUp\">>");
    let state = after(&system, &state, &ANSWERED);
    assert_eq!(shown(&system, &state, "client.heard"), "<<\"GaveUp\", 2>>");
    assert!(!system.is_fair("GiveUp") && system.is_fair("ReplyArrives"));
}

#[test]
fn the_client_polls_until_it_has_the_answer_or_has_asked_often_enough() {
    let system = client(vec![asks(1).poll(Value::from(2), 1), asks(2)], &[]);
    let state = after(&system, &initial(&system), &ANSWERED);
    assert_eq!(
        shown(&system, &state, "client.at"),
        "1",
        "it asks once more"
    );
    let state = after(&system, &state, &ANSWERED);
    assert_eq!(shown(&system, &state, "client.at"), "2");
    let system = client(vec![asks(1).poll(Value::from(1), 1), asks(2)], &[]);
    let state = after(&system, &initial(&system), &ANSWERED);
    assert_eq!(
        shown(&system, &state, "client.at"),
        "2",
        "it has the answer"
    );
}

#[test]
fn a_request_that_is_lost_may_be_sent_again_as_often_as_the_move_says() {
    let system = client(vec![asks(1).again(1)], &[(Fault::Lose, 1)]);
    let state = after(&system, &initial(&system), &["RequestLost", "AskAgain"]);
    let told = |state| {
        let disabled = system.disabled(state).into_iter();
        let told = disabled.filter(|one| ["AskAgain", "GiveUp"].contains(&one.action));
        told.map(|one| format!("{}: {}", one.actor, one.reason))
            .collect::<Vec<_>>()
    };
    assert_eq!(
        told(&state),
        [
            "Client: the client sends this request no more",
            "Client: the client waits for this answer as long as it takes"
        ]
    );
    let state = after(&system, &state, &ANSWERED);
    assert_eq!(told(&state), ["Client: the script is done"; 2]);
}
