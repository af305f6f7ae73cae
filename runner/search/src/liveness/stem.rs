//! The shortest way into the part of a behaviour that it repeats for ever.

use super::formula::Tail;
use super::{Bits, Node, Step, Transitions};

/// The shortest path from an initial state to a goal such that its end can be the beginning of the
/// tail: from a state on in which the tail may begin, it stays within the tail's states. Returns its
/// first state and its steps. Of several goals equally near it takes a preferred one, if there is.
///
/// Two breadth-first searches run side by side, level by level: one of all states, and one of the
/// states that are part of the tail, which another state joins where the first search meets it and
/// the tail may begin. Memory: 8 bytes for each state of the graph, and a few for each of a level.
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
        // Of equals this takes the first.
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
    /// From which state each was met: itself, where a path begins.
    from: Vec<Node>,
    level: Vec<Node>,
}

/// Stands for the state before in a state that has not been met.
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

    /// The path to a state: where it begins, and its steps.
    fn path(&self, end: Node) -> (Node, Vec<Step>) {
        let (mut state, mut steps) = (end, Vec::new());
        loop {
            let from = self.from[state as usize];
            if from == state {
                steps.reverse();
                return (state, steps);
            }
            // The first of several actions between the two states.
            steps.extend(self.graph.of(from).find(|step| step.to == state));
            state = from;
        }
    }
}
