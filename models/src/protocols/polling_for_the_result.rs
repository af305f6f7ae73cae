//! Polling for the result: what a client may conclude from each answer of a status resource.
//!
//! **Problem.** A request that only queues a command can answer "202, accepted" and no more. The client
//! learns the result by polling a status resource. Each answer, and each time-out, gives only limited
//! information. A client that concludes too much orders twice, or waits for a result that never comes.
//!
//! **Participants.** The browser, which sends the first request; a client, which polls and may submit
//! again; and the shop with its own queue, the orders, and the status of the cart.
//!
//! ```text
//!   Browser ──Submit──▶ Shop ──MakeOrder──▶ (its own queue) ──▶ Shop ──MakeOrder──▶ orders
//!           ◀──202────    └────Pending────▶ status ◀────────Done─────┘
//!   Client ──GET──▶ status
//!          ──Submit──▶ Shop       (again, after a 404)
//! ```
//!
//! **One transaction** is one send or one write of one document. The status is a document of its own.
//!
//! **What the client may conclude**, from the right shop:
//!
//! | answer | conclusion |
//! |---|---|
//! | time-out | nothing: the request is lost, or on its way, or done |
//! | 404, not found | nothing: the command may be waiting; to submit again must be harmless |
//! | 202 or pending | there will be an order |
//! | done | there is an order |
//!
//! **Where it may crash.** Between any two steps; the command comes again, the request does not.
//!
//! * **Order per command**: the client reads 404 as "it was lost" and submits again, while the first
//!   command waits. The shop makes an order of each command: two orders, without any fault.
//! * **Answer first**: 202 is answered before the command is sent. After a crash in between, the answer
//!   was false.
//! * **Pending first**: the status says pending before the command is sent. After a crash it
//!   never changes, and keeps the client from submitting again.
//! * **Done first**: the status says done before the order is made. The client shows an order that
//!   does not exist yet.
//! * **Blind pending**: the command is done before the request writes "pending", and the request
//!   overwrites "done". The client never learns the result.
//! * **Wait only**: the client never submits again. It cannot tell a command that waits from a request
//!   that died, so a crash leaves the intent unfulfilled.
//! * **Command expires**: the command waits for too long, and the broker removes it. The status says
//!   pending, nothing is left that could change it, and the client does not submit again.
//! * **Submit again** is right: the command has the identity of the cart, so the shop makes one order of
//!   it, however often it is submitted. The request sends, then creates "pending" if there is no status
//!   yet, then answers; the command makes the order, then writes "done".
//! * **Until done** is also right if commands expire: the same shop, and a client that submits again as
//!   long as the status does not say done. Only the sender can repair an expiry, since no handler notices it.
//!
//! **What it guarantees, at what price.** One order of a cart, and every answer is true. A command costs
//! one send, one order and two writes of the status, and each poll a read.
//!
//! **Source.** The workshop reads the result from the list of orders and has no status resource; this
//! protocol is our own, made of its sync-async boundary and the usual 202 with a status resource.
//!
//! **Left out.** That the client polls while nothing has changed, which it cannot notice; results other
//! than success; and statuses that expire.

mod catalogue;
mod guarantees;
#[cfg(test)]
mod tests;

use serde::{Deserialize, Serialize};

use super::cart_promises::Shop;
use crate::catalogue::{Description, Instance, Protocol};
use crate::kit::document::{Document, Event, MessageId, Versioned};
use crate::kit::hosts::Further;
use crate::kit::io::{Flow, Io};
use crate::kit::replay::Handler;
use crate::kit::stores::Stores;
use crate::kit::system::{Intake, Spec, State, System};
use crate::kit::world::World;
use crate::value::{Value, to_value};

/// The request: submit this cart.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(tag = "type")]
pub struct Submit {
    cart: MessageId,
}

impl Event for Submit {
    const OUTPUT: &'static str = "Submit";
}

/// The command that the shop sends to itself.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(tag = "type")]
pub struct MakeOrder {
    cart: MessageId,
}

impl Event for MakeOrder {
    const OUTPUT: &'static str = "MakeOrder";
}

/// The orders made from the cart.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Orders {
    /// The number of orders.
    made: u8,
}

impl Document for Orders {
    const COLLECTION: &'static str = "orders";
    const BUSINESS: &'static [&'static str] = &["made"];
}

/// The answers of the status resource.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Answer {
    /// 404: there is no status.
    #[default]
    NotFound,
    /// There will be an order.
    Pending,
    /// There is an order.
    Done,
}

/// The status of the cart.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Status {
    says: Answer,
}

impl Document for Status {
    const COLLECTION: &'static str = "status";
    const BUSINESS: &'static [&'static str] = &[];
}

/// What the client knows.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Client {
    /// The last answer of the status resource.
    saw: Answer,
    /// How often it may still submit again if there is no status.
    left: u8,
}

impl Document for Client {
    const COLLECTION: &'static str = "client";
    const BUSINESS: &'static [&'static str] = &[];
}

/// The handler of a request.
type Accept = fn(&mut dyn Io, &Submit) -> Flow;

fn send_first(io: &mut dyn Io, request: &Submit) -> Flow {
    send(io, request)?;
    create_pending(io)?;
    answer(io)
}

fn answer_first(io: &mut dyn Io, request: &Submit) -> Flow {
    answer(io)?;
    send(io, request)?;
    create_pending(io)
}

fn pending_first(io: &mut dyn Io, request: &Submit) -> Flow {
    create_pending(io)?;
    send(io, request)?;
    answer(io)
}

fn blind_pending(io: &mut dyn Io, request: &Submit) -> Flow {
    send(io, request)?;
    let mut pending = status(Answer::Pending)?;
    io.overwrite("WritePending", &mut pending)?
        .or_unanswered()?;
    answer(io)
}

fn status(says: Answer) -> Flow<Versioned<Status>> {
    Versioned::new(0, Status { says })
}

fn send(io: &mut dyn Io, request: &Submit) -> Flow {
    let command = MakeOrder { cart: request.cart };
    io.send("SendCommand", "Shop", &command)?.or_unanswered()
}

/// Creates the status. If it exists already, it is not changed, because it says at least as much.
fn create_pending(io: &mut dyn Io) -> Flow {
    let _exists = io.commit("WritePending", &mut status(Answer::Pending)?)?;
    Ok(())
}

/// Answers 202: there will be an order.
fn answer(io: &mut dyn Io) -> Flow {
    io.reply("ReplyAccepted", "Accepted")
}

/// How a command makes its order.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Making {
    Once,
    Always,
    AfterDone,
}

fn make(io: &mut dyn Io, making: Making) -> Flow {
    if making == Making::AfterDone {
        write_done(io)?;
    }
    let mut orders = io.load::<Orders>("LoadOrders", 0)?;
    if orders.made == 0 || making == Making::Always {
        orders.made += 1;
        io.commit("MakeOrder", &mut orders)?.or_give_back()?;
    }
    if making != Making::AfterDone {
        write_done(io)?;
    }
    io.ack("AckCommand")
}

fn write_done(io: &mut dyn Io) -> Flow {
    let mut done = status(Answer::Done)?;
    io.overwrite("WriteDone", &mut done)?.or_give_back()
}

/// Whether an answer makes the client submit again.
type Stands = fn(&Client, Answer) -> bool;

fn not_found(_: &Client, says: Answer) -> bool {
    says == Answer::NotFound
}

/// There is no status, or it is still pending: the command may have expired.
fn not_done(client: &Client, says: Answer) -> bool {
    says == Answer::NotFound || (says == Answer::Pending && client.saw == Answer::Pending)
}

/// The client polls: it stores the answer, or submits again.
fn poll(io: &mut dyn Io, stands: Stands) -> Flow {
    let mut client = io.load::<Client>("LoadClient", 0)?;
    let status = io.load::<Status>("GetStatus", 0)?;
    if !stands(&client, status.says) {
        client.saw = status.says;
        return io.commit("KeepAnswer", &mut client)?.or_give_back();
    }
    let Some(left) = client.left.checked_sub(1) else {
        return Ok(());
    };
    client.left = left;
    io.commit("NoteAttempt", &mut client)?.or_give_back()?;
    let request = Submit { cart: CART };
    io.send("SubmitAgain", "Shop", &request)?.or_give_back()
}

/// Whether the next poll changes anything. Other polls are harmless and not modelled.
fn learns_something(world: &World, stands: Stands) -> bool {
    let (client, says) = (world.document::<Client>(), world.document::<Status>().says);
    let news = says != Answer::NotFound && client.saw != Answer::Done && client.saw != says;
    news || (client.left > 0 && stands(&client, says))
}

const CART: MessageId = MessageId(1);

impl Shop for PollingForTheResult {
    const ORDERED: &'static str = "orders.made";
    const ANSWERED: &'static str = "shopAcked";

    fn orders(state: &State) -> usize {
        state.world.document::<Orders>().made.into()
    }
}

/// The protocol.
pub struct PollingForTheResult;

impl Protocol for PollingForTheResult {
    fn describe(&self) -> Description {
        catalogue::describe()
    }

    fn system(&self, instance: &Instance) -> System {
        let client = Client {
            left: instance.get("attempts"),
            ..Client::default()
        };
        let stores = Stores::default()
            .one(&Orders::default())
            .one(&Status::default())
            .one(&client);
        let request = to_value(&Submit { cart: CART });
        let request = request.unwrap_or_else(|error| Value::str(&error.to_string()));
        let shop = shop(instance.variant.handler);
        let poller = match instance.variant.handler {
            "until-done" => Further::poller(
                "Client",
                |world| learns_something(world, not_done),
                Handler::poller(|io| poll(io, not_done)),
            ),
            _ => Further::poller(
                "Client",
                |world| learns_something(world, not_found),
                Handler::poller(|io| poll(io, not_found)),
            ),
        };
        System::new(Spec {
            intake: Intake::Requests,
            slots: usize::from(instance.get("slots")),
            further: vec![poller],
            guarantees: instance.guarantees(),
            ..Spec::new("Shop", vec![request], instance.budget(), shop, stores)
        })
    }
}

/// The handlers of the shop in a variant: of a request and of a command.
fn shop(variant: &str) -> Handler {
    let (accept, making): (Accept, _) = match variant {
        "order-per-command" => (send_first, Making::Always),
        "answer-first" => (answer_first, Making::Once),
        "pending-first" => (pending_first, Making::Once),
        "done-first" => (send_first, Making::AfterDone),
        "blind-pending" => (blind_pending, Making::Once),
        "submit-again" | "until-done" => (send_first, Making::Once),
        _ => return Handler::unknown(variant),
    };
    let command = Handler::new(move |io: &mut dyn Io, _: &MakeOrder| make(io, making));
    Handler::by_type([("Submit", Handler::new(accept)), ("MakeOrder", command)])
}
