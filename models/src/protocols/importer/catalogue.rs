//! The catalogue entry of the importer: variants with expected verdicts, bounds, and faults.

use super::EVERY_ROW_IMPORTED;
use crate::catalogue::{Description, FaultKind, Module, Parameter, Setting, Variant};
use crate::kit::fault::Fault;
use crate::kit::guarantees as ask;

pub(super) fn describe() -> Description {
    Description {
        name: "importer",
        title: "Importer",
        part: 2,
        goal: "send every row of a table once, although sending and deleting are two steps",
        module: Module {
            name: "Importer",
            text: include_str!("../../../../specs/Importer.tla"),
        },
        default_variant: "deduplicate-by-row",
        variants: variants(),
        parameters: vec![
            Parameter::set(
                ["rows", "Messages"],
                1..=3,
                1,
                "rows; two let one be sent between the send and the deletion of another",
            ),
            Parameter::set(
                ["slots", "OrdersSlots"],
                1..=2,
                1,
                "messages that Orders handles at a time; two let copies of a row race",
            ),
            Parameter::set(
                ["importer-slots", "ImporterSlots"],
                1..=2,
                1,
                "polls at a time; two let both send the same row",
            ),
        ],
        faults: vec![
            FaultKind::new(
                Fault::Crash,
                2,
                "one lets the importer stop between its two steps, or Orders before it acknowledges",
            ),
            FaultKind::new(
                Fault::Duplicate,
                2,
                "one lets a message arrive once more than it was sent",
            ),
            FaultKind::lease(2),
            FaultKind::new(
                Fault::Fail,
                2,
                "one lets the database refuse a deletion, or the broker a message",
            ),
            FaultKind::new(
                Fault::Unknown,
                2,
                "one lets a send succeed that the importer takes for a failure",
            ),
        ],
        actors: &["Importer", "Broker", "Orders"],
        steps: &[
            ("ReadRows", "reads the rows of the table"),
            ("SendRow", "sends the first row"),
            ("DeleteRow", "deletes the row"),
            ("LoadOrder", "loads the order"),
            ("SaveOrder", "saves the order with a line for the row"),
            ("AckRow", "acknowledges the row"),
        ],
        guarantees: vec![
            EVERY_ROW_IMPORTED,
            ask::NO_DOUBLE_EFFECT,
            ask::EXACTLY_ONCE_EQUIVALENT,
            ask::SETTLES,
        ],
        larger: vec![
            Setting::twice(
                "deduplicate-by-row",
                &[("rows", 1)],
                &[
                    Fault::Crash,
                    Fault::Duplicate,
                    Fault::Lease,
                    Fault::Fail,
                    Fault::Unknown,
                ],
            )
            .without_tlc(),
            Setting::of(
                "deduplicate-by-row",
                &[("rows", 2), ("slots", 2), ("importer-slots", 2)],
                &[(Fault::Crash, 1), (Fault::Fail, 0)],
            )
            .without_tlc(),
        ],
    }
}

const BELIEVED: &[&str] = &[
    "EveryRowImported",
    "NoDoubleEffect",
    "ExactlyOnceEquivalent",
    "Settles",
];

fn variants() -> Vec<Variant> {
    vec![
        Variant {
            name: "send-then-delete",
            handler: "send-then-delete",
            summary: "sends the row, then deletes it; Orders adds a line for every message",
            claims: BELIEVED,
            breaks: &[
                (
                    "NoDoubleEffect",
                    "the deletion fails, the row is still there at the next poll and is sent again",
                ),
                (
                    "ExactlyOnceEquivalent",
                    "the line of the row is in the history twice",
                ),
            ],
            faults: &[(Fault::Fail, 1)],
            ..Variant::default()
        },
        Variant {
            name: "delete-then-send",
            handler: "delete-then-send",
            summary: "deletes the row, then sends it",
            claims: BELIEVED,
            breaks: &[
                (
                    "EveryRowImported",
                    "the row is deleted, and the broker does not take the message",
                ),
                (
                    "ExactlyOnceEquivalent",
                    "at rest the history lacks the row that was deleted and not sent",
                ),
            ],
            bounds: &[("rows", 2)],
            faults: &[(Fault::Fail, 1)],
            ..Variant::default()
        },
        Variant {
            name: "deduplicate-by-row",
            handler: "deduplicate-by-row",
            summary: "sends the row, then deletes it; Orders recognises the row by its identity",
            right: true,
            claims: BELIEVED,
            bounds: &[("rows", 2)],
            faults: &[(Fault::Crash, 1), (Fault::Fail, 1)],
            ..Variant::default()
        },
    ]
}
