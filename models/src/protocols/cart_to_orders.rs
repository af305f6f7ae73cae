//! Cart to orders: a click becomes an order by way of the shop's own queue.
//!
//! A user submits a cart. The shop must mark the cart as submitted in its own store, and another
//! endpoint, Orders, must make an order of it:
//!
//! ```text
//!   Browser ──Submit──▶ Shop ──SubmitCart──▶ (its own queue) ──▶ Shop ──save──▶ cart
//!           ◀─Accepted──                                         └─CreateOrder─▶ Orders ──▶ orders
//! ```
//!
//! Each endpoint may crash, independently of the other, and their brokers deliver again what was not
//! acknowledged. Nobody delivers an HTTP request again. So the request does one thing only, on one
//! resource: it sends a command to the shop's own queue, and answers "accepted". From then on the
//! broker tries again. The command's identity is that of the cart, so two clicks are one intent.
//!
//! * **Direct**: the request does all the work itself. A crash between saving the cart and sending
//!   `CreateOrder` leaves a submitted cart without an order, and no one who tries again.
//! * **Answer first**: the user gets the answer "accepted" before the command is sent. After a crash
//!   between the two, the answer was false.
//! * **Reject what is submitted**: the handler of the command treats a submitted cart as an error, as
//!   it would for a request. After a crash between save and send the command comes back, finds the
//!   cart submitted, and is rejected forever: a poison message.
//! * **Return early**: it treats a submitted cart as a duplicate and acknowledges. The order is lost.
//! * **Send first**: `CreateOrder` is sent before the cart is saved. The queue repairs that in the
//!   end, since the command is tried until the cart is saved, but for a while there is an order of a
//!   cart that nobody has submitted yet.
//! * **No deduplication**: Orders makes an order of every `CreateOrder`. The shop sends it at least
//!   once, so sooner or later twice.
//! * **Own queue** is right: for every state of the cart, the command ends by sending `CreateOrder`,
//!   and Orders makes one order of a cart, by the cart's identity.
//!
//! What the user may conclude from "accepted" is that there will be an order, not that there is one:
//! `ToldTheTruth` says so once all is done. Without an answer the user knows nothing; a request that
//! dies with its handler leads to nothing unless the user clicks again (`IntentHonoured`).
//!
//! Left out: what is in the cart, that it may change, and how the user learns of the order.

mod catalogue;
#[cfg(test)]
mod tests;

use serde::{Deserialize, Serialize};

use super::cart_promises::Shop;
use crate::catalogue::{Description, Instance, Protocol};
use crate::kit::document::{Document, Event, MessageId};
use crate::kit::hosts::Further;
use crate::kit::io::{Flow, Io, give_back};
use crate::kit::replay::Handler;
use crate::kit::stores::Stores;
use crate::kit::system::{Intake, Spec, State, System};
use crate::value::{Value, to_value};

/// The request: submit this cart.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(tag = "type")]
pub struct Submit {
    /// The cart.
    pub cart: MessageId,
}

/// The command that the shop sends to itself.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(tag = "type")]
pub struct SubmitCart {
    /// The cart.
    pub cart: MessageId,
}

impl Event for SubmitCart {
    const OUTPUT: &'static str = "SubmitCart";

    /// It reports no change: it asks for one.
    fn basis(&self) -> i64 {
        0
    }
}

/// The index in the history of the only change of a cart.
const SUBMITTED: i64 = 1;

/// The command to the endpoint that makes the orders.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(tag = "type")]
pub struct CreateOrder {
    /// The cart from which an order must be made.
    pub cart: MessageId,
}

impl Event for CreateOrder {
    const OUTPUT: &'static str = "CreateOrder";

    fn basis(&self) -> i64 {
        SUBMITTED
    }
}

/// The answer to the user.
#[derive(Debug, Clone, Copy, Serialize)]
pub enum Reply {
    /// There will be an order.
    Accepted,
}

/// The cart.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Cart {
    /// Whether it has been submitted.
    pub submitted: bool,
}

/// The orders made from a cart, stored under the cart's identity.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Order {
    /// The number of orders.
    pub made: u8,
}

impl Document for Cart {
    const COLLECTION: &'static str = "cart";
    const BUSINESS: &'static [&'static str] = &["submitted"];
}

impl Document for Order {
    const COLLECTION: &'static str = "orders";
    const BUSINESS: &'static [&'static str] = &["made"];
}

/// The request sends a command to the shop's own queue, and does nothing else.
fn accept(io: &mut dyn Io, request: &Submit) -> Flow {
    let command = SubmitCart { cart: request.cart };
    io.send("SendCommand", "Shop", &command)?.or_unanswered()?;
    io.reply("ReplyAccepted", Reply::Accepted)
}

fn accept_before_sending(io: &mut dyn Io, request: &Submit) -> Flow {
    io.reply("ReplyAccepted", Reply::Accepted)?;
    let command = SubmitCart { cart: request.cart };
    io.send("SendCommand", "Shop", &command)?.or_unanswered()
}

/// The request does all the work.
fn submit_directly(io: &mut dyn Io, request: &Submit) -> Flow {
    let mut cart = io.load::<Cart>("LoadCart", 0)?;
    if !cart.submitted {
        cart.submitted = true;
        io.commit("SaveCart", &mut cart)?.or_unanswered()?;
        order(io, request.cart)?;
    }
    io.reply("ReplyAccepted", Reply::Accepted)
}

fn order(io: &mut dyn Io, cart: MessageId) -> Flow {
    let command = CreateOrder { cart };
    io.send("SendCreateOrder", "Orders", &command)?
        .or_give_back()
}

/// What the handler of the command does if the cart is already submitted.
#[derive(Clone, Copy)]
enum IfSubmitted {
    OrderAgain,
    Acknowledge,
    Reject,
}

fn submit(io: &mut dyn Io, command: &SubmitCart, if_submitted: IfSubmitted) -> Flow {
    let mut cart = io.load::<Cart>("LoadCart", 0)?;
    match (cart.submitted, if_submitted) {
        (false, _) => {
            cart.submitted = true;
            io.commit("SaveCart", &mut cart)?.or_give_back()?;
        }
        (true, IfSubmitted::OrderAgain) => {}
        (true, IfSubmitted::Acknowledge) => return io.ack("AckCommand"),
        (true, IfSubmitted::Reject) => return give_back(),
    }
    order(io, command.cart)?;
    io.ack("AckCommand")
}

fn order_then_submit(io: &mut dyn Io, command: &SubmitCart) -> Flow {
    let mut cart = io.load::<Cart>("LoadCart", 0)?;
    order(io, command.cart)?;
    if !cart.submitted {
        cart.submitted = true;
        io.commit("SaveCart", &mut cart)?.or_give_back()?;
    }
    io.ack("AckCommand")
}

/// Makes one order for each cart.
fn make_order(io: &mut dyn Io, command: &CreateOrder) -> Flow {
    let mut order = io.load::<Order>("LoadOrder", command.cart)?;
    if order.made == 0 {
        order.made += 1;
        io.commit("MakeOrder", &mut order)?.or_give_back()?;
    }
    io.ack("AckOrder")
}

/// Makes an order for every command.
fn always_make_order(io: &mut dyn Io, command: &CreateOrder) -> Flow {
    let mut order = io.load::<Order>("LoadOrder", command.cart)?;
    order.made += 1;
    io.commit("MakeOrder", &mut order)?.or_give_back()?;
    io.ack("AckOrder")
}

impl Shop for CartToOrders {
    const ORDERED: &'static str = "orders[1].made";
    const ANSWERED: &'static str = "shopAcked";

    fn orders(state: &State) -> usize {
        orders(state).into()
    }

    fn submitted(state: &State) -> bool {
        state.world.document::<Cart>().submitted
    }
}

/// The number of orders made from the cart.
fn orders(state: &State) -> u8 {
    let orders = state.world.documents::<Order>().into_iter();
    orders.map(|(_, order)| order.made).sum()
}

/// The protocol.
pub struct CartToOrders;

impl Protocol for CartToOrders {
    fn describe(&self) -> Description {
        catalogue::describe()
    }

    fn system(&self, instance: &Instance) -> System {
        let cart = MessageId(1);
        let stores = Stores::default()
            .one(&Cart::default())
            .many([(Value::from(cart), Order::default())]);
        let requests = vec![message(&Submit { cart })];
        let (shop, orders) = handlers(instance.variant.handler);
        System::new(Spec {
            intake: Intake::Requests,
            copies: instance.get("tabs"),
            clicks: instance.get("clicks"),
            slots: usize::from(instance.get("slots")),
            further: vec![Further {
                slots: usize::from(instance.get("order-slots")),
                ..Further::new("Orders", vec![message(&CreateOrder { cart })], orders)
            }],
            may_fail: &["SendCommand", "SendCreateOrder"],
            guarantees: instance.guarantees(),
            ..Spec::new("Shop", requests, instance.budget(), shop, stores)
        })
    }
}

fn message(message: &impl Serialize) -> Value {
    to_value(message).unwrap_or_else(|error| Value::str(&error.to_string()))
}

/// The handlers of a variant: that of the shop, and that of the orders.
fn handlers(variant: &str) -> (Handler, Handler) {
    let command = |if_submitted| {
        Handler::new(move |io: &mut dyn Io, command: &SubmitCart| submit(io, command, if_submitted))
    };
    let shop = |request, command| Handler::by_type([("Submit", request), ("SubmitCart", command)]);
    let right = || command(IfSubmitted::OrderAgain);
    let shop = match variant {
        "direct" => shop(Handler::new(submit_directly), right()),
        "answer-first" => shop(Handler::new(accept_before_sending), right()),
        "reject-submitted" => shop(Handler::new(accept), command(IfSubmitted::Reject)),
        "return-early" => shop(Handler::new(accept), command(IfSubmitted::Acknowledge)),
        "send-first" => shop(Handler::new(accept), Handler::new(order_then_submit)),
        "own-queue" | "no-deduplication" => shop(Handler::new(accept), right()),
        _ => Handler::unknown(variant),
    };
    let orders = match variant {
        "no-deduplication" => Handler::new(always_make_order),
        _ => Handler::new(make_order),
    };
    (shop, Handler::by_type([("CreateOrder", orders)]))
}
