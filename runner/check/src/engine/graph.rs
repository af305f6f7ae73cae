//! Tandem's own enumeration, in this process: fast, exact, with shortest counterexamples, the same
//! every time.

use std::time::Instant;

use stateright::{Expectation as Kind, Property};
use tandem_models::catalogue::Instance;
use tandem_models::kit::replay::Breach;
use tandem_models::kit::system::System;

use super::{Engine, EngineError};
use crate::enumerate::{Exploration, Path, explore, explore_symmetric};
use crate::report::{Expectation, PropertyReport, Report, Verdict};
use crate::trace::Trace;
use tandem_search::limits::{CutOff, Run};

/// Tandem's own engine.
pub struct Graph;

impl Engine for Graph {
    fn name(&self) -> &'static str {
        "graph"
    }

    fn check(&self, instance: &Instance, run: &Run<'_>) -> Result<Report, EngineError> {
        let started = Instant::now();
        let found = explore(&instance.system(), run);
        replayable(instance, &found)?;
        let report = report(self.name(), instance, &found, found.cut_off);
        Ok(Report {
            elapsed: started.elapsed(),
            ..report
        })
    }
}

/// The same, with states that differ only in which slot does what, or in which message is called what,
/// taken for one.
pub struct UpToSymmetry;

impl Engine for UpToSymmetry {
    fn name(&self) -> &'static str {
        "graph"
    }

    fn check(&self, instance: &Instance, run: &Run<'_>) -> Result<Report, EngineError> {
        let started = Instant::now();
        let found = explore_symmetric(&instance.system(), run);
        replayable(instance, &found)?;
        let report = report(self.name(), instance, &found, found.cut_off);
        let folded = || "liveness is not judged up to symmetry".to_owned();
        let folded = found.folded.any().then(folded);
        let incomplete = report.incomplete.clone().or(folded);
        Ok(Report {
            elapsed: started.elapsed(),
            incomplete,
            ..report
        })
    }
}

/// What an enumeration has found.
pub fn report(
    engine: &'static str,
    instance: &Instance,
    found: &Exploration,
    cut_off: Option<CutOff>,
) -> Report {
    let (size, system) = (found.size(), found.system());
    let complete = cut_off.is_none();
    let trace = |path: &Path| Trace::new(instance, system, path);
    let asked = system.asked().into_iter().zip(&found.decided);
    let asked = asked.map(|((property, _), decided)| {
        let trace = decided.map(|raw| trace(&found.path(raw)));
        property_report(instance, kind(&property), trace, complete)
    });
    // None of these can be judged on a part of the graph, or on one that is folded.
    let judged = complete && !found.folded.any();
    let mut lassos = found.liveness();
    let liveness = system.liveness().into_iter().map(|guarantee| {
        let lasso = lassos.remove(guarantee.name).flatten();
        let kind = (guarantee.name, Expectation::Eventually);
        property_report(instance, kind, lasso.as_ref().map(trace), judged)
    });
    let properties = asked.chain(liveness).collect();
    Report {
        engine,
        symmetry: found.symmetry(),
        specs: None,
        incomplete: cut_off.map(|cut_off| format!("{cut_off} ({})", found.covered())),
        states: size.states,
        transitions: Some(size.transitions),
        depth: size.depth,
        actions: Report::actions_of(instance, &found.fired()),
        deadlock: found.deadlock().map(|raw| trace(&found.path(raw))),
        properties,
        enumerated: complete,
        walks: None,
        elapsed: std::time::Duration::ZERO,
        instance: instance.clone(),
    }
}

/// The name of a property of the model, and what kind it is.
pub fn kind(property: &Property<System>) -> (&'static str, Expectation) {
    let expectation = match property.expectation {
        Kind::Sometimes => Expectation::Sometimes,
        _ => Expectation::Always,
    };
    (property.name, expectation)
}

/// What is said of a property: `trace` shows it violated, or witnessed.
pub fn property_report(
    instance: &Instance,
    (name, expectation): (&'static str, Expectation),
    trace: Option<Trace>,
    complete: bool,
) -> PropertyReport {
    let verdict = match (expectation, trace.is_some()) {
        (Expectation::Sometimes, true) => Verdict::Holds,
        (_, true) => Verdict::Violated,
        (_, false) if !complete => Verdict::Unknown,
        (Expectation::Sometimes, false) => Verdict::Violated,
        (_, false) => Verdict::Holds,
    };
    PropertyReport::new(instance, name, expectation, verdict, trace)
}

/// A handler that cannot be replayed has no verdict.
pub fn replayable(instance: &Instance, found: &Exploration) -> Result<(), EngineError> {
    match &found.breach {
        Some((raw, breach)) => {
            let path = found.path(*raw);
            Err(broken(instance, found.system(), &path, breach))
        }
        None => Ok(()),
    }
}

/// What is said of a handler that cannot be replayed, after a path that leads there.
pub(super) fn broken(
    instance: &Instance,
    system: &System,
    path: &Path,
    breach: &Breach,
) -> EngineError {
    let steps = Trace::new(instance, system, path).steps;
    let words: Vec<_> = steps.into_iter().map(|step| step.words).collect();
    EngineError::Breach {
        instance: instance.to_string(),
        path: if words.is_empty() {
            "the start".to_owned()
        } else {
            words.join("; ")
        },
        breach: breach.to_string(),
    }
}
