//! Exactly-once HTTP: a call to another service by PUT, POST, GET and DELETE.
//!
//! **Problem.** Shop books a courier over HTTP when it handles a command. The command may come again,
//! the call may time out, and each booking costs money. The courier offers no idempotency keys; it
//! offers requests as resources.
//!
//! **Participants.** The endpoint `Shop` with its own store, and the `Courier` with the requests. PUT
//! stores a request under a URL and does nothing else. POST executes the request at that URL, once: a
//! second POST gets the stored response. GET reads the response. DELETE removes request and response;
//! afterwards a POST gets 400, and a GET finds nothing (404).
//!
//! ```text
//!   Shop ──PUT url──▶ Courier      a request, under a URL of this attempt
//!     save: this url               the commit: one attempt is selected
//!   Shop ──POST url──▶ Courier     the booking, once; DELETE the URLs of all other attempts
//!     send a message to itself     the follow-up
//!   Shop ──GET url──▶ Courier      the response
//!     save: the response
//!   Shop ──DELETE url──▶ Courier   nothing is left
//! ```
//!
//! **One transaction** is a write of the booking's document in the shop's store, which checks the
//! version, or one request at the courier. A URL is registered in the document before its PUT, so that
//! another attempt can remove it.
//!
//! **Where it may crash.** Between any two steps. The document says where to go on: a URL is selected
//! or not, other attempts are registered or not, the response is saved or not.
//!
//! * **POST before commit**: executes the request before its URL is saved. The attempt after a crash
//!   has a URL of its own, and books once more.
//! * **Delete before answer**: deletes the request before the response is saved. After a crash the
//!   follow-up finds nothing, and ends in the error queue.
//! * **POST on receipt**: as the workshop's code does it, the follow-up posts, and only then looks
//!   whether it was handled before. A copy of it that comes after the DELETE gets 400, which is taken
//!   for an error: a *poisoned* message, although nothing is wrong.
//! * **Four phases**, one attempt at a time, is right: each booking is made once, its response saved,
//!   and nothing left at the courier.
//! * **Overlapping attempts** are safe, but not clean. One that has registered and is slow puts its
//!   request after another has committed and cleaned up: no transaction tells it to stop. A **late
//!   PUT** does the same without a second attempt. Two follow-ups may overlap, too: one that finds no
//!   response looks again whether the other has saved it, before it calls that an error.
//!
//! **What it guarantees, at what price.** One booking a command, through crashes and lost answers, and
//! no memory at the courier afterwards. The price is four calls, four writes and a message. An
//! idempotency key takes one call, but the courier must keep it as long as a repetition may come.
//!
//! **Source.** The blog's posts on exactly-once HTTP, and the workshop's code, whose follow-up is the
//! variant above; its shortest failure is a crash between the DELETE and the acknowledgement.
//!
//! **Left out.** A booking that the courier declines, and what a request costs that is never deleted.
//! The follow-up has the identity of its command, since the document says which of the two is due.

mod catalogue;
mod courier;
#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

pub use self::courier::Status;
use self::courier::{Courier, Request};
use crate::catalogue::{Description, Instance, Protocol};
use crate::kit::document::{Document, Event, Identity, MessageId, Versioned};
use crate::kit::io::{Call, Flow, Io, give_back};
use crate::kit::replay::{Entry, Handler, Log};
use crate::kit::stores::Stores;
use crate::kit::system::{Spec, System};
use crate::kit::third_party::ThirdParty;
use crate::value::{Set, Value};

/// A booking, stored under the identity of its command.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Booking {
    /// The URLs under which attempts may have put a request.
    attempts: Set<Identity>,
    /// The URL of the attempt that was selected.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    url: Option<Identity>,
    /// Whether the response is saved.
    pub answered: bool,
}

impl Document for Booking {
    const COLLECTION: &'static str = "bookings";
    const BUSINESS: &'static [&'static str] = &["answered"];
}

/// The messages that could not be handled.
const ERRORS: &str = "errors";

/// The message that the shop sends to itself when the request is executed.
#[derive(Debug, Serialize)]
#[serde(transparent)]
pub struct FollowUp {
    command: MessageId,
}

impl Event for FollowUp {
    const OUTPUT: &'static str = "FollowUp";
}

/// The parts in which the variants differ.
#[derive(Clone, Copy)]
struct Way {
    /// When the request is executed.
    post: Post,
    /// Whether the response is saved before the request is deleted.
    saves_first: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Post {
    BeforeCommit,
    AfterCommit,
    /// When a follow-up arrives.
    OnReceipt,
}

const FOUR_PHASES: Way = Way {
    post: Post::AfterCommit,
    saves_first: true,
};

fn book(io: &mut dyn Io, id: MessageId, way: Way, limit: usize) -> Flow {
    book_by(io, id, way, limit, |io, id, booking, url| {
        follow_up(io, id, booking, url, way)
    })
}

/// Handles a command with PUT, commit and follow-up. `follow_up` handles the follow-up and sends the
/// POST.
pub fn book_and_follow_up(io: &mut dyn Io, id: MessageId, follow_up: FollowsUp) -> Flow {
    const LIMIT: usize = 4;
    let way = Way {
        post: Post::OnReceipt,
        ..FOUR_PHASES
    };
    book_by(io, id, way, LIMIT, follow_up)
}

/// The function that handles a follow-up, given the booking and the URL of its request.
pub type FollowsUp = fn(&mut dyn Io, MessageId, Versioned<Booking>, Identity) -> Flow;

fn book_by(
    io: &mut dyn Io,
    id: MessageId,
    way: Way,
    limit: usize,
    follow_up: impl Fn(&mut dyn Io, MessageId, Versioned<Booking>, Identity) -> Flow,
) -> Flow {
    let mut booking = io.load::<Booking>("Load", id)?;
    match booking.url {
        Some(url) if booking.attempts.is_empty() => return follow_up(io, id, booking, url),
        Some(url) => publish(io, id, &mut booking, url, way)?,
        None if booking.attempts.len() >= limit => return give_back(),
        None => {
            let url = io.fresh_id()?;
            booking.attempts.insert(url);
            io.commit("Register", &mut booking)?.or_give_back()?;
            ask(
                io,
                ["Put", "PutAnswered"],
                Request::Put { url, command: id },
            )?;
            if way.post == Post::BeforeCommit {
                post(io, url)?;
            }
            booking.url = Some(url);
            io.commit("Commit", &mut booking)?.or_give_back()?;
            publish(io, id, &mut booking, url, way)?;
        }
    }
    io.ack("Ack")
}

/// Executes the selected request, and removes requests of other attempts. A request that does not
/// exist was executed, answered and deleted before.
fn publish(
    io: &mut dyn Io,
    command: MessageId,
    booking: &mut Versioned<Booking>,
    selected: Identity,
    way: Way,
) -> Flow {
    if way.post == Post::AfterCommit {
        post(io, selected)?;
    }
    let attempts = std::mem::take(&mut booking.attempts);
    for url in attempts.iter().filter(|url| **url != selected) {
        let delete = Request::Delete { url: *url };
        ask(io, ["DeleteOther", "DeleteOtherAnswered"], delete)?;
    }
    io.send("SendFollowUp", "Shop", &FollowUp { command })?
        .or_give_back()?;
    io.commit("Clear", booking)?.or_give_back()
}

/// The second half: fetches the response, saves it, and removes the request.
fn follow_up(
    io: &mut dyn Io,
    id: MessageId,
    mut booking: Versioned<Booking>,
    url: Identity,
    way: Way,
) -> Flow {
    if way.post == Post::OnReceipt && post(io, url)? == Status::Missing {
        return reject(io, id);
    }
    let open = !booking.answered;
    if open && get(io, url)? == Status::Missing {
        return look_again(io, id);
    }
    booking.answered = true;
    if open && way.saves_first {
        io.commit("SaveResponse", &mut booking)?.or_give_back()?;
    }
    delete(io, url)?;
    if open && !way.saves_first {
        io.commit("SaveResponse", &mut booking)?.or_give_back()?;
    }
    io.ack("Ack")
}

/// There is no response: either another follow-up has saved and deleted it, or it is lost.
/// Acknowledges the follow-up in the first case, and rejects it in the second.
pub fn look_again(io: &mut dyn Io, id: MessageId) -> Flow {
    match io.load::<Booking>("LoadAgain", id)?.answered {
        true => io.ack("Ack"),
        false => reject(io, id),
    }
}

/// Handles an error that no repetition can repair: the message goes to the error queue.
pub fn reject(io: &mut dyn Io, id: MessageId) -> Flow {
    io.insert("Reject", ERRORS, id)?.or_give_back()?;
    io.ack("Ack")
}

/// Executes the request at the URL, once. A second POST gets the response again.
pub fn post(io: &mut dyn Io, url: Identity) -> Flow<Status> {
    ask(io, ["Post", "PostAnswered"], Request::Post { url })
}

/// Reads the response at the URL.
pub fn get(io: &mut dyn Io, url: Identity) -> Flow<Status> {
    ask(io, ["Get", "GetAnswered"], Request::Get { url })
}

/// Deletes request and response at the URL, if they are there.
pub fn delete(io: &mut dyn Io, url: Identity) -> Flow<Status> {
    ask(io, ["Delete", "DeleteAnswered"], Request::Delete { url })
}

/// If there is no answer, the message is delivered again, and the request is sent again.
fn ask(io: &mut dyn Io, steps: [&'static str; 2], request: Request) -> Flow<Status> {
    io.ask::<Status>(steps, request)?.or_give_back()
}

/// The URL of the handler's attempt, and the URLs of other attempts that it has deleted.
fn remembers(log: &Log) -> Vec<(&'static str, Value)> {
    let mut remembered = Vec::new();
    let mut deleted = BTreeSet::new();
    for entry in log.iter() {
        match &**entry {
            Entry::Fresh(url) => remembered.push(("attempt", url.clone())),
            Entry::Called {
                action: "DeleteOther",
                call: Call::Ask { request, .. },
                ..
            } => deleted.extend(request.get("url").cloned()),
            Entry::Called { .. } => {}
        }
    }
    if !deleted.is_empty() {
        remembered.push(("deleted", Value::set(deleted)));
    }
    remembered
}

/// The protocol.
pub struct ExactlyOnceHttp;

impl Protocol for ExactlyOnceHttp {
    fn describe(&self) -> Description {
        catalogue::describe()
    }

    fn system(&self, instance: &Instance) -> System {
        let commands = (1..=instance.get("messages")).map(MessageId);
        let courier = ThirdParty::new(
            &Courier::expecting(commands.clone()),
            Courier::answer,
            |_| Vec::new(),
        );
        let courier = courier.map(|courier| courier.saying(Courier::says));
        let bookings = commands.map(|id| (Value::from(id), Booking::default()));
        let stores = Stores::default().many(bookings).set(ERRORS, []);
        let limit = usize::from(instance.get("attempts"));
        let handler = handler(instance.variant.handler, limit);
        System::new(Spec {
            copies: instance.get("copies"),
            third_parties: courier
                .ok()
                .into_iter()
                .map(|courier| ("Courier", courier))
                .collect(),
            remembers,
            ..instance.spec("Shop", instance.get("messages"), handler, stores)
        })
    }
}

fn handler(name: &str, limit: usize) -> Handler {
    let way = match name {
        "post-before-commit" => Way {
            post: Post::BeforeCommit,
            ..FOUR_PHASES
        },
        "delete-before-answer" => Way {
            saves_first: false,
            ..FOUR_PHASES
        },
        "post-on-receipt" => Way {
            post: Post::OnReceipt,
            ..FOUR_PHASES
        },
        "four-phases" => FOUR_PHASES,
        _ => return Handler::unknown(name),
    };
    Handler::new(move |io, id: &MessageId| book(io, *id, way, limit))
}
