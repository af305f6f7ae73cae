//! Double submit: the runs that its lecture describes, and which guarantees other bounds and faults
//! violate.

use super::*;
use crate::kit::fault::Fault;
use crate::kit::io::Sent;
use crate::protocols::tests::{after, broken, instance};

const RACE: &str = "Receive Load Receive Load Submit Submit";

#[test]
fn a_flag_does_not_stop_a_request_that_has_loaded_before_it_is_set() {
    let system = instance("double-submit:flag", &[], &[]).system();
    let state = after(&system, RACE);
    assert!(!(AT_MOST_ONE_ORDER.holds)(&system, &state));
}

#[test]
fn with_the_version_checked_the_second_request_ends_without_an_answer() {
    let system = instance("double-submit", &[], &[]).system();
    let state = after(&system, &format!("{RACE} ReplySubmitted ReplyArrives"));
    assert!(system.at_rest(&state));
    assert_eq!(orders(&state).len(), 1);
}

#[test]
fn a_later_click_is_told_that_the_cart_is_submitted() {
    let more = [("tabs", 1), ("clicks", 1)];
    let system = instance("double-submit", &more, &[(Fault::Lose, 1)]).system();
    let state = after(
        &system,
        "Receive Load Submit ReplySubmitted ReplyLost \
         AskAgain Receive Load ReplyAlreadySubmitted ReplyArrives",
    );
    assert!(system.at_rest(&state));
    assert_eq!(orders(&state).len(), 1);
}

#[test]
fn after_save_then_send_a_second_click_is_told_that_all_is_well() {
    let lied_to = instance("double-submit:save-then-send", &[("tabs", 2)], &[]);
    assert!(broken(lied_to.system()).contains(&"NoLostOutput"));
}

#[test]
fn a_second_click_may_get_over_a_crash_but_must_not_be_relied_on() {
    let twice = instance("double-submit", &[("clicks", 1)], &[(Fault::Crash, 1)]);
    assert_eq!(broken(twice.system()), ["IntentHonoured"]);
}

#[test]
fn a_queue_that_delivers_twice_makes_two_orders_of_one_command() {
    let twice = instance(
        "double-submit:save-then-send",
        &[],
        &[(Fault::Duplicate, 1)],
    );
    assert!(broken(twice.system()).contains(&"AtMostOneOrder"));
}

/// The guarantees that another shop violates if two tabs submit the cart and no fault happens.
fn broken_by(handle: fn(&mut dyn Io, &Submit) -> Flow) -> Vec<&'static str> {
    let instance = instance("double-submit", &[], &[]);
    broken(instance.system().with_handler(Handler::new(handle)))
}

/// The correct handler up to its write. Returns whether the write was refused; `None` if the
/// handler has answered.
fn submitted(io: &mut dyn Io, request: &Submit) -> Flow<Option<Sent>> {
    let mut cart = io.load::<Cart>("Load", request.cart)?;
    if cart.submitted {
        io.reply("ReplyAlreadySubmitted", Reply::AlreadySubmitted)?;
        return Ok(None);
    }
    cart.submitted = true;
    let order = Order::of(io, cart.id)?;
    let writes = vec![cart.checked()?, order.checked()?];
    io.commit_all("Submit", writes).map(|(sent, _)| Some(sent))
}

#[test]
fn a_shop_that_never_answers_a_submission_breaks_a_promise() {
    let broken = broken_by(|io, request| submitted(io, request).map(drop));
    assert_eq!(broken, ["Answered"]);
}

#[test]
fn a_shop_that_answers_before_it_has_written_does_not_tell_the_truth() {
    let broken = broken_by(|io, request| {
        let mut cart = io.load::<Cart>("Load", request.cart)?;
        if cart.submitted {
            return io.reply("ReplyAlreadySubmitted", Reply::AlreadySubmitted);
        }
        io.reply("ReplySubmitted", Reply::Submitted)?;
        cart.submitted = true;
        let order = Order::of(io, cart.id)?;
        let writes = vec![cart.checked()?, order.checked()?];
        io.commit_all("Submit", writes).map(drop)
    });
    assert_eq!(broken, ["ToldTheTruth"]);
}

#[test]
fn a_shop_that_says_submitted_after_a_conflict_does_not_tell_the_truth() {
    let broken = broken_by(|io, request| match submitted(io, request)? {
        Some(_) => io.reply("ReplySubmitted", Reply::Submitted),
        None => Ok(()),
    });
    assert_eq!(broken, ["ToldTheTruth"]);
}

#[test]
fn a_cart_about_which_a_request_was_answered_has_an_order_once_all_is_done() {
    let more = [("tabs", 2)];
    let system = instance("double-submit:save-then-send", &more, &[(Fault::Crash, 1)]).system();
    let state = after(
        &system,
        "Receive Load Save Crash Recover Receive Load ReplyAlreadySubmitted ReplyArrives",
    );
    assert!(system.at_rest(&state));
    let told = told(&system, &state).into_iter().map(|clause| clause.holds);
    assert_eq!(told.collect::<Vec<_>>(), [true, true, false]);
}
