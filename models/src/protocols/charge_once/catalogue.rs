//! The catalogue entry of charging once: variants with expected verdicts, bounds, and faults.

use super::guarantees::{CHARGED, NO_DOUBLE_CHARGE, PAID_RECORDED};
use crate::catalogue::{Description, FaultKind, Module, Parameter, Setting, Variant};
use crate::kit::fault::Fault;
use crate::kit::guarantees as ask;

pub(super) fn describe() -> Description {
    Description {
        name: "charge-once",
        title: "Charge once",
        part: 4,
        goal: "charge a payment once at a provider that takes part in no transaction",
        module: Module {
            name: "ChargeOnce",
            text: include_str!("../../../../specs/ChargeOnce.tla"),
        },
        default_variant: "derived-key",
        variants: variants(),
        parameters: vec![
            Parameter::messages(
                3,
                "payments; two show that the charge of one does not count for another",
            ),
            Parameter::slots(
                3,
                "handlers that run at a time; two let them race for one payment",
            ),
        ],
        faults: faults(),
        actors: &["Broker", "Payments", "Provider"],
        steps: &[
            ("Load", "loads the payment"),
            ("SaveKey", "saves a key for the charge"),
            ("Query", "asks whether the payment has been charged"),
            ("QueryAnswered", "answers whether it has charged"),
            ("Charge", "asks for the charge"),
            ("ChargeAnswered", "answers whether it has charged"),
            ("Save", "saves the payment as paid"),
            ("Ack", "acknowledges"),
        ],
        guarantees: vec![
            NO_DOUBLE_CHARGE,
            CHARGED,
            PAID_RECORDED,
            ask::NO_DOUBLE_EFFECT,
            ask::NO_LOST_EFFECT,
            ask::EXACTLY_ONCE_EQUIVALENT,
            ask::DEDUP_BOUNDED,
            ask::CLEAN_AT_REST,
            ask::SETTLES,
        ],
        larger: vec![
            // A lost request differs little from a lost answer, and would double the number of
            // states.
            Setting::of("derived-key", &[("messages", 2)], &[(Fault::Lose, 0)]).without_tlc(),
            // Every fault may happen twice: those of the queue and those of the provider.
            Setting::of(
                "derived-key",
                &[],
                &[
                    (Fault::Crash, 2),
                    (Fault::Duplicate, 2),
                    (Fault::Lease, 2),
                    (Fault::Lose, 0),
                    (Fault::Unknown, 0),
                    (Fault::Late, 0),
                ],
            ),
            Setting::twice("derived-key-forgotten", &[], OF_THE_PROVIDER),
        ],
    }
}

const OF_THE_PROVIDER: &[Fault] = &[
    Fault::Crash,
    Fault::Lose,
    Fault::Unknown,
    Fault::Late,
    Fault::Forget,
];

fn faults() -> Vec<FaultKind> {
    vec![
        FaultKind::new(
            Fault::Crash,
            2,
            "one lets an attempt stop between the charge and the save",
        ),
        FaultKind::new(
            Fault::Duplicate,
            2,
            "one lets two slots work on one payment at a time",
        ),
        FaultKind::new(
            Fault::Lease,
            2,
            "one lets a slow handler be overtaken by the next attempt",
        ),
        FaultKind::new(
            Fault::Lose,
            2,
            "one makes a time-out that means: not charged",
        ),
        FaultKind::new(
            Fault::Unknown,
            2,
            "one makes a time-out that means: charged",
        ),
        FaultKind::new(
            Fault::Late,
            2,
            "one makes a time-out that means: not charged yet",
        ),
        FaultKind::new(
            Fault::Forget,
            2,
            "one lets the provider drop a key before the next attempt",
        ),
    ]
}

fn variants() -> Vec<Variant> {
    const CHARGES: &[&str] = &["NoDoubleCharge", "Charged", "PaidRecorded"];
    const RIGHT: &[&str] = &[
        "NoDoubleCharge",
        "Charged",
        "PaidRecorded",
        "NoDoubleEffect",
        "NoLostEffect",
        "ExactlyOnceEquivalent",
        "CleanAtRest",
    ];
    /// All faults except the loss of keys.
    const FAULTS: &[(Fault, u8)] = &[
        (Fault::Crash, 1),
        (Fault::Duplicate, 1),
        (Fault::Lease, 1),
        (Fault::Lose, 1),
        (Fault::Unknown, 1),
        (Fault::Late, 1),
    ];
    const ONE_CRASH: &[(Fault, u8)] = &[(Fault::Crash, 1)];
    const TWO_SLOTS: &[(&str, u8)] = &[("slots", 2)];
    const GROWS: (&str, &str) = (
        "DedupBounded",
        "the provider keeps a key for every payment ever charged",
    );
    vec![
        Variant {
            name: "no-key",
            handler: "no-key",
            summary: "charges without an idempotency key",
            claims: CHARGES,
            breaks: &[(
                "NoDoubleCharge",
                "charged, crashed before that was saved, and charged again",
            )],
            faults: ONE_CRASH,
            ..Variant::default()
        },
        Variant {
            name: "no-key-answer-lost",
            handler: "no-key",
            summary: "the same without a crash: the charge is made, its answer is lost",
            claims: CHARGES,
            breaks: &[(
                "NoDoubleCharge",
                "charged, but no answer came, and charged again",
            )],
            faults: &[(Fault::Unknown, 1)],
            ..Variant::default()
        },
        Variant {
            name: "fresh-key",
            handler: "fresh-key",
            summary: "draws a new idempotency key for every attempt",
            claims: CHARGES,
            breaks: &[
                (
                    "NoDoubleCharge",
                    "the attempt after a crash has another key, which the provider has not seen",
                ),
                GROWS,
            ],
            faults: ONE_CRASH,
            ..Variant::default()
        },
        Variant {
            name: "query-first-late",
            handler: "query-first",
            summary: "asks before it charges, while an earlier request is still on its way",
            claims: CHARGES,
            breaks: &[(
                "NoDoubleCharge",
                "the question found no charge; then the delayed request arrived, and the new one",
            )],
            faults: &[(Fault::Late, 1)],
            ..Variant::default()
        },
        Variant {
            name: "query-first-concurrent",
            handler: "query-first",
            summary: "asks before it charges, in two slots at once",
            claims: CHARGES,
            breaks: &[(
                "NoDoubleCharge",
                "both slots asked before either had charged",
            )],
            bounds: TWO_SLOTS,
            faults: &[(Fault::Duplicate, 1)],
            ..Variant::default()
        },
        Variant {
            name: "derived-key-forgotten",
            handler: "derived-key",
            summary: "derives the key, but retries after the provider has dropped it",
            claims: CHARGES,
            breaks: &[
                (
                    "NoDoubleCharge",
                    "charged, crashed, the key was forgotten, and the retry charged again",
                ),
                GROWS,
            ],
            faults: &[(Fault::Crash, 1), (Fault::Forget, 1)],
            ..Variant::default()
        },
        Variant {
            name: "timeout-as-failure",
            handler: "timeout-as-failure",
            summary: "derives the key, and takes a time-out for a charge that was not made",
            claims: &["NoDoubleCharge", "PaidRecorded", "NoDoubleEffect"],
            breaks: &[
                (
                    "Charged",
                    "the request was lost, and the command acknowledged as failed",
                ),
                (
                    "PaidRecorded",
                    "charged, but its answer was lost, and the command acknowledged as failed",
                ),
                (
                    "NoLostEffect",
                    "the command is acknowledged, and the payment not recorded as paid",
                ),
                (
                    "ExactlyOnceEquivalent",
                    "at rest the history lacks the command that was given up",
                ),
                GROWS,
            ],
            faults: &[(Fault::Lose, 1), (Fault::Unknown, 1)],
            ..Variant::default()
        },
        Variant {
            name: "query-first",
            handler: "query-first",
            summary: "asks before it charges; right with one slot and if no request arrives late",
            right: true,
            claims: RIGHT,
            breaks: &[],
            faults: &[
                (Fault::Crash, 1),
                (Fault::Duplicate, 1),
                (Fault::Lease, 1),
                (Fault::Lose, 1),
                (Fault::Unknown, 1),
            ],
            ..Variant::default()
        },
        Variant {
            name: "saved-key",
            handler: "saved-key",
            summary: "saves a key before it charges; right while the provider keeps that key",
            right: true,
            claims: RIGHT,
            breaks: &[GROWS],
            bounds: TWO_SLOTS,
            faults: FAULTS,
            ..Variant::default()
        },
        Variant {
            name: "derived-key",
            handler: "derived-key",
            summary: "derives the key from the payment's id; right while the provider keeps that key",
            right: true,
            claims: RIGHT,
            breaks: &[GROWS],
            bounds: TWO_SLOTS,
            faults: FAULTS,
            ..Variant::default()
        },
    ]
}
