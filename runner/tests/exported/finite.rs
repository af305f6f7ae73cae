//! outbox:save-then-publish copies=2 crash=1 duplicate=0 lease=0 messages=1 slots=1

use stateright::Model;
use tandem_models::catalogue::Overrides;
use tandem_models::kit::fault::Fault;
use tandem_models::protocols::catalogue;

#[test]
fn save_then_publish_violates_no_double_effect() {
    let overrides = Overrides {
        parameters: vec![
            ("copies".to_owned(), 2),
            ("messages".to_owned(), 1),
            ("slots".to_owned(), 1),
        ],
        faults: vec![
            (Fault::Crash.into(), 1),
            (Fault::Duplicate.into(), 0),
            (Fault::Lease.into(), 0),
        ],
    };
    let instances = catalogue().select(Some("outbox:save-then-publish"), &overrides);
    let system = instances.unwrap()[0].system();
    let mut states = vec![system.init_states().remove(0)];

    // The index of each step among the possible actions, and its action.
    let path: &[(usize, &str)] = &[
        (0, "Receive"), // 1. Orders starts on message 1
        (0, "Load"), // 2. Orders loads the order
        (0, "Save"), // 3. Orders saves the order
        (0, "Publish"), // 4. Orders publishes LineAdded
        (0, "Ack"), // 5. Orders acknowledges
        (0, "Receive"), // 6. Orders starts on message 1
        (0, "Load"), // 7. Orders loads the order
        (0, "Save"), // 8. Orders saves the order ✗ NoDoubleEffect, ExactlyOnceEquivalent
    ];
    for (index, action) in path {
        let mut steps = Vec::new();
        let before = states.last().unwrap().clone();
        system.actions(&before, &mut steps);
        let step = steps.swap_remove(*index);
        assert_eq!(step.action, *action);
        states.push(system.next_state(&before, step).unwrap());
    }
    let last = states.last().unwrap();
    assert!(!(system.property("NoDoubleEffect").condition)(&system, last), "NoDoubleEffect holds");
    assert!(!(system.property("ExactlyOnceEquivalent").condition)(&system, last), "ExactlyOnceEquivalent holds");
    assert!(system.within_boundary(last));
}
