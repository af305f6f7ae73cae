//! What a search has found.

use super::fingerprint::collision_probability;
use super::known::Known;
use super::space::{Space, Watch, watches};
use super::transitions::{Action, Label, Node, Transitions};
use crate::limits::CutOff;

/// The states of a space that were reached, numbered breadth first, and how they hang together.
///
/// Takes the key, 12 to 15 bytes, one for each predicate that is asked everywhere, and 6 bytes a step
/// where the transitions are kept.
pub struct Explored<S: Space> {
    pub(super) space: S,
    pub(super) known: Known<S::Key>,
    /// From which state each was first reached; an initial one from itself.
    pub(super) parents: Vec<Node>,
    /// By which action.
    pub(super) labels: Vec<Label>,
    /// The first state of each level.
    pub(super) levels: Vec<Node>,
    pub(super) watches: Vec<Watch>,
    pub(super) expanded: usize,
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
            known: Known::new(),
            parents: Vec::new(),
            labels: Vec::new(),
            levels: Vec::new(),
            expanded: 0,
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

    /// A state.
    pub fn node(&self, node: Node) -> S::Node {
        let restored = self.space.restore(self.key(node));
        restored.unwrap_or_else(|| self.walk(node))
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

    /// A state whose key does not say it: the shortest path to it is taken again.
    fn walk(&self, to: Node) -> S::Node {
        let way = self.way(to);
        let is = |node: &S::Node, number: Node| self.space.key(node) == self.key(number);
        let mut initial = self.space.initial().into_iter();
        let mut worker = self.space.worker();
        let first = initial.find(|node| is(node, way[0].1));
        let mut at = first.unwrap_or_else(|| unreachable!("a path begins with an initial state"));
        for (_, number) in &way[1..] {
            let mut next = None;
            self.space.expand(&at, &mut worker, |_, after| {
                if next.is_none() && is(&after, *number) {
                    next = Some(after);
                }
            });
            at = next.unwrap_or_else(|| unreachable!("a space always has the same steps"));
        }
        at
    }

    /// The probability that a state was taken for another one; 0 if they are told apart exactly.
    pub fn collision_probability(&self) -> f64 {
        let states = self.states() as usize;
        let bits = self.space.bits();
        bits.map_or(0.0, |bits| collision_probability(states, bits))
    }

    /// What was found and how sure that is, in a line.
    pub fn summary(&self) -> String {
        let identity = match self.space.bits() {
            None => "told apart exactly".to_owned(),
            Some(bits) => format!(
                "told apart by {bits} bits: two were taken for one with probability {:.1e}",
                self.collision_probability()
            ),
        };
        let (states, steps, depth) = (self.states(), self.generated, self.levels.len());
        format!("{states} states, {steps} steps, depth {depth}; states {identity}")
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
        for (label, old) in (0..).zip(&order) {
            label_of[*old] = label;
        }
        let renumber = |label: &mut Label| {
            if let Some(new) = label_of.get(usize::from(*label)) {
                *label = *new;
            }
        };
        self.labels.iter_mut().for_each(renumber);
        self.transitions.labels_mut().iter_mut().for_each(renumber);
        self.actions = order.into_iter().map(|old| actions[old].clone()).collect();
        self.known.shrink();
        self.parents.shrink_to_fit();
        self.labels.shrink_to_fit();
        self.transitions.shrink();
    }
}
