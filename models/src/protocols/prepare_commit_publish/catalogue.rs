//! The catalogue entry of prepare, commit, publish: variants with expected verdicts, bounds, and faults.

use super::bodies::READABLE;
use crate::catalogue::{Description, FaultKind, Module, Parameter, Setting, Variant};
use crate::kit::fault::Fault;
use crate::protocols::order_lines;

pub(super) fn describe() -> Description {
    Description {
        name: "prepare-commit-publish",
        title: "Prepare, commit, publish",
        part: 3,
        goal: "have side effects in other stores, each complete, from one attempt, and none left over",
        module: Module {
            name: "PrepareCommitPublish",
            text: include_str!("../../../../specs/PrepareCommitPublish.tla"),
        },
        default_variant: "one-at-a-time",
        variants: variants(),
        parameters: vec![
            Parameter::messages(
                3,
                "commands; two let the attempts at one abort those at the other",
            ),
            Parameter::slots(2, "handlers that run at a time; two let attempts overlap"),
            Parameter::copies(1),
            Parameter::number(
                ["attempts", "Attempts"],
                1..=4,
                3,
                "attempts registered at a time for one command; each that crashes or is aborted \
                 takes one, and one more lets the command be processed",
            ),
        ],
        faults: vec![
            FaultKind::crash(3),
            FaultKind::new(
                Fault::Duplicate,
                1,
                "one lets a copy arrive when the register is clear",
            ),
            FaultKind::lease(1),
        ],
        actors: &["Broker", "Orders"],
        steps: &[
            ("Load", "loads the order"),
            ("Register", "registers the attempt in the order"),
            ("Prepare", "writes the body of the event"),
            ("PublishEarly", "publishes LineAdded before the save"),
            ("Save", "saves the order with the line and the event"),
            ("Publish", "publishes LineAdded"),
            ("DeleteBody", "deletes the body of another attempt"),
            ("Clear", "clears the register"),
            ("Ack", "acknowledges"),
        ],
        guarantees: [order_lines::guarantees(), vec![READABLE]].concat(),
        larger: vec![
            Setting::of(
                "one-at-a-time",
                &[("messages", 2)],
                &[(Fault::Duplicate, 1)],
            ),
            Setting::of("overlapping", &[("attempts", 4)], &[(Fault::Duplicate, 1)]),
        ],
    }
}

fn variants() -> Vec<Variant> {
    const ONE_CRASH: &[(Fault, u8)] = &[(Fault::Crash, 1)];
    const OVERLAPPING: &[(&str, u8)] = &[("slots", 2), ("copies", 2)];
    const PROMISED: &[&str] = &[
        "NoDoubleEffect",
        "NoGhostEver",
        "NoGhostAtRest",
        "ConsistentOutput",
        "Readable",
        "NoLostEffect",
        "NoLostOutput",
        "ExactlyOnceEquivalent",
        "CleanAtRest",
        "Settles",
    ];
    const GROWS: (&str, &str) = (
        "DedupBounded",
        "the order keeps the selected event of every command ever processed",
    );
    vec![
        Variant {
            name: "prepare-first",
            handler: "prepare-first",
            summary: "writes the body, then registers the attempt",
            claims: PROMISED,
            breaks: &[
                (
                    "CleanAtRest",
                    "written, crashed before the registration, and nobody knows the body",
                ),
                GROWS,
            ],
            faults: ONE_CRASH,
            ..Variant::default()
        },
        Variant {
            name: "publish-first",
            handler: "publish-first",
            summary: "publishes the event, then saves the order",
            claims: PROMISED,
            breaks: &[
                ("NoGhostEver", "the event is out before the line is saved"),
                (
                    "ConsistentOutput",
                    "the attempt after the crash publishes the event with a body of its own",
                ),
                (
                    "Readable",
                    "the attempt that commits deletes the body of the one that published first",
                ),
                GROWS,
            ],
            faults: ONE_CRASH,
            ..Variant::default()
        },
        Variant {
            name: "derived-names",
            handler: "derived-names",
            summary: "derives the body's name from the command, the same at every attempt",
            claims: PROMISED,
            breaks: &[
                (
                    "Readable",
                    "a slow attempt writes its body over the one that another has published",
                ),
                GROWS,
            ],
            bounds: OVERLAPPING,
            ..Variant::default()
        },
        Variant {
            name: "duplicates-dropped",
            handler: "duplicates-dropped",
            summary: "acknowledges a command that was processed and looks no further",
            claims: PROMISED,
            breaks: &[
                (
                    "NoLostOutput",
                    "saved, crashed, and the next attempt returns before it publishes",
                ),
                (
                    "CleanAtRest",
                    "saved, crashed, and the next attempt leaves the register as it is",
                ),
                GROWS,
            ],
            faults: ONE_CRASH,
            ..Variant::default()
        },
        Variant {
            name: "mutual-aborts",
            handler: "register-first",
            summary: "two commands at once: to register one is to abort the other",
            claims: PROMISED,
            breaks: &[
                (
                    "Settles",
                    "each command's registration makes the other's save conflict, until one may \
                     register no more and is given back forever",
                ),
                GROWS,
            ],
            bounds: &[("messages", 2), ("slots", 2), ("attempts", 2)],
            ..Variant::default()
        },
        Variant {
            name: "overlapping",
            handler: "register-first",
            summary: "two attempts at one command at once: safe, but not clean",
            right: true,
            claims: &[
                "NoDoubleEffect",
                "NoGhostEver",
                "NoGhostAtRest",
                "ConsistentOutput",
                "Readable",
                "NoLostEffect",
                "NoLostOutput",
                "ExactlyOnceEquivalent",
                "Settles",
            ],
            breaks: &[
                (
                    "CleanAtRest",
                    "registered, was slow, and wrote its body after another attempt had committed \
                     and cleaned up",
                ),
                GROWS,
            ],
            bounds: OVERLAPPING,
            ..Variant::default()
        },
        Variant {
            name: "one-at-a-time",
            handler: "register-first",
            summary: "registers, prepares, commits, publishes and cleans up, one attempt at a time",
            right: true,
            claims: PROMISED,
            breaks: &[GROWS],
            faults: &[(Fault::Crash, 2)],
            ..Variant::default()
        },
    ]
}
