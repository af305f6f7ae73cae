//! The catalogue entry of batches: variants with expected verdicts, bounds, and faults.

use super::EVERY_MESSAGE_HANDLED;
use crate::catalogue::{Description, FaultKind, Module, Parameter, Setting, Variant};
use crate::kit::fault::Fault;
use crate::kit::guarantees as ask;

pub(super) fn describe() -> Description {
    let mut faults = FaultKind::of_a_queue();
    let failed = "one lets the write of a line fail, once";
    faults.push(FaultKind::new(Fault::Fail, 2, failed));
    Description {
        name: "batches",
        title: "Batches",
        part: 2,
        goal: "acknowledge a batch of which one message fails",
        module: Module {
            name: "Batches",
            text: include_str!("../../../../specs/Batches.tla"),
        },
        default_variant: "one-by-one-deduplicated",
        variants: variants(),
        parameters: vec![
            Parameter::messages(
                3,
                "batches; two let one write the order between another's steps",
            ),
            Parameter::number(
                ["size", "Size"],
                1..=3,
                2,
                "messages of a batch; two let one fail and the other one not",
            ),
            Parameter::slots(
                2,
                "batches handled at a time; two let a slow one come again",
            ),
            Parameter::copies(1),
        ],
        faults,
        actors: &["Broker", "Orders"],
        steps: &[
            ("Open", "opens the batch"),
            ("Load", "loads the order"),
            ("Save", "saves the order with a line more"),
            ("AckOne", "acknowledges messages of the batch"),
            ("AckAll", "acknowledges the batch"),
        ],
        guarantees: vec![EVERY_MESSAGE_HANDLED, ask::NO_DOUBLE_EFFECT, ask::SETTLES],
        larger: vec![
            Setting::twice(
                "one-by-one-deduplicated",
                &[],
                &[Fault::Fail, Fault::Crash, Fault::Lease, Fault::Duplicate],
            ),
            Setting::of(
                "one-by-one-deduplicated",
                &[("messages", 2), ("slots", 2)],
                &[(Fault::Crash, 1), (Fault::Lease, 1), (Fault::Fail, 1)],
            )
            .without_tlc(),
        ],
    }
}

const BELIEVED: &[&str] = &["EveryMessageHandled", "NoDoubleEffect", "Settles"];

fn variants() -> Vec<Variant> {
    const ONE_FAILURE: &[(Fault, u8)] = &[(Fault::Fail, 1)];
    const BOTH: &[(Fault, u8)] = &[(Fault::Crash, 1), (Fault::Fail, 1)];
    vec![
        Variant {
            name: "whole-batch",
            handler: "whole-batch",
            summary: "acknowledges the batch if no message fails, and else gives it back",
            claims: BELIEVED,
            breaks: &[(
                "NoDoubleEffect",
                "message 2 fails, and message 1, which was handled, comes again with it",
            )],
            faults: ONE_FAILURE,
            ..Variant::default()
        },
        Variant {
            name: "acknowledge-anyway",
            handler: "acknowledge-anyway",
            summary: "goes on after a failure, and acknowledges the batch at the end",
            claims: BELIEVED,
            breaks: &[(
                "EveryMessageHandled",
                "the message that failed is acknowledged with the others",
            )],
            faults: ONE_FAILURE,
            ..Variant::default()
        },
        Variant {
            name: "up-to-here",
            handler: "up-to-here",
            summary: "acknowledges each message that was handled, and all before it",
            claims: BELIEVED,
            breaks: &[(
                "EveryMessageHandled",
                "message 1 fails, and is acknowledged with message 2",
            )],
            faults: ONE_FAILURE,
            ..Variant::default()
        },
        Variant {
            name: "one-by-one",
            handler: "one-by-one",
            summary: "acknowledges each message that was handled",
            claims: BELIEVED,
            breaks: &[(
                "NoDoubleEffect",
                "the line is saved, and a crash comes before its acknowledgement",
            )],
            faults: BOTH,
            ..Variant::default()
        },
        Variant {
            name: "whole-batch-deduplicated",
            handler: "whole-batch-deduplicated",
            summary: "gives the batch back if a message fails, and recognises what was handled",
            right: true,
            claims: BELIEVED,
            faults: BOTH,
            ..Variant::default()
        },
        Variant {
            name: "one-by-one-deduplicated",
            handler: "one-by-one-deduplicated",
            summary: "acknowledges each message, and recognises what was handled",
            right: true,
            claims: BELIEVED,
            faults: BOTH,
            ..Variant::default()
        },
    ]
}
