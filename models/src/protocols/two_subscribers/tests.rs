//! One id, two subscribers: the runs that the lecture describes.

use super::*;
use crate::kit::fault::Fault;
use crate::protocols::tests::{after, broken, instance};

fn booked(state: &State, subscriber: &str) -> Vec<MessageId> {
    let books = state.world.documents::<Books>().into_iter();
    let mut own = books.filter(|(name, _)| name.as_str() == Some(subscriber));
    own.next().map(|(_, books)| books.orders).unwrap()
}

#[test]
fn the_second_subscriber_takes_the_record_of_the_first_for_its_own() {
    let system = instance("two-subscribers:by-id", &[], &[]).system();
    let billing = "Receive.Billing LoadRecord LoadBooks Save Ack";
    let path = format!("{billing} Receive.Marketing LoadRecord Ack");
    let state = after(&system, &path);
    assert!(system.at_rest(&state));
    assert_eq!(booked(&state, "Billing"), [MessageId(1)]);
    assert!(booked(&state, "Marketing").is_empty());
}

#[test]
fn the_subscriber_that_is_hit_is_the_one_that_comes_second() {
    let system = instance("two-subscribers:by-id", &[], &[]).system();
    let marketing = "Receive.Marketing LoadRecord LoadBooks Save Ack";
    let path = format!("{marketing} Receive.Billing LoadRecord Ack");
    assert!(booked(&after(&system, &path), "Billing").is_empty());
}

#[test]
fn the_same_loss_comes_of_a_conflict_when_both_looked_before_either_saved() {
    let two = [("slots", 2)];
    let system = instance("two-subscribers:by-id", &two, &[]).system();
    let both = "Receive.Billing Receive.Marketing LoadRecord@1 LoadRecord@2 LoadBooks@1";
    let path = format!("{both} LoadBooks@2 Save@1 Save@2 Receive.Marketing LoadRecord@2 Ack@2");
    assert!(booked(&after(&system, &path), "Marketing").is_empty());
}

#[test]
fn a_key_with_the_subscriber_still_recognises_a_copy_that_comes_again() {
    let system = instance("two-subscribers", &[("slots", 1)], &[]).system();
    let crashed = "Receive.Billing LoadRecord LoadBooks Save Crash Recover";
    let again = "Receive.Billing LoadRecord Ack";
    let marketing = "Receive.Marketing LoadRecord LoadBooks Save Ack";
    let state = after(&system, &format!("{crashed} {again} {marketing}"));
    assert!(system.at_rest(&state));
    assert_eq!(booked(&state, "Billing"), [MessageId(1)]);
    assert_eq!(booked(&state, "Marketing"), [MessageId(1)]);
}

#[test]
fn where_there_is_no_deduplication_no_one_takes_the_copy_of_another_for_a_duplicate() {
    let name = "two-subscribers:no-deduplication";
    let system = instance(name, &[("slots", 2)], &[(Fault::Duplicate, 0)]).system();
    assert!(broken(system).is_empty());
}
