//! A cache that is refilled with old data: the reader read before the write, and fills after it.
//!
//! **Problem.** An application keeps data in a database and copies of it in a cache. A writer changes the
//! database and clears the cache. A reader that finds the cache empty reads the database and fills the cache.
//! Each rule seems right, but together they are wrong: a slow reader puts into the cache what it has read
//! before the write. The old data stays there until the next write, because nothing clears the cache earlier.
//!
//! **Participants.** The endpoint `Prices`, which changes a price and answers what it is; the database, which
//! holds the price with its revision; and the cache. The user who has changed the price looks at it
//! afterwards, and knows which revision to expect.
//!
//! ```text
//!   UpdatePrice ──▶ Prices ──1. save──▶ price          ReadPrice ──▶ Prices ──1. look──▶ cache
//!                      │ ───2. clear──▶ cache                          │ ◀──2. read─── price
//!                      └──3. ReadPrice──▶                              └ ──3. fill──▶ cache
//! ```
//!
//! **One transaction** is one write of the price, or one of the cache. No transaction spans the two.
//!
//! **Where it may crash.** Between any two steps. An update that comes again finds its price saved, and clears
//! the cache all the same: what it has done to the database says nothing about the cache.
//!
//! * **Clear first**: the cache is cleared, then the price is saved. A reader in between fills the cache with
//!   the old price. This reader need not even be slow.
//! * **Clear after**: the price is saved, then the cache is cleared. A reader that read the old price before
//!   these two steps fills the cache after them.
//! * **Write through**: the update puts the new price into the cache instead of clearing it. The slow reader
//!   overwrites that.
//! * **Clear again**: the update clears the cache, and sends itself a message to clear it once more later. That
//!   helps if the second time is later than the fill of every reader that was under way. A model without a
//!   clock has no such delay, and for a thread that is paused no delay is long enough. So it is right only
//!   under that assumption, and even then readers get the old price until the cache is cleared the second time.
//! * **Check after fill**: the reader fills the cache, reads the price again, and clears the cache if it has
//!   changed. Until then other readers get the old price. If the reader crashes in between, the old price
//!   stays.
//! * **Versioned fill** is right: the reader fills the cache only if it has not changed since the reader
//!   found it empty. To clear it is a change, also where it is empty already. (Caches call this compare and
//!   set, or give the reader a lease on the empty place that a clear takes away.)
//! * **Give up**: the same, but a reader whose fill is refused acknowledges without an answer.
//! * **Compare versions** is right for every reader: a price from the cache is used only if it has the revision
//!   that the database has now. An old price may stay in the cache, but no reader gets it.
//!
//! **What it guarantees, at what price.** A reader that knows of a revision gets no older one
//! (`NoOldPriceServed`), every reader gets a price (`EveryReaderServed`), and once all is done the cache is
//! empty or holds the newest (`CacheIsCurrent`). A versioned fill costs nothing but a cache that can do it, and
//! that remembers when it was cleared. To compare versions costs a read of the database for every answer, which
//! is worth it where the revision is cheaper to read than the rest.
//!
//! **Source.** Four public reports of a cache that kept old data after an update; and a paper on a large cache,
//! which introduced leases for this problem.
//!
//! **Left out.** Entries that expire, which bounds how long an old one stays; several caches; a cache that
//! loses entries, which is an empty one; replicas of the database that lag.

mod catalogue;
mod guarantees;
#[cfg(test)]
mod tests;

use serde::{Deserialize, Serialize};

use crate::catalogue::{Description, Instance, Protocol};
use crate::kit::document::{Document, Event, Versioned};
use crate::kit::io::{Flow, Io, Sent};
use crate::kit::replay::Handler;
use crate::kit::stores::Stores;
use crate::kit::system::{Spec, System};
use crate::value::{Value, to_value};

/// The revision of a price; 0 is the initial one.
type Revision = u8;

/// A user changes the price.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(tag = "type")]
pub struct UpdatePrice {
    revision: Revision,
}

/// A user asks for the price.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(tag = "type")]
pub struct ReadPrice {
    /// The revision that the reader knows.
    known: Revision,
}

impl Event for ReadPrice {
    const OUTPUT: &'static str = "ReadPrice";
}

/// The message to clear the cache once more.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(tag = "type")]
pub struct ClearAgain {
    revision: Revision,
}

impl Event for ClearAgain {
    const OUTPUT: &'static str = "ClearAgain";
}

/// The event: the answer to a reader.
#[derive(Debug, Clone, Serialize)]
pub struct PriceServed {
    revision: Revision,
}

impl Event for PriceServed {
    const OUTPUT: &'static str = "PriceServed";
}

/// The price, in the database.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Price {
    revision: Revision,
}

impl Document for Price {
    const COLLECTION: &'static str = "price";
    const BUSINESS: &'static [&'static str] = &["revision"];
}

/// The content of the cache. Its version counts how often it was filled or cleared.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Cache {
    /// The revision of the price in it; empty if the cache is empty.
    holds: Vec<Revision>,
}

impl Document for Cache {
    const COLLECTION: &'static str = "cache";
    const BUSINESS: &'static [&'static str] = &[];
}

/// What the variants do with the cache.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Way {
    ClearFirst,
    ClearAfter,
    WriteThrough,
    ClearAgain,
    CheckAfterFill,
    VersionedFill,
    GiveUp,
    CompareVersions,
}

fn update(io: &mut dyn Io, &UpdatePrice { revision }: &UpdatePrice, way: Way) -> Flow {
    if way == Way::ClearFirst {
        put(io, "ClearCache", Vec::new())?;
    }
    let mut price = io.load::<Price>("LoadPrice", 0)?;
    if price.revision < revision {
        price.revision = revision;
        io.commit("SavePrice", &mut price)?.or_give_back()?;
    }
    match way {
        Way::ClearFirst => {}
        Way::WriteThrough => put(io, "FillCache", vec![price.revision])?,
        _ => put(io, "ClearCache", Vec::new())?,
    }
    if way == Way::ClearAgain {
        io.send_later("SendClear", "Prices", &ClearAgain { revision })?
            .or_give_back()?;
    }
    io.send("SendRead", "Prices", &ReadPrice { known: revision })?
        .or_give_back()?;
    io.ack("Ack")
}

fn clear_again(io: &mut dyn Io, _: &ClearAgain) -> Flow {
    put(io, "ClearCache", Vec::new())?;
    io.ack("Ack")
}

/// Puts a value, or nothing, into the cache without a check of its content.
fn put(io: &mut dyn Io, step: &'static str, holds: Vec<Revision>) -> Flow {
    let mut cache = Versioned::new(0, Cache { holds })?;
    io.overwrite(step, &mut cache)?.or_give_back()
}

fn read(io: &mut dyn Io, _: &ReadPrice, way: Way) -> Flow {
    let mut cache = io.load::<Cache>("LoadCache", 0)?;
    let cached = cache.holds.first().copied();
    let revision = match cached {
        Some(revision) if way != Way::CompareVersions => revision,
        _ => {
            let price = io.load::<Price>("LoadPrice", 0)?;
            match cached == Some(price.revision) {
                true => price.revision,
                false => match fill(io, &mut cache, price.revision, way)? {
                    Some(revision) => revision,
                    None => return io.ack("Ack"),
                },
            }
        }
    };
    io.publish("Serve", &PriceServed { revision })?
        .or_give_back()?;
    io.ack("Ack")
}

/// Fills the cache with the price that was read. Returns the price to serve, if any.
fn fill(
    io: &mut dyn Io,
    cache: &mut Versioned<Cache>,
    revision: Revision,
    way: Way,
) -> Flow<Option<Revision>> {
    if matches!(way, Way::VersionedFill | Way::GiveUp) {
        cache.holds = vec![revision];
        // If another handler has filled or cleared the cache, it is not changed.
        let refused = matches!(io.commit("FillCache", cache)?, Sent::Conflict);
        return Ok((way == Way::VersionedFill || !refused).then_some(revision));
    }
    put(io, "FillCache", vec![revision])?;
    if way != Way::CheckAfterFill {
        return Ok(Some(revision));
    }
    let now = io.load::<Price>("CheckPrice", 0)?;
    if now.revision != revision {
        put(io, "ClearCache", Vec::new())?;
    }
    Ok(Some(now.revision))
}

/// The protocol.
pub struct CacheRefill;

impl Protocol for CacheRefill {
    fn describe(&self) -> Description {
        catalogue::describe()
    }

    fn system(&self, instance: &Instance) -> System {
        let updates =
            (1..=instance.get("updates")).map(|revision| message(&UpdatePrice { revision }));
        let messages = updates.chain([message(&ReadPrice { known: 0 })]);
        let stores = Stores::default()
            .one(&Price::default())
            .one(&Cache::default());
        System::new(Spec {
            copies: instance.get("copies"),
            slots: usize::from(instance.get("slots")),
            later: &["Prices"],
            steps: catalogue::STEPS,
            guarantees: instance.guarantees(),
            ..Spec::new(
                "Prices",
                messages.collect(),
                instance.budget(),
                handler(instance.variant.handler),
                stores,
            )
        })
    }
}

fn message(message: &impl Serialize) -> Value {
    to_value(message).unwrap_or_else(|error| Value::str(&error.to_string()))
}

fn handler(variant: &str) -> Handler {
    let way = match variant {
        "clear-first" => Way::ClearFirst,
        "clear-after" => Way::ClearAfter,
        "write-through" => Way::WriteThrough,
        "clear-again" => Way::ClearAgain,
        "check-after-fill" => Way::CheckAfterFill,
        "versioned-fill" => Way::VersionedFill,
        "give-up" => Way::GiveUp,
        "compare-versions" => Way::CompareVersions,
        _ => return Handler::unknown(variant),
    };
    Handler::by_type([
        (
            "UpdatePrice",
            Handler::new(move |io, message| update(io, message, way)),
        ),
        (
            "ReadPrice",
            Handler::new(move |io, message| read(io, message, way)),
        ),
        ("ClearAgain", Handler::new(clear_again)),
    ])
}
