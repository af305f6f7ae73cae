//! What the coordinator, the two resources and the observer keep, and the message.

use serde::{Deserialize, Serialize};

use crate::kit::document::{Document, Event, MessageId};

/// How far a resource is with a transaction.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Phase {
    /// It has not voted, or has voted no.
    #[default]
    Idle,
    /// It has voted yes, and waits.
    Prepared,
    /// What it was asked for is done, and visible.
    Committed,
    /// What it was asked for is undone.
    Aborted,
}

/// What the coordinator has decided.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Decision {
    /// Nothing yet.
    #[default]
    Open,
    /// Both resources commit.
    Commit,
    /// Both resources abort.
    Abort,
}

/// The coordinator's record of a transaction.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(super) struct Record {
    pub(super) decision: Decision,
}

/// The queue's record of a transaction.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Queued {
    /// How far it is.
    pub phase: Phase,
}

/// The database's record of a transaction.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Changed {
    /// How far it is.
    pub phase: Phase,
}

/// What the observer found when it had received the message.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(super) struct Seen {
    pub(super) changed: bool,
}

impl Document for Record {
    const COLLECTION: &'static str = "log";
    const BUSINESS: &'static [&'static str] = &[];
}

impl Document for Queued {
    const COLLECTION: &'static str = "queue";
    const BUSINESS: &'static [&'static str] = &[];
}

impl Document for Changed {
    const COLLECTION: &'static str = "database";
    const BUSINESS: &'static [&'static str] = &[];
}

impl Document for Seen {
    const COLLECTION: &'static str = "seen";
    const BUSINESS: &'static [&'static str] = &[];
}

/// A record that a resource keeps of a transaction.
pub(super) trait Resource: Document {
    fn phase(&mut self) -> &mut Phase;
}

impl Resource for Queued {
    fn phase(&mut self) -> &mut Phase {
        &mut self.phase
    }
}

impl Resource for Changed {
    fn phase(&mut self) -> &mut Phase {
        &mut self.phase
    }
}

/// The message, which becomes visible when the queue commits.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Message {
    /// The transaction that it was sent by.
    pub transaction: MessageId,
}

impl Event for Message {
    const OUTPUT: &'static str = "Message";
}
