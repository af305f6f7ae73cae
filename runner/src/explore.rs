//! Enumerates a Rust model completely, in a fixed breadth-first order.
//!
//! Stateright 0.31 does not return shortest counterexamples, so they come from here, the same
//! every time. Every raw state is kept; the graph is that of their views.

use std::collections::hash_map::Entry;
use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;
use std::time::Instant;

use stateright::{Expectation, Model, Property};
use tandem_models::kit::replay::Breach;
use tandem_models::kit::step::Step;
use tandem_models::kit::system::{State, System};
use tandem_models::value::StateView;

use crate::engine::Run;
use crate::graph::Graph;
use crate::limits::CutOff;

/// What an enumeration found.
pub struct Exploration {
    /// All raw states, in breadth-first order.
    pub raw: Vec<State>,
    /// How each raw state was first reached.
    parents: Vec<Option<(u32, Step)>>,
    /// The graph of the views.
    pub graph: Graph,
    /// The view of each raw state.
    pub view_of: Vec<u32>,
    /// Per property, in the model's order: the first raw state that decides it.
    pub decided: Vec<Option<u32>>,
    /// Two raw states with the same view whose steps differ: the view forgets something.
    pub clash: Option<(u32, u32)>,
    /// Why the enumeration is not complete, if it is not.
    pub cut_off: Option<CutOff>,
    /// A handler that broke the rules of replay, and where.
    pub breach: Option<(u32, Breach)>,
}

/// A path through a model: its first state, then step and state by turns.
#[derive(Debug, Clone)]
pub struct Path {
    /// The initial state.
    pub start: State,
    /// The steps, each with the state after it.
    pub steps: Vec<(Step, State)>,
}

impl Exploration {
    /// The shortest path to a raw state.
    pub fn path(&self, to: u32) -> Path {
        let mut steps = Vec::new();
        let mut at = to;
        while let Some((parent, step)) = &self.parents[at as usize] {
            steps.push((step.clone(), self.raw[at as usize].clone()));
            at = *parent;
        }
        steps.reverse();
        Path {
            start: self.raw[at as usize].clone(),
            steps,
        }
    }
}

/// Enumerates the model.
pub fn explore(system: &System, run: &Run<'_>) -> Exploration {
    Search::new(system, *run).run()
}

struct Search<'a> {
    system: &'a System,
    bounds: Run<'a>,
    properties: Vec<Property<System>>,
    ids: HashMap<State, u32>,
    views: HashMap<StateView, u32>,
    /// The steps of each raw state, as action and raw state.
    steps: Vec<Vec<(&'static str, u32)>>,
    found: Exploration,
}

impl<'a> Search<'a> {
    fn new(system: &'a System, bounds: Run<'a>) -> Self {
        let properties = system.properties();
        let found = Exploration {
            raw: Vec::new(),
            parents: Vec::new(),
            graph: Graph::default(),
            view_of: Vec::new(),
            decided: vec![None; properties.len()],
            clash: None,
            cut_off: None,
            breach: None,
        };
        Search {
            system,
            bounds,
            properties,
            ids: HashMap::new(),
            views: HashMap::new(),
            steps: Vec::new(),
            found,
        }
    }

    fn run(mut self) -> Exploration {
        let started = Instant::now();
        for state in self.system.init_states() {
            let id = self.meet(state, None);
            let view = self.found.view_of[id as usize] as usize;
            self.found.graph.initial.insert(view);
        }
        let mut next = 0;
        let mut steps = Vec::new();
        while next < self.found.raw.len() {
            if let Some(cut_off) =
                self.bounds
                    .limits
                    .reached(self.found.raw.len(), started, self.bounds.cancel)
            {
                self.found.cut_off = Some(cut_off);
                break;
            }
            let state = self.found.raw[next].clone();
            let id = u32::try_from(next).unwrap_or(u32::MAX);
            self.system.actions(&state, &mut steps);
            for step in steps.drain(..) {
                if let Some(after) = self.system.next_state(&state, step.clone()) {
                    let action = step.action;
                    let to = self.meet(after, Some((id, step)));
                    self.steps[next].push((action, to));
                }
            }
            next += 1;
        }
        self.finish()
    }

    /// The number of a state, new or known. A new one is looked at once.
    fn meet(&mut self, state: State, from: Option<(u32, Step)>) -> u32 {
        let next = u32::try_from(self.found.raw.len()).unwrap_or(u32::MAX);
        match self.ids.entry(state) {
            Entry::Occupied(known) => return *known.get(),
            Entry::Vacant(new) => {
                self.found.raw.push(new.key().clone());
                new.insert(next);
            }
        }
        self.found.parents.push(from);
        self.steps.push(Vec::new());
        let state = &self.found.raw[next as usize];
        for (property, decided) in self.properties.iter().zip(&mut self.found.decided) {
            let wanted = property.expectation == Expectation::Sometimes;
            if decided.is_none() && (property.condition)(self.system, state) == wanted {
                *decided = Some(next);
            }
        }
        if self.found.breach.is_none() {
            self.found.breach = self
                .system
                .breach(state)
                .map(|breach| (next, breach.clone()));
        }
        let view = self.system.view(state);
        let count = u32::try_from(self.views.len()).unwrap_or(u32::MAX);
        self.found
            .view_of
            .push(*self.views.entry(view).or_insert(count));
        next
    }

    /// Folds the raw graph into that of the views.
    fn finish(mut self) -> Exploration {
        let found = &mut self.found;
        let mut first = vec![None; self.views.len()];
        found.graph.steps = vec![BTreeSet::new(); self.views.len()];
        let mut names: HashMap<&'static str, Arc<str>> = HashMap::new();
        for (raw, steps) in self.steps.iter().enumerate() {
            let view = found.view_of[raw];
            let through_view: BTreeSet<_> = steps
                .iter()
                .map(|(action, to)| (*action, found.view_of[*to as usize]))
                .filter(|(_, to)| *to != view)
                .collect();
            match &first[view as usize] {
                None => {
                    found.graph.steps[view as usize] = through_view
                        .iter()
                        .map(|(action, to)| {
                            let name = names.entry(action).or_insert_with(|| Arc::from(*action));
                            (Arc::clone(name), *to as usize)
                        })
                        .collect();
                    first[view as usize] = Some((raw, through_view));
                }
                Some((other, steps)) if found.cut_off.is_none() && *steps != through_view => {
                    let pair = |raw| u32::try_from(raw).unwrap_or(u32::MAX);
                    found.clash.get_or_insert((pair(*other), pair(raw)));
                }
                Some(_) => {}
            }
        }
        let mut states: Vec<_> = self
            .views
            .into_iter()
            .map(|(view, id)| (id, view))
            .collect();
        states.sort_unstable_by_key(|(id, _)| *id);
        found.graph.states = states.into_iter().map(|(_, view)| view).collect();
        self.found
    }
}
