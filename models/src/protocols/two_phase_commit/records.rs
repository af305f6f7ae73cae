//! The records of the coordinator, the two resources and the observer, and the message.

use serde::{Deserialize, Serialize};

use crate::kit::document::{Document, Event, MessageId};

/// The phase of a transaction at a resource.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Phase {
    /// It has not voted, or has voted no.
    #[default]
    Idle,
    /// It has voted yes, and waits.
    Prepared,
    /// The change is done and visible.
    Committed,
    /// The change is undone.
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
    /// Its phase.
    pub phase: Phase,
}

/// The database's record of a transaction.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Changed {
    /// Its phase.
    pub phase: Phase,
}

/// What the observer found when it received the message.
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

/// The record of a transaction at a resource.
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
    /// The transaction that sent it.
    pub transaction: MessageId,
}

impl Event for Message {
    const OUTPUT: &'static str = "Message";
}
