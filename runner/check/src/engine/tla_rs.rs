//! The engine `tla-rs`: checks the TLA+ spec in this process with the crate `tla-checker`, without Java.
//!
//! The search is Tandem's: breadth first, with Tandem's limits. `tla-checker` evaluates `Init`, `Next` and
//! the operators. Its own liveness check, which searches once more, judges temporal formulas. Where it
//! cannot evaluate them, `liveness` judges them on the Rust graph, provided that the two graphs are equal.
//! `tla-checker` is not TLC: it may accept a spec that TLC refuses.

use std::fmt::Display;
use std::time::{Duration, Instant};

use stateright::Model;
use tandem_models::catalogue::Instance;
use tandem_models::kit::system::System;
use tandem_tla_rs::{Evaluator, Judged, SpecError, judge};

use super::graph::{kind, property_report};
use super::{Engine, EngineError};
use crate::enumerate::End;
use crate::guarantees;
use crate::report::{Expectation, PropertyReport, Report, Verdict};
use crate::trace::Trace;
use enumerate::{Enumerated, enumerate};
use liveness::{BY_TANDEM, BY_TLA_CHECKER, Lassos, on_the_equal_graph};
use tandem_search::limits::Run;
use tandem_tla::graph::Graph;
use tandem_tla::spec::{Spec, SpecTexts, TYPES, render_from};

/// The engine `tla-rs`.
#[derive(Debug, Clone, Default)]
pub struct TlaRs {
    /// The source of the specs' text.
    pub texts: SpecTexts,
}

/// The largest number of states for which `tla-checker` judges liveness, because that takes another search.
const JUDGED_BY_TLA_CHECKER: usize = 2_000;

/// Its name on the command line.
pub const NAME: &str = "tla-rs";

impl Engine for TlaRs {
    fn name(&self) -> &'static str {
        NAME
    }

    fn check(&self, instance: &Instance, run: &Run<'_>) -> Result<Report, EngineError> {
        let started = Instant::now();
        let system = instance.system();
        let spec = render_from(&self.texts, instance, &[])?;
        let mut read = evaluator(instance, &spec)?;
        let (asked, without_form) = guarantees::asked(&system, &spec, Some(&read));
        let texts = asked.iter().map(|one| one.text.clone());
        let texts: Vec<_> = texts.chain([TYPES.to_owned()]).collect();
        let wrong = |error: SpecError| refused(instance, &error);
        let found = enumerate(&mut read, &texts, run).map_err(wrong)?;
        well_typed(instance, &found)?;
        // The properties of states are evaluated first, in their order.
        let mut properties: Vec<_> = (0..)
            .zip(system.properties().iter().map(kind))
            .map(|(place, asked)| in_states(instance, &system, &found, place, asked))
            .collect();
        let own = || {
            let question = (&*asked, &*without_form);
            on_the_equal_graph(instance, (&spec, &read), &found, question, run)
        };
        let (liveness, temporal) = match found.cut_off {
            None => self.temporal(instance, found.graph.states.len(), own, (run, started))?,
            Some(_) => (None, unjudged(instance, &system)),
        };
        properties.extend(temporal);
        let graph = &found.graph;
        let unknown = properties
            .iter()
            .find(|one| one.verdict == Verdict::Unknown);
        let incomplete = found.cut_off.map(|cut_off| cut_off.to_string());
        Ok(Report {
            engine: self.name(),
            symmetry: None,
            liveness,
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
    /// The results for all temporal guarantees, and which engine found them: `tla-checker`, or Tandem's own
    /// engine (`own`) on the equal Rust graph if that is faster or `tla-checker` cannot evaluate one of
    /// them.
    fn temporal(
        &self,
        instance: &Instance,
        states: usize,
        own: impl Fn() -> Result<Lassos, String>,
        (run, started): (&Run<'_>, Instant),
    ) -> Result<(Option<&'static str>, Vec<PropertyReport>), EngineError> {
        let system = instance.system();
        let asked = system.liveness();
        let by_tandem = |mut lassos: Lassos| {
            let all = asked.iter().map(|one| {
                let lasso = lassos.remove(one.name).flatten();
                some_day(instance, one.name, Some(lasso))
            });
            (Some(BY_TANDEM), all.collect())
        };
        if asked.is_empty() {
            return Ok((None, Vec::new()));
        }
        if states > JUDGED_BY_TLA_CHECKER
            && let Ok(lassos) = own()
        {
            return Ok(by_tandem(lassos));
        }
        let mut properties = Vec::new();
        for guarantee in &asked {
            let name = guarantee.name;
            match self.judged(instance, &system, name, left(run, started)) {
                Ok(judged) => properties.push(some_day(instance, name, judged)),
                Err(EngineError::TlaRs {
                    instance: subject,
                    what,
                }) => {
                    let lassos = own().map_err(|why| EngineError::TlaRs {
                        instance: subject,
                        what: format!("{what}; Tandem's own engine cannot judge it instead: {why}"),
                    })?;
                    return Ok(by_tandem(lassos));
                }
                Err(error) => return Err(error),
            }
        }
        Ok((Some(BY_TLA_CHECKER), properties))
    }

    /// The behaviour that violates a temporal formula, if there is one. Returns `None` if the time was over.
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

/// The complete graph of the built-in spec.
///
/// # Errors
///
/// If the spec cannot be evaluated, or a limit was reached.
pub fn graph(instance: &Instance, run: &Run<'_>) -> Result<Graph, EngineError> {
    let spec = render_from(&SpecTexts::built_in(), instance, &[])?;
    let mut read = evaluator(instance, &spec)?;
    graph_with_truths(instance, &mut read, &[], run).map(|(graph, _)| graph)
}

/// Parses a rendered spec for evaluation.
///
/// # Errors
///
/// If it cannot be evaluated.
pub fn evaluator(instance: &dyn Display, spec: &Spec) -> Result<Evaluator, EngineError> {
    Evaluator::new(&spec.files).map_err(|error| refused(instance, &error))
}

/// The graph of a spec, and the truth of each predicate in each state. A predicate is an operator without
/// parameters, or an expression.
///
/// # Errors
///
/// As [`graph`].
pub fn graph_with_truths(
    instance: &dyn Display,
    evaluator: &mut Evaluator,
    predicates: &[String],
    run: &Run<'_>,
) -> Result<(Graph, Vec<Vec<bool>>), EngineError> {
    let found = enumerate(evaluator, predicates, run);
    let found = found.map_err(|error| refused(instance, &error))?;
    match found.cut_off {
        None => Ok((found.graph, found.truths)),
        Some(cut_off) => Err(EngineError::CutShort {
            instance: instance.to_string(),
            what: format!("the TLA+ side, in process: {cut_off}"),
            counts: None,
        }),
    }
}

/// Checks the type invariant, which is the last predicate. If it is violated, the spec itself is wrong.
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

/// The error for a spec that `tla-checker` cannot read or evaluate.
pub(crate) fn refused(instance: &dyn Display, error: &SpecError) -> EngineError {
    EngineError::TlaRs {
        instance: instance.to_string(),
        what: error.to_string(),
    }
}

/// The report on a property of states: a guarantee or a witness.
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

/// The temporal guarantees of an instance that was not enumerated completely, as unknown.
fn unjudged(instance: &Instance, system: &System) -> Vec<PropertyReport> {
    let asked = system.liveness().into_iter();
    asked
        .map(|guarantee| some_day(instance, guarantee.name, None))
        .collect()
}

/// The report on a temporal formula; `None` if it was not judged.
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
pub mod liveness;
pub(crate) mod walks;
