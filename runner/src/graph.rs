//! A labelled state graph, whoever enumerated it: distinct views, and steps between them.

use std::collections::{BTreeSet, HashMap, VecDeque};
use std::sync::Arc;

use tandem_models::value::StateView;

/// The complete graph of a model through its view. Steps that do not change the view are left
/// out; several actions between the same two states are several steps.
#[derive(Debug, Clone, Default)]
pub struct Graph {
    /// The distinct views.
    pub states: Vec<StateView>,
    /// The initial ones.
    pub initial: BTreeSet<usize>,
    /// For each state, its steps: action name and the state after.
    pub steps: Vec<BTreeSet<(Arc<str>, usize)>>,
}

impl Graph {
    /// How many steps there are.
    pub fn transitions(&self) -> usize {
        self.steps.iter().map(BTreeSet::len).sum()
    }

    /// The number of states on the longest of all shortest paths; an initial state counts 1.
    pub fn depth(&self) -> usize {
        self.breadth_first()
            .into_iter()
            .map(|visit| visit.depth)
            .max()
            .unwrap_or(0)
    }

    /// The states by their view.
    pub fn index(&self) -> HashMap<&StateView, usize> {
        self.states
            .iter()
            .enumerate()
            .map(|(index, view)| (view, index))
            .collect()
    }

    /// The reachable states in breadth-first order, each with a shortest way to it.
    pub fn breadth_first(&self) -> Vec<Visit> {
        let mut seen = vec![false; self.states.len()];
        let mut visits = Vec::new();
        let mut queue: VecDeque<Visit> = self
            .initial
            .iter()
            .map(|state| Visit {
                state: *state,
                from: None,
                depth: 1,
            })
            .collect();
        while let Some(visit) = queue.pop_front() {
            let Visit { state, depth, .. } = visit;
            if std::mem::replace(&mut seen[state], true) {
                continue;
            }
            let from = visits.len();
            visits.push(visit);
            for (action, next) in &self.steps[state] {
                if !seen[*next] {
                    let from = Some((from, Arc::clone(action)));
                    queue.push_back(Visit {
                        state: *next,
                        from,
                        depth: depth + 1,
                    });
                }
            }
        }
        visits
    }
}

/// A state as a breadth-first search meets it.
#[derive(Debug, Clone)]
pub struct Visit {
    /// The state.
    pub state: usize,
    /// The visit it was reached from, and by which action; `None` for an initial state.
    pub from: Option<(usize, Arc<str>)>,
    /// How many states the way to it has.
    pub depth: usize,
}

/// The way to a visit: the initial state, then action and state by turns.
pub fn path(visits: &[Visit], to: usize) -> (usize, Vec<(Arc<str>, usize)>) {
    let mut steps = Vec::new();
    let mut visit = &visits[to];
    while let Some((from, action)) = &visit.from {
        steps.push((Arc::clone(action), visit.state));
        visit = &visits[*from];
    }
    steps.reverse();
    (visit.state, steps)
}
