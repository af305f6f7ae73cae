//! The catalogue entry of ordered updates: variants with expected verdicts, bounds, and faults.

use super::APPLIED_IN_ORDER;
use crate::catalogue::{Description, FaultKind, Module, Parameter, Setting, Variant};
use crate::kit::fault::Fault;
use crate::kit::guarantees as ask;

pub(super) fn describe() -> Description {
    Description {
        name: "ordered-updates",
        title: "Ordered updates",
        part: 2,
        goal: "apply the changes of one thing in the order in which they were sent",
        module: Module {
            name: "OrderedUpdates",
            text: include_str!("../../../../specs/OrderedUpdates.tla"),
        },
        default_variant: "in-order",
        variants: variants(),
        parameters: vec![
            Parameter {
                default: 2,
                ..Parameter::messages(
                    4,
                    "changes; two of one product let the later one come first",
                )
            },
            Parameter::number(
                ["products", "Products"],
                1..=2,
                1,
                "products; two let changes of different products be handled at the same time",
            ),
            Parameter::slots(
                2,
                "handlers that run at a time; two let a second one start beside a slow one",
            ),
            Parameter::copies(1),
        ],
        faults: FaultKind::of_a_queue(),
        actors: &["Broker", "Shop"],
        steps: &[
            ("Load", "loads the history of the product's prices"),
            ("Save", "saves the history with the change"),
            ("Ack", "acknowledges"),
        ],
        guarantees: vec![
            APPLIED_IN_ORDER,
            ask::NO_DOUBLE_EFFECT,
            ask::NO_LOST_EFFECT,
            ask::SETTLES,
        ],
        larger: vec![
            Setting::twice(
                "in-order",
                &[("messages", 2), ("products", 1), ("slots", 2)],
                &[Fault::Crash, Fault::Duplicate, Fault::Lease],
            ),
            Setting::of(
                "in-order",
                &[("messages", 4), ("products", 2), ("slots", 2)],
                &[(Fault::Crash, 1), (Fault::Lease, 1)],
            ),
        ],
    }
}

fn variants() -> Vec<Variant> {
    const ALL: &[&str] = &[
        "AppliedInOrder",
        "NoDoubleEffect",
        "NoLostEffect",
        "Settles",
    ];
    vec![
        Variant {
            name: "wrong-key",
            handler: "wrong-key",
            summary: "partitions by the id of the message, and ignores a change that it has applied",
            claims: ALL,
            breaks: &[(
                "AppliedInOrder",
                "each message is a partition of its own, and the second change comes first",
            )],
            ..Variant::default()
        },
        Variant {
            name: "skip-older",
            handler: "skip-older",
            summary: "partitions by the id of the message, and ignores a change that is not newer than the newest",
            claims: ALL,
            breaks: &[
                (
                    "AppliedInOrder",
                    "the second change comes first, and the product has no first change",
                ),
                (
                    "NoLostEffect",
                    "the first change comes second, is older, and is acknowledged without an effect",
                ),
            ],
            ..Variant::default()
        },
        Variant {
            name: "wait-for-its-turn",
            handler: "wait-for-its-turn",
            summary: "partitions by the id of the message, and gives back a change whose predecessor is missing",
            claims: ALL,
            breaks: &[(
                "Settles",
                "the second change is handed out and given back for ever, and the first one waits",
            )],
            ..Variant::default()
        },
        Variant {
            name: "append-again",
            handler: "append-again",
            summary: "partitions by product, and appends every change that it gets",
            claims: ALL,
            breaks: &[
                (
                    "NoDoubleEffect",
                    "saved, crashed before the acknowledgement, and saved again",
                ),
                ("AppliedInOrder", "the history has the first change twice"),
            ],
            faults: &[(Fault::Crash, 1)],
            ..Variant::default()
        },
        Variant {
            name: "in-order",
            handler: "in-order",
            summary: "partitions by product, and ignores a change that is not newer than the newest",
            right: true,
            claims: ALL,
            bounds: &[("messages", 3), ("products", 2), ("slots", 2)],
            faults: &[(Fault::Crash, 1), (Fault::Duplicate, 1), (Fault::Lease, 1)],
            ..Variant::default()
        },
    ]
}
