//! The engine `tlc`: TLC as a child process.
//!
//! One run enumerates the spec, dumps the graph, and checks the types and the liveness that is expected to
//! hold. It does not stop at a guarantee that is violated, or at a witness: an invariant that is always true
//! prints the first state of each, and the path there is one of the dumped graph. Liveness that is expected
//! to be violated has a run of its own, since TLC stops there.

mod dumped;
mod failures;
mod paths;
mod search;
mod truths;
mod walks;

use std::fmt::Display;
use std::time::{Duration, Instant};

use tandem_models::catalogue::Instance;

use super::graph::{kind, property_report};
use super::{Engine, EngineError};
use crate::report::Report;
use crate::scope::Scope;
use dumped::dumped;
pub use dumped::graph as graph_of_dump;
use failures::{failure, unreadable};
use paths::Subject;
pub use paths::replay;
pub(crate) use search::variables;
use search::{Traces, questions};
use tandem_search::cancel::Cancel;
use tandem_search::limits::Run;
use tandem_tla::graph::Graph;
use tandem_tla::spec::{RenderError, Spec, SpecTexts, render_from};
use tandem_tla::tlc::env::Env;
use tandem_tla::tlc::jar::{self, Jar};
use tandem_tla::tlc::java::Java;
use tandem_tla::tlc::log;
use tandem_tla::tlc::outcome::{self, Outcome, Verdict};
use tandem_tla::tlc::process::{RunOutput, TlcRun};
use truths::{printed, printing};
pub(crate) use walks::TlcMachine;

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
        let mut traces = Traces::new();
        let subject = Subject {
            instance,
            system: &system,
            run,
        };
        let (graph, seen, incomplete) = match self.search(subject, &mut traces) {
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

    /// What one run with one worker comes to.
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
