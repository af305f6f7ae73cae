//! The catalogue entry of provider keys: variants with expected verdicts, bounds, and faults.

use super::guarantees::{ONE_CHARGE_PER_KEY, TOLD_ONLY_IF_CHARGED};
use crate::catalogue::{Description, FaultKind, Module, Parameter, Setting, Variant};
use crate::kit::fault::Fault;
use crate::kit::guarantees as ask;

pub(super) fn describe() -> Description {
    Description {
        name: "provider-keys",
        title: "Provider keys",
        part: 4,
        goal: "execute what comes under an idempotency key once, on the provider's side",
        module: Module {
            name: "ProviderKeys",
            text: include_str!("../../../../specs/ProviderKeys.tla"),
        },
        default_variant: "leased",
        variants: variants(),
        parameters: vec![
            Parameter::messages(
                3,
                "requests under the one key; two use it for different things",
            )
            .related(),
            Parameter::slots(
                2,
                "requests served at a time; two let them race for the key",
            ),
            Parameter::copies(2),
        ],
        faults: vec![
            FaultKind::new(
                Fault::Crash,
                2,
                "one lets a worker die that has reserved the key",
            ),
            FaultKind::new(Fault::Duplicate, 2, "one repeats an answered request"),
            FaultKind::new(
                Fault::Lease,
                2,
                "one lets a reservation run out while its owner is at work",
            ),
        ],
        actors: &["Broker", "Provider"],
        steps: &[
            ("LoadKey", "looks up the key"),
            ("Reserve", "reserves the key"),
            ("LoadAccount", "loads the account"),
            ("Charge", "charges the account"),
            ("SaveKey", "saves that the key is used"),
            ("ChargeAndSave", "charges the account and saves the key"),
            ("Answer", "answers the request"),
            ("Ack", "is done with the request"),
        ],
        guarantees: vec![
            ONE_CHARGE_PER_KEY,
            TOLD_ONLY_IF_CHARGED,
            ask::NO_DOUBLE_EFFECT,
            ask::CONSISTENT_OUTPUT,
            ask::NO_LOST_OUTPUT,
            ask::SETTLES,
        ],
        larger: vec![
            Setting::twice(
                "leased",
                &[("messages", 1), ("copies", 1)],
                &[Fault::Crash, Fault::Duplicate, Fault::Lease],
            )
            .without_tlc(),
            Setting::of("one-transaction", &[("messages", 2)], &[(Fault::Crash, 1)]).without_tlc(),
        ],
    }
}

fn variants() -> Vec<Variant> {
    const ONE_CRASH: &[(Fault, u8)] = &[(Fault::Crash, 1)];
    const PROMISED: &[&str] = &[
        "OneChargePerKey",
        "ToldOnlyIfCharged",
        "NoDoubleEffect",
        "ConsistentOutput",
        "NoLostOutput",
        "Settles",
    ];
    const BOTH_FOUND_NOTHING: &str = "two requests at once found no key, and both were executed";
    vec![
        Variant {
            name: "check-then-charge",
            handler: "check-then-charge",
            summary: "looks for the key, charges, and saves the key afterwards",
            claims: PROMISED,
            breaks: &[
                ("OneChargePerKey", BOTH_FOUND_NOTHING),
                ("NoDoubleEffect", BOTH_FOUND_NOTHING),
            ],
            bounds: &[("slots", 2)],
            ..Variant::default()
        },
        Variant {
            name: "body-ignored",
            handler: "body-ignored",
            summary: "takes every request under the key for a repetition of the first",
            claims: PROMISED,
            breaks: &[(
                "ToldOnlyIfCharged",
                "the second request, for something else, got the answer to the first",
            )],
            bounds: &[("messages", 2), ("copies", 1)],
            ..Variant::default()
        },
        Variant {
            name: "never-taken-over",
            handler: "never-taken-over",
            summary: "reserves the key, and answers 409 as long as it is reserved",
            claims: PROMISED,
            breaks: &[(
                "Settles",
                "reserved, crashed, and every repetition is told that the first is in progress",
            )],
            bounds: &[("copies", 1)],
            faults: ONE_CRASH,
            ..Variant::default()
        },
        Variant {
            name: "one-transaction",
            handler: "one-transaction",
            summary: "charges and saves the key in one transaction; a conflict is the 409",
            right: true,
            claims: PROMISED,
            bounds: &[("slots", 2)],
            faults: ONE_CRASH,
            ..Variant::default()
        },
        Variant {
            name: "leased",
            handler: "leased",
            summary: "reserves the key under a lease, and answers 409 while its owner holds it",
            right: true,
            claims: PROMISED,
            bounds: &[("slots", 2)],
            faults: &[(Fault::Crash, 1), (Fault::Lease, 1)],
            ..Variant::default()
        },
    ]
}
