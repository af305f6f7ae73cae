//! The catalogue entry of natural idempotency: variants with expected verdicts, bounds, and faults.

use crate::catalogue::{Description, FaultKind, Module, Parameter, Setting, Variant};
use crate::kit::fault::Fault;
use crate::kit::guarantees as ask;

pub(super) fn describe() -> Description {
    Description {
        name: "natural-idempotency",
        title: "Natural idempotency",
        part: 2,
        goal: "have each command take effect once, by the state alone and without message ids",
        module: Module {
            name: "NaturalIdempotency",
            text: include_str!("../../../../specs/NaturalIdempotency.tla"),
        },
        default_variant: "forward-only",
        variants: variants(),
        parameters: vec![
            Parameter::messages(
                4,
                "commands; two let one undo what another has done, or overwrite it",
            ),
            Parameter::slots(2, "handlers that run at a time; two let them race"),
            Parameter::copies(2),
            Parameter::number(
                ["removals", "Removals"],
                0..=1,
                0,
                "1 makes every second command remove the line of the one before it; 0 lets all add",
            ),
        ],
        faults: FaultKind::of_a_queue(),
        actors: &["Broker", "Orders"],
        steps: &[
            ("Load", "loads the order"),
            ("Save", "saves the order"),
            ("Create", "creates the row unless it exists"),
            ("Publish", "publishes LineChanged"),
            ("Ack", "acknowledges"),
        ],
        guarantees: vec![
            ask::NO_DOUBLE_EFFECT,
            ask::NO_LOST_EFFECT,
            ask::NO_LOST_OUTPUT,
            ask::ONLY_EFFECTS_ANNOUNCED,
            ask::CONSISTENT_OUTPUT,
            ask::EXACTLY_ONCE_EQUIVALENT,
            ask::DEDUP_BOUNDED,
            ask::SETTLES,
        ],
        larger: vec![
            Setting::of(
                "forward-only",
                &[("copies", 1)],
                &[(Fault::Duplicate, 1), (Fault::Lease, 1)],
            ),
            Setting::twice(
                "primary-key",
                &[("messages", 1), ("slots", 1), ("copies", 1)],
                &[Fault::Crash, Fault::Duplicate, Fault::Lease],
            ),
        ],
    }
}

const EVERYTHING: &[&str] = &[
    "NoDoubleEffect",
    "OnlyEffectsAnnounced",
    "ConsistentOutput",
    "NoLostEffect",
    "NoLostOutput",
    "ExactlyOnceEquivalent",
    "DedupBounded",
    "Settles",
];

fn variants() -> Vec<Variant> {
    const ONE_CRASH: &[(Fault, u8)] = &[(Fault::Crash, 1)];
    vec![
        Variant {
            name: "check-and-return",
            handler: "check-and-return",
            summary: "returns at once if the order already has the line",
            claims: &["NoDoubleEffect", "NoLostEffect", "NoLostOutput"],
            breaks: &[(
                "NoLostOutput",
                "the attempt after a crash finds the line and returns before it publishes",
            )],
            bounds: &[("copies", 1)],
            faults: ONE_CRASH,
            ..Variant::default()
        },
        Variant {
            name: "add-and-remove",
            handler: "check",
            summary: "the check, where another command removes what the first one adds",
            claims: &["NoDoubleEffect", "NoLostEffect", "OnlyEffectsAnnounced"],
            breaks: &[
                (
                    "NoDoubleEffect",
                    "added, removed, and a late copy of the first command adds the line again",
                ),
                (
                    "OnlyEffectsAnnounced",
                    "a removal that comes first finds no line, changes nothing and is announced",
                ),
                (
                    "NoLostEffect",
                    "a removal that comes before the addition is taken for done",
                ),
                (
                    "ExactlyOnceEquivalent",
                    "the history has an addition twice, or no removal",
                ),
            ],
            bounds: &[("messages", 2), ("removals", 1)],
            ..Variant::default()
        },
        Variant {
            name: "blind-write",
            handler: "blind-write",
            summary: "the check, and a write that does not ask who else has written",
            claims: &["NoDoubleEffect", "NoLostEffect", "ExactlyOnceEquivalent"],
            breaks: &[(
                "ExactlyOnceEquivalent",
                "both slots load the empty order; the second write drops the line of the first",
            )],
            bounds: &[("messages", 2), ("slots", 2), ("copies", 1)],
            ..Variant::default()
        },
        Variant {
            name: "add-only",
            handler: "check",
            summary: "adds the line unless it is there, and publishes in any case; nothing removes",
            right: true,
            claims: EVERYTHING,
            bounds: &[("messages", 2), ("slots", 2)],
            faults: ONE_CRASH,
            ..Variant::default()
        },
        Variant {
            name: "primary-key",
            handler: "primary-key",
            summary: "creates a row under the command's id, unless it exists",
            right: true,
            claims: EVERYTHING,
            bounds: &[("messages", 2), ("slots", 2)],
            faults: ONE_CRASH,
            ..Variant::default()
        },
        Variant {
            name: "ids-with-state",
            handler: "ids-with-state",
            summary: "saves the command's id with the lines, and asks for that instead of the line",
            right: true,
            claims: &[
                "NoDoubleEffect",
                "NoLostOutput",
                "ConsistentOutput",
                "Settles",
            ],
            breaks: &[
                (
                    "NoLostEffect",
                    "a removal that comes before the addition finds nothing to remove",
                ),
                (
                    "OnlyEffectsAnnounced",
                    "a removal that comes before the addition is announced all the same",
                ),
                (
                    "ExactlyOnceEquivalent",
                    "a removal that had nothing to remove is not in the history",
                ),
                (
                    "DedupBounded",
                    "the order keeps the id of every command ever handled",
                ),
            ],
            bounds: &[("messages", 2), ("slots", 2), ("removals", 1)],
            faults: ONE_CRASH,
            ..Variant::default()
        },
        Variant {
            name: "forward-only",
            handler: "forward-only",
            summary: "absent, ordered, removed: a line never goes back to an earlier status",
            right: true,
            claims: &[
                "NoDoubleEffect",
                "NoLostEffect",
                "NoLostOutput",
                "OnlyEffectsAnnounced",
                "ConsistentOutput",
                "ExactlyOnceEquivalent",
            ],
            breaks: &[
                (
                    "DedupBounded",
                    "a removed line is remembered forever, or a late copy would add it again",
                ),
                (
                    "Settles",
                    "the queue hands out the removal again and again, and never the addition",
                ),
            ],
            bounds: &[("messages", 2), ("slots", 2), ("removals", 1)],
            faults: ONE_CRASH,
            ..Variant::default()
        },
    ]
}
