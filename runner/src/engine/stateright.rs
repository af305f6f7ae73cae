//! Stateright's own breadth-first checker, in this process.
//!
//! It gives the verdicts. Its 0.31 overwrites shortest discoveries with longer ones and counts raw
//! states, so paths and distinct views come from Tandem's enumeration of the same model; that
//! both saw the same states and reached the same verdicts is checked in every run.

use std::time::Instant;

use stateright::{Checker, Model};
use tandem_models::catalogue::Instance;
use tandem_models::kit::system::System;

use super::graph::{replayable, report};
use super::{Engine, EngineError, Run};
use crate::explore::{Exploration, explore};
use crate::report::Report;

/// Stateright's breadth-first checker.
pub struct Stateright;

impl Engine for Stateright {
    fn name(&self) -> &'static str {
        "stateright"
    }

    fn check(&self, instance: &Instance, run: &Run<'_>) -> Result<Report, EngineError> {
        let started = Instant::now();
        let system = instance.system();
        let found = explore(&system, run);
        replayable(instance, &system, &found)?;
        if found.cut_off.is_none() {
            agree(instance, &system, &found)?;
        }
        let report = report(self.name(), instance, &system, &found);
        Ok(Report {
            elapsed: started.elapsed(),
            ..report
        })
    }
}

/// Stateright's checker on the same model, to the end.
fn agree(instance: &Instance, system: &System, found: &Exploration<'_>) -> Result<(), EngineError> {
    let disagreement = |what: String| EngineError::Disagreement {
        instance: instance.to_string(),
        what,
    };
    let checker = instance.system().checker().spawn_bfs().join();
    if checker.unique_state_count() != found.size().raw_states {
        return Err(disagreement(format!(
            "Stateright saw {} raw states, Tandem {}",
            checker.unique_state_count(),
            found.size().raw_states
        )));
    }
    let discoveries = checker.discoveries();
    for (property, decided) in system.properties().iter().zip(&found.decided) {
        if discoveries.contains_key(property.name) != decided.is_some() {
            return Err(disagreement(format!("the verdict on {}", property.name)));
        }
    }
    Ok(())
}
