//! The catalogue entry of delivery: variants with expected verdicts, bounds, and faults.

use crate::catalogue::{Description, FaultKind, Module, Parameter, Setting, Variant};
use crate::kit::fault::Fault;
use crate::kit::guarantees as ask;

pub(super) fn describe() -> Description {
    Description {
        name: "delivery",
        title: "Delivery",
        part: 2,
        goal: "acknowledge a message at a time that loses none",
        module: Module {
            name: "Delivery",
            text: include_str!("../../../../specs/Delivery.tla"),
        },
        default_variant: "acknowledge-last",
        variants: variants(),
        parameters: vec![
            Parameter::messages(
                4,
                "commands; two let one write the order between another's steps",
            ),
            Parameter::slots(
                3,
                "handlers that run at a time; two let a second one start on a message of a slow one",
            ),
            Parameter::copies(1),
        ],
        faults: FaultKind::of_a_queue(),
        actors: &["Broker", "Orders"],
        steps: &[
            ("Load", "loads the order"),
            ("Save", "saves the order"),
            ("Ack", "acknowledges"),
        ],
        guarantees: vec![
            ask::NO_DOUBLE_EFFECT,
            ask::NO_LOST_EFFECT,
            ask::EXACTLY_ONCE_EQUIVALENT,
            ask::SETTLES,
        ],
        larger: vec![
            Setting::twice(
                "acknowledge-last",
                &[("messages", 1), ("slots", 2)],
                &[Fault::Crash, Fault::Duplicate, Fault::Lease],
            ),
            Setting::of(
                "acknowledge-last",
                &[("messages", 3), ("slots", 2)],
                &[(Fault::Crash, 1), (Fault::Duplicate, 1), (Fault::Lease, 1)],
            )
            .without_tlc(),
        ],
    }
}

fn variants() -> Vec<Variant> {
    const ONE_CRASH: &[(Fault, u8)] = &[(Fault::Crash, 1)];
    const IN_HISTORY_TWICE: (&str, &str) = (
        "ExactlyOnceEquivalent",
        "the command is in the history twice",
    );
    vec![
        Variant {
            name: "acknowledge-first",
            handler: "acknowledge-first",
            summary: "acknowledges the command, then adds the line",
            claims: &["NoDoubleEffect", "NoLostEffect", "Settles"],
            breaks: &[
                (
                    "NoLostEffect",
                    "acknowledged, and crashed before the line was saved",
                ),
                (
                    "ExactlyOnceEquivalent",
                    "at rest the history lacks the lost command",
                ),
            ],
            faults: ONE_CRASH,
            ..Variant::default()
        },
        Variant {
            name: "slow-handler",
            handler: "acknowledge-last",
            summary: "acknowledges last, where no handler crashes but one is slower than its lease",
            claims: &["NoDoubleEffect", "NoLostEffect"],
            breaks: &[
                (
                    "NoDoubleEffect",
                    "the lease expires before the acknowledgement, and another slot adds the line too",
                ),
                IN_HISTORY_TWICE,
            ],
            bounds: &[("slots", 2)],
            faults: &[(Fault::Lease, 1)],
            ..Variant::default()
        },
        Variant {
            name: "acknowledge-last",
            handler: "acknowledge-last",
            summary: "adds the line, then acknowledges the command: at least once",
            right: true,
            claims: &["NoLostEffect", "Settles"],
            breaks: &[
                (
                    "NoDoubleEffect",
                    "saved, crashed before the acknowledgement, and saved again",
                ),
                IN_HISTORY_TWICE,
            ],
            bounds: &[("messages", 2), ("slots", 2)],
            faults: ONE_CRASH,
            ..Variant::default()
        },
    ]
}
