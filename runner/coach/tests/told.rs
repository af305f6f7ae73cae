//! What a learner is told of an answer: how much was covered, what has turned, and which call is missing.

use tandem_coach::answer::Answer;
use tandem_coach::definition::Definition;
use tandem_coach::judge::{Judgement, judge};
use tandem_models::kit::io::{Flow, Io};
use tandem_models::kit::replay::Handler;
use tandem_models::protocols::outbox::{AddLine, ORDER, Order};

#[allow(unreachable_pub, unused_imports, reason = "an answer is no library")]
#[path = "../../../exercises/2-08-same-name/solution.rs"]
mod same_name;

#[allow(unreachable_pub, unused_imports, reason = "an answer is no library")]
#[path = "../../../exercises/3-10-schedules/solution.rs"]
mod schedules;

#[allow(unreachable_pub, unused_imports, reason = "an answer is no library")]
#[path = "../../../exercises/2-05-ghosts-and-losses/wrong/swaps_only.rs"]
mod swaps_only;

fn told(definition: &str, answer: &Answer) -> (Judgement, String) {
    let definition = Definition::parse(definition).unwrap();
    let mut out = Vec::new();
    let judgement = judge(&definition, answer, &mut out).unwrap();
    (judgement, String::from_utf8(out).unwrap())
}

#[test]
fn a_success_says_how_many_states_steps_and_schedules_there_are() {
    let definition = include_str!("../../../exercises/2-08-same-name/exercise.toml");
    let (judgement, said) = told(definition, &Answer::new(Handler::new(same_name::add_line)));
    assert_eq!(judgement.refused, None);
    let covered = "  in all 21 states and 25 steps, which make 6 schedules, at copies=1 messages=1 slots=1 crash=1";
    assert!(said.contains(covered), "{said}");
}

/// The table counts the schedules by its own walk over the states, the line by the engine's graph.
#[test]
fn the_schedules_of_the_table_are_those_of_the_line() {
    let definition = include_str!("../../../exercises/3-10-schedules/exercise.toml");
    let answer = Answer::new(Handler::new(schedules::add_line)).by_hand(schedules::BY_HAND);
    let (judgement, said) = told(definition, &answer);
    assert_eq!(judgement.refused, None);
    assert!(said.contains("0 of 22,240, in 154 states"), "{said}");
    assert!(
        said.contains("154 states and 265 steps, which make 22,240 schedules, at"),
        "{said}"
    );
}

#[test]
fn a_refusal_says_which_guarantee_has_turned() {
    let definition = include_str!("../../../exercises/2-05-ghosts-and-losses/exercise.toml");
    let (judgement, said) = told(definition, &Answer::new(Handler::new(swaps_only::add_line)));
    assert_eq!(judgement.refused.as_deref(), Some("NoLostOutput"));
    assert!(judgement.run_shown);
    let start =
        "✓ NoGhostEver holds (before: violated in 3 steps)\n✗ NoLostOutput is violated in 8 steps";
    assert!(said.starts_with(start), "{said}");
}

/// Right but for a name: the second write is called as the first.
fn two_saves(io: &mut dyn Io, command: &AddLine) -> Flow {
    let mut order = io.load::<Order>("Load", ORDER)?;
    if !order.processed.contains(&command.id) {
        order.add(command);
        order.processed.insert(command.id);
        let event = order.line_added(io.fresh_id()?);
        order.outbox.insert(command.id, event);
        io.commit("Save", &mut order)?.or_give_back()?;
    }
    if let Some(event) = order.outbox.remove(&command.id) {
        io.publish("Publish", &event)?.or_give_back()?;
        io.commit("Save", &mut order)?.or_give_back()?;
    }
    io.ack("Ack")
}

#[test]
fn a_step_that_is_never_taken_is_told_with_what_it_does() {
    let definition = include_str!("../../../exercises/2-09-outbox/exercise.toml");
    let (judgement, said) = told(definition, &Answer::new(Handler::new(two_saves)));
    assert_eq!(judgement.refused.as_deref(), Some("taken.MarkDispatched"));
    assert!(!judgement.run_shown);
    let does = "MarkDispatched is the name of the call that removes the event from the outbox: if your handler \
                makes this call under another name, rename it.";
    assert!(said.contains(does), "{said}");
}
