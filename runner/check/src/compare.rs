//! Enumerates an instance in Rust and in TLA+, and compares the two graphs, the truth of every
//! guarantee in every state, and what is fair.

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

/// The comparison of one instance.
pub struct Comparison {
    /// What was compared.
    pub instance: Instance,
    /// The Rust side: distinct views and steps.
    pub rust: Counts,
    /// What was taken for one another on the Rust side before it was unfolded, in words; nothing if all
    /// states were to be told apart. If something was, the counts of the Rust side are those of the
    /// representatives.
    pub symmetry: Option<String>,
    /// Rust states before the view folds them.
    pub raw_states: usize,
    /// The TLA+ side.
    pub tla: Counts,
    /// Where the two differ first.
    pub difference: Option<Difference>,
    /// How many predicates (guarantees, witnesses) have the same truth on both sides in every state.
    pub guarantees: usize,
    /// Whether the fairness that both sides declare was compared.
    pub fairness: bool,
    /// What could not be compared, and why: a sentence each. Where the build has no engine for TLA+,
    /// fairness and temporal guarantees are not compared, and nothing is said of it here.
    pub left_out: Vec<String>,
    /// Where the text of the spec came from.
    pub specs: String,
    /// Which engine enumerated the TLA+ side: `tla-rs` or `tlc`.
    pub engine: &'static str,
    /// From start to end.
    pub elapsed: Duration,
}

/// Which engine enumerates the TLA+ side.
#[derive(Clone, Copy)]
pub enum TlaEngine<'a> {
    /// TLC.
    Tlc(&'a Tlc),
    /// The crate `tla-checker`, in this process.
    InProcess,
    /// In this process where that is quicker, or where TLC is not at hand; TLC is looked for when it
    /// is needed first.
    Quicker(&'a (dyn Fn() -> Option<&'a Tlc> + Sync)),
}

/// Rust views up to which the engine in this process takes less time than TLC, which takes a second
/// to start; measured by `cargo bench -p tandem-runner --bench engines`.
const QUICKER_IN_PROCESS: usize = 4_500;

/// The TLA+ side: the graph, and for each state the truth of each predicate.
struct TlaGraph {
    graph: Graph,
    truths: Vec<Vec<bool>>,
    engine: &'static str,
}

/// What the TLA+ side is asked.
struct Question<'a> {
    instance: &'a Instance,
    /// The rendering of its spec.
    spec: &'a Spec,
    /// How many views the Rust side has.
    views: usize,
    /// What is asked of every state.
    predicates: Vec<String>,
    /// The variables of the spec.
    variables: Vec<String>,
    run: &'a Run<'a>,
}

impl TlaEngine<'_> {
    /// The TLA+ side. `read` is its spec, if it can be evaluated in this process.
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
                // What `tla-checker` refuses, TLC may accept.
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
    /// One side has a state or step that the other has not.
    Graphs {
        /// The path that both sides have.
        path: Trace,
        /// What follows it.
        divergence: Divergence,
        /// What sets the one side's state apart from the other's.
        apart: Vec<Change>,
    },
    /// Two Rust states have the same view but not the same steps: the view forgets something.
    View {
        /// The way to the one.
        first: Trace,
        /// The way to the other.
        second: Trace,
    },
    /// The graphs are equal, and guarantees or witnesses are true on one side and false on the other.
    /// The first has the shortest path.
    Guarantees(Vec<TruthDifference>),
    /// The graphs and guarantees are equal, and what is fair is not.
    Fairness(Vec<FairnessDifference>),
}

impl Comparison {
    /// 0 if equal, 1 if not.
    pub fn standing(&self) -> Standing {
        if self.difference.is_none() {
            Standing::Pass
        } else {
            Standing::Fail
        }
    }
}

/// Why a comparison could not be made.
#[derive(Debug, thiserror::Error)]
pub enum CompareError {
    /// One of the engines failed.
    #[error(transparent)]
    Engine(#[from] EngineError),
    /// The Rust side was not enumerated completely.
    #[error(
        "{instance}: the Rust model was not enumerated completely: {cut_off}; or compare random \
         walks of both sides: `--walks 100`"
    )]
    Incomplete {
        /// What was compared.
        instance: String,
        /// The limit.
        cut_off: CutOff,
    },
}

/// Compares the two graphs of an instance: the Rust side as it is explored, or explored up to symmetry
/// and then unfolded.
///
/// # Errors
/// When one of them could not be enumerated completely.
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
