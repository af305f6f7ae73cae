//! The data that handlers store and send: documents with a version, identities, events.

use std::fmt;
use std::ops::{Deref, DerefMut};

use serde::{Deserialize, Serialize, de::DeserializeOwned};

use super::call::Write;
use super::flow::{Flow, value_of};
use crate::value::Value;

/// The identity of a message: 1, 2, 3, …
pub use crate::value::Name as MessageId;

/// An identity for something new: the message for which it was made, and a number.
///
/// Number 0 is the identity derived from the message, which is the same in every attempt. The others
/// are drawn one after the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Identity(pub MessageId, pub u8);

/// Written as in other values for people: `[1, 0]`.
impl fmt::Display for Identity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Identity(message, number) = self;
        write!(f, "[{message}, {number}]")
    }
}

impl From<Identity> for Value {
    fn from(Identity(message, number): Identity) -> Self {
        Value::seq([Value::from(message), Value::from(number)])
    }
}

impl Identity {
    /// The identity that every attempt at handling `message` derives.
    pub fn derived_from(message: MessageId) -> Self {
        Identity(message, 0)
    }
}

/// A value that can be the key of a document or a member of a set.
pub trait Key: Serialize {}
impl<T: Serialize> Key for T {}

/// A document: a struct that a handler loads, changes and commits.
pub trait Document: Serialize + DeserializeOwned + Default + Clone {
    /// The name of its collection, which is also the name of its TLA+ variable.
    const COLLECTION: &'static str;
    /// The fields that contain business state. A commit that changes one of them is an effect. The
    /// other fields are bookkeeping.
    const BUSINESS: &'static [&'static str];

    /// The message whose effect a write of this document is, if it is not the message that the
    /// handler works on: a poller, or the handler of a batch, names the message itself.
    fn cause(&self) -> Option<Value> {
        None
    }
}

/// A message that handlers publish.
pub trait Event: Serialize {
    /// The name of the output.
    const OUTPUT: &'static str;
    /// The index in the history, from 1, of the change that the event reports; 0 if it reports none.
    fn basis(&self) -> i64 {
        0
    }

    /// The message whose output the event is, if it is not the message that the handler works on.
    /// For example, a poller names the message whose effect it reports.
    fn cause(&self) -> Option<Value> {
        None
    }
}

/// A loaded document with the version that it had.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Versioned<D> {
    pub(super) key: Value,
    pub(super) version: i64,
    pub(super) document: D,
}

impl<D: Document> Versioned<D> {
    /// The key of the document.
    pub fn key(&self) -> &Value {
        &self.key
    }

    /// A document that does not exist yet.
    pub fn new(key: impl Key, document: D) -> Flow<Self> {
        Ok(Versioned {
            key: value_of(&key)?,
            version: 0,
            document,
        })
    }

    /// Records that it was written together with other documents, and has this version now.
    pub fn written_as(&mut self, version: i64) {
        self.version = version;
    }

    /// The write that fails if another writer has changed the document since it was loaded.
    pub fn checked(&self) -> Flow<Write> {
        Ok(Write {
            expected: Some(self.version),
            ..self.blind()?
        })
    }

    /// The write that succeeds even if another writer has changed the document since.
    pub fn blind(&self) -> Flow<Write> {
        Ok(Write {
            collection: D::COLLECTION,
            key: self.key.clone(),
            expected: None,
            document: value_of(&self.document)?,
            cause: self.document.cause(),
        })
    }
}

impl<D> Deref for Versioned<D> {
    type Target = D;
    fn deref(&self) -> &D {
        &self.document
    }
}

impl<D> DerefMut for Versioned<D> {
    fn deref_mut(&mut self) -> &mut D {
        &mut self.document
    }
}
