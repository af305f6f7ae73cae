//! The catalogue entry of log offsets: variants with expected verdicts, bounds, and faults.

use super::EVERY_RECORD_HANDLED;
use crate::catalogue::{Description, FaultKind, Module, Parameter, Setting, Variant};
use crate::kit::fault::Fault;
use crate::kit::guarantees as ask;

pub(super) fn describe() -> Description {
    Description {
        name: "log-offsets",
        title: "Log offsets",
        part: 2,
        goal: "read a log by offset, although its partition moves to another consumer",
        module: Module {
            name: "LogOffsets",
            text: include_str!("../../../../specs/LogOffsets.tla"),
        },
        default_variant: "fenced",
        variants: variants(),
        parameters: vec![
            Parameter {
                default: 2,
                ..Parameter::messages(
                    4,
                    "records; two let a later one be stored before an earlier",
                )
            },
            Parameter {
                default: 2,
                ..Parameter::slots(
                    3,
                    "consumers; two let the partition move from one to the other",
                )
            },
        ],
        faults: vec![
            FaultKind::new(
                Fault::Crash,
                2,
                "one lets the consumers stop between a line and its offset",
            ),
            FaultKind::new(
                Fault::Lease,
                2,
                "one lets the partition move while its owner is still at work",
            ),
            FaultKind::new(Fault::Fail, 2, "one lets the write of a line fail"),
        ],
        actors: &["Consumers"],
        steps: &[
            (
                "LoadGroup",
                "asks whose the partition is, and for the offset",
            ),
            ("Join", "takes the partition, with a new generation"),
            ("Load", "loads the order"),
            ("Save", "saves the order with a line more"),
            ("CommitOffset", "commits the offset"),
            ("SaveBoth", "saves the order and the offset"),
            ("Leave", "gives the partition up"),
        ],
        guarantees: vec![
            EVERY_RECORD_HANDLED,
            ask::NO_DOUBLE_EFFECT,
            ask::EXACTLY_ONCE_EQUIVALENT,
            ask::SETTLES,
        ],
        larger: vec![
            Setting::twice("fenced", &[], &[Fault::Crash, Fault::Lease, Fault::Fail]),
            Setting::of(
                "fenced",
                &[("messages", 4), ("slots", 3)],
                &[(Fault::Crash, 1), (Fault::Lease, 2)],
            )
            .without_tlc(),
        ],
    }
}

const BELIEVED: &[&str] = &["EveryRecordHandled", "NoDoubleEffect", "Settles"];

fn variants() -> Vec<Variant> {
    const MOVES: &[(Fault, u8)] = &[(Fault::Crash, 1), (Fault::Lease, 1)];
    const TWICE: (&str, &str) = (
        "ExactlyOnceEquivalent",
        "the record is in the history twice",
    );
    vec![
        Variant {
            name: "commit-first",
            handler: "commit-first",
            summary: "commits the offset, then handles the record",
            claims: BELIEVED,
            breaks: &[
                (
                    "EveryRecordHandled",
                    "the offset is committed, and a crash comes before the line is saved",
                ),
                (
                    "ExactlyOnceEquivalent",
                    "at rest the history lacks the record",
                ),
            ],
            bounds: &[("slots", 1)],
            faults: &[(Fault::Crash, 1)],
            ..Variant::default()
        },
        Variant {
            name: "handle-first",
            handler: "handle-first",
            summary: "handles the record, then commits the offset",
            claims: BELIEVED,
            breaks: &[
                (
                    "NoDoubleEffect",
                    "the partition moves after the line is saved, and the new owner adds it too",
                ),
                TWICE,
            ],
            faults: &[(Fault::Lease, 1)],
            ..Variant::default()
        },
        Variant {
            name: "skip-and-retry",
            handler: "skip-and-retry",
            summary: "puts aside what it cannot handle, and tries it again after the later records",
            claims: &["EveryRecordHandled", "Settles"],
            breaks: &[
                (
                    "EveryRecordHandled",
                    "record 1 is put aside, record 2 is stored, and a crash comes before the retry",
                ),
                (
                    "NoDoubleEffect",
                    "a crash comes between a line and its offset",
                ),
                (
                    "ExactlyOnceEquivalent",
                    "at rest the history lacks the record",
                ),
            ],
            bounds: &[("slots", 1)],
            faults: &[(Fault::Crash, 1), (Fault::Fail, 1)],
            ..Variant::default()
        },
        Variant {
            name: "unfenced",
            handler: "unfenced",
            summary: "writes line and offset in one transaction, which checks nothing",
            claims: BELIEVED,
            breaks: &[
                (
                    "NoDoubleEffect",
                    "the old owner overwrites what the new one wrote, and its offset: it is done again",
                ),
                TWICE,
            ],
            faults: &[(Fault::Lease, 1)],
            ..Variant::default()
        },
        Variant {
            name: "deduplicated",
            handler: "deduplicated",
            summary: "handles first, and recognises a record that comes again",
            right: true,
            claims: BELIEVED,
            faults: MOVES,
            ..Variant::default()
        },
        Variant {
            name: "fenced",
            handler: "fenced",
            summary: "writes line and offset in one transaction, which fails in another generation",
            right: true,
            claims: BELIEVED,
            faults: MOVES,
            ..Variant::default()
        },
    ]
}
