//! Transactional session: a message that is sent before the commit completes what the commit began.
//!
//! **Problem.** A request changes a store and must publish an event about it. It has no queue behind it
//! that would try again, and no transaction spans store and broker.
//!
//! **Participants.** The web server, which handles the request in a session of its own; and the
//! completer, an endpoint that receives the completion message of each session.
//!
//! ```text
//!   Browser ──request──▶ Web ──1. Completion (later)──▶ Completer ──▶ committed? publish
//!                         └──2. commit──▶ sessions ◀─────────┘       not yet?   try again later
//!                                                                    never?     tombstone
//! ```
//!
//! **One transaction** is one write of the session's record, which holds the change and its event. The
//! commit *creates* the record: it fails if there is one already.
//!
//! **Where it may crash.** Between any two steps. The completion message is on its way before anything
//! is committed. If the web server dies afterwards, the completer still looks at the session.
//!
//! * **Commit first** sends the completion message after the commit. A crash in between leaves a change
//!   that is never published: no other process knows of the session.
//! * **Unchecked**: the completer publishes without reading the record. If the request is slow, or its commit
//!   fails, the event is about a change that did not happen.
//! * **Retry without limit**: the completer tries until the commit is there. After a crash of the web
//!   server there will be none, and the tries never end.
//! * **No tombstone**: the completer gives up after some tries and leaves nothing behind. A request that
//!   is slower than that commits, and its event is never published. It needs no fault, only a slow
//!   thread: no number of tries and no delay is large enough.
//! * **Blind commit**: the completer leaves a tombstone, and the commit overwrites it. Both believe that
//!   they were in time.
//! * **Tombstone** is right: when the completer gives up it creates the record itself, as abandoned.
//!   The commit that comes late finds it and fails, and the user gets an error, which is true. If the
//!   commit is faster, the tombstone fails, and the message comes back and finds the commit.
//!
//! **What it guarantees, at what price.** What is committed is published, and nothing else. A request costs a
//! send and a write, and its completion a read and a publish, or a few tries more. The event is
//! published at least once. Records must be kept as long as a request may still be running.
//!
//! **Source.** The session of the workshop's end-to-end example, whose connector registers an attempt
//! and leaves a tombstone; message libraries have it under this name.
//!
//! **Left out.** The delay, which is any time at all here; and the clean-up of records.

mod catalogue;
mod guarantees;
#[cfg(test)]
mod tests;

use serde::{Deserialize, Serialize};

use crate::catalogue::{Description, Instance, Protocol};
use crate::kit::document::{Document, Event, MessageId, Versioned};
use crate::kit::hosts::Further;
use crate::kit::io::{Flow, Io};
use crate::kit::replay::Handler;
use crate::kit::stores::Stores;
use crate::kit::system::{Intake, Spec, System};
use crate::value::{Value, to_value};

/// The request; its session has the same identity.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Request {
    /// Its session.
    pub session: MessageId,
}

/// The record of a session.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Session {
    /// Whether its change is committed, together with the event about it.
    pub committed: bool,
    /// Whether it is abandoned: a tombstone.
    pub abandoned: bool,
}

impl Document for Session {
    const COLLECTION: &'static str = "sessions";
    const BUSINESS: &'static [&'static str] = &["committed"];
}

/// The message that completes a session.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Completion {
    session: MessageId,
    /// How often the completer has looked for the commit without finding it.
    tries: u8,
}

impl Event for Completion {
    const OUTPUT: &'static str = "Completion";

    /// Every completion message is about a request, also if another message caused it.
    fn cause(&self) -> Option<Value> {
        Some(Value::from(self.session))
    }
}

/// The event about the change.
#[derive(Debug, Clone, Serialize)]
pub struct OrderPlaced {
    session: MessageId,
}

impl Event for OrderPlaced {
    const OUTPUT: &'static str = "OrderPlaced";

    /// The event reports the change that the request made.
    fn cause(&self) -> Option<Value> {
        Some(Value::from(self.session))
    }
}

/// The answer to the user.
#[derive(Debug, Clone, Copy, Serialize)]
pub enum Reply {
    /// The change is committed.
    Done,
}

/// The order in which a request sends and commits, and how it commits.
#[derive(Clone, Copy)]
enum Committing {
    AfterSending,
    BeforeSending,
    Blindly,
}

fn request(io: &mut dyn Io, request: &Request, committing: Committing) -> Flow {
    match committing {
        Committing::AfterSending => {
            send_completion(io, request)?;
            let mut session = committed(request)?;
            io.commit("Commit", &mut session)?.or_unanswered()?;
        }
        Committing::BeforeSending => {
            let mut session = committed(request)?;
            io.commit("Commit", &mut session)?.or_unanswered()?;
            send_completion(io, request)?;
        }
        Committing::Blindly => {
            send_completion(io, request)?;
            let mut session = committed(request)?;
            io.overwrite("Commit", &mut session)?.or_unanswered()?;
        }
    }
    io.reply("ReplyDone", Reply::Done)
}

/// Sends the message that completes the session. It is delivered later, even if the request fails.
pub fn send_completion(io: &mut dyn Io, request: &Request) -> Flow {
    let completion = Completion {
        session: request.session,
        tries: 0,
    };
    io.send_later("SendCompletion", "Completer", &completion)?
        .or_unanswered()
}

/// The record of a session with its change. `commit` creates it, and fails if a record exists already.
pub fn committed(request: &Request) -> Flow<Versioned<Session>> {
    let session = Session {
        committed: true,
        abandoned: false,
    };
    Versioned::new(request.session, session)
}

/// What the completer does if a session is not committed.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Uncommitted {
    Publish,
    TryAgain,
    GiveUpAfter(u8),
    BuryAfter(u8),
}

impl Uncommitted {
    /// The number of the next try; `None` if the completer gives up.
    fn next_try(self, tries: u8) -> Option<u8> {
        match self {
            Uncommitted::Publish => None,
            Uncommitted::TryAgain => Some(tries),
            Uncommitted::GiveUpAfter(most) | Uncommitted::BuryAfter(most) => {
                (tries < most).then(|| tries + 1)
            }
        }
    }
}

fn complete(io: &mut dyn Io, message: &Completion, uncommitted: Uncommitted) -> Flow {
    let mut session = io.load::<Session>("LoadSession", message.session)?;
    if session.committed || uncommitted == Uncommitted::Publish {
        let event = OrderPlaced {
            session: message.session,
        };
        io.publish("Publish", &event)?.or_give_back()?;
        return io.ack("AckCompletion");
    }
    if session.abandoned {
        return io.ack("AckCompletion");
    }
    if let Some(tries) = uncommitted.next_try(message.tries) {
        let again = Completion {
            session: message.session,
            tries,
        };
        io.send_later("TryAgainLater", "Completer", &again)?
            .or_give_back()?;
    } else if matches!(uncommitted, Uncommitted::BuryAfter(_)) {
        session.abandoned = true;
        io.commit("SaveTombstone", &mut session)?.or_give_back()?;
    }
    io.ack("AckCompletion")
}

/// The protocol.
pub struct TransactionalSession;

impl Protocol for TransactionalSession {
    fn describe(&self) -> Description {
        catalogue::describe()
    }

    fn system(&self, instance: &Instance) -> System {
        let session = MessageId(1);
        let stores = Stores::default().many([(Value::from(session), Session::default())]);
        let tries = instance.get("tries");
        let completions = (0..=tries).map(|tries| Completion { session, tries });
        let completions = completions.map(|message| {
            to_value(&message).unwrap_or_else(|error| Value::str(&error.to_string()))
        });
        let (web, completer) = handlers(instance.variant.handler, tries);
        System::new(Spec {
            intake: Intake::Requests,
            copies: instance.get("tabs"),
            later: &["Completer"],
            further: vec![Further {
                slots: usize::from(instance.get("completer-slots")),
                ..Further::new("Completer", completions.collect(), completer)
            }],
            may_fail: &["SendCompletion", "TryAgainLater", "Publish"],
            ..instance.spec("Web", instance.get("sessions"), web, stores)
        })
    }
}

/// The handlers of a variant: of a request, and of a completion message.
fn handlers(variant: &str, tries: u8) -> (Handler, Handler) {
    let bury = Uncommitted::BuryAfter(tries);
    let (committing, uncommitted) = match variant {
        "commit-first" => (Committing::BeforeSending, bury),
        "unchecked" => (Committing::AfterSending, Uncommitted::Publish),
        "retry-without-limit" => (Committing::AfterSending, Uncommitted::TryAgain),
        "no-tombstone" => (Committing::AfterSending, Uncommitted::GiveUpAfter(tries)),
        "blind-commit" => (Committing::Blindly, bury),
        "tombstone" => (Committing::AfterSending, bury),
        _ => return (Handler::unknown(variant), Handler::unknown(variant)),
    };
    let web =
        Handler::new(move |io: &mut dyn Io, message: &Request| request(io, message, committing));
    let completer = Handler::new(move |io: &mut dyn Io, message: &Completion| {
        complete(io, message, uncommitted)
    });
    (web, completer)
}
