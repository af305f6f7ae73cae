//! The calls that a handler makes, and their outcomes, as plain data.

use crate::value::Value;

/// A call that a handler makes, in the form that the world receives.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Call {
    /// Read one document.
    Load {
        /// The collection that contains the document.
        collection: &'static str,
        /// Its key.
        key: Value,
    },
    /// Read all documents of a collection.
    List {
        /// The collection.
        collection: &'static str,
    },
    /// Take the next number of a sequence. It is used up even if the caller fails.
    Next {
        /// The collection whose only document is the sequence.
        sequence: &'static str,
    },
    /// Write documents, all or none.
    Commit(Vec<Write>),
    /// Write documents and send a message to the broker, all or none: what a two-phase commit of
    /// both does. The second part is a [`Call::Publish`].
    CommitAndPublish(Vec<Write>, Box<Call>),
    /// Ask whether the identity is in the set.
    Contains(Member),
    /// Insert the identity into the set.
    Insert(Member),
    /// Remove the identity from the set.
    Remove(Member),
    /// Send a message to the broker.
    Publish {
        /// The name of the output.
        output: &'static str,
        /// The message.
        message: Value,
        /// The message whose output it is, if that is not the message being handled.
        cause: Option<Value>,
        /// The index in the history, from 1, of the change that the message reports; 0 if it reports
        /// none.
        basis: i64,
    },
    /// Send a message to an endpoint.
    Send {
        /// The endpoint's name; it may be the handler's own.
        to: &'static str,
        /// Whether it waits until it becomes due, instead of being delivered at once.
        later: bool,
        /// The name of the output.
        output: &'static str,
        /// The message.
        message: Value,
        /// The message whose output it is, if that is not the message being handled.
        cause: Option<Value>,
        /// The index in the history, from 1, of the change that the message reports; 0 if it reports
        /// none.
        basis: i64,
    },
    /// Delete a document that still has the expected version.
    Delete(Deletion),
    /// Answer the request. This can be done once.
    Reply(Value),
    /// Acknowledge the message, so that it is not delivered again.
    Ack,
    /// Send a request to a third party.
    Ask {
        /// The name of the third party; `None` if there is only one.
        party: Option<&'static str>,
        /// The name of the step in which the answer or a time-out arrives.
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
    /// The version that it must still have; `None` deletes without a check.
    pub expected: Option<i64>,
}

/// One document to write.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Write {
    /// The collection it belongs to.
    pub collection: &'static str,
    /// Its key.
    pub key: Value,
    /// The version that it must still have; `None` writes without a check.
    pub expected: Option<i64>,
    /// Its content.
    pub document: Value,
    /// The message whose effect it is, if that is not the message being handled.
    pub cause: Option<Value>,
}

impl Call {
    /// The store that the call uses, or the endpoint that it sends to.
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

    /// The documents that the call writes.
    pub fn writes(&self) -> &[Write] {
        match self {
            Call::Commit(writes) | Call::CommitAndPublish(writes, _) => writes,
            _ => &[],
        }
    }
}

/// The outcome of a call.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Outcome {
    /// The document and its version, which is 0 if the document does not exist.
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
    /// Not written, because another writer has changed it since it was read.
    Conflict,
    /// Whether the identity is in the set.
    Found(bool),
    /// Done.
    Done,
    /// Refused, because the lease on the message is lost.
    Refused,
    /// No answer arrived: the call may have had its effect, or not.
    Failed,
    /// The third party's answer.
    Answered(Value),
}
