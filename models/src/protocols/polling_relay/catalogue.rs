//! The catalogue entry of the polling relay: variants with expected verdicts, bounds, and faults.

use super::EVERY_ORDER_RELAYED;
use crate::catalogue::{Description, FaultKind, Module, Parameter, Setting, Variant};
use crate::kit::fault::Fault;
use crate::kit::guarantees as ask;

pub(super) fn describe() -> Description {
    Description {
        name: "polling-relay",
        title: "Polling relay",
        part: 2,
        goal: "publish every row of an outbox table, although rows are not committed in order",
        module: Module {
            name: "PollingRelay",
            text: include_str!("../../../../specs/PollingRelay.tla"),
        },
        default_variant: "gap-aware",
        variants: variants(),
        parameters: vec![
            Parameter {
                default: 2,
                ..Parameter::messages(3, "orders; two let one overtake the other")
            },
            Parameter::copies(1),
            Parameter {
                default: 2,
                ..Parameter::set(
                    ["slots", "OrdersSlots"],
                    1..=3,
                    2,
                    "orders placed at a time; two let the later number commit first",
                )
            },
        ],
        faults: vec![
            FaultKind::new(
                Fault::Crash,
                2,
                "one lets a number be taken and never used, or the relay stop half-way",
            ),
            FaultKind::new(Fault::Duplicate, 2, "one lets an order be placed once more"),
            FaultKind::lease(2),
        ],
        actors: &["Broker", "Orders", "Relay"],
        steps: &[
            ("LoadOrder", "looks for the order"),
            ("TakeNumber", "takes the next number"),
            ("Save", "writes the order and its row, both or none"),
            ("Ack", "acknowledges the message"),
            ("LoadCursor", "loads its cursor"),
            ("ReadRows", "reads all rows"),
            ("Publish", "publishes OrderPlaced"),
            ("MoveCursor", "moves its cursor"),
        ],
        guarantees: vec![
            EVERY_ORDER_RELAYED,
            ask::NO_DOUBLE_EFFECT,
            ask::CONSISTENT_OUTPUT,
            ask::SETTLES,
        ],
        larger: vec![
            Setting::of(
                "gap-aware",
                &[],
                &[(Fault::Crash, 1), (Fault::Duplicate, 1), (Fault::Lease, 1)],
            )
            .without_tlc(),
        ],
    }
}

const BELIEVED: &[&str] = &[
    "EveryOrderRelayed",
    "NoDoubleEffect",
    "ConsistentOutput",
    "Settles",
];

fn variants() -> Vec<Variant> {
    vec![
        Variant {
            name: "naive-cursor",
            handler: "naive-cursor",
            summary: "publishes the lowest row above the cursor, and moves the cursor there",
            claims: BELIEVED,
            breaks: &[(
                "EveryOrderRelayed",
                "row 2 is committed and published before row 1, which is then below the cursor",
            )],
            ..Variant::default()
        },
        Variant {
            name: "wait-for-gaps",
            handler: "wait-for-gaps",
            summary: "publishes only the row right after the cursor",
            claims: BELIEVED,
            breaks: &[(
                "EveryOrderRelayed",
                "a crash leaves a number without a row, and the relay waits for it forever",
            )],
            bounds: &[("messages", 1), ("slots", 1)],
            faults: &[(Fault::Crash, 1)],
            ..Variant::default()
        },
        Variant {
            name: "move-first",
            handler: "move-first",
            summary: "moves the cursor before it publishes the row",
            claims: BELIEVED,
            breaks: &[(
                "EveryOrderRelayed",
                "the relay crashes after it has moved the cursor",
            )],
            bounds: &[("messages", 1), ("slots", 1)],
            faults: &[(Fault::Crash, 1)],
            ..Variant::default()
        },
        Variant {
            name: "gap-aware",
            handler: "gap-aware",
            summary: "also keeps which rows above the cursor are published, and fills gaps later",
            right: true,
            claims: BELIEVED,
            faults: &[(Fault::Crash, 1)],
            ..Variant::default()
        },
    ]
}
