//! Calls on the durable world, one by one.

use super::toy::{Count, SEEN};
use crate::kit::document::{Document, Versioned};
use crate::kit::fault::Budget;
use crate::kit::io::{Call, Member, Outcome, Write};
use crate::kit::replay::Breach;
use crate::kit::stores::{Schema, Stores};
use crate::kit::world::{Caller, World};
use crate::value::{Value, to_value};

/// Counts that exist under keys 1 and 2.
fn counts() -> (Schema, World) {
    let keys = [1, 2].map(Value::from);
    let stores = Stores::default()
        .many(keys.map(|key| (key, Count::default())))
        .set(SEEN, []);
    let world = stores.world(Budget::default(), &[Value::from(1)]);
    (stores.schema, world)
}

fn perform(schema: &Schema, world: &mut World, call: &Call) -> Result<Outcome, Breach> {
    let caller = Caller {
        ledger: 0,
        endpoint: 0,
        slot: 0,
        message: &Value::from(1),
        observed: true,
    };
    world.perform(schema, &caller, call)
}

fn write(key: u8, expected: Option<i64>, total: u8, note: u8) -> Write {
    Write {
        collection: Count::COLLECTION,
        key: Value::from(key),
        expected,
        document: to_value(&Count { total, note }).unwrap(),
        cause: None,
    }
}

fn totals(world: &World) -> Vec<u8> {
    let documents = world.documents::<Count>();
    documents.iter().map(|(_, count)| count.total).collect()
}

#[test]
fn a_stale_write_conflicts_and_a_blind_one_overwrites() {
    let (schema, mut world) = counts();
    let mut commit = |write| perform(&schema, &mut world, &Call::Commit(vec![write])).unwrap();
    assert_eq!(commit(write(1, Some(0), 1, 0)), Outcome::Committed(vec![1]));
    assert_eq!(commit(write(1, Some(0), 2, 0)), Outcome::Conflict);
    assert_eq!(commit(write(1, None, 3, 0)), Outcome::Committed(vec![2]));
    assert_eq!(totals(&world), [3, 0]);
}

#[test]
fn documents_are_committed_all_or_none() {
    let (schema, mut world) = counts();
    let before = world.clone();
    let both = |second| Call::Commit(vec![write(1, Some(0), 1, 0), write(2, Some(second), 1, 0)]);
    let stale = perform(&schema, &mut world, &both(7));
    assert_eq!(stale, Ok(Outcome::Conflict));
    assert_eq!(world, before);
    let fresh = perform(&schema, &mut world, &both(0));
    assert_eq!(fresh, Ok(Outcome::Committed(vec![1, 1])));
    assert_eq!(totals(&world), [1, 1]);
    assert_eq!(world.hist.len(), 1, "one commit is one change");
}

#[test]
fn a_commit_that_publishes_does_both_or_neither() {
    let (schema, mut world) = counts();
    let publish = Call::Publish {
        output: "Counted",
        message: Value::from(1),
        cause: None,
        basis: 1,
    };
    let both = |version| {
        let writes = vec![write(1, Some(version), 1, 0)];
        Call::CommitAndPublish(writes, Box::new(publish.clone()))
    };
    let before = world.clone();
    let stale = perform(&schema, &mut world, &both(7));
    assert_eq!((stale, &world), (Ok(Outcome::Conflict), &before));
    let fresh = perform(&schema, &mut world, &both(0));
    assert_eq!(fresh, Ok(Outcome::Committed(vec![1])));
    assert_eq!((world.hist.len(), world.sent.len()), (1, 1));
}

#[test]
fn one_commit_writes_a_document_once() {
    let (schema, mut world) = counts();
    let twice = Call::Commit(vec![write(1, None, 1, 0), write(1, None, 2, 0)]);
    let before = world.clone();
    let refused = perform(&schema, &mut world, &twice);
    assert!(matches!(refused, Err(Breach::Misuse(what)) if what.contains("twice")));
    assert_eq!(world, before);
}

#[test]
fn the_history_grows_only_with_business_state() {
    let (schema, mut world) = counts();
    for (write, changes) in [
        (write(1, None, 0, 5), 0),
        (write(1, None, 1, 5), 1),
        (write(1, None, 1, 6), 1),
        (write(1, None, 0, 6), 2),
        // A document that did not exist.
        (write(3, Some(0), 0, 0), 3),
    ] {
        perform(&schema, &mut world, &Call::Commit(vec![write.clone()])).unwrap();
        assert_eq!(world.hist.len(), changes, "{write:?}");
    }
}

#[test]
fn only_the_observed_endpoint_makes_history() {
    let (schema, mut world) = counts();
    let caller = Caller {
        ledger: 0,
        endpoint: 1,
        slot: 0,
        message: &Value::from(1),
        observed: false,
    };
    let publish = Call::Publish {
        cause: None,
        output: "Counted",
        message: Value::from(1),
        basis: 1,
    };
    let commit = Call::Commit(vec![write(1, None, 1, 0)]);
    for call in [publish, commit, Call::Ack] {
        world.perform(&schema, &caller, &call).unwrap();
    }
    assert!(world.hist.is_empty() && world.sent.is_empty() && world.acked.is_empty());
    assert_eq!(totals(&world), [1, 0]);
}

#[test]
fn an_event_may_name_another_cause_than_the_message_at_hand() {
    let (schema, mut world) = counts();
    for cause in [None, Some(Value::from(7))] {
        let publish = Call::Publish {
            output: "Counted",
            message: Value::from(1),
            cause,
            basis: 1,
        };
        perform(&schema, &mut world, &publish).unwrap();
    }
    let sent = &world.sent;
    let causes: Vec<_> = sent.iter().filter_map(|event| event.get("cause")).collect();
    assert_eq!(causes, [&Value::from(1), &Value::from(7)]);
}

#[test]
fn a_set_remembers_its_members() {
    let (schema, mut world) = counts();
    let member = || Member {
        set: SEEN,
        id: Value::from(1),
    };
    let mut does = |call| perform(&schema, &mut world, &call).unwrap();
    assert_eq!(does(Call::Contains(member())), Outcome::Found(false));
    assert_eq!(does(Call::Insert(member())), Outcome::Done);
    assert_eq!(does(Call::Contains(member())), Outcome::Found(true));
    assert_eq!(does(Call::Remove(member())), Outcome::Done);
    assert_eq!(does(Call::Contains(member())), Outcome::Found(false));
}

#[test]
fn an_ack_without_a_lease_is_refused() {
    let (schema, mut world) = counts();
    assert_eq!(
        perform(&schema, &mut world, &Call::Ack),
        Ok(Outcome::Refused)
    );
    assert!(world.acked.is_empty());
    world.leases.insert((0, 0));
    assert_eq!(perform(&schema, &mut world, &Call::Ack), Ok(Outcome::Done));
    assert!(world.acked.contains(&Value::from(1)) && world.leases.is_empty());
}

#[test]
fn undeclared_stores_are_named() {
    let (_, mut world) = counts();
    let nothing = Schema::default();
    let load = Call::Load {
        collection: "count",
        key: Value::from(1),
    };
    for call in [load, Call::Commit(vec![write(1, None, 1, 0)])] {
        let misuse = perform(&nothing, &mut world, &call)
            .unwrap_err()
            .to_string();
        assert!(misuse.contains("no collection named 'count'"), "{misuse}");
    }
}

#[test]
fn identities_are_numbered_by_message() {
    let (_, mut world) = counts();
    let identity = |m: u8, n: u8| Value::seq([m, n].map(Value::from));
    assert_eq!(world.identity(&Value::from(1), 0), identity(1, 1));
    assert_eq!(world.identity(&Value::from(1), 1), identity(1, 2));
    world.ledger_mut(0).draw(&Value::from(1), 2);
    assert_eq!(world.identity(&Value::from(1), 0), identity(1, 3));
    assert_eq!(world.identity(&Value::from(2), 0), identity(2, 1));
    world.ledger_mut(0).draw(&Value::from(2), 0);
    assert_eq!(world.fresh.len(), 1, "what draws nothing is not counted");
}

#[test]
fn a_document_in_hand_knows_the_version_it_had() {
    let new = Versioned::new(1, Count::default()).unwrap();
    assert_eq!(new.checked().unwrap(), write(1, Some(0), 0, 0));
    assert_eq!(new.blind().unwrap(), write(1, None, 0, 0));
}
