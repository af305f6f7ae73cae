//! Enumerates an instance in Rust and in TLA+, and compares the two: their state graphs, the truth of
//! every guarantee in every state, and the declared fairness.

pub mod walks;

use std::time::{Duration, Instant};

use tandem_models::catalogue::Instance;
use tandem_models::value::{Change, changes};
use tandem_tla_rs::{BUILT_IN, Evaluator, SpecError};

use crate::engine::graph::replayable;
use crate::engine::tla_rs;
use crate::engine::tlc::{Tlc, variables};
use crate::engine::{Engine, EngineError};
use crate::enumerate::{End, explore_with};
use crate::fairness::{self, FairnessDifference};
use crate::guarantees::{self, TruthDifference};
use crate::manifest::Counts;
use crate::report::Standing;
use crate::trace::Trace;
use tandem_search::limits::CutOff;
use tandem_search::limits::Run;
use tandem_tla::divergence::{Divergence, compare};
use tandem_tla::graph::Graph;
use tandem_tla::spec::{Spec, SpecTexts, render_from};

/// The result of comparing one instance.
pub struct Comparison {
    /// The instance.
    pub instance: Instance,
    /// The size of the Rust graph: distinct views and steps.
    pub rust: Counts,
    /// A sentence about the symmetry reduction on the Rust side, before its graph was unfolded; `None`
    /// if there was no reduction. With one, the counts of the Rust side are counts of representatives.
    pub symmetry: Option<String>,
    /// The number of Rust states before states with the same view are merged.
    pub raw_states: usize,
    /// The size of the TLA+ graph.
    pub tla: Counts,
    /// The first difference, if there is one.
    pub difference: Option<Difference>,
    /// The number of predicates (guarantees and witnesses) whose truth was compared in every state.
    pub guarantees: usize,
    /// Whether the fairness that both sides declare was compared.
    pub fairness: bool,
    /// What could not be compared, and why, one sentence each. If this build has no engine for TLA+,
    /// fairness and temporal guarantees are not compared, and this list does not mention it.
    pub left_out: Vec<String>,
    /// The source of the spec's text.
    pub specs: String,
    /// The engine that enumerated the TLA+ side: `tla-rs` or `tlc`.
    pub engine: &'static str,
    /// The duration of the comparison.
    pub elapsed: Duration,
}

/// The engine that enumerates the TLA+ side.
#[derive(Clone, Copy)]
pub enum TlaEngine<'a> {
    /// TLC.
    Tlc(&'a Tlc),
    /// The crate `tla-checker`, in this process.
    InProcess,
    /// In this process where that is faster or TLC is not available; otherwise TLC, which is looked for
    /// at the first need.
    Quicker(&'a (dyn Fn() -> Option<&'a Tlc> + Sync)),
}

/// Up to this many Rust views the engine in this process takes less time than TLC, which needs a second
/// to start. Measured with `cargo bench -p tandem-runner --bench engines`.
const QUICKER_IN_PROCESS: usize = 4_500;

/// The TLA+ side: its graph, and the truth of each predicate in each state.
struct TlaGraph {
    graph: Graph,
    truths: Vec<Vec<bool>>,
    engine: &'static str,
}

/// The question to the TLA+ side.
struct Question<'a> {
    instance: &'a Instance,
    /// The rendered spec of the instance.
    spec: &'a Spec,
    /// The number of views on the Rust side.
    views: usize,
    /// The predicates that are evaluated in every state.
    predicates: Vec<String>,
    /// The variables of the spec.
    variables: Vec<String>,
    run: &'a Run<'a>,
}

impl TlaEngine<'_> {
    /// Enumerates the TLA+ side. `read` is the parsed spec, if it can be evaluated in this process.
    fn answer(
        self,
        question: &Question<'_>,
        read: &mut Result<Evaluator, SpecError>,
    ) -> Result<TlaGraph, EngineError> {
        let Question {
            instance,
            spec,
            views,
            predicates,
            variables,
            run,
        } = question;
        let with = |tlc: &Tlc| {
            let (graph, truths) =
                tlc.graph_with_truths(instance, spec, (predicates, variables), run)?;
            let engine = tlc.name();
            Ok(TlaGraph {
                graph,
                truths,
                engine,
            })
        };
        let mut in_process = || {
            let read = read.as_mut();
            let read = read.map_err(|error| tla_rs::refused(instance, error))?;
            let (graph, truths) = tla_rs::graph_with_truths(instance, read, predicates, run)?;
            let engine = tla_rs::NAME;
            Ok(TlaGraph {
                graph,
                truths,
                engine,
            })
        };
        match self {
            TlaEngine::Tlc(tlc) => with(tlc),
            TlaEngine::InProcess => in_process(),
            TlaEngine::Quicker(tlc) if *views > QUICKER_IN_PROCESS => {
                tlc().map_or_else(in_process, with)
            }
            TlaEngine::Quicker(tlc) => match in_process() {
                // TLC may accept a spec that `tla-checker` refuses.
                Err(refused @ EngineError::TlaRs { .. }) => tlc().map_or(Err(refused), with),
                answer => answer,
            },
        }
    }
}

/// Why the two sides are not equal.
#[allow(
    clippy::large_enum_variant,
    reason = "there is at most one for each comparison"
)]
pub enum Difference {
    /// One side has a state or step that the other side does not have.
    Graphs {
        /// The path that both sides have.
        path: Trace,
        /// The difference after that path.
        divergence: Divergence,
        /// The values in which the state of one side differs from the state of the other.
        apart: Vec<Change>,
    },
    /// Two Rust states have the same view but different steps, so the view lacks something.
    View {
        /// The path to the first state.
        first: Trace,
        /// The path to the second state.
        second: Trace,
    },
    /// The graphs are equal, but guarantees or witnesses are true on one side and false on the other.
    /// The one with the shortest path comes first.
    Guarantees(Vec<TruthDifference>),
    /// The graphs and guarantees are equal, but the declared fairness differs.
    Fairness(Vec<FairnessDifference>),
}

impl Comparison {
    /// The standing for the exit code.
    pub fn standing(&self) -> Standing {
        if self.difference.is_none() {
            Standing::Pass
        } else {
            Standing::Fail
        }
    }
}

/// Why two graphs could not be compared.
#[derive(Debug, thiserror::Error)]
pub enum CompareError {
    /// One of the engines failed.
    #[error(transparent)]
    Engine(#[from] EngineError),
    /// The enumeration of the Rust side is incomplete.
    #[error(
        "{instance}: the Rust model was not enumerated completely: {cut_off}; or compare random \
         walks of both sides: `--walks 100`"
    )]
    Incomplete {
        /// The name of the instance.
        instance: String,
        /// The limit that was reached.
        cut_off: CutOff,
    },
}

/// Compares the two graphs of an instance. The Rust side is enumerated in full, or with symmetry
/// reduction and then unfolded.
///
/// # Errors
///
/// If one of the graphs could not be enumerated completely.
pub fn compare_instance(
    instance: &Instance,
    symmetry: bool,
    (engine, texts): (TlaEngine<'_>, &SpecTexts),
    run: &Run<'_>,
) -> Result<Comparison, CompareError> {
    let started = Instant::now();
    let found = explore_with(&instance.system(), symmetry, run);
    replayable(instance, &found)?;
    let system = found.system();
    if let Some(cut_off) = found.cut_off {
        return Err(CompareError::Incomplete {
            instance: instance.to_string(),
            cut_off,
        });
    }
    let size = found.size();
    let spec = render_from(texts, instance, &[]).map_err(EngineError::from)?;
    let mut read = Evaluator::new(&spec.files);
    let (asked, without_form) = guarantees::asked(system, &spec, read.as_ref().ok());
    let question = Question {
        instance,
        spec: &spec,
        views: size.states,
        predicates: asked.iter().map(|asked| asked.text.clone()).collect(),
        variables: variables(system),
        run,
    };
    let TlaGraph {
        graph: tla,
        truths,
        engine,
    } = engine.answer(&question, &mut read)?;
    let divergence = || match found.folded.any() {
        true => compare(found.unfolded(), &tla),
        false => compare(&found.graph(), &tla),
    };
    let trace = |raw| Trace::new(instance, system, &found.path(raw));
    let view = found.clash().map(|(one, other)| Difference::View {
        first: trace(one),
        second: trace(other),
    });
    let graphs = || {
        divergence().map(|divergence| Difference::Graphs {
            path: divergence.start.as_ref().map_or_else(
                || trace(0),
                |start| Trace::replay(instance, system, start, &divergence.path, End::Open),
            ),
            apart: divergence
                .instead
                .as_ref()
                .map(|instead| changes(instead, &divergence.state))
                .unwrap_or_default(),
            divergence,
        })
    };
    let mut left_out: Vec<_> = without_form
        .into_iter()
        .filter(|_| BUILT_IN)
        .map(|name| format!("{name} was not compared: its formula in TLA+ has another form"))
        .collect();
    let truths = || {
        let both = (&tla, &*truths);
        let differences = guarantees::differences(instance, &found, &asked, both, &spec);
        (!differences.is_empty()).then_some(Difference::Guarantees(differences))
    };
    let declared = read.map(|read| fairness::in_tla(read.fairness()));
    if let (true, Err(error)) = (BUILT_IN, &declared) {
        left_out.push(format!("fairness was not compared: {error}"));
    }
    let fair = || {
        let declared = declared.as_ref().ok()?;
        let differences = fairness::differences(&fairness::in_rust(instance, &found), declared);
        (!differences.is_empty()).then_some(Difference::Fairness(differences))
    };
    let difference = view.or_else(graphs).or_else(truths).or_else(fair);
    Ok(Comparison {
        instance: instance.clone(),
        rust: Counts {
            states: size.states,
            transitions: size.transitions,
        },
        symmetry: found.symmetry(),
        raw_states: size.raw_states,
        tla: Counts {
            states: tla.states.len(),
            transitions: tla.transitions(),
        },
        guarantees: asked.len(),
        fairness: declared.is_ok(),
        left_out,
        difference,
        specs: texts.to_string(),
        engine,
        elapsed: started.elapsed(),
    })
}
