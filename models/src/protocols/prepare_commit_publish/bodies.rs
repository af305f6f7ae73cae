//! The guarantees about bodies: events can be read, and no body is left without an event.

use std::collections::{BTreeMap, BTreeSet};

use super::{Body, LineAdded};
use crate::kit::clause::{Clause, every};
use crate::kit::guarantees::{About, Guarantee, When};
use crate::kit::system::{State, System};
use crate::kit::world::World;
use crate::value::{Value, from_value};

pub(super) const READABLE: Guarantee = Guarantee {
    name: "Readable",
    promise: "the body of every event published is there, and comes from the attempt that the \
              event names",
    when: When::Always,
    about: About::Durable,
    holds: |system, state| every(readable(system, state)),
    clauses: readable,
};

fn readable(_: &System, state: &State) -> Vec<Clause> {
    let bodies: BTreeMap<_, _> = state.world.documents::<Body>().into_iter().collect();
    let clause = |event: &Value| {
        let Some(LineAdded { body, attempt, .. }) = published(event) else {
            return Clause::new("what is published is LineAdded", false).among("sent", event);
        };
        let written = bodies.get(&Value::from(body)).and_then(|body| body.by);
        let expected = format!("body {body} was written by attempt {attempt}");
        let clause = Clause::new(expected, written == Some(attempt))
            .but(match written {
                None => "it is not there".to_owned(),
                Some(other) => format!("attempt {other} wrote it"),
            })
            .among("sent", event);
        match written {
            None => clause.at("bodies"),
            Some(_) => clause.at(format!("bodies[{}]", Value::from(body))),
        }
    };
    state.world.sent.iter().map(clause).collect()
}

fn published(event: &Value) -> Option<LineAdded> {
    from_value(event.get("message")?).ok()
}

/// The names of bodies that no published event contains.
pub(super) fn unused(world: &World) -> Vec<Value> {
    let used = world.sent.iter().filter_map(published);
    let used: BTreeSet<_> = used.map(|event| Value::from(event.body)).collect();
    let names = world.documents::<Body>().into_iter().map(|(name, _)| name);
    names.filter(|name| !used.contains(name)).collect()
}

/// When all is done, there is no body that no event names.
pub(super) fn no_body_unused(world: &World) -> Clause {
    let left = unused(world);
    let named: Vec<_> = left
        .iter()
        .map(|name| format!("{} is", name.plain()))
        .collect();
    Clause::new("no body is left that no event names", left.is_empty())
        .but(named.join(", "))
        .at("bodies")
}
