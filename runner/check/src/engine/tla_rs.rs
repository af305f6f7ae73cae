//! The TLA+ spec checked in this process, by the crate `tla-checker`, without Java.
//!
//! The search is Tandem's: breadth first, with its limits. `tla-checker` evaluates `Init`, `Next` and
//! the operators. Temporal formulas are judged by `tla-checker`'s own liveness check, which searches
//! once more. It is not TLC: what it accepts, TLC may refuse.

use std::fmt::Display;
use std::time::{Duration, Instant};

use stateright::Model;
use tandem_models::catalogue::Instance;
use tandem_models::kit::system::System;
use tandem_tla_rs::{Evaluator, Judged, SpecError, judge};

use super::graph::{kind, property_report};
use super::{Engine, EngineError};
use crate::enumerate::End;
use crate::report::{Expectation, PropertyReport, Report, Verdict};
use crate::trace::Trace;
use enumerate::{Enumerated, enumerate};
use tandem_search::limits::Run;
use tandem_tla::graph::Graph;
use tandem_tla::spec::{Spec, SpecTexts, TYPES, render_from};

/// `tla-checker`, with Tandem's search.
#[derive(Debug, Clone, Default)]
pub struct TlaRs {
    /// Where the text of the specs comes from.
    pub texts: SpecTexts,
}

/// Its name on the command line.
pub const NAME: &str = "tla-rs";

impl Engine for TlaRs {
    fn name(&self) -> &'static str {
        NAME
    }

    fn check(&self, instance: &Instance, run: &Run<'_>) -> Result<Report, EngineError> {
        let started = Instant::now();
        let system = instance.system();
        let asked = system.properties();
        let asked: Vec<_> = asked.iter().map(kind).collect();
        let names = asked.iter().map(|(name, _)| *name).chain([TYPES]);
        let names: Vec<_> = names.map(str::to_owned).collect();
        let spec = render_from(&self.texts, instance, &[])?;
        let found = enumerated(instance, &spec, &names, run)?;
        well_typed(instance, &found)?;
        let mut properties: Vec<_> = (0..)
            .zip(&asked)
            .map(|(place, asked)| in_states(instance, &system, &found, place, *asked))
            .collect();
        for guarantee in system.liveness() {
            let complete = found.cut_off.is_none();
            let left = left(run, started);
            let judged = match complete {
                true => self.judged(instance, &system, guarantee.name, left)?,
                false => None,
            };
            properties.push(some_day(instance, guarantee.name, judged));
        }
        let graph = &found.graph;
        let unknown = properties
            .iter()
            .find(|one| one.verdict == Verdict::Unknown);
        let incomplete = found.cut_off.map(|cut_off| cut_off.to_string());
        Ok(Report {
            engine: self.name(),
            symmetry: None,
            specs: Some(self.texts.to_string()),
            incomplete: incomplete
                .or_else(|| unknown.map(|one| format!("{} was not judged in time", one.name))),
            enumerated: found.cut_off.is_none(),
            states: graph.states.len(),
            transitions: Some(graph.transitions()),
            depth: found.depth,
            actions: Report::actions_of(instance, &graph.fired()),
            deadlock: None,
            properties,
            walks: None,
            scope: crate::scope::Scope::default(),
            elapsed: started.elapsed(),
            instance: instance.clone(),
        })
    }
}

impl TlaRs {
    /// The behaviour that violates a temporal formula, if there is one; nothing if the time was over.
    fn judged(
        &self,
        instance: &Instance,
        system: &System,
        name: &'static str,
        limit: Option<Duration>,
    ) -> Result<Option<Option<Trace>>, EngineError> {
        let wrong = |error: SpecError| refused(instance, &error);
        let spec = render_from(&self.texts, instance, &[name.to_owned()])?;
        Ok(match judge(&spec.files, limit).map_err(wrong)? {
            Judged::OutOfTime => None,
            Judged::Holds => Some(None),
            Judged::Violated {
                start,
                steps,
                repeats,
            } => {
                let end = repeats.map_or(End::Stutters, End::Repeats);
                Some(Some(Trace::replay(instance, system, &start, &steps, end)))
            }
        })
    }
}

/// The complete graph of the spec that is built in.
///
/// # Errors
/// When the spec cannot be evaluated, or the run was cut short.
pub fn graph(instance: &Instance, run: &Run<'_>) -> Result<Graph, EngineError> {
    let spec = render_from(&SpecTexts::built_in(), instance, &[])?;
    graph_with_truths(instance, &spec, &[], run).map(|(graph, _)| graph)
}

/// The graph of a rendering, and for each of its states the truth of each predicate, which is an operator without
/// parameters or an expression.
///
/// # Errors
/// As [`graph`].
pub fn graph_with_truths(
    instance: &dyn Display,
    spec: &Spec,
    predicates: &[String],
    run: &Run<'_>,
) -> Result<(Graph, Vec<Vec<bool>>), EngineError> {
    let found = enumerated(instance, spec, predicates, run)?;
    match found.cut_off {
        None => Ok((found.graph, found.truths)),
        Some(cut_off) => Err(EngineError::CutShort {
            instance: instance.to_string(),
            what: format!("the TLA+ side, in process: {cut_off}"),
            counts: None,
        }),
    }
}

/// The graph, with the truth of each predicate in each state.
fn enumerated(
    instance: &dyn Display,
    spec: &Spec,
    predicates: &[String],
    run: &Run<'_>,
) -> Result<Enumerated, EngineError> {
    let wrong = |error: SpecError| refused(instance, &error);
    let mut evaluator = Evaluator::new(&spec.files).map_err(wrong)?;
    enumerate(&mut evaluator, predicates, run).map_err(wrong)
}

/// The invariant about types, which is the last predicate, must hold: the spec itself is wrong if not.
fn well_typed(instance: &Instance, found: &Enumerated) -> Result<(), EngineError> {
    let violates = |truths: &Vec<bool>| truths.last() != Some(&true);
    match found.truths.iter().position(violates) {
        None => Ok(()),
        Some(state) => Err(EngineError::TlaRs {
            instance: instance.to_string(),
            what: format!(
                "{TYPES} is violated: the spec itself is wrong\n{}",
                found.graph.states[state]
            ),
        }),
    }
}

/// What is said where `tla-checker` cannot read or evaluate the spec.
fn refused(instance: &dyn Display, error: &SpecError) -> EngineError {
    EngineError::TlaRs {
        instance: instance.to_string(),
        what: error.to_string(),
    }
}

/// What was found of a property of states: a guarantee, or a witness.
fn in_states(
    instance: &Instance,
    system: &System,
    found: &Enumerated,
    place: usize,
    asked: (&'static str, Expectation),
) -> PropertyReport {
    let shows = asked.1 == Expectation::Sometimes;
    let mut truths = found.truths.iter();
    let decides = truths.position(|truths| truths[place] == shows);
    let trace = decides.map(|state| {
        let (start, steps) = found.path(state);
        Trace::replay(instance, system, &start, &steps, End::Open)
    });
    property_report(instance, asked, trace, found.cut_off.is_none())
}

/// What was found of a temporal formula; nothing if it was not judged.
fn some_day(
    instance: &Instance,
    name: &'static str,
    judged: Option<Option<Trace>>,
) -> PropertyReport {
    let complete = judged.is_some();
    let kind = (name, Expectation::Eventually);
    property_report(instance, kind, judged.flatten(), complete)
}

fn left(run: &Run<'_>, started: Instant) -> Option<Duration> {
    let limit = run.limits.time_limit?;
    Some(limit.saturating_sub(started.elapsed()))
}

pub(crate) mod enumerate;
