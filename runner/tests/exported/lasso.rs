//! prepare-commit-publish:mutual-aborts attempts=2 copies=1 crash=0 duplicate=0 lease=0 messages=2 slots=2

use stateright::Model;
use tandem_models::catalogue::Overrides;
use tandem_models::kit::fault::Fault;
use tandem_models::protocols::catalogue;

#[test]
fn mutual_aborts_violates_settles() {
    let overrides = Overrides {
        parameters: vec![
            ("attempts".to_owned(), 2),
            ("copies".to_owned(), 1),
            ("messages".to_owned(), 2),
            ("slots".to_owned(), 2),
        ],
        faults: vec![
            (Fault::Crash.into(), 0),
            (Fault::Duplicate.into(), 0),
            (Fault::Lease.into(), 0),
        ],
    };
    let instances = catalogue().select(Some("prepare-commit-publish:mutual-aborts"), &overrides);
    let system = instances.unwrap()[0].system();
    let mut states = vec![system.init_states().remove(0)];

    // The index of each step among the possible actions, and its action.
    let path: &[(usize, &str)] = &[
        (0, "Receive"), // 1. Orders starts on message 1 (slot 1)
        (0, "Receive"), // 2. Orders starts on message 2 (slot 2)
        (0, "Load"), // 3. Orders loads the order (message 1, slot 1)
        (0, "Register"), // 4. Orders registers the attempt in the order (message 1, slot 1)
        (0, "Prepare"), // 5. Orders writes the body of the event (message 1, slot 1)
        (1, "Load"), // 6. Orders loads the order (message 2, slot 2)
        (1, "Register"), // 7. Orders registers the attempt in the order (message 2, slot 2)
        (0, "Save"), // 8. Orders saves the order with the line and the event (message 1, slot 1): nothing is written, as somebody else has written since, and message 1 goes back to the queue
        (0, "Receive"), // 9. Orders starts on message 1 (slot 1)
        (1, "Prepare"), // 10. Orders writes the body of the event (message 2, slot 2)
        (1, "Save"), // 11. Orders saves the order with the line and the event (message 2, slot 2)
        (0, "Load"), // 12. Orders loads the order (message 1, slot 1)
        (0, "Register"), // 13. Orders registers the attempt in the order (message 1, slot 1)
        (0, "Prepare"), // 14. Orders writes the body of the event (message 1, slot 1)
        (1, "Publish"), // 15. Orders publishes LineAdded (message 2, slot 2)
        (1, "Clear"), // 16. Orders clears the register (message 2, slot 2): nothing is written, as somebody else has written since, and message 2 goes back to the queue
        (0, "Receive"), // 17. Orders starts on message 2 (slot 2)
        (1, "Load"), // 18. Orders loads the order (message 2, slot 2)
        (1, "Publish"), // 19. Orders publishes LineAdded (message 2, slot 2)
        (1, "Clear"), // 20. Orders clears the register (message 2, slot 2)
        (0, "Save"), // 21. Orders saves the order with the line and the event (message 1, slot 1): nothing is written, as somebody else has written since, and message 1 goes back to the queue
        (1, "Ack"), // 22. Orders acknowledges (message 2, slot 2)
        (0, "Receive"), // 23. Orders starts on message 1 (slot 1)
        (0, "Load"), // 24. Orders loads the order (message 1, slot 1): its handler treats what it finds as an error, and message 1 goes back to the queue
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

    // The path is back, and repeats what comes after 22 steps.
    assert_eq!(system.view(last), system.view(&states[22]));
    let guarantees = system.liveness();
    let promise = guarantees.iter().find(|one| one.name == "Settles").unwrap();
    // It is false in a state of the loop.
    assert!(states[22..].iter().any(|state| !(promise.holds)(&system, state)));
    assert!(system.within_boundary(last));
}
