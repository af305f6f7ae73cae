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
use super::world::{Documents, World};
use crate::value::Value;

/// A part of a world.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Part {
    /// A collection.
    Documents(&'static str, Arc<Documents>),
    /// A set of identities.
    Set(&'static str, Arc<BTreeSet<Value>>),
    /// Messages acknowledged, or requests answered.
    Acked(Arc<BTreeSet<Value>>),
    /// The causes of the changes of business state.
    History(Arc<Vec<Value>>),
    /// Everything published.
    Sent(Arc<BTreeSet<Value>>),
    /// How many fresh identities were drawn for each message.
    Fresh(Arc<BTreeMap<Value, u8>>),
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
        documents.chain(sets).chain([
            Part::Acked(Arc::clone(&self.acked)),
            Part::History(Arc::clone(&self.hist)),
            Part::Sent(Arc::clone(&self.sent)),
            Part::Fresh(Arc::clone(&self.fresh)),
            Part::Leases(self.leases.clone()),
        ])
    }

    /// Puts a part in the place of the one it has.
    pub fn put(&mut self, part: Part) {
        match part {
            Part::Documents(name, documents) => drop(self.documents.insert(name, documents)),
            Part::Set(name, members) => drop(self.sets.insert(name, members)),
            Part::Acked(acked) => self.acked = acked,
            Part::History(hist) => self.hist = hist,
            Part::Sent(sent) => self.sent = sent,
            Part::Fresh(fresh) => self.fresh = fresh,
            Part::Leases(leases) => self.leases = leases,
        }
    }
}

impl Call {
    /// Whether [`World::perform`] looks at a part of the world, or changes it. The caller's own lease
    /// is no part of it.
    fn touches(&self, part: &Part) -> bool {
        match (self, part) {
            (Call::Load { collection, .. }, Part::Documents(name, _)) => collection == name,
            (Call::Commit(writes), Part::Documents(name, _)) => {
                writes.iter().any(|write| write.collection == *name)
            }
            (
                Call::Contains(member) | Call::Insert(member) | Call::Remove(member),
                Part::Set(name, _),
            ) => member.set == *name,
            (Call::Commit(_), Part::History(_))
            | (Call::Publish { .. }, Part::Sent(_))
            | (Call::Reply(_) | Call::Ack, Part::Acked(_)) => true,
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
            world.identity(&work.message, n)
        };
        let progress = replay(&self.spec.handler, &work.message, &work.log, &draw);
        let draws = drew.get();
        let touched = |part: &Part| match (part, &progress) {
            (Part::Fresh(_), _) => draws,
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
