//! The catalogue entry of immutable data: variants with expected verdicts, bounds, and faults.

use super::guarantees::{CONVERGES, STAYS_READABLE};
use crate::catalogue::{Description, FaultKind, Module, Parameter, Setting, Variant};
use crate::kit::fault::Fault;
use crate::kit::guarantees as ask;

pub(super) fn describe() -> Description {
    Description {
        name: "immutable-data",
        title: "Immutable data",
        part: 2,
        goal: "keep what arrives late, twice or in any order, so that readers find what they were told",
        module: Module {
            name: "ImmutableData",
            text: include_str!("../../../../specs/ImmutableData.tla"),
        },
        default_variant: "facts",
        variants: variants(),
        parameters: vec![
            Parameter::messages(
                3,
                "revisions; two let the older one come after the newer one",
            ),
            Parameter::slots(2, "handlers that run at a time; two let them race"),
            Parameter::copies(2),
        ],
        faults: FaultKind::of_a_queue(),
        actors: &["Broker", "Prices"],
        steps: &[
            ("Store", "stores the file"),
            ("Load", "loads what is known of the prices"),
            ("Save", "saves what is known of the prices"),
            ("Publish", "publishes that it can be read"),
            ("Ack", "acknowledges"),
        ],
        guarantees: vec![
            CONVERGES,
            STAYS_READABLE,
            ask::NO_LOST_EFFECT,
            ask::NO_DOUBLE_EFFECT,
            ask::ONLY_EFFECTS_ANNOUNCED,
            ask::NO_LOST_OUTPUT,
            ask::CONSISTENT_OUTPUT,
            ask::EXACTLY_ONCE_EQUIVALENT,
            ask::CLEAN_AT_REST,
            ask::DEDUP_BOUNDED,
            ask::SETTLES,
        ],
        larger: vec![
            Setting::of(
                "facts",
                &[("copies", 1)],
                &[(Fault::Duplicate, 1), (Fault::Lease, 1)],
            ),
            Setting::twice(
                "new-name",
                &[("slots", 1)],
                &[Fault::Crash, Fault::Duplicate, Fault::Lease],
            ),
        ],
    }
}

/// The guarantees that facts and files under new names both claim.
const CONVERGENT: &[&str] = &[
    "Converges",
    "StaysReadable",
    "NoDoubleEffect",
    "OnlyEffectsAnnounced",
    "ConsistentOutput",
    "NoLostEffect",
    "NoLostOutput",
    "ExactlyOnceEquivalent",
    "Settles",
];

fn variants() -> Vec<Variant> {
    const ONE_CRASH: &[(Fault, u8)] = &[(Fault::Crash, 1)];
    const GROWS: (&str, &str) = (
        "DedupBounded",
        "older revisions are kept forever, though nobody waits for one",
    );
    vec![
        Variant {
            name: "overwriting",
            handler: "overwriting",
            summary: "replaces what is there by what arrives",
            claims: &["Converges", "NoDoubleEffect", "NoLostEffect"],
            breaks: &[
                ("Converges", "the older revision comes last and stays"),
                (
                    "StaysReadable",
                    "a revision that was announced is replaced by the next one",
                ),
                (
                    "NoDoubleEffect",
                    "revision 1, revision 2, and a copy of revision 1 is written again",
                ),
                (
                    "ExactlyOnceEquivalent",
                    "the revision is in the history twice",
                ),
            ],
            bounds: &[("messages", 2)],
            ..Variant::default()
        },
        Variant {
            name: "newer-wins",
            handler: "newer-wins",
            summary: "replaces what is there by a higher revision, and drops a lower one",
            right: true,
            claims: &[
                "Converges",
                "NoDoubleEffect",
                "OnlyEffectsAnnounced",
                "ConsistentOutput",
            ],
            breaks: &[
                (
                    "StaysReadable",
                    "a revision that was announced is replaced by the next one",
                ),
                (
                    "NoLostEffect",
                    "revision 2 comes first, so revision 1 is dropped",
                ),
                (
                    "NoLostOutput",
                    "saved, crashed, overtaken, and dropped before its event was published",
                ),
                (
                    "ExactlyOnceEquivalent",
                    "at rest the history lacks the revision that was dropped",
                ),
            ],
            bounds: &[("messages", 2), ("copies", 1)],
            faults: ONE_CRASH,
            ..Variant::default()
        },
        Variant {
            name: "facts",
            handler: "facts",
            summary: "adds the revision to the set of those that are known",
            right: true,
            claims: CONVERGENT,
            breaks: &[GROWS],
            bounds: &[("messages", 2), ("slots", 2)],
            faults: ONE_CRASH,
            ..Variant::default()
        },
        Variant {
            name: "same-name",
            handler: "same-name",
            summary: "makes a file whose name every attempt derives from the revision",
            claims: &["StaysReadable", "ConsistentOutput", "CleanAtRest"],
            breaks: &[(
                "StaysReadable",
                "the second attempt replaces the file that the first one has announced",
            )],
            bounds: &[("copies", 1)],
            faults: ONE_CRASH,
            ..Variant::default()
        },
        Variant {
            name: "new-name",
            handler: "new-name",
            summary: "makes a file under a name of the attempt's own; one of them is chosen",
            right: true,
            claims: CONVERGENT,
            breaks: &[
                GROWS,
                (
                    "CleanAtRest",
                    "stored, crashed, and the next attempt stores another file",
                ),
            ],
            bounds: &[("messages", 2), ("slots", 2), ("copies", 1)],
            faults: ONE_CRASH,
            ..Variant::default()
        },
    ]
}
