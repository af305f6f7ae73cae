//! Refinement: each step of the Rust model is a step of the spec, or a stutter under the view.
//!
//! The two may have different granularity. A step of the model that changes nothing which the view shows
//! is a stutter. A step of the spec that takes several steps of the model is fine as long as the view
//! changes in one of them. Names of actions do not matter. Fairness is not part of it.

use std::collections::{BTreeMap, BTreeSet};

use tandem_models::value::StateView;
use tandem_tla::graph::Graph;

use super::PlainError;
use super::side::Side;
use crate::trace::Trace;

/// What a check of refinement comes to.
pub struct Refinement {
    /// What the Rust side is.
    pub model: String,
    /// The module of the spec.
    pub module: String,
    /// Which engine enumerated the spec.
    pub engine: &'static str,
    /// Distinct views of the Rust model, and raw states before the view folds them.
    pub views: usize,
    /// Raw states.
    pub raw_states: usize,
    /// Distinct states of the spec.
    pub spec_states: usize,
    /// The first step that is not one of the spec; none if the model refines the spec.
    pub broken: Option<NotRefined>,
    /// The steps of the spec, from states that the model reaches, which no step of the model covers: by
    /// action, with the nearest.
    pub uncovered: Vec<Uncovered>,
    /// What is to be known of the result.
    pub notes: Vec<String>,
}

/// The first step of the Rust model that is not one of the spec.
pub struct NotRefined {
    /// The path to the state before it, and the step itself as the last one. Without steps the initial state
    /// is not one of the spec.
    pub path: Trace,
    /// What the spec can do in the state before the last step: actions with the states after.
    pub spec_steps: Vec<(String, StateView)>,
}

/// Steps of the spec that no step of the Rust model covers.
pub struct Uncovered {
    /// The action of the spec.
    pub action: String,
    /// How many of its steps, between distinct states, are not covered.
    pub steps: usize,
    /// The shortest path to a state in which there is one.
    pub path: Trace,
    /// The state that it leads to.
    pub state: StateView,
}

/// Checks each step of the Rust side against the spec.
pub(super) fn refinement(
    side: &Side<'_>,
    tla: &Graph,
    engine: &'static str,
    module: &str,
    notes: Vec<String>,
) -> Result<Refinement, PlainError> {
    let index = tla.index();
    let graph = &side.graph;
    let twin = |view: usize| index.get(&graph.states[view]).copied();
    let is_start = |view: &usize| twin(*view).is_some_and(|twin| tla.initial.contains(&twin));
    let foreign = graph.initial.iter().find(|view| !is_start(view));
    let broken = match foreign {
        Some(view) => Some(NotRefined {
            path: (side.path_to)(side.first[*view])?,
            spec_steps: Vec::new(),
        }),
        None => first_broken(side, tla, &twin)?,
    };
    let uncovered = match &broken {
        Some(_) => Vec::new(),
        None => uncovered(side, tla, &twin)?,
    };
    Ok(Refinement {
        model: side.label.clone(),
        module: module.to_owned(),
        engine,
        views: graph.states.len(),
        raw_states: side.raw_states,
        spec_states: tla.states.len(),
        broken,
        uncovered,
        notes,
    })
}

/// The first step that is not one of the spec. Raw states are numbered breadth first, so the step of the
/// least is a nearest, and the state before it is one of the spec.
fn first_broken(
    side: &Side<'_>,
    tla: &Graph,
    twin: &impl Fn(usize) -> Option<usize>,
) -> Result<Option<NotRefined>, PlainError> {
    let allowed = |from: usize, to: usize| {
        let mut steps = twin(from).into_iter().flat_map(|from| &tla.steps[from]);
        steps.any(|(_, after)| twin(to) == Some(*after))
    };
    let moves = side.moves.iter().enumerate();
    let moves =
        moves.flat_map(|(from, moves)| moves.iter().map(move |(step, raw)| (*raw, from, step)));
    let broken = moves.filter(|(_, from, (_, to))| !allowed(*from, *to));
    let Some((raw, from, (action, to))) = broken.min_by_key(|(raw, _, _)| *raw) else {
        return Ok(None);
    };
    let spec_steps = twin(from).into_iter().flat_map(|from| &tla.steps[from]);
    let spec_steps = spec_steps.map(|(action, to)| (action.to_string(), tla.states[*to].clone()));
    Ok(Some(NotRefined {
        path: (side.path_to)(raw)?.and_then(action, &side.graph.states[*to]),
        spec_steps: spec_steps.collect(),
    }))
}

fn uncovered(
    side: &Side<'_>,
    tla: &Graph,
    twin: &impl Fn(usize) -> Option<usize>,
) -> Result<Vec<Uncovered>, PlainError> {
    let mut found: BTreeMap<&str, (usize, usize, usize)> = BTreeMap::new();
    for (from, moves) in side.moves.iter().enumerate() {
        let Some(state) = twin(from) else { continue };
        let taken: BTreeSet<_> = moves.keys().filter_map(|(_, to)| twin(*to)).collect();
        for (action, to) in &tla.steps[state] {
            if !taken.contains(to) {
                found.entry(action).or_insert((0, from, *to)).0 += 1;
            }
        }
    }
    let found = found.into_iter().map(|(action, (steps, from, to))| {
        Ok(Uncovered {
            action: action.to_owned(),
            steps,
            path: (side.path_to)(side.first[from])?,
            state: tla.states[to].clone(),
        })
    });
    found.collect()
}
