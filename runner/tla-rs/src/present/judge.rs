//! Lets `tla-checker` judge temporal formulas with its own search and tableau.

use std::time::Duration;

use tla_checker::ast;
use tla_checker::checker::{CheckResult, CheckerConfig, check, format_eval_error};

use super::evaluator::{Evaluator, SpecState, prepared, read, written};
use super::files::Files;
use crate::Judged;
use crate::error::SpecError;

/// Judges the `PROPERTIES` in the configuration of a spec. The files are those for
/// [`Evaluator::new`].
///
/// # Errors
///
/// If `tla-checker` cannot read or evaluate the spec.
pub fn judge(files: &[(String, String)], limit: Option<Duration>) -> Result<Judged, SpecError> {
    let folder = written(&prepared(files))?;
    let prepared = read(files, folder.path())?;
    let config = CheckerConfig {
        max_states: usize::MAX,
        max_depth: usize::MAX,
        max_seconds: limit.map(|limit| limit.as_secs().max(1)),
        allow_deadlock: true,
        check_liveness: true,
        symbolic_integers: true,
        quiet: true,
        ..prepared.checker_config
    };
    let path = folder.path().display().to_string();
    let failed = |what: &str| Files(files).told(what, &path);
    match check(&prepared.spec, &prepared.domains, &config) {
        CheckResult::Ok(_) => Ok(Judged::Holds),
        CheckResult::LivenessViolation(lasso, _) => behaviour(files, lasso.prefix, lasso.cycle),
        CheckResult::MaxTimeExceeded(_) => Ok(Judged::OutOfTime),
        CheckResult::InitError(error)
        | CheckResult::NextError(error, ..)
        | CheckResult::InvariantError(error, ..) => Err(failed(&format_eval_error(&error))),
        CheckResult::LivenessError(error, _) => Err(failed(&format!(
            "{} cannot be evaluated: {}",
            error.property.as_deref().unwrap_or("the fairness"),
            format_eval_error(&error.error)
        ))),
        other => Err(failed(&format!(
            "tla-checker did not judge liveness: {other:?}"
        ))),
    }
}

/// A lasso with the names of its steps, without those that change nothing. `stem` ends with the
/// first state of the cycle.
fn behaviour(
    files: &[(String, String)],
    mut stem: Vec<ast::State>,
    mut cycle: Vec<ast::State>,
) -> Result<Judged, SpecError> {
    let mut evaluator = Evaluator::new(files)?;
    stem.dedup();
    cycle.dedup();
    if cycle.len() > 1 && cycle.first() == cycle.last() {
        cycle.pop();
    }
    let turns = stem.len().checked_sub(1).filter(|_| cycle.len() > 1);
    let back = turns.and_then(|_| cycle.first());
    let states = stem.into_iter().chain(cycle.iter().skip(1).cloned());
    let mut states = states.chain(back.cloned()).map(SpecState::from);
    let mut before = states
        .next()
        .ok_or_else(|| SpecError::new("tla-checker found a violation without a state"))?;
    let start = evaluator.view(&before)?;
    let mut steps = Vec::new();
    for after in states {
        let mut possible = evaluator.steps(&before)?.into_iter();
        let action = possible.find(|(_, possible)| *possible == after);
        let action = action.map_or_else(|| "Next".to_owned(), |(action, _)| action.to_string());
        steps.push((action, evaluator.view(&after)?));
        before = after;
    }
    Ok(Judged::Violated {
        start,
        steps,
        repeats: turns,
    })
}
