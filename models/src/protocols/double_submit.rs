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
//! * **A flag**: the cart says `submitted`, and cart and order are written in one transaction.
//!   That stops the second click only if it comes after the first is done. Two handlers that
//!   both load the cart before either writes both see it open. The flag is checked on a copy,
//!   and the transaction makes two writes one; it does not make the copy recent.
//! * **Optimistic concurrency**: the write also says which version of the cart it was made from.
//!   The second one is refused; its request ends without an answer, and a later click is told
//!   that the cart is submitted. This is right, as long as cart and order share a store.
//! * Once another service makes the orders, saving the cart and sending `CreateOrder` are two
//!   writes that no transaction spans. **Save, then send**: a crash or a broker fault in between
//!   leaves a cart that says submitted, no order, and a second click that is told all is well.
//! * **Send, then save**: the order is made of a cart that may never be submitted, a *ghost*. And
//!   two tabs send twice before the version check of either save can stop one.
//!
//! It is as with a USB plug: it does not fit, you turn it over, and it does not fit either. One
//! order of two writes loses, the other makes up. What the next protocols add is somebody who
//! tries again, which needs a third state of the cart (accepted, not yet sent) or a queue of the
//! shop's own, and a receiver that recognises a cart it has already seen.
//!
//! Left out: what is in the cart, and that it may change. `CreateOrder` only names the cart, so
//! all its copies are the same, and `ConsistentOutput` is not asked.

use serde::{Deserialize, Serialize};

use crate::catalogue::{
    Description, FaultKind, Instance, Module, Parameter, ParameterKind, Protocol, Setting, Variant,
};
use crate::kit::document::{Document, Event, Identity, MessageId, Versioned};
use crate::kit::fault::Fault;
use crate::kit::guarantees::{self as ask, About, Guarantee};
use crate::kit::io::{Flow, Io, Write};
use crate::kit::replay::Handler;
use crate::kit::system::{Intake, Spec, State, System};
use crate::kit::world::{Schema, World};
use crate::value::Value;

/// The request: order what is in this cart.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Submit {
    cart: MessageId,
}

/// What the user is told.
#[derive(Debug, Clone, Copy, Serialize)]
enum Reply {
    Submitted,
    AlreadySubmitted,
}

/// The cart.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Cart {
    id: MessageId,
    submitted: bool,
}

impl Document for Cart {
    const COLLECTION: &'static str = "cart";
    const BUSINESS: &'static [&'static str] = &["submitted"];
}

/// An order, kept under an id of its own.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Order {
    /// The cart that it was made of.
    cart: MessageId,
}

impl Document for Order {
    const COLLECTION: &'static str = "orders";
    const BUSINESS: &'static [&'static str] = &["cart"];
}

/// The command to whoever makes the orders.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(transparent)]
pub struct CreateOrder {
    cart: MessageId,
}

impl Event for CreateOrder {
    const OUTPUT: &'static str = "CreateOrder";

    /// It reports that the cart is submitted, the only change a cart goes through.
    fn basis(&self) -> i64 {
        1
    }
}

fn naive(io: &mut dyn Io, request: &Submit) -> Flow {
    let cart = io.load::<Cart>("Load", request.cart)?;
    let mut order = order_of(io, cart.id)?;
    io.commit("CreateOrder", &mut order)?.or_unanswered()?;
    io.reply("ReplySubmitted", Reply::Submitted)
}

/// A new order, which must not exist yet when it is written.
fn order_of(io: &mut dyn Io, cart: MessageId) -> Flow<Versioned<Order>> {
    let id: Identity = io.fresh_id()?;
    Versioned::new(id, Order { cart })
}

fn flag(io: &mut dyn Io, request: &Submit) -> Flow {
    in_one_transaction(io, request, Versioned::blind)
}

fn optimistic(io: &mut dyn Io, request: &Submit) -> Flow {
    in_one_transaction(io, request, Versioned::checked)
}

/// How the cart is written: blindly, or only if it is still the version that was loaded.
type CartWrite = fn(&Versioned<Cart>) -> Flow<Write>;

fn in_one_transaction(io: &mut dyn Io, request: &Submit, write: CartWrite) -> Flow {
    let mut cart = io.load::<Cart>("Load", request.cart)?;
    if cart.submitted {
        return io.reply("ReplyAlreadySubmitted", Reply::AlreadySubmitted);
    }
    cart.submitted = true;
    let order = order_of(io, cart.id)?;
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

/// The service behind the queue: an order for every command, whatever it has seen before.
fn create_order(io: &mut dyn Io, command: &CreateOrder) -> Flow {
    let mut order = order_of(io, command.cart)?;
    io.commit("CreateOrder", &mut order)?.or_give_back()?;
    io.ack("Ack")
}

const AT_MOST_ONE_ORDER: Guarantee = Guarantee {
    name: "AtMostOneOrder",
    promise: "at most one order is made of the cart",
    about: About::Durable,
    holds: |_, state| orders(state) <= 1,
};

const INTENT_HONOURED: Guarantee = Guarantee {
    name: "IntentHonoured",
    promise: "once all is done, the cart has an order",
    about: About::AtRest,
    holds: |system, state| !system.at_rest(state) || orders(state) > 0,
};

const SUBMITTED_IMPLIES_ORDER: Guarantee = Guarantee {
    name: "SubmittedImpliesOrder",
    promise: "once all is done, a cart that says submitted has an order",
    about: About::AtRest,
    holds: |system, state| {
        !system.at_rest(state) || !state.world.document::<Cart>().submitted || orders(state) > 0
    },
};

/// How many orders were made of the one cart.
fn orders(state: &State) -> usize {
    let cart = state.world.document::<Cart>().id;
    let orders = state.world.documents::<Order>();
    orders
        .iter()
        .filter(|(_, order)| order.cart == cart)
        .count()
}

/// The protocol.
pub struct DoubleSubmit;

impl Protocol for DoubleSubmit {
    fn describe(&self) -> Description {
        Description {
            name: "double-submit",
            title: "Double submit",
            part: 1,
            goal: "order the cart once, however often and wherever the user clicks",
            module: Module {
                name: "DoubleSubmit",
                text: include_str!("../../../specs/DoubleSubmit.tla"),
            },
            default_variant: "optimistic",
            variants: variants(),
            parameters: parameters(),
            faults: faults(),
            actors: &["Browser", "Shop", "Orders"],
            steps: &[
                ("Load", "loads the cart"),
                ("CreateOrder", "writes a new order"),
                (
                    "Submit",
                    "writes the submitted cart and a new order, both or none",
                ),
                ("Save", "saves the submitted cart"),
                ("Send", "sends CreateOrder"),
                ("ReplySubmitted", "answers that the cart is submitted"),
                (
                    "ReplyAlreadySubmitted",
                    "answers that the cart was submitted before",
                ),
            ],
            guarantees: vec![
                AT_MOST_ONE_ORDER,
                INTENT_HONOURED,
                SUBMITTED_IMPLIES_ORDER,
                ask::NO_DOUBLE_EFFECT,
                ask::NO_GHOST_EVER,
                ask::NO_GHOST_AT_REST,
                ask::NO_LOST_EFFECT,
                ask::NO_LOST_OUTPUT,
            ],
            larger: vec![Setting {
                variant: "optimistic",
                bounds: &[("tabs", 3), ("slots", 3)],
                faults: &[],
                tlc: true,
            }],
        }
    }

    fn system(&self, instance: &Instance) -> System {
        let carts: Vec<MessageId> = (1..=instance.get("carts")).collect();
        let messages: Vec<Value> = carts.iter().copied().map(Value::from).collect();
        let mut schema = Schema::default();
        let mut world = World::new(instance.budget(), &messages);
        for id in carts {
            let submitted = false;
            world.one(&mut schema, &Cart { id, submitted });
        }
        world.many::<Order>(&mut schema, []);
        System::new(Spec {
            endpoint: "Shop",
            intake: Intake::Requests,
            messages,
            copies: instance.get("tabs"),
            clicks: instance.get("clicks"),
            slots: usize::from(instance.get("slots")),
            handler: handler(instance.variant.handler),
            downstream: Some(("Orders", Handler::new(create_order))),
            third_party: None,
            schema,
            world,
            may_fail: &["Send"],
            guarantees: instance.guarantees(),
            remembers: |_| Vec::new(),
            outputs: &[CreateOrder::OUTPUT],
            folds: |_| true,
            clean: |_| true,
            remembered: |_, _| (0, 0),
        })
    }
}

fn handler(name: &str) -> Handler {
    match name {
        "naive" => Handler::new(naive),
        "flag" => Handler::new(flag),
        "save-then-send" => Handler::new(save_then_send),
        "send-then-save" => Handler::new(send_then_save),
        _ => Handler::new(optimistic),
    }
}

fn parameters() -> Vec<Parameter> {
    vec![
        Parameter {
            name: "carts",
            constant: "Messages",
            kind: ParameterKind::Set,
            default: 1,
            min: 1,
            max: 1,
            allows: "carts; all tabs show the same one, others would not meet it",
        },
        Parameter {
            name: "tabs",
            constant: "Tabs",
            kind: ParameterKind::Number,
            default: 2,
            min: 1,
            max: 3,
            allows: "tabs in which the user clicks; two make a double submit",
        },
        Parameter {
            name: "clicks",
            constant: "Clicks",
            kind: ParameterKind::Number,
            default: 0,
            min: 0,
            max: 2,
            allows: "clicks more, while an answer is missing; one gets over one lost request",
        },
        Parameter {
            name: "slots",
            constant: "Slots",
            kind: ParameterKind::Set,
            default: 2,
            min: 1,
            max: 3,
            allows: "requests handled at a time; two let them race",
        },
    ]
}

fn faults() -> Vec<FaultKind> {
    let kind = |fault, max, allows| FaultKind { fault, max, allows };
    vec![
        kind(
            Fault::Crash,
            2,
            "one lets any request stop half-way; nobody delivers it again",
        ),
        kind(
            Fault::Duplicate,
            2,
            "one lets a request or a command arrive once more",
        ),
        kind(
            Fault::Lose,
            2,
            "one lets a request or a reply vanish, so that the user waits",
        ),
        kind(Fault::Fail, 2, "one lets the broker refuse a command"),
        kind(
            Fault::Unknown,
            2,
            "one lets the broker take a command and not say so",
        ),
    ]
}

fn variants() -> Vec<Variant> {
    const NOTHING_SENT: &[&str] = &["NoGhostEver", "NoGhostAtRest", "NoLostOutput"];
    const CRASH_OR_REFUSAL: &[(Fault, u8)] = &[(Fault::Crash, 1), (Fault::Fail, 1)];
    const DIES: (&str, &str) = (
        "IntentHonoured",
        "a request that dies with its handler is not delivered again",
    );
    vec![
        Variant {
            name: "naive",
            handler: "naive",
            summary: "makes an order of the cart at every click",
            claims: &["AtMostOneOrder", "IntentHonoured"],
            breaks: &[
                ("AtMostOneOrder", "each of the two requests makes an order"),
                (
                    "NoDoubleEffect",
                    "both orders are changes for the same cart",
                ),
            ],
            not_applicable: &[
                "SubmittedImpliesOrder",
                "NoGhostEver",
                "NoGhostAtRest",
                "NoLostOutput",
            ],
            ..Variant::default()
        },
        Variant {
            name: "flag",
            handler: "flag",
            summary: "marks the cart as submitted in the transaction that makes the order",
            claims: &[
                "AtMostOneOrder",
                "IntentHonoured",
                "SubmittedImpliesOrder",
                "NoDoubleEffect",
            ],
            breaks: &[
                (
                    "AtMostOneOrder",
                    "both requests load the cart before either has marked it",
                ),
                (
                    "NoDoubleEffect",
                    "both orders are changes for the same cart",
                ),
            ],
            not_applicable: NOTHING_SENT,
            ..Variant::default()
        },
        Variant {
            name: "save-then-send",
            handler: "save-then-send",
            summary: "saves the submitted cart, then sends CreateOrder; one click is enough",
            claims: &[
                "AtMostOneOrder",
                "SubmittedImpliesOrder",
                "NoDoubleEffect",
                "NoGhostEver",
                "NoGhostAtRest",
                "NoLostEffect",
            ],
            breaks: &[
                DIES,
                (
                    "SubmittedImpliesOrder",
                    "the cart is saved, and then a crash or the broker keeps CreateOrder back",
                ),
            ],
            bounds: &[("tabs", 1), ("slots", 1)],
            faults: CRASH_OR_REFUSAL,
            ..Variant::default()
        },
        Variant {
            name: "send-then-save",
            handler: "send-then-save",
            summary: "sends CreateOrder, then saves the submitted cart",
            claims: &[
                "AtMostOneOrder",
                "SubmittedImpliesOrder",
                "NoDoubleEffect",
                "NoGhostEver",
                "NoLostEffect",
                "NoLostOutput",
            ],
            breaks: &[
                (
                    "AtMostOneOrder",
                    "both requests have sent before either save can be refused",
                ),
                DIES,
                (
                    "NoGhostEver",
                    "CreateOrder is out before the cart is submitted",
                ),
                (
                    "NoGhostAtRest",
                    "a crash after the send leaves an order of a cart that nobody submitted",
                ),
            ],
            faults: CRASH_OR_REFUSAL,
            ..Variant::default()
        },
        Variant {
            name: "optimistic",
            handler: "optimistic",
            summary: "the flag, and the cart is written only if it is still the version loaded",
            right: true,
            claims: &[
                "AtMostOneOrder",
                "IntentHonoured",
                "SubmittedImpliesOrder",
                "NoDoubleEffect",
                "NoLostEffect",
            ],
            not_applicable: NOTHING_SENT,
            ..Variant::default()
        },
    ]
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use stateright::{Checker, Model};

    use super::*;
    use crate::catalogue::{Expected, Overrides};

    fn instance(variant: &str, parameters: &[(&str, u8)], faults: &[(Fault, u8)]) -> Instance {
        let protocol: Arc<dyn Protocol> = Arc::new(DoubleSubmit);
        let description = Arc::new(DoubleSubmit.describe());
        let variant = description.variant(variant).unwrap().clone();
        let overrides = Overrides {
            parameters: parameters
                .iter()
                .map(|(n, v)| ((*n).to_owned(), *v))
                .collect(),
            faults: faults.to_vec(),
        };
        let instance = Instance::new(&protocol, &description, &variant);
        instance.with(&overrides).unwrap()
    }

    /// The guarantees that some reachable state violates.
    fn violated(instance: &Instance) -> Vec<&'static str> {
        let checker = instance.system().checker().spawn_bfs().join();
        let names = instance.guarantees().into_iter().map(|g| g.name);
        names
            .filter(|name| checker.discovery(name).is_some())
            .collect()
    }

    /// The state after the first step of each of these names.
    fn after(system: &System, path: &[&str]) -> State {
        let mut state = system.init_states().remove(0);
        for action in path {
            let mut steps = Vec::new();
            system.actions(&state, &mut steps);
            let step = steps.into_iter().find(|step| step.action == *action);
            let step = step.unwrap_or_else(|| panic!("{action} is not possible"));
            state = system.next_state(&state, step).unwrap();
        }
        state
    }

    #[test]
    fn every_variant_breaks_what_the_catalogue_says() {
        let description = DoubleSubmit.describe();
        for variant in &description.variants {
            let instance = instance(variant.name, &[], &[]);
            let expected = instance.guarantees().into_iter().map(|g| g.name);
            let expected: Vec<_> = expected
                .filter(|g| instance.expected(g) == Some(Expected::Violated))
                .collect();
            assert_eq!(violated(&instance), expected, "{}", variant.name);
        }
    }

    #[test]
    fn a_flag_does_not_stop_a_request_that_has_loaded_before_it_is_set() {
        let system = instance("flag", &[], &[]).system();
        let state = after(
            &system,
            &["Receive", "Load", "Receive", "Load", "Submit", "Submit"],
        );
        assert!(!(AT_MOST_ONE_ORDER.holds)(&system, &state));
    }

    #[test]
    fn with_the_version_checked_the_second_request_ends_without_an_answer() {
        let system = instance("optimistic", &[], &[]).system();
        let race = ["Receive", "Load", "Receive", "Load", "Submit", "Submit"];
        let state = after(
            &system,
            &[&race[..], &["ReplySubmitted", "ReplyArrives"]].concat(),
        );
        assert!(system.at_rest(&state));
        assert_eq!(orders(&state), 1);
    }

    #[test]
    fn a_later_click_is_told_that_the_cart_is_submitted() {
        let system = instance(
            "optimistic",
            &[("tabs", 1), ("clicks", 1)],
            &[(Fault::Lose, 1)],
        );
        let system = system.system();
        let lost = ["Receive", "Load", "Submit", "ReplySubmitted", "ReplyLost"];
        let again = [
            "AskAgain",
            "Receive",
            "Load",
            "ReplyAlreadySubmitted",
            "ReplyArrives",
        ];
        let state = after(&system, &[lost, again].concat());
        assert!(system.at_rest(&state));
        assert_eq!(orders(&state), 1);
    }

    #[test]
    fn after_save_then_send_a_second_click_is_told_that_all_is_well() {
        let lied_to = instance("save-then-send", &[("tabs", 2)], &[]);
        assert!(violated(&lied_to).contains(&"NoLostOutput"));
    }

    #[test]
    fn a_second_click_may_get_over_a_crash_but_must_not_be_relied_on() {
        let twice = instance("optimistic", &[("clicks", 1)], &[(Fault::Crash, 1)]);
        assert_eq!(violated(&twice), ["IntentHonoured"]);
    }

    #[test]
    fn a_queue_that_delivers_twice_makes_two_orders_of_one_command() {
        let twice = instance("save-then-send", &[], &[(Fault::Duplicate, 1)]);
        assert!(violated(&twice).contains(&"AtMostOneOrder"));
    }
}
