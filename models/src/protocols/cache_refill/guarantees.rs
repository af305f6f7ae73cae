//! The guarantees about the cache: its content at the end, and what is served from it.

use super::{Cache, Price, PriceServed, ReadPrice};
use crate::kit::clause::{Clause, every};
use crate::kit::document::Event;
use crate::kit::guarantees::{About, Guarantee, When, once_all_is_done};
use crate::kit::system::{State, System};
use crate::value::Value;

pub(super) const NO_OLD_PRICE_SERVED: Guarantee = Guarantee {
    name: "NoOldPriceServed",
    promise: "no reader is served an older price than the one that it knows of",
    when: When::Always,
    about: About::Durable,
    holds: |_, state| served(state).all(|(known, revision)| revision >= known),
    clauses: |_, state| {
        let clause = |(known, revision): (i64, i64)| {
            let expected =
                format!("a reader that knows of price {known} is served that one or a newer one");
            Clause::new(expected, revision >= known)
                .but(format!("price {revision} was served"))
                .at("sent")
        };
        served(state).map(clause).collect()
    },
};

pub(super) const CACHE_IS_CURRENT: Guarantee = Guarantee {
    name: "CacheIsCurrent",
    promise: "once all is done, the cache is empty or holds the price that the database has",
    when: When::Always,
    about: About::AtRest,
    holds: |system, state| !system.at_rest(state) || every(current(system, state)),
    clauses: |system, state| once_all_is_done(system, state, current),
};

pub(super) const EVERY_READER_SERVED: Guarantee = Guarantee {
    name: "EveryReaderServed",
    promise: "once all is done, every update was read by its user, and every reader was served",
    when: When::Always,
    about: About::AtRest,
    holds: |system, state| !system.at_rest(state) || every(answered(system, state)),
    clauses: |system, state| once_all_is_done(system, state, answered),
};

/// For each settled message, whether it led to the required output.
fn answered(system: &System, state: &State) -> Vec<Clause> {
    let clause = |message: &Value| {
        let (output, expected) = match message.get("type").and_then(Value::as_str)? {
            "UpdatePrice" => (ReadPrice::OUTPUT, "was read by its user"),
            "ReadPrice" => (PriceServed::OUTPUT, "was answered"),
            _ => return None,
        };
        let led_to = |event: &Value| {
            event.get("output").and_then(Value::as_str) == Some(output)
                && event.get("cause") == Some(message)
        };
        let clause = Clause::new(
            format!("{} {expected}", system.message(message)),
            state.world.sent.iter().any(led_to),
        );
        Some(
            clause
                .but(format!("no {output} was sent for it"))
                .at("sent"),
        )
    };
    state.world.acked.iter().filter_map(clause).collect()
}

/// The revisions that were served, each with the one that the reader knew.
fn served(state: &State) -> impl Iterator<Item = (i64, i64)> {
    let sent = state.world.sent.iter();
    let answers = sent
        .filter(|event| event.get("output").and_then(Value::as_str) == Some(PriceServed::OUTPUT));
    answers.filter_map(|event| {
        let known = event.get("cause")?.get("known")?.as_int()?;
        let revision = event.get("message")?.get("revision")?.as_int()?;
        Some((known, revision))
    })
}

fn current(_: &System, state: &State) -> Vec<Clause> {
    let holds = state.world.document::<Cache>().holds;
    let revision = state.world.document::<Price>().revision;
    let current = holds.iter().all(|held| *held == revision);
    let clause = Clause::new("the cache holds no other price than the database", current);
    let held = holds.first().copied().unwrap_or_default();
    let clause = clause.but(format!(
        "it holds price {held}, the database {revision}, and no one clears it"
    ));
    vec![clause.at("cache.holds").at("price.revision")]
}
