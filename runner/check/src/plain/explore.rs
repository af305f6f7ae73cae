//! Searches a plain model and builds the graph of its views.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use tandem_models::value::{StateView, changes};
use tandem_search::fingerprint::Fingerprints;
use tandem_search::limits::Run;
use tandem_search::path::{Path, PathEnd};
use tandem_search::plain::Plain;
use tandem_search::{Action, Explored, Keep, Node, search};
use tandem_tla::graph::Graph;

use super::names::Names;
use super::view::Variables;
use super::{PlainError, Viewed};
use crate::enumerate::End;
use crate::trace::{Trace, TraceStep};

/// A plain model after the search, and its graph with the names of the spec.
pub(super) struct Found<'m, M: Viewed> {
    pub(super) model: &'m M,
    pub(super) names: Names,
    pub(super) raw: Explored<Plain<'m, M, Fingerprints>>,
    pub(super) graph: Graph,
    /// The view of each raw state, and the first raw state of each view.
    pub(super) view_of: Vec<usize>,
    pub(super) first: Vec<Node>,
    /// For each view, the steps of all raw states with that view, each with the first raw state that
    /// takes it.
    pub(super) moves: Moves,
    /// Two raw states with the same view but different steps.
    pub(super) clash: Option<(Node, Node)>,
}

/// For each view, its steps: the name of the action and the view after it, with a raw state that takes
/// the step.
pub(super) type Moves = Vec<BTreeMap<(Arc<str>, usize), Node>>;

/// Searches a model, up to the limits.
pub(super) fn explore<'m, M: Viewed>(
    model: &'m M,
    names: &Names,
    run: &Run<'_>,
) -> Result<Found<'m, M>, PlainError> {
    let space = Plain::new(model, Fingerprints::default()).named(named::<M>);
    let raw = search(space, Keep::Graph, run);
    if let Some(fault) = raw.fault() {
        return Err(fault.clone().into());
    }
    if let Some(merged) = raw.merged() {
        return Err(merged.clone().into());
    }
    let mut found = Found {
        model,
        names: names.clone(),
        raw,
        graph: Graph::default(),
        view_of: Vec::new(),
        first: Vec::new(),
        moves: Vec::new(),
        clash: None,
    };
    found.views()?;
    found.steps();
    Ok(found)
}

fn named<M: Viewed>(action: &M::Action) -> Action {
    Action {
        name: M::action_name(action),
        slot: M::participant(action),
    }
}

impl<M: Viewed> Found<'_, M> {
    /// The view of a state, with the names of the spec.
    pub(super) fn view(&self, state: &M::State) -> Result<StateView, PlainError> {
        let view = self
            .model
            .view(state)
            .variables()
            .map_err(PlainError::View)?;
        Ok(self.names.view(view))
    }

    fn views(&mut self) -> Result<(), PlainError> {
        let mut known: HashMap<StateView, usize> = HashMap::new();
        for node in 0..self.raw.states() {
            let view = self.view(&self.raw.node(node)?)?;
            let next = self.graph.states.len();
            let place = *known.entry(view.clone()).or_insert(next);
            if place == next {
                self.graph.states.push(view);
                self.first.push(node);
            }
            self.view_of.push(place);
        }
        let initial = (0..self.raw.initial).map(|node| self.view_of[node as usize]);
        self.graph.initial = initial.collect();
        Ok(())
    }

    fn steps(&mut self) {
        let names = self
            .raw
            .actions
            .iter()
            .map(|action| self.names.action(&action.name));
        let names: Vec<Arc<str>> = names.map(Arc::from).collect();
        self.graph.steps = vec![BTreeSet::new(); self.graph.states.len()];
        self.moves = vec![BTreeMap::new(); self.graph.states.len()];
        for node in 0..self.raw.states() {
            if node as usize >= self.raw.transitions.states() {
                break;
            }
            let view = self.view_of[node as usize];
            let steps = self.raw.transitions.of(node);
            let steps = steps.map(|step| (step.label, self.view_of[step.to as usize]));
            let steps = steps.filter(|(_, to)| *to != view);
            let steps: BTreeSet<_> = steps
                .map(|(label, to)| (Arc::clone(&names[usize::from(label)]), to))
                .collect();
            for step in &steps {
                self.moves[view].entry(step.clone()).or_insert(node);
            }
            if self.first[view] == node {
                self.graph.steps[view] = steps;
            } else if self.clash.is_none() && self.graph.steps[view] != steps {
                self.clash = Some((self.first[view], node));
            }
        }
    }

    /// The shortest path to a raw state.
    pub(super) fn path_to(&self, node: Node) -> Result<Trace, PlainError> {
        self.trace(&self.raw.path(node)?)
    }

    /// Converts a path to a trace.
    pub(super) fn trace(&self, path: &Path<M::State, M::Action>) -> Result<Trace, PlainError> {
        let start = self.view(&path.start)?;
        let mut before = start.clone();
        let mut steps = Vec::new();
        for (action, after) in &path.steps {
            let state = self.view(after)?;
            let name = M::action_name(action);
            let words = self.model.format_action(action);
            steps.push(TraceStep {
                number: steps.len() + 1,
                index: None,
                action: self.names.action(&name).to_owned(),
                actor: None,
                slot: M::participant(action).map(usize::from),
                message: None,
                fault: None,
                words: if words == name { String::new() } else { words },
                changes: changes(&before, &state),
                state: state.clone(),
            });
            before = state;
        }
        let end = match path.end {
            PathEnd::Open => End::Open,
            PathEnd::Stutters => End::Stutters,
            PathEnd::Repeats(stem) => End::Repeats(stem),
        };
        Ok(Trace {
            start,
            steps,
            replayed: true,
            end,
        })
    }
}
