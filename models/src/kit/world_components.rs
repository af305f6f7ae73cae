//! Splits the world into components, for engines that store each distinct component once (collapse
//! compression).
//!
//! Most calls touch one store and leave all others unchanged. So the effect of a call in one world is its
//! effect in every world with the same touched components. An engine performs the call in a world that
//! contains only those components, and stores the result.

use std::cell::Cell;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::actors::{Next, Slot};
use super::io::Call;
use super::replay::{Progress, replay};
use super::system::System;
use super::world::{Documents, LateWrite, Order, Stored, World};
use crate::value::Value;

/// A component of a world.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum WorldComponent {
    /// A collection.
    Documents(&'static str, Arc<Documents>),
    /// A set of identities.
    Set(&'static str, Arc<BTreeSet<Value>>),
    /// The content of a store from before its last change, if reads may be stale.
    Before(&'static str, Stored),
    /// Messages that an endpoint has acknowledged, or requests that it has answered.
    Acked(usize, Arc<BTreeSet<Value>>),
    /// The messages that caused an endpoint's changes of business state.
    History(usize, Arc<Vec<Value>>),
    /// Everything that an endpoint has published.
    Sent(usize, Arc<BTreeSet<Value>>),
    /// The number of new identities that an endpoint has drawn for each message.
    Fresh(usize, Arc<BTreeMap<Value, u8>>),
    /// Writes in transit whose senders have given up on them.
    Landing(Arc<BTreeMap<LateWrite, usize>>),
    /// The slots whose message is delivered again unless it is acknowledged.
    Leases(BTreeSet<(usize, usize)>),
    /// The order of the messages that wait for an endpoint whose queue is ordered.
    Order(usize, Arc<Order>),
}

/// The components that a slot's next step touches.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Touched {
    /// Their indices, in the order of [`World::components`].
    pub places: Vec<usize>,
    /// Whether the step draws identities. What it touches may then depend on them.
    pub draws: bool,
}

impl World {
    /// The components, except the budget, in the same order in every world of a system.
    pub fn components(&self) -> impl Iterator<Item = WorldComponent> {
        let documents = self.documents.iter();
        let documents =
            documents.map(|(name, all)| WorldComponent::Documents(name, Arc::clone(all)));
        let sets = self.sets.iter();
        let sets = sets.map(|(name, members)| WorldComponent::Set(name, Arc::clone(members)));
        let before = self.before.iter();
        let before = before.map(|(name, stored)| WorldComponent::Before(name, stored.clone()));
        let ledgers = self.ledgers.iter().enumerate().flat_map(|(place, ledger)| {
            [
                WorldComponent::Acked(place, Arc::clone(&ledger.acked)),
                WorldComponent::History(place, Arc::clone(&ledger.hist)),
                WorldComponent::Sent(place, Arc::clone(&ledger.sent)),
                WorldComponent::Fresh(place, Arc::clone(&ledger.fresh)),
            ]
        });
        let order = self.order.iter();
        let order = order.map(|(number, order)| WorldComponent::Order(*number, Arc::clone(order)));
        let landing = WorldComponent::Landing(Arc::clone(&self.landing));
        documents
            .chain(sets)
            .chain(before)
            .chain(ledgers)
            .chain(order)
            .chain([WorldComponent::Leases(self.leases.clone())])
            .chain([landing])
    }

    /// Replaces a component.
    pub fn put(&mut self, component: WorldComponent) {
        match component {
            WorldComponent::Documents(name, documents) => {
                drop(self.documents.insert(name, documents));
            }
            WorldComponent::Set(name, members) => drop(self.sets.insert(name, members)),
            WorldComponent::Before(name, before) => drop(self.before.insert(name, before)),
            WorldComponent::Acked(place, acked) => self.ledger_mut(place).acked = acked,
            WorldComponent::History(place, hist) => self.ledger_mut(place).hist = hist,
            WorldComponent::Sent(place, sent) => self.ledger_mut(place).sent = sent,
            WorldComponent::Fresh(place, fresh) => self.ledger_mut(place).fresh = fresh,
            WorldComponent::Landing(landing) => self.landing = landing,
            WorldComponent::Leases(leases) => self.leases = leases,
            WorldComponent::Order(number, order) => drop(self.order.insert(number, order)),
        }
    }
}

impl Call {
    /// Whether [`World::perform`] reads or changes a component of the world. The caller's own lease is not
    /// a component.
    fn touches(&self, component: &WorldComponent) -> bool {
        match (self, component) {
            (
                Call::Load { collection, .. } | Call::List { collection },
                WorldComponent::Documents(name, _),
            ) => collection == name,
            (Call::Next { sequence }, WorldComponent::Documents(name, _)) => sequence == name,
            (
                Call::Commit(writes) | Call::CommitAndPublish(writes, _),
                WorldComponent::Documents(name, _),
            ) => writes.iter().any(|write| write.collection == *name),
            (
                Call::Contains(member) | Call::Insert(member) | Call::Remove(member),
                WorldComponent::Set(name, _),
            ) => member.set == *name,
            (Call::Delete(deletion), WorldComponent::Documents(name, _)) => {
                deletion.collection == *name
            }
            (
                Call::CommitAndPublish(..),
                WorldComponent::History(..) | WorldComponent::Sent(..),
            )
            | (Call::Commit(_) | Call::Delete(_), WorldComponent::History(..))
            | (Call::Publish { .. } | Call::Send { .. }, WorldComponent::Sent(..))
            | (Call::Reply(_) | Call::Ack, WorldComponent::Acked(..)) => true,
            _ => false,
        }
    }
}

impl System {
    /// The components that the next step of a slot touches in a world: its call, or a fault that hits it.
    /// If the step draws identities, the result is valid in every world with the same number of drawn
    /// identities; if not, in every world.
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
        let touched = |component: &WorldComponent| match (component, &progress) {
            (WorldComponent::Fresh(..), _) => draws,
            (component, Progress::Pending { call, .. }) => call.touches(component),
            _ => false,
        };
        let components = world.components().enumerate();
        let touched = components.filter(|(_, component)| touched(component));
        Touched {
            places: touched.map(|(place, _)| place).collect(),
            draws,
        }
    }
}
