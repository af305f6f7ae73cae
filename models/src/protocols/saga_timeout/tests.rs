//! The saga with a time-out: the runs that the lecture describes.

use super::*;
use crate::kit::fault::Fault;
use crate::kit::system::State;
use crate::protocols::tests::{after, broken, instance};

fn saga(state: &State) -> Saga {
    state.world.document()
}

fn ended(state: &State, order: Number) -> Option<Ending> {
    saga(state).ended.get(&order).copied()
}

const PLACED: &str = "LoadSaga StartSaga SendTimeout Ack BecomesDue";

/// Order 1 is placed and paid; order 2 is placed, and the time-out of order 1 comes.
fn an_old_timeout() -> String {
    format!(
        "Receive.PlaceOrder.1 {PLACED} Receive.PayOrder.1 LoadSaga Ship Publish Ack \
         Receive.PlaceOrder.2 {PLACED} Receive.PaymentOverdue.1 LoadSaga"
    )
}

#[test]
fn a_timeout_that_is_for_the_customer_cancels_the_next_order() {
    let system = instance("saga-timeout:by-key", &[], &[]).system();
    let state = after(&system, &format!("{} Cancel Publish Ack", an_old_timeout()));
    assert_eq!(ended(&state, 1), Some(Ending::Shipped));
    assert_eq!(ended(&state, 2), Some(Ending::Cancelled));
}

#[test]
fn a_timeout_that_carries_its_order_leaves_the_next_one_alone() {
    let system = instance("saga-timeout", &[], &[]).system();
    let state = after(&system, &format!("{} Ack", an_old_timeout()));
    assert_eq!(ended(&state, 1), Some(Ending::Shipped));
    assert_eq!(saga(&state).open, 2);
}

#[test]
fn the_one_of_payment_and_timeout_that_saves_first_wins() {
    let system = instance("saga-timeout", &[("orders", 1), ("slots", 2)], &[]).system();
    let both = "Receive.PaymentOverdue LoadSaga@1 Receive.PayOrder LoadSaga@2";
    let path = format!("Receive.PlaceOrder {PLACED} {both} Cancel Ship Publish Ack");
    let state = after(&system, &format!("{path} Receive.PayOrder LoadSaga Ack"));
    assert!(system.at_rest(&state));
    assert_eq!(ended(&state, 1), Some(Ending::Cancelled));
}

#[test]
fn publishing_first_does_no_harm_where_nothing_runs_at_the_same_time_and_nothing_crashes() {
    let system = instance("saga-timeout:publish-first", &[("slots", 1)], &[]).system();
    assert!(broken(system).is_empty());
}

#[test]
fn publishing_first_needs_no_race_if_there_is_a_crash() {
    let crash = [(Fault::Crash, 1)];
    let system = instance("saga-timeout:publish-first", &[("slots", 1)], &crash).system();
    assert_eq!(broken(system), ["OneEnding"]);
}

#[test]
fn an_order_that_crashed_before_its_timeout_sends_it_at_the_next_attempt() {
    let system = instance("saga-timeout", &[("orders", 1)], &[]).system();
    let crashed = "Receive.PlaceOrder.1 LoadSaga StartSaga Crash Recover";
    let path = format!("{crashed} Receive.PlaceOrder.1 LoadSaga SendTimeout Ack BecomesDue");
    assert_eq!(saga(&after(&system, &path)).open, 1);
}

#[test]
fn an_order_is_refused_while_another_one_is_open() {
    let system = instance("saga-timeout", &[], &[]).system();
    let refused = "Receive.PlaceOrder.2 LoadSaga StartSaga Publish Ack";
    let state = after(&system, &format!("Receive.PlaceOrder.1 {PLACED} {refused}"));
    assert_eq!(saga(&state).open, 1);
    assert_eq!(ended(&state, 2), Some(Ending::Refused));
}

#[test]
fn an_old_timeout_that_comes_twice_does_no_harm() {
    let twice = [(Fault::Crash, 0), (Fault::Duplicate, 1)];
    let system = instance("saga-timeout", &[], &twice).system();
    assert!(broken(system).is_empty());
}
