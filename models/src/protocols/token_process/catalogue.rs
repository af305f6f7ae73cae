//! The catalogue entry of the token-driven process: variants with expected verdicts, bounds, and faults.

use super::guarantees::{EACH_ACTIVITY_ONCE, PROCESS_COMPLETES, TOKENS_CONSERVED};
use crate::catalogue::{Description, FaultKind, Module, Parameter, Setting, Variant};
use crate::kit::fault::Fault;
use crate::kit::guarantees as ask;

/// The descriptions of the handler's steps.
pub(super) const STEPS: &[(&str, &str)] = &[
    ("LoadActivity", "loads what the activity keeps"),
    ("CheckToken", "looks for the token of the signal"),
    ("Perform", "saves its work, with a pending entry"),
    ("DrawToken", "takes the number of a new token"),
    ("CreateToken", "creates the token of the next signal"),
    ("Checkpoint", "saves the token in the pending entry"),
    ("SendSignal", "sends the next signal"),
    ("DeleteToken", "deletes the token of its own signal"),
    ("Clean", "removes the pending entry"),
    ("Ack", "acknowledges the signal"),
];

pub(super) fn describe() -> Description {
    Description {
        name: "token-process",
        title: "Token-driven process",
        part: 5,
        goal: "perform every activity of a process once, and remember none of them",
        module: Module {
            name: "TokenProcess",
            text: include_str!("../../../../specs/TokenProcess.tla"),
        },
        default_variant: "conserving",
        variants: variants(),
        parameters: vec![
            Parameter::set(
                ["processes", "Messages"],
                1..=3,
                1,
                "processes; two share the documents of the activities",
            ),
            Parameter::number(
                ["activities", "Last"],
                2..=4,
                3,
                "activities of a process; three have one in the middle, with a token before and behind",
            ),
            Parameter::slots(
                2,
                "signals handled at a time; two let a signal overtake its token",
            ),
        ],
        faults: FaultKind::of_a_queue(),
        actors: &["Broker", "Activities"],
        steps: STEPS,
        guarantees: vec![
            EACH_ACTIVITY_ONCE,
            PROCESS_COMPLETES,
            TOKENS_CONSERVED,
            ask::NO_DOUBLE_EFFECT,
            ask::CLEAN_AT_REST,
            ask::SETTLES,
        ],
        larger: vec![
            Setting::twice(
                "conserving",
                &[("activities", 2)],
                &[Fault::Crash, Fault::Duplicate, Fault::Lease],
            )
            .without_tlc(),
            Setting::of(
                "conserving",
                &[("processes", 2)],
                &[(Fault::Crash, 1), (Fault::Duplicate, 0)],
            )
            .without_tlc(),
            Setting::of(
                "conserving",
                &[("slots", 2)],
                &[(Fault::Crash, 1), (Fault::Duplicate, 0)],
            ),
        ],
    }
}

const BELIEVED: &[&str] = &[
    "EachActivityOnce",
    "ProcessCompletes",
    "TokensConserved",
    "NoDoubleEffect",
    "Settles",
];

const GARBAGE: (&str, &str) = (
    "CleanAtRest",
    "a crash after a token is created and before its number is saved leaves the token behind",
);

fn variants() -> Vec<Variant> {
    let mut variants = wrong();
    variants.push(Variant {
        name: "conserving",
        handler: "conserving",
        summary: "creates a token, saves its number, sends the signal, then deletes its own token",
        right: true,
        claims: BELIEVED,
        breaks: &[GARBAGE],
        faults: &[(Fault::Crash, 1), (Fault::Duplicate, 1)],
        ..Variant::default()
    });
    variants
}

fn wrong() -> Vec<Variant> {
    vec![
        Variant {
            name: "no-checkpoint",
            handler: "no-checkpoint",
            summary: "creates a token and sends a signal at every attempt, and saves no number",
            claims: BELIEVED,
            breaks: &[
                (
                    "EachActivityOnce",
                    "a crash after the send, and a second signal with a second token",
                ),
                GARBAGE,
            ],
            faults: &[(Fault::Crash, 1)],
            ..Variant::default()
        },
        Variant {
            name: "send-first",
            handler: "send-first",
            summary: "sends the signal, then creates its token",
            claims: BELIEVED,
            breaks: &[
                (
                    "ProcessCompletes",
                    "the signal is faster than its token, is taken for a duplicate and dropped",
                ),
                (
                    "TokensConserved",
                    "the signal is on its way, and its token does not exist",
                ),
                (
                    "CleanAtRest",
                    "the token is created after its signal was dropped, and nobody deletes it",
                ),
            ],
            bounds: &[("slots", 2)],
            ..Variant::default()
        },
        Variant {
            name: "delete-first",
            handler: "delete-first",
            summary: "deletes the token of its signal before it sends the next one",
            claims: BELIEVED,
            breaks: &[
                (
                    "ProcessCompletes",
                    "a crash before the send, and the signal comes again without a token",
                ),
                (
                    "CleanAtRest",
                    "a crash before the send, and the next token is left",
                ),
            ],
            faults: &[(Fault::Crash, 1)],
            ..Variant::default()
        },
        Variant {
            name: "keep",
            handler: "keep",
            summary: "never deletes the token of its signal",
            claims: BELIEVED,
            breaks: &[
                (
                    "EachActivityOnce",
                    "a copy of the signal comes when all seemed done, and its token is there",
                ),
                (
                    "TokensConserved",
                    "the signal is acknowledged, and its token is still there",
                ),
                (
                    "NoDoubleEffect",
                    "the copy is performed, with its whole process behind it",
                ),
                ("CleanAtRest", "every token is left"),
            ],
            faults: &[(Fault::Duplicate, 1)],
            ..Variant::default()
        },
    ]
}
