//! Stateright 0.31's `eventually` on the drawn graphs. It passes falsely where a behaviour runs in a
//! cycle, or meets another that has been where it has not: the reason for an engine of our own.

use stateright::{Checker, Model, Property};
use tandem_runner::search::Node;
use tandem_runner::search::liveness::Formula;

use super::case::Case;

/// The graph of a case as a model.
struct Drawn(Case);

impl Model for Drawn {
    type State = Node;
    type Action = (Node, u16, Node);

    fn init_states(&self) -> Vec<Node> {
        self.0.initial.clone()
    }

    fn actions(&self, state: &Node, actions: &mut Vec<Self::Action>) {
        actions.extend(self.0.edges.iter().filter(|edge| edge.0 == *state));
    }

    fn next_state(&self, _: &Node, (_, _, to): Self::Action) -> Option<Node> {
        Some(to)
    }

    fn properties(&self) -> Vec<Property<Self>> {
        let reached = |model: &Drawn, state: &Node| match &model.0.formula {
            Formula::Eventually(p) => p.contains(state),
            other => panic!("Stateright has no {other:?}"),
        };
        vec![Property::eventually("reached", reached)]
    }
}

/// Whether Stateright finds that it does not happen in the end: breadth first, and depth first.
pub(crate) fn discovers(case: &Case) -> [bool; 2] {
    let breadth = Drawn(case.clone()).checker().spawn_bfs().join();
    let depth = Drawn(case.clone()).checker().spawn_dfs().join();
    [
        breadth.discovery("reached").is_some(),
        depth.discovery("reached").is_some(),
    ]
}
