//! What handlers keep and send: documents with a version, identities, events.

use std::fmt;
use std::ops::{Deref, DerefMut};

use serde::{Deserialize, Serialize, de::DeserializeOwned};

use super::call::Write;
use super::flow::{Flow, value_of};
use crate::value::Value;

/// The identity of a message: 1, 2, 3, …
pub use crate::value::Name as MessageId;

/// An identity made for something new: the message it was made for, and which one it is.
///
/// Number 0 is the identity derived from the message, the same at every attempt; the others are
/// drawn, one after the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Identity(pub MessageId, pub u8);

/// As in any other value that people read: `[1, 0]`.
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
    /// The identity that every attempt at `message` derives.
    pub fn derived_from(message: MessageId) -> Self {
        Identity(message, 0)
    }
}

/// Anything that can name a document or be a member of a set.
pub trait Key: Serialize {}
impl<T: Serialize> Key for T {}

/// A document: a struct that a handler loads, changes and commits.
pub trait Document: Serialize + DeserializeOwned + Default + Clone {
    /// The collection that holds it: also the name of its TLA+ variable.
    const COLLECTION: &'static str;
    /// The fields that hold business state: a commit that changes one of them is an effect. The
    /// other fields are bookkeeping.
    const BUSINESS: &'static [&'static str];

    /// The message whose effect a write of this document is, where that is not the one that the
    /// handler works on: a poller, or the handler of a batch, names the message itself.
    fn cause(&self) -> Option<Value> {
        None
    }
}

/// A message that handlers publish.
pub trait Event: Serialize {
    /// Which output of the handled message it is.
    const OUTPUT: &'static str;
    /// The index in the history, from 1, of the change that the event reports; 0 if it reports none.
    fn basis(&self) -> i64 {
        0
    }

    /// The message that the event is an output of, where that is not the one that the handler works
    /// on: a poller, for example, names the message whose effect it reports.
    fn cause(&self) -> Option<Value> {
        None
    }
}

/// A document in a handler's hands: what was loaded, and the version it then had.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Versioned<D> {
    pub(super) key: Value,
    pub(super) version: i64,
    pub(super) document: D,
}

impl<D: Document> Versioned<D> {
    /// The key under which it is kept.
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

    /// It was written, together with other documents, and has this version now.
    pub fn written_as(&mut self, version: i64) {
        self.version = version;
    }

    /// The write that fails if somebody else has written since.
    pub fn checked(&self) -> Flow<Write> {
        Ok(Write {
            expected: Some(self.version),
            ..self.blind()?
        })
    }

    /// The write that succeeds whoever has written since.
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
