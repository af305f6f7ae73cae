//! The stores that a protocol declares: their names, their initial content, and the faults that may hit them.

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
    /// The stores that may lose a member or a document.
    pub(super) forgetful: Vec<&'static str>,
    /// The stores whose reads may return the content from before the last change.
    pub(super) lagging: Vec<&'static str>,
    /// The stores whose reads could be stale but never are in this instance, with their initial content.
    pub(super) never_lagging: Vec<(&'static str, Stored)>,
    /// The collections whose rows are leased. A row has a field `owner`, which is the name of an endpoint or
    /// `"nobody"`.
    pub(super) leased: Vec<&'static str>,
    /// The collection in which the broker counts its deliveries to the first endpoint, and the maximum count.
    pub(super) counting: Option<(&'static str, u8)>,
    /// The collections in which a write may arrive after its sender has given up on it or crashed.
    pub(super) landing_late: Vec<&'static str>,
}

/// The stores that a protocol declares, with their initial content.
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
    /// Whether it contains exactly one document, whose key does not matter: its view is the document itself.
    pub(super) single: bool,
    /// The content of a document that does not exist.
    pub(super) default: Value,
}

impl Stores {
    /// Declares a collection of exactly one document, which exists from the start with version 0.
    #[must_use]
    pub fn one<D: Document>(mut self, document: &D) -> Self {
        self.collection::<D>(true);
        self.put(Value::from(0), document);
        self
    }

    /// Declares a collection of any number of documents, with those that exist at the start.
    #[must_use]
    pub fn many<D: Document>(mut self, documents: impl IntoIterator<Item = (Value, D)>) -> Self {
        self.collection::<D>(false);
        for (key, document) in documents {
            self.put(key, &document);
        }
        self
    }

    /// Declares a set of identities, with its initial members.
    #[must_use]
    pub fn set(mut self, name: &'static str, members: impl IntoIterator<Item = Value>) -> Self {
        self.schema.sets.push(name);
        let members = Arc::new(members.into_iter().collect());
        self.world.sets.insert(name, members);
        self
    }

    /// Allows the fault `forget` to remove a member from a set, or a document from a collection.
    #[must_use]
    pub fn forgetful(mut self, store: &'static str) -> Self {
        self.schema.forgetful.push(store);
        self
    }

    /// Allows the fault `stale`: a read returns the content of the store from before its last change. That
    /// content is a variable of the view, the store's name with the suffix `Before`.
    #[must_use]
    pub fn lagging(mut self, store: &'static str) -> Self {
        self.schema.lagging.push(store);
        self
    }

    /// Adds the variable of [`Stores::lagging`] without the fault: it has the store's initial content. The
    /// specification has that variable in every instance, and an engine is faster if no store has stale reads.
    #[must_use]
    pub fn never_lagging(mut self, store: &'static str) -> Self {
        let stored = self.world.stored(store);
        self.schema
            .never_lagging
            .extend(stored.map(|stored| (store, stored)));
        self
    }

    /// Allows the fault `late`: a commit of one document of the collection arrives after its sender has given
    /// up on it or has crashed. Such writes are the variable `landing` of the view.
    #[must_use]
    pub fn landing_late(mut self, collection: &'static str) -> Self {
        self.schema.landing_late.push(collection);
        self
    }

    /// Lets the broker of the first endpoint count how often it has delivered each message, in the field
    /// `count` of the collection's document for that message. It counts up to `most`, and starts again from 0
    /// when the message is acknowledged: if the same message is sent again, the broker treats it as a new one.
    /// Counting is not a write, so the version of the document does not change.
    #[must_use]
    pub fn counting(mut self, collection: &'static str, most: u8) -> Self {
        self.schema.counting = Some((collection, most));
        self
    }

    /// Declares that the rows of a collection are leased. A row has a field `owner`: the name of the endpoint
    /// that holds the lease, or [`NOBODY`](super::world::NOBODY). An endpoint takes a lease by committing its
    /// name. It loses all its leases when it crashes, and a single one by the fault `lease`. That is not a
    /// write, so the version of the row does not change. A fencing number is a separate field, which the next
    /// owner of the lease increments.
    #[must_use]
    pub fn leased(mut self, collection: &'static str) -> Self {
        self.schema.leased.push(collection);
        self
    }

    /// The initial world, with this budget of faults.
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
    /// The names of collections and sets. Each is a variable of the view.
    pub fn names(&self) -> impl Iterator<Item = &'static str> {
        let collections = self.collections.iter().map(|collection| collection.name);
        collections.chain(self.sets.iter().copied())
    }

    /// The fields of a collection's documents that contain business state.
    pub fn business(&self, collection: &str) -> &'static [&'static str] {
        let mut collections = self.collections.iter();
        let found = collections.find(|one| one.name == collection);
        found.map_or(&[], |one| one.business)
    }

    /// Whether a fault may hit one of the stores, or the broker writes into one.
    pub(super) fn has_faults(&self) -> bool {
        let faulty = [
            &self.forgetful,
            &self.lagging,
            &self.landing_late,
            &self.leased,
        ];
        faulty.iter().any(|stores| !stores.is_empty()) || self.counting.is_some()
    }

    /// Whether a read by this call may be stale.
    pub(super) fn may_lag(&self, call: &Call) -> bool {
        match call {
            Call::Load { collection, .. } | Call::List { collection } => {
                self.lagging.contains(collection)
            }
            Call::Contains(member) => self.lagging.contains(&member.set),
            _ => false,
        }
    }

    /// The write of this call, if it may arrive late.
    pub(super) fn late_write<'c>(&self, call: &'c Call) -> Option<&'c Write> {
        match call {
            Call::Commit(writes) => match &writes[..] {
                [write] if self.landing_late.contains(&write.collection) => Some(write),
                _ => None,
            },
            _ => None,
        }
    }

    /// Whether a collection has a single document, which ignores the key in the call.
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

/// A document as a value. If it cannot be converted, the value is the error message.
fn valued<D: Document>(document: &D) -> Value {
    to_value(document).unwrap_or_else(|error| Value::str(&error.to_string()))
}
