//! The catalogue entry of the out-of-document outbox: variants with expected verdicts, bounds, and faults.

use crate::catalogue::{Description, FaultKind, Module, Parameter, Setting, Variant};
use crate::kit::fault::Fault;
use crate::protocols::order_lines;

pub(super) fn describe() -> Description {
    Description {
        name: "out-of-document-outbox",
        title: "Out-of-document outbox",
        part: 5,
        goal: "keep waiting events out of the order and still change it and publish its event once",
        module: Module {
            name: "OutOfDocumentOutbox",
            text: include_str!("../../../../specs/OutOfDocumentOutbox.tla"),
        },
        default_variant: "publish-mark-delete-clear",
        variants: variants(),
        parameters: vec![
            Parameter::messages(
                3,
                "commands; two let one finish the transaction that another has left pending",
            ),
            Parameter::slots(
                2,
                "handlers that run at a time; two let one lose the race for the save",
            ),
            Parameter::copies(1),
        ],
        faults: vec![
            FaultKind::lease(2),
            FaultKind::crash(2),
            FaultKind::new(
                Fault::Duplicate,
                2,
                "one lets a copy arrive when its transaction is finished",
            ),
            FaultKind::new(
                Fault::Unknown,
                1,
                "the answer to the save is lost; one lets a handler take a committed transaction \
                 for a failed one",
            ),
        ],
        actors: &["Broker", "Orders"],
        steps: &[
            ("Load", "loads the order"),
            ("LoadItem", "looks up the event of the pending transaction"),
            (
                "CheckInbox",
                "looks up the command among the processed ones",
            ),
            ("Stage", "puts the event into the outbox"),
            ("Save", "saves the order with the line and the transaction"),
            ("Discard", "deletes the event it has staged"),
            ("Publish", "publishes LineAdded"),
            ("Mark", "marks a command as processed in the inbox"),
            ("DeleteItem", "deletes the event from the outbox"),
            ("Clear", "saves the order without the transaction"),
            ("Ack", "acknowledges"),
        ],
        guarantees: order_lines::guarantees(),
        larger: vec![Setting::of(
            "publish-mark-delete-clear",
            &[("slots", 2)],
            &[],
        )],
    }
}

const ONE_CRASH: &[(Fault, u8)] = &[(Fault::Crash, 1)];
const TWO_MESSAGES: &[(&str, u8)] = &[("messages", 2)];
const PROMISED: &[&str] = order_lines::EXACTLY_ONCE;
const GROWS: (&str, &str) = (
    "DedupBounded",
    "the inbox keeps the id of every command ever processed",
);
const STAGED: (&str, &str) = (
    "CleanAtRest",
    "staged, crashed before the save, and nobody knows that item any more",
);
const PROCESSED_AGAIN: (&str, &str) =
    ("ExactlyOnceEquivalent", "a command is in the history twice");
const OTHER_EVENT: (&str, &str) = (
    "ConsistentOutput",
    "the second processing publishes an event of its own",
);

fn variants() -> Vec<Variant> {
    let mut variants = vec![dictionary()];
    variants.extend(wrong_ids());
    variants.extend(wrong_orders());
    variants.extend(compensations());
    variants.extend(expired_leases());
    variants.extend(right_orders());
    variants
}

fn dictionary() -> Variant {
    Variant {
        name: "dictionary",
        handler: "dictionary",
        summary: "keeps the transaction id of every command in the order",
        right: true,
        claims: PROMISED,
        breaks: &[
            (
                "DedupBounded",
                "the order keeps a transaction id for every command ever processed",
            ),
            STAGED,
        ],
        bounds: TWO_MESSAGES,
        faults: ONE_CRASH,
        ..Variant::default()
    }
}

/// A tail that deletes the item first cannot know whose transaction it finishes.
fn wrong_ids() -> Vec<Variant> {
    const BREAKS: &[(&str, &str)] = &[
        (
            "NoDoubleEffect",
            "saved, published and deleted, crashed; the other command finishes it and marks \
             itself, and the first is processed again",
        ),
        OTHER_EVENT,
        (
            "NoLostEffect",
            "a command that finished the transaction of another was marked and never processed",
        ),
        (
            "ExactlyOnceEquivalent",
            "one command is in the history twice, and at rest the other is missing",
        ),
        GROWS,
        STAGED,
    ];
    let wrong = |name, summary| Variant {
        name,
        handler: name,
        summary,
        claims: PROMISED,
        breaks: BREAKS,
        bounds: TWO_MESSAGES,
        faults: ONE_CRASH,
        ..Variant::default()
    };
    vec![
        wrong(
            "as-published",
            "one field, and the command at hand is marked, even if the transaction is another command's",
        ),
        wrong(
            "id-from-item",
            "one field, and the item says whom to mark; it is deleted before that",
        ),
    ]
}

fn wrong_orders() -> Vec<Variant> {
    vec![
        Variant {
            name: "publish-clear-mark-delete",
            handler: "publish-clear-mark-delete",
            summary: "one field, cleared before the command is marked",
            claims: PROMISED,
            breaks: &[
                (
                    "NoDoubleEffect",
                    "cleared, crashed, and neither the order nor the inbox knows the command",
                ),
                OTHER_EVENT,
                PROCESSED_AGAIN,
                GROWS,
                STAGED,
            ],
            bounds: TWO_MESSAGES,
            faults: ONE_CRASH,
            ..Variant::default()
        },
        Variant {
            name: "mark-delete-publish-clear",
            handler: "mark-delete-publish-clear",
            summary: "one field, and the item is deleted before its event is published",
            claims: PROMISED,
            breaks: &[
                (
                    "NoLostOutput",
                    "marked and deleted, crashed, and the event is gone",
                ),
                GROWS,
                STAGED,
            ],
            bounds: TWO_MESSAGES,
            faults: ONE_CRASH,
            ..Variant::default()
        },
    ]
}

fn compensations() -> Vec<Variant> {
    vec![
        Variant {
            name: "delete-on-any-error",
            handler: "delete-on-any-error",
            summary: "one field, and a save that fails in any way deletes what it has staged",
            claims: &[
                "NoDoubleEffect",
                "ConsistentOutput",
                "NoLostOutput",
                "CleanAtRest",
            ],
            breaks: &[
                (
                    "NoDoubleEffect",
                    "the save was carried out and its answer lost: the item of a committed \
                     transaction is deleted, and its command processed again",
                ),
                PROCESSED_AGAIN,
                GROWS,
            ],
            faults: &[(Fault::Unknown, 1)],
            ..Variant::default()
        },
        Variant {
            name: "delete-on-conflict",
            handler: "delete-on-conflict",
            summary: "one field, and a save that loses the race deletes what it has staged",
            right: true,
            claims: order_lines::EXACTLY_ONCE_AND_CLEAN,
            breaks: &[GROWS],
            bounds: &[("messages", 2), ("slots", 2)],
            ..Variant::default()
        },
    ]
}

/// A copy that finds the mark is acknowledged, and then the command is no longer in the queue.
fn expired_leases() -> Vec<Variant> {
    let with_lease = |name, handler| Variant {
        name,
        handler,
        claims: PROMISED,
        bounds: &[("slots", 2)],
        faults: &[(Fault::Crash, 1), (Fault::Lease, 1)],
        ..Variant::default()
    };
    const NEVER_FINISHED: (&str, &str) = (
        "CleanAtRest",
        "staged, crashed before the save, and nobody knows that item any more; or marked, and \
         acknowledged by another delivery before the crash, so that nobody clears the transaction",
    );
    vec![
        Variant {
            summary: "an order that is right without leases: marks, then publishes",
            breaks: &[
                (
                    "NoLostOutput",
                    "marked; a second delivery finds the mark and acknowledges; the first crashes \
                     before it publishes",
                ),
                GROWS,
                NEVER_FINISHED,
            ],
            ..with_lease("mark-first-expired-lease", "mark-publish-delete-clear")
        },
        Variant {
            summary: "the same with a lease that expires, but publishes, then marks",
            right: true,
            breaks: &[GROWS, NEVER_FINISHED],
            ..with_lease("publish-first-expired-lease", "publish-mark-delete-clear")
        },
    ]
}

/// The four orders in which publish and mark precede delete and clear.
fn right_orders() -> Vec<Variant> {
    let right = |name, summary| Variant {
        name,
        handler: name,
        summary,
        right: true,
        claims: PROMISED,
        breaks: &[GROWS, STAGED],
        bounds: TWO_MESSAGES,
        faults: ONE_CRASH,
        ..Variant::default()
    };
    vec![
        right(
            "mark-publish-delete-clear",
            "one field; marks the command, publishes, deletes the item, clears the field",
        ),
        right(
            "mark-publish-clear-delete",
            "one field; marks the command, publishes, clears the field, deletes the item",
        ),
        right(
            "publish-mark-clear-delete",
            "one field; publishes, marks the command, clears the field, deletes the item",
        ),
        right(
            "publish-mark-delete-clear",
            "one field; publishes, marks the command, deletes the item, clears the field",
        ),
    ]
}
