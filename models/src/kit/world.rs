//! What is durable, and what an outside observer saw.
//!
//! Stores belong to the system, not to one participant. Each call touches one store atomically:
//! all documents of a protocol are one store, every set of identities is another.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Deref;
use std::sync::Arc;

use super::document::Document;
use super::fault::Budget;
use super::io::{Call, Deletion, Member, Outcome, Write};
use super::replay::Breach;
use super::stores::Schema;
use crate::value::{Value, from_value};

/// A collection's documents: key to version and content.
pub type Documents = BTreeMap<Value, (i64, Value)>;

/// What a store holds.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Stored {
    /// A collection's documents.
    Documents(Arc<Documents>),
    /// The members of a set.
    Set(Arc<BTreeSet<Value>>),
}

/// A write on its way to its store that nobody waits for any more.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct LateWrite {
    /// The number of the endpoint that sent it.
    pub endpoint: usize,
    /// The message that it was made for.
    pub message: Value,
    /// What it writes.
    pub write: Write,
}

/// What an outside observer saw of one endpoint.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Ledger {
    /// Messages acknowledged, or requests answered.
    pub acked: Arc<BTreeSet<Value>>,
    /// The causes of the changes of business state, oldest first.
    pub hist: Arc<Vec<Value>>,
    /// Everything published: records of cause, output, message and basis.
    pub sent: Arc<BTreeSet<Value>>,
    /// How many fresh identities were drawn for each message.
    pub fresh: Arc<BTreeMap<Value, u8>>,
}

/// Everything that survives a crash, and everything that was seen. What was seen of the first endpoint
/// can be read from the world itself, as in `world.hist`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct World {
    pub(super) documents: BTreeMap<&'static str, Arc<Documents>>,
    pub(super) sets: BTreeMap<&'static str, Arc<BTreeSet<Value>>>,
    /// Each store whose reads may be stale, as it was before its last change.
    pub(super) before: BTreeMap<&'static str, Stored>,
    /// The slots whose message comes back unless it is acknowledged: the participant and its slot,
    /// from 0.
    pub leases: BTreeSet<(usize, usize)>,
    /// What was seen of each endpoint.
    pub ledgers: Vec<Ledger>,
    /// Writes on their way that nobody waits for any more.
    pub landing: Arc<BTreeMap<LateWrite, usize>>,
    /// The faults that may still happen.
    pub budget: Budget,
}

/// Who makes a call.
#[derive(Debug, Clone)]
pub struct Caller<'a> {
    /// The participant's index.
    pub endpoint: usize,
    /// The endpoint's number: whose history the call enters, and whose identities it draws.
    pub ledger: usize,
    /// The slot, from 0.
    pub slot: usize,
    /// The message it handles.
    pub message: &'a Value,
    /// Whether the history is about this endpoint: it is not about a downstream consumer.
    pub observed: bool,
}

impl Default for World {
    fn default() -> Self {
        World {
            documents: BTreeMap::new(),
            sets: BTreeMap::new(),
            before: BTreeMap::new(),
            leases: BTreeSet::new(),
            ledgers: vec![Ledger::default()],
            landing: Arc::default(),
            budget: Budget::default(),
        }
    }
}

impl Deref for World {
    type Target = Ledger;

    fn deref(&self) -> &Ledger {
        &self.ledgers[0]
    }
}

impl Ledger {
    /// That of an endpoint that may receive these messages.
    pub fn of(messages: &[Value]) -> Self {
        let undrawn = messages.iter().map(|message| (message.clone(), 0));
        Ledger {
            fresh: Arc::new(undrawn.collect()),
            ..Ledger::default()
        }
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

    /// What was seen of an endpoint, to be changed.
    pub(super) fn ledger_mut(&mut self, endpoint: usize) -> &mut Ledger {
        if endpoint >= self.ledgers.len() {
            self.ledgers.resize_with(endpoint + 1, Ledger::default);
        }
        &mut self.ledgers[endpoint]
    }

    /// What a store holds.
    pub(super) fn stored(&self, store: &str) -> Option<Stored> {
        let documents = self.documents.get(store).map(Arc::clone);
        let members = self.sets.get(store).map(Arc::clone);
        documents
            .map(Stored::Documents)
            .or(members.map(Stored::Set))
    }

    /// What a read of a lagging store answers that has not seen the store's last change.
    pub(super) fn stale(&self, schema: &Schema, call: &Call) -> Result<Outcome, Breach> {
        let mut world = self.clone();
        for (name, stored) in &self.before {
            match stored.clone() {
                Stored::Documents(documents) => drop(world.documents.insert(name, documents)),
                Stored::Set(members) => drop(world.sets.insert(name, members)),
            }
        }
        let nobody = Value::from(0);
        let caller = Caller {
            endpoint: 0,
            ledger: 0,
            slot: 0,
            message: &nobody,
            observed: false,
        };
        world.perform(schema, &caller, call)
    }

    /// A store forgets a member, or the document under a key.
    pub(super) fn forget(&mut self, store: &'static str, id: &Value) -> Option<()> {
        let before = self.stored(store)?;
        if let Some(documents) = self.documents.get_mut(store) {
            Arc::make_mut(documents).remove(id)?;
        } else if !Arc::make_mut(self.sets.get_mut(store)?).remove(id) {
            return None;
        }
        self.remember(store, before);
        Some(())
    }

    /// Keeps what a lagging store held before it was changed.
    fn remember(&mut self, store: &str, before: Stored) {
        let changed = self.stored(store).as_ref() != Some(&before);
        if let Some(kept) = self.before.get_mut(store).filter(|_| changed) {
            *kept = before;
        }
    }

    /// Performs a call that is one atomic step, and keeps what lagging stores held before it.
    ///
    /// # Errors
    /// When the call names a store that the protocol does not have, or no step can perform it.
    pub fn perform(
        &mut self,
        schema: &Schema,
        caller: &Caller<'_>,
        call: &Call,
    ) -> Result<Outcome, Breach> {
        if self.before.is_empty() {
            return self.act(schema, caller, call);
        }
        let names: Vec<_> = self.before.keys().copied().collect();
        let before = names.iter().map(|name| self.stored(name));
        let before: Vec<_> = before.collect();
        let outcome = self.act(schema, caller, call)?;
        for (name, before) in names.into_iter().zip(before) {
            if let Some(before) = before {
                self.remember(name, before);
            }
        }
        Ok(outcome)
    }

    /// Performs a call that is one atomic step. What leaves the world through it (a message for a
    /// consumer, a reply) is sent by whoever runs the system.
    fn act(
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
            Call::List { collection } => {
                let (collection, _) = schema.locate(collection, &Value::from(0))?;
                let rows = self.documents[collection.name].iter();
                let rows = rows.map(|(key, (version, row))| (key.clone(), *version, row.clone()));
                Ok(Outcome::Listed(rows.collect()))
            }
            Call::Next { sequence } => self.next_number(schema, sequence),
            Call::Commit(writes) => self.commit(schema, caller, writes),
            Call::CommitAndPublish(writes, publish) => {
                let outcome = self.commit(schema, caller, writes)?;
                if outcome != Outcome::Conflict {
                    self.act(schema, caller, publish)?;
                }
                Ok(outcome)
            }
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
            Call::Delete(deletion) => self.delete(schema, caller, deletion),
            Call::Publish {
                cause,
                output,
                message,
                basis,
            }
            | Call::Send {
                cause,
                output,
                message,
                basis,
                ..
            } => {
                if caller.observed {
                    let sent = &mut self.ledger_mut(caller.ledger).sent;
                    Arc::make_mut(sent).insert(Value::record([
                        ("cause", cause.as_ref().unwrap_or(caller.message).clone()),
                        ("output", Value::str(output)),
                        ("message", message.clone()),
                        ("basis", Value::from(*basis)),
                    ]));
                }
                Ok(Outcome::Done)
            }
            Call::Reply(_) => {
                self.done_with(caller);
                Ok(Outcome::Done)
            }
            Call::Ack => {
                let outcome = self.acknowledge(caller);
                if outcome == Outcome::Done && caller.observed && caller.ledger == 0 {
                    self.count_delivery(schema, caller.message, true);
                }
                Ok(outcome)
            }
            Call::Ask { .. } => Err(Breach::Misuse("a third party is no store".to_owned())),
        }
    }

    fn acknowledge(&mut self, caller: &Caller<'_>) -> Outcome {
        if !self.leases.remove(&(caller.endpoint, caller.slot)) {
            return Outcome::Refused;
        }
        self.done_with(caller);
        Outcome::Done
    }

    fn next_number(&mut self, schema: &Schema, sequence: &str) -> Result<Outcome, Breach> {
        let (collection, key) = schema.locate(sequence, &Value::from(0))?;
        let documents = self.documents.get_mut(collection.name);
        let stored = documents.and_then(|documents| Arc::make_mut(documents).get_mut(&key));
        let last = stored
            .as_ref()
            .and_then(|(_, one)| one.get("last")?.as_int());
        let (Some((version, document)), Some(last)) = (stored, last) else {
            return Err(Breach::Misuse(format!(
                "'{sequence}' is no sequence; declare it with `Stores::one`, as a document that has \
                 a number 'last'"
            )));
        };
        *version += 1;
        *document = with_field(document, "last", Value::from(last + 1));
        Ok(Outcome::Number(last + 1))
    }

    /// The rows of a collection that somebody holds a lease on, with the owner's name.
    pub(super) fn owned(&self, collection: &str) -> Vec<(Value, String)> {
        let documents = self.documents.get(collection).into_iter();
        let rows = documents.flat_map(|documents| documents.iter());
        let owned = rows.filter_map(|(key, (_, row))| {
            let owner = row.get("owner")?.as_str()?;
            (owner != NOBODY).then(|| (key.clone(), owner.to_owned()))
        });
        owned.collect()
    }

    /// A row has no owner any more. That is no write: it has the same version.
    pub(super) fn disown(&mut self, collection: &str, key: &Value) -> Option<()> {
        let documents = Arc::make_mut(self.documents.get_mut(collection)?);
        let (_, row) = documents.get_mut(key)?;
        *row = with_field(row, "owner", Value::str(NOBODY));
        Some(())
    }

    /// The broker has delivered a message once more, or is done with it.
    pub(super) fn count_delivery(&mut self, schema: &Schema, message: &Value, done: bool) {
        let Some((collection, most)) = schema.counting else {
            return;
        };
        let documents = self.documents.get_mut(collection);
        let counted = documents.and_then(|all| Arc::make_mut(all).get_mut(message));
        if let Some((_, document)) = counted {
            let before = document.get("count").and_then(Value::as_int).unwrap_or(0);
            let count = if done {
                0
            } else {
                i64::from(most).min(before + 1)
            };
            *document = with_field(document, "count", Value::from(count));
        }
    }

    fn done_with(&mut self, caller: &Caller<'_>) {
        if caller.observed {
            let acked = &mut self.ledger_mut(caller.ledger).acked;
            Arc::make_mut(acked).insert(caller.message.clone());
        }
    }

    fn changed_by(&mut self, caller: &Caller<'_>, cause: Option<&Value>) {
        if caller.observed {
            let hist = &mut self.ledger_mut(caller.ledger).hist;
            Arc::make_mut(hist).push(cause.unwrap_or(caller.message).clone());
        }
    }

    fn delete(
        &mut self,
        schema: &Schema,
        caller: &Caller<'_>,
        deletion: &Deletion,
    ) -> Result<Outcome, Breach> {
        let (collection, key) = schema.locate(deletion.collection, &deletion.key)?;
        if collection.single {
            return Err(Breach::Misuse(format!(
                "'{}' holds one document that always exists, so nothing can delete it; declare the \
                 collection with `Stores::many`",
                collection.name
            )));
        }
        let Some(documents) = self.documents.get_mut(collection.name) else {
            return Ok(Outcome::Done);
        };
        let stored = documents.get(&key);
        let version = stored.map_or(0, |(version, _)| *version);
        if deletion
            .expected
            .is_some_and(|expected| expected != version)
        {
            return Ok(Outcome::Conflict);
        }
        let effect = stored.is_some() && !collection.business.is_empty();
        Arc::make_mut(documents).remove(&key);
        if effect {
            self.changed_by(caller, None);
        }
        Ok(Outcome::Done)
    }

    fn commit(
        &mut self,
        schema: &Schema,
        caller: &Caller<'_>,
        writes: &[Write],
    ) -> Result<Outcome, Breach> {
        let mut changed = None;
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
            let mut business = collection.business.iter();
            if business.any(|field| before.and_then(|d| d.get(field)) != write.document.get(field))
            {
                changed = changed.or(Some(write.cause.as_ref()));
            }
            if let Some(documents) = after.get_mut(collection.name) {
                Arc::make_mut(documents).insert(key, (version + 1, write.document.clone()));
            }
            versions.push(version + 1);
        }
        self.documents = after;
        if let Some(cause) = changed {
            self.changed_by(caller, cause);
        }
        Ok(Outcome::Committed(versions))
    }

    fn members_mut(&mut self, set: &str) -> Result<&mut Arc<BTreeSet<Value>>, Breach> {
        self.sets
            .get_mut(set)
            .ok_or_else(|| Breach::Misuse(format!("the protocol declares no set named '{set}'")))
    }
}

/// The owner of a row that nobody holds a lease on.
pub const NOBODY: &str = "nobody";

pub(super) fn with_field(document: &Value, field: &str, value: Value) -> Value {
    let fields = document.entries();
    let fields =
        fields.filter_map(|(name, value)| Some((name.as_str()?.to_owned(), value.clone())));
    let others: Vec<_> = fields.filter(|(name, _)| name != field).collect();
    Value::record(others.into_iter().chain([(field.to_owned(), value)]))
}
