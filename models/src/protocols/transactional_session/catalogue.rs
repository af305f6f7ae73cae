//! The catalogue entry of the transactional session: variants with expected verdicts, bounds, and faults.

use super::guarantees::{COMMITTED_IS_PUBLISHED, ONLY_COMMITTED_PUBLISHED, TOLD_THE_TRUTH};
use crate::catalogue::{Description, FaultKind, Module, Parameter, Setting, Variant};
use crate::kit::fault::Fault;
use crate::kit::guarantees as ask;

pub(super) fn describe() -> Description {
    Description {
        name: "transactional-session",
        title: "Transactional session",
        part: 1,
        goal: "publish what a request commits and nothing else, although a request is not redelivered",
        module: Module {
            name: "TransactionalSession",
            text: include_str!("../../../../specs/TransactionalSession.tla"),
        },
        default_variant: "tombstone",
        variants: variants(),
        parameters: vec![
            Parameter::set(
                ["sessions", "Messages"],
                1..=1,
                1,
                "sessions; others would not meet it, as each has a record of its own",
            ),
            Parameter::tabs(1),
            Parameter::set(
                ["slots", "WebSlots"],
                1..=2,
                1,
                "requests handled at a time; two let copies of a request race",
            ),
            Parameter::set(
                ["completer-slots", "CompleterSlots"],
                1..=2,
                1,
                "completion messages handled at a time; two let copies of one race",
            ),
            Parameter::number(
                ["tries", "Tries"],
                0..=2,
                1,
                "times the completer looks again for the commit; one lets it find it later",
            ),
        ],
        faults: vec![
            FaultKind::new(
                Fault::Crash,
                2,
                "one lets a request stop before its commit, or the completer before it publishes",
            ),
            FaultKind::new(
                Fault::Duplicate,
                2,
                "one lets a request or a completion message arrive once more",
            ),
            FaultKind::lease(2),
            FaultKind::refusal(2),
        ],
        actors: &["Browser", "Web", "Broker", "Completer"],
        steps: &[
            ("SendCompletion", "sends Completion, to be delivered later"),
            ("Commit", "commits the session with its change"),
            ("ReplyDone", "answers that the change is committed"),
            ("LoadSession", "looks for the commit of the session"),
            ("Publish", "publishes OrderPlaced"),
            ("TryAgainLater", "sends Completion again, for later"),
            ("SaveTombstone", "saves the session as abandoned"),
            ("AckCompletion", "acknowledges Completion"),
        ],
        guarantees: vec![
            ONLY_COMMITTED_PUBLISHED,
            COMMITTED_IS_PUBLISHED,
            TOLD_THE_TRUTH,
            ask::NO_DOUBLE_EFFECT,
            ask::SETTLES,
        ],
        larger: vec![
            Setting::twice(
                "tombstone",
                &[("tries", 0)],
                &[Fault::Crash, Fault::Duplicate, Fault::Lease, Fault::Fail],
            )
            .without_tlc(),
            Setting::of(
                "tombstone",
                &[
                    ("tabs", 2),
                    ("slots", 2),
                    ("completer-slots", 2),
                    ("tries", 2),
                ],
                &[(Fault::Crash, 0), (Fault::Duplicate, 0)],
            ),
        ],
    }
}

const CRASH: &[(Fault, u8)] = &[(Fault::Crash, 1)];
const BELIEVED: &[&str] = &[
    "OnlyCommittedIsPublished",
    "CommittedIsPublished",
    "ToldTheTruth",
    "NoDoubleEffect",
    "Settles",
];

fn variants() -> Vec<Variant> {
    vec![
        Variant {
            name: "commit-first",
            handler: "commit-first",
            summary: "commits, then sends the completion message",
            claims: BELIEVED,
            breaks: &[(
                "CommittedIsPublished",
                "a crash after the commit, and no message that would complete the session",
            )],
            faults: CRASH,
            ..Variant::default()
        },
        Variant {
            name: "unchecked",
            handler: "unchecked",
            summary: "the completer publishes without a look at the session",
            claims: BELIEVED,
            breaks: &[(
                "OnlyCommittedIsPublished",
                "the completion message is faster than the commit",
            )],
            ..Variant::default()
        },
        Variant {
            name: "retry-without-limit",
            handler: "retry-without-limit",
            summary: "the completer looks for the commit again and again",
            claims: BELIEVED,
            breaks: &[(
                "Settles",
                "the request dies before its commit, and the tries never end",
            )],
            faults: CRASH,
            ..Variant::default()
        },
        Variant {
            name: "no-tombstone",
            handler: "no-tombstone",
            summary: "the completer gives up after some tries and leaves nothing behind",
            claims: BELIEVED,
            breaks: &[
                (
                    "CommittedIsPublished",
                    "the request commits after the completer has given up",
                ),
                (
                    "ToldTheTruth",
                    "the request commits after the completer has given up, and is answered",
                ),
            ],
            ..Variant::default()
        },
        Variant {
            name: "blind-commit",
            handler: "blind-commit",
            summary: "the completer leaves a tombstone, and the commit overwrites it",
            claims: BELIEVED,
            breaks: &[
                (
                    "CommittedIsPublished",
                    "the request overwrites the tombstone after the completer has given up",
                ),
                (
                    "ToldTheTruth",
                    "the request overwrites the tombstone, and is answered",
                ),
            ],
            ..Variant::default()
        },
        Variant {
            name: "tombstone",
            handler: "tombstone",
            summary: "the completer leaves a tombstone, which lets a late commit fail",
            right: true,
            claims: BELIEVED,
            faults: &[(Fault::Crash, 1), (Fault::Duplicate, 1)],
            ..Variant::default()
        },
    ]
}
