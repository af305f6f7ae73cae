//! A labelled state graph from any engine: distinct views, and the steps between them.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use tandem_models::value::StateView;

/// The complete graph of a model's views. Steps that do not change the view are left out. Several
/// actions between the same two states are several steps.
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
    /// The number of steps.
    pub fn transitions(&self) -> usize {
        self.steps.iter().map(BTreeSet::len).sum()
    }

    /// For each action, the number of its steps.
    pub fn fired(&self) -> BTreeMap<&str, usize> {
        let mut fired = BTreeMap::new();
        for (action, _) in self.steps.iter().flatten() {
            *fired.entry(&**action).or_insert(0) += 1;
        }
        fired
    }

    /// The number of states on the longest of all shortest paths. An initial state counts as 1.
    pub fn depth(&self) -> usize {
        let mut seen = vec![false; self.states.len()];
        let mut level: Vec<usize> = self.initial.iter().copied().collect();
        let mut depth = 0;
        while !level.is_empty() {
            level.retain(|state| !std::mem::replace(&mut seen[*state], true));
            depth += usize::from(!level.is_empty());
            let after = level.iter().flat_map(|state| &self.steps[*state]);
            level = after
                .map(|(_, next)| *next)
                .filter(|next| !seen[*next])
                .collect();
        }
        depth
    }

    /// The states by their view.
    pub fn index(&self) -> HashMap<&StateView, usize> {
        self.states
            .iter()
            .enumerate()
            .map(|(index, view)| (view, index))
            .collect()
    }
}
