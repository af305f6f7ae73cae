//! The transitions of a state graph, stored compactly: one row of steps for each state.

use std::ops::Range;

use crate::limits::CutOff;

/// The number of a state, in breadth-first order from 0.
pub type Node = u32;

/// The number of an action: its index in the graph's list of [`Action`]s.
pub type Label = u16;

/// An action. Fairness is declared for each action name and slot.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Action {
    /// Its name, the same in TLA+.
    pub name: String,
    /// Which of several slots takes it, from 1, if that matters.
    pub slot: Option<u16>,
}

/// One step from a state.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Step {
    /// The number of its action.
    pub label: Label,
    /// The state after.
    pub to: Node,
}

/// The transitions of a graph, in the model's order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Transitions {
    /// Where the steps of each state end. They start where the steps of the previous state end.
    ends: Vec<u32>,
    labels: Vec<Label>,
    targets: Vec<Node>,
    cut_off: Option<CutOff>,
}

impl Transitions {
    /// Why states or steps of the model are missing, if they are.
    pub fn cut_off(&self) -> Option<CutOff> {
        self.cut_off
    }

    pub(super) fn set_cut_off(&mut self, cut_off: Option<CutOff>) {
        self.cut_off = cut_off;
    }

    /// The number of states.
    pub fn states(&self) -> usize {
        self.ends.len()
    }

    /// The number of steps.
    pub fn len(&self) -> usize {
        self.targets.len()
    }

    /// Whether there are no steps.
    pub fn is_empty(&self) -> bool {
        self.targets.is_empty()
    }

    /// The steps of a state.
    pub fn of(&self, state: Node) -> impl DoubleEndedIterator<Item = Step> + ExactSizeIterator {
        let row = self.row(state);
        let labels = self.labels[row.clone()].iter();
        labels.zip(&self.targets[row]).map(|(label, to)| Step {
            label: *label,
            to: *to,
        })
    }

    /// The number of steps of each state.
    pub fn degrees(&self) -> impl Iterator<Item = u32> {
        let starts = std::iter::once(&0).chain(&self.ends);
        self.ends.iter().zip(starts).map(|(end, start)| end - start)
    }

    /// The target of the step at a position in a row.
    pub(super) fn target(&self, place: usize) -> Node {
        self.targets[place]
    }

    /// All steps: the state before, and the step.
    pub fn iter(&self) -> impl Iterator<Item = (Node, Step)> {
        (0..self.count()).flat_map(|from| self.of(from).map(move |step| (from, step)))
    }

    /// Adds the next state with its steps.
    pub fn push(&mut self, steps: impl IntoIterator<Item = Step>) {
        for step in steps {
            self.labels.push(step.label);
            self.targets.push(step.to);
        }
        self.close();
    }

    /// The reversed graph: for each state the steps that lead to it, with the predecessor as `to`.
    #[must_use]
    pub fn reversed(&self) -> Transitions {
        let mut ends = vec![0_u32; self.states() + 1];
        for to in &self.targets {
            ends[*to as usize + 1] += 1;
        }
        for state in 1..ends.len() {
            ends[state] += ends[state - 1];
        }
        let mut next = ends.clone();
        let (mut labels, mut targets) = (vec![0; self.len()], vec![0; self.len()]);
        for (from, step) in self.iter() {
            let place = &mut next[step.to as usize];
            labels[*place as usize] = step.label;
            targets[*place as usize] = from;
            *place += 1;
        }
        ends.remove(0);
        Transitions {
            ends,
            labels,
            targets,
            cut_off: self.cut_off,
        }
    }

    /// The number of complete paths: from one of the first `initial` states to a state without a step. At most
    /// [`u128::MAX`]. `None` if a cycle can be reached, because the number is then infinite. Every state must
    /// be reachable from the initial ones, as after a search.
    pub fn complete_paths(&self, initial: Node) -> Option<u128> {
        let mut before = vec![0_u32; self.states()];
        for to in &self.targets {
            before[*to as usize] += 1;
        }
        let mut paths = vec![0_u128; self.states()];
        paths[..initial as usize].fill(1);
        let states = 0..self.count();
        let mut ready: Vec<Node> = states.filter(|at| before[*at as usize] == 0).collect();
        let (mut complete, mut passed) = (0_u128, 0);
        while let Some(at) = ready.pop() {
            passed += 1;
            let here = paths[at as usize];
            let steps = self.of(at);
            if steps.len() == 0 {
                complete = complete.saturating_add(here);
            }
            for step in steps {
                let to = step.to as usize;
                paths[to] = paths[to].saturating_add(here);
                before[to] -= 1;
                if before[to] == 0 {
                    ready.push(step.to);
                }
            }
        }
        (passed == self.states()).then_some(complete)
    }

    /// Adds states with the given numbers of steps. A step to [`Node::MAX`] is left out. Returns false, and
    /// adds nothing, if the number of steps would not fit into 32 bits.
    pub(super) fn extend(&mut self, degrees: &[u32], steps: &[Step]) -> bool {
        if u32::try_from(self.len() + steps.len()).is_err() {
            return false;
        }
        let mut rest = steps;
        for degree in degrees {
            let (row, later) = rest.split_at(*degree as usize);
            self.push(row.iter().copied().filter(|step| step.to != Node::MAX));
            rest = later;
        }
        true
    }

    pub(super) fn labels_mut(&mut self) -> &mut [Label] {
        &mut self.labels
    }

    /// Frees memory that was reserved for more steps.
    pub(super) fn shrink(&mut self) {
        self.ends.shrink_to_fit();
        self.labels.shrink_to_fit();
        self.targets.shrink_to_fit();
    }

    /// The memory in bytes.
    pub fn bytes(&self) -> usize {
        self.ends.capacity() * size_of::<u32>()
            + self.labels.capacity() * size_of::<Label>()
            + self.targets.capacity() * size_of::<Node>()
    }

    /// The positions of the steps of a state, for code that processes them in parts.
    pub(super) fn row(&self, state: Node) -> Range<usize> {
        let state = state as usize;
        let start = state.checked_sub(1).map_or(0, |before| self.ends[before]);
        start as usize..self.ends[state] as usize
    }

    fn count(&self) -> Node {
        Node::try_from(self.ends.len()).unwrap_or(Node::MAX)
    }

    fn close(&mut self) {
        let end = u32::try_from(self.targets.len()).unwrap_or(u32::MAX);
        self.ends.push(end);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A graph in which each state has steps to these states.
    fn graph(rows: &[&[Node]]) -> Transitions {
        let mut graph = Transitions::default();
        for row in rows {
            graph.push(row.iter().map(|to| Step { label: 0, to: *to }));
        }
        graph
    }

    #[test]
    fn complete_paths_are_counted_from_every_initial_state() {
        // From 0 a path goes through 2 or 3 to 4, from 1 only through 3; from 4 two steps lead to an end.
        let diamonds: &[&[Node]] = &[&[2, 3], &[3], &[4], &[4], &[5, 6], &[], &[]];
        assert_eq!(graph(diamonds).complete_paths(1), Some(4));
        assert_eq!(graph(diamonds).complete_paths(2), Some(6));
        assert_eq!(graph(&[&[]]).complete_paths(1), Some(1));
    }

    #[test]
    fn two_steps_to_the_same_state_are_two_paths() {
        assert_eq!(graph(&[&[1, 1, 1], &[]]).complete_paths(1), Some(3));
    }

    #[test]
    fn a_cycle_has_no_end_of_paths() {
        assert_eq!(graph(&[&[1, 2], &[0], &[]]).complete_paths(1), None);
        assert_eq!(graph(&[&[0]]).complete_paths(1), None);
    }

    #[test]
    fn more_paths_than_can_be_numbered_are_the_most_that_can() {
        let rows: Vec<Vec<Node>> = (1..=200).map(|to| vec![to, to]).collect();
        let mut rows: Vec<&[Node]> = rows.iter().map(Vec::as_slice).collect();
        rows.push(&[]);
        assert_eq!(graph(&rows).complete_paths(1), Some(u128::MAX));
    }

    #[test]
    fn reversed_twice_is_the_same_up_to_order() {
        let mut graph = Transitions::default();
        let step = |label, to| Step { label, to };
        graph.push([step(0, 1), step(1, 2)]);
        graph.push([step(2, 2), step(3, 0)]);
        graph.push([]);
        let back = graph.reversed();
        assert_eq!(back.of(2).collect::<Vec<_>>(), [step(1, 0), step(2, 1)]);
        assert_eq!(back.of(0).collect::<Vec<_>>(), [step(3, 1)]);
        let sorted = |graph: &Transitions| {
            let mut steps: Vec<_> = graph.iter().collect();
            steps.sort_unstable();
            steps
        };
        assert_eq!(sorted(&back.reversed()), sorted(&graph));
    }
}
