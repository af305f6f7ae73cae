//! The world in parts, for engines that keep each distinct part once.
//!
//! Most calls touch one store and leave all others alone. So what a call does in one world it does
//! in every world that has the parts it touches: an engine performs it in a world that holds those
//! and nothing else, and remembers what became of them.

use std::cell::Cell;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::actors::{Next, Slot};
use super::io::Call;
use super::replay::{Progress, replay};
use super::system::System;
use super::world::{Documents, LateWrite, Stored, World};
use crate::value::Value;

/// A part of a world.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Part {
    /// A collection.
    Documents(&'static str, Arc<Documents>),
    /// A set of identities.
    Set(&'static str, Arc<BTreeSet<Value>>),
    /// A store as it was before its last change, where reads may be stale.
    Before(&'static str, Stored),
    /// Messages that an endpoint has acknowledged, or requests that it has answered.
    Acked(usize, Arc<BTreeSet<Value>>),
    /// The causes of an endpoint's changes of business state.
    History(usize, Arc<Vec<Value>>),
    /// Everything that an endpoint has published.
    Sent(usize, Arc<BTreeSet<Value>>),
    /// How many fresh identities an endpoint has drawn for each message.
    Fresh(usize, Arc<BTreeMap<Value, u8>>),
    /// Writes on their way that nobody waits for any more.
    Landing(Arc<BTreeMap<LateWrite, usize>>),
    /// The slots whose message comes back unless it is acknowledged.
    Leases(BTreeSet<(usize, usize)>),
}

/// What a slot's next step touches.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Touched {
    /// The places of the parts, in the order of [`World::parts`].
    pub places: Vec<usize>,
    /// Whether the step draws identities, so that what it touches may depend on them.
    pub draws: bool,
}

impl World {
    /// Its parts, all but the budget, in the same order in every world of a system.
    pub fn parts(&self) -> impl Iterator<Item = Part> {
        let documents = self.documents.iter();
        let documents = documents.map(|(name, all)| Part::Documents(name, Arc::clone(all)));
        let sets = self.sets.iter();
        let sets = sets.map(|(name, members)| Part::Set(name, Arc::clone(members)));
        let before = self.before.iter();
        let before = before.map(|(name, stored)| Part::Before(name, stored.clone()));
        let ledgers = self.ledgers.iter().enumerate().flat_map(|(place, ledger)| {
            [
                Part::Acked(place, Arc::clone(&ledger.acked)),
                Part::History(place, Arc::clone(&ledger.hist)),
                Part::Sent(place, Arc::clone(&ledger.sent)),
                Part::Fresh(place, Arc::clone(&ledger.fresh)),
            ]
        });
        let landing = Part::Landing(Arc::clone(&self.landing));
        documents
            .chain(sets)
            .chain(before)
            .chain(ledgers)
            .chain([Part::Leases(self.leases.clone())])
            .chain([landing])
    }

    /// Puts a part in the place of the one it has.
    pub fn put(&mut self, part: Part) {
        match part {
            Part::Documents(name, documents) => drop(self.documents.insert(name, documents)),
            Part::Set(name, members) => drop(self.sets.insert(name, members)),
            Part::Before(name, before) => drop(self.before.insert(name, before)),
            Part::Acked(place, acked) => self.ledger_mut(place).acked = acked,
            Part::History(place, hist) => self.ledger_mut(place).hist = hist,
            Part::Sent(place, sent) => self.ledger_mut(place).sent = sent,
            Part::Fresh(place, fresh) => self.ledger_mut(place).fresh = fresh,
            Part::Landing(landing) => self.landing = landing,
            Part::Leases(leases) => self.leases = leases,
        }
    }
}

impl Call {
    /// Whether [`World::perform`] looks at a part of the world, or changes it. The caller's own lease
    /// is no part of it.
    fn touches(&self, part: &Part) -> bool {
        match (self, part) {
            (
                Call::Load { collection, .. } | Call::List { collection },
                Part::Documents(name, _),
            ) => collection == name,
            (Call::Next { sequence }, Part::Documents(name, _)) => sequence == name,
            (
                Call::Commit(writes) | Call::CommitAndPublish(writes, _),
                Part::Documents(name, _),
            ) => writes.iter().any(|write| write.collection == *name),
            (
                Call::Contains(member) | Call::Insert(member) | Call::Remove(member),
                Part::Set(name, _),
            ) => member.set == *name,
            (Call::Delete(deletion), Part::Documents(name, _)) => deletion.collection == *name,
            (Call::CommitAndPublish(..), Part::History(..) | Part::Sent(..))
            | (Call::Commit(_) | Call::Delete(_), Part::History(..))
            | (Call::Publish { .. } | Call::Send { .. }, Part::Sent(..))
            | (Call::Reply(_) | Call::Ack, Part::Acked(..)) => true,
            _ => false,
        }
    }
}

impl System {
    /// What the next step of a slot of the endpoint touches in a world, be it its call or a fault that
    /// hits it. If it draws identities, that is the same in every world in which as many were drawn;
    /// if not, in every world.
    pub fn touched(&self, slot: &Slot, world: &World) -> Touched {
        let Slot::Busy(work) = slot else {
            return Touched::default();
        };
        let Next::Call(_) = work.next else {
            return Touched::default();
        };
        let drew = Cell::new(false);
        let draw = |n| {
            drew.set(true);
            world.ledgers[0].identity(&work.message, n)
        };
        let progress = replay(&self.spec.handler, &work.message, &work.log, &draw);
        let draws = drew.get();
        let touched = |part: &Part| match (part, &progress) {
            (Part::Fresh(..), _) => draws,
            (part, Progress::Pending { call, .. }) => call.touches(part),
            _ => false,
        };
        let parts = world.parts().enumerate();
        let touched = parts.filter(|(_, part)| touched(part));
        Touched {
            places: touched.map(|(place, _)| place).collect(),
            draws,
        }
    }
}
