//! Immutable data: what is never overwritten cannot be overwritten by something late.
//!
//! **Problem.** A supplier sends revision 1, 2, … of a price list. Each arrives at least once and in any
//! order. We keep each revision, announce it to others, and they come back and read it. Data that is
//! overwritten in place causes two problems: late data replaces newer data, and data that was announced
//! to others is gone when they read it.
//!
//! **Participants.** The broker with the supplier's updates, the endpoint `Prices`, its document
//! `prices`, a store of files, and readers, who hear of a revision or file and read it later.
//!
//! **One transaction** is the write of one document or of one file.
//!
//! ```text
//!   Broker ──revision──▶ Prices ──▶ prices              Broker ──revision──▶ Prices ──▶ files
//!                           └─▶ PricesKnown                        ├─▶ prices: which file
//!                                                                  └─▶ ListPublished
//! ```
//!
//! **Where it may crash.** Between any two steps; the update then comes again.
//!
//! Two ways to keep what arrives in place, and one that does not:
//!
//! * **Overwriting**: the update replaces what is there. An older one that comes late replaces a newer
//!   one, without any fault, and a second copy has a second effect.
//! * **Newer wins**: only a higher number replaces. All orders of arrival end alike. But an older update
//!   that comes late is dropped, whether it never had its effect or only its event is still due.
//! * **Facts**: what is kept is the *set* of revisions that we know. Sets only grow, and a union is the
//!   same in any order and however often. Readers look for the highest.
//!
//! And two ways to make a file of a revision, where no two attempts make the same file, since it has a
//! date or a random number in it:
//!
//! * **Same name**: its name is derived from the revision, which looks idempotent. The second attempt
//!   replaces what the first one has made and announced.
//! * **New name**: every attempt stores a file under a name of its own, and no file is ever replaced.
//!   Which one counts is decided once, by a write to `prices`, and only that one is announced.
//!
//! **What it guarantees, at what price.** Facts and files under new names converge and stay readable:
//! an event may name them, and a receiver may read them, now or later. Facts cost space forever
//! (`DedupBounded` counts all revisions but one). Files of attempts that were not chosen are garbage
//! (`CleanAtRest`), and nobody knows when an attempt that is still under way will need its own.
//!
//! **Source.** Posts of the workshop's authors on consistent messaging and on side effects; public
//! incidents in which an older webhook overwrote newer state.
//!
//! **Left out.** Removing old revisions and files: that is forgetting, with the problems of a
//! deduplication window. Facts about the same thing from several suppliers.

mod catalogue;
mod guarantees;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::catalogue::{Description, Instance, Protocol};
use crate::kit::document::{Document, Event, Identity, MessageId, Versioned};
use crate::kit::io::{Flow, Io};
use crate::kit::replay::Handler;
use crate::kit::stores::Stores;
use crate::kit::system::{Spec, System};
use crate::value::Set;

/// The message: revision n of the price list.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Update {
    revision: MessageId,
}

/// What is stored about the price list.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Prices {
    /// The revision that was written last; 0 if none. Variants with facts or files do not use it.
    current: MessageId,
    /// All revisions that were ever received.
    known: Set<MessageId>,
    /// The file of each revision.
    files: BTreeMap<MessageId, Made>,
}

impl Document for Prices {
    const COLLECTION: &'static str = "prices";
    const BUSINESS: &'static [&'static str] = &["current", "known", "files"];
}

/// The name of a file, and its content: the identity of the attempt that made it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Made {
    name: Identity,
    content: Identity,
}

/// A file.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct File {
    content: Identity,
}

impl Default for File {
    fn default() -> Self {
        let content = Identity::derived_from(MessageId::default());
        File { content }
    }
}

/// Writing a file is not an effect: it counts when `prices` names the file.
impl Document for File {
    const COLLECTION: &'static str = "files";
    const BUSINESS: &'static [&'static str] = &[];
}

/// The event: this revision can be read.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct PricesKnown {
    id: Identity,
    revision: MessageId,
}

impl Event for PricesKnown {
    const OUTPUT: &'static str = "PricesKnown";
}

/// The event: the price list can be read in this file.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct ListPublished {
    id: Identity,
    file: Made,
}

impl Event for ListPublished {
    const OUTPUT: &'static str = "ListPublished";
}

const PRICES: u8 = 1;

fn overwriting(io: &mut dyn Io, update: &Update) -> Flow {
    let current = update.revision;
    let prices = Prices {
        current,
        ..Prices::default()
    };
    let mut prices = Versioned::new(PRICES, prices)?;
    io.overwrite("Save", &mut prices)?.or_give_back()?;
    announced(io, update)
}

fn newer_wins(io: &mut dyn Io, update: &Update) -> Flow {
    let mut prices = io.load::<Prices>("Load", PRICES)?;
    if update.revision < prices.current {
        return io.ack("Ack");
    }
    if update.revision > prices.current {
        prices.current = update.revision;
        io.commit("Save", &mut prices)?.or_give_back()?;
    }
    announced(io, update)
}

fn facts(io: &mut dyn Io, update: &Update) -> Flow {
    let mut prices = io.load::<Prices>("Load", PRICES)?;
    if prices.known.insert(update.revision) {
        io.commit("Save", &mut prices)?.or_give_back()?;
    }
    announced(io, update)
}

fn announced(io: &mut dyn Io, update: &Update) -> Flow {
    let event = PricesKnown {
        id: Identity::derived_from(update.revision),
        revision: update.revision,
    };
    io.publish("Publish", &event)?.or_give_back()?;
    io.ack("Ack")
}

/// Makes a file. `name` chooses its name from the update and the attempt.
fn in_a_file(io: &mut dyn Io, update: &Update, name: fn(&Update, Identity) -> Identity) -> Flow {
    let content = io.fresh_id()?;
    let made = Made {
        name: name(update, content),
        content,
    };
    let mut file = Versioned::new(made.name, File { content })?;
    io.overwrite("Store", &mut file)?.or_give_back()?;
    let mut prices = io.load::<Prices>("Load", PRICES)?;
    let file = prices.files.get(&update.revision).copied();
    if file.is_none() {
        prices.files.insert(update.revision, made);
        io.commit("Save", &mut prices)?.or_give_back()?;
    }
    let event = ListPublished {
        id: Identity::derived_from(update.revision),
        file: file.unwrap_or(made),
    };
    io.publish("Publish", &event)?.or_give_back()?;
    io.ack("Ack")
}

/// The protocol.
pub struct ImmutableData;

impl Protocol for ImmutableData {
    fn describe(&self) -> Description {
        catalogue::describe()
    }

    fn system(&self, instance: &Instance) -> System {
        let stores = Stores::default()
            .one(&Prices::default())
            .many::<File>(Vec::new());
        let (handler, output) = handler(instance.variant.handler);
        System::new(Spec {
            noun: Some("revision"),
            copies: instance.get("copies"),
            outputs: output,
            folds: guarantees::folds,
            clean: guarantees::unused_files,
            // Readers need one revision; the others are kept because they are never removed.
            remembered: |system, state| {
                let kept = guarantees::readable(&state.world).len();
                (kept, system.in_flight(state).len() + 1)
            },
            remembered_in: &["prices"],
            ..instance.spec("Prices", instance.get("messages"), handler, stores)
        })
    }
}

fn handler(name: &str) -> (Handler, &'static [&'static str]) {
    const KNOWN: &[&str] = &[PricesKnown::OUTPUT];
    const PUBLISHED: &[&str] = &[ListPublished::OUTPUT];
    match name {
        "overwriting" => (Handler::new(overwriting), KNOWN),
        "newer-wins" => (Handler::new(newer_wins), KNOWN),
        "facts" => (Handler::new(facts), KNOWN),
        "same-name" => (
            Handler::new(|io, update| {
                in_a_file(io, update, |update, _| {
                    Identity::derived_from(update.revision)
                })
            }),
            PUBLISHED,
        ),
        "new-name" => (
            Handler::new(|io, update| in_a_file(io, update, |_, attempt| attempt)),
            PUBLISHED,
        ),
        _ => (Handler::unknown(name), KNOWN),
    }
}
