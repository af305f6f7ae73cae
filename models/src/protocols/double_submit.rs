//! Double submit: the same cart is ordered from two browser tabs.
//!
//! A user has the cart open in several tabs and clicks "order" in each. Every click is a request:
//!
//! ```text
//!   Browser ──cart──▶ Shop ──load, save──▶ cart
//!           ◀─reply──      ├─────write───▶ orders                    (naive, flag, optimistic)
//!                          └─CreateOrder─▶ queue ──▶ Orders ──▶ orders      (the dual writes)
//! ```
//!
//! A request is not a message from a queue: when its handler dies, nobody delivers it again. It
//! is answered once, or never, and then all that is left is the user, who may click again.
//!
//! * **Naive** makes an order of the cart, each time under a new id. Two clicks, two orders.
//! * **A flag**: the cart says `submitted`, and cart and order are written in one transaction. That stops
//!   the second click only if it comes after the first is done. Two handlers that both load the cart
//!   before either writes both see it open. The flag is checked on a copy. The transaction makes the two
//!   writes atomic, but it does not ensure that the copy is current.
//! * **Optimistic concurrency**: the write also says which version of the cart it was made from. The
//!   second one is refused; its request ends without an answer, and a later click gets the answer that
//!   the cart is submitted. This is right, as long as cart and order share a store.
//! * Once another service makes the orders, saving the cart and sending `CreateOrder` are two writes that
//!   no transaction spans. **Save, then send**: a crash or a broker fault in between leaves a submitted
//!   cart without an order, and a second click gets the answer that the cart is submitted.
//! * **Send, then save**: the order is made of a cart that may never be submitted, a *ghost*. And
//!   two tabs send twice before the version check of either save can stop one.
//!
//! It is like a USB plug: it does not fit, you turn it over, and it does not fit either. With one order
//! of the two writes a command can be lost; with the other a command can be sent for a cart that is not
//! submitted. The next protocols add a participant that tries again. That needs a third state of the cart
//! (accepted, not yet sent) or a queue of the shop's own, and a receiver that recognises a cart it has
//! already seen.
//!
//! Left out: what is in the cart, and that it may change. `CreateOrder` only names the cart, so all its
//! copies are the same, and `ConsistentOutput` is not checked.

mod catalogue;
#[cfg(test)]
mod tests;

use serde::{Deserialize, Serialize};

use crate::catalogue::{Description, Instance, Protocol};
use crate::kit::clause::{Clause, every};
use crate::kit::document::{Document, Event, Identity, MessageId, Versioned};
use crate::kit::guarantees::{About, Guarantee, When, once_all_is_done};
use crate::kit::io::{Flow, Io, Write};
use crate::kit::replay::Handler;
use crate::kit::stores::Stores;
use crate::kit::system::{Intake, Spec, State, System};
use crate::value::Value;

/// The request to order the content of this cart.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Submit {
    /// The cart.
    pub cart: MessageId,
}

/// The answer to the user.
#[derive(Debug, Clone, Copy, Serialize)]
pub enum Reply {
    /// The order is made.
    Submitted,
    /// It was made before.
    AlreadySubmitted,
}

/// The cart.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Cart {
    /// The identity of the cart.
    pub id: MessageId,
    /// Whether it has been ordered.
    pub submitted: bool,
}

impl Document for Cart {
    const COLLECTION: &'static str = "cart";
    const BUSINESS: &'static [&'static str] = &["submitted"];
}

/// An order, stored under an id of its own.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Order {
    /// The cart from which it was made.
    cart: MessageId,
}

impl Document for Order {
    const COLLECTION: &'static str = "orders";
    const BUSINESS: &'static [&'static str] = &["cart"];
}

impl Order {
    /// A new order with a new id.
    pub fn of(io: &mut dyn Io, cart: MessageId) -> Flow<Versioned<Self>> {
        let id: Identity = io.fresh_id()?;
        Versioned::new(id, Order { cart })
    }
}

/// The command to the service that makes the orders.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(transparent)]
pub struct CreateOrder {
    /// The cart from which the order must be made.
    pub cart: MessageId,
}

impl Event for CreateOrder {
    const OUTPUT: &'static str = "CreateOrder";

    /// It reports that the cart is submitted, which is the only change of a cart.
    fn basis(&self) -> i64 {
        1
    }
}

fn naive(io: &mut dyn Io, request: &Submit) -> Flow {
    let cart = io.load::<Cart>("Load", request.cart)?;
    let mut order = Order::of(io, cart.id)?;
    io.commit("CreateOrder", &mut order)?.or_unanswered()?;
    io.reply("ReplySubmitted", Reply::Submitted)
}

fn flag(io: &mut dyn Io, request: &Submit) -> Flow {
    in_one_transaction(io, request, Versioned::blind)
}

fn optimistic(io: &mut dyn Io, request: &Submit) -> Flow {
    in_one_transaction(io, request, Versioned::checked)
}

/// How the cart is written: without a check, or only if it still has the version that was loaded.
type CartWrite = fn(&Versioned<Cart>) -> Flow<Write>;

fn in_one_transaction(io: &mut dyn Io, request: &Submit, write: CartWrite) -> Flow {
    let mut cart = io.load::<Cart>("Load", request.cart)?;
    if cart.submitted {
        return io.reply("ReplyAlreadySubmitted", Reply::AlreadySubmitted);
    }
    cart.submitted = true;
    let order = Order::of(io, cart.id)?;
    let (sent, _) = io.commit_all("Submit", vec![write(&cart)?, order.checked()?])?;
    sent.or_unanswered()?;
    io.reply("ReplySubmitted", Reply::Submitted)
}

fn save_then_send(io: &mut dyn Io, request: &Submit) -> Flow {
    let mut cart = io.load::<Cart>("Load", request.cart)?;
    if cart.submitted {
        return io.reply("ReplyAlreadySubmitted", Reply::AlreadySubmitted);
    }
    cart.submitted = true;
    io.commit("Save", &mut cart)?.or_unanswered()?;
    let command = CreateOrder { cart: cart.id };
    io.publish("Send", &command)?.or_unanswered()?;
    io.reply("ReplySubmitted", Reply::Submitted)
}

fn send_then_save(io: &mut dyn Io, request: &Submit) -> Flow {
    let mut cart = io.load::<Cart>("Load", request.cart)?;
    if cart.submitted {
        return io.reply("ReplyAlreadySubmitted", Reply::AlreadySubmitted);
    }
    let command = CreateOrder { cart: cart.id };
    io.publish("Send", &command)?.or_unanswered()?;
    cart.submitted = true;
    io.commit("Save", &mut cart)?.or_unanswered()?;
    io.reply("ReplySubmitted", Reply::Submitted)
}

/// The service behind the queue makes an order for every command, including copies.
fn create_order(io: &mut dyn Io, command: &CreateOrder) -> Flow {
    let mut order = Order::of(io, command.cart)?;
    io.commit("CreateOrder", &mut order)?.or_give_back()?;
    io.ack("Ack")
}

const AT_MOST_ONE_ORDER: Guarantee = Guarantee {
    name: "AtMostOneOrder",
    promise: "at most one order is made of the cart",
    when: When::Always,
    about: About::Durable,
    holds: |_, state| orders(state).len() <= 1,
    clauses: |_, state| {
        let orders = orders(state);
        let clause = Clause::new("at most one order is made of the cart", orders.len() <= 1)
            .but(format!("{} orders were made", orders.len()));
        let each = |clause: Clause, id| clause.at(format!("orders[{id}].cart"));
        vec![orders.into_iter().fold(clause.at("cart.id"), each)]
    },
};

const INTENT_HONOURED: Guarantee = Guarantee {
    name: "IntentHonoured",
    promise: "once all is done, the cart has an order",
    when: When::Always,
    about: About::AtRest,
    holds: |system, state| !system.at_rest(state) || every(ordered(system, state)),
    clauses: |system, state| once_all_is_done(system, state, ordered),
};

const SUBMITTED_IMPLIES_ORDER: Guarantee = Guarantee {
    name: "SubmittedImpliesOrder",
    promise: "once all is done, a cart that says submitted has an order",
    when: When::Always,
    about: About::AtRest,
    holds: |system, state| !system.at_rest(state) || every(ordered_if_submitted(system, state)),
    clauses: |system, state| once_all_is_done(system, state, ordered_if_submitted),
};

/// What the user may conclude from an answer: that the cart is submitted or ordered; if the answer is
/// 'submitted', that this request did it; and that there is an order when all is done.
const TOLD_THE_TRUTH: Guarantee = Guarantee {
    name: "ToldTheTruth",
    promise: "what the user is told is true when it is said, and has come true once all is done",
    when: When::Always,
    about: About::Anything,
    holds: |system, state| every(told(system, state)),
    clauses: told,
};

fn told(system: &System, state: &State) -> Vec<Clause> {
    let made = orders(state).len();
    let submitted = state.world.document::<Cart>().submitted;
    let answered = !state.world.acked.is_empty();
    let replies = system.replies(state);
    let said = replies.get(&Value::str("Submitted")).copied().unwrap_or(0);
    let commands: usize = system.outgoing(state).into_values().sum();
    let at_rest = system.at_rest(state);
    vec![
        Clause::new(
            "the cart is submitted or ordered before a request is answered",
            !answered || submitted || made > 0,
        )
        .but("a request is answered, and the cart is neither")
        .at("acked")
        .at("cart.submitted"),
        Clause::new(
            "each answer 'submitted' is about an order of its own",
            said <= made + commands,
        )
        .but(format!(
            "'submitted' is said {said} times at once, of {made} orders and {commands} commands"
        ))
        .at("replies"),
        Clause::new(
            "once all is done, a cart about which a request was answered has an order",
            !at_rest || !answered || made > 0,
        )
        .but("no order was made of it")
        .at("acked")
        .at("orders"),
    ]
}

fn ordered(_: &System, state: &State) -> Vec<Clause> {
    let clause = Clause::new("the cart has an order", !orders(state).is_empty());
    vec![
        clause
            .but("no order was made of it")
            .at("cart.id")
            .at("orders"),
    ]
}

fn ordered_if_submitted(_: &System, state: &State) -> Vec<Clause> {
    let submitted = state.world.document::<Cart>().submitted;
    let clause = if submitted {
        let expected = "the cart, which says that it is submitted, has an order";
        Clause::new(expected, !orders(state).is_empty())
    } else {
        Clause::new("the cart does not say that it is submitted", true)
    };
    let clause = clause.but("no order was made of it");
    vec![clause.at("cart.submitted").at("orders")]
}

/// The ids of the orders made from the cart.
fn orders(state: &State) -> Vec<Value> {
    let cart = state.world.document::<Cart>().id;
    let orders = state.world.documents::<Order>().into_iter();
    let of_the_cart = orders.filter(|(_, order)| order.cart == cart);
    of_the_cart.map(|(id, _)| id).collect()
}

/// The protocol.
pub struct DoubleSubmit;

impl Protocol for DoubleSubmit {
    fn describe(&self) -> Description {
        catalogue::describe()
    }

    fn system(&self, instance: &Instance) -> System {
        let cart = Cart {
            id: MessageId(1),
            submitted: false,
        };
        let stores = Stores::default().one(&cart).many::<Order>([]);
        let handler = handler(instance.variant.handler);
        System::new(Spec {
            intake: Intake::Requests,
            copies: instance.get("tabs"),
            clicks: instance.get("clicks"),
            downstream: Some(("Orders", Handler::new(create_order))),
            may_fail: &["Send"],
            outputs: outputs(instance.variant.handler),
            ..instance.spec("Shop", instance.get("carts"), handler, stores)
        })
    }
}

/// The outputs that a handler must publish: only the dual writes send a command.
fn outputs(handler: &str) -> &'static [&'static str] {
    match handler {
        "save-then-send" | "send-then-save" => &[CreateOrder::OUTPUT],
        _ => &[],
    }
}

fn handler(name: &str) -> Handler {
    match name {
        "naive" => Handler::new(naive),
        "flag" => Handler::new(flag),
        "save-then-send" => Handler::new(save_then_send),
        "send-then-save" => Handler::new(send_then_save),
        "optimistic" => Handler::new(optimistic),
        _ => Handler::unknown(name),
    }
}
