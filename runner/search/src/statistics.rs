//! Statistics about the shape of a graph.

use super::transitions::{Node, Transitions};

/// Statistics about the shape of a graph.
#[derive(Debug, Clone, PartialEq)]
pub struct Statistics {
    /// States.
    pub states: usize,
    /// Steps.
    pub transitions: usize,
    /// The number of states at each depth: 0, 1, 2, … steps on a shortest path.
    pub by_depth: Vec<usize>,
    /// The number of steps from a state.
    pub out_degree: Degrees,
    /// The number of steps to a state.
    pub in_degree: Degrees,
    /// States without a step.
    pub ends: usize,
    /// The number of steps with each label.
    pub by_label: Vec<usize>,
}

/// The number of steps at a state.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Degrees {
    /// The minimum.
    pub min: u32,
    /// The average.
    pub mean: f64,
    /// The maximum.
    pub max: u32,
}

impl Statistics {
    /// Computes the statistics of the graph that is reached from the initial states. Takes 9 bytes
    /// for each state.
    pub fn new(
        graph: &Transitions,
        initial: impl IntoIterator<Item = Node>,
        labels: usize,
    ) -> Self {
        let mut incoming = vec![0_u32; graph.states()];
        let mut by_label = vec![0; labels];
        for (_, step) in graph.iter() {
            incoming[step.to as usize] += 1;
            by_label[usize::from(step.label)] += 1;
        }
        let outgoing: Vec<u32> = graph.degrees().collect();
        Statistics {
            states: graph.states(),
            transitions: graph.len(),
            by_depth: levels(graph, initial),
            out_degree: Degrees::of(&outgoing),
            in_degree: Degrees::of(&incoming),
            ends: outgoing.iter().filter(|steps| **steps == 0).count(),
            by_label,
        }
    }

    /// The number of levels: states on the longest of all shortest paths.
    pub fn depth(&self) -> usize {
        self.by_depth.len()
    }
}

impl Degrees {
    #[allow(clippy::cast_precision_loss, reason = "a mean, for people")]
    fn of(degrees: &[u32]) -> Self {
        let sum: u64 = degrees.iter().copied().map(u64::from).sum();
        Degrees {
            min: degrees.iter().copied().min().unwrap_or(0),
            mean: sum as f64 / degrees.len().max(1) as f64,
            max: degrees.iter().copied().max().unwrap_or(0),
        }
    }
}

/// The number of states at each depth: 0, 1, 2, … steps on a shortest path.
fn levels(graph: &Transitions, initial: impl IntoIterator<Item = Node>) -> Vec<usize> {
    let mut seen = vec![false; graph.states()];
    let mut new = |state: &Node| !std::mem::replace(&mut seen[*state as usize], true);
    let mut level: Vec<Node> = initial.into_iter().filter(&mut new).collect();
    let mut sizes = Vec::new();
    while !level.is_empty() {
        sizes.push(level.len());
        let after = level.iter().flat_map(|state| graph.of(*state));
        level = after.map(|step| step.to).filter(&mut new).collect();
    }
    sizes
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Step;

    #[test]
    fn a_diamond_with_a_tail_has_the_shape_it_is_drawn_with() {
        // 0 ─a→ 1 ─b→ 3 ─a→ 4
        //  └─a→ 2 ─b→ ┘
        let mut graph = Transitions::default();
        let step = |label, to| Step { label, to };
        graph.push([step(0, 1), step(0, 2)]);
        graph.push([step(1, 3)]);
        graph.push([step(1, 3)]);
        graph.push([step(0, 4)]);
        graph.push([]);
        let shape = Statistics::new(&graph, [0], 3);
        assert_eq!(shape.by_depth, [1, 2, 1, 1]);
        assert_eq!((shape.states, shape.transitions, shape.ends), (5, 5, 1));
        assert_eq!(shape.by_label, [3, 2, 0]);
        let degrees = |min, max| Degrees {
            min,
            mean: 1.0,
            max,
        };
        assert_eq!(shape.out_degree, degrees(0, 2));
        assert_eq!(shape.in_degree, degrees(0, 2));
    }

    #[test]
    fn a_state_out_of_reach_is_on_no_level() {
        let mut graph = Transitions::default();
        graph.push([]);
        graph.push([Step { label: 0, to: 0 }]);
        assert_eq!(Statistics::new(&graph, [0], 1).by_depth, [1]);
    }
}
