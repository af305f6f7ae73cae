//! Replays a recorded behaviour on the TLA+ spec: how far the same steps lead to the same states.

use tandem_models::catalogue::Instance;
use tandem_models::value::StateView;
use tandem_search::limits::Run;
use tandem_tla::recording::Behaviour;
use tandem_tla::spec::{SpecTexts, render_from};
use tandem_tla::tlc::outcome::Verdict;
use tandem_tla_rs::{Evaluator, SpecError, SpecState};

use super::module::{GOES_ON, trace_module};
use crate::engine::tlc::Tlc;
use crate::engine::{Engine, EngineError, tla_rs};

/// The result of replaying a behaviour on the TLA+ spec.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SpecReplay {
    /// The engine that took the steps: `tla-rs` or `tlc`.
    pub engine: &'static str,
    /// The number of recorded steps that the spec takes.
    pub taken: usize,
    /// A sentence about where and why the two diverge; `None` if the spec takes every step. If no step
    /// was taken, the initial state may differ; the sentence says so.
    pub parts: Option<String>,
    /// The names of the actions that the spec can take there instead, if the engine knows them.
    pub others: Vec<String>,
}

/// Replays the steps with TLC. The behaviour is written as a module of its own.
///
/// # Errors
///
/// If TLC could not be run, or does not accept the module.
pub fn on_tlc(
    tlc: &Tlc,
    instance: &Instance,
    behaviour: &Behaviour,
    run: &Run<'_>,
) -> Result<SpecReplay, EngineError> {
    let spec = trace_module(&tlc.texts, instance, behaviour, "TandemTrace")?;
    let outcome = tlc.outcome_of(&spec, run)?;
    let steps = behaviour.steps.len();
    let depth = outcome.counts.and_then(|counts| counts.depth).unwrap_or(0);
    let (taken, parts) = match &outcome.verdict {
        Verdict::InvariantViolated { name, .. } if name == GOES_ON => (steps, None),
        Verdict::Passed => {
            let met = usize::try_from(depth).unwrap_or(0);
            let parts = match (met, outcome.counts.map_or(0, |counts| counts.distinct)) {
                (_, 0) => "the spec does not start in the recorded initial state".to_owned(),
                (met, _) => parting(behaviour, met.saturating_sub(1)),
            };
            (met.saturating_sub(1), Some(parts))
        }
        _ => return Err(Tlc::failed(instance, &spec, &outcome)),
    };
    Ok(SpecReplay {
        engine: tlc.name(),
        taken,
        parts,
        others: Vec::new(),
    })
}

/// Replays the steps in this process.
///
/// # Errors
///
/// If the spec cannot be evaluated.
pub fn in_process(
    texts: &SpecTexts,
    instance: &Instance,
    behaviour: &Behaviour,
) -> Result<SpecReplay, EngineError> {
    let wrong = |error: SpecError| EngineError::TlaRs {
        instance: instance.to_string(),
        what: error.to_string(),
    };
    let spec = render_from(texts, instance, &[])?;
    let mut evaluator = Evaluator::new(&spec.files).map_err(wrong)?;
    let initial = evaluator.initial().map_err(wrong)?;
    let mut found = SpecReplay {
        engine: tla_rs::NAME,
        taken: 0,
        parts: None,
        others: Vec::new(),
    };
    let start = initial
        .into_iter()
        .find(|state| looks(&evaluator, state, &behaviour.start));
    let Some(mut at) = start else {
        found.parts = Some("the spec does not start in the recorded initial state".to_owned());
        return Ok(found);
    };
    let mut before = &behaviour.start;
    for recorded in &behaviour.steps {
        let steps = evaluator.steps(&at).map_err(wrong)?;
        let named = |name: &str| {
            recorded
                .action
                .as_deref()
                .is_none_or(|wanted| wanted == name)
        };
        let next = steps
            .iter()
            .find(|(name, state)| named(name) && looks(&evaluator, state, &recorded.state));
        match next {
            Some((_, state)) => at = state.clone(),
            None if recorded.state == *before => {}
            None => {
                found.parts = Some(parting(behaviour, found.taken));
                let mut names: Vec<_> = steps.iter().map(|(name, _)| name.to_string()).collect();
                names.sort_unstable();
                names.dedup();
                found.others = names;
                return Ok(found);
            }
        }
        found.taken += 1;
        before = &recorded.state;
    }
    Ok(found)
}

fn looks(evaluator: &Evaluator, state: &SpecState, view: &StateView) -> bool {
    evaluator.view(state).is_ok_and(|seen| seen == *view)
}

fn parting(behaviour: &Behaviour, taken: usize) -> String {
    let step = behaviour.steps.get(taken);
    let action = step
        .and_then(|step| step.action.as_deref())
        .unwrap_or("no action");
    format!(
        "at step {}: {action} of the spec does not lead to the recorded state",
        taken + 1
    )
}
