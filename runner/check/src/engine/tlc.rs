//! The engine `tlc`: TLC as a child process.
//!
//! One run checks everything that is expected to hold and dumps the graph. Each guarantee that is expected
//! to be violated has a run of its own with one worker, because TLC stops at the first violation. Each
//! witness has a run that checks its negation.

mod dumped;
mod failures;
mod truths;

use std::collections::HashMap;
use std::fmt::Display;
use std::time::{Duration, Instant};

use stateright::Model;
use tandem_models::catalogue::{Expected, Instance};
use tandem_models::kit::system::System;
use tandem_models::value::{StateView, parse_state};

use super::graph::{kind, property_report};
use super::{Engine, EngineError};
use crate::enumerate::End;
use crate::report::{Expectation, Report};
use crate::scope::Scope;
use crate::trace::Trace;
use dumped::dumped;
pub use dumped::graph as graph_of_dump;
use failures::{failure, unreadable};
use tandem_search::cancel::Cancel;
use tandem_search::limits::Run;
use tandem_tla::graph::Graph;
use tandem_tla::spec::{RenderError, Spec, SpecTexts, TYPES, render_from};
use tandem_tla::tlc::env::Env;
use tandem_tla::tlc::jar::{self, Jar};
use tandem_tla::tlc::java::Java;
use tandem_tla::tlc::label::ActionLabel;
use tandem_tla::tlc::log;
use tandem_tla::tlc::outcome::{self, Outcome, TraceEnd, Verdict};
use tandem_tla::tlc::process::{RunOutput, TlcRun};
use truths::{printed, printing};

/// TLC, and the options with which it runs.
pub struct Tlc {
    /// The source of the specs' text.
    pub texts: SpecTexts,
    /// The environment variables and paths for the child process.
    pub env: Env,
    /// The Java runtime.
    pub java: Java,
    /// TLC's jar file.
    pub jar: Jar,
    /// Worker threads for the run of everything that holds. All other runs have one.
    pub workers: usize,
    /// The size of the Java heap.
    pub heap_mb: Option<u32>,
    /// The time limit for one run of TLC; an hour if it is not set.
    pub time_limit: Option<Duration>,
    /// Whether runs take long. Java then compiles for speed instead of starting quickly.
    pub long: bool,
}

impl Engine for Tlc {
    fn name(&self) -> &'static str {
        "tlc"
    }

    fn check(&self, instance: &Instance, run: &Run<'_>) -> Result<Report, EngineError> {
        let started = Instant::now();
        let system = instance.system();
        let mut traces: HashMap<&'static str, Trace> = HashMap::new();
        let (graph, seen, incomplete) = match self.search(instance, &system, &mut traces, run) {
            Ok(graph) => (graph, None, None),
            Err(EngineError::CutShort { what, counts, .. }) => {
                (Graph::default(), counts, Some(what))
            }
            Err(error) => return Err(error),
        };
        let properties = questions(&system).into_iter().map(|kind| {
            let trace = traces.remove(kind.0);
            property_report(instance, kind, trace, incomplete.is_none())
        });
        let so_far = |count: u64| usize::try_from(count).unwrap_or(usize::MAX);
        let depth = seen.and_then(|counts| counts.depth);
        Ok(Report {
            engine: self.name(),
            states: seen.map_or(graph.states.len(), |counts| so_far(counts.distinct)),
            transitions: incomplete.is_none().then(|| graph.transitions()),
            depth: depth.map_or(graph.depth(), so_far),
            actions: Report::actions_of(instance, &graph.fired()),
            deadlock: None,
            properties: properties.collect(),
            enumerated: incomplete.is_none(),
            incomplete,
            symmetry: None,
            liveness: None,
            specs: Some(self.texts.to_string()),
            walks: None,
            scope: Scope::default(),
            elapsed: started.elapsed(),
            instance: instance.clone(),
        })
    }
}

impl Tlc {
    /// TLC as it is installed on this machine, or installed now, with one worker and the default limits.
    ///
    /// # Errors
    ///
    /// If there is no Java, or TLC can neither be found nor installed.
    pub fn installed(cancel: &Cancel) -> Result<Self, EngineError> {
        let env = Env::from_process();
        let java = Java::find(&env, cancel)?;
        let jar = jar::locate_or_install(&env, None, cancel, &mut |_| {})?;
        Ok(Tlc {
            texts: SpecTexts::built_in(),
            env,
            java,
            jar,
            workers: 1,
            heap_mb: None,
            time_limit: None,
            long: false,
        })
    }

    /// The complete graph of the spec.
    ///
    /// # Errors
    ///
    /// If TLC could not be run, or did not enumerate the whole graph.
    pub fn graph(&self, instance: &Instance, run: &Run<'_>) -> Result<Graph, EngineError> {
        self.graph_of(instance, &self.render(instance, &[])?, run)
    }

    /// The complete graph of a rendered spec, and the truth of each predicate in each state. A predicate
    /// is a TLA+ expression on one line. `variables` are the variables of the spec.
    ///
    /// # Errors
    ///
    /// As [`Tlc::graph`].
    pub fn graph_with_truths(
        &self,
        instance: &dyn Display,
        spec: &Spec,
        (predicates, variables): (&[String], &[String]),
        run: &Run<'_>,
    ) -> Result<(Graph, Vec<Vec<bool>>), EngineError> {
        let spec = printing(spec, predicates, variables);
        let alone = TlcRun {
            workers: 1,
            dump: true,
            ..self.command(&spec)
        };
        let (outcome, output) = self.perform(&alone, run)?;
        let graph = match &outcome.verdict {
            Verdict::Passed => dumped(instance, &outcome, &output)?,
            _ => return Err(failure(instance, &spec, &outcome)),
        };
        let lines = log::parse(&output.stdout).printed;
        let printed = printed(&lines).map_err(|error| unreadable(instance, error))?;
        let truths = graph.states.iter().map(|state| printed.get(state).cloned());
        let truths = truths.collect::<Option<_>>();
        let missing = || unreadable(instance, "TLC did not evaluate an invariant in every state");
        Ok((graph, truths.ok_or_else(missing)?))
    }

    fn render(&self, instance: &Instance, asked: &[String]) -> Result<Spec, RenderError> {
        render_from(&self.texts, instance, asked)
    }

    /// The complete graph of any rendered spec of the instance.
    ///
    /// # Errors
    ///
    /// As [`Tlc::graph`].
    pub fn graph_of(
        &self,
        instance: &Instance,
        spec: &Spec,
        run: &Run<'_>,
    ) -> Result<Graph, EngineError> {
        let (outcome, output) = self.run(spec, true, run)?;
        match &outcome.verdict {
            Verdict::Passed => dumped(instance, &outcome, &output),
            _ => Err(failure(instance, spec, &outcome)),
        }
    }

    /// The command line that runs TLC on a rendered spec. `tandem show` prints it.
    pub fn command(&self, spec: &Spec) -> TlcRun {
        TlcRun {
            workers: self.workers,
            heap_mb: self.heap_mb,
            time_limit: self.time_limit,
            long: self.long,
            deadlock_check: false,
            ..TlcRun::new(
                self.java.clone(),
                self.jar.clone(),
                &spec.name,
                spec.files.clone(),
            )
        }
    }

    /// Does all runs for one instance. `traces` keeps what was found if a later run is stopped.
    fn search(
        &self,
        instance: &Instance,
        system: &System,
        traces: &mut HashMap<&'static str, Trace>,
        run: &Run<'_>,
    ) -> Result<Graph, EngineError> {
        let mut holding = Vec::new();
        for (name, expectation) in questions(system) {
            let invariant = match (expectation, instance.expected(name)) {
                (Expectation::Sometimes, _) => format!("Not{name}"),
                (_, Some(Expected::Violated)) => name.to_owned(),
                _ => {
                    holding.push(name);
                    continue;
                }
            };
            let trace = self.violation(instance, system, &invariant, run)?;
            traces.extend(trace.map(|trace| (name, trace)));
        }
        self.all_holding(instance, system, holding, traces, run)
    }

    /// Checks the properties that should hold. Violated ones are removed and the run repeated, until the
    /// rest holds.
    fn all_holding(
        &self,
        instance: &Instance,
        system: &System,
        mut holding: Vec<&'static str>,
        traces: &mut HashMap<&'static str, Trace>,
        run: &Run<'_>,
    ) -> Result<Graph, EngineError> {
        loop {
            let invariants: Vec<_> = std::iter::once(TYPES)
                .chain(holding.iter().copied())
                .map(str::to_owned)
                .collect();
            let spec = self.render(instance, &invariants)?;
            let (outcome, output) = self.run(&spec, true, run)?;
            let (name, trace) = match &outcome.verdict {
                Verdict::Passed => return dumped(instance, &outcome, &output),
                Verdict::InvariantViolated { name, trace } => (name, trace),
                // TLC 2.15 does not name the violated property. So each one is checked alone, and those
                // that hold are not checked again.
                Verdict::PropertyViolated { .. } => {
                    for name in liveness(system) {
                        if let Some(at) = holding.iter().position(|asked| *asked == name) {
                            holding.remove(at);
                            let trace = self.violation(instance, system, name, run)?;
                            traces.extend(trace.map(|trace| (name, trace)));
                        }
                    }
                    continue;
                }
                _ => return Err(failure(instance, &spec, &outcome)),
            };
            let Some(at) = holding.iter().position(|invariant| invariant == name) else {
                return Err(EngineError::Tlc {
                    instance: instance.to_string(),
                    what: format!("{name} is violated: the spec itself is wrong\n{trace}"),
                });
            };
            let name = holding.remove(at);
            // With several workers the first violation found may not be a shortest one.
            let trace = match self.workers {
                1 => Some(replay(instance, system, trace)?),
                _ => self.violation(instance, system, name, run)?,
            };
            traces.extend(trace.map(|trace| (name, trace)));
        }
    }

    /// The shortest path to a violation of one invariant, if it is violated.
    fn violation(
        &self,
        instance: &Instance,
        system: &System,
        invariant: &str,
        run: &Run<'_>,
    ) -> Result<Option<Trace>, EngineError> {
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

    /// The outcome of one run with one worker.
    pub(crate) fn outcome_of(&self, spec: &Spec, run: &Run<'_>) -> Result<Outcome, EngineError> {
        let alone = TlcRun {
            workers: 1,
            ..self.command(spec)
        };
        self.perform(&alone, run).map(|(outcome, _)| outcome)
    }

    /// The error for a run without a verdict.
    pub(crate) fn failed(subject: &dyn Display, spec: &Spec, outcome: &Outcome) -> EngineError {
        failure(subject, spec, outcome)
    }

    fn run(
        &self,
        spec: &Spec,
        dump: bool,
        run: &Run<'_>,
    ) -> Result<(Outcome, RunOutput), EngineError> {
        self.perform(
            &TlcRun {
                dump,
                ..self.command(spec)
            },
            run,
        )
    }

    fn perform(
        &self,
        command: &TlcRun,
        run: &Run<'_>,
    ) -> Result<(Outcome, RunOutput), EngineError> {
        let output = command.run(&self.env, run.cancel)?;
        Ok((
            outcome::interpret(output.exit, &output.stdout, &output.stderr),
            output,
        ))
    }
}

/// All properties of a model: invariants and witnesses first, then liveness.
fn questions(system: &System) -> Vec<(&'static str, Expectation)> {
    let asked = system.properties();
    let liveness = liveness(system).into_iter();
    let liveness = liveness.map(|name| (name, Expectation::Eventually));
    asked.iter().map(kind).chain(liveness).collect()
}

fn liveness(system: &System) -> Vec<&'static str> {
    let guarantees = system.liveness().into_iter();
    guarantees.map(|guarantee| guarantee.name).collect()
}

/// Replays a path of TLC in the Rust model.
///
/// # Errors
///
/// If TLC printed no state, or a state with a value that is not finite and explicit.
pub fn replay(
    instance: &Instance,
    system: &System,
    trace: &outcome::Trace,
) -> Result<Trace, EngineError> {
    let mut states = trace.states.iter().map(|state| {
        let view = parse_state(&state.text).map_err(|error| unreadable(instance, error))?;
        Ok::<_, EngineError>((name_of(state.action.as_ref()), view))
    });
    let Some(start) = states.next() else {
        return Err(unreadable(
            instance,
            "TLC printed a violation without a state",
        ));
    };
    let start = start?.1;
    let mut steps = states.collect::<Result<Vec<(String, StateView)>, _>>()?;
    let end = match &trace.end {
        TraceEnd::Finite => End::Open,
        TraceEnd::Stuttering => End::Stutters,
        TraceEnd::BackToState { number, action } => {
            let before = number.saturating_sub(1);
            let back = before.checked_sub(1).and_then(|step| steps.get(step));
            let state = back.map_or(&start, |(_, state)| state).clone();
            steps.push((name_of(action.as_ref()), state));
            End::Repeats(before)
        }
    };
    Ok(Trace::replay(instance, system, &start, &steps, end))
}

/// The name of the action that led to a state; empty for an initial state.
fn name_of(action: Option<&ActionLabel>) -> String {
    action.map(|action| action.name.clone()).unwrap_or_default()
}
