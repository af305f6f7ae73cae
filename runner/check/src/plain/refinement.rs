//! Refinement: each step of the Rust model is a step of the spec, or a stuttering step under the view.
//!
//! The two may have different granularity. A step of the model that changes nothing in the view is a
//! stuttering step. Several steps of the model may implement one step of the spec if exactly one of them
//! changes the view. Names of actions do not matter. Fairness is not part of refinement.

use std::collections::{BTreeMap, BTreeSet};

use tandem_models::value::StateView;
use tandem_tla::graph::Graph;

use super::PlainError;
use super::side::Side;
use crate::trace::Trace;

/// The result of checking refinement.
pub struct Refinement {
    /// The name of the Rust model.
    pub model: String,
    /// The module of the spec.
    pub module: String,
    /// The engine that enumerated the spec.
    pub engine: &'static str,
    /// The number of distinct views of the Rust model.
    pub views: usize,
    /// The number of raw states of the Rust model.
    pub raw_states: usize,
    /// The number of distinct states of the spec.
    pub spec_states: usize,
    /// The first step that is not a step of the spec; `None` if the model refines the spec.
    pub broken: Option<NotRefined>,
    /// The steps of the spec, from states that the model reaches, to which no step of the model corresponds:
    /// by action, each with the nearest one.
    pub uncovered: Vec<Uncovered>,
    /// Remarks about the result.
    pub notes: Vec<String>,
}

/// The first step of the Rust model that is not a step of the spec.
pub struct NotRefined {
    /// The path to that step, including it. If it has no steps, the initial state is not one of the spec.
    pub path: Trace,
    /// The steps of the spec in the state before the last step: actions with the states after them.
    pub spec_steps: Vec<(String, StateView)>,
}

/// Steps of the spec to which no step of the Rust model corresponds.
pub struct Uncovered {
    /// The action of the spec.
    pub action: String,
    /// The number of steps that correspond to none, between distinct states.
    pub steps: usize,
    /// The shortest path to a state with an uncovered step.
    pub path: Trace,
    /// The state after that step.
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

/// The first step that is not a step of the spec. Raw states are numbered breadth first, so the step from
/// the lowest number is a nearest one, and the state before it is a state of the spec.
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
