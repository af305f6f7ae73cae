//! A graph that is drawn by hand or at random, as a model.

use std::ops::Range;

use proptest::prelude::*;
use stateright::{Model, Property};

/// The successors of each state, and one state that is not to be reached.
#[derive(Debug, Clone)]
pub(crate) struct Graph {
    pub(crate) initial: Vec<usize>,
    pub(crate) steps: Vec<Vec<usize>>,
    pub(crate) bad: usize,
}

impl Model for Graph {
    type State = usize;
    type Action = usize;

    fn init_states(&self) -> Vec<usize> {
        self.initial.clone()
    }

    fn actions(&self, state: &usize, actions: &mut Vec<usize>) {
        actions.extend(0..self.steps[*state].len());
    }

    fn next_state(&self, state: &usize, action: usize) -> Option<usize> {
        Some(self.steps[*state][action])
    }

    fn properties(&self) -> Vec<Property<Self>> {
        vec![
            Property::always("not bad", |graph: &Graph, state| *state != graph.bad),
            Property::sometimes("bad", |graph: &Graph, state| *state == graph.bad),
        ]
    }
}

/// So many states at random, with so many steps from each.
pub(crate) fn graphs(states: Range<usize>, degrees: Range<usize>) -> impl Strategy<Value = Graph> {
    states.prop_flat_map(move |states| {
        let row = prop::collection::vec(0..states, degrees.clone());
        let steps = prop::collection::vec(row, states);
        (prop::collection::vec(0..states, 1..4), steps, 0..states).prop_map(
            |(initial, steps, bad)| Graph {
                initial,
                steps,
                bad,
            },
        )
    })
}
