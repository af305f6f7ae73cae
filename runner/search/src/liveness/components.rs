//! The strongly connected components of a part of a graph.

use super::{Bits, Node, Transitions};

/// A largest set of states each of which can be reached from each: perhaps a single state.
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

/// Finds the components of the states `within` that can be reached from `roots` without leaving
/// them; each is told once, after those that can be reached from it. Roots elsewhere are ignored.
///
/// This is Tarjan's algorithm without recursion, in the form of David J. Pearce, *A space-efficient
/// algorithm for finding strongly connected components* (Information Processing Letters, 2016): one
/// number a state serves as its index, its low-link and at last its component. Memory: 4 bytes for
/// every state of the graph, 8 for each on the path of the search, 4 for each that waits for its
/// component; a state does not do both. At most 13 bytes a state in all, and what the two stacks
/// keep in reserve.
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

/// The rank of a state that has not been met.
const NEW: u32 = 0;

struct Search<'a, F> {
    graph: &'a Transitions,
    within: &'a Bits,
    /// For a state on the path or waiting: its index, from 1, or the least index that it is known to
    /// reach. For one whose component is known: the number of that, counted down from the top, so
    /// that it is greater than every index.
    ranks: Vec<u32>,
    /// The states that reach one met before them: not the first of their component.
    lowered: Bits,
    /// The path from the root to where the search is, each with the place of its next step.
    path: Vec<(Node, u32)>,
    /// States that have been left, of components whose first state is still on the path.
    waiting: Vec<Node>,
    /// How many states are on the path or waiting.
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

    /// Goes on to a state, if it is to be searched and has not been.
    fn enter(&mut self, state: Node) -> bool {
        let new = self.ranks[state as usize] == NEW && self.within.contains(state);
        if new {
            self.open += 1;
            self.ranks[state as usize] = self.open;
            let first = self.graph.row(state).start;
            // Rows start below 2^32, which is what the graph itself counts in.
            self.path
                .push((state, u32::try_from(first).unwrap_or(u32::MAX)));
        }
        new
    }

    /// A state reaches all that a state after it reaches.
    fn lower(&mut self, state: Node, after: Node) {
        let least = self.ranks[after as usize];
        if least < self.ranks[state as usize] {
            self.ranks[state as usize] = least;
            self.lowered.insert(state);
        }
    }

    /// All steps of a state are done. If it is the first of its component, that is complete: the
    /// state, and all those waiting that were met after it.
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

    /// Who is reached from whom without leaving the set, by trying until nothing is new.
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
