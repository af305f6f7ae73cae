//! The durable data, and what an outside observer saw.
//!
//! Stores belong to the system, not to one participant. All documents of a protocol are one store, and
//! every set of identities is another one. The module `perform` performs calls on them.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Deref;
use std::sync::Arc;

use super::call::Write;
use super::document::Document;
use super::fault::Budget;
use crate::value::{Value, from_value};

/// A collection's documents: key to version and content.
pub type Documents = BTreeMap<Value, (i64, Value)>;

/// The messages of an ordered queue that wait: each partition with its messages, the next one first.
pub type Order = BTreeMap<Value, Vec<Value>>;

/// The content of a store.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Stored {
    /// A collection's documents.
    Documents(Arc<Documents>),
    /// The members of a set.
    Set(Arc<BTreeSet<Value>>),
}

/// A write in transit whose sender has given up on it.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct LateWrite {
    /// The number of the endpoint that sent it.
    pub endpoint: usize,
    /// The message that it was made for.
    pub message: Value,
    /// The content of the write.
    pub write: Write,
}

/// What an outside observer saw of one endpoint.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Ledger {
    /// Messages acknowledged, or requests answered.
    pub acked: Arc<BTreeSet<Value>>,
    /// The messages that caused changes of business state, oldest first.
    pub hist: Arc<Vec<Value>>,
    /// Everything that was published: records of cause, output, message and basis.
    pub sent: Arc<BTreeSet<Value>>,
    /// The number of new identities drawn for each message.
    pub fresh: Arc<BTreeMap<Value, u8>>,
}

/// Everything that survives a crash, and everything that was observed. The observations of the first
/// endpoint can be read directly, as in `world.hist`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct World {
    pub(super) documents: BTreeMap<&'static str, Arc<Documents>>,
    pub(super) sets: BTreeMap<&'static str, Arc<BTreeSet<Value>>>,
    /// The content of each store whose reads may be stale, from before its last change.
    pub(super) before: BTreeMap<&'static str, Stored>,
    /// The slots whose message is delivered again unless it is acknowledged: the participant and its
    /// slot, from 0.
    pub leases: BTreeSet<(usize, usize)>,
    /// The order of the messages that wait for each endpoint whose queue is ordered.
    pub order: BTreeMap<usize, Arc<Order>>,
    /// The observations of each endpoint.
    pub ledgers: Vec<Ledger>,
    /// Writes in transit whose senders have given up on them.
    pub landing: Arc<BTreeMap<LateWrite, usize>>,
    /// The faults that may still happen.
    pub budget: Budget,
}

/// The caller of a call.
#[derive(Debug, Clone)]
pub struct Caller<'a> {
    /// The participant's index.
    pub endpoint: usize,
    /// The number of the endpoint to whose history the call is added, and for which identities are
    /// drawn.
    pub ledger: usize,
    /// The slot, from 0.
    pub slot: usize,
    /// The message it handles.
    pub message: &'a Value,
    /// Whether the history is about this endpoint. It is not about a downstream consumer.
    pub observed: bool,
}

impl Default for World {
    fn default() -> Self {
        World {
            documents: BTreeMap::new(),
            sets: BTreeMap::new(),
            before: BTreeMap::new(),
            leases: BTreeSet::new(),
            order: BTreeMap::new(),
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
    /// The ledger of an endpoint that may receive these messages.
    pub fn of(messages: &[Value]) -> Self {
        let undrawn = messages.iter().map(|message| (message.clone(), 0));
        Ledger {
            fresh: Arc::new(undrawn.collect()),
            ..Ledger::default()
        }
    }

    /// The `n`-th new identity for `message`, from 0.
    pub fn identity(&self, message: &Value, n: usize) -> Value {
        let drawn = self.fresh.get(message).copied().unwrap_or(0);
        Value::seq([message.clone(), Value::from(usize::from(drawn) + n + 1)])
    }

    /// Records that `n` identities were drawn for `message`.
    pub fn draw(&mut self, message: &Value, n: usize) {
        // Without this check, every message that a consumer handles would get an entry.
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

    /// The document of a collection that has exactly one.
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

    /// The observations of an endpoint, for a change.
    pub(super) fn ledger_mut(&mut self, endpoint: usize) -> &mut Ledger {
        if endpoint >= self.ledgers.len() {
            self.ledgers.resize_with(endpoint + 1, Ledger::default);
        }
        &mut self.ledgers[endpoint]
    }

    /// The content of a store.
    pub(super) fn stored(&self, store: &str) -> Option<Stored> {
        let documents = self.documents.get(store).map(Arc::clone);
        let members = self.sets.get(store).map(Arc::clone);
        documents
            .map(Stored::Documents)
            .or(members.map(Stored::Set))
    }

    /// A store loses a member, or the document with a key.
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

    /// Keeps the previous content of a store whose reads may be stale.
    pub(super) fn remember(&mut self, store: &str, before: Stored) {
        let changed = self.stored(store).as_ref() != Some(&before);
        if let Some(kept) = self.before.get_mut(store).filter(|_| changed) {
            *kept = before;
        }
    }

    /// The rows of a collection with a lease, each with the owner's name.
    pub(super) fn owned(&self, collection: &str) -> Vec<(Value, String)> {
        let documents = self.documents.get(collection).into_iter();
        let rows = documents.flat_map(|documents| documents.iter());
        let owned = rows.filter_map(|(key, (_, row))| {
            let owner = row.get("owner")?.as_str()?;
            (owner != NOBODY).then(|| (key.clone(), owner.to_owned()))
        });
        owned.collect()
    }

    /// Removes the owner of a row. That is not a write, so the version stays the same.
    pub(super) fn disown(&mut self, collection: &str, key: &Value) -> Option<()> {
        let documents = Arc::make_mut(self.documents.get_mut(collection)?);
        let (_, row) = documents.get_mut(key)?;
        *row = with_field(row, "owner", Value::str(NOBODY));
        Some(())
    }
}

/// The owner of a row without a lease.
pub const NOBODY: &str = "nobody";

pub(super) fn with_field(document: &Value, field: &str, value: Value) -> Value {
    let fields = document.entries();
    let fields =
        fields.filter_map(|(name, value)| Some((name.as_str()?.to_owned(), value.clone())));
    let others: Vec<_> = fields.filter(|(name, _)| name != field).collect();
    Value::record(others.into_iter().chain([(field.to_owned(), value)]))
}
