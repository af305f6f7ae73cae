//! What a search has found.

use super::fault::{MergedStates, ModelFault};
use super::fingerprint::collision_probability;
use super::restored::Restored;
use super::space::{Space, Watch, watches};
use super::transitions::{Action, Label, Node, Transitions};
use super::visited::VisitedSet;
use crate::limits::CutOff;

/// The states of a space that were reached, numbered breadth first, and how they hang together.
///
/// Takes the key, 12 to 15 bytes, one for each predicate that is asked everywhere, and 6 bytes a step
/// where the transitions are kept.
pub struct Explored<S: Space> {
    pub(super) space: S,
    pub(super) known: VisitedSet<S::Key>,
    /// From which state each was first reached; an initial one from itself.
    pub(super) parents: Vec<Node>,
    /// By which action.
    pub(super) labels: Vec<Label>,
    /// The first state of each level.
    pub(super) levels: Vec<Node>,
    pub(super) watches: Vec<Watch>,
    pub(super) expanded: usize,
    /// States that were restored last, for keys that do not say their state.
    restored: Restored<S::Node>,
    /// How many of the states are initial.
    pub initial: Node,
    /// The steps of each state that was expanded, if they were to be kept.
    pub transitions: Transitions,
    /// The actions, by label, in alphabetical order.
    pub actions: Vec<Action>,
    /// Per predicate: the first state that settles it.
    pub decided: Vec<Option<Node>>,
    /// Per predicate that is asked everywhere: its truth in each state.
    pub truths: Vec<Vec<bool>>,
    /// Why the search is not complete, if it is not.
    pub cut_off: Option<CutOff>,
    /// Steps taken, those to known states included.
    pub generated: u64,
    /// How often a state was seen to be taken for another one; only an audit can see it.
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

    /// The space that was searched.
    pub fn space(&self) -> &S {
        &self.space
    }

    /// How many states were met.
    pub fn states(&self) -> Node {
        self.known.len()
    }

    /// How many of them were expanded: all, unless the search was cut off.
    pub fn expanded(&self) -> usize {
        self.expanded
    }

    /// What tells a state from all others.
    pub fn key(&self, node: Node) -> S::Key {
        self.known.key(node)
    }

    /// The number of the state with this key, if it was met.
    pub fn find(&self, key: S::Key) -> Option<Node> {
        self.known.find(key)
    }

    /// The first state of each level.
    pub fn levels(&self) -> &[Node] {
        &self.levels
    }

    /// On which level a state is; an initial one on level 1.
    pub fn depth(&self, node: Node) -> usize {
        self.levels.partition_point(|first| *first <= node)
    }

    /// A state. If its key does not say it, as with fingerprints, it is computed from its parent, which
    /// takes one expansion if the parent was asked for not long ago, as it is when all states are asked
    /// for in their order.
    ///
    /// # Errors
    /// The steps of the model differ from those that the search has taken.
    pub fn node(&self, node: Node) -> Result<S::Node, ModelFault> {
        match self.space.restore(self.key(node)) {
            Some(restored) => Ok(restored),
            None => self.recompute(node),
        }
    }

    /// The rule of the search that the model has broken, if it has. No other result means anything then.
    pub fn fault(&self) -> Option<&ModelFault> {
        self.space.fault()
    }

    /// Two different states that the search took for one since the model's `Hash` omits a field, if
    /// that was noticed on a sample of the states.
    pub fn merged(&self) -> Option<&MergedStates> {
        self.space.merged()
    }

    /// The states on the shortest path to a state, it included, each with the label of the step
    /// that leads to it; that of the initial state means nothing.
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

    /// Computes a state from the nearest ancestor that is at hand.
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

    /// The probability that a state was taken for another one; 0 if they are told apart exactly.
    pub fn collision_probability(&self) -> f64 {
        let states = self.states() as usize;
        let bits = self.space.bits();
        bits.map_or(0.0, |bits| collision_probability(states, bits))
    }

    /// What was found and how sure that is: a line, and one paragraph more for each problem.
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

    /// Bytes that the states and steps take, without what the space itself keeps.
    pub fn bytes(&self) -> usize {
        let parents = self.parents.capacity() * (size_of::<Node>() + size_of::<Label>());
        self.known.bytes() + parents + self.transitions.bytes()
    }

    /// How many states there will be, if the last levels tell: once they shrink, the rest is taken
    /// to shrink as fast.
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

    /// Numbers the actions by their names, so that labels are the same in every run, and gives back
    /// the room that was for more.
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
