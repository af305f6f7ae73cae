//! The result of a search.

use super::fault::{MergedStates, ModelFault};
use super::fingerprint::collision_probability;
use super::restored::Restored;
use super::space::{Space, Watch, watches};
use super::transitions::{Action, Label, Node, Transitions};
use super::visited::VisitedSet;
use crate::limits::CutOff;

/// The reached states of a space, numbered breadth first, and the steps between them.
///
/// For each state it takes the key, 12 to 15 bytes, and one byte for each predicate whose truth is kept
/// for every state; and 6 bytes for each step if the transitions are kept.
pub struct Explored<S: Space> {
    pub(super) space: S,
    pub(super) known: VisitedSet<S::Key>,
    /// The predecessor of each state on its first path. An initial state is its own predecessor.
    pub(super) parents: Vec<Node>,
    /// The label of the step from the predecessor.
    pub(super) labels: Vec<Label>,
    /// The first state of each level.
    pub(super) levels: Vec<Node>,
    pub(super) watches: Vec<Watch>,
    pub(super) expanded: usize,
    /// Recently restored states, for keys from which the state cannot be read.
    restored: Restored<S::Node>,
    /// The number of initial states.
    pub initial: Node,
    /// The steps of each expanded state, if they are kept.
    pub transitions: Transitions,
    /// The actions, by label, in alphabetical order.
    pub actions: Vec<Action>,
    /// For each predicate, the first state that decides it.
    pub decided: Vec<Option<Node>>,
    /// For each predicate whose truth is kept for every state, the truth in each state.
    pub truths: Vec<Vec<bool>>,
    /// Why the search is incomplete, if it is.
    pub cut_off: Option<CutOff>,
    /// The number of steps taken, including those to known states.
    pub generated: u64,
    /// The number of observed fingerprint collisions. Only audited fingerprints can observe them.
    pub collisions: u64,
}

impl<S: Space> Explored<S> {
    pub(super) fn new(space: S) -> Self {
        let watches = watches(&space);
        Explored {
            space,
            known: VisitedSet::new(),
            parents: Vec::new(),
            labels: Vec::new(),
            levels: Vec::new(),
            expanded: 0,
            restored: Restored::new(),
            initial: 0,
            transitions: Transitions::default(),
            actions: Vec::new(),
            decided: vec![None; watches.len()],
            truths: vec![Vec::new(); watches.len()],
            watches,
            cut_off: None,
            generated: 0,
            collisions: 0,
        }
    }

    /// The space.
    pub fn space(&self) -> &S {
        &self.space
    }

    /// The number of states.
    pub fn states(&self) -> Node {
        self.known.len()
    }

    /// The number of expanded states: all, unless the search was cut off.
    pub fn expanded(&self) -> usize {
        self.expanded
    }

    /// The key of a state.
    pub fn key(&self, node: Node) -> S::Key {
        self.known.key(node)
    }

    /// The number of the state with this key, if it was found.
    pub fn find(&self, key: S::Key) -> Option<Node> {
        self.known.find(key)
    }

    /// The first state of each level.
    pub fn levels(&self) -> &[Node] {
        &self.levels
    }

    /// The level of a state. Initial states are on level 1.
    pub fn depth(&self, node: Node) -> usize {
        self.levels.partition_point(|first| *first <= node)
    }

    /// A state. If it cannot be read from its key, as with fingerprints, it is computed from its
    /// predecessor. That takes one expansion if the predecessor was requested recently, which is the
    /// case when all states are requested in order.
    ///
    /// # Errors
    ///
    /// If the steps of the model differ from those during the search.
    pub fn node(&self, node: Node) -> Result<S::Node, ModelFault> {
        match self.space.restore(self.key(node)) {
            Some(restored) => Ok(restored),
            None => self.recompute(node),
        }
    }

    /// The rule that the model has broken, if it has. All other results are then meaningless.
    pub fn fault(&self) -> Option<&ModelFault> {
        self.space.fault()
    }

    /// Two different states that the search merged because the model's `Hash` omits a field, if the
    /// audit of a sample of states noticed it.
    pub fn merged(&self) -> Option<&MergedStates> {
        self.space.merged()
    }

    /// The states on the shortest path to a state, including that state, each with the label of the step
    /// that leads to it. The label of the initial state has no meaning.
    pub fn way(&self, to: Node) -> Vec<(Label, Node)> {
        let mut way = Vec::new();
        let mut at = to;
        loop {
            way.push((self.labels[at as usize], at));
            let from = self.parents[at as usize];
            if from == at {
                break;
            }
            at = from;
        }
        way.reverse();
        way
    }

    /// Computes a state from the nearest ancestor that is stored.
    fn recompute(&self, to: Node) -> Result<S::Node, ModelFault> {
        let mut restored = self.restored.lock(&self.levels);
        let (mut missing, mut at) = (Vec::new(), to);
        let mut node = loop {
            if let Some(node) = restored.get(at) {
                break node;
            }
            let from = self.parents[at as usize];
            if from == at {
                let first = self.initial_node(at)?;
                restored.put(at, first.clone());
                break first;
            }
            missing.push(at);
            at = from;
        };
        for number in missing.into_iter().rev() {
            node = self.successor(&node, number)?;
            restored.put(number, node.clone());
        }
        Ok(node)
    }

    fn initial_node(&self, number: Node) -> Result<S::Node, ModelFault> {
        let mut initial = self.space.initial().into_iter();
        let found = initial.find(|node| self.space.key(node) == self.key(number));
        found.ok_or_else(|| ModelFault::Unstable {
            state: "none yet".to_owned(),
            difference: "an initial state is missing".to_owned(),
        })
    }

    fn successor(&self, node: &S::Node, number: Node) -> Result<S::Node, ModelFault> {
        let (key, mut next) = (self.key(number), None);
        self.space
            .expand(node, &mut self.space.worker(), |_, after| {
                if next.is_none() && self.space.key(&after) == key {
                    next = Some(after);
                }
            });
        next.ok_or_else(|| ModelFault::Unstable {
            state: format!("the parent of state number {number} of the search"),
            difference: "a step that was taken before is missing".to_owned(),
        })
    }

    /// The probability that two different states were merged; 0 if states are compared exactly.
    pub fn collision_probability(&self) -> f64 {
        let states = self.states() as usize;
        let bits = self.space.bits();
        bits.map_or(0.0, |bits| collision_probability(states, bits))
    }

    /// A summary of the result and of its reliability: one line, and one paragraph for each problem.
    pub fn summary(&self) -> String {
        let identity = match self.space.bits() {
            None => "told apart exactly".to_owned(),
            Some(bits) => format!(
                "told apart by {bits} bits: two were taken for one with probability {:.1e}",
                self.collision_probability()
            ),
        };
        let (states, steps, depth) = (self.states(), self.generated, self.levels.len());
        let mut summary =
            format!("{states} states, {steps} steps, depth {depth}; states {identity}");
        let cut_off = self.cut_off.map(|cut_off| cut_off.to_string());
        let fault = self.fault().map(ToString::to_string);
        let merged = self.merged().map(ToString::to_string);
        for problem in [cut_off, fault, merged].into_iter().flatten() {
            summary.push('\n');
            summary.push_str(&problem);
        }
        summary
    }

    /// The memory of the states and steps in bytes, without the memory of the space.
    pub fn bytes(&self) -> usize {
        let parents = self.parents.capacity() * (size_of::<Node>() + size_of::<Label>());
        self.known.bytes() + parents + self.transitions.bytes()
    }

    /// An estimate of the final number of states from the last levels: once levels become smaller, they
    /// are assumed to continue to shrink at the same rate.
    pub(super) fn estimate(&self) -> Option<usize> {
        let [.., before, last, next] = self.levels[..] else {
            return None;
        };
        let (before, last) = (f64::from(last - before), f64::from(next - last));
        let ratio = last / before;
        let rest = last * ratio / (1.0 - ratio);
        let estimate = (f64::from(next) + rest).round();
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
        (ratio < 1.0).then_some((estimate as usize).max(self.states() as usize))
    }

    /// Renumbers the actions by their names, so that labels are the same in every run, and frees
    /// reserved memory.
    pub(super) fn finish(&mut self) {
        let actions = self.space.actions();
        let mut order: Vec<usize> = (0..actions.len()).collect();
        order.sort_unstable_by(|a, b| actions[*a].cmp(&actions[*b]));
        let mut label_of = vec![0; actions.len()];
        for (label, old) in (0..=Label::MAX).zip(&order) {
            label_of[*old] = label;
        }
        let renumber = |label: &mut Label| {
            if let Some(new) = label_of.get(usize::from(*label)) {
                *label = *new;
            }
        };
        self.labels.iter_mut().for_each(renumber);
        self.transitions.labels_mut().iter_mut().for_each(renumber);
        self.transitions.set_cut_off(self.cut_off);
        self.actions = order.into_iter().map(|old| actions[old].clone()).collect();
        self.known.shrink();
        self.parents.shrink_to_fit();
        self.labels.shrink_to_fit();
        self.transitions.shrink();
    }
}
