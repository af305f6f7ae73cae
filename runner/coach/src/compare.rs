//! Compares a learner's handler with the TLA+ specification of its protocol, step for step.

use std::io::Write;

use tandem_check::compare::{Comparison, compare_instance};
use tandem_check::engine::tlc::Tlc;
use tandem_check::output::text;
use tandem_models::kit::replay::Handler;
use tandem_search::cancel::Cancel;
use tandem_search::limits::{Limits, Run};
use tandem_tla::tlc::env::Env;
use tandem_tla::tlc::jar;
use tandem_tla::tlc::java::Java;

use crate::definition::Definition;
use crate::judge::Judgement;
use crate::learner::attempts;

/// Compares the main run of an answer with TLC's and tells it to `out`. An answer that differs is refused
/// by `compare`; it may be right all the same, in other steps than those of the specification.
///
/// # Errors
/// When there is no Java or no TLC, or one of the two graphs cannot be enumerated.
pub fn compare(
    definition: &Definition,
    handler: &Handler,
    out: &mut dyn Write,
) -> anyhow::Result<Judgement> {
    let cancel = Cancel::new();
    let env = Env::from_process();
    let tlc = Tlc {
        java: Java::find(&env, &cancel)?,
        jar: jar::locate(&env, None)?,
        env,
        workers: 1,
        heap_mb: None,
        time_limit: None,
        long: false,
    };
    let limits = Limits {
        max_states: Some(definition.demands.max_states),
        ..Limits::NONE
    };
    let mut judgement = Judgement::default();
    for attempt in attempts(definition, handler)?.into_iter().take(1) {
        let run = Run::new(&limits, &cancel);
        let comparison = compare_instance(&attempt.instance, false, &tlc, &run)?;
        text::comparison(out, &comparison)?;
        judgement.refused = differs(&comparison).then(|| "compare".to_owned());
        judgement.states = comparison.rust.states;
    }
    Ok(judgement)
}

fn differs(comparison: &Comparison) -> bool {
    comparison.difference.is_some()
}
