//! The catalogue entry of the generic outbox: variants with expected verdicts, bounds, and faults.

use super::guarantees::{DISTINCT_IDS, FIRST_LINE_ANNOUNCED};
use crate::catalogue::{Description, FaultKind, Module, Parameter, Setting, Variant};
use crate::kit::fault::Fault;
use crate::kit::guarantees as ask;

pub(super) fn describe() -> Description {
    Description {
        name: "generic-outbox",
        title: "Generic outbox",
        part: 2,
        goal: "give any handler an outbox, independent of the messages that it sends",
        module: Module {
            name: "GenericOutbox",
            text: include_str!("../../../../specs/GenericOutbox.tla"),
        },
        default_variant: "three-states",
        variants: variants(),
        parameters: vec![
            Parameter::messages(
                3,
                "commands; two let one lead to two messages and the other to one",
            ),
            Parameter::slots(2, "handlers that run at a time; two let them race"),
            Parameter::copies(1),
        ],
        faults: FaultKind::of_a_queue(),
        actors: &["Broker", "Orders"],
        steps: &[
            ("Load", "loads the order and its outbox"),
            ("Save", "saves the order with the messages to send"),
            ("PublishLineAdded", "publishes LineAdded"),
            ("PublishFirstLineAdded", "publishes FirstLineAdded"),
            ("MarkDispatched", "saves the entry as dispatched"),
            ("Ack", "acknowledges"),
        ],
        guarantees: vec![
            ask::CONSISTENT_OUTPUT,
            ask::NO_LOST_OUTPUT,
            DISTINCT_IDS,
            FIRST_LINE_ANNOUNCED,
            ask::CLEAN_AT_REST,
            ask::NO_GHOST_EVER,
            ask::NO_DOUBLE_EFFECT,
            ask::NO_LOST_EFFECT,
            ask::EXACTLY_ONCE_EQUIVALENT,
            ask::DEDUP_BOUNDED,
            ask::SETTLES,
        ],
        larger: vec![
            Setting::of("three-states", &[("copies", 2)], &[(Fault::Crash, 1)]).without_tlc(),
            Setting::twice(
                "three-states",
                &[("messages", 1), ("slots", 1)],
                &[Fault::Crash, Fault::Duplicate, Fault::Lease],
            ),
        ],
    }
}

fn variants() -> Vec<Variant> {
    const ONE_CRASH: &[(Fault, u8)] = &[(Fault::Crash, 1)];
    const GROWS: (&str, &str) = (
        "DedupBounded",
        "an entry is kept for every command ever handled, none is dropped",
    );
    const CLAIMS: &[&str] = &[
        "DistinctIds",
        "FirstLineAnnounced",
        "NoDoubleEffect",
        "NoGhostEver",
        "ConsistentOutput",
        "NoLostEffect",
        "NoLostOutput",
        "ExactlyOnceEquivalent",
        "CleanAtRest",
        "Settles",
    ];
    vec![
        Variant {
            name: "two-states",
            handler: "two-states",
            summary: "takes an entry for done, whether its messages were sent or not",
            claims: CLAIMS,
            breaks: &[
                (
                    "NoLostOutput",
                    "saved, crashed before it was sent, and taken for a duplicate",
                ),
                (
                    "FirstLineAnnounced",
                    "saved, crashed before it was sent, and taken for a duplicate",
                ),
                (
                    "CleanAtRest",
                    "the messages that were never sent stay in the outbox",
                ),
                GROWS,
            ],
            faults: ONE_CRASH,
            ..Variant::default()
        },
        Variant {
            name: "never-marked",
            handler: "never-marked",
            summary: "sends what is stored, and leaves it stored",
            claims: CLAIMS,
            breaks: &[
                ("CleanAtRest", "no entry is ever marked as dispatched"),
                GROWS,
            ],
            faults: ONE_CRASH,
            ..Variant::default()
        },
        Variant {
            name: "id-at-dispatch",
            handler: "id-at-dispatch",
            summary: "stores the content of messages; each gets its id when it is sent",
            claims: CLAIMS,
            breaks: &[
                (
                    "ConsistentOutput",
                    "sent, crashed, and sent again under another id",
                ),
                GROWS,
            ],
            faults: ONE_CRASH,
            ..Variant::default()
        },
        Variant {
            name: "shared-id",
            handler: "shared-id",
            summary: "derives the id of every message from that of the command",
            claims: CLAIMS,
            breaks: &[
                (
                    "DistinctIds",
                    "the two messages about the first line have the same id",
                ),
                GROWS,
            ],
            faults: ONE_CRASH,
            ..Variant::default()
        },
        Variant {
            name: "three-states",
            handler: "three-states",
            summary: "absent, pending, dispatched: stores whole messages, sends them, marks them",
            right: true,
            claims: CLAIMS,
            breaks: &[GROWS],
            bounds: &[("messages", 2), ("slots", 2)],
            faults: &[(Fault::Crash, 1), (Fault::Duplicate, 1)],
            ..Variant::default()
        },
    ]
}
