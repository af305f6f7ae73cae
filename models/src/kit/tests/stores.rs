//! Faults of stores: lost data, stale reads, late writes.

use serde::{Deserialize, Serialize};
use stateright::Model;

use super::toy::{Count, SEEN, count};
use super::{after, enabled, initial};
use crate::kit::document::{Document, Event, MessageId};
use crate::kit::fault::Fault;
use crate::kit::io::{Flow, Io};
use crate::kit::replay::Handler;
use crate::kit::stores::Stores;
use crate::kit::system::{Spec, System};
use crate::value::Value;

fn system(
    handler: fn(&mut dyn Io, &MessageId) -> Flow,
    stores: Stores,
    faults: &[(Fault, u8)],
    copies: u8,
) -> System {
    let messages = vec![Value::from(MessageId(1))];
    let budget = faults.iter().copied().collect();
    System::new(Spec {
        copies,
        ..Spec::new("Till", messages, budget, Handler::new(handler), stores)
    })
}

/// Counts a message that it has not counted before.
fn once(io: &mut dyn Io, message: &MessageId) -> Flow {
    if io.contains("Look", SEEN, message)? {
        return io.ack("Ack");
    }
    io.insert("Mark", SEEN, message)?.or_give_back()?;
    count(io, &0)
}

fn seen() -> Stores {
    Stores::default().one(&Count::default()).set(SEEN, [])
}

const FIRST: [&str; 6] = ["Receive", "Look", "Mark", "Load", "Save", "Ack"];
const AGAIN: [&str; 4] = ["Mark", "Load", "Save", "Ack"];

#[test]
fn a_set_forgets_a_member_and_the_copy_has_its_effect_again() {
    let system = system(once, seen().forgetful(SEEN), &[(Fault::Forget, 1)], 2);
    let state = after(&system, &initial(&system), &FIRST);
    let state = after(&system, &state, &["Evict", "Receive", "Look"]);
    let state = after(&system, &state, &AGAIN);
    assert_eq!(state.world.hist.len(), 2);
    assert!(!enabled(&system, &state).contains(&"Evict"), "spent");
}

#[test]
fn a_stale_read_does_not_see_the_last_change_of_the_store() {
    let system = system(once, seen().lagging(SEEN), &[(Fault::Stale, 1)], 2);
    let state = after(&system, &initial(&system), &FIRST);
    let state = after(&system, &state, &["Receive", "StaleRead"]);
    assert_eq!(enabled(&system, &state), ["Mark"], "it takes it for new");
    let state = after(&system, &state, &AGAIN);
    assert_eq!(state.world.hist.len(), 2);
    let view = system.view(&state);
    assert_eq!(view.at("seenBefore").unwrap().to_string(), "{}");
    assert_eq!(view.at("seen").unwrap().to_string(), "{1}");
}

#[test]
fn a_store_that_never_lags_shows_what_it_held_at_the_start() {
    let system = system(once, seen().never_lagging(SEEN), &[], 1);
    let state = after(&system, &initial(&system), &FIRST);
    let view = system.view(&state);
    assert_eq!(view.at("seenBefore").unwrap().to_string(), "{}");
    assert_eq!(view.at("seen").unwrap().to_string(), "{1}");
}

fn counts(io: &mut dyn Io, _: &MessageId) -> Flow {
    count(io, &0)
}

#[test]
fn a_late_write_lands_after_its_sender_has_died() {
    let stores = || Stores::default().one(&Count::default());
    let faults = [(Fault::Late, 1), (Fault::Crash, 1)];
    let system = system(counts, stores().landing_late(Count::COLLECTION), &faults, 1);
    let delayed = ["Receive", "Load", "WriteDelayed"];
    let state = after(&system, &initial(&system), &delayed);
    assert!(!system.at_rest(&state), "a write is on its way");
    assert_eq!(state.world.document::<Count>().total, 0);
    // The next attempt loads before the late write arrives, so its own write is refused.
    let raced = ["Receive", "Load", "LateWriteLands", "Save"];
    let state = after(&system, &state, &raced);
    assert_eq!(state.world.document::<Count>().total, 1);
    assert_eq!(state.world.hist.len(), 1);
    // Or the late write arrives last, and has no effect, because the version is different.
    let state = after(&system, &initial(&system), &delayed);
    let state = after(
        &system,
        &state,
        &["Crash", "Recover", "Receive", "Load", "Save", "Ack"],
    );
    let state = after(&system, &state, &["LateWriteLands"]);
    assert!(system.at_rest(&state));
    assert_eq!(state.world.document::<Count>().total, 1);
}

#[derive(Debug, Clone, Default, Serialize, Deserialize)]
struct Cached {
    value: u8,
}

impl Document for Cached {
    const COLLECTION: &'static str = "cache";
    const BUSINESS: &'static [&'static str] = &[];
}

/// Deletes the document that it has loaded, unless it has changed.
fn drops(io: &mut dyn Io, message: &MessageId) -> Flow {
    let cached = io.load::<Cached>("Load", message)?;
    io.delete("Drop", &cached)?.or_give_back()?;
    io.ack("Ack")
}

#[test]
fn a_document_is_deleted_if_nobody_has_changed_it() {
    let key = Value::from(MessageId(1));
    let stores = || Stores::default().many([(key.clone(), Cached { value: 7 })]);
    let one = system(drops, stores(), &[], 1);
    let state = after(&one, &initial(&one), &["Receive", "Load", "Drop", "Ack"]);
    assert!(state.world.documents::<Cached>().is_empty());
    assert_eq!(one.view(&state).at("cache").unwrap().to_string(), "<<>>");
    let two = system(drops, stores().forgetful("cache"), &[(Fault::Forget, 1)], 1);
    let state = after(&two, &initial(&two), &["Evict", "Receive", "Load"]);
    let mut steps = Vec::new();
    two.actions(&state, &mut steps);
    assert_eq!(
        enabled(&two, &state),
        ["Drop"],
        "there is none: nothing to evict"
    );
}

#[derive(Serialize)]
struct Told;

impl Event for Told {
    const OUTPUT: &'static str = "Told";
    fn basis(&self) -> i64 {
        0
    }
}

#[test]
fn what_reports_no_change_is_no_ghost() {
    fn tells(io: &mut dyn Io, _: &MessageId) -> Flow {
        io.publish("Tell", &Told)?.or_give_back()?;
        io.ack("Ack")
    }
    let system = system(tells, Stores::default(), &[], 1);
    let state = after(&system, &initial(&system), &["Receive", "Tell"]);
    let no_ghost = crate::kit::guarantees::NO_GHOST_EVER;
    assert!((no_ghost.holds)(&system, &state) && !state.world.sent.is_empty());
}

#[derive(Debug, Clone, Default, Serialize, Deserialize)]
struct Job {
    owner: String,
    fence: u8,
    done: bool,
}

impl Document for Job {
    const COLLECTION: &'static str = "jobs";
    const BUSINESS: &'static [&'static str] = &["done"];
}

/// Takes the lease on the job, and does the job.
fn works(io: &mut dyn Io, _: &MessageId) -> Flow {
    let mut job = io.load::<Job>("LoadJob", 0)?;
    "Till".clone_into(&mut job.owner);
    job.fence += 1;
    io.commit("TakeLease", &mut job)?.or_give_back()?;
    job.done = true;
    io.commit("Finish", &mut job)?.or_give_back()?;
    io.ack("Ack")
}

#[test]
fn a_lease_on_a_row_expires_by_a_fault_and_ends_with_its_owner() {
    let job = Job {
        owner: crate::kit::world::NOBODY.to_owned(),
        ..Job::default()
    };
    let stores = Stores::default().one(&job).leased(Job::COLLECTION);
    let faults = [(Fault::Lease, 1), (Fault::Crash, 1)];
    let system = system(works, stores, &faults, 1);
    let taken = after(&system, &initial(&system), &["Receive", "LoadJob"]);
    assert!(!enabled(&system, &taken).contains(&"RowLeaseExpires"));
    let taken = after(&system, &taken, &["TakeLease"]);
    assert_eq!(taken.world.document::<Job>().owner, "Till");
    for ends in ["RowLeaseExpires", "Crash"] {
        let free = after(&system, &taken, &[ends]);
        let job = free.world.document::<Job>();
        assert_eq!((job.owner.as_str(), job.fence), ("nobody", 1), "{ends}");
    }
    assert!(!system.is_fair("RowLeaseExpires"));
}
