//! The catalogue entry of double submit: variants with expected verdicts, bounds, and faults.

use super::{AT_MOST_ONE_ORDER, INTENT_HONOURED, SUBMITTED_IMPLIES_ORDER, TOLD_THE_TRUTH};
use crate::catalogue::{Description, FaultKind, Module, Parameter, Setting, Variant};
use crate::kit::fault::Fault;
use crate::kit::guarantees as ask;

pub(super) fn describe() -> Description {
    Description {
        name: "double-submit",
        title: "Double submit",
        part: 1,
        goal: "order the cart once, however often and wherever the user clicks",
        module: Module {
            name: "DoubleSubmit",
            text: include_str!("../../../../specs/DoubleSubmit.tla"),
        },
        default_variant: "optimistic",
        variants: variants(),
        parameters: parameters(),
        faults: faults(),
        actors: &["Browser", "Shop", "Orders"],
        steps: &[
            ("Load", "loads the cart"),
            ("CreateOrder", "writes a new order"),
            (
                "Submit",
                "writes the submitted cart and a new order, both or none",
            ),
            ("Save", "saves the submitted cart"),
            ("Send", "sends CreateOrder"),
            ("ReplySubmitted", "answers that the cart is submitted"),
            (
                "ReplyAlreadySubmitted",
                "answers that the cart was submitted before",
            ),
        ],
        guarantees: vec![
            AT_MOST_ONE_ORDER,
            INTENT_HONOURED,
            SUBMITTED_IMPLIES_ORDER,
            ask::ANSWERED,
            TOLD_THE_TRUTH,
            ask::NO_DOUBLE_EFFECT,
            ask::NO_GHOST_EVER,
            ask::NO_GHOST_AT_REST,
            ask::NO_LOST_EFFECT,
            ask::NO_LOST_OUTPUT,
            ask::SETTLES,
        ],
        larger: vec![
            Setting::of("optimistic", &[("tabs", 3), ("slots", 3)], &[]),
            // Every fault may happen twice, with one more click.
            Setting::twice(
                "send-then-save",
                &[("tabs", 1), ("slots", 1), ("clicks", 1)],
                EVERY_FAULT,
            ),
        ],
    }
}

const EVERY_FAULT: &[Fault] = &[
    Fault::Crash,
    Fault::Duplicate,
    Fault::Lose,
    Fault::Fail,
    Fault::Unknown,
];

fn parameters() -> Vec<Parameter> {
    vec![
        Parameter::set(
            ["carts", "Messages"],
            1..=1,
            1,
            "carts; all tabs show the same one, others would not meet it",
        ),
        Parameter::tabs(2),
        Parameter::clicks(),
        Parameter {
            default: 2,
            ..Parameter::slots(3, "requests handled at a time; two let them race")
        },
    ]
}

fn faults() -> Vec<FaultKind> {
    vec![
        FaultKind::new(
            Fault::Crash,
            2,
            "one lets any request stop half-way; nobody delivers it again",
        ),
        FaultKind::request_duplicated(2),
        FaultKind::request_lost(2),
        FaultKind::refusal(2),
        FaultKind::unconfirmed(2),
    ]
}

fn variants() -> Vec<Variant> {
    const NOTHING_SENT: &[&str] = &["NoGhostEver", "NoGhostAtRest", "NoLostOutput"];
    const CRASH_OR_REFUSAL: &[(Fault, u8)] = &[(Fault::Crash, 1), (Fault::Fail, 1)];
    const DIES: (&str, &str) = (
        "IntentHonoured",
        "a request that dies with its handler is not delivered again",
    );
    vec![
        Variant {
            name: "naive",
            handler: "naive",
            summary: "makes an order of the cart at every click",
            claims: &[
                "AtMostOneOrder",
                "IntentHonoured",
                "Answered",
                "ToldTheTruth",
            ],
            breaks: &[
                ("AtMostOneOrder", "each of the two requests makes an order"),
                (
                    "NoDoubleEffect",
                    "both orders are changes for the same cart",
                ),
            ],
            not_applicable: &[
                "SubmittedImpliesOrder",
                "NoGhostEver",
                "NoGhostAtRest",
                "NoLostOutput",
            ],
            ..Variant::default()
        },
        Variant {
            name: "flag",
            handler: "flag",
            summary: "marks the cart as submitted in the transaction that makes the order",
            claims: &[
                "AtMostOneOrder",
                "IntentHonoured",
                "SubmittedImpliesOrder",
                "Answered",
                "ToldTheTruth",
                "NoDoubleEffect",
            ],
            breaks: &[
                (
                    "AtMostOneOrder",
                    "both requests load the cart before either has marked it",
                ),
                (
                    "NoDoubleEffect",
                    "both orders are changes for the same cart",
                ),
            ],
            not_applicable: NOTHING_SENT,
            ..Variant::default()
        },
        Variant {
            name: "save-then-send",
            handler: "save-then-send",
            summary: "saves the submitted cart, then sends CreateOrder; one click is enough",
            claims: &[
                "AtMostOneOrder",
                "SubmittedImpliesOrder",
                "Answered",
                "ToldTheTruth",
                "NoDoubleEffect",
                "NoGhostEver",
                "NoGhostAtRest",
                "NoLostEffect",
            ],
            breaks: &[
                DIES,
                (
                    "SubmittedImpliesOrder",
                    "the cart is saved, and then a crash or the broker keeps CreateOrder back",
                ),
            ],
            bounds: &[("tabs", 1), ("slots", 1)],
            faults: CRASH_OR_REFUSAL,
            ..Variant::default()
        },
        Variant {
            name: "send-then-save",
            handler: "send-then-save",
            summary: "sends CreateOrder, then saves the submitted cart",
            claims: &[
                "AtMostOneOrder",
                "SubmittedImpliesOrder",
                "Answered",
                "ToldTheTruth",
                "NoDoubleEffect",
                "NoGhostEver",
                "NoLostEffect",
                "NoLostOutput",
            ],
            breaks: &[
                (
                    "AtMostOneOrder",
                    "both requests have sent before either save can be refused",
                ),
                DIES,
                (
                    "NoGhostEver",
                    "CreateOrder is out before the cart is submitted",
                ),
                (
                    "NoGhostAtRest",
                    "a crash after the send leaves an order of a cart that nobody submitted",
                ),
            ],
            faults: CRASH_OR_REFUSAL,
            ..Variant::default()
        },
        Variant {
            name: "optimistic",
            handler: "optimistic",
            summary: "the flag, and the cart is written only if it is still the version loaded",
            right: true,
            claims: &[
                "AtMostOneOrder",
                "IntentHonoured",
                "SubmittedImpliesOrder",
                "Answered",
                "ToldTheTruth",
                "NoDoubleEffect",
                "NoLostEffect",
            ],
            not_applicable: NOTHING_SENT,
            ..Variant::default()
        },
    ]
}
