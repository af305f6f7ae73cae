//! The catalogue entry of two-phase commit: variants with expected verdicts, bounds, and faults.

use super::guarantees::{ATOMIC_COMMIT, DECIDED, ISOLATED, MESSAGE_FINDS_CHANGE};
use crate::catalogue::{Description, FaultKind, Module, Parameter, Setting, Variant};
use crate::kit::fault::Fault;
use crate::kit::guarantees as ask;

pub(super) fn describe() -> Description {
    Description {
        name: "two-phase-commit",
        title: "Two-phase commit with an observer",
        part: 3,
        goal: "send a message exactly if a change is saved, by one transaction over both",
        module: Module {
            name: "TwoPhaseCommit",
            text: include_str!("../../../../specs/TwoPhaseCommit.tla"),
        },
        default_variant: "database-first",
        variants: variants(),
        parameters: vec![
            Parameter::messages(2, "transactions; two show that they do not mix"),
            Parameter::slots(
                2,
                "transactions coordinated at a time; two let a second attempt overtake a slow one",
            ),
        ],
        faults: vec![
            FaultKind::new(
                Fault::Crash,
                2,
                "one lets the coordinator stop between the votes and the decision, or after it",
            ),
            FaultKind::new(
                Fault::Duplicate,
                2,
                "one lets a transaction be coordinated, or its message observed, once more",
            ),
            FaultKind::lease(2),
            FaultKind::new(Fault::Fail, 2, "one lets a resource vote no"),
        ],
        actors: &["Broker", "Coordinator", "Observer"],
        steps: &[
            ("LoadLog", "reads its log"),
            ("AskQueue", "asks the queue for its record"),
            ("AskDatabase", "asks the database for its record"),
            ("PrepareQueue", "has the queue prepare"),
            ("PrepareDatabase", "has the database prepare"),
            ("Decide", "writes its decision into the log"),
            ("CommitQueue", "has the queue commit"),
            ("CommitDatabase", "has the database commit"),
            ("AbortQueue", "has the queue abort"),
            ("AbortDatabase", "has the database abort"),
            ("Ack", "acknowledges the command"),
        ],
        guarantees: vec![
            ATOMIC_COMMIT,
            MESSAGE_FINDS_CHANGE,
            ISOLATED,
            DECIDED,
            ask::SETTLES,
        ],
        larger: vec![
            Setting::twice(
                "database-first",
                &[("slots", 1)],
                &[Fault::Crash, Fault::Duplicate, Fault::Lease, Fault::Fail],
            ),
            Setting::of(
                "database-first",
                &[("messages", 2), ("slots", 2)],
                &[(Fault::Duplicate, 0), (Fault::Fail, 0)],
            ),
        ],
    }
}

fn variants() -> Vec<Variant> {
    const BELIEVED: &[&str] = &["AtomicCommit", "MessageFindsChange", "Decided", "Settles"];
    const ISOLATED: (&str, &str) = (
        "Isolated",
        "one of the two commits is visible before the other",
    );
    const QUEUE_ALONE: &str = "the database votes no, and the queue commits all the same";
    vec![
        Variant {
            name: "vote-ignored",
            handler: "vote-ignored",
            summary: "commits in each resource that has voted yes",
            claims: BELIEVED,
            breaks: &[
                (
                    "AtomicCommit",
                    "one resource votes no, and the other commits",
                ),
                ("MessageFindsChange", QUEUE_ALONE),
                ISOLATED,
            ],
            faults: &[(Fault::Fail, 1)],
            ..Variant::default()
        },
        Variant {
            name: "no-log",
            handler: "no-log",
            summary: "writes no decision, and aborts what it finds prepared after a crash",
            claims: BELIEVED,
            breaks: &[
                (
                    "AtomicCommit",
                    "the database committed, crashed, and the queue was aborted",
                ),
                ISOLATED,
            ],
            faults: &[(Fault::Crash, 1)],
            ..Variant::default()
        },
        Variant {
            name: "coordinator-lost",
            handler: "coordinator-lost",
            summary: "a coordinator that does not come back to its transaction after a crash",
            claims: BELIEVED,
            breaks: &[
                (
                    "Decided",
                    "both resources have voted yes, and nobody tells them what was decided",
                ),
                ISOLATED,
            ],
            faults: &[(Fault::Crash, 1)],
            ..Variant::default()
        },
        Variant {
            name: "queue-first",
            handler: "queue-first",
            summary: "commits the queue, then the database: atomic, not isolated",
            claims: BELIEVED,
            breaks: &[
                (
                    "MessageFindsChange",
                    "the observer receives the message before the database has committed",
                ),
                ISOLATED,
            ],
            faults: &[(Fault::Crash, 1), (Fault::Fail, 1)],
            ..Variant::default()
        },
        Variant {
            name: "database-first",
            handler: "database-first",
            summary: "commits the database, then the queue: who has the message finds the change",
            right: true,
            claims: BELIEVED,
            breaks: &[ISOLATED],
            bounds: &[("slots", 2)],
            faults: &[(Fault::Crash, 1), (Fault::Duplicate, 1), (Fault::Fail, 1)],
            ..Variant::default()
        },
    ]
}
