//! The cache: the runs that the lecture describes.

use super::*;
use crate::kit::fault::Fault;
use crate::kit::system::State;
use crate::protocols::tests::{after, broken, instance};

fn held(state: &State) -> Vec<Revision> {
    state.world.document::<Cache>().holds
}

/// A reader has found the cache empty and read the old price.
const SLOW: &str = "Receive.ReadPrice LoadCache@1 LoadPrice@1";

#[test]
fn a_slow_reader_fills_the_cache_after_the_update_has_cleared_it() {
    let system = instance("cache-refill:clear-after", &[], &[]).system();
    let update = "Receive.UpdatePrice LoadPrice@2 SavePrice ClearCache SendRead Ack@2";
    let looks = "Receive.ReadPrice LoadCache Serve Ack";
    let path = format!("{SLOW} {update} FillCache Serve Ack {looks}");
    let state = after(&system, &path);
    assert!(system.at_rest(&state));
    assert_eq!(held(&state), [0]);
    assert_eq!(state.world.document::<Price>().revision, 1);
}

#[test]
fn a_cache_that_was_cleared_meanwhile_is_not_filled() {
    let system = instance("cache-refill", &[], &[]).system();
    let update = "Receive.UpdatePrice LoadPrice@2 SavePrice ClearCache SendRead Ack@2";
    let state = after(&system, &format!("{SLOW} {update} FillCache"));
    assert!(held(&state).is_empty());
}

#[test]
fn no_delay_of_the_second_clear_is_long_enough() {
    let system = instance("cache-refill:clear-again", &[], &[]).system();
    let update = "Receive.UpdatePrice LoadPrice@2 SavePrice ClearCache SendClear SendRead Ack@2";
    let second = "BecomesDue Receive.ClearAgain ClearCache Ack@2";
    let path = format!("{SLOW} {update} {second} FillCache Serve Ack");
    assert_eq!(held(&after(&system, &path)), [0]);
}

#[test]
fn an_update_that_comes_again_clears_the_cache_although_its_price_is_saved() {
    let system = instance("cache-refill", &[], &[]).system();
    let crashed = "Receive.UpdatePrice LoadPrice SavePrice Crash Recover";
    let again = "Receive.UpdatePrice LoadPrice ClearCache";
    let filled = "Receive.ReadPrice LoadCache LoadPrice FillCache Serve Ack";
    let path = format!("{filled} {crashed} {again}");
    assert!(held(&after(&system, &path)).is_empty());
}

#[test]
fn with_one_message_at_a_time_every_way_is_right() {
    for variant in ["clear-first", "clear-after", "write-through", "clear-again"] {
        let name = format!("cache-refill:{variant}");
        let system = instance(&name, &[("slots", 1)], &[]).system();
        assert!(broken(system).is_empty(), "{variant}");
    }
}

#[test]
fn to_check_after_the_fill_leaves_the_cache_current_as_long_as_nothing_crashes() {
    let none = [(Fault::Crash, 0)];
    let system = instance("cache-refill:check-after-fill", &[], &none).system();
    assert_eq!(broken(system), ["NoOldPriceServed"]);
}

#[test]
fn a_message_that_is_acknowledged_unhandled_leaves_its_reader_without_an_answer() {
    let ignores = Handler::by_type([
        (
            "UpdatePrice",
            Handler::new(|io, _: &UpdatePrice| io.ack("Ack")),
        ),
        ("ReadPrice", Handler::new(|io, _: &ReadPrice| io.ack("Ack"))),
    ]);
    let system = instance("cache-refill", &[], &[])
        .system()
        .with_handler(ignores);
    assert_eq!(broken(system), ["EveryReaderServed"]);
}
