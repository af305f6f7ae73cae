//! Enumerates the state graph of a spec breadth first, and evaluates predicates in every state.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;
use std::time::Instant;

use indexmap::IndexSet;
use tandem_models::value::StateView;
use tandem_tla_rs::{Evaluator, Predicate, SpecError, SpecState};

use tandem_search::limits::{CutOff, Progress, Run, resident};
use tandem_tla::graph::Graph;

/// How many states are expanded between two measurements of memory, each of which costs a system
/// call.
const BETWEEN_LOOKS: usize = 256;

/// The result of enumerating a spec.
pub(crate) struct Enumerated {
    /// The graph. The steps of states that were not expanded are missing.
    pub(crate) graph: Graph,
    /// For each state, the state and action by which it was first reached.
    pub(crate) reached_from: Vec<Option<(usize, Arc<str>)>>,
    /// For each state, the truth of each requested predicate, in their order.
    pub(crate) truths: Vec<Vec<bool>>,
    /// The number of states on the longest of all shortest paths. An initial state counts as 1.
    pub(crate) depth: usize,
    /// Why the graph is incomplete, if it is.
    pub(crate) cut_off: Option<CutOff>,
}

impl Enumerated {
    /// The shortest path to a state: the initial state, and the steps.
    pub(crate) fn path(&self, to: usize) -> (StateView, Vec<(String, StateView)>) {
        let mut steps = Vec::new();
        let mut at = to;
        while let Some((before, action)) = &self.reached_from[at] {
            steps.push((action.to_string(), self.graph.states[at].clone()));
            at = *before;
        }
        steps.reverse();
        (self.graph.states[at].clone(), steps)
    }
}

/// A search in progress.
struct Search<'a> {
    evaluator: &'a mut Evaluator,
    asked: Vec<Predicate>,
    /// The states in the evaluator's form.
    states: IndexSet<SpecState>,
    /// For each state, the node of the graph that has the same view.
    node: Vec<usize>,
    nodes: HashMap<StateView, usize>,
    found: Enumerated,
}

/// Enumerates a spec, and evaluates the predicates in `asked` in every state: operators by name, or
/// expressions.
///
/// # Errors
///
/// If the spec cannot be evaluated in some state.
pub(crate) fn enumerate(
    evaluator: &mut Evaluator,
    asked: &[String],
    run: &Run<'_>,
) -> Result<Enumerated, SpecError> {
    let asked = asked.iter().map(|text| evaluator.predicate(text));
    let asked = asked.collect::<Result<_, _>>()?;
    let found = Enumerated {
        graph: Graph::default(),
        reached_from: Vec::new(),
        truths: Vec::new(),
        depth: 0,
        cut_off: None,
    };
    let mut search = Search {
        evaluator,
        asked,
        states: IndexSet::new(),
        node: Vec::new(),
        nodes: HashMap::new(),
        found,
    };
    search.all(run)?;
    Ok(search.found)
}

impl Search<'_> {
    fn all(&mut self, run: &Run<'_>) -> Result<(), SpecError> {
        let started = Instant::now();
        let (mut told, mut steps) = (started, 0);
        for state in self.evaluator.initial()? {
            let at = self.meet(state, None)?;
            let node = self.node[at];
            self.found.graph.initial.insert(node);
        }
        let mut level_ends = 0;
        for at in 0.. {
            if at == self.states.len() {
                break;
            }
            if at == level_ends {
                if run.limits.max_depth == Some(self.found.depth) {
                    self.found.cut_off = run.limits.max_depth.map(CutOff::Depth);
                    break;
                }
                level_ends = self.states.len();
                self.found.depth += 1;
            }
            self.found.cut_off = self.over(run, started, at);
            if self.found.cut_off.is_some() {
                break;
            }
            steps += self.expand(at)?;
            let queue = self.states.len() - at;
            run.tell(&mut told, || Progress {
                states: self.states.len(),
                steps,
                depth: self.found.depth,
                walks: None,
                queue,
                memory: resident(),
                elapsed: started.elapsed(),
                estimate: None,
            });
        }
        Ok(())
    }

    /// The limit that is reached before state `at` is expanded, if one is.
    fn over(&self, run: &Run<'_>, started: Instant, at: usize) -> Option<CutOff> {
        let max_states = run.limits.max_states;
        let too_many = max_states.filter(|max| self.states.len() > *max);
        too_many
            .map(CutOff::States)
            .or_else(|| match at % BETWEEN_LOOKS {
                0 => run.limits.reached(started, run.cancel, 0),
                _ => run.limits.over(started, run.cancel),
            })
    }

    /// Takes the steps of a state. Returns their number.
    fn expand(&mut self, at: usize) -> Result<u64, SpecError> {
        let from = self.node[at];
        let state = self.states[at].clone();
        let steps = self.evaluator.steps(&state)?;
        let count = steps.len() as u64;
        for (action, after) in steps {
            let to = self.meet(after, Some((from, &action)))?;
            let to = self.node[to];
            if to != from {
                self.found.graph.steps[from].insert((action, to));
            }
        }
        Ok(count)
    }

    /// The number of a state, which may be new.
    fn meet(
        &mut self,
        state: SpecState,
        from: Option<(usize, &Arc<str>)>,
    ) -> Result<usize, SpecError> {
        if let Some(known) = self.states.get_index_of(&state) {
            return Ok(known);
        }
        let view = self.evaluator.view(&state)?;
        let next = self.found.graph.states.len();
        let node = *self.nodes.entry(view.clone()).or_insert(next);
        if node == next {
            let mut truths = Vec::with_capacity(self.asked.len());
            for predicate in &self.asked {
                truths.push(self.evaluator.holds(predicate, &state)?);
            }
            self.found.truths.push(truths);
            self.found.graph.states.push(view);
            self.found.graph.steps.push(BTreeSet::new());
            let from = from.map(|(state, action)| (state, Arc::clone(action)));
            self.found.reached_from.push(from);
        }
        self.node.push(node);
        Ok(self.states.insert_full(state).0)
    }
}
