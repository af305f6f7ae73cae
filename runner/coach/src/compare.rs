//! Compares a learner's handler with the TLA+ specification of its protocol, step by step.

use std::io::Write;

use std::sync::OnceLock;

use tandem_check::compare::{Comparison, TlaEngine, compare_instance};
use tandem_check::engine::tlc::Tlc;
use tandem_check::output::text;
use tandem_models::kit::replay::Handler;
use tandem_search::cancel::Cancel;
use tandem_search::limits::{Limits, Run};
use tandem_tla::spec::SpecTexts;
use tandem_tla::tlc::env::Env;
use tandem_tla::tlc::jar;
use tandem_tla::tlc::java::Java;

use crate::definition::Definition;
use crate::judge::Judgement;
use crate::learner::attempts;

/// Compares the main run of an answer with that of the specification and writes the result to `out`.
/// The specification is evaluated in this process if that is faster or TLC is missing. `compare`
/// refuses an answer that differs, even though it may be correct with other steps than those of the
/// specification.
///
/// # Errors
///
/// If there is no engine for TLA+, or one of the two graphs cannot be enumerated.
pub fn compare(
    definition: &Definition,
    handler: &Handler,
    out: &mut dyn Write,
) -> anyhow::Result<Judgement> {
    let cancel = Cancel::new();
    let texts = SpecTexts::built_in();
    let found = OnceLock::new();
    let at_hand = || found.get_or_init(|| tlc(&texts, &cancel).ok()).as_ref();
    let limits = Limits {
        max_states: Some(definition.demands.max_states),
        ..Limits::NONE
    };
    let mut judgement = Judgement::default();
    for attempt in attempts(definition, handler)?.into_iter().take(1) {
        let run = Run::new(&limits, &cancel);
        let comparison = compare_instance(
            &attempt.instance,
            false,
            (TlaEngine::Quicker(&at_hand), &texts),
            &run,
        )?;
        text::comparison(out, &comparison)?;
        judgement.refused = differs(&comparison).then(|| "compare".to_owned());
        judgement.states = comparison.rust.states;
    }
    Ok(judgement)
}

/// TLC, if it is installed.
pub(crate) fn tlc(texts: &SpecTexts, cancel: &Cancel) -> anyhow::Result<Tlc> {
    let env = Env::from_process();
    Ok(Tlc {
        java: Java::find(&env, cancel)?,
        jar: jar::locate(&env, None)?,
        env,
        texts: texts.clone(),
        workers: 1,
        heap_mb: None,
        time_limit: None,
        long: false,
    })
}

fn differs(comparison: &Comparison) -> bool {
    comparison.difference.is_some()
}
