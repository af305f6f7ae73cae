//! Charging once: the runs that its lecture tells of, and baits for promises that few variants break.

use super::*;
use crate::kit::fault::Fault;
use crate::kit::io::Stop;
use crate::protocols::tests::{after, broken, instance};

/// What fails with a handler that has no place in the catalogue, and one fault.
fn broken_by(handle: fn(&mut dyn Io, &ChargePayment) -> Flow, fault: Fault) -> Vec<&'static str> {
    let faults = [(Fault::Crash, 0), (fault, 1)];
    let system = instance("charge-once:no-key", &[], &faults).system();
    broken(system.with_handler(Handler::new(handle)))
}

#[test]
fn a_crash_after_the_charge_charges_twice_and_our_books_do_not_show_it() {
    let system = instance("charge-once:no-key", &[], &[]).system();
    let state = after(
        &system,
        "Receive Load Charge ChargeAnswered Crash Recover Receive Load Charge \
         ChargeAnswered Save Ack",
    );
    assert_eq!(Provider::of(&system, &state).charged(1), 2);
    assert_eq!(*state.world.hist, [Value::from(1)]);
}

#[test]
fn a_delayed_request_arrives_between_the_question_and_the_charge() {
    let system = instance("charge-once:query-first-late", &[], &[]).system();
    let state = after(
        &system,
        "Receive Load Query QueryAnswered Charge RequestDelayed Receive Load \
         Query QueryAnswered LateRequestArrives Charge ChargeAnswered",
    );
    assert_eq!(Provider::of(&system, &state).charged(1), 2);
}

#[test]
fn a_repeated_key_is_charged_once_until_it_is_forgotten() {
    let mut provider = Provider::default();
    let request = Request::Charge {
        payment: 1,
        key: Some(Identity::derived_from(1)),
    };
    assert!(provider.answer(request).charged);
    assert!(provider.answer(request).charged);
    assert_eq!(provider.charged(1), 1);
    let mut forgetful = provider.forget().remove(0);
    forgetful.answer(request);
    assert_eq!(forgetful.charged(1), 2);
}

/// No variant breaks these promises, so baits must: a promise that nothing breaks may say
/// nothing.
#[test]
fn baits_break_the_promises_that_all_variants_keep() {
    fn save_first(io: &mut dyn Io, command: &ChargePayment) -> Flow {
        let mut payment = io.load::<Payment>("Load", command.payment)?;
        if payment.paid {
            return io.ack("Ack");
        }
        payment.paid = true;
        io.commit("Save", &mut payment)?.or_give_back()?;
        charge(io, command, None)?;
        io.ack("Ack")
    }
    let broken = broken_by(save_first, Fault::Crash);
    assert_eq!(broken, ["Charged"]);

    fn give_up(io: &mut dyn Io, command: &ChargePayment) -> Flow {
        let mut payment = io.load::<Payment>("Load", command.payment)?;
        match charge(io, command, None) {
            Err(Stop::GivenBack) => io.ack("Ack"),
            answered => answered.and_then(|()| record_paid(io, &mut payment)),
        }
    }
    let broken = broken_by(give_up, Fault::Unknown);
    assert_eq!(
        broken,
        ["PaidRecorded", "NoLostEffect", "ExactlyOnceEquivalent"]
    );

    fn keep_key(io: &mut dyn Io, command: &ChargePayment) -> Flow {
        let mut payment = io.load::<Payment>("Load", command.payment)?;
        payment.paid = !payment.paid;
        payment.key = Some(Identity::derived_from(command.payment));
        charge(io, command, payment.key)?;
        io.commit("Save", &mut payment)?.or_give_back()?;
        io.ack("Ack")
    }
    let broken = broken_by(keep_key, Fault::Crash);
    assert_eq!(
        broken,
        [
            "PaidRecorded",
            "NoDoubleEffect",
            "ExactlyOnceEquivalent",
            "DedupBounded",
            "CleanAtRest"
        ]
    );
}
