//! The catalogue entry of token deduplication: variants with expected verdicts, bounds, and faults.

use super::{ALL_DOWNSTREAM, NO_DOUBLE_DOWNSTREAM, NO_PENDING_AT_REST};
use crate::catalogue::{Description, FaultKind, Module, Parameter, Setting, Variant};
use crate::kit::fault::Fault;
use crate::kit::guarantees as ask;

pub(super) fn describe() -> Description {
    Description {
        name: "token-deduplication",
        title: "Token deduplication",
        part: 5,
        goal: "have an effect exactly once without remembering every message ever processed",
        module: Module {
            name: "TokenDeduplication",
            text: include_str!("../../../../specs/TokenDeduplication.tla"),
        },
        default_variant: "checkpoint",
        variants: variants(),
        parameters: vec![
            Parameter::messages(
                3,
                "commands; two let one write the order between another's steps",
            ),
            Parameter::slots(
                2,
                "handlers that run at a time; two let them race for the checkpoint",
            ),
            Parameter::copies(1),
        ],
        faults: vec![
            FaultKind::crash(2),
            FaultKind::new(
                Fault::Duplicate,
                2,
                "one lets a copy of a command or of an event arrive when all seemed \
                 done",
            ),
            FaultKind::lease(2),
        ],
        actors: &["Broker", "Orders", "Billing"],
        steps: &[
            ("Load", "loads the order"),
            ("CheckToken", "looks up the command's token"),
            (
                "Save",
                "saves the order with the line and the pending event",
            ),
            ("CreateToken", "creates a token for the event"),
            ("Checkpoint", "saves the event's token in the order"),
            ("Publish", "publishes LineAdded with its token"),
            ("DeleteToken", "deletes the command's token"),
            ("Clean", "removes the pending event from the order"),
            ("Ack", "acknowledges"),
        ],
        guarantees: vec![
            ask::NO_DOUBLE_EFFECT,
            NO_DOUBLE_DOWNSTREAM,
            ask::NO_GHOST_EVER,
            ask::NO_GHOST_AT_REST,
            ask::CONSISTENT_OUTPUT,
            ask::NO_LOST_EFFECT,
            ask::NO_LOST_OUTPUT,
            ALL_DOWNSTREAM,
            ask::EXACTLY_ONCE_EQUIVALENT,
            ask::DEDUP_BOUNDED,
            NO_PENDING_AT_REST,
            ask::CLEAN_AT_REST,
            ask::SETTLES,
        ],
        larger: vec![
            Setting::of("checkpoint", &[("messages", 2)], &[(Fault::Duplicate, 0)]),
            Setting::of("checkpoint", &[("messages", 2)], &[(Fault::Crash, 0)]).without_tlc(),
            // Every fault may happen twice.
            Setting::twice(
                "checkpoint",
                &[("slots", 1)],
                &[Fault::Crash, Fault::Duplicate, Fault::Lease],
            ),
        ],
    }
}

fn variants() -> Vec<Variant> {
    const ONE_CRASH: &[(Fault, u8)] = &[(Fault::Crash, 1)];
    const BELIEVED: &[&str] = &[
        "NoDoubleEffect",
        "NoDoubleDownstream",
        "NoGhostEver",
        "ConsistentOutput",
        "NoLostEffect",
        "NoLostOutput",
        "AllDownstream",
        "DedupBounded",
        "NoPendingAtRest",
        "CleanAtRest",
    ];
    const PROMISED: &[&str] = &[
        "NoDoubleEffect",
        "NoDoubleDownstream",
        "NoGhostEver",
        "NoGhostAtRest",
        "ConsistentOutput",
        "NoLostEffect",
        "NoLostOutput",
        "AllDownstream",
        "ExactlyOnceEquivalent",
        "DedupBounded",
        "NoPendingAtRest",
    ];
    vec![
        Variant {
            name: "regenerated",
            handler: "regenerated",
            summary: "creates a new token for the event at every dispatch",
            claims: BELIEVED,
            breaks: &[
                (
                    "NoDoubleDownstream",
                    "published, crashed, and published again under a second token that exists",
                ),
                (
                    "ConsistentOutput",
                    "every dispatch sends the event with a token of its own",
                ),
                (
                    "CleanAtRest",
                    "a token created just before the crash is never sent, so nobody deletes it",
                ),
            ],
            faults: ONE_CRASH,
            ..Variant::default()
        },
        Variant {
            name: "recreated",
            handler: "recreated",
            summary: "derives the event's token from the command and creates it at every dispatch",
            claims: BELIEVED,
            breaks: &[(
                "NoDoubleDownstream",
                "the attempt after the crash creates again the token that the consumer has deleted",
            )],
            faults: ONE_CRASH,
            ..Variant::default()
        },
        Variant {
            name: "persisted-first",
            handler: "persisted-first",
            summary: "saves the event's token, then creates it",
            claims: BELIEVED,
            breaks: &[(
                "AllDownstream",
                "saved, crashed, and taken for created: the consumer finds no token and drops the \
                 event",
            )],
            faults: ONE_CRASH,
            ..Variant::default()
        },
        Variant {
            name: "checkpoint-overtaken",
            handler: "checkpoint",
            summary: "the right handler with a lease that expires: a second slot acknowledges, and the first dies",
            claims: PROMISED,
            breaks: &[
                (
                    "NoPendingAtRest",
                    "the slot that was overtaken crashes before it removes the entry, and the command is \
                     acknowledged",
                ),
                (
                    "CleanAtRest",
                    "a token created but not saved before the crash is garbage",
                ),
            ],
            bounds: &[("slots", 2)],
            faults: &[(Fault::Crash, 1), (Fault::Lease, 1)],
            ..Variant::default()
        },
        Variant {
            name: "checkpoint",
            handler: "checkpoint",
            summary: "creates the event's token, then saves it, then publishes",
            right: true,
            claims: PROMISED,
            breaks: &[(
                "CleanAtRest",
                "a token created but not saved before the crash is garbage",
            )],
            bounds: &[("slots", 2)],
            faults: &[(Fault::Crash, 1), (Fault::Duplicate, 1)],
            ..Variant::default()
        },
        Variant {
            name: "checkpoint-concurrent",
            handler: "checkpoint",
            summary: "the same with two slots and no crash: one of two checkpoints comes too late",
            right: true,
            claims: PROMISED,
            breaks: &[(
                "CleanAtRest",
                "the slot that loses the race for the checkpoint leaves the token it created",
            )],
            bounds: &[("slots", 2), ("copies", 2)],
            ..Variant::default()
        },
    ]
}
