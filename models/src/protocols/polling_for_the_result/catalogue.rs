//! The catalogue entry of polling for the result: variants with expected verdicts, bounds, and faults.

use super::super::cart_promises::Promises;
use super::PollingForTheResult;
use super::guarantees::{DONE_MEANS_ORDERED, PENDING_MEANS_ORDERED, RESULT_FOUND};
use crate::catalogue::{Description, FaultKind, Module, Parameter, Setting, Variant};
use crate::kit::fault::Fault;
use crate::kit::guarantees as ask;

pub(super) fn describe() -> Description {
    Description {
        name: "polling-for-the-result",
        title: "Polling for the result",
        part: 1,
        goal: "let a client learn what became of its request, and conclude no more than is true",
        module: Module {
            name: "PollingForTheResult",
            text: include_str!("../../../../specs/PollingForTheResult.tla"),
        },
        default_variant: "submit-again",
        variants: variants(),
        parameters: vec![
            Parameter::set(
                ["slots", "ShopSlots"],
                1..=2,
                1,
                "requests and commands handled at a time; two let a command overtake its request",
            ),
            Parameter::number(
                ["attempts", "Attempts"],
                0..=2,
                1,
                "times the client submits again after a 404; one gets over one lost request",
            ),
        ],
        faults: faults(),
        actors: &["Browser", "Client", "Broker", "Shop"],
        steps: &[
            ("SendCommand", "sends MakeOrder to its own queue"),
            ("WritePending", "writes the status: pending"),
            ("ReplyAccepted", "answers 202, accepted"),
            ("LoadOrders", "looks for an order of the cart"),
            ("MakeOrder", "makes an order of the cart"),
            ("WriteDone", "writes the status: done"),
            ("AckCommand", "acknowledges MakeOrder"),
            ("LoadClient", "looks up what it knows"),
            ("GetStatus", "gets the status of the cart"),
            ("KeepAnswer", "keeps the answer"),
            ("NoteAttempt", "notes that it submits the cart again"),
            ("SubmitAgain", "submits the cart again"),
        ],
        guarantees: vec![
            Promises::<PollingForTheResult>::AT_MOST_ONE_ORDER,
            Promises::<PollingForTheResult>::INTENT_HONOURED,
            ask::ANSWERED,
            Promises::<PollingForTheResult>::TOLD_THE_TRUTH,
            PENDING_MEANS_ORDERED,
            DONE_MEANS_ORDERED,
            RESULT_FOUND,
            ask::NO_DOUBLE_EFFECT,
            ask::SETTLES,
        ],
        larger: vec![
            Setting::twice(
                "wait-only",
                &[],
                &[Fault::Crash, Fault::Duplicate, Fault::Lose, Fault::Lease],
            )
            .without_tlc(),
            Setting::of(
                "submit-again",
                &[("slots", 2)],
                &[(Fault::Crash, 0), (Fault::Lose, 1), (Fault::Lease, 1)],
            )
            .without_tlc(),
        ],
    }
}

fn faults() -> Vec<FaultKind> {
    vec![
        FaultKind::new(
            Fault::Crash,
            2,
            "one lets the shop or the client stop half-way; the request does not come back",
        ),
        FaultKind::request_duplicated(2),
        FaultKind::new(
            Fault::Lose,
            2,
            "one lets the request vanish, or its answer: the browser times out",
        ),
        FaultKind::lease(2),
        FaultKind::new(
            Fault::Expire,
            2,
            "one lets a command expire in its queue, so that it is not handled",
        ),
    ]
}

const EXPIRE: &[(Fault, u8)] = &[(Fault::Expire, 1)];
const CRASH: &[(Fault, u8)] = &[(Fault::Crash, 1)];
const BELIEVED: &[&str] = &[
    "AtMostOneOrder",
    "IntentHonoured",
    "Answered",
    "ToldTheTruth",
    "PendingMeansOrdered",
    "DoneMeansOrdered",
    "ResultFound",
    "NoDoubleEffect",
    "Settles",
];
/// Why a crash of the shop can end everything if the client does not submit again.
const DIES: (&str, &str) = (
    "IntentHonoured",
    "a request that dies with its handler is not delivered again",
);

fn variants() -> Vec<Variant> {
    vec![
        Variant {
            name: "order-per-command",
            handler: "order-per-command",
            summary: "the client takes a 404 for a loss, and the shop makes an order of each command",
            claims: BELIEVED,
            breaks: &[
                (
                    "AtMostOneOrder",
                    "the first command waits, the client gets a 404 and submits again",
                ),
                (
                    "NoDoubleEffect",
                    "the command that was sent twice makes an order twice",
                ),
            ],
            ..Variant::default()
        },
        Variant {
            name: "answer-first",
            handler: "answer-first",
            summary: "answers 202 before the command is sent, to a client that relies on it",
            claims: BELIEVED,
            breaks: &[
                DIES,
                (
                    "ToldTheTruth",
                    "a crash between the answer and the send makes the answer a lie",
                ),
            ],
            bounds: &[("attempts", 0)],
            faults: CRASH,
            ..Variant::default()
        },
        Variant {
            name: "pending-first",
            handler: "pending-first",
            summary: "writes the status pending before it sends the command",
            claims: BELIEVED,
            breaks: &[
                (
                    "IntentHonoured",
                    "the status will not change any more, and keeps the client from submitting again",
                ),
                (
                    "PendingMeansOrdered",
                    "the shop crashes between the status and the send, and no command is on its way",
                ),
            ],
            faults: CRASH,
            ..Variant::default()
        },
        Variant {
            name: "done-first",
            handler: "done-first",
            summary: "writes the status done before it makes the order",
            claims: BELIEVED,
            breaks: &[(
                "DoneMeansOrdered",
                "the client gets the status before the order is made",
            )],
            ..Variant::default()
        },
        Variant {
            name: "blind-pending",
            handler: "blind-pending",
            summary: "overwrites the status with pending, even if it says done",
            claims: BELIEVED,
            breaks: &[(
                "ResultFound",
                "the command is done first, and the request overwrites its status",
            )],
            bounds: &[("slots", 2)],
            ..Variant::default()
        },
        Variant {
            name: "wait-only",
            handler: "submit-again",
            summary: "the right shop, and a client that polls and never submits again",
            claims: BELIEVED,
            breaks: &[DIES],
            bounds: &[("attempts", 0)],
            faults: CRASH,
            ..Variant::default()
        },
        Variant {
            name: "command-expires",
            handler: "submit-again",
            summary: "the right shop and client, and a queue in which a command may expire",
            claims: BELIEVED,
            breaks: &[
                (
                    "IntentHonoured",
                    "the command has expired, and the status keeps the client from submitting again",
                ),
                (
                    "ToldTheTruth",
                    "the shop answers 202, and the command expires afterwards",
                ),
                (
                    "PendingMeansOrdered",
                    "the status says pending, and no command is left that could change it",
                ),
            ],
            faults: EXPIRE,
            ..Variant::default()
        },
        Variant {
            name: "until-done",
            handler: "until-done",
            summary: "a client that submits again until the status says done, because commands may expire",
            right: true,
            claims: BELIEVED,
            faults: EXPIRE,
            ..Variant::default()
        },
        Variant {
            name: "submit-again",
            handler: "submit-again",
            summary: "a client that submits again after a 404, and one order of a cart",
            right: true,
            claims: BELIEVED,
            faults: CRASH,
            ..Variant::default()
        },
    ]
}
