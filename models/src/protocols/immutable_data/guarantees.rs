//! The guarantees of immutable data in addition to the common ones, and the data that they are
//! about.

use std::collections::{BTreeMap, BTreeSet};

use super::{File, Made, Prices};
use crate::kit::clause::{Clause, every};
use crate::kit::document::{Identity, MessageId};
use crate::kit::guarantees::{About, Guarantee, When, once_all_is_done};
use crate::kit::system::{State, System};
use crate::kit::world::World;
use crate::value::{Value, from_value};

pub(super) const CONVERGES: Guarantee = Guarantee {
    name: "Converges",
    promise: "once all is done, a reader finds the newest revision, in whatever order they came",
    when: When::Always,
    about: About::AtRest,
    holds: |system, state| !system.at_rest(state) || every(newest(system, state)),
    clauses: |system, state| once_all_is_done(system, state, newest),
};

pub(super) const STAYS_READABLE: Guarantee = Guarantee {
    name: "StaysReadable",
    promise: "what an event has named can be read, unchanged, from then on",
    when: When::Always,
    about: About::Durable,
    holds: |system, state| every(each_is_there(system, state)),
    clauses: each_is_there,
};

/// The revisions that a reader finds.
pub(super) fn readable(world: &World) -> BTreeSet<MessageId> {
    let prices = world.document::<Prices>();
    let files = prices.files.into_keys();
    let all = prices.known.iter().copied().chain(files);
    let all = all.chain([prices.current]);
    all.filter(|revision| *revision != NONE).collect()
}

const NONE: MessageId = MessageId(0);

fn newest(system: &System, state: &State) -> Vec<Clause> {
    let found = readable(&state.world).last().copied().unwrap_or(NONE);
    let revisions = system.spec().messages.iter();
    let newest = revisions.filter_map(|revision| from_value(revision).ok());
    let newest = newest.max().unwrap_or(NONE);
    let expected = format!("the newest revision that a reader finds is {newest}");
    let clause = Clause::new(expected, found == newest).but(format!("it is {found}"));
    vec![clause.at("prices")]
}

fn each_is_there(_: &System, state: &State) -> Vec<Clause> {
    let readable = readable(&state.world);
    let files = contents(&state.world);
    let is_there = |event: &Value| {
        let message = event.get("message")?;
        let clause = match message.get("file") {
            Some(file) => {
                let Made { name, content } = from_value(file).ok()?;
                let expected = format!("file {name} is still what ListPublished has named");
                Clause::new(expected, files.get(&name) == Some(&content))
                    .but("another attempt has replaced it")
                    .at("files")
            }
            None => {
                let revision = from_value(message.get("revision")?).ok()?;
                let expected = format!("revision {revision}, which PricesKnown names, is there");
                Clause::new(expected, readable.contains(&revision))
                    .but("another revision has replaced it")
                    .at("prices")
            }
        };
        Some(clause.among("sent", event))
    };
    state.world.sent.iter().filter_map(is_there).collect()
}

/// The files: name and content.
fn contents(world: &World) -> BTreeMap<Identity, Identity> {
    let files = world.documents::<File>().into_iter();
    let typed = |(name, file): (Value, File)| Some((from_value(&name).ok()?, file.content));
    files.filter_map(typed).collect()
}

/// A value that is overwritten equals the last entry of the history; sets and maps contain all
/// entries.
pub(super) fn folds(world: &World) -> bool {
    let hist = world.hist.iter();
    let hist: Vec<_> = hist.filter_map(|cause| from_value(cause).ok()).collect();
    let current = world.document::<Prices>().current;
    if current == NONE {
        readable(world) == hist.into_iter().collect()
    } else {
        hist.last() == Some(&current)
    }
}

/// Files that no revision refers to.
pub(super) fn unused_files(world: &World) -> Vec<Clause> {
    let prices = world.document::<Prices>();
    let used: BTreeSet<_> = prices.files.values().map(|made| made.name).collect();
    let files = contents(world).into_keys();
    let unused = files.filter(|name| !used.contains(name));
    let unused: Vec<_> = unused.map(|name| format!("file {name}")).collect();
    let clause = Clause::new("every file is that of a revision", unused.is_empty())
        .but(format!("{} is of none", unused.join(", ")))
        .at("files")
        .at("prices.files");
    vec![clause]
}
