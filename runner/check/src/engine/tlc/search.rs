//! All that TLC is asked of one instance.

use std::collections::HashMap;

use stateright::Model;
use tandem_models::catalogue::Expected;
use tandem_models::kit::system::System;
use tandem_models::value::StateView;

use super::dumped::dumped;
use super::failures::{failure, unreadable};
use super::paths::{Subject, along, replay};
use super::truths::{first_false, printing_first};
use super::{EngineError, Tlc, kind};
use crate::report::Expectation;
use crate::trace::Trace;
use tandem_tla::graph::Graph;
use tandem_tla::spec::TYPES;
use tandem_tla::tlc::log;
use tandem_tla::tlc::outcome::Verdict;
use tandem_tla::tlc::process::TlcRun;

/// The paths that TLC has found, by the guarantee that is violated or the witness that is shown.
pub(super) type Traces = HashMap<&'static str, Trace>;

impl Tlc {
    /// All runs for one instance. What they find before one is cut short stands in `traces`.
    pub(super) fn search(
        &self,
        subject: Subject<'_>,
        traces: &mut Traces,
    ) -> Result<Graph, EngineError> {
        let violated = |name: &&str| subject.instance.expected(name) == Some(Expected::Violated);
        let (violated, mut holding): (Vec<_>, Vec<_>) =
            liveness(subject.system).into_iter().partition(violated);
        self.each_alone(subject, violated, traces)?;
        loop {
            match self.enumerate(subject, &holding, traces)? {
                Some(graph) => return Ok(graph),
                // TLC 2.15 does not say which is violated, so each is asked alone, and those that hold
                // are not asked again.
                None => self.each_alone(subject, std::mem::take(&mut holding), traces)?,
            }
        }
    }

    /// One run that enumerates the spec: its graph, or nothing if one of the liveness properties `holding`
    /// is violated.
    fn enumerate(
        &self,
        subject: Subject<'_>,
        holding: &[&'static str],
        traces: &mut Traces,
    ) -> Result<Option<Graph>, EngineError> {
        let Subject {
            instance,
            system,
            run,
        } = subject;
        let invariants = std::iter::once(TYPES).chain(holding.iter().copied());
        let invariants: Vec<_> = invariants.map(str::to_owned).collect();
        let asked = in_states(system);
        let predicates: Vec<_> = asked.iter().map(|asked| asked.predicate.clone()).collect();
        let spec = self.render(instance, &invariants)?;
        let spec = printing_first(&spec, &predicates, &variables(system));
        let (outcome, output) = self.run(&spec, true, run)?;
        let first = first_false(&log::parse(&output.stdout).printed);
        match &outcome.verdict {
            Verdict::Passed => {
                let graph = dumped(instance, &outcome, &output)?;
                let first = first.map_err(|error| unreadable(instance, error))?;
                self.shortest(subject, &graph, (&asked, first), traces)?;
                Ok(Some(graph))
            }
            Verdict::PropertyViolated { .. } if !holding.is_empty() => Ok(None),
            Verdict::InvariantViolated { name, trace } => Err(EngineError::Tlc {
                instance: instance.to_string(),
                what: format!("{name} is violated: the spec itself is wrong\n{trace}"),
            }),
            _ => {
                let failed = failure(instance, &spec, &outcome);
                if matches!(failed, EngineError::CutShort { .. }) {
                    // Without a complete graph the path to each is found by a run of its own.
                    for (predicate, _) in first.unwrap_or_default() {
                        self.alone(subject, &asked, &predicate, traces)?;
                    }
                }
                Err(failed)
            }
        }
    }

    /// A shortest path to a state in which each predicate is false, of those that are false in some state.
    fn shortest(
        &self,
        subject: Subject<'_>,
        graph: &Graph,
        (asked, first): (&[Asked], Vec<(String, StateView)>),
        traces: &mut Traces,
    ) -> Result<(), EngineError> {
        let index = graph.index();
        for (predicate, state) in &first {
            if self.workers > 1 {
                // The first state that was found need not be one of the nearest.
                self.alone(subject, asked, predicate, traces)?;
                continue;
            }
            let trace = along(subject, graph, index.get(state).copied())?;
            traces.extend(named(asked, predicate).map(|name| (name, trace)));
        }
        Ok(())
    }

    /// The shortest path to a state in which a predicate is false, by a run that stops there.
    fn alone(
        &self,
        subject: Subject<'_>,
        asked: &[Asked],
        predicate: &str,
        traces: &mut Traces,
    ) -> Result<(), EngineError> {
        if let Some(name) = named(asked, predicate) {
            let trace = self.violation(subject, predicate)?;
            traces.extend(trace.map(|trace| (name, trace)));
        }
        Ok(())
    }

    /// Each of these guarantees by a run of its own.
    fn each_alone(
        &self,
        subject: Subject<'_>,
        names: Vec<&'static str>,
        traces: &mut Traces,
    ) -> Result<(), EngineError> {
        for name in names {
            let trace = self.violation(subject, name)?;
            traces.extend(trace.map(|trace| (name, trace)));
        }
        Ok(())
    }

    /// The path that TLC finds to a violation of one invariant or property, if it is violated; of an
    /// invariant it is a shortest one.
    fn violation(
        &self,
        subject: Subject<'_>,
        invariant: &str,
    ) -> Result<Option<Trace>, EngineError> {
        let Subject {
            instance,
            system,
            run,
        } = subject;
        let spec = self.render(instance, &[invariant.to_owned()])?;
        let alone = TlcRun {
            workers: 1,
            ..self.command(&spec)
        };
        let (outcome, _) = self.perform(&alone, run)?;
        match &outcome.verdict {
            Verdict::Passed => Ok(None),
            Verdict::InvariantViolated { trace, .. } | Verdict::PropertyViolated { trace, .. } => {
                replay(instance, system, trace).map(Some)
            }
            _ => Err(failure(instance, &spec, &outcome)),
        }
    }
}

/// All that a model is asked: invariants and witnesses, then liveness.
pub(super) fn questions(system: &System) -> Vec<(&'static str, Expectation)> {
    let asked = system.properties();
    let liveness = liveness(system).into_iter();
    let liveness = liveness.map(|name| (name, Expectation::Eventually));
    asked.iter().map(kind).chain(liveness).collect()
}

fn liveness(system: &System) -> Vec<&'static str> {
    let guarantees = system.liveness().into_iter();
    guarantees.map(|guarantee| guarantee.name).collect()
}

/// A predicate of states that TLC is asked for.
struct Asked {
    /// The guarantee or the witness.
    name: &'static str,
    /// The operator in TLA+ that is false where the guarantee is violated, or the witness is shown.
    predicate: String,
}

fn in_states(system: &System) -> Vec<Asked> {
    let asked = system.properties();
    let asked = asked.iter().map(kind).map(|(name, kind)| Asked {
        name,
        predicate: match kind {
            Expectation::Sometimes => format!("Not{name}"),
            _ => name.to_owned(),
        },
    });
    asked.collect()
}

/// What is asked by this predicate.
fn named(asked: &[Asked], predicate: &str) -> Option<&'static str> {
    let asked = asked.iter().find(|asked| asked.predicate == predicate);
    asked.map(|asked| asked.name)
}

/// The variables of the spec, which are those of the view.
pub(crate) fn variables(system: &System) -> Vec<String> {
    let start = system.init_states().into_iter().next();
    let view = start.map(|state| system.view(&state));
    let names = view.iter().flat_map(|view| view.keys());
    names.map(ToString::to_string).collect()
}
