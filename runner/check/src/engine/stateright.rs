//! The engine `stateright`: Stateright's own breadth-first checker, in this process.
//!
//! Stateright gives the verdicts. Version 0.31 overwrites shortest discoveries with longer ones and
//! counts raw states, so paths and distinct views come from Tandem's enumeration of the same model.
//! Every run checks that both saw the same states and reached the same verdicts.

use std::collections::BTreeSet;
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use stateright::{Checker, HasDiscoveries, Model};
use tandem_models::catalogue::Instance;
use tandem_models::kit::guarantees::{About, Guarantee, NO_CLAUSES, When};
use tandem_models::kit::system::System;

use super::graph::{replayable, report};
use super::{Engine, EngineError};
use crate::enumerate::{Exploration, explore};
use crate::report::Report;
use tandem_search::limits::CutOff;
use tandem_search::limits::Run;

/// How often the run checks whether it was cancelled.
const POLL: Duration = Duration::from_millis(1);

const UNDECIDED: Guarantee = Guarantee {
    name: "Undecided",
    promise: "",
    when: When::Always,
    about: About::Durable,
    holds: |_, _| true,
    clauses: NO_CLAUSES,
};

/// Stateright's breadth-first checker.
pub struct Stateright;

impl Engine for Stateright {
    fn name(&self) -> &'static str {
        "stateright"
    }

    fn check(&self, instance: &Instance, run: &Run<'_>) -> Result<Report, EngineError> {
        let started = Instant::now();
        let found = explore(&instance.system(), run);
        replayable(instance, &found)?;
        let cut_off = match found.cut_off {
            None => agree(instance, &found, run, started)?,
            cut_off => cut_off,
        };
        let report = report(self.name(), instance, &found, cut_off);
        Ok(Report {
            elapsed: started.elapsed(),
            ..report
        })
    }
}

/// Runs Stateright's checker on the same model, to the end or to a limit, and compares its results.
fn agree(
    instance: &Instance,
    found: &Exploration,
    run: &Run<'_>,
    started: Instant,
) -> Result<Option<CutOff>, EngineError> {
    let disagreement = |what: String| EngineError::Disagreement {
        instance: instance.to_string(),
        what,
    };
    // With properties that can all be decided, it would stop early and count fewer states.
    let never = HasDiscoveries::AllOf(BTreeSet::from(["not the name of a property"]));
    // It also does not continue from a state that decides every property by itself. So there is one
    // more property, which no state decides.
    let mut spec = found.system().spec().clone();
    spec.guarantees.push(UNDECIDED);
    let mut builder = System::new(spec).checker().finish_when(never);
    if let Some(limit) = run.limits.time_limit {
        builder = builder.timeout(limit.saturating_sub(started.elapsed()));
    }
    let mut checker = builder.spawn_bfs();
    let workers = checker.handles();
    while !workers.iter().all(JoinHandle::is_finished) {
        // Stateright's threads cannot be stopped from outside; they end with the process.
        if run.cancel.is_cancelled() {
            return Ok(Some(CutOff::Interrupted));
        }
        std::thread::sleep(POLL);
    }
    for worker in workers {
        worker
            .join()
            .map_err(|_| disagreement("Stateright's checker panicked".to_owned()))?;
    }
    if let Some(cut_off) = run.limits.reached(started, run.cancel, 0) {
        return Ok(Some(cut_off));
    }
    let raw_states = found.size().raw_states;
    if checker.unique_state_count() != raw_states {
        return Err(disagreement(format!(
            "Stateright saw {} raw states, Tandem {raw_states}",
            checker.unique_state_count(),
        )));
    }
    let discoveries = checker.discoveries();
    for (property, decided) in found.system().properties().iter().zip(&found.decided) {
        if discoveries.contains_key(property.name) != decided.is_some() {
            return Err(EngineError::Misdeclared {
                instance: instance.to_string(),
                name: property.name,
            });
        }
    }
    Ok(None)
}
