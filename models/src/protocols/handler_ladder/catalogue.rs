//! The catalogue entry of the handler's ladder: variants with expected verdicts, bounds, and faults.

use crate::catalogue::{Description, FaultKind, Module, Parameter, Setting, Variant};
use crate::kit::fault::Fault;
use crate::kit::guarantees as ask;

pub(super) fn describe() -> Description {
    Description {
        name: "handler-ladder",
        title: "The message handler's ladder",
        part: 3,
        goal: "find a message handler by asking one question after the other",
        module: Module {
            name: "HandlerLadder",
            text: include_str!("../../../../specs/HandlerLadder.tla"),
        },
        default_variant: "rung-6-stored",
        variants: variants(),
        parameters: vec![
            Parameter::messages(
                3,
                "messages; one is enough up to rung 6, three show what a model costs",
            ),
            Parameter::slots(2, "handlers that run at a time; two let them race (rung 8)"),
            Parameter::copies(1),
        ],
        faults: faults(),
        actors: &["Broker", "Worker"],
        steps: &[
            ("Load", "loads the database"),
            ("Save", "saves the entry"),
            (
                "SaveAndPublish",
                "saves the entry and publishes Processed, both or neither",
            ),
            ("Publish", "publishes Processed"),
            ("Ack", "acknowledges"),
        ],
        guarantees: vec![
            ask::ONLY_EFFECTS_ANNOUNCED,
            ask::NO_LOST_EFFECT,
            ask::NO_LOST_OUTPUT,
            ask::NO_DOUBLE_EFFECT,
            ask::CONSISTENT_OUTPUT,
            ask::EXACTLY_ONCE_EQUIVALENT,
            ask::DEDUP_BOUNDED,
            ask::SETTLES,
        ],
        larger: vec![
            Setting::of("rung-8-concurrent", &[("messages", 2)], &[]),
            Setting::twice(
                "rung-6-stored",
                &[],
                &[Fault::Crash, Fault::Fail, Fault::Duplicate, Fault::Lease],
            ),
        ],
    }
}

fn faults() -> Vec<FaultKind> {
    let fail = "one lets a save or a publish fail without effect";
    let mut faults = FaultKind::of_a_queue();
    faults.push(FaultKind::new(Fault::Fail, 2, fail));
    faults
}

const CRASH_AND_FAILURE: &[(Fault, u8)] = &[(Fault::Crash, 1), (Fault::Fail, 1)];
const TWICE: (&str, &str) = (
    "NoDoubleEffect",
    "saved, crashed before the acknowledgement, and saved again",
);
const OWN_TRANSACTION: (&str, &str) = (
    "ConsistentOutput",
    "the second attempt announces a transaction of its own",
);
const LOGGED: (&str, &str) = (
    "NoLostEffect",
    "the write fails, is logged, and the message is acknowledged",
);
const NOT_ONCE: (&str, &str) = (
    "ExactlyOnceEquivalent",
    "the message is in the history twice, or not at all",
);
const GROWS: (&str, &str) = (
    "DedupBounded",
    "a transaction id is kept for every message ever processed",
);

fn variants() -> Vec<Variant> {
    let mut rungs = before_retries();
    rungs.extend(with_retries());
    rungs
}

/// Rungs 1 to 4: a failure is logged, and the message acknowledged.
fn before_retries() -> Vec<Variant> {
    vec![
        Variant {
            name: "rung-1-run",
            handler: "publish-then-save",
            summary: "publishes, saves, acknowledges; nothing fails",
            claims: &[
                "OnlyEffectsAnnounced",
                "NoLostEffect",
                "NoLostOutput",
                "Settles",
            ],
            breaks: &[(
                "OnlyEffectsAnnounced",
                "the event is out before the entry is saved",
            )],
            ..Variant::default()
        },
        Variant {
            name: "rung-2-swapped",
            handler: "save-then-publish",
            summary: "saves, then publishes: no ghosts",
            claims: &["OnlyEffectsAnnounced", "NoLostOutput", "Settles"],
            breaks: &[
                (
                    "NoLostOutput",
                    "the publishing fails, is logged, and the message is acknowledged",
                ),
                TWICE,
                OWN_TRANSACTION,
                LOGGED,
                NOT_ONCE,
            ],
            faults: CRASH_AND_FAILURE,
            ..Variant::default()
        },
        Variant {
            name: "rung-3-atomic",
            handler: "atomic",
            summary: "saves and publishes in one step: no output lost",
            claims: &[
                "OnlyEffectsAnnounced",
                "NoLostOutput",
                "NoDoubleEffect",
                "Settles",
            ],
            breaks: &[TWICE, OWN_TRANSACTION, LOGGED, NOT_ONCE],
            faults: CRASH_AND_FAILURE,
            ..Variant::default()
        },
        Variant {
            name: "rung-4-guarded",
            handler: "guarded",
            summary: "does so unless the message is in the log: nothing twice",
            claims: &[
                "OnlyEffectsAnnounced",
                "NoLostOutput",
                "NoDoubleEffect",
                "NoLostEffect",
                "Settles",
            ],
            breaks: &[
                LOGGED,
                (
                    "ExactlyOnceEquivalent",
                    "at rest the history lacks the message",
                ),
            ],
            faults: CRASH_AND_FAILURE,
            ..Variant::default()
        },
    ]
}

/// Rungs 5 to 8: a failure gives the message back.
fn with_retries() -> Vec<Variant> {
    const ALL_ASKED: &[&str] = &[
        "OnlyEffectsAnnounced",
        "NoLostEffect",
        "NoLostOutput",
        "NoDoubleEffect",
        "ConsistentOutput",
        "ExactlyOnceEquivalent",
        "Settles",
    ];
    vec![
        Variant {
            name: "rung-5-retried",
            handler: "retried",
            summary: "two steps again, retried until both are done: nothing lost",
            claims: ALL_ASKED,
            breaks: &[OWN_TRANSACTION],
            faults: CRASH_AND_FAILURE,
            ..Variant::default()
        },
        Variant {
            name: "rung-6-stored",
            handler: "stored",
            summary: "saves the transaction id, and publishes the saved one: the same output",
            right: true,
            claims: ALL_ASKED,
            breaks: &[GROWS],
            faults: CRASH_AND_FAILURE,
            ..Variant::default()
        },
        Variant {
            name: "rung-7-three-messages",
            handler: "stored",
            summary: "three messages, with one budget of faults for all of them",
            right: true,
            claims: ALL_ASKED,
            breaks: &[GROWS],
            bounds: &[("messages", 3)],
            faults: CRASH_AND_FAILURE,
            ..Variant::default()
        },
        Variant {
            name: "rung-8-concurrent",
            handler: "stored",
            summary: "two handlers at a time, a duplicate, and a lease that expires",
            right: true,
            claims: ALL_ASKED,
            breaks: &[GROWS],
            bounds: &[("slots", 2)],
            faults: &[
                (Fault::Crash, 1),
                (Fault::Fail, 1),
                (Fault::Duplicate, 1),
                (Fault::Lease, 1),
            ],
            ..Variant::default()
        },
    ]
}
