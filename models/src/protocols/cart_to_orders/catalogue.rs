//! The catalogue entry of cart to orders: variants with expected verdicts, bounds, and faults.

use super::super::cart_promises::Promises;
use super::CartToOrders;
use crate::catalogue::{Description, FaultKind, Module, Parameter, Setting, Variant};
use crate::kit::fault::Fault;
use crate::kit::guarantees as ask;

pub(super) fn describe() -> Description {
    Description {
        name: "cart-to-orders",
        title: "Cart to orders over one's own queue",
        part: 1,
        goal: "make one order of a submitted cart, although a request is delivered only once",
        module: Module {
            name: "CartToOrders",
            text: include_str!("../../../../specs/CartToOrders.tla"),
        },
        default_variant: "own-queue",
        variants: variants(),
        parameters: parameters(),
        faults: faults(),
        actors: &["Browser", "Broker", "Shop", "Orders"],
        steps: &[
            ("SendCommand", "sends SubmitCart to its own queue"),
            ("ReplyAccepted", "answers that the cart is accepted"),
            ("LoadCart", "loads the cart"),
            ("SaveCart", "saves the submitted cart"),
            ("SendCreateOrder", "sends CreateOrder"),
            ("AckCommand", "acknowledges SubmitCart"),
            ("LoadOrder", "looks for an order of the cart"),
            ("MakeOrder", "makes an order of the cart"),
            ("AckOrder", "acknowledges CreateOrder"),
        ],
        guarantees: vec![
            Promises::<CartToOrders>::AT_MOST_ONE_ORDER,
            Promises::<CartToOrders>::INTENT_HONOURED,
            Promises::<CartToOrders>::SUBMITTED_IMPLIES_ORDER,
            ask::ANSWERED,
            Promises::<CartToOrders>::TOLD_THE_TRUTH,
            ask::NO_DOUBLE_EFFECT,
            ask::NO_GHOST_EVER,
            ask::NO_GHOST_AT_REST,
            ask::CONSISTENT_OUTPUT,
            ask::SETTLES,
        ],
        larger: vec![
            // With two slots of the shop, one crash may lose both clicks.
            Setting::of(
                "own-queue",
                &[("tabs", 2), ("slots", 1), ("order-slots", 2)],
                &[(Fault::Crash, 1), (Fault::Lease, 1)],
            )
            .without_tlc(),
        ],
    }
}

fn parameters() -> Vec<Parameter> {
    vec![
        Parameter::tabs(1),
        Parameter::clicks(),
        Parameter::set(
            ["slots", "ShopSlots"],
            1..=2,
            1,
            "messages that the shop handles at a time; two let commands race",
        ),
        Parameter::set(
            ["order-slots", "OrdersSlots"],
            1..=2,
            1,
            "messages that Orders handles at a time; two let them race",
        ),
    ]
}

fn faults() -> Vec<FaultKind> {
    vec![
        FaultKind::new(
            Fault::Crash,
            2,
            "one lets either endpoint stop half-way; commands come back, requests do not",
        ),
        FaultKind::request_duplicated(2),
        FaultKind::lease(2),
        FaultKind::refusal(2),
        FaultKind::unconfirmed(2),
    ]
}

/// Why a single click may have no effect, independent of the shop's handler.
const DIES: (&str, &str) = (
    "IntentHonoured",
    "a request that dies with its handler is not delivered again",
);
const CRASH: &[(Fault, u8)] = &[(Fault::Crash, 1)];
const BELIEVED: &[&str] = &[
    "AtMostOneOrder",
    "SubmittedImpliesOrder",
    "Answered",
    "ToldTheTruth",
    "NoDoubleEffect",
    "NoGhostEver",
    "NoGhostAtRest",
    "ConsistentOutput",
    "Settles",
];

/// With two clicks, the handler survives a single crash.
const RIGHTLY: &[&str] = &[
    "AtMostOneOrder",
    "IntentHonoured",
    "SubmittedImpliesOrder",
    "Answered",
    "ToldTheTruth",
    "NoDoubleEffect",
    "NoGhostEver",
    "NoGhostAtRest",
    "ConsistentOutput",
    "Settles",
];

fn variants() -> Vec<Variant> {
    vec![
        Variant {
            name: "direct",
            handler: "direct",
            summary: "the request saves the cart and sends CreateOrder itself",
            claims: BELIEVED,
            breaks: &[
                DIES,
                (
                    "SubmittedImpliesOrder",
                    "a crash after the cart is saved, and nobody sends CreateOrder any more",
                ),
            ],
            faults: CRASH,
            ..Variant::default()
        },
        Variant {
            name: "answer-first",
            handler: "answer-first",
            summary: "answers the user, and sends the command to its own queue afterwards",
            claims: BELIEVED,
            breaks: &[
                DIES,
                (
                    "ToldTheTruth",
                    "the shop crashes between the answer and the send",
                ),
            ],
            faults: CRASH,
            ..Variant::default()
        },
        Variant {
            name: "reject-submitted",
            handler: "reject-submitted",
            summary: "rejects the command if the cart is submitted already",
            claims: BELIEVED,
            breaks: &[
                DIES,
                (
                    "Settles",
                    "after a crash between save and send the command is rejected forever",
                ),
            ],
            faults: CRASH,
            ..Variant::default()
        },
        Variant {
            name: "return-early",
            handler: "return-early",
            summary: "acknowledges the command at once if the cart is submitted already",
            claims: BELIEVED,
            breaks: &[
                DIES,
                (
                    "SubmittedImpliesOrder",
                    "after a crash between save and send the command is taken for a duplicate",
                ),
                (
                    "ToldTheTruth",
                    "after a crash between save and send the command is taken for a duplicate",
                ),
            ],
            faults: CRASH,
            ..Variant::default()
        },
        Variant {
            name: "send-first",
            handler: "send-first",
            summary: "sends CreateOrder before it saves the cart",
            claims: BELIEVED,
            breaks: &[
                DIES,
                (
                    "NoGhostEver",
                    "CreateOrder is out before the cart is submitted",
                ),
            ],
            faults: CRASH,
            ..Variant::default()
        },
        Variant {
            name: "no-deduplication",
            handler: "no-deduplication",
            summary: "Orders makes an order of every CreateOrder",
            claims: BELIEVED,
            breaks: &[
                DIES,
                (
                    "AtMostOneOrder",
                    "a crash between the send and the acknowledgement, and CreateOrder is sent again",
                ),
                (
                    "NoDoubleEffect",
                    "a crash between the send and the acknowledgement, and CreateOrder is sent again",
                ),
            ],
            faults: CRASH,
            ..Variant::default()
        },
        Variant {
            name: "own-queue",
            handler: "own-queue",
            summary: "the request only sends a command to the shop's own queue",
            right: true,
            claims: RIGHTLY,
            bounds: &[("tabs", 2)],
            faults: &[(Fault::Crash, 1), (Fault::Duplicate, 1)],
            ..Variant::default()
        },
    ]
}
