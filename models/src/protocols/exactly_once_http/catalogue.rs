//! The catalogue entry of exactly-once HTTP: variants with expected verdicts, bounds, and faults.

use super::courier::{NO_DOUBLE_BOOKING, NO_POISON, REMOTE_CLEAN, RESPONSE_SAVED};
use crate::catalogue::{Description, FaultKind, Module, Parameter, Setting, Variant};
use crate::kit::fault::Fault;
use crate::kit::guarantees as ask;

pub(super) fn describe() -> Description {
    Description {
        name: "exactly-once-http",
        title: "Exactly-once HTTP",
        part: 4,
        goal: "make an HTTP call once, without a key that the other side keeps for long",
        module: Module {
            name: "ExactlyOnceHttp",
            text: include_str!("../../../../specs/ExactlyOnceHttp.tla"),
        },
        default_variant: "four-phases",
        variants: variants(),
        parameters: vec![
            Parameter::messages(2, "commands; two show that their requests do not mix"),
            Parameter::slots(2, "handlers that run at a time; two let attempts overlap"),
            Parameter::copies(1),
            Parameter::number(
                ["attempts", "Attempts"],
                1..=7,
                4,
                "attempts registered for one command; each that ends half-way takes one, and one \
                 more lets the command be handled",
            ),
        ],
        faults: faults(),
        actors: &["Broker", "Shop", "Courier"],
        steps: &[
            ("Load", "loads the booking"),
            ("Register", "registers a URL for the attempt"),
            ("Put", "puts a request under that URL"),
            ("PutAnswered", "confirms the PUT"),
            ("Commit", "saves that this URL is selected"),
            ("Post", "posts to the selected URL"),
            ("PostAnswered", "answers the POST"),
            ("DeleteOther", "deletes the request of another attempt"),
            ("DeleteOtherAnswered", "confirms the DELETE"),
            ("SendFollowUp", "sends the follow-up to itself"),
            ("Clear", "saves that no other attempt is registered"),
            ("Get", "gets the response"),
            ("GetAnswered", "answers the GET"),
            (
                "LoadAgain",
                "checks whether the response was saved meanwhile",
            ),
            ("SaveResponse", "saves the response"),
            ("Delete", "deletes request and response"),
            ("DeleteAnswered", "confirms the DELETE"),
            ("Reject", "puts the message into the error queue"),
            ("Ack", "acknowledges"),
        ],
        guarantees: vec![
            NO_DOUBLE_BOOKING,
            RESPONSE_SAVED,
            NO_POISON,
            REMOTE_CLEAN,
            ask::SETTLES,
        ],
        larger: vec![
            Setting::twice(
                "four-phases",
                &[("attempts", 7)],
                &[
                    Fault::Crash,
                    Fault::Duplicate,
                    Fault::Lease,
                    Fault::Lose,
                    Fault::Unknown,
                ],
            )
            .without_tlc(),
            Setting::of(
                "overlapping",
                &[("copies", 1)],
                &[(Fault::Duplicate, 1), (Fault::Lease, 1)],
            )
            .without_tlc(),
        ],
    }
}

fn faults() -> Vec<FaultKind> {
    vec![
        FaultKind::crash(2),
        FaultKind::new(
            Fault::Duplicate,
            2,
            "one lets a follow-up come when its request is deleted",
        ),
        FaultKind::lease(2),
        FaultKind::new(Fault::Lose, 2, "one loses a request on its way"),
        FaultKind::new(
            Fault::Unknown,
            2,
            "one loses the answer to a request that was executed",
        ),
        FaultKind::new(
            Fault::Late,
            2,
            "one lets a request arrive when all seemed done",
        ),
    ]
}

fn variants() -> Vec<Variant> {
    const ONE_CRASH: &[(Fault, u8)] = &[(Fault::Crash, 1)];
    const PROMISED: &[&str] = &[
        "NoDoubleBooking",
        "ResponseSaved",
        "NoPoison",
        "RemoteClean",
        "Settles",
    ];
    const SAFE: &[&str] = &["NoDoubleBooking", "ResponseSaved", "NoPoison", "Settles"];
    vec![
        Variant {
            name: "post-before-commit",
            handler: "post-before-commit",
            summary: "executes the request before its URL is saved",
            claims: PROMISED,
            breaks: &[(
                "NoDoubleBooking",
                "executed, crashed, and the next attempt executes a request of its own",
            )],
            faults: ONE_CRASH,
            ..Variant::default()
        },
        Variant {
            name: "delete-before-answer",
            handler: "delete-before-answer",
            summary: "deletes the request before the response is saved",
            claims: PROMISED,
            breaks: &[
                (
                    "ResponseSaved",
                    "deleted, crashed, and the response is nowhere",
                ),
                (
                    "NoPoison",
                    "deleted, crashed, and the follow-up that comes again finds no response",
                ),
            ],
            faults: ONE_CRASH,
            ..Variant::default()
        },
        Variant {
            name: "post-on-receipt",
            handler: "post-on-receipt",
            summary: "posts whenever a follow-up comes, and then checks whether it was handled",
            claims: PROMISED,
            breaks: &[(
                "NoPoison",
                "deleted, crashed before the acknowledgement, and the POST gets 400",
            )],
            faults: ONE_CRASH,
            ..Variant::default()
        },
        Variant {
            name: "late-put",
            handler: "four-phases",
            summary: "a PUT that was given up arrives when all is done: safe, but not clean",
            right: true,
            claims: SAFE,
            breaks: &[(
                "RemoteClean",
                "given up, deleted with all other attempts, and then it arrived",
            )],
            faults: &[(Fault::Late, 1)],
            ..Variant::default()
        },
        Variant {
            name: "overlapping",
            handler: "four-phases",
            summary: "two attempts at one command at once: safe, but not clean",
            right: true,
            claims: SAFE,
            breaks: &[(
                "RemoteClean",
                "registered, was slow, and put its request after another had cleaned up",
            )],
            bounds: &[("slots", 2), ("copies", 2), ("attempts", 2)],
            ..Variant::default()
        },
        Variant {
            name: "four-phases",
            handler: "four-phases",
            summary: "puts, commits, posts, gets and deletes, one attempt at a time",
            right: true,
            claims: PROMISED,
            faults: &[(Fault::Crash, 1), (Fault::Lose, 1), (Fault::Unknown, 1)],
            ..Variant::default()
        },
    ]
}
