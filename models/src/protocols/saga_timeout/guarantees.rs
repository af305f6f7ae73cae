//! The guarantees of the saga: how orders end, according to the published events.

use super::{Ending, OrderEnded};
use crate::kit::clause::{Clause, every};
use crate::kit::document::Event;
use crate::kit::guarantees::{About, Guarantee, When, once_all_is_done};
use crate::kit::system::{State, System};
use crate::value::{Value, from_value};

pub(super) const ONE_ENDING: Guarantee = Guarantee {
    name: "OneEnding",
    promise: "no order is said to have ended in two ways",
    when: When::Always,
    about: About::Durable,
    holds: |system, state| every(one_ending(system, state)),
    clauses: one_ending,
};

pub(super) const CANCELLED_BY_ITS_OWN_TIMEOUT: Guarantee = Guarantee {
    name: "CancelledByItsOwnTimeout",
    promise: "an order is cancelled by the time-out that was sent for it, and by no other",
    when: When::Always,
    about: About::Durable,
    holds: |system, state| every(own_timeouts(system, state)),
    clauses: own_timeouts,
};

pub(super) const EVERY_ORDER_ENDS: Guarantee = Guarantee {
    name: "EveryOrderEnds",
    promise: "once all is done, every order that was placed has ended, and others were told",
    when: When::Always,
    about: About::AtRest,
    holds: |system, state| !system.at_rest(state) || every(all_ended(system, state)),
    clauses: |system, state| once_all_is_done(system, state, all_ended),
};

/// The events about an order: how it ended, and the message that caused it.
fn endings(state: &State, order: i64) -> Vec<(Value, Value)> {
    let sent = state.world.sent.iter();
    let ended = sent.filter_map(|event| {
        let output = event.get("output").and_then(Value::as_str);
        let message = event.get("message")?;
        let of = message.get("order").and_then(Value::as_int);
        let told = output == Some(OrderEnded::OUTPUT) && of == Some(order);
        told.then_some((message.get("ending")?.clone(), event.get("cause")?.clone()))
    });
    ended.collect()
}

/// The orders that the customer places.
fn orders(system: &System) -> Vec<i64> {
    let messages = system.spec().messages.iter();
    let placed = messages.filter(|message| has_type(message, "PlaceOrder"));
    placed.filter_map(order_of).collect()
}

fn has_type(message: &Value, name: &str) -> bool {
    message.get("type").and_then(Value::as_str) == Some(name)
}

fn order_of(message: &Value) -> Option<i64> {
    message.get("order")?.as_int()
}

fn one_ending(system: &System, state: &State) -> Vec<Clause> {
    let of_order = |order: i64| {
        let told = endings(state, order);
        let one = told.windows(2).all(|pair| pair[0].0 == pair[1].0);
        let told: Vec<_> = told.iter().map(|(ending, _)| ending.plain()).collect();
        Clause::new(format!("order {order} has ended in one way at most"), one)
            .but(format!("it was said to be {}", told.join(" and ")))
            .at("sent")
            .at("saga.ended")
    };
    orders(system).into_iter().map(of_order).collect()
}

fn own_timeouts(system: &System, state: &State) -> Vec<Clause> {
    let of_order = |order: i64| {
        let told = endings(state, order).into_iter();
        let mut cancelled = told.filter(|(ending, _)| {
            from_value::<Ending>(ending).is_ok_and(|ending| ending == Ending::Cancelled)
        });
        let foreign = cancelled.find(|(_, cause)| order_of(cause) != Some(order));
        let clause = Clause::new(
            format!("order {order} is cancelled by its own time-out, if at all"),
            foreign.is_none(),
        );
        let by = foreign.and_then(|(_, cause)| order_of(&cause));
        let clause = match by {
            Some(other) => clause.but(format!("the time-out of order {other} has cancelled it")),
            None => clause,
        };
        clause.at("sent")
    };
    orders(system).into_iter().map(of_order).collect()
}

fn all_ended(system: &System, state: &State) -> Vec<Clause> {
    let of_order = |order: i64| {
        let placed = state.world.acked.iter();
        let mut placed = placed.filter(|message| has_type(message, "PlaceOrder"));
        let placed = placed.any(|message| order_of(message) == Some(order));
        let ended = !endings(state, order).is_empty();
        Clause::new(
            format!("order {order} has ended, if it was placed"),
            !placed || ended,
        )
        .but("it was placed, and no one was told of its end")
        .at("saga.open")
        .at("sent")
        .at("acked")
    };
    orders(system).into_iter().map(of_order).collect()
}
