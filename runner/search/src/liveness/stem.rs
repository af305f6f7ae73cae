//! Finds the shortest stem: the path into the part of a behaviour that is repeated forever.

use super::formula::Tail;
use super::{Bits, Node, Step, Transitions};

/// The shortest path from an initial state to a goal whose end can be the beginning of the tail:
/// from some state in which the tail may begin, it stays within the tail's states. Returns its first
/// state and its steps. Among several equally near goals it takes a preferred one if there is one.
///
/// Two breadth-first searches run in parallel, level by level: one over all states, and one over the
/// states of the tail. A state enters the second search where the first one reaches it and the tail
/// may begin. Memory: 8 bytes for each state of the graph, and a few for each state of a level.
pub(super) fn shortest_stem(
    graph: &Transitions,
    initial: &[Node],
    tail: &Tail,
    goals: &Bits,
    preferred: impl Fn(Node) -> bool,
) -> Option<(Node, Vec<Step>)> {
    let mut before = Front::new(graph);
    let mut inside = Front::new(graph);
    for state in initial {
        before.meet(*state, *state);
    }
    while !before.level.is_empty() || !inside.level.is_empty() {
        for state in before.level.iter().filter(|s| tail.begins.contains(**s)) {
            inside.meet(*state, *state);
        }
        let reached = inside.level.iter().copied().filter(|s| goals.contains(*s));
        // Among equal ones this takes the first.
        if let Some(goal) = reached.min_by_key(|state| !preferred(*state)) {
            let (begin, mut rest) = inside.path(goal);
            let (start, mut steps) = before.path(begin);
            steps.append(&mut rest);
            return Some((start, steps));
        }
        before.advance(|_| true);
        inside.advance(|state| tail.within.contains(state));
    }
    None
}

/// A breadth-first search, one level at a time.
struct Front<'a> {
    graph: &'a Transitions,
    /// The predecessor of each state; a state where a path begins is its own predecessor.
    from: Vec<Node>,
    level: Vec<Node>,
}

/// The predecessor of a state that has not been reached.
const NOT_MET: Node = Node::MAX;

impl<'a> Front<'a> {
    fn new(graph: &'a Transitions) -> Self {
        Front {
            graph,
            from: vec![NOT_MET; graph.states()],
            level: Vec::new(),
        }
    }

    fn meet(&mut self, state: Node, from: Node) {
        let place = &mut self.from[state as usize];
        if *place == NOT_MET {
            *place = from;
            self.level.push(state);
        }
    }

    fn advance(&mut self, within: impl Fn(Node) -> bool) {
        for from in std::mem::take(&mut self.level) {
            for step in self.graph.of(from).filter(|step| within(step.to)) {
                self.meet(step.to, from);
            }
        }
    }

    /// The path to a state: its first state, and its steps.
    fn path(&self, end: Node) -> (Node, Vec<Step>) {
        let (mut state, mut steps) = (end, Vec::new());
        loop {
            let from = self.from[state as usize];
            if from == state {
                steps.reverse();
                return (state, steps);
            }
            // The first one, if several actions lead from one state to the other.
            steps.extend(self.graph.of(from).find(|step| step.to == state));
            state = from;
        }
    }
}
