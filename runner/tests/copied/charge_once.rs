//! charge-once:timeout-as-failure crash=0 duplicate=0 forget=0 late=0 lease=0 lose=1 messages=1 slots=1 unknown=1

use stateright::Model;
use tandem_models::catalogue::Overrides;
use tandem_models::kit::fault::Fault;
use tandem_models::protocols::catalogue;

#[test]
fn timeout_as_failure_violates_charged() {
    let overrides = Overrides {
        parameters: vec![
            ("messages".to_owned(), 1),
            ("slots".to_owned(), 1),
        ],
        faults: vec![
            (Fault::Crash, 0),
            (Fault::Duplicate, 0),
            (Fault::Forget, 0),
            (Fault::Late, 0),
            (Fault::Lease, 0),
            (Fault::Lose, 1),
            (Fault::Unknown, 1),
        ],
    };
    let instances = catalogue().select(Some("charge-once:timeout-as-failure"), &overrides);
    let system = instances.unwrap()[0].system();

    // The index of each step among those that are possible, and its action.
    let path = [
        (0, "Receive"), // 1. Payments starts on payment 1
        (0, "Load"), // 2. Payments loads the payment
        (0, "Charge"), // 3. Payments asks for the charge
        (1, "RequestLost"), // 4. Payments gets no answer, as the request is lost: the handler takes the missing answer for a failure
        (0, "Ack"), // 5. Payments acknowledges: payment 1 is done with, and has changed no business state ✗ Charged, NoLostEffect, ExactlyOnceEquivalent
    ];
    let mut state = system.init_states().remove(0);
    for (index, action) in path {
        let (step, after) = system.next_steps(&state).swap_remove(index);
        assert_eq!(step.action, action);
        state = after;
    }

    assert!(!(system.property("Charged").condition)(&system, &state), "Charged holds");
    assert!(!(system.property("NoLostEffect").condition)(&system, &state), "NoLostEffect holds");
    assert!(!(system.property("ExactlyOnceEquivalent").condition)(&system, &state), "ExactlyOnceEquivalent holds");
}
