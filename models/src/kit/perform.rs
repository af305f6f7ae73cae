//! Performs a call on the world. Each call touches one store atomically.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::call::{Call, Deletion, Member, Outcome, Write};
use super::replay::Breach;
use super::stores::Schema;
use super::world::{Caller, Stored, World, with_field};
use crate::value::Value;

impl World {
    /// Performs a call that is one atomic step, and keeps the previous content of stores whose
    /// reads may be stale.
    ///
    /// # Errors
    ///
    /// If the call names a store that the protocol does not have, or no step can perform it.
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

    /// Performs a call that is one atomic step. Messages that leave the world through it (to a
    /// consumer, or a reply) are sent by the code that runs the system.
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

    /// The outcome of a read that returns the store's content from before its last change.
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

    /// Counts a delivery of a message by the broker, or resets the count if the message is done.
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
