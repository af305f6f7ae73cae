//! The stores that a protocol declares: their names, what they hold at the start, and which faults may hit
//! them.

use std::sync::Arc;

use super::document::Document;
use super::fault::Budget;
use super::io::{Call, Write};
use super::replay::Breach;
use super::world::{Ledger, Stored, World};
use crate::value::{Value, to_value};

/// The stores that a protocol declares.
#[derive(Debug, Clone, Default)]
pub struct Schema {
    pub(super) collections: Vec<Collection>,
    pub(super) sets: Vec<&'static str>,
    /// The stores that may forget a member or a document.
    pub(super) forgetful: Vec<&'static str>,
    /// The stores that may answer what they held before their last change.
    pub(super) lagging: Vec<&'static str>,
    /// The stores that could lag, but never do in this instance, and what they hold at the start.
    pub(super) never_lagging: Vec<(&'static str, Stored)>,
    /// The collections whose rows are leased: a row has a field `owner`, which is the name of an
    /// endpoint or `"nobody"`.
    pub(super) leased: Vec<&'static str>,
    /// The collection in which the broker counts its deliveries to the first endpoint, and the most that
    /// it counts.
    pub(super) counting: Option<(&'static str, u8)>,
    /// The collections in which a write may land after its sender has given up or died.
    pub(super) landing_late: Vec<&'static str>,
}

/// The stores that a protocol declares, together with what they hold at the start.
#[derive(Debug, Clone, Default)]
pub struct Stores {
    pub(super) schema: Schema,
    world: World,
}

/// A collection of documents.
#[derive(Debug, Clone)]
pub(super) struct Collection {
    pub(super) name: &'static str,
    pub(super) business: &'static [&'static str],
    /// Holds exactly one document, whatever its key: its view is the document itself.
    pub(super) single: bool,
    /// What a document holds that does not exist yet.
    pub(super) default: Value,
}

impl Stores {
    /// Declares a collection of exactly one document, which exists from the start, at version 0.
    #[must_use]
    pub fn one<D: Document>(mut self, document: &D) -> Self {
        self.collection::<D>(true);
        self.put(Value::from(0), document);
        self
    }

    /// Declares a collection of any number of documents, with those that exist from the start.
    #[must_use]
    pub fn many<D: Document>(mut self, documents: impl IntoIterator<Item = (Value, D)>) -> Self {
        self.collection::<D>(false);
        for (key, document) in documents {
            self.put(key, &document);
        }
        self
    }

    /// Declares a set of identities, with its members from the start.
    #[must_use]
    pub fn set(mut self, name: &'static str, members: impl IntoIterator<Item = Value>) -> Self {
        self.schema.sets.push(name);
        let members = Arc::new(members.into_iter().collect());
        self.world.sets.insert(name, members);
        self
    }

    /// Lets the fault `forget` take a member from a set, or a document from a collection.
    #[must_use]
    pub fn forgetful(mut self, store: &'static str) -> Self {
        self.schema.forgetful.push(store);
        self
    }

    /// Lets the fault `stale` have a read answer what the store held before its last change. What that
    /// was is a variable of the view: the store's name with `Before`.
    #[must_use]
    pub fn lagging(mut self, store: &'static str) -> Self {
        self.schema.lagging.push(store);
        self
    }

    /// Shows the variable of [`Stores::lagging`] without the fault: what the store holds at the start. The
    /// specification has that variable in every instance, and an engine is faster where no store lags.
    #[must_use]
    pub fn never_lagging(mut self, store: &'static str) -> Self {
        let stored = self.world.stored(store);
        self.schema
            .never_lagging
            .extend(stored.map(|stored| (store, stored)));
        self
    }

    /// Lets the fault `late` have a commit of one document of the collection land after its sender has
    /// given it up, or has died. Such writes are the variable `landing` of the view.
    #[must_use]
    pub fn landing_late(mut self, collection: &'static str) -> Self {
        self.schema.landing_late.push(collection);
        self
    }

    /// Lets the broker of the first endpoint count how often it has delivered each message, in the field
    /// `count` of the document that the collection has under the message. It counts up to `most`, and
    /// from 0 once the message is acknowledged: the same message, sent again, is a new one to the broker.
    /// That is no write, so the version of the document stays the same.
    #[must_use]
    pub fn counting(mut self, collection: &'static str, most: u8) -> Self {
        self.schema.counting = Some((collection, most));
        self
    }

    /// Declares that the rows of a collection are leased. A row has a field `owner`: the name of the
    /// endpoint that holds the lease, or [`NOBODY`](super::world::NOBODY). An endpoint takes a lease by committing its name.
    /// It loses all its leases when it crashes, and one by the fault `lease`; that is no write, so the
    /// version of the row stays the same. A fencing number is a field of its own, which the next
    /// owner of the lease counts up.
    #[must_use]
    pub fn leased(mut self, collection: &'static str) -> Self {
        self.schema.leased.push(collection);
        self
    }

    /// The world at the start, with the given faults ahead of it.
    pub fn world(&self, budget: Budget, messages: &[Value]) -> World {
        let mut world = World {
            budget,
            ledgers: vec![Ledger::of(messages)],
            ..self.world.clone()
        };
        for name in &self.schema.lagging {
            if let Some(stored) = world.stored(name) {
                world.before.insert(name, stored);
            }
        }
        world
    }

    fn collection<D: Document>(&mut self, single: bool) {
        self.schema.collections.push(Collection {
            name: D::COLLECTION,
            business: D::BUSINESS,
            single,
            default: valued(&D::default()),
        });
        self.world.documents.insert(D::COLLECTION, Arc::default());
    }

    fn put<D: Document>(&mut self, key: Value, document: &D) {
        let documents = self.world.documents.entry(D::COLLECTION).or_default();
        Arc::make_mut(documents).insert(key, (0, valued(document)));
    }
}

impl Schema {
    /// The names of collections and sets, each a variable of the view.
    pub fn names(&self) -> impl Iterator<Item = &'static str> {
        let collections = self.collections.iter().map(|collection| collection.name);
        collections.chain(self.sets.iter().copied())
    }

    /// The fields of a collection's documents that hold business state.
    pub fn business(&self, collection: &str) -> &'static [&'static str] {
        let mut collections = self.collections.iter();
        let found = collections.find(|one| one.name == collection);
        found.map_or(&[], |one| one.business)
    }

    /// Whether a fault may hit one of the stores by itself, or the broker writes into one.
    pub(super) fn has_faults(&self) -> bool {
        let faulty = [
            &self.forgetful,
            &self.lagging,
            &self.landing_late,
            &self.leased,
        ];
        faulty.iter().any(|stores| !stores.is_empty()) || self.counting.is_some()
    }

    /// Whether reads of this call may be stale.
    pub(super) fn may_lag(&self, call: &Call) -> bool {
        match call {
            Call::Load { collection, .. } | Call::List { collection } => {
                self.lagging.contains(collection)
            }
            Call::Contains(member) => self.lagging.contains(&member.set),
            _ => false,
        }
    }

    /// The write of this call, if it may land late.
    pub(super) fn late_write<'c>(&self, call: &'c Call) -> Option<&'c Write> {
        match call {
            Call::Commit(writes) => match &writes[..] {
                [write] if self.landing_late.contains(&write.collection) => Some(write),
                _ => None,
            },
            _ => None,
        }
    }

    /// Whether a document of a collection is kept under one key, whatever the handler says.
    pub(super) fn is_single(&self, name: &str) -> bool {
        let mut collections = self.collections.iter();
        collections.any(|collection| collection.name == name && collection.single)
    }

    pub(super) fn locate(&self, name: &str, key: &Value) -> Result<(&Collection, Value), Breach> {
        let collection = self
            .collections
            .iter()
            .find(|collection| collection.name == name)
            .ok_or_else(|| {
                Breach::Misuse(format!(
                    "the protocol declares no collection named '{name}'"
                ))
            })?;
        let key = if collection.single {
            Value::from(0)
        } else {
            key.clone()
        };
        Ok((collection, key))
    }
}

/// A document as a value. One that has none is told as the reason why.
fn valued<D: Document>(document: &D) -> Value {
    to_value(document).unwrap_or_else(|error| Value::str(&error.to_string()))
}
