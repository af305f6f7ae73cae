//! Detects deadlocks: states without a step in which the protocol may not end.

use super::bits::Bits;
use super::transitions::{Node, Transitions};

/// The first state that has no step and is not one of the final states.
///
/// States are numbered breadth first, so no other deadlock is nearer to an initial state. As in
/// TLC, a self-loop is a step: a state whose only step leads to itself is not a deadlock. So the
/// graph must contain the self-loops of the model.
///
/// # Panics
///
/// If the size of `final_states` is not the number of states in the graph.
#[must_use]
pub fn deadlock(graph: &Transitions, final_states: &Bits) -> Option<Node> {
    assert_eq!(final_states.size(), graph.states(), "states of the graph");
    let states = (0..graph.states()).zip(0..).map(|(_, state)| state);
    let mut stuck = states.filter(|state| graph.of(*state).len() == 0);
    stuck.find(|state| !final_states.contains(*state))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Step;

    /// `0 -> 1 -> 1, 0 -> 2, 0 -> 3 -> 4`
    fn graph() -> Transitions {
        let rows: [&[Node]; 5] = [&[1, 2, 3], &[1], &[], &[4], &[]];
        let mut graph = Transitions::default();
        for row in rows {
            graph.push(row.iter().map(|to| Step { label: 0, to: *to }));
        }
        graph
    }

    #[test]
    fn the_first_state_without_a_step_is_found_and_a_self_loop_is_a_step() {
        assert_eq!(deadlock(&graph(), &Bits::none(5)), Some(2));
    }

    #[test]
    fn a_protocol_may_end_where_it_is_meant_to() {
        assert_eq!(deadlock(&graph(), &Bits::of(5, [2])), Some(4));
        assert_eq!(deadlock(&graph(), &Bits::of(5, [2, 4])), None);
        assert_eq!(deadlock(&Transitions::default(), &Bits::none(0)), None);
    }
}
