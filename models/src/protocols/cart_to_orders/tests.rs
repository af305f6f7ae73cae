//! Cart to orders: the runs that the lecture describes.

use super::*;
use crate::kit::fault::Fault;
use crate::protocols::tests::{after, broken, instance};

const ACCEPTED: &str = "ShopReceives SendCommand ReplyAccepted ReplyArrives";

#[test]
fn a_command_that_comes_back_after_a_crash_sends_the_order_that_was_missing() {
    let system = instance("cart-to-orders", &[("tabs", 1)], &[]).system();
    let state = after(
        &system,
        &format!(
            "{ACCEPTED} ShopReceives LoadCart SaveCart ShopCrashes ShopRecovers \
             ShopReceives LoadCart SendCreateOrder AckCommand \
             OrdersReceives LoadOrder MakeOrder AckOrder"
        ),
    );
    assert!(system.at_rest(&state));
    assert_eq!(orders(&state), 1);
}

#[test]
fn orders_goes_on_while_the_shop_is_down() {
    let system = instance("cart-to-orders", &[("tabs", 1)], &[]).system();
    let state = after(
        &system,
        &format!(
            "{ACCEPTED} ShopReceives LoadCart SaveCart SendCreateOrder ShopCrashes \
             OrdersReceives LoadOrder MakeOrder AckOrder"
        ),
    );
    assert_eq!(orders(&state), 1);
    assert!(!system.at_rest(&state), "the command waits for the shop");
}

#[test]
fn without_a_crash_the_intent_is_honoured_however_often_the_broker_fails() {
    let faults = [
        (Fault::Crash, 0),
        (Fault::Duplicate, 0),
        (Fault::Unknown, 2),
    ];
    let system = instance("cart-to-orders", &[("tabs", 1), ("clicks", 1)], &faults).system();
    assert!(!broken(system).contains(&"AtMostOneOrder"));
    let calm = instance("cart-to-orders", &[], &[(Fault::Crash, 0)]).system();
    assert!(broken(calm).is_empty());
}

#[test]
fn one_click_does_not_get_over_a_crash() {
    let once = instance("cart-to-orders", &[("tabs", 1)], &[]).system();
    assert_eq!(broken(once), ["IntentHonoured"]);
}
