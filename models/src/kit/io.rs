//! The operations of a handler: the [`Io`] trait and its typed methods. Each makes a [`Call`].
//!
//! A handler is straight-line code over `&mut dyn Io`. Every call that touches durable data has the
//! name of its TLA+ action and is one atomic step. Between two steps the handler may crash, lose a
//! race, or be run twice. The model replays handlers over recorded outcomes ([`super::replay`]);
//! [`super::threads`] runs the same handlers on threads. A database and a broker can implement the
//! trait without changes to a handler.

use serde::{Serialize, de::DeserializeOwned};

pub use super::call::{Call, Deletion, Member, Outcome, Write};
use super::document::{Document, Event, Key, Versioned};
pub use super::flow::{Flow, Stop, Suspended, give_back};
use super::flow::{typed, value_of};
use crate::value::Value;

/// The interface between handlers and the world.
///
/// Handlers use the typed methods on `dyn Io`. An implementation provides these two methods.
pub trait Io {
    /// Performs `call` as the step named `action`.
    fn perform(&mut self, action: &'static str, call: Call) -> Flow<Outcome>;

    /// Draws a new identity. This is not a step: it is part of the next call.
    fn fresh(&mut self) -> Flow<Value>;
}

/// Whether a write or a message was sent. A handler must check this.
#[must_use = "a write may conflict and a message may not go out: look, or `.or_give_back()?`"]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sent {
    /// The write or the message was sent.
    Done,
    /// It was not: another writer has changed the document since it was loaded.
    Conflict,
    /// No answer arrived: it may have been sent, or not.
    Unknown,
}

impl Sent {
    /// Continues only if it was sent; otherwise gives the message back, to be delivered again.
    pub fn or_give_back(self) -> Flow {
        match self {
            Sent::Done => Ok(()),
            Sent::Conflict | Sent::Unknown => Err(Stop::GivenBack),
        }
    }

    /// Continues only if it was sent; otherwise ends the request without an answer, and the user sees
    /// an error page. A request is not delivered again, but the user may send it again.
    pub fn or_unanswered(self) -> Flow {
        self.or_give_back()
    }
}

/// The answer of a third party. A handler must check this.
#[must_use = "a third party may not answer"]
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer<T> {
    /// The answer arrived.
    Answered(T),
    /// It did not: the request may have arrived, may still arrive, or is lost.
    TimedOut,
}

impl<T> Answer<T> {
    /// Continues only with an answer; otherwise gives the message back, to be delivered again.
    pub fn or_give_back(self) -> Flow<T> {
        match self {
            Answer::Answered(answer) => Ok(answer),
            Answer::TimedOut => Err(Stop::GivenBack),
        }
    }
}

impl dyn Io + '_ {
    /// Reads a document. If it does not exist, returns its type's default with version 0.
    pub fn load<D: Document>(&mut self, action: &'static str, key: impl Key) -> Flow<Versioned<D>> {
        let key = value_of(&key)?;
        let call = Call::Load {
            collection: D::COLLECTION,
            key: key.clone(),
        };
        match self.perform(action, call)? {
            Outcome::Loaded { version, document } => {
                let document = match document {
                    Some(document) => typed(&document)?,
                    None => D::default(),
                };
                Ok(Versioned {
                    key,
                    version,
                    document,
                })
            }
            other => Err(unexpected(action, &other)),
        }
    }

    /// Reads all documents of a collection, in the order of their keys.
    pub fn list<D: Document>(&mut self, action: &'static str) -> Flow<Vec<Versioned<D>>> {
        let call = Call::List {
            collection: D::COLLECTION,
        };
        match self.perform(action, call)? {
            Outcome::Listed(rows) => rows
                .into_iter()
                .map(|(key, version, document)| {
                    Ok(Versioned {
                        key,
                        version,
                        document: typed(&document)?,
                    })
                })
                .collect(),
            other => Err(unexpected(action, &other)),
        }
    }

    /// Takes the next number of a sequence: a collection of one document with a field `last`. A number
    /// stays taken even if the handler that took it crashes. A handler with a lower number may use it
    /// later than one with a higher number.
    pub fn next(&mut self, action: &'static str, sequence: &'static str) -> Flow<u8> {
        match self.perform(action, Call::Next { sequence })? {
            Outcome::Number(number) => u8::try_from(number)
                .map_err(|_| Stop::Misuse(format!("the sequence '{sequence}' has run out"))),
            other => Err(unexpected(action, &other)),
        }
    }

    /// Writes a document if it has not changed since it was loaded.
    pub fn commit<D: Document>(
        &mut self,
        action: &'static str,
        document: &mut Versioned<D>,
    ) -> Flow<Sent> {
        let write = document.checked()?;
        let (sent, versions) = self.commit_all(action, vec![write])?;
        document.version = versions.first().copied().unwrap_or(document.version);
        Ok(sent)
    }

    /// Writes a document even if it has changed since it was loaded.
    pub fn overwrite<D: Document>(
        &mut self,
        action: &'static str,
        document: &mut Versioned<D>,
    ) -> Flow<Sent> {
        let write = document.blind()?;
        let (sent, versions) = self.commit_all(action, vec![write])?;
        document.version = versions.first().copied().unwrap_or(document.version);
        Ok(sent)
    }

    /// Writes documents of one store, all or none. Also returns their new versions.
    pub fn commit_all(
        &mut self,
        action: &'static str,
        writes: Vec<Write>,
    ) -> Flow<(Sent, Vec<i64>)> {
        self.committed(action, Call::Commit(writes))
    }

    /// Writes a document if it has not changed since it was loaded, and sends a message to the broker,
    /// both or neither: a two-phase commit of store and broker, as one step.
    pub fn commit_and_publish<D: Document, E: Event>(
        &mut self,
        action: &'static str,
        document: &mut Versioned<D>,
        event: &E,
    ) -> Flow<Sent> {
        let publish = Box::new(publication(event)?);
        let call = Call::CommitAndPublish(vec![document.checked()?], publish);
        let (sent, versions) = self.committed(action, call)?;
        document.version = versions.first().copied().unwrap_or(document.version);
        Ok(sent)
    }

    fn committed(&mut self, action: &'static str, call: Call) -> Flow<(Sent, Vec<i64>)> {
        match self.perform(action, call)? {
            Outcome::Committed(versions) => Ok((Sent::Done, versions)),
            Outcome::Conflict => Ok((Sent::Conflict, Vec::new())),
            Outcome::Failed => Ok((Sent::Unknown, Vec::new())),
            other => Err(unexpected(action, &other)),
        }
    }

    /// Returns whether the identity is in the set.
    pub fn contains(
        &mut self,
        action: &'static str,
        set: &'static str,
        id: impl Key,
    ) -> Flow<bool> {
        match self.perform(
            action,
            Call::Contains(Member {
                set,
                id: value_of(&id)?,
            }),
        )? {
            Outcome::Found(found) => Ok(found),
            other => Err(unexpected(action, &other)),
        }
    }

    /// Inserts the identity into the set.
    pub fn insert(&mut self, action: &'static str, set: &'static str, id: impl Key) -> Flow<Sent> {
        let call = Call::Insert(Member {
            set,
            id: value_of(&id)?,
        });
        self.sent(action, call)
    }

    /// Removes the identity from the set.
    pub fn remove(&mut self, action: &'static str, set: &'static str, id: impl Key) -> Flow<Sent> {
        let call = Call::Remove(Member {
            set,
            id: value_of(&id)?,
        });
        self.sent(action, call)
    }

    /// Sends a message to the broker.
    pub fn publish<E: Event>(&mut self, action: &'static str, event: &E) -> Flow<Sent> {
        self.sent(action, publication(event)?)
    }

    /// Sends a message to an endpoint, which may be the handler's own.
    pub fn send<E: Event>(
        &mut self,
        action: &'static str,
        to: &'static str,
        event: &E,
    ) -> Flow<Sent> {
        self.send_to(action, (to, false), event)
    }

    /// Sends a message to an endpoint, where it waits until it becomes due. There is no clock, so it
    /// may become due at any time.
    pub fn send_later<E: Event>(
        &mut self,
        action: &'static str,
        to: &'static str,
        event: &E,
    ) -> Flow<Sent> {
        self.send_to(action, (to, true), event)
    }

    fn send_to<E: Event>(
        &mut self,
        action: &'static str,
        (to, later): (&'static str, bool),
        event: &E,
    ) -> Flow<Sent> {
        let call = Call::Send {
            cause: event.cause(),
            to,
            later,
            output: E::OUTPUT,
            message: value_of(event)?,
            basis: event.basis(),
        };
        self.sent(action, call)
    }

    /// Deletes a document if it has not changed since it was loaded.
    pub fn delete<D: Document>(
        &mut self,
        action: &'static str,
        document: &Versioned<D>,
    ) -> Flow<Sent> {
        let Write {
            collection,
            key,
            expected,
            ..
        } = document.checked()?;
        let deletion = Deletion {
            collection,
            key,
            expected,
        };
        self.sent(action, Call::Delete(deletion))
    }

    /// Deletes a document even if it has changed since it was loaded.
    pub fn delete_blindly<D: Document>(
        &mut self,
        action: &'static str,
        key: impl Key,
    ) -> Flow<Sent> {
        let deletion = Deletion {
            collection: D::COLLECTION,
            key: value_of(&key)?,
            expected: None,
        };
        self.sent(action, Call::Delete(deletion))
    }

    /// Answers the request.
    pub fn reply(&mut self, action: &'static str, answer: impl Serialize) -> Flow {
        let answer = value_of(&answer)?;
        self.perform(action, Call::Reply(answer)).map(drop)
    }

    /// Acknowledges the message. This has no effect if the lease is lost; a handler cannot do anything
    /// about that.
    pub fn ack(&mut self, action: &'static str) -> Flow {
        self.perform(action, Call::Ack).map(drop)
    }

    /// Sends a request to the third party and waits for its answer. This is two steps: the request is
    /// sent, and an answer or a time-out arrives.
    pub fn ask<A: DeserializeOwned>(
        &mut self,
        [action, answered]: [&'static str; 2],
        request: impl Serialize,
    ) -> Flow<Answer<A>> {
        self.asked(None, [action, answered], &request)
    }

    /// Sends a request to the third party with this name, if there are several, and waits for the answer.
    pub fn ask_party<A: DeserializeOwned>(
        &mut self,
        party: &'static str,
        steps: [&'static str; 2],
        request: impl Serialize,
    ) -> Flow<Answer<A>> {
        self.asked(Some(party), steps, &request)
    }

    fn asked<A: DeserializeOwned>(
        &mut self,
        party: Option<&'static str>,
        [action, answered]: [&'static str; 2],
        request: &impl Serialize,
    ) -> Flow<Answer<A>> {
        let call = Call::Ask {
            party,
            answered,
            request: value_of(request)?,
        };
        match self.perform(action, call)? {
            Outcome::Answered(answer) => Ok(Answer::Answered(typed(&answer)?)),
            Outcome::Failed => Ok(Answer::TimedOut),
            other => Err(unexpected(action, &other)),
        }
    }

    /// Draws a new identity.
    pub fn fresh_id<I: DeserializeOwned>(&mut self) -> Flow<I> {
        typed(&self.fresh()?)
    }

    fn sent(&mut self, action: &'static str, call: Call) -> Flow<Sent> {
        match self.perform(action, call)? {
            Outcome::Done => Ok(Sent::Done),
            Outcome::Conflict => Ok(Sent::Conflict),
            Outcome::Failed => Ok(Sent::Unknown),
            other => Err(unexpected(action, &other)),
        }
    }
}

fn publication<E: Event>(event: &E) -> Flow<Call> {
    Ok(Call::Publish {
        output: E::OUTPUT,
        message: value_of(event)?,
        cause: event.cause(),
        basis: event.basis(),
    })
}

fn unexpected(action: &str, outcome: &Outcome) -> Stop {
    Stop::Misuse(format!("the step {action} cannot end with {outcome:?}"))
}
