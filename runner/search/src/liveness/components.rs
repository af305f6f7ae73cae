//! The strongly connected components of a part of a graph.

use super::{Bits, Node, Transitions};

/// A maximal set of states in which each state can be reached from every other. It may be a single
/// state.
pub(super) struct Component<'a> {
    pub(super) states: &'a [Node],
    ranks: &'a [u32],
    rank: u32,
}

impl Component<'_> {
    /// Whether a state is in it.
    pub(super) fn contains(&self, state: Node) -> bool {
        self.ranks[state as usize] == self.rank
    }
}

/// Finds the components of the states `within` that can be reached from `roots` without leaving that
/// set. Each component is reported once, after the components that can be reached from it. Roots
/// outside the set are ignored.
///
/// This is Tarjan's algorithm without recursion, in the form of David J. Pearce, *A space-efficient
/// algorithm for finding strongly connected components* (Information Processing Letters, 2016): one
/// number for each state serves as its index, its low-link and finally its component. Memory: 4
/// bytes for every state of the graph, 8 for each state on the search path, 4 for each state that
/// waits for its component; a state is never in both. That is at most 13 bytes for each state, plus
/// the reserve of the two stacks.
pub(super) fn components(
    graph: &Transitions,
    within: &Bits,
    roots: impl Iterator<Item = Node>,
    found: impl FnMut(Component<'_>),
) {
    let mut search = Search {
        graph,
        within,
        ranks: vec![NEW; graph.states()],
        lowered: Bits::none(graph.states()),
        path: Vec::new(),
        waiting: Vec::new(),
        open: 0,
        next_component: u32::MAX,
        found,
    };
    for root in roots {
        search.from(root);
    }
}

/// The rank of a state that has not been visited.
const NEW: u32 = 0;

struct Search<'a, F> {
    graph: &'a Transitions,
    within: &'a Bits,
    /// For a state on the path or waiting: its index, from 1, or the lowest index that it is known
    /// to reach. For a state whose component is known: the number of the component, counted down
    /// from the top, so that it is greater than every index.
    ranks: Vec<u32>,
    /// The states that reach an earlier state, so they are not the first of their component.
    lowered: Bits,
    /// The path from the root to the current state, each state with the position of its next step.
    path: Vec<(Node, u32)>,
    /// States that were left, whose component has its first state still on the path.
    waiting: Vec<Node>,
    /// The number of states on the path or waiting.
    open: u32,
    next_component: u32,
    found: F,
}

impl<F: FnMut(Component<'_>)> Search<'_, F> {
    fn from(&mut self, root: Node) {
        self.enter(root);
        while let Some((state, place)) = self.path.last_mut() {
            let state = *state;
            if *place as usize == self.graph.row(state).end {
                self.path.pop();
                self.leave(state);
                if let Some((before, _)) = self.path.last() {
                    self.lower(*before, state);
                }
            } else {
                let to = self.graph.target(*place as usize);
                *place += 1;
                if !self.enter(to) && self.within.contains(to) {
                    self.lower(state, to);
                }
            }
        }
    }

    /// Enters a state, if it is in the set and has not been visited.
    fn enter(&mut self, state: Node) -> bool {
        let new = self.ranks[state as usize] == NEW && self.within.contains(state);
        if new {
            self.open += 1;
            self.ranks[state as usize] = self.open;
            let first = self.graph.row(state).start;
            // Rows start below 2^32, because the graph itself counts in 32 bits.
            self.path
                .push((state, u32::try_from(first).unwrap_or(u32::MAX)));
        }
        new
    }

    /// Updates the low-link of a state: it reaches everything that its successor reaches.
    fn lower(&mut self, state: Node, after: Node) {
        let least = self.ranks[after as usize];
        if least < self.ranks[state as usize] {
            self.ranks[state as usize] = least;
            self.lowered.insert(state);
        }
    }

    /// Leaves a state whose steps are all done. If it is the first of its component, the component
    /// is complete: the state, and all waiting states that were visited after it.
    fn leave(&mut self, state: Node) {
        self.waiting.push(state);
        if self.lowered.contains(state) {
            return;
        }
        let index = self.ranks[state as usize];
        let others = self
            .waiting
            .iter()
            .rposition(|w| self.ranks[*w as usize] < index);
        let first = others.map_or(0, |last| last + 1);
        let states = &self.waiting[first..];
        for state in states {
            self.ranks[*state as usize] = self.next_component;
        }
        (self.found)(Component {
            states,
            ranks: &self.ranks,
            rank: self.next_component,
        });
        self.next_component -= 1;
        self.open = index - 1;
        self.waiting.truncate(first);
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::*;
    use crate::Step;

    fn graph(rows: &[Vec<Node>]) -> Transitions {
        let mut graph = Transitions::default();
        for row in rows {
            graph.push(row.iter().map(|to| Step { label: 0, to: *to }));
        }
        graph
    }

    /// The states reached from a state without leaving the set, by iterating until nothing changes.
    fn reached(rows: &[Vec<Node>], within: &Bits, from: Node) -> BTreeSet<Node> {
        let mut reached = BTreeSet::from([from]);
        loop {
            let steps = reached.iter().flat_map(|state| &rows[*state as usize]);
            let more: Vec<_> = steps.copied().filter(|to| within.contains(*to)).collect();
            let before = reached.len();
            reached.extend(more);
            if reached.len() == before {
                return reached;
            }
        }
    }

    fn parts() -> impl Strategy<Value = (Vec<Vec<Node>>, BTreeSet<Node>, Vec<Node>)> {
        (1..8_u32).prop_flat_map(|size| {
            let row = proptest::collection::vec(0..size, 0..4);
            (
                proptest::collection::vec(row, size as usize),
                proptest::collection::btree_set(0..size, 0..=size as usize),
                proptest::collection::vec(0..size, 0..3),
            )
        })
    }

    proptest! {
        #[test]
        fn components_are_those_states_that_reach_each_other((rows, within, roots) in parts()) {
            let within = Bits::of(rows.len(), within);
            let mut found = BTreeSet::new();
            components(&graph(&rows), &within, roots.iter().copied(), |component| {
                let states: BTreeSet<_> = component.states.iter().copied().collect();
                for state in (0..).take(rows.len()) {
                    assert_eq!(component.contains(state), states.contains(&state));
                }
                assert!(found.insert(states), "told once");
            });
            let roots = roots.into_iter().filter(|root| within.contains(*root));
            let all: BTreeSet<_> = roots.flat_map(|root| reached(&rows, &within, root)).collect();
            let expected: BTreeSet<BTreeSet<_>> = all
                .iter()
                .map(|state| {
                    let others = reached(&rows, &within, *state).into_iter();
                    others.filter(|other| reached(&rows, &within, *other).contains(state)).collect()
                })
                .collect();
            prop_assert_eq!(found, expected);
        }
    }

    #[test]
    fn a_cycle_of_a_million_states_is_one_component() {
        let size = 1_000_000;
        let rows: Vec<_> = (0..size).map(|state| vec![(state + 1) % size]).collect();
        let mut sizes = Vec::new();
        let within = Bits::all(rows.len());
        components(&graph(&rows), &within, 0..1, |component| {
            sizes.push(component.states.len());
        });
        assert_eq!(sizes, [rows.len()]);
    }
}
