//! The graph of views, which is the graph that TLC sees.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use tandem_models::value::StateView;

use super::Exploration;
use tandem_search::statistics::Statistics;
use tandem_search::{Node, Step, Transitions};
use tandem_tla::graph::Graph;

/// The distinct views of an enumeration and the steps between them, as numbers. A view itself takes
/// kilobytes, so it is made on demand.
pub struct Views<'e> {
    found: &'e Exploration,
    /// The steps. The label of a step is the first label whose action has the same name.
    pub transitions: Transitions,
    /// The initial states.
    pub initial: BTreeSet<Node>,
}

impl Exploration {
    /// The graph of views, as numbers.
    pub fn views(&self) -> Views<'_> {
        let mut transitions = Transitions::default();
        for raw in &self.first_of_view {
            let steps = self.through_view(*raw).into_iter();
            transitions.push(steps.map(|(label, to)| Step { label, to }));
        }
        let initial = (0..self.found.initial).map(|raw| self.view_of[raw as usize]);
        Views {
            found: self,
            transitions,
            initial: initial.collect(),
        }
    }

    /// The graph of views, with the values of the variables.
    pub fn graph(&self) -> Graph {
        let views = self.views();
        let names = self.actions().iter().map(|action| Arc::from(&*action.name));
        let names: Vec<Arc<str>> = names.collect();
        let step = |step: Step| {
            (
                Arc::clone(&names[usize::from(step.label)]),
                step.to as usize,
            )
        };
        Graph {
            states: views.states().map(|state| views.view(state)).collect(),
            initial: views.initial.iter().map(|state| *state as usize).collect(),
            steps: views
                .states()
                .map(|state| views.transitions.of(state).map(step).collect())
                .collect(),
        }
    }
}

impl Views<'_> {
    /// The numbers of the views.
    pub fn states(&self) -> impl Iterator<Item = Node> + use<> {
        0..Node::try_from(self.transitions.states()).unwrap_or(Node::MAX)
    }

    /// A sentence about the symmetry reduction; `None` if it was not requested.
    pub fn symmetry(&self) -> Option<String> {
        self.found.symmetry()
    }

    /// The number of raw states.
    pub fn raw_states(&self) -> usize {
        self.found.size().raw_states
    }

    /// The variables of a view.
    pub fn view(&self, state: Node) -> StateView {
        self.found.system().view(&self.found.state(self.raw(state)))
    }

    /// The steps: the state before, the name of the action, the state after.
    pub fn steps(&self) -> impl Iterator<Item = (Node, &str, Node)> {
        let name = |step: Step| &*self.found.actions()[usize::from(step.label)].name;
        let steps = self.transitions.iter();
        steps.map(move |(from, step)| (from, name(step), step.to))
    }

    /// For each action, the number of its steps, in the order of the module.
    pub fn fired(&self) -> BTreeMap<&str, usize> {
        self.found.fired()
    }

    /// Statistics about the graph.
    pub fn shape(&self) -> Statistics {
        let initial = self.initial.iter().copied();
        Statistics::new(&self.transitions, initial, self.found.actions().len())
    }

    /// The truth of every property's predicate in a state.
    pub fn truths(&self, state: Node) -> BTreeMap<&'static str, bool> {
        let (system, state) = (self.found.system(), self.found.state(self.raw(state)));
        let asked = system.asked().into_iter();
        let asked = asked.map(|(property, _)| (property.name, property.condition));
        let liveness = system.liveness().into_iter();
        let liveness = liveness.map(|guarantee| (guarantee.name, guarantee.holds));
        asked
            .chain(liveness)
            .map(|(name, holds)| (name, holds(system, &state)))
            .collect()
    }

    fn raw(&self, state: Node) -> Node {
        self.found.first_of_view[state as usize]
    }
}
