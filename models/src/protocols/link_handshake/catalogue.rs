//! The catalogue entry of the link handshake: variants with expected verdicts, bounds, and faults.

use super::receiver::{BOTH_FORGET, DELIVERED, NO_DOUBLE_DELIVERY};
use crate::catalogue::{Description, FaultKind, Module, Parameter, Setting, Variant};
use crate::kit::fault::Fault;
use crate::kit::guarantees as ask;

pub(super) fn describe() -> Description {
    Description {
        name: "link-handshake",
        title: "Link handshake",
        part: 5,
        goal: "hand over each message once, and let both sides forget it",
        module: Module {
            name: "LinkHandshake",
            text: include_str!("../../../../specs/LinkHandshake.tla"),
        },
        default_variant: "durable",
        variants: variants(),
        parameters: vec![
            Parameter::messages(3, "deliveries; two show that settling one keeps the other"),
            Parameter::slots(
                2,
                "handlers that run at a time; two are two sessions on one link",
            ),
        ],
        faults: faults(),
        actors: &["Broker", "Sender", "Receiver"],
        steps: &[
            ("Load", "loads the delivery"),
            ("Transfer", "transfers the message"),
            ("TransferAnswered", "accepts the message"),
            ("SaveAccepted", "saves that the message was accepted"),
            ("Settle", "settles the message"),
            ("SettleAnswered", "confirms the settlement"),
            ("DeleteDelivery", "deletes the delivery"),
            ("Ack", "acknowledges"),
        ],
        guarantees: vec![
            NO_DOUBLE_DELIVERY,
            DELIVERED,
            BOTH_FORGET,
            ask::DEDUP_BOUNDED,
            ask::SETTLES,
        ],
        larger: vec![
            Setting::of("durable", &[], TWICE),
            Setting::of("durable", &[("messages", 2)], &[]),
        ],
    }
}

/// The faults that the correct variant survives.
const TWICE: &[(Fault, u8)] = &[
    (Fault::Crash, 2),
    (Fault::Duplicate, 2),
    (Fault::Lease, 2),
    (Fault::Lose, 2),
    (Fault::Unknown, 2),
];

fn faults() -> Vec<FaultKind> {
    vec![
        FaultKind::new(
            Fault::Crash,
            2,
            "one lets the sender stop between an answer and what it saves of it",
        ),
        FaultKind::new(
            Fault::Duplicate,
            2,
            "one lets a command come when its delivery is settled",
        ),
        FaultKind::lease(2),
        FaultKind::new(
            Fault::Lose,
            2,
            "one loses a transfer or a settlement on its way",
        ),
        FaultKind::new(
            Fault::Unknown,
            2,
            "one loses the answer to a transfer or a settlement",
        ),
        FaultKind::new(
            Fault::Late,
            2,
            "one lets a transfer arrive after the settlement",
        ),
        FaultKind::new(
            Fault::Forget,
            2,
            "one restarts a receiver that keeps its link state in memory",
        ),
    ]
}

fn variants() -> Vec<Variant> {
    const PROMISED: &[&str] = &[
        "NoDoubleDelivery",
        "Delivered",
        "BothForget",
        "DedupBounded",
        "Settles",
    ];
    const DURABLE: Variant = Variant {
        name: "durable",
        handler: "durable",
        summary: "saves that a transfer was accepted, then settles it; right while nothing overtakes",
        right: true,
        claims: PROMISED,
        breaks: &[],
        not_applicable: &[],
        unreached: &[],
        bounds: &[],
        aimed: &[],
        faults: &[
            (Fault::Crash, 1),
            (Fault::Duplicate, 1),
            (Fault::Lose, 1),
            (Fault::Unknown, 1),
        ],
    };
    /// A variant that claims the guarantees although it violates some of them.
    const WRONG: Variant = Variant {
        right: false,
        faults: &[],
        ..DURABLE
    };
    vec![
        Variant {
            name: "settled-on-send",
            handler: "settled-on-send",
            summary: "deletes the delivery, then transfers the message: at most once",
            breaks: &[("Delivered", "deleted, and the transfer was lost")],
            faults: &[(Fault::Lose, 1)],
            ..WRONG
        },
        Variant {
            name: "no-link-state",
            handler: "no-link-state",
            summary: "the receiver remembers nothing: at least once",
            breaks: &[(
                "NoDoubleDelivery",
                "received, but the answer was lost, and transferred once more",
            )],
            faults: &[(Fault::Unknown, 1)],
            ..WRONG
        },
        Variant {
            name: "one-acknowledgement",
            handler: "one-acknowledgement",
            summary: "saves that a transfer was accepted, and settles nothing",
            breaks: &[
                ("BothForget", "neither side learns that it may forget"),
                ("DedupBounded", "both sides keep every message ever sent"),
            ],
            faults: &[(Fault::Crash, 1), (Fault::Unknown, 1)],
            ..WRONG
        },
        Variant {
            name: "volatile-sender",
            handler: "volatile-sender",
            summary: "settles a transfer without having saved that it was accepted",
            breaks: &[(
                "NoDoubleDelivery",
                "settled, crashed before the delivery was deleted, and transferred once more",
            )],
            faults: &[(Fault::Crash, 1)],
            ..WRONG
        },
        Variant {
            name: "volatile-receiver",
            handler: "durable",
            summary: "the receiver keeps its link state in memory, and restarts",
            breaks: &[(
                "NoDoubleDelivery",
                "received, restarted, and the transfer whose answer was lost came once more",
            )],
            faults: &[(Fault::Unknown, 1), (Fault::Forget, 1)],
            ..WRONG
        },
        Variant {
            name: "settle-unconfirmed",
            handler: "settle-unconfirmed",
            summary: "deletes the delivery whether or not the settlement was confirmed",
            breaks: &[
                (
                    "BothForget",
                    "the settlement was lost, and nobody repeats it",
                ),
                (
                    "DedupBounded",
                    "the receiver keeps a message that is done with",
                ),
            ],
            faults: &[(Fault::Lose, 1)],
            ..WRONG
        },
        Variant {
            name: "two-sessions",
            summary: "two handlers work on one delivery at a time",
            breaks: &[
                (
                    "NoDoubleDelivery",
                    "one loads the delivery before the other settles it, and transfers it afterwards",
                ),
                (
                    "BothForget",
                    "the transfer that comes after the settlement is never settled",
                ),
                (
                    "DedupBounded",
                    "the receiver keeps a message that is done with",
                ),
            ],
            bounds: &[("slots", 2)],
            faults: &[(Fault::Duplicate, 1)],
            ..WRONG
        },
        Variant {
            name: "late-transfer",
            summary: "a transfer that was given up arrives after the settlement",
            breaks: &[
                (
                    "NoDoubleDelivery",
                    "given up, repeated, settled and forgotten, and then it arrived",
                ),
                (
                    "BothForget",
                    "the transfer that comes after the settlement is never settled",
                ),
                (
                    "DedupBounded",
                    "the receiver keeps a message that is done with",
                ),
            ],
            faults: &[(Fault::Late, 1)],
            ..WRONG
        },
        DURABLE,
    ]
}
