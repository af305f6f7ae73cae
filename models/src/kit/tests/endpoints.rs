//! Several endpoints: each crashes independently, and has its own queue, slots and history.

use serde::{Deserialize, Serialize};

use super::toy::Count;
use super::{after, enabled, initial};
use crate::kit::document::Event;
use crate::kit::fault::{Budget, Fault};
use crate::kit::hosts::Further;
use crate::kit::io::{Flow, Io};
use crate::kit::replay::Handler;
use crate::kit::stores::Stores;
use crate::kit::system::{Spec, System};
use crate::value::to_value;

#[derive(Debug, Serialize, Deserialize)]
#[serde(tag = "type")]
struct Order {
    id: u8,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(tag = "type")]
struct Bill {
    id: u8,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(tag = "type")]
struct Ordered {
    id: u8,
}

macro_rules! event {
    ($name:ident) => {
        impl Event for $name {
            const OUTPUT: &'static str = stringify!($name);
            fn basis(&self) -> i64 {
                0
            }
        }
    };
}

event!(Bill);
event!(Ordered);

/// Sends itself a bill, now or later, and announces the order.
fn orders(io: &mut dyn Io, order: &Order) -> Flow {
    let bill = Bill { id: order.id };
    io.send("SendBill", "Shop", &bill)?.or_give_back()?;
    io.send_later("Remind", "Store", &bill)?.or_give_back()?;
    let ordered = Ordered { id: order.id };
    io.publish("Announce", &ordered)?.or_give_back()?;
    io.ack("AckOrder")
}

fn bills(io: &mut dyn Io, _: &Bill) -> Flow {
    io.ack("AckBill")
}

fn keeps(io: &mut dyn Io, _: &Ordered) -> Flow {
    let mut count = io.load::<Count>("LoadCount", 0)?;
    count.total += 1;
    io.commit("Keep", &mut count)?.or_give_back()?;
    io.ack("AckOrdered")
}

fn shop() -> System {
    let budget = [(Fault::Crash, 1), (Fault::Duplicate, 1)];
    shop_with(budget.into_iter().collect())
}

pub(super) fn shop_with(budget: Budget) -> System {
    let shop = Handler::by_type([
        ("Order", Handler::new(orders)),
        ("Bill", Handler::new(bills)),
    ]);
    let store = Handler::by_type([
        ("Ordered", Handler::new(keeps)),
        (
            "Bill",
            Handler::new(|io: &mut dyn Io, _: &Bill| io.ack("AckReminder")),
        ),
    ]);
    let order = to_value(&Order { id: 1 }).unwrap();
    let ordered = to_value(&Ordered { id: 1 }).unwrap();
    let stores = Stores::default().one(&Count::default());
    System::new(Spec {
        further: vec![
            Further {
                subscribes: &["Ordered"],
                slots: 2,
                ..Further::new("Store", vec![ordered.clone()], store.clone())
            },
            Further {
                subscribes: &["Ordered"],
                ..Further::new("Copy", vec![ordered], store)
            },
        ],
        later: &["Store"],
        ..Spec::new("Shop", vec![order], budget, shop, stores)
    })
}

pub(super) const ORDERED: [&str; 5] =
    ["ShopReceives", "SendBill", "Remind", "Announce", "AckOrder"];

#[test]
fn what_an_endpoint_publishes_reaches_every_subscriber_as_a_copy_of_its_own() {
    let system = shop();
    let state = after(&system, &initial(&system), &ORDERED);
    let view = system.view(&state);
    let ordered = "([id |-> 1, type |-> \"Ordered\"] :> 1)";
    for queue in ["storeIncoming", "copyIncoming"] {
        assert_eq!(view.at(queue).unwrap().to_string(), ordered, "{queue}");
    }
    let state = after(
        &system,
        &state,
        &["StoreReceives", "LoadCount", "Keep", "AckOrdered"],
    );
    let state = after(
        &system,
        &state,
        &["CopyReceives", "LoadCount", "Keep", "AckOrdered"],
    );
    assert_eq!(state.world.document::<Count>().total, 2);
    let lengths: Vec<_> = state.world.ledgers.iter().map(|l| l.hist.len()).collect();
    assert_eq!(lengths, [0, 1, 1], "each has a history of its own");
}

#[test]
fn what_is_sent_goes_to_one_endpoint_and_may_be_due_later() {
    let system = shop();
    let state = after(&system, &initial(&system), &ORDERED);
    let view = system.view(&state);
    let bill = "([id |-> 1, type |-> \"Bill\"] :> 1)";
    assert_eq!(
        view.at("shopIncoming").unwrap().to_string(),
        bill,
        "to itself"
    );
    assert_eq!(view.at("storeLater").unwrap().to_string(), bill);
    assert!(!system.at_rest(&state));
    let state = after(&system, &state, &["StoreMessageBecomesDue"]);
    assert_eq!(
        system.view(&state).at("storeLater").unwrap().to_string(),
        "<<>>"
    );
    assert_eq!(system.queue(1, &state).len(), 2);
}

#[test]
fn endpoints_crash_independently() {
    let system = shop();
    let state = after(&system, &initial(&system), &ORDERED);
    let state = after(&system, &state, &["ShopReceives", "StoreReceives"]);
    let state = after(&system, &state, &["StoreCrashes"]);
    let view = system.view(&state);
    assert_eq!(view.at("storeUp").unwrap().to_string(), "FALSE");
    assert_eq!(view.at("shopUp").unwrap().to_string(), "TRUE");
    let steps = enabled(&system, &state);
    assert!(steps.contains(&"AckBill") && steps.contains(&"StoreRecovers"));
    assert!(!steps.contains(&"StoreReceives") && !steps.contains(&"ShopCrashes"));
    assert!(system.is_fair("StoreRecovers") && !system.is_fair("ShopCrashes"));
    assert!(!system.is_fair("CopyMessageDuplicated") && system.is_fair("AckBill"));
}

#[test]
fn a_message_without_a_handler_is_reported() {
    let system = shop();
    let stray = to_value(&Order { id: 1 }).unwrap();
    let mut state = initial(&system);
    let mut change = crate::kit::change::Change {
        system: &system,
        state: state.clone(),
    };
    let to = system.hosts()[1].id;
    change.put(system.sender(), to, crate::kit::actors::Msg::Message(stray));
    state = after(&system, &change.state, &["StoreReceives"]);
    let breach = system.breach(&state).unwrap().to_string();
    assert!(breach.contains("no handler is registered"), "{breach}");
}

#[test]
fn a_reply_to_a_message_of_a_queue_is_reported() {
    let replies = Handler::new(|io: &mut dyn Io, _: &Order| io.reply("Reply", "done"));
    let order = to_value(&Order { id: 1 }).unwrap();
    let stores = Stores::default().one(&Count::default());
    let spec = Spec::new("Shop", vec![order], Budget::default(), replies, stores);
    let queue = System::new(spec);
    let state = after(&queue, &initial(&queue), &["Receive", "Reply"]);
    let breach = queue.breach(&state).unwrap().to_string();
    assert!(breach.contains("nobody waits for a reply"), "{breach}");
}
