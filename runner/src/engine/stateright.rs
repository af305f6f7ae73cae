//! Stateright's own breadth-first checker, in this process.
//!
//! It gives the verdicts. Its 0.31 overwrites shortest discoveries with longer ones and counts raw
//! states, so paths and distinct views come from Tandem's enumeration of the same model; that
//! both saw the same states and reached the same verdicts is checked in every run.

use std::time::Instant;

use stateright::{Checker, Expectation as Kind, Model, Property};
use tandem_models::catalogue::Instance;
use tandem_models::kit::system::System;

use super::{Engine, EngineError, Run};
use crate::explore::{Exploration, explore};
use crate::report::{Expectation, PropertyReport, Report, Verdict};
use crate::trace::Trace;

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
        let properties = system
            .properties()
            .into_iter()
            .zip(&found.decided)
            .map(|(property, decided)| {
                let trace = decided.map(|raw| Trace::new(instance, &system, &found.path(raw)));
                property_report(instance, &property, trace, found.cut_off.is_none())
            })
            .collect();
        let size = found.size();
        Ok(Report {
            engine: self.name(),
            incomplete: found.cut_off.map(|cut_off| cut_off.to_string()),
            states: size.states,
            transitions: size.transitions,
            depth: size.depth,
            properties,
            elapsed: started.elapsed(),
            instance: instance.clone(),
        })
    }
}

/// What is said of a property: `trace` shows it violated, or witnessed.
pub(super) fn property_report(
    instance: &Instance,
    property: &Property<System>,
    trace: Option<Trace>,
    complete: bool,
) -> PropertyReport {
    let expectation = match property.expectation {
        Kind::Sometimes => Expectation::Sometimes,
        _ => Expectation::Always,
    };
    let verdict = match (expectation, trace.is_some()) {
        (Expectation::Always, true) => Verdict::Violated,
        (Expectation::Sometimes, true) => Verdict::Holds,
        (_, false) if !complete => Verdict::Unknown,
        (Expectation::Always, false) => Verdict::Holds,
        (Expectation::Sometimes, false) => Verdict::Violated,
    };
    PropertyReport::new(instance, property.name, expectation, verdict, trace)
}

/// A handler that cannot be replayed has no verdict.
pub(crate) fn replayable(
    instance: &Instance,
    system: &System,
    found: &Exploration<'_>,
) -> Result<(), EngineError> {
    let Some((raw, breach)) = &found.breach else {
        return Ok(());
    };
    let path = found.path(*raw);
    let steps = Trace::new(instance, system, &path).steps;
    let words: Vec<_> = steps.into_iter().map(|step| step.words).collect();
    Err(EngineError::Breach {
        instance: instance.to_string(),
        path: if words.is_empty() {
            "the start".to_owned()
        } else {
            words.join("; ")
        },
        breach: breach.to_string(),
    })
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
