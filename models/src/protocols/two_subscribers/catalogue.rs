//! The catalogue entry of the two subscribers: variants with expected verdicts, bounds, and faults.

use super::BOTH_SERVED;
use crate::catalogue::{Description, FaultKind, Module, Parameter, Setting, Variant};
use crate::kit::fault::Fault;
use crate::kit::guarantees as ask;

/// The descriptions of the handler's steps.
pub(super) const STEPS: &[(&str, &str)] = &[
    ("LoadRecord", "looks for a record of the event"),
    ("LoadBooks", "loads the books of the subscriber"),
    (
        "Save",
        "saves the order in the books, and what it remembers",
    ),
    ("Ack", "acknowledges the copy"),
];

pub(super) fn describe() -> Description {
    Description {
        name: "two-subscribers",
        title: "One id, two subscribers",
        part: 2,
        goal: "have every event processed once by each of two subscribers in one database",
        module: Module {
            name: "TwoSubscribers",
            text: include_str!("../../../../specs/TwoSubscribers.tla"),
        },
        default_variant: "by-id-and-subscriber",
        variants: variants(),
        parameters: vec![
            Parameter::set(
                ["events", "Messages"],
                1..=3,
                1,
                "events; one has two copies already, one for each subscriber",
            ),
            Parameter::copies(1),
            Parameter::slots(
                3,
                "copies handled at a time; two let both subscribers look before either saves",
            ),
        ],
        faults: FaultKind::of_a_queue(),
        actors: &["Broker", "Subscribers"],
        steps: STEPS,
        guarantees: vec![
            BOTH_SERVED,
            ask::NO_DOUBLE_EFFECT,
            ask::NO_LOST_EFFECT,
            ask::SETTLES,
        ],
        larger: vec![
            Setting::twice(
                "by-id-and-subscriber",
                &[("events", 1), ("slots", 1)],
                &[Fault::Crash, Fault::Duplicate, Fault::Lease],
            ),
            Setting::of(
                "store-each",
                &[("events", 2), ("slots", 2)],
                &[(Fault::Crash, 1), (Fault::Duplicate, 1)],
            )
            .without_tlc(),
        ],
    }
}

const BELIEVED: &[&str] = &["BothServed", "NoDoubleEffect", "NoLostEffect", "Settles"];

/// A copy comes again because of a crash or a duplicate, and two copies can be handled at the same
/// time.
const BOUNDS: &[(&str, u8)] = &[("slots", 2)];
const FAULTS: &[(Fault, u8)] = &[(Fault::Crash, 1), (Fault::Duplicate, 1)];

fn variants() -> Vec<Variant> {
    vec![
        Variant {
            name: "no-deduplication",
            handler: "no-deduplication",
            summary: "each subscriber books every copy that it gets",
            claims: BELIEVED,
            breaks: &[(
                "NoDoubleEffect",
                "the broker delivers a copy once more, and it is booked once more",
            )],
            faults: &[(Fault::Duplicate, 1)],
            ..Variant::default()
        },
        Variant {
            name: "by-id",
            handler: "by-id",
            summary: "a record under the id of the event says that it was processed",
            claims: BELIEVED,
            breaks: &[
                (
                    "BothServed",
                    "one subscriber finds the record of the other, and acknowledges its copy",
                ),
                (
                    "NoLostEffect",
                    "one subscriber takes its only copy for a duplicate of the other's",
                ),
            ],
            ..Variant::default()
        },
        Variant {
            name: "by-id-and-subscriber",
            handler: "by-id-and-subscriber",
            summary: "a record under the id of the event and the name of the subscriber",
            right: true,
            claims: BELIEVED,
            bounds: BOUNDS,
            faults: FAULTS,
            ..Variant::default()
        },
        Variant {
            name: "store-each",
            handler: "store-each",
            summary: "each subscriber keeps the ids with its own books",
            right: true,
            claims: BELIEVED,
            bounds: BOUNDS,
            faults: FAULTS,
            ..Variant::default()
        },
    ]
}
