//! The guarantees of the generic outbox, in addition to the common ones.

use std::collections::BTreeMap;

use super::FirstLineAdded;
use crate::kit::clause::{Clause, every};
use crate::kit::document::Event;
use crate::kit::guarantees::{About, Guarantee, When, once_all_is_done};
use crate::kit::system::{State, System};
use crate::value::Value;

pub(super) const DISTINCT_IDS: Guarantee = Guarantee {
    name: "DistinctIds",
    promise: "different outputs have different ids, so that no receiver takes one for the other",
    when: When::Always,
    about: About::Durable,
    holds: |system, state| every(each_id(system, state)),
    clauses: each_id,
};

fn each_id(_: &System, state: &State) -> Vec<Clause> {
    let mut outputs: BTreeMap<_, BTreeMap<_, _>> = BTreeMap::new();
    for event in state.world.sent.iter() {
        let Some(id) = event.get("message").and_then(|message| message.get("id")) else {
            continue;
        };
        let output = (event.get("cause"), event.get("output"));
        outputs.entry(id).or_default().insert(output, event);
    }
    let of_one = |(id, outputs): (&Value, BTreeMap<_, &Value>)| {
        let expected = format!("id {} is that of one output", id.plain());
        let clause = Clause::new(expected, outputs.len() <= 1)
            .but(format!("{} different ones have it", outputs.len()));
        let among_sent = |clause: Clause, event: &&Value| clause.among("sent", event);
        outputs.values().fold(clause, among_sent)
    };
    outputs.into_iter().map(of_one).collect()
}

pub(super) const FIRST_LINE_ANNOUNCED: Guarantee = Guarantee {
    name: "FirstLineAnnounced",
    promise: "once all is done, the first line has been announced as the first",
    when: When::Always,
    about: About::AtRest,
    holds: |system, state| !system.at_rest(state) || every(announced(system, state)),
    clauses: |system, state| once_all_is_done(system, state, announced),
};

fn announced(system: &System, state: &State) -> Vec<Clause> {
    let is_about = |first: &Value| {
        let sent = state.world.sent.iter();
        let mut events = sent.filter(|event| {
            let output = event.get("output").and_then(Value::as_str);
            output == Some(FirstLineAdded::OUTPUT) && event.get("cause") == Some(first)
        });
        let (cause, event) = (system.message(first), events.next());
        let expected = format!("FirstLineAdded is published for {cause}, the first of the history");
        let clause = Clause::new(expected, event.is_some())
            .but("it is not, and nobody will try again")
            .at("hist[1]");
        match event {
            Some(event) => clause.among("sent", event),
            None => clause.at("sent"),
        }
    };
    let clauses = state.world.hist.first().map(is_about);
    let nothing = || Clause::new("no line was added", true).at("hist");
    vec![clauses.unwrap_or_else(nothing)]
}
