//! The catalogue entry of inbox and outbox: variants with expected verdicts, bounds, and faults.

use crate::catalogue::{Description, FaultKind, Module, Parameter, Setting, Variant};
use crate::kit::fault::Fault;
use crate::protocols::order_lines;

pub(super) fn describe() -> Description {
    Description {
        name: "inbox-outbox",
        title: "Inbox and outbox",
        part: 5,
        goal: "keep deduplication data out of the order and still have every effect exactly once",
        module: Module {
            name: "InboxOutbox",
            text: include_str!("../../../../specs/InboxOutbox.tla"),
        },
        default_variant: "entity-then-inbox",
        variants: variants(),
        parameters: vec![
            Parameter::messages(
                3,
                "commands; two let one change the order between another's attempts",
            ),
            Parameter::slots(
                2,
                "handlers that run at a time; two let one mark and clean between the checks of \
                 the other",
            ),
            Parameter::copies(2),
        ],
        faults: vec![
            FaultKind::crash(2),
            FaultKind::new(
                Fault::Duplicate,
                2,
                "one lets a copy arrive when the entry has left the order",
            ),
            FaultKind::lease(2),
            FaultKind::new(
                Fault::Forget,
                2,
                "one evicts the id of a command of which a copy is still to come",
            ),
            FaultKind::new(
                Fault::Stale,
                2,
                "one lets a copy read the inbox as it was before the last mark",
            ),
        ],
        actors: &["Broker", "Orders"],
        steps: &[
            ("Load", "loads the order"),
            (
                "CheckInbox",
                "looks up the command among the processed ones",
            ),
            ("SaveClaim", "saves a claim on the command in the order"),
            ("Claim", "creates the command's claim record"),
            ("LoadClaim", "looks up who claimed the command first"),
            ("Save", "saves the order with the line and its event"),
            ("Publish", "publishes LineAdded"),
            ("Mark", "marks the command as processed in the inbox"),
            ("Clean", "removes the command's entry from the order"),
            ("Ack", "acknowledges"),
        ],
        guarantees: order_lines::guarantees(),
        larger: vec![
            Setting::of("entity-then-inbox", &[("messages", 2)], &[]),
            Setting::twice(
                "stale-reads",
                &[("copies", 1), ("slots", 1)],
                &[
                    Fault::Crash,
                    Fault::Duplicate,
                    Fault::Lease,
                    Fault::Forget,
                    Fault::Stale,
                ],
            ),
        ],
    }
}

fn variants() -> Vec<Variant> {
    const TWO_SLOTS: &[(&str, u8)] = &[("slots", 2)];
    const ONE_CRASH: &[(Fault, u8)] = &[(Fault::Crash, 1)];
    const PROMISED: &[&str] = order_lines::EXACTLY_ONCE_AND_CLEAN;
    const GROWS: (&str, &str) = (
        "DedupBounded",
        "the inbox keeps the id of every command ever processed",
    );
    vec![
        Variant {
            name: "inbox-then-entity",
            handler: "inbox-then-entity",
            summary: "checks the inbox, then loads the order: wrong in 21 of the 2,048 schedules of 11 steps",
            claims: PROMISED,
            breaks: &[
                (
                    "NoDoubleEffect",
                    "one slot finds no mark; the other marks the command and cleans the order; \
                     the first then loads an order that looks untouched",
                ),
                (
                    "ConsistentOutput",
                    "the second processing publishes an event of its own",
                ),
                (
                    "ExactlyOnceEquivalent",
                    "the command is in the history twice",
                ),
                GROWS,
            ],
            bounds: TWO_SLOTS,
            ..Variant::default()
        },
        Variant {
            name: "duplicates-not-cleaned",
            handler: "duplicates-not-cleaned",
            summary: "acknowledges a command that is in the inbox and looks no further",
            claims: PROMISED,
            breaks: &[
                (
                    "CleanAtRest",
                    "marked, crashed, and the attempt that finds the mark leaves the entry",
                ),
                GROWS,
            ],
            bounds: &[("copies", 1)],
            faults: ONE_CRASH,
            ..Variant::default()
        },
        Variant {
            name: "evicted",
            handler: "entity-then-inbox",
            summary: "keeps ids in the inbox for a shorter time than a copy may take",
            claims: PROMISED,
            breaks: &[
                (
                    "NoDoubleEffect",
                    "marked and cleaned, the id was evicted, and a copy came later",
                ),
                (
                    "ConsistentOutput",
                    "the second processing publishes an event of its own",
                ),
                (
                    "ExactlyOnceEquivalent",
                    "the command is in the history twice",
                ),
                GROWS,
            ],
            faults: &[(Fault::Forget, 1)],
            ..Variant::default()
        },
        Variant {
            name: "stale-reads",
            handler: "entity-then-inbox",
            summary: "reads the inbox from a replica that lags behind",
            claims: PROMISED,
            breaks: &[
                (
                    "NoDoubleEffect",
                    "marked and cleaned, and the copy read the inbox as it was before the mark",
                ),
                (
                    "ConsistentOutput",
                    "the second processing publishes an event of its own",
                ),
                (
                    "ExactlyOnceEquivalent",
                    "the command is in the history twice",
                ),
                GROWS,
            ],
            faults: &[(Fault::Stale, 1)],
            ..Variant::default()
        },
        Variant {
            name: "claims",
            handler: "claims",
            summary: "creates a record of the first claim on a command, and reads no inbox",
            right: true,
            claims: PROMISED,
            breaks: &[(
                "DedupBounded",
                "the claim record of every command ever processed is kept",
            )],
            bounds: TWO_SLOTS,
            faults: ONE_CRASH,
            ..Variant::default()
        },
        Variant {
            name: "entity-then-inbox",
            handler: "entity-then-inbox",
            summary: "loads the order, then checks the inbox",
            right: true,
            claims: PROMISED,
            breaks: &[GROWS],
            bounds: TWO_SLOTS,
            faults: ONE_CRASH,
            ..Variant::default()
        },
    ]
}
