//! The catalogue entry of accept, send, complete: variants with expected verdicts, bounds, and faults.

use super::super::cart_promises::Promises;
use super::{AcceptSendComplete, ORDER_IS_THE_CART, TOLD_THE_TRUTH};
use crate::catalogue::{Description, FaultKind, Module, Parameter, Setting, Variant};
use crate::kit::fault::Fault;
use crate::kit::guarantees as ask;

pub(super) fn describe() -> Description {
    Description {
        name: "accept-send-complete",
        title: "Accept, send, complete",
        part: 1,
        goal: "save a cart and send its command, where no transaction spans the two",
        module: Module {
            name: "AcceptSendComplete",
            text: include_str!("../../../../specs/AcceptSendComplete.tla"),
        },
        default_variant: "guarded",
        variants: variants(),
        parameters: parameters(),
        faults: faults(),
        actors: &["Browser", "Broker", "Shop", "Orders"],
        steps: &[
            ("Load", "loads the cart"),
            ("SaveAccepted", "saves the cart as accepted"),
            ("Send", "sends CreateOrder"),
            ("SaveSubmitted", "saves the cart as submitted"),
            ("SaveItem", "saves the cart with one more item"),
            ("ReplySubmitted", "answers that the cart is submitted"),
            (
                "ReplyAlreadySubmitted",
                "answers that the cart was submitted before",
            ),
            ("ReplyAdded", "answers that the item is in the cart"),
            ("ReplyRefused", "answers that nothing can be added any more"),
        ],
        guarantees: vec![
            Promises::<AcceptSendComplete>::AT_MOST_ONE_ORDER,
            Promises::<AcceptSendComplete>::INTENT_HONOURED,
            Promises::<AcceptSendComplete>::SUBMITTED_IMPLIES_ORDER,
            ask::ANSWERED,
            TOLD_THE_TRUTH,
            ORDER_IS_THE_CART,
            ask::CONSISTENT_OUTPUT,
            ask::NO_GHOST_EVER,
            ask::SETTLES,
        ],
        larger: vec![
            Setting::twice(
                "one-click",
                &[("clicks", 1)],
                &[
                    Fault::Crash,
                    Fault::Duplicate,
                    Fault::Lose,
                    Fault::Fail,
                    Fault::Unknown,
                ],
            ),
            Setting::of(
                "guarded",
                &[("requests", 1), ("tabs", 3), ("slots", 3)],
                &[(Fault::Crash, 0), (Fault::Duplicate, 1)],
            ),
        ],
    }
}

fn parameters() -> Vec<Parameter> {
    vec![
        Parameter::set(
            ["requests", "Messages"],
            1..=2,
            1,
            "kinds of requests: 1 submits the cart; with 2 another tab also adds an item to it",
        )
        .related(),
        Parameter::tabs(2),
        Parameter::clicks(),
        Parameter::slots(
            3,
            "requests handled at a time; two let an item be added between another's steps",
        ),
    ]
}

fn faults() -> Vec<FaultKind> {
    vec![
        FaultKind::request_duplicated(2),
        FaultKind::new(
            Fault::Crash,
            2,
            "one leaves the cart accepted, and the command sent or not",
        ),
        FaultKind::request_lost(2),
        FaultKind::refusal(2),
        FaultKind::unconfirmed(2),
    ]
}

const CRASH: &[(Fault, u8)] = &[(Fault::Crash, 1)];
const BELIEVED: &[&str] = &[
    "AtMostOneOrder",
    "IntentHonoured",
    "SubmittedImpliesOrder",
    "Answered",
    "ToldTheTruth",
    "OrderIsTheCart",
    "ConsistentOutput",
    "NoGhostEver",
    "Settles",
];

fn variants() -> Vec<Variant> {
    vec![
        Variant {
            name: "complete-first",
            handler: "complete-first",
            summary: "saves the cart as submitted before it sends CreateOrder",
            claims: BELIEVED,
            breaks: &[
                (
                    "IntentHonoured",
                    "the second click finds the cart submitted and does not send",
                ),
                (
                    "SubmittedImpliesOrder",
                    "a crash after the cart is submitted, and nobody sends CreateOrder any more",
                ),
                (
                    "ToldTheTruth",
                    "the second click is told that the cart was submitted before",
                ),
            ],
            faults: CRASH,
            ..Variant::default()
        },
        Variant {
            name: "unguarded",
            handler: "unguarded",
            summary: "lets another tab add an item to a cart that is accepted",
            claims: BELIEVED,
            breaks: &[
                (
                    "Answered",
                    "two requests write the cart at a time, and the one that is refused ends without an answer",
                ),
                (
                    "OrderIsTheCart",
                    "the order is made of the first command, and the cart has another item",
                ),
                (
                    "ConsistentOutput",
                    "an item is added between two sends of the same command",
                ),
            ],
            bounds: &[("requests", 2), ("slots", 2)],
            ..Variant::default()
        },
        Variant {
            name: "no-primary-key",
            handler: "no-primary-key",
            summary: "the receiver makes an order of every CreateOrder",
            claims: BELIEVED,
            breaks: &[(
                "AtMostOneOrder",
                "a crash after the send leaves the cart accepted, and the next click sends again",
            )],
            faults: CRASH,
            ..Variant::default()
        },
        Variant {
            name: "one-click",
            handler: "guarded",
            summary: "the right handler, where the user clicks once and gives up",
            claims: BELIEVED,
            breaks: &[(
                "IntentHonoured",
                "a crash before the save or before the send, and nobody clicks again",
            )],
            bounds: &[("tabs", 1)],
            faults: CRASH,
            ..Variant::default()
        },
        Variant {
            name: "guarded",
            handler: "guarded",
            summary: "an accepted cart takes no items, and the receiver keeps one order of a cart",
            right: true,
            claims: BELIEVED,
            bounds: &[("requests", 2)],
            faults: &[(Fault::Crash, 1), (Fault::Duplicate, 1)],
            ..Variant::default()
        },
    ]
}
