//! The catalogue entry of the saga with a time-out: variants with expected verdicts, bounds, and faults.

use super::guarantees::{CANCELLED_BY_ITS_OWN_TIMEOUT, EVERY_ORDER_ENDS, ONE_ENDING};
use crate::catalogue::{Description, FaultKind, Module, Parameter, Setting, Variant};
use crate::kit::fault::Fault;
use crate::kit::guarantees as ask;

/// The descriptions of the handlers' steps.
pub(super) const STEPS: &[(&str, &str)] = &[
    ("LoadSaga", "loads the saga of the customer"),
    ("StartSaga", "saves the order as open, or as refused"),
    ("SendTimeout", "sends PaymentOverdue to itself, for later"),
    ("Ship", "saves the order as shipped"),
    ("Cancel", "saves the order as cancelled"),
    ("Publish", "publishes OrderEnded"),
    ("Ack", "acknowledges the message"),
];

pub(super) fn describe() -> Description {
    Description {
        name: "saga-timeout",
        title: "Saga with a time-out",
        part: 2,
        goal: "end every order in one way, although its time-out cannot be called back",
        module: Module {
            name: "SagaTimeout",
            text: include_str!("../../../../specs/SagaTimeout.tla"),
        },
        default_variant: "own-instance",
        variants: variants(),
        parameters: vec![
            Parameter::set(
                ["orders", "Messages"],
                1..=3,
                1,
                "orders of the customer; two let the time-out of one meet the other",
            )
            // A further order may be refused, which costs less than a complete one.
            .related(),
            Parameter::copies(1),
            Parameter::slots(
                2,
                "messages handled at a time; two let a payment race with the time-out",
            ),
        ],
        faults: FaultKind::of_a_queue(),
        actors: &["Broker", "Orders"],
        steps: STEPS,
        guarantees: vec![
            ONE_ENDING,
            CANCELLED_BY_ITS_OWN_TIMEOUT,
            EVERY_ORDER_ENDS,
            ask::NO_DOUBLE_EFFECT,
            ask::SETTLES,
        ],
        larger: vec![
            Setting::twice(
                "own-instance",
                &[("orders", 1), ("slots", 1)],
                &[Fault::Crash, Fault::Duplicate, Fault::Lease],
            )
            .without_tlc(),
            Setting::of(
                "own-instance",
                &[("orders", 2), ("slots", 2)],
                &[(Fault::Crash, 0)],
            ),
        ],
    }
}

const BELIEVED: &[&str] = &[
    "OneEnding",
    "CancelledByItsOwnTimeout",
    "EveryOrderEnds",
    "NoDoubleEffect",
    "Settles",
];

fn variants() -> Vec<Variant> {
    vec![
        Variant {
            name: "unguarded",
            handler: "unguarded",
            summary: "the time-out cancels its order, without a look at whether it is open",
            claims: BELIEVED,
            breaks: &[(
                "OneEnding",
                "the order is paid and shipped, and its time-out cancels it afterwards",
            )],
            ..Variant::default()
        },
        Variant {
            name: "publish-first",
            handler: "publish-first",
            summary: "payment and time-out look at the saga, publish the end, and then save it",
            claims: BELIEVED,
            breaks: &[(
                "OneEnding",
                "both find the order open and publish, and then one of them cannot save",
            )],
            bounds: &[("slots", 2)],
            ..Variant::default()
        },
        Variant {
            name: "blind-save",
            handler: "blind-save",
            summary: "payment and time-out look at the saga, and save it without a check",
            claims: BELIEVED,
            breaks: &[(
                "OneEnding",
                "both find the order open, and both save and publish",
            )],
            bounds: &[("slots", 2)],
            ..Variant::default()
        },
        Variant {
            name: "acknowledge-copies",
            handler: "acknowledge-copies",
            summary: "an order that is placed a second time is a duplicate, and nothing is done",
            claims: BELIEVED,
            breaks: &[(
                "EveryOrderEnds",
                "a crash after the saga is started, and no one sends its time-out any more",
            )],
            faults: &[(Fault::Crash, 1)],
            ..Variant::default()
        },
        Variant {
            name: "by-key",
            handler: "by-key",
            summary: "the time-out cancels the open order of the customer",
            claims: BELIEVED,
            breaks: &[(
                "CancelledByItsOwnTimeout",
                "the first order is paid, the second one placed, and the time-out of the first comes",
            )],
            bounds: &[("orders", 2)],
            ..Variant::default()
        },
        Variant {
            name: "own-instance",
            handler: "own-instance",
            summary: "the time-out cancels the order that it was sent for, if that is open",
            right: true,
            claims: BELIEVED,
            bounds: &[("orders", 2)],
            faults: &[(Fault::Crash, 1)],
            ..Variant::default()
        },
    ]
}
