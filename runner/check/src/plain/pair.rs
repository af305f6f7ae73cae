//! A model and a spec that were written independently: shows what would be compared, and compares them.

mod prepared;

use std::collections::BTreeSet;
use std::time::Instant;

use tandem_search::cancel::Cancel;
use tandem_search::limits::{Limits, Run};
use tandem_tla::divergence::compare;
use tandem_tla::graph::Graph;
use tandem_tla::user_spec::UserSpec;

use self::prepared::Prepared;
use super::comparison::{PairComparison, PairDifference, PairTruth};
use super::names::Names;
use super::refinement::{Refinement, refinement};
use super::shown::{Shown, shown};
use super::side::{Side, of_model};
use super::walks::{PairWalks, walked};
use super::{PlainError, Viewed};
use crate::engine::Engine;
use crate::engine::tla_rs;
use crate::engine::tlc::Tlc;
use crate::fairness;
use crate::lockstep::WalkPlan;
use crate::manifest::Counts;
use crate::trace::Trace;

/// A model and a spec, the mapping of their names, and how the spec is run.
#[must_use = "nothing is compared before `compare`"]
pub struct Pair<'a> {
    explore: Explore<'a>,
    walk: Option<Walk<'a>>,
    spec: &'a UserSpec,
    names: Names,
    tlc: Option<&'a Tlc>,
    in_process: bool,
    limits: Limits,
    cancel: Cancel,
}

/// Enumerates the Rust side.
type Explore<'a> = Box<dyn Fn(&Names, &Run<'_>) -> Result<Side<'a>, PlainError> + 'a>;

/// Walks both sides.
type Walk<'a> = Box<dyn Fn(&Names, WalkPlan, &Run<'_>) -> Result<PairWalks, PlainError> + 'a>;

/// The limit on states of the Rust side, unless [`Pair::limits`] sets another one.
const MAX_STATES: usize = 5_000_000;

impl<'a> Pair<'a> {
    /// A pair of a plain model and a spec.
    pub fn new<M: Viewed>(model: &'a M, spec: &'a UserSpec) -> Self {
        let pair = Pair::of(spec, move |names, run| of_model(model, names, run));
        let walk = move |names: &Names, plan, run: &Run<'_>| walked(model, spec, names, plan, run);
        Pair {
            walk: Some(Box::new(walk)),
            ..pair
        }
    }

    /// A pair of any Rust side and a spec.
    pub fn of(
        spec: &'a UserSpec,
        explore: impl Fn(&Names, &Run<'_>) -> Result<Side<'a>, PlainError> + 'a,
    ) -> Self {
        Pair {
            explore: Box::new(explore),
            walk: None,
            spec,
            names: Names::default(),
            tlc: None,
            in_process: false,
            limits: Limits {
                max_states: Some(MAX_STATES),
                ..Limits::NONE
            },
            cancel: Cancel::new(),
        }
    }

    /// Declares that a variable of the view has another name in the spec.
    pub fn variable(mut self, rust: &str, tla: &str) -> Self {
        self.names.variables.insert(rust.to_owned(), tla.to_owned());
        self
    }

    /// Declares that an action has another name in the spec.
    pub fn action(mut self, rust: &str, tla: &str) -> Self {
        self.names.actions.insert(rust.to_owned(), tla.to_owned());
        self
    }

    /// Declares that a property is this operator of the spec. Their truth is compared in every state.
    pub fn property(mut self, rust: &str, tla: &str) -> Self {
        self.names
            .properties
            .insert(rust.to_owned(), tla.to_owned());
        self
    }

    /// Leaves out a variable of the view, for a spec that is more abstract.
    pub fn leaving_out(mut self, rust: &str) -> Self {
        self.names.hidden.insert(rust.to_owned());
        self
    }

    /// Sets all names at once.
    pub fn names(mut self, names: Names) -> Self {
        self.names = names;
        self
    }

    /// Runs the spec with this TLC, with its limits of time and memory. By default TLC is looked for, and
    /// installed if necessary.
    pub fn tlc(mut self, tlc: &'a Tlc) -> Self {
        self.tlc = Some(tlc);
        self
    }

    /// Evaluates the spec in this process. The report lists the differences from TLC.
    pub fn in_process(mut self) -> Self {
        self.in_process = true;
        self
    }

    /// Sets the limits for both sides.
    pub fn limits(mut self, limits: Limits) -> Self {
        self.limits = limits;
        self
    }

    /// Stops when this flag is set.
    pub fn cancel(mut self, cancel: &Cancel) -> Self {
        self.cancel = cancel.clone();
        self
    }

    /// Shows what [`Pair::compare`] would compare: the names on both sides, and the module and
    /// configuration that the TLA+ side would run. The TLA+ side is not run.
    ///
    /// # Errors
    ///
    /// If the names do not match, or the Rust side cannot be enumerated completely.
    pub fn show(&self) -> Result<Shown, PlainError> {
        let run = Run::new(&self.limits, &self.cancel);
        let prepared = self.prepare(&run)?;
        let operators = prepared.asked.iter().map(|(place, operator)| {
            let property = &prepared.side.truths[*place].name;
            (property.clone(), operator.clone())
        });
        let asked = operators.collect();
        Ok(shown(
            &prepared.side,
            &self.names,
            asked,
            self.spec,
            prepared.notes,
        ))
    }

    /// Compares the two state graphs, the truth of the properties in every state, and the declared
    /// fairness.
    ///
    /// # Errors
    ///
    /// If the names do not match, or one of the sides cannot be enumerated completely.
    pub fn compare(&self) -> Result<PairComparison, PlainError> {
        let started = Instant::now();
        let run = Run::new(&self.limits, &self.cancel);
        let mut prepared = self.prepare(&run)?;
        let tla = self.enumerate(&prepared, &run)?;
        let difference = self.difference(&mut prepared, &tla)?;
        let compared = prepared
            .asked
            .iter()
            .map(|(place, _)| prepared.side.truths[*place].name.clone());
        Ok(PairComparison {
            model: prepared.side.label.clone(),
            module: self.spec.module.clone(),
            rust: counts(&prepared.side.graph),
            raw_states: prepared.side.raw_states,
            tla: counts(&tla.graph),
            properties: compared.collect(),
            fairness: prepared.fairness.is_some(),
            engine: tla.engine,
            notes: prepared.notes,
            difference,
            elapsed: started.elapsed(),
        })
    }

    /// Checks that each step of the model is a step of the spec, or changes nothing in the view. The spec
    /// may allow more steps, and its actions may have different names.
    ///
    /// # Errors
    ///
    /// As [`Pair::compare`].
    pub fn refines(&self) -> Result<Refinement, PlainError> {
        let run = Run::new(&self.limits, &self.cancel);
        let mut prepared = self.prepare_loosely(&run)?;
        prepared.asked.clear();
        let tla = self.enumerate(&prepared, &run)?;
        refinement(
            &prepared.side,
            &tla.graph,
            tla.engine,
            &self.spec.module,
            prepared.notes,
        )
    }

    /// Walks both sides at random, for graphs that are too large to enumerate. For each step of one side,
    /// the same step is looked for on the other side, and the truth of the properties is compared. The
    /// spec is evaluated in this process. A run that finds no difference proves nothing.
    ///
    /// # Errors
    ///
    /// If the variables do not match, a side cannot be evaluated, or the Rust side is not a plain model.
    pub fn walks(&self, plan: WalkPlan) -> Result<PairWalks, PlainError> {
        let run = Run::new(&self.limits, &self.cancel);
        match &self.walk {
            Some(walk) => walk(&self.names, plan, &run),
            None => Err(PlainError::Catalogue(
                "only a plain model is walked beside a spec that somebody else wrote".to_owned(),
            )),
        }
    }

    fn enumerate(&self, prepared: &Prepared<'_>, run: &Run<'_>) -> Result<TlaSide, PlainError> {
        let spec = self.spec.to_run();
        let predicates: Vec<_> = prepared
            .asked
            .iter()
            .map(|(_, operator)| operator.clone())
            .collect();
        let subject = &self.spec.module;
        if self.in_process {
            let (graph, truths) = tla_rs::graph_with_truths(
                subject,
                &mut tla_rs::evaluator(subject, &spec)?,
                &predicates,
                run,
            )?;
            let engine = tla_rs::NAME;
            return Ok(TlaSide {
                graph,
                truths,
                engine,
            });
        }
        let found;
        let tlc = match self.tlc {
            Some(tlc) => tlc,
            None => {
                found = Tlc::installed(run.cancel)?;
                &found
            }
        };
        let variables = self.spec.variables();
        let (graph, truths) =
            tlc.graph_with_truths(subject, &spec, (&predicates, variables), run)?;
        let engine = tlc.name();
        Ok(TlaSide {
            graph,
            truths,
            engine,
        })
    }

    fn difference(
        &self,
        prepared: &mut Prepared<'_>,
        tla: &TlaSide,
    ) -> Result<Option<PairDifference>, PlainError> {
        let Prepared { side, asked, .. } = &*prepared;
        if let Some([first, second]) = side.clash.clone() {
            return Ok(Some(PairDifference::View { first, second }));
        }
        if let Some(divergence) = compare(&side.graph, &tla.graph) {
            let start = divergence.start.as_ref().or(side.graph.states.first());
            let path = start.map(|start| Trace::of_names(start, &divergence.path));
            return Ok(path.map(|path| PairDifference::Graphs { path, divergence }));
        }
        let truths = truth_differences(side, asked, tla)?;
        if !truths.is_empty() {
            return Ok(Some(PairDifference::Properties(truths)));
        }
        let Some(declared) = &prepared.fairness else {
            return Ok(None);
        };
        let all = self.spec.actions().unwrap_or_default();
        let differences = fairness::differences(&side.declared(&all), declared);
        Ok((!differences.is_empty()).then_some(PairDifference::Fairness(differences)))
    }
}

struct TlaSide {
    graph: Graph,
    truths: Vec<Vec<bool>>,
    engine: &'static str,
}

fn truth_differences(
    side: &Side<'_>,
    asked: &[(usize, String)],
    tla: &TlaSide,
) -> Result<Vec<PairTruth>, PlainError> {
    let index = tla.graph.index();
    let mut found = Vec::new();
    for (asked, (place, operator)) in asked.iter().enumerate() {
        let truths = &side.truths[*place];
        let differs = |view: &usize| {
            let twin = index.get(&side.graph.states[*view]);
            twin.is_some_and(|twin| truths.seen[*view][usize::from(!tla.truths[*twin][asked])])
        };
        let differing: BTreeSet<usize> = (0..side.graph.states.len()).filter(differs).collect();
        if let Some(first) = differing.first() {
            let twin = index[&side.graph.states[*first]];
            found.push(PairTruth {
                name: truths.name.clone(),
                operator: operator.clone(),
                rust: !tla.truths[twin][asked],
                path: (side.path_to)(side.first[*first])?,
                states: differing.len(),
            });
        }
    }
    // Views are numbered breadth first, so the first one is nearest to an initial state.
    found.sort_by_key(|truth: &PairTruth| truth.path.steps.len());
    Ok(found)
}

fn counts(graph: &Graph) -> Counts {
    Counts {
        states: graph.states.len(),
        transitions: graph.transitions(),
    }
}
