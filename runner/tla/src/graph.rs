//! A labelled state graph from any engine: distinct views, and the steps between them.

use std::collections::{BTreeMap, BTreeSet, HashMap, VecDeque};
use std::sync::Arc;

use tandem_models::value::StateView;

/// The name of an action and the state that it leads to.
pub type Edge = (Arc<str>, usize);

/// The complete graph of a model's views. Steps that do not change the view are left out. Several
/// actions between the same two states are several steps.
#[derive(Debug, Clone, Default)]
pub struct Graph {
    /// The distinct views.
    pub states: Vec<StateView>,
    /// The initial ones.
    pub initial: BTreeSet<usize>,
    /// For each state, its steps: action name and the state after.
    pub steps: Vec<BTreeSet<Edge>>,
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

    /// A shortest path to a state, of those the first in the order of actions and states: the initial state,
    /// and the steps. Nothing if no path leads there.
    pub fn path(&self, to: usize) -> Option<(usize, Vec<Edge>)> {
        let mut before: Vec<Option<(usize, &Arc<str>)>> = vec![None; self.states.len()];
        let mut queue: VecDeque<usize> = self.initial.iter().copied().collect();
        while let Some(at) = queue.pop_front().filter(|_| before[to].is_none()) {
            for (action, next) in &self.steps[at] {
                if before[*next].is_none() && !self.initial.contains(next) {
                    before[*next] = Some((at, action));
                    queue.push_back(*next);
                }
            }
        }
        let mut steps = Vec::new();
        let mut at = to;
        while let Some((from, action)) = before[at] {
            steps.push((Arc::clone(action), at));
            at = from;
        }
        steps.reverse();
        self.initial.contains(&at).then_some((at, steps))
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_a_shortest_one_and_none_leads_to_what_cannot_be_reached() {
        let step = |name: &str, to| (Arc::from(name), to);
        let graph = Graph {
            states: vec![StateView::default(); 5],
            initial: BTreeSet::from([0]),
            steps: vec![
                BTreeSet::from([step("Far", 1), step("Near", 3)]),
                BTreeSet::from([step("On", 2), step("Back", 0)]),
                BTreeSet::from([step("On", 3)]),
                BTreeSet::new(),
                BTreeSet::from([step("Out", 3)]),
            ],
        };
        assert_eq!(graph.path(3), Some((0, vec![step("Near", 3)])));
        let path = vec![step("Far", 1), step("On", 2)];
        assert_eq!(graph.path(2), Some((0, path)));
        assert_eq!(graph.path(0), Some((0, Vec::new())));
        assert_eq!(graph.path(4), None);
    }
}
