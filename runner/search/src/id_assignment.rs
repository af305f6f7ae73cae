//! Numbers the states that a batch has found, in the order in which a single thread would have found
//! them.

use rayon::ThreadPool;

use super::chunk::{Arrival, Arrived, CHUNK_SIZE, Chunk, Job};
use super::explored::Explored;
use super::space::{Key, Space, Watch};
use super::transitions::{Label, Node, Transitions};
use super::visited::{AHEAD, Before, Register};
use super::{Keep, number};
use crate::limits::{CutOff, Limits};

/// The numbers of the states in each stretch of a batch, up to the last one numbered so far. States
/// outside the space have no number.
type Numbers = Vec<Vec<Option<Node>>>;

/// The state of numbering that continues into the next batch.
pub(super) struct Ahead<S: Space> {
    /// The states of the next level found so far.
    pub(super) frontier: Vec<Job<S>>,
    /// The predicates that are not decided yet.
    pub(super) open: u64,
    /// Whether the search ends when no predicate is left.
    pub(super) stop_when_decided: bool,
    /// The numbers of the states that the last batch has found.
    numbers: Numbers,
}

impl<S: Space> Ahead<S> {
    pub(super) fn new() -> Self {
        Ahead {
            frontier: Vec::new(),
            open: 0,
            stop_when_decided: false,
            numbers: Vec::new(),
        }
    }
}

/// Everything that numbering changes, apart from what other threads read at the same time.
pub(super) struct IdAssignment<'s, S: Space> {
    register: Register<'s, S::Key>,
    parents: &'s mut Vec<Node>,
    labels: &'s mut Vec<Label>,
    transitions: &'s mut Transitions,
    watches: &'s [Watch],
    decided: &'s mut [Option<Node>],
    truths: &'s mut [Vec<bool>],
    expanded: &'s mut usize,
    generated: &'s mut u64,
    collisions: &'s mut u64,
    cut_off: &'s mut Option<CutOff>,
    limits: &'s Limits,
    keep: Keep,
    ahead: &'s mut Ahead<S>,
}

impl<'s, S: Space> IdAssignment<'s, S> {
    /// Splits `found` into disjoint borrows: the space, the known states, and the rest, into which up
    /// to this many states can be entered.
    pub(super) fn of(
        found: &'s mut Explored<S>,
        states: usize,
        others: Option<&ThreadPool>,
        keep: Keep,
        limits: &'s Limits,
        ahead: &'s mut Ahead<S>,
    ) -> (&'s S, Before<'s, S::Key>, Self) {
        let (before, register) = found.known.open(states, others);
        let numbering = IdAssignment {
            register,
            parents: &mut found.parents,
            labels: &mut found.labels,
            transitions: &mut found.transitions,
            watches: &found.watches,
            decided: &mut found.decided,
            truths: &mut found.truths,
            expanded: &mut found.expanded,
            generated: &mut found.generated,
            collisions: &mut found.collisions,
            cut_off: &mut found.cut_off,
            limits,
            keep,
            ahead,
        };
        (&found.space, before, numbering)
    }

    /// Numbers the chunks of a batch, until no more states fit.
    pub(super) fn all(&mut self, chunks: Vec<Chunk<S>>) {
        let before = std::mem::take(&mut self.ahead.numbers);
        for chunk in chunks {
            if is_full(*self.cut_off) {
                return;
            }
            self.chunk(chunk, &before);
        }
    }

    /// Numbers the states that a chunk has found, and keeps its steps. If there is no room for a
    /// state, neither its predecessor nor the states after it are expanded. So the size of chunks has
    /// no effect on the result.
    fn chunk(&mut self, mut chunk: Chunk<S>, before: &Numbers) {
        let mut numbers = self.stretch(chunk.stretch);
        numbers.reserve(chunk.arrivals.len());
        let mut new = Vec::with_capacity(chunk.arrivals.len());
        let mut expanded = chunk.degrees.len();
        *self.collisions += chunk.collisions;
        let first = self.register.len();
        for (place, arrival) in chunk.arrivals.iter().enumerate() {
            if let Some(soon) = chunk.arrivals.get(place + AHEAD) {
                self.register.ask(soon.key);
            }
            let known = self.register.len();
            let number = match arrival.state {
                Arrived::Here { truths } => self.meet(arrival, truths),
                Arrived::Outside => None,
                Arrived::Before(met) => {
                    let number = before[met.stretch as usize][met.place as usize];
                    number.inspect(|node| self.compare(*node, arrival.key))
                }
            };
            if is_full(*self.cut_off) {
                expanded = expanded.min((arrival.from - chunk.first) as usize);
                break;
            }
            if !matches!(arrival.state, Arrived::Before(_)) {
                new.push(self.register.len() > known);
            }
            numbers.push(number);
        }
        new.resize(chunk.met(), false);
        chunk.degrees.truncate(expanded);
        let steps = chunk.degrees.iter().sum::<u32>();
        *self.generated += u64::from(steps);
        *self.expanded += expanded;
        if self.keep == Keep::Graph {
            chunk.steps.truncate(steps as usize);
            self.keep_steps(&mut chunk, &numbers);
        }
        self.ahead.numbers[chunk.stretch] = numbers;
        self.enqueue(chunk, first, &new);
    }

    /// Returns the numbers assigned so far in a stretch.
    fn stretch(&mut self, stretch: usize) -> Vec<Option<Node>> {
        if self.ahead.numbers.len() <= stretch {
            self.ahead.numbers.resize_with(stretch + 1, Vec::new);
        }
        std::mem::take(&mut self.ahead.numbers[stretch])
    }

    fn keep_steps(&mut self, chunk: &mut Chunk<S>, numbers: &[Option<Node>]) {
        for place in &chunk.open {
            let Some(step) = chunk.steps.get_mut(*place as usize) else {
                break;
            };
            step.to = numbers[step.to as usize].unwrap_or(Node::MAX);
        }
        if !self.transitions.extend(&chunk.degrees, &chunk.steps) {
            *self.expanded -= chunk.degrees.len();
            *self.cut_off = Some(CutOff::Full);
        }
    }

    /// The number of a state, new or known; `None` if no more states fit.
    fn meet(&mut self, arrival: &Arrival<S::Key>, truths: u64) -> Option<Node> {
        let key = arrival.key;
        if let Some(cut_off) = self.room() {
            let known = self.register.find(key);
            if known.is_none() {
                *self.cut_off = Some(cut_off);
            }
            return known;
        }
        let (node, new) = self.register.meet(key);
        if new {
            self.parents.push(arrival.from);
            self.labels.push(arrival.label);
            self.settle(node, truths);
        } else {
            self.compare(node, key);
        }
        Some(node)
    }

    /// Counts a collision if another state has the same key.
    fn compare(&mut self, node: Node, key: S::Key) {
        *self.collisions += u64::from(self.register.key(node).collides(key));
    }

    /// Records which predicates a new state decides.
    fn settle(&mut self, node: Node, truths: u64) {
        for (place, watch) in self.watches.iter().enumerate() {
            let truth = truths >> place & 1 == 1;
            match watch {
                Watch::Everywhere => self.truths[place].push(truth),
                _ if self.ahead.open >> place & 1 == 1 && truth == (*watch == Watch::True) => {
                    self.decided[place] = Some(node);
                    self.ahead.open &= !(1 << place);
                }
                _ => {}
            }
        }
        if self.ahead.stop_when_decided && self.ahead.open == 0 {
            *self.cut_off = Some(CutOff::Decided);
        }
    }

    /// The limit that forbids more states, if one does.
    fn room(&self) -> Option<CutOff> {
        let states = self.register.len();
        let full = |max: &usize| states as usize >= *max;
        if let Some(max) = self.limits.max_states.filter(full) {
            return Some(CutOff::States(max));
        }
        (states == Node::MAX).then_some(CutOff::Full)
    }

    /// Adds the new states, in the chunks in which they were found, to the next level. Small chunks
    /// are combined.
    fn enqueue(&mut self, chunk: Chunk<S>, mut first: Node, new: &[bool]) {
        let owner = chunk.owner;
        for segment in chunk.segments(new) {
            let states = segment.new.iter().filter(|new| **new).count();
            if states == 0 {
                continue;
            }
            match self.ahead.frontier.last_mut() {
                Some(job) if job.states + states <= CHUNK_SIZE => job.push(segment, states),
                _ => self
                    .ahead
                    .frontier
                    .push(Job::new(first, segment, states, owner)),
            }
            first += number(states);
        }
    }
}

/// Whether the search ends at once, in the middle of a level.
pub(super) fn is_full(cut_off: Option<CutOff>) -> bool {
    matches!(
        cut_off,
        Some(CutOff::States(_) | CutOff::Full | CutOff::Decided | CutOff::Fault)
    )
}
