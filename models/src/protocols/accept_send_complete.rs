//! Accept, send, complete: a third state of the cart says that its order may still have to be sent.
//!
//! **Problem.** A request must save a cart and send `CreateOrder`, and no transaction spans the two. A
//! crash after the save loses the command, a crash before the save leaves an order of a cart that
//! nobody submitted. Whichever of the two is written first, something can go wrong, so this protocol
//! makes three writes.
//!
//! **Participants.** The browser, in which a user clicks, perhaps again; the shop with its cart; and
//! the service that makes orders, which handles each command in one step.
//!
//! ```text
//!   Browser ──submit──▶ Shop ──1. accepted──▶ cart
//!                            ──2. CreateOrder─▶ queue ──▶ Orders ──▶ orders
//!           ◀─submitted──    ──3. submitted─▶ cart
//! ```
//!
//! **One transaction** is one write of the cart, which checks that nobody has written it since it was
//! loaded. A request that finds the cart accepted cannot know whether the command was sent, and sends
//! it again.
//!
//! **Where it may crash.** Between any two steps. Nobody delivers a request again, so only another
//! click repeats what is missing.
//!
//! * **Complete first** saves `submitted` before it sends. A crash in between loses the command, and
//!   the next click gets the answer "submitted", although no order will be made: the third state helps
//!   only if it ends after the send.
//! * **Unguarded**: another tab may add an item while the cart is accepted. The command that is sent
//!   again then has other contents than the first one: two different messages with one identity. And
//!   the cart ends as submitted with items that the order does not have.
//! * **No primary key**: the receiver makes an order of every command. The command is sent at least
//!   once, so sooner or later twice.
//! * **One click**: a crash before the first save leaves nothing, and a crash after it an accepted cart
//!   on which no one continues to work. Without a second click the user's order is never made.
//! * **Guarded** is right: nothing is added to a cart that is accepted, the receiver keeps an order
//!   under the identity of its cart, and the user clicks until there is an answer.
//!
//! **What it guarantees, at what price.** Neither a lost nor a ghost command, *given retries*. It costs
//! a read, two writes and one send, and the receiver must recognise copies. Here the user retries; in
//! the protocol `cart-to-orders` a queue does.
//!
//! **Source.** The workshop's exercises 7 and 10 on the boundary between synchronous and asynchronous.
//!
//! **Left out.** A job that looks for carts that have been accepted for too long.

mod catalogue;
#[cfg(test)]
mod tests;

use serde::{Deserialize, Serialize};

use super::cart_promises::Shop;
use crate::catalogue::{Description, Instance, Protocol};
use crate::kit::clause::{Clause, every};
use crate::kit::document::{Document, Event, MessageId};
use crate::kit::guarantees::{About, Guarantee, When, once_all_is_done};
use crate::kit::io::{Flow, Io};
use crate::kit::replay::Handler;
use crate::kit::stores::Stores;
use crate::kit::system::{Intake, Spec, State, System};
use crate::value::Value;

/// The request that a click sends: submit the cart.
const SUBMIT: MessageId = MessageId(1);
/// The request of another tab: add an item to the cart.
const ADD_ITEM: MessageId = MessageId(2);

/// The cart.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Cart {
    /// Whether the order was accepted and must be made.
    pub accepted: bool,
    /// Whether the command to make the order was sent.
    pub submitted: bool,
    /// How many items are in it.
    pub items: u8,
}

impl Document for Cart {
    const COLLECTION: &'static str = "cart";
    /// The change that commands report. The content of the cart is checked by separate guarantees.
    const BUSINESS: &'static [&'static str] = &["accepted"];
}

/// The orders made from the cart.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Orders {
    /// The number of items of each order.
    made: Vec<u8>,
}

impl Document for Orders {
    const COLLECTION: &'static str = "orders";
    const BUSINESS: &'static [&'static str] = &["made"];
}

/// The command to make an order from the cart.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct CreateOrder {
    /// The number of items that the order must have.
    pub items: u8,
}

impl Event for CreateOrder {
    const OUTPUT: &'static str = "CreateOrder";

    /// It reports that the cart is accepted, which happens once.
    fn basis(&self) -> i64 {
        1
    }
}

/// The answer to the user.
#[derive(Debug, Clone, Copy, Serialize)]
pub enum Reply {
    /// The command to make the order was sent.
    Submitted,
    /// It was sent before.
    AlreadySubmitted,
    /// The item is in the cart.
    Added,
    /// Nothing can be added any more.
    Refused,
}

/// The order of the last two steps.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Ending {
    SendThenComplete,
    CompleteThenSend,
}

fn submit(io: &mut dyn Io, ending: Ending) -> Flow {
    let mut cart = io.load::<Cart>("Load", 0)?;
    if cart.submitted {
        return io.reply("ReplyAlreadySubmitted", Reply::AlreadySubmitted);
    }
    if !cart.accepted {
        cart.accepted = true;
        io.commit("SaveAccepted", &mut cart)?.or_unanswered()?;
    }
    let command = CreateOrder { items: cart.items };
    if ending == Ending::SendThenComplete {
        io.publish("Send", &command)?.or_unanswered()?;
    }
    cart.submitted = true;
    io.commit("SaveSubmitted", &mut cart)?.or_unanswered()?;
    if ending == Ending::CompleteThenSend {
        io.publish("Send", &command)?.or_unanswered()?;
    }
    io.reply("ReplySubmitted", Reply::Submitted)
}

/// Adds an item unless the cart is closed.
fn add_item(io: &mut dyn Io, closed: fn(&Cart) -> bool) -> Flow {
    let mut cart = io.load::<Cart>("Load", 0)?;
    if closed(&cart) {
        return io.reply("ReplyRefused", Reply::Refused);
    }
    cart.items += 1;
    io.commit("SaveItem", &mut cart)?.or_unanswered()?;
    io.reply("ReplyAdded", Reply::Added)
}

/// The service that makes orders keeps one order for each cart, under the cart's identity.
fn make_once(io: &mut dyn Io, command: &CreateOrder) -> Flow {
    let mut orders = io.load::<Orders>("LoadOrders", 0)?;
    if orders.made.is_empty() {
        orders.made.push(command.items);
        io.commit("MakeOrder", &mut orders)?.or_give_back()?;
    }
    io.ack("AckOrder")
}

/// The service makes a new order for every command.
fn make_always(io: &mut dyn Io, command: &CreateOrder) -> Flow {
    let mut orders = io.load::<Orders>("LoadOrders", 0)?;
    orders.made.push(command.items);
    io.commit("MakeOrder", &mut orders)?.or_give_back()?;
    io.ack("AckOrder")
}

impl Shop for AcceptSendComplete {
    const ORDERED: &'static str = "orders.made";
    const ANSWERED: &'static str = "acked";

    fn orders(state: &State) -> usize {
        state.world.document::<Orders>().made.len()
    }

    fn submitted(state: &State) -> bool {
        state.world.document::<Cart>().submitted
    }
}

const TOLD_THE_TRUTH: Guarantee = Guarantee {
    name: "ToldTheTruth",
    promise: "what the user is told is true when it is said, and the cart then has an order in the end",
    when: When::Always,
    about: About::Anything,
    holds: |system, state| every(told(system, state)),
    clauses: told,
};

/// What the user may conclude from an answer: while the answer is in transit, and when all is done.
fn told(system: &System, state: &State) -> Vec<Clause> {
    let cart = state.world.document::<Cart>();
    let replies = system.replies(state);
    let said = |name: &str, meaning: &str, holds: bool| {
        let is_said = replies.contains_key(&Value::str(name));
        Clause::new(
            format!("where the answer is {name}, {meaning}"),
            !is_said || holds,
        )
        .but("that is not so")
        .at("replies")
    };
    let out = !state.world.sent.is_empty();
    let answered = state.world.acked.contains(&Value::from(SUBMIT));
    let made = state.world.document::<Orders>().made.len();
    let in_the_end = !system.at_rest(state) || !answered || made > 0;
    vec![
        said("Submitted", "the command is out", out).at("sent"),
        said("AlreadySubmitted", "the command is out", out).at("sent"),
        said("Added", "the item is in the cart", cart.items > 1).at("cart.items"),
        said("Refused", "the cart is accepted", cart.accepted).at("cart.accepted"),
        Clause::new(
            "once all is done, a cart about which a click was answered has an order",
            in_the_end,
        )
        .but("no order was made of it")
        .at("acked")
        .at("orders.made"),
    ]
}

const ORDER_IS_THE_CART: Guarantee = Guarantee {
    name: "OrderIsTheCart",
    promise: "once all is done, an order of a submitted cart has the items of the cart",
    when: When::Always,
    about: About::AtRest,
    holds: |system, state| !system.at_rest(state) || every(same_items(system, state)),
    clauses: |system, state| once_all_is_done(system, state, same_items),
};

fn same_items(_: &System, state: &State) -> Vec<Clause> {
    let cart = state.world.document::<Cart>();
    if !cart.submitted {
        let expected = "the cart is not submitted, and may differ from its order";
        return vec![Clause::new(expected, true).at("cart.submitted")];
    }
    let orders = state.world.document::<Orders>().made.into_iter();
    let clauses = orders.enumerate().map(|(place, items)| {
        let expected = format!(
            "order {} has as many items as the submitted cart",
            place + 1
        );
        Clause::new(expected, items == cart.items)
            .but(format!("it has {items}, and the cart has {}", cart.items))
            .at(format!("orders.made[{}]", place + 1))
            .at("cart.items")
    });
    let none = Clause::new("no order differs from the submitted cart", true).at("orders.made");
    clauses.chain([none]).collect()
}

/// The protocol.
pub struct AcceptSendComplete;

impl Protocol for AcceptSendComplete {
    fn describe(&self) -> Description {
        catalogue::describe()
    }

    fn system(&self, instance: &Instance) -> System {
        let cart = Cart {
            items: 1,
            ..Cart::default()
        };
        let stores = Stores::default().one(&cart).one(&Orders::default());
        let requests = instance.get("requests");
        let orders = match instance.variant.handler {
            "no-primary-key" => Handler::new(make_always),
            _ => Handler::new(make_once),
        };
        let also = (requests > 1).then(|| Value::from(ADD_ITEM));
        let shop = shop(instance.variant.handler);
        System::new(Spec {
            intake: Intake::Requests,
            copies: instance.get("tabs"),
            clicks: instance.get("clicks"),
            once: also.into_iter().collect(),
            downstream: Some(("Orders", orders)),
            may_fail: &["Send"],
            ..instance.spec("Shop", requests, shop, stores)
        })
    }
}

fn shop(variant: &str) -> Handler {
    let (ending, closed): (_, fn(&Cart) -> bool) = match variant {
        "complete-first" => (Ending::CompleteThenSend, |cart| cart.accepted),
        "unguarded" => (Ending::SendThenComplete, |cart| cart.submitted),
        "no-primary-key" | "guarded" => (Ending::SendThenComplete, |cart| cart.accepted),
        _ => return Handler::unknown(variant),
    };
    by_request(move |io| submit(io, ending), move |io| add_item(io, closed))
}

/// The shop's handler: `submit` handles a click, and `add_item` the request of another tab.
pub fn by_request<S, A>(submit: S, add_item: A) -> Handler
where
    S: Fn(&mut dyn Io) -> Flow + Send + Sync + 'static,
    A: Fn(&mut dyn Io) -> Flow + Send + Sync + 'static,
{
    Handler::new(move |io: &mut dyn Io, request: &MessageId| match *request {
        SUBMIT => submit(io),
        _ => add_item(io),
    })
}
