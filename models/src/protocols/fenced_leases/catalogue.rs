//! The catalogue entry of fenced leases: variants with expected verdicts, bounds, and faults.

use super::{EVERY_ROW_SENT, IN_ORDER};
use crate::catalogue::{Description, FaultKind, Module, Parameter, Setting, Variant};
use crate::kit::fault::Fault;
use crate::kit::guarantees as ask;

pub(super) fn describe() -> Description {
    Description {
        name: "fenced-leases",
        title: "Fenced leases",
        part: 2,
        goal: "share the rows of a table among workers, although one is slower than its lease",
        module: Module {
            name: "FencedLeases",
            text: include_str!("../../../../specs/FencedLeases.tla"),
        },
        default_variant: "fenced",
        variants: variants(),
        parameters: vec![
            Parameter {
                default: 2,
                ..Parameter::messages(3, "rows; two let a copy of one come after the other")
            },
            Parameter {
                default: 2,
                ..Parameter::slots(
                    3,
                    "workers; two let one take over what the other has not finished",
                )
            },
        ],
        faults: of_workers(),
        actors: &["Relay", "Stream"],
        steps: &[
            ("ReadRows", "reads all rows"),
            ("TakeLease", "takes a lease on a row"),
            ("Send", "sends the row"),
            ("SendAnswered", "answers whether it accepts the row"),
            ("Mark", "marks the row as sent"),
            ("Release", "releases the row"),
        ],
        guarantees: vec![IN_ORDER, EVERY_ROW_SENT, ask::SETTLES],
        larger: vec![
            Setting::twice(
                "fenced",
                &[("messages", 1), ("slots", 1)],
                &[
                    Fault::Late,
                    Fault::Crash,
                    Fault::Unknown,
                    Fault::Lease,
                    Fault::Lose,
                ],
            )
            .without_tlc(),
            Setting::of(
                "fenced",
                &[("messages", 3), ("slots", 2)],
                &[(Fault::Crash, 1), (Fault::Lease, 1), (Fault::Late, 1)],
            )
            .without_tlc(),
        ],
    }
}

fn of_workers() -> Vec<FaultKind> {
    vec![
        FaultKind::new(
            Fault::Lease,
            2,
            "one lets a lease run out while its worker still sends",
        ),
        FaultKind::new(
            Fault::Crash,
            2,
            "one lets the workers stop between sending a row and marking it",
        ),
        FaultKind::new(Fault::Lose, 2, "one lets a request to the stream be lost"),
        FaultKind::new(Fault::Unknown, 2, "one lets the stream's answer be lost"),
        FaultKind::new(
            Fault::Late,
            2,
            "one lets a request arrive after its worker was replaced",
        ),
    ]
}

const BELIEVED: &[&str] = &["InOrder", "EveryRowSent", "Settles"];

fn variants() -> Vec<Variant> {
    const ONE_LEASE: &[(Fault, u8)] = &[(Fault::Lease, 1)];
    vec![
        Variant {
            name: "no-lease",
            handler: "no-lease",
            summary: "takes the first row that is not sent, whoever works on it",
            claims: BELIEVED,
            breaks: &[(
                "InOrder",
                "two workers take row 1; one sends it after the other has sent row 2",
            )],
            ..Variant::default()
        },
        Variant {
            name: "any-row",
            handler: "any-row",
            summary: "takes a lease on the first row that is neither sent nor leased",
            claims: BELIEVED,
            breaks: &[(
                "InOrder",
                "one worker has row 1, and another one sends row 2 first",
            )],
            ..Variant::default()
        },
        Variant {
            name: "unfenced",
            handler: "unfenced",
            summary: "takes the first unsent row if nobody has a lease on it",
            claims: BELIEVED,
            breaks: &[(
                "InOrder",
                "a lease runs out; its worker sends row 1 after the new owner has sent both rows",
            )],
            faults: ONE_LEASE,
            ..Variant::default()
        },
        Variant {
            name: "released-blindly",
            handler: "released-blindly",
            summary: "the stream refuses a stale worker, which releases its row without a check",
            claims: BELIEVED,
            breaks: &[(
                "InOrder",
                "the stale worker writes its old copy of row 1, and row 1 is sent again after row 2",
            )],
            faults: ONE_LEASE,
            ..Variant::default()
        },
        Variant {
            name: "mark-first",
            handler: "mark-first",
            summary: "marks the row as sent, then sends it",
            claims: BELIEVED,
            breaks: &[
                (
                    "EveryRowSent",
                    "the worker crashes after it has marked the row",
                ),
                (
                    "InOrder",
                    "row 1 is marked, and another worker sends row 2 before row 1 is sent",
                ),
            ],
            faults: &[(Fault::Crash, 1)],
            ..Variant::default()
        },
        Variant {
            name: "fenced",
            handler: "fenced",
            summary: "the stream refuses stale requests, and the table refuses stale writes",
            right: true,
            claims: BELIEVED,
            faults: &[(Fault::Crash, 1), (Fault::Lease, 1), (Fault::Late, 1)],
            ..Variant::default()
        },
    ]
}
