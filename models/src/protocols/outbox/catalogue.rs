//! The catalogue entry of the outbox family: variants with expected verdicts, bounds, and faults.

use crate::catalogue::{Description, FaultKind, Module, Parameter, Setting, Variant};
use crate::kit::fault::Fault;
use crate::protocols::order_lines;

pub(super) fn describe() -> Description {
    Description {
        name: "outbox",
        title: "Outbox",
        part: 2,
        goal: "change an order and publish its event, exactly once in effect",
        module: Module {
            name: "Outbox",
            text: include_str!("../../../../specs/Outbox.tla"),
        },
        default_variant: "transactional",
        variants: variants(),
        parameters: vec![
            Parameter::messages(
                4,
                "commands; two let one change the order between another's attempts",
            ),
            Parameter::slots(3, "handlers that run at a time; two let them race"),
            Parameter::copies(2),
        ],
        faults: vec![
            FaultKind::crash(3),
            FaultKind::new(
                Fault::Duplicate,
                2,
                "one lets a copy arrive when all seemed done",
            ),
            FaultKind::lease(2),
        ],
        actors: &["Broker", "Orders"],
        steps: &[
            (
                "CheckInbox",
                "looks up the command among the processed ones",
            ),
            ("Load", "loads the order"),
            ("Save", "saves the order"),
            ("Mark", "marks the command as processed"),
            ("Publish", "publishes LineAdded"),
            ("MarkDispatched", "removes the event from the outbox"),
            ("Ack", "acknowledges"),
        ],
        guarantees: order_lines::guarantees(),
        larger: vec![
            Setting::of(
                "transactional",
                &[("copies", 1)],
                &[(Fault::Duplicate, 1), (Fault::Lease, 1)],
            )
            .without_tlc(),
            // Every fault may happen twice.
            Setting::twice(
                "transactional",
                &[("messages", 1), ("copies", 1)],
                &[Fault::Crash, Fault::Duplicate, Fault::Lease],
            ),
        ],
    }
}

fn variants() -> Vec<Variant> {
    const ONE_CRASH: &[(Fault, u8)] = &[(Fault::Crash, 1)];
    const ONE_COPY: &[(&str, u8)] = &[("copies", 1)];
    const ADDED_TWICE: (&str, &str) = (
        "NoDoubleEffect",
        "a second copy of the command adds a second line",
    );
    const OWN_ID: (&str, &str) = (
        "ConsistentOutput",
        "every attempt makes an event with an id of its own",
    );
    const IN_HISTORY_TWICE: (&str, &str) = (
        "ExactlyOnceEquivalent",
        "the command is in the history twice",
    );
    const GROWS: (&str, &str) = (
        "DedupBounded",
        "an id is kept for every command ever processed, none is dropped",
    );
    vec![
        Variant {
            name: "publish-then-save",
            handler: "publish-then-save",
            summary: "publishes the event, then saves the order",
            claims: &["NoLostEffect", "NoLostOutput", "NoGhostEver"],
            breaks: &[
                ADDED_TWICE,
                ("NoGhostEver", "the event is out before the line is saved"),
                OWN_ID,
                IN_HISTORY_TWICE,
            ],
            faults: ONE_CRASH,
            ..Variant::default()
        },
        Variant {
            name: "save-then-publish",
            handler: "save-then-publish",
            summary: "saves the order, then publishes the event",
            claims: &["NoGhostEver", "NoDoubleEffect"],
            breaks: &[ADDED_TWICE, OWN_ID, IN_HISTORY_TWICE],
            faults: ONE_CRASH,
            ..Variant::default()
        },
        Variant {
            name: "check-and-return",
            handler: "check-and-return",
            summary: "returns at once if the order already has the line",
            claims: &["NoDoubleEffect", "NoGhostEver", "NoLostOutput"],
            breaks: &[(
                "NoLostOutput",
                "the attempt after a crash sees the line and returns before it publishes",
            )],
            bounds: ONE_COPY,
            faults: ONE_CRASH,
            ..Variant::default()
        },
        Variant {
            name: "marked-before",
            handler: "marked-before",
            summary: "keeps processed ids in a store of their own, marked before the change",
            claims: &["NoDoubleEffect", "NoLostEffect"],
            breaks: &[
                (
                    "NoLostEffect",
                    "marked, crashed, and taken for a duplicate when it came again",
                ),
                (
                    "NoLostOutput",
                    "marked and saved, crashed, and taken for a duplicate",
                ),
                (
                    "ExactlyOnceEquivalent",
                    "at rest the history lacks the lost command",
                ),
                GROWS,
            ],
            bounds: ONE_COPY,
            faults: ONE_CRASH,
            ..Variant::default()
        },
        Variant {
            name: "marked-after",
            handler: "marked-after",
            summary: "keeps processed ids in a store of their own, marked after the change",
            claims: &["NoDoubleEffect", "NoLostEffect"],
            breaks: &[
                (
                    "NoDoubleEffect",
                    "saved, crashed before it was marked, and saved again",
                ),
                (
                    "NoLostOutput",
                    "marked, crashed before it published, and taken for a duplicate",
                ),
                IN_HISTORY_TWICE,
                GROWS,
            ],
            bounds: ONE_COPY,
            faults: ONE_CRASH,
            ..Variant::default()
        },
        Variant {
            name: "marked-after-concurrent",
            handler: "marked-after",
            summary: "the same with two slots: both look before either has marked, without a crash",
            claims: &["NoDoubleEffect", "NoLostEffect"],
            breaks: &[
                (
                    "NoDoubleEffect",
                    "both slots find no mark; one loads after the other has saved",
                ),
                (
                    "ConsistentOutput",
                    "both publish an event with an id of its own",
                ),
                IN_HISTORY_TWICE,
                GROWS,
            ],
            bounds: &[("slots", 2)],
            ..Variant::default()
        },
        Variant {
            name: "ids-with-state",
            handler: "ids-with-state",
            summary: "keeps processed ids in the order; every attempt draws a new event id",
            claims: &[
                "NoDoubleEffect",
                "NoGhostEver",
                "NoLostOutput",
                "ConsistentOutput",
            ],
            breaks: &[
                (
                    "ConsistentOutput",
                    "the second attempt publishes the event under a new id",
                ),
                GROWS,
            ],
            faults: ONE_CRASH,
            ..Variant::default()
        },
        Variant {
            name: "derived-ids",
            handler: "derived-ids",
            summary: "derives the event's id from the command's; the content is read now",
            claims: &["NoDoubleEffect", "NoLostOutput", "ConsistentOutput"],
            breaks: &[
                (
                    "NoGhostEver",
                    "the retry reports the order as another command has left it",
                ),
                (
                    "NoGhostAtRest",
                    "what was reported never becomes this command's change",
                ),
                (
                    "ConsistentOutput",
                    "same id, but the order has changed between two attempts",
                ),
                GROWS,
            ],
            bounds: &[("messages", 2), ("copies", 1)],
            faults: ONE_CRASH,
            ..Variant::default()
        },
        Variant {
            name: "reject-duplicates",
            handler: "reject-duplicates",
            summary: "the outbox, but a command that it is done with is an error",
            claims: &[
                "NoDoubleEffect",
                "NoLostEffect",
                "NoLostOutput",
                "ConsistentOutput",
                "Settles",
            ],
            breaks: &[
                GROWS,
                (
                    "Settles",
                    "dispatched, crashed before it was acknowledged, and rejected forever after",
                ),
            ],
            bounds: ONE_COPY,
            faults: ONE_CRASH,
            ..Variant::default()
        },
        Variant {
            name: "blind-write",
            handler: "blind-write",
            summary: "the outbox without optimistic concurrency",
            claims: &[
                "NoDoubleEffect",
                "NoGhostEver",
                "NoLostOutput",
                "ConsistentOutput",
            ],
            breaks: &[
                (
                    "ConsistentOutput",
                    "both slots store an event of their own and both send it",
                ),
                GROWS,
            ],
            bounds: &[("slots", 2)],
            ..Variant::default()
        },
        Variant {
            name: "transactional",
            handler: "transactional",
            summary: "stores the event with the change, and sends the stored one",
            right: true,
            claims: &[
                "NoDoubleEffect",
                "NoGhostEver",
                "NoGhostAtRest",
                "ConsistentOutput",
                "NoLostEffect",
                "NoLostOutput",
                "ExactlyOnceEquivalent",
                "CleanAtRest",
                "Settles",
            ],
            breaks: &[GROWS],
            bounds: &[("messages", 2), ("slots", 2), ("copies", 2)],
            faults: ONE_CRASH,
            ..Variant::default()
        },
    ]
}
