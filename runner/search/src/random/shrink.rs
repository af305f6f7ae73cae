//! Shrinks a path until no step can be left out.
//!
//! There are three moves, each kept if the remaining path still decides the predicate:
//!
//! * loops are cut: from a state to the last visit of the same state;
//! * runs of steps are left out: first half of the path, then less and less (after Zeller and
//!   Hildebrandt, "Simplifying and isolating failure-inducing input", 2002), at last every run of
//!   up to [`SHORT`] steps;
//! * detours are cut: a short search from a state of the path finds a shorter way to a later state,
//!   or to a state that decides the predicate.
//!
//! If a step is left out, the states after it change, and several steps may have the next label. All
//! of them are followed at the same time. As soon as one leads to the state that the path has at
//! that position, the rest of the path is known.

use super::super::space::Space;
use super::super::transitions::Label;
use super::super::visited::VisitedSet;
use super::{Choice, Way, choices};

/// All runs of up to this many steps are left out where possible.
const SHORT: usize = 8;
/// The number of states that are followed at the same time where several steps have the same label.
const ABREAST: usize = 64;
/// The number of states that the search for a shortcut expands.
const AROUND: usize = 500;
/// The number of states that shrinking one path expands in total.
const ALL: usize = 2_000_000;

type Steps<N> = Vec<(Label, N)>;

/// The shrunk path, and whether shrinking was completed. `settles` says which states decide the
/// predicate; only the last state of the path does.
pub(super) fn shrink<'s, S: Space>(
    space: &'s S,
    way: Way<S::Node>,
    settles: impl FnMut(&S::Node, &mut S::Worker<'s>) -> bool,
) -> (Way<S::Node>, bool) {
    let mut shrinker = Shrinker {
        space,
        worker: space.worker(),
        truths: space.worker(),
        settles,
        left: ALL,
        way,
    };
    shrinker.cut_loops();
    loop {
        let before = shrinker.len();
        shrinker.leave_out_runs();
        shrinker.cut_off_ways_round();
        if shrinker.len() == before {
            break;
        }
    }
    (shrinker.way, shrinker.left > 0)
}

struct Shrinker<'s, S: Space, P> {
    space: &'s S,
    worker: S::Worker<'s>,
    truths: S::Worker<'s>,
    settles: P,
    /// The number of states that may still be expanded.
    left: usize,
    way: Way<S::Node>,
}

impl<'s, S, P> Shrinker<'s, S, P>
where
    S: Space,
    P: FnMut(&S::Node, &mut S::Worker<'s>) -> bool,
{
    fn len(&self) -> usize {
        self.way.steps.len()
    }

    /// The state after this many steps.
    fn state(&self, steps: usize) -> &S::Node {
        match steps.checked_sub(1) {
            None => &self.way.start,
            Some(last) => &self.way.steps[last].1,
        }
    }

    fn choices(&mut self, node: &S::Node) -> Vec<Choice<S>> {
        self.left = self.left.saturating_sub(1);
        match self.left {
            0 => Vec::new(),
            _ => choices(self.space, node, &mut self.worker),
        }
    }

    fn settles(&mut self, node: &S::Node) -> bool {
        (self.settles)(node, &mut self.truths)
    }

    fn cut_loops(&mut self) {
        let last = self.last_visits(0);
        let visit = |node: &S::Node| last.of(self.space.key(node)).unwrap_or(self.len());
        let mut kept = Vec::new();
        let mut at = visit(&self.way.start);
        while let Some(step) = self.way.steps.get(at) {
            kept.push(step.clone());
            at = visit(&step.1);
        }
        self.way.steps = kept;
    }

    /// For each state after step `first`, the last position at which the path visits it.
    fn last_visits(&self, first: usize) -> LastVisits<S> {
        let mut visits = LastVisits {
            states: VisitedSet::new(),
            steps: Vec::new(),
        };
        for steps in (first..=self.len()).rev() {
            if visits.states.meet(self.space.key(self.state(steps))).1 {
                visits.steps.push(steps);
            }
        }
        visits
    }

    fn leave_out_runs(&mut self) {
        let mut size = self.len();
        while size > 1 {
            size = if size > SHORT { size / 2 } else { size - 1 };
            let mut start = 0;
            while start + size <= self.len() {
                if !self.leave_out(start, size) {
                    start += 1;
                }
            }
        }
    }

    /// Leaves out a run of steps, if the remaining path still decides the predicate.
    fn leave_out(&mut self, start: usize, size: usize) -> bool {
        let Some(rest) = self.follow(start, start + size) else {
            return false;
        };
        self.way.steps.truncate(start);
        self.way.steps.extend(rest);
        true
    }

    /// Steps from the state after `start` steps, with the labels of the steps from `end` on, until
    /// the predicate is decided.
    fn follow(&mut self, start: usize, end: usize) -> Option<Steps<S::Node>> {
        let mut tree = Tree::<S>::new(self.space, self.state(start).clone());
        let mut level = 0..1;
        for place in end..self.len() {
            let (label, node) = &self.way.steps[place];
            let (label, there) = (*label, self.space.key(node));
            let first = tree.states.len();
            for from in level {
                for step in self.choices(tree.node(from)) {
                    let mut abreast = tree.states[first..].iter();
                    if step.label != label
                        || abreast.len() == ABREAST
                        || abreast.any(|other| other.step.key == step.key)
                    {
                        continue;
                    }
                    let (settled, joins) = (self.settles(&step.node), step.key == there);
                    let place_in_tree = tree.push(from, step);
                    if settled || joins {
                        let mut steps = tree.way(place_in_tree);
                        if !settled {
                            steps.extend_from_slice(&self.way.steps[place + 1..]);
                        }
                        return Some(steps);
                    }
                }
            }
            level = first..tree.states.len();
        }
        None
    }

    fn cut_off_ways_round(&mut self) {
        let mut start = 0;
        while start < self.len() {
            match self.way_round(start) {
                Some((steps, end)) => drop(self.way.steps.splice(start..end, steps)),
                None => start += 1,
            }
        }
    }

    /// A shortcut from the state after `start` steps to the state after `end` steps; `end` is
    /// returned with it. Among the shortcuts that a short search finds, it saves most steps. If it
    /// decides the predicate itself, `end` is the end of the path.
    fn way_round(&mut self, start: usize) -> Option<(Steps<S::Node>, usize)> {
        let (all, later) = (self.len(), self.last_visits(start));
        let mut tree = Tree::<S>::new(self.space, self.state(start).clone());
        let mut met = VisitedSet::new();
        met.meet(tree.states[0].step.key);
        let mut best = (0, None);
        let mut consider = |place: usize, depth: usize, end: usize| {
            let saved = (end - start).saturating_sub(depth);
            if saved > best.0 {
                best = (saved, Some((place, end)));
            }
        };
        consider(0, 0, later.of(tree.states[0].step.key).unwrap_or(start));
        for from in 0..AROUND {
            // All further states are no closer than the path itself.
            let depth = tree.states.get(from).map(|state| state.depth + 1);
            let Some(depth) = depth.filter(|depth| *depth < all - start) else {
                break;
            };
            for step in self.choices(tree.node(from)) {
                let key = step.key;
                if met.meet(key).1 {
                    let end = match self.settles(&step.node) {
                        true => Some(all),
                        false => later.of(key),
                    };
                    consider(tree.push(from, step), depth, end.unwrap_or(start));
                }
            }
        }
        best.1.map(|(place, end)| (tree.way(place), end))
    }
}

/// The states of a path, each with the last position at which the path visits it.
struct LastVisits<S: Space> {
    states: VisitedSet<S::Key>,
    steps: Vec<usize>,
}

impl<S: Space> LastVisits<S> {
    fn of(&self, key: S::Key) -> Option<usize> {
        let number = self.states.find(key)?;
        Some(self.steps[number as usize])
    }
}

/// States reached from a first state, each with its predecessor.
struct Tree<S: Space> {
    states: Vec<Reached<S>>,
}

struct Reached<S: Space> {
    from: usize,
    /// The number of steps from the first state.
    depth: usize,
    /// The step that led to it. For the first state, only its `node` is used.
    step: Choice<S>,
}

impl<S: Space> Tree<S> {
    fn new(space: &S, node: S::Node) -> Self {
        let key = space.key(&node);
        let step = Choice {
            label: 0,
            node,
            key,
        };
        Tree {
            states: vec![Reached {
                from: 0,
                depth: 0,
                step,
            }],
        }
    }

    fn node(&self, place: usize) -> &S::Node {
        &self.states[place].step.node
    }

    fn push(&mut self, from: usize, step: Choice<S>) -> usize {
        let depth = self.states[from].depth + 1;
        self.states.push(Reached { from, depth, step });
        self.states.len() - 1
    }

    /// The steps to a state.
    fn way(&self, mut place: usize) -> Steps<S::Node> {
        let mut steps = Vec::new();
        while place > 0 {
            let Reached { from, step, .. } = &self.states[place];
            steps.push((step.label, step.node.clone()));
            place = *from;
        }
        steps.reverse();
        steps
    }
}
