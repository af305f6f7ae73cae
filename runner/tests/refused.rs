//! A catalogue with a mistake that only a run reveals is refused, from any crate.

use crate::common::Wrapped;
use tandem_check::engine::graph::Graph;
use tandem_check::engine::{Engine, EngineError};
use tandem_check::refused::refuse;
use tandem_models::catalogue::{Catalogue, Description, Instance, Overrides};
use tandem_models::kit::document::MessageId;
use tandem_models::kit::io::{Flow, Io};
use tandem_models::kit::replay::Handler;
use tandem_models::protocols::catalogue;
use tandem_search::cancel::Cancel;
use tandem_search::limits::{Limits, Run};

fn judged(instance: &Instance) -> Result<(), EngineError> {
    let cancel = Cancel::new();
    let run = Run::new(&Limits::NONE, &cancel);
    let report = Graph.check(instance, &run)?;
    refuse(&report, &run)
}

#[test]
fn nothing_in_our_own_catalogue_is_refused() {
    let all: Catalogue = catalogue();
    for instance in all.select(None, &Overrides::default()).unwrap() {
        judged(&instance).unwrap();
    }
}

#[test]
fn a_failure_declared_as_not_applicable_is_refused() {
    let describe = |mut description: Description| {
        for variant in &mut description.variants {
            if variant.name == "save-then-publish" {
                variant.breaks = &[];
                variant.not_applicable = &[
                    "ConsistentOutput",
                    "ExactlyOnceEquivalent",
                    "NoGhostEver",
                    "NoDoubleEffect",
                ];
            }
        }
        description
    };
    let hiding = Wrapped {
        describe,
        ..Wrapped::with_system(|_, system| system)
    };
    let error = judged(&hiding.variant("save-then-publish")).unwrap_err();
    assert_eq!(
        error.to_string(),
        "outbox:save-then-publish (copies=2 messages=1 slots=1 crash=1): `not_applicable` hides \
         what is violated: NoDoubleEffect, ConsistentOutput, ExactlyOnceEquivalent; move it to \
         `breaks` and say why"
    );
}

#[test]
fn a_step_that_the_module_does_not_have_is_refused() {
    fn looks(io: &mut dyn Io, command: &MessageId) -> Flow {
        io.contains("LookIntoInbox", "inbox", *command)?;
        io.ack("Ack")
    }
    let renamed = Wrapped::with_system(|_, system| system.with_handler(Handler::new(looks)));
    let error = judged(&renamed.variant("marked-before")).unwrap_err();
    assert_eq!(
        error.to_string(),
        "outbox:marked-before (copies=1 messages=1 slots=1 crash=1): after Orders starts on message \
         1, `LookIntoInbox` is not a step of this protocol; its steps are CheckInbox, Load, Save, Mark, \
         Publish, MarkDispatched, Ack"
    );
}
