//! The catalogue entry of the error queue: variants with expected verdicts, bounds, and faults.

use super::guarantees::EVERY_COMMAND_HANDLED;
use crate::catalogue::{Description, FaultKind, Module, Parameter, Setting, Variant};
use crate::kit::fault::Fault;
use crate::kit::guarantees as ask;

pub(super) fn describe() -> Description {
    let duplicate = "one lets a copy of a command arrive, in either queue";
    let deleted = "one lets the customer of a command be deleted: no attempt succeeds then";
    Description {
        name: "error-queue",
        title: "Error queue",
        part: 2,
        goal: "stop trying a message that cannot be handled, and do not lose it",
        module: Module {
            name: "ErrorQueue",
            text: include_str!("../../../../specs/ErrorQueue.tla"),
        },
        default_variant: "counted-by-broker",
        variants: variants(),
        parameters: vec![
            Parameter {
                default: 2,
                ..Parameter::messages(3, "commands; two let one pass another one that fails")
            },
            Parameter::number(
                ["limit", "Limit"],
                1..=3,
                2,
                "attempts at a command; two let an attempt be counted and the count be lost",
            ),
            Parameter::number(
                ["fatal", "Fatal"],
                0..=3,
                0,
                "the attempt in one process that kills it; 0: none does",
            ),
            Parameter::set(
                ["slots", "OrdersSlots"],
                1..=2,
                1,
                "commands handled at a time; two let one be handled while another one fails",
            ),
            Parameter::copies(1),
        ],
        faults: vec![
            FaultKind::crash(2),
            FaultKind::new(Fault::Duplicate, 2, duplicate),
            FaultKind::new(Fault::Forget, 2, deleted),
        ],
        actors: &["Broker", "Orders", "Operator"],
        steps: &[
            ("ReadCount", "reads how often the command was delivered"),
            ("LookUp", "looks up the customer"),
            ("Load", "loads the order"),
            ("Save", "saves the order"),
            ("SetAside", "sends the command to the error queue"),
            ("Ack", "acknowledges the command"),
            ("Repair", "enters the customer again"),
            ("Retry", "sends the command back to its queue"),
            ("AckError", "takes the command out of the error queue"),
        ],
        guarantees: vec![EVERY_COMMAND_HANDLED, ask::NO_DOUBLE_EFFECT, ask::SETTLES],
        larger: vec![
            Setting::twice(
                "counted-by-broker",
                &[("messages", 1), ("limit", 1)],
                &[Fault::Crash, Fault::Duplicate, Fault::Forget],
            )
            .without_tlc(),
            Setting::of(
                "counted-by-broker",
                &[("messages", 2), ("slots", 2)],
                &[(Fault::Crash, 1), (Fault::Forget, 1)],
            )
            .without_tlc(),
        ],
    }
}

const BELIEVED: &[&str] = &["EveryCommandHandled", "NoDoubleEffect", "Settles"];

fn variants() -> Vec<Variant> {
    const NO_OPERATOR: (&str, &str) = ("AllSlotsBusy", "nothing is ever sent to the operator");
    const DELETED: &[(Fault, u8)] = &[(Fault::Forget, 1)];
    const BOTH: &[(Fault, u8)] = &[(Fault::Crash, 1), (Fault::Forget, 1)];
    vec![
        Variant {
            name: "no-limit",
            handler: "no-limit",
            summary: "gives a command that failed back to its queue",
            claims: BELIEVED,
            breaks: &[(
                "Settles",
                "the poison message is delivered again after each attempt",
            )],
            unreached: &[NO_OPERATOR],
            faults: DELETED,
            ..Variant::default()
        },
        Variant {
            name: "counted-in-memory",
            handler: "counted-in-memory",
            summary: "counts the attempts in the memory of the process",
            claims: BELIEVED,
            breaks: &[(
                "Settles",
                "the second attempt kills the process, and the next process counts from 0",
            )],
            unreached: &[NO_OPERATOR],
            faults: DELETED,
            bounds: &[("fatal", 2)],
            ..Variant::default()
        },
        Variant {
            name: "dropped",
            handler: "dropped",
            summary: "acknowledges a command that was delivered too often",
            claims: BELIEVED,
            breaks: &[(
                "EveryCommandHandled",
                "after the last attempt the command is acknowledged, and no person sees it",
            )],
            unreached: &[NO_OPERATOR],
            faults: DELETED,
            ..Variant::default()
        },
        Variant {
            name: "no-deduplication",
            handler: "no-deduplication",
            summary: "as the right one, but does not check whether the line is there",
            claims: BELIEVED,
            breaks: &[(
                "NoDoubleEffect",
                "saved, crashed before the acknowledgement, and saved again",
            )],
            bounds: &[("messages", 1), ("limit", 1)],
            faults: BOTH,
            ..Variant::default()
        },
        Variant {
            name: "counted-by-broker",
            handler: "counted-by-broker",
            summary: "the broker counts; after the limit the command goes to the error queue",
            right: true,
            claims: BELIEVED,
            bounds: &[("fatal", 1)],
            faults: BOTH,
            ..Variant::default()
        },
    ]
}
