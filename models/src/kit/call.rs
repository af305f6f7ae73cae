//! The calls that a handler makes, and their outcomes, as plain data.

use crate::value::Value;

/// A call that a handler makes, as the world sees it.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Call {
    /// Read one document.
    Load {
        /// The collection that holds it.
        collection: &'static str,
        /// Its key.
        key: Value,
    },
    /// Read all documents of a collection.
    List {
        /// The collection.
        collection: &'static str,
    },
    /// Take the next number of a sequence. It stays taken if the caller fails.
    Next {
        /// The collection whose one document is the sequence.
        sequence: &'static str,
    },
    /// Write documents, all or none.
    Commit(Vec<Write>),
    /// Write documents and hand a message to the broker, all or none: what a two-phase commit of the
    /// two does. The second part is a [`Call::Publish`].
    CommitAndPublish(Vec<Write>, Box<Call>),
    /// Is the identity in the set?
    Contains(Member),
    /// Put the identity into the set.
    Insert(Member),
    /// Take the identity out of the set.
    Remove(Member),
    /// Hand a message to the broker.
    Publish {
        /// Which of the message's outputs this is.
        output: &'static str,
        /// The message.
        message: Value,
        /// The message that it is an output of, where that is not the one being handled.
        cause: Option<Value>,
        /// The index in the history, from 1, of the change that the message reports; 0 if it reports
        /// none.
        basis: i64,
    },
    /// Send a message to an endpoint.
    Send {
        /// The endpoint's name; it may be the handler's own.
        to: &'static str,
        /// Whether it waits until it becomes due, instead of at once.
        later: bool,
        /// Which of the message's outputs this is.
        output: &'static str,
        /// The message.
        message: Value,
        /// The message that it is an output of, where that is not the one being handled.
        cause: Option<Value>,
        /// The index in the history, from 1, of the change that the message reports; 0 if it reports
        /// none.
        basis: i64,
    },
    /// Delete a document that still has the expected version.
    Delete(Deletion),
    /// Answer the request. Once.
    Reply(Value),
    /// Acknowledge the message: it is not delivered again.
    Ack,
    /// Send a request to a third party.
    Ask {
        /// The name of the third party; none where there is only one.
        party: Option<&'static str>,
        /// The name of the step in which its answer, or a time-out, comes in.
        answered: &'static str,
        /// The request.
        request: Value,
    },
}

/// An identity in a set of identities.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Member {
    /// The set.
    pub set: &'static str,
    /// The identity.
    pub id: Value,
}

/// One document to delete.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Deletion {
    /// The collection it belongs to.
    pub collection: &'static str,
    /// Its key.
    pub key: Value,
    /// The version it must still have; `None` deletes blindly.
    pub expected: Option<i64>,
}

/// One document to write.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Write {
    /// The collection it belongs to.
    pub collection: &'static str,
    /// Its key.
    pub key: Value,
    /// The version it must still have; `None` writes blindly.
    pub expected: Option<i64>,
    /// Its content.
    pub document: Value,
    /// The message whose effect it is, where that is not the one being handled.
    pub cause: Option<Value>,
}

impl Call {
    /// The store that it is about, or the endpoint that it sends to.
    pub fn about(&self) -> Option<&'static str> {
        match self {
            Call::Load { collection, .. } | Call::List { collection } => Some(collection),
            Call::Next { sequence } => Some(sequence),
            Call::Commit(writes) | Call::CommitAndPublish(writes, _) => {
                writes.first().map(|write| write.collection)
            }
            Call::Delete(deletion) => Some(deletion.collection),
            Call::Contains(member) | Call::Insert(member) | Call::Remove(member) => {
                Some(member.set)
            }
            Call::Send { to, .. } => Some(to),
            Call::Publish { .. } | Call::Reply(_) | Call::Ack | Call::Ask { .. } => None,
        }
    }

    /// The documents that it writes.
    pub fn writes(&self) -> &[Write] {
        match self {
            Call::Commit(writes) | Call::CommitAndPublish(writes, _) => writes,
            _ => &[],
        }
    }
}

/// What came of a call.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Outcome {
    /// The document and its version, 0 if it does not exist yet.
    Loaded {
        /// How often it has been written.
        version: i64,
        /// Its content; `None` if it does not exist.
        document: Option<Value>,
    },
    /// All documents of the collection: key, version, content.
    Listed(Vec<(Value, i64, Value)>),
    /// The number that was taken.
    Number(i64),
    /// Written; the new version of every document, in the order of the call.
    Committed(Vec<i64>),
    /// Not written: somebody else has written since.
    Conflict,
    /// Whether the identity is in the set.
    Found(bool),
    /// Done.
    Done,
    /// Refused: the lease on the message is lost.
    Refused,
    /// No answer came back: the call may have had its effect, or not.
    Failed,
    /// The third party's answer.
    Answered(Value),
}
