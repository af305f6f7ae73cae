//! What is durable, and what an outside observer saw.
//!
//! Stores belong to the system, not to one participant. Each call touches one store atomically:
//! all documents of a protocol are one store, every set of identities is another.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::document::Document;
use super::fault::Budget;
use super::io::{Call, Member, Outcome, Write};
use super::replay::Breach;
use crate::value::{Value, from_value, to_value};

/// The stores that a protocol declares.
#[derive(Debug, Clone, Default)]
pub struct Schema {
    pub(super) collections: Vec<Collection>,
    pub(super) sets: Vec<&'static str>,
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
}

/// A collection's documents: key to version and content.
pub type Documents = BTreeMap<Value, (i64, Value)>;

/// Everything that survives a crash, and everything that was seen.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct World {
    pub(super) documents: BTreeMap<&'static str, Arc<Documents>>,
    pub(super) sets: BTreeMap<&'static str, Arc<BTreeSet<Value>>>,
    /// The slots whose message comes back unless it is acknowledged: endpoint and slot, from 0.
    pub leases: BTreeSet<(usize, usize)>,
    /// Messages acknowledged, or requests answered.
    pub acked: Arc<BTreeSet<Value>>,
    /// The causes of the changes of business state, oldest first.
    pub hist: Arc<Vec<Value>>,
    /// Everything published: records of cause, output, message and basis.
    pub sent: Arc<BTreeSet<Value>>,
    /// How many fresh identities were drawn for each message.
    pub fresh: Arc<BTreeMap<Value, u8>>,
    /// The faults that may still happen.
    pub budget: Budget,
}

/// Who makes a call.
#[derive(Debug, Clone)]
pub struct Caller<'a> {
    /// The endpoint's index.
    pub endpoint: usize,
    /// The slot, from 0.
    pub slot: usize,
    /// The message it handles.
    pub message: &'a Value,
    /// Whether the history is about this endpoint: it is not about a downstream consumer.
    pub observed: bool,
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

    /// The world at the start, with the given faults ahead of it.
    pub fn world(&self, budget: Budget, messages: &[Value]) -> World {
        let undrawn = messages.iter().map(|message| (message.clone(), 0));
        World {
            budget,
            fresh: Arc::new(undrawn.collect()),
            ..self.world.clone()
        }
    }

    fn collection<D: Document>(&mut self, single: bool) {
        self.schema.collections.push(Collection {
            name: D::COLLECTION,
            business: D::BUSINESS,
            single,
        });
        self.world.documents.insert(D::COLLECTION, Arc::default());
    }

    fn put<D: Document>(&mut self, key: Value, document: &D) {
        let document = to_value(document).unwrap_or_else(|error| Value::str(&error.to_string()));
        let documents = self.world.documents.entry(D::COLLECTION).or_default();
        Arc::make_mut(documents).insert(key, (0, document));
    }
}

impl World {
    /// All documents of a collection, with their keys.
    pub fn documents<D: Document>(&self) -> Vec<(Value, D)> {
        self.documents
            .get(D::COLLECTION)
            .into_iter()
            .flat_map(|documents| documents.iter())
            .filter_map(|(key, (_, document))| Some((key.clone(), from_value(document).ok()?)))
            .collect()
    }

    /// The one document of a collection that holds exactly one.
    pub fn document<D: Document>(&self) -> D {
        self.documents::<D>()
            .into_iter()
            .next()
            .map(|(_, document)| document)
            .unwrap_or_default()
    }

    /// Whether every document has the same version and content.
    pub fn same_documents(&self, other: &World) -> bool {
        self.documents == other.documents
    }

    /// The members of a set of identities.
    pub fn members(&self, set: &str) -> BTreeSet<Value> {
        self.sets
            .get(set)
            .map(|members| (**members).clone())
            .unwrap_or_default()
    }

    /// The `n`-th identity that will be drawn for `message`, from 0.
    pub fn identity(&self, message: &Value, n: usize) -> Value {
        let drawn = self.fresh.get(message).copied().unwrap_or(0);
        Value::seq([message.clone(), Value::from(usize::from(drawn) + n + 1)])
    }

    /// Records that `n` identities were drawn for `message`.
    pub fn draw(&mut self, message: &Value, n: usize) {
        // Else every message that a consumer handles would be counted from then on.
        if n == 0 {
            return;
        }
        let fresh = Arc::make_mut(&mut self.fresh);
        let drawn = fresh.entry(message.clone()).or_insert(0);
        *drawn = drawn.saturating_add(u8::try_from(n).unwrap_or(u8::MAX));
    }

    /// Performs a call that is one atomic step. What leaves the world through it (a message for a
    /// consumer, a reply) is sent by whoever runs the system.
    ///
    /// # Errors
    /// When the call names a store that the protocol does not have, or no step can perform it.
    pub fn perform(
        &mut self,
        schema: &Schema,
        caller: &Caller<'_>,
        call: &Call,
    ) -> Result<Outcome, Breach> {
        match call {
            Call::Load { collection, key } => {
                let (collection, key) = schema.locate(collection, key)?;
                Ok(match self.documents[collection.name].get(&key) {
                    Some((version, document)) => Outcome::Loaded {
                        version: *version,
                        document: Some(document.clone()),
                    },
                    None => Outcome::Loaded {
                        version: 0,
                        document: None,
                    },
                })
            }
            Call::Commit(writes) => self.commit(schema, caller, writes),
            Call::Contains(Member { set, id }) => {
                Ok(Outcome::Found(self.members_mut(set)?.contains(id)))
            }
            Call::Insert(Member { set, id }) => {
                Arc::make_mut(self.members_mut(set)?).insert(id.clone());
                Ok(Outcome::Done)
            }
            Call::Remove(Member { set, id }) => {
                Arc::make_mut(self.members_mut(set)?).remove(id);
                Ok(Outcome::Done)
            }
            Call::Publish {
                output,
                message,
                basis,
            } => {
                if caller.observed {
                    Arc::make_mut(&mut self.sent).insert(Value::record([
                        ("cause", caller.message.clone()),
                        ("output", Value::str(output)),
                        ("message", message.clone()),
                        ("basis", Value::from(*basis)),
                    ]));
                }
                Ok(Outcome::Done)
            }
            Call::Reply(_) => {
                if caller.observed {
                    Arc::make_mut(&mut self.acked).insert(caller.message.clone());
                }
                Ok(Outcome::Done)
            }
            Call::Ack => Ok(self.acknowledge(caller)),
            Call::Ask { .. } => Err(Breach::Misuse("a third party is no store".to_owned())),
        }
    }

    fn acknowledge(&mut self, caller: &Caller<'_>) -> Outcome {
        if !self.leases.remove(&(caller.endpoint, caller.slot)) {
            return Outcome::Refused;
        }
        if caller.observed {
            Arc::make_mut(&mut self.acked).insert(caller.message.clone());
        }
        Outcome::Done
    }

    fn commit(
        &mut self,
        schema: &Schema,
        caller: &Caller<'_>,
        writes: &[Write],
    ) -> Result<Outcome, Breach> {
        let mut changed = false;
        let mut versions = Vec::with_capacity(writes.len());
        let mut after = self.documents.clone();
        for (index, write) in writes.iter().enumerate() {
            let same =
                |other: &Write| (other.collection, &other.key) == (write.collection, &write.key);
            if writes[..index].iter().any(same) {
                return Err(Breach::Misuse(format!(
                    "one commit writes the document {} of '{}' twice; write it once",
                    write.key, write.collection
                )));
            }
            let (collection, key) = schema.locate(write.collection, &write.key)?;
            let stored = self.documents[collection.name].get(&key);
            let version = stored.map_or(0, |(version, _)| *version);
            if write.expected.is_some_and(|expected| expected != version) {
                return Ok(Outcome::Conflict);
            }
            let before = stored.map(|(_, document)| document);
            changed |= collection
                .business
                .iter()
                .any(|field| before.and_then(|d| d.get(field)) != write.document.get(field));
            if let Some(documents) = after.get_mut(collection.name) {
                Arc::make_mut(documents).insert(key, (version + 1, write.document.clone()));
            }
            versions.push(version + 1);
        }
        self.documents = after;
        if changed && caller.observed {
            Arc::make_mut(&mut self.hist).push(caller.message.clone());
        }
        Ok(Outcome::Committed(versions))
    }

    fn members_mut(&mut self, set: &str) -> Result<&mut Arc<BTreeSet<Value>>, Breach> {
        self.sets
            .get_mut(set)
            .ok_or_else(|| Breach::Misuse(format!("the protocol declares no set named '{set}'")))
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

    fn locate(&self, name: &str, key: &Value) -> Result<(&Collection, Value), Breach> {
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
