//! The catalogue entry of replay of versions: variants with expected verdicts, bounds, and faults.

use crate::catalogue::{Description, FaultKind, Module, Parameter, Setting, Variant};
use crate::kit::fault::Fault;
use crate::kit::guarantees as ask;

pub(super) fn describe() -> Description {
    Description {
        name: "replay-of-versions",
        title: "Replay of versions",
        part: 2,
        goal: "publish the same event at every attempt without storing it",
        module: Module {
            name: "ReplayOfVersions",
            text: include_str!("../../../../specs/ReplayOfVersions.tla"),
        },
        default_variant: "deterministic",
        variants: variants(),
        parameters: vec![
            Parameter::messages(4, "commands; two make one version older than the newest"),
            Parameter::slots(2, "handlers that run at a time; two let them race"),
            Parameter::copies(2),
        ],
        faults: FaultKind::of_a_queue(),
        actors: &["Broker", "Orders"],
        steps: &[
            ("Load", "loads the versions of the order"),
            ("AppendVersion", "appends a version"),
            ("Publish", "publishes LineAdded"),
            ("Ack", "acknowledges"),
        ],
        guarantees: vec![
            ask::CONSISTENT_OUTPUT,
            ask::NO_GHOST_EVER,
            ask::NO_GHOST_AT_REST,
            ask::NO_DOUBLE_EFFECT,
            ask::NO_LOST_OUTPUT,
            ask::NO_LOST_EFFECT,
            ask::EXACTLY_ONCE_EQUIVALENT,
            ask::DEDUP_BOUNDED,
            ask::SETTLES,
        ],
        larger: vec![
            Setting::twice(
                "deterministic",
                &[("messages", 1), ("slots", 1), ("copies", 1)],
                &[Fault::Crash, Fault::Duplicate, Fault::Lease],
            ),
            Setting::of(
                "deterministic",
                &[("copies", 1)],
                &[(Fault::Duplicate, 1), (Fault::Lease, 1)],
            ),
        ],
    }
}

fn variants() -> Vec<Variant> {
    const GROWS: (&str, &str) = (
        "DedupBounded",
        "versions are kept of commands of which no copy is left",
    );
    const ONE_CRASH: &[(Fault, u8)] = &[(Fault::Crash, 1)];
    vec![
        Variant {
            name: "nondeterministic",
            handler: "nondeterministic",
            summary: "runs the handler again, which draws another coupon",
            claims: &["NoDoubleEffect", "NoLostOutput", "ConsistentOutput"],
            breaks: &[
                (
                    "ConsistentOutput",
                    "published, crashed, and published again with another coupon",
                ),
                GROWS,
            ],
            faults: ONE_CRASH,
            bounds: &[("copies", 1)],
            ..Variant::default()
        },
        Variant {
            name: "overshooting-reader",
            handler: "overshooting-reader",
            summary: "runs the handler again, on the newest version if others came after its own",
            claims: &["NoDoubleEffect", "NoGhostEver", "ConsistentOutput"],
            breaks: &[
                (
                    "ConsistentOutput",
                    "same id, but the event of the second attempt counts the other command's line",
                ),
                (
                    "NoGhostEver",
                    "the second attempt reports a third line of an order that has two",
                ),
                (
                    "NoGhostAtRest",
                    "what was reported is never this command's change",
                ),
                GROWS,
            ],
            bounds: &[("copies", 1), ("messages", 2)],
            faults: ONE_CRASH,
            ..Variant::default()
        },
        Variant {
            name: "truncated",
            handler: "truncated",
            summary: "keeps the newest version only",
            claims: &["NoDoubleEffect", "NoGhostEver", "ConsistentOutput"],
            breaks: &[
                (
                    "NoDoubleEffect",
                    "a late copy of the first command does not find its version, and adds one",
                ),
                (
                    "ConsistentOutput",
                    "the event of the second line has the id of the first and another count",
                ),
                (
                    "ExactlyOnceEquivalent",
                    "the command is in the history twice",
                ),
                GROWS,
            ],
            bounds: &[("messages", 2)],
            ..Variant::default()
        },
        Variant {
            name: "deterministic",
            handler: "deterministic",
            summary: "runs the handler again on the version before the command's own",
            right: true,
            claims: &[
                "ConsistentOutput",
                "NoGhostEver",
                "NoGhostAtRest",
                "NoDoubleEffect",
                "NoLostOutput",
                "NoLostEffect",
                "ExactlyOnceEquivalent",
                "Settles",
            ],
            breaks: &[GROWS],
            bounds: &[("messages", 2), ("slots", 2)],
            faults: ONE_CRASH,
            ..Variant::default()
        },
    ]
}
