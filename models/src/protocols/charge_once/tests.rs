//! Charging once: the runs that its lecture describes, and a handler that violates guarantees which
//! no variant violates.

use super::*;
use crate::protocols::tests::{after, broken, instance};

#[test]
fn a_crash_after_the_charge_charges_twice_and_our_books_do_not_show_it() {
    let system = instance("charge-once:no-key", &[], &[]).system();
    let state = after(
        &system,
        "Receive Load Charge ChargeAnswered Crash Recover Receive Load Charge \
         ChargeAnswered Save Ack",
    );
    assert_eq!(
        Provider::of(&system, &state)
            .unwrap_or_default()
            .charged(MessageId(1)),
        2
    );
    assert_eq!(*state.world.hist, [Value::from(MessageId(1))]);
}

#[test]
fn a_delayed_request_arrives_between_the_question_and_the_charge() {
    let system = instance("charge-once:query-first-late", &[], &[]).system();
    let state = after(
        &system,
        "Receive Load Query QueryAnswered Charge RequestDelayed Receive Load \
         Query QueryAnswered LateRequestArrives Charge ChargeAnswered",
    );
    assert_eq!(
        Provider::of(&system, &state)
            .unwrap_or_default()
            .charged(MessageId(1)),
        2
    );
}

#[test]
fn a_repeated_key_is_charged_once_until_it_is_forgotten() {
    let mut provider = Provider::default();
    let request = Request::Charge {
        payment: MessageId(1),
        key: Some(Identity::derived_from(MessageId(1))),
    };
    assert!(provider.answer(request).charged);
    assert!(provider.answer(request).charged);
    assert_eq!(provider.charged(MessageId(1)), 1);
    let mut forgetful = provider.forget().remove(0);
    forgetful.answer(request);
    assert_eq!(forgetful.charged(MessageId(1)), 2);
}

#[test]
fn a_charge_whose_answer_is_lost_is_recorded_nowhere() {
    let system = instance("charge-once:timeout-as-failure", &[], &[]).system();
    let state = after(&system, "Receive Load Charge AnswerLost Ack");
    assert!(system.at_rest(&state));
    assert_eq!(
        Provider::of(&system, &state)
            .unwrap_or_default()
            .charged(MessageId(1)),
        1
    );
    assert!(paid(&state.world).is_empty());
}

/// No variant of this protocol violates `NoDoubleEffect` and `CleanAtRest`, so this handler must.
#[test]
fn a_handler_that_toggles_paid_and_keeps_its_key_is_found_out() {
    fn toggle(io: &mut dyn Io, command: &ChargePayment) -> Flow {
        let mut payment = io.load::<Payment>("Load", command.payment)?;
        payment.paid = !payment.paid;
        payment.key = Some(Identity::derived_from(command.payment));
        ask_until_answered(io, command.payment, payment.key)?;
        io.commit("Save", &mut payment)?.or_give_back()?;
        io.ack("Ack")
    }
    let system = instance("charge-once:no-key", &[], &[]).system();
    assert_eq!(
        broken(system.with_handler(Handler::new(toggle))),
        [
            "PaidRecorded",
            "NoDoubleEffect",
            "ExactlyOnceEquivalent",
            "DedupBounded",
            "CleanAtRest"
        ]
    );
}
