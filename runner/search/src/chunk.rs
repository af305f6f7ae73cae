//! What expanding a chunk of the frontier leads to, seen by one thread.

use std::mem::needs_drop;

use super::Keep;
use super::prefetch::{PrefetchQueue, Taken};
use super::space::{Key, Space};
use super::transitions::{Label, Node, Step};
use super::visited::{Before, VisitedSet};

/// States that one thread expands at a time, give or take.
pub(super) const CHUNK_SIZE: usize = 1024;

/// States of a level where the thread has left them that met them: memory is given back most cheaply
/// by whoever asked for it.
pub(super) struct Segment<S: Space> {
    pub(super) nodes: Vec<S::Node>,
    /// Which of them are states of the level: others were met before, or do not belong to the space.
    pub(super) new: Vec<bool>,
}

/// The states of a level, in their order, a chunk at a time.
pub(super) struct Job<S: Space> {
    /// The number of its first.
    pub(super) first: Node,
    /// How many of its states are new.
    pub(super) states: usize,
    pub(super) segments: Vec<Segment<S>>,
    /// The thread that has met them.
    pub(super) owner: usize,
}

impl<S: Space> Job<S> {
    pub(super) fn new(first: Node, segment: Segment<S>, states: usize, owner: usize) -> Self {
        Job {
            first,
            states,
            segments: vec![segment],
            owner,
        }
    }

    /// Its states.
    pub(super) fn nodes(&self) -> impl Iterator<Item = &S::Node> {
        let segments = self.segments.iter();
        let nodes = segments.flat_map(|segment| segment.nodes.iter().zip(&segment.new));
        nodes.filter(|(_, new)| **new).map(|(node, _)| node)
    }

    /// Adds the states that come next.
    pub(super) fn push(&mut self, segment: Segment<S>, states: usize) {
        self.segments.push(segment);
        self.states += states;
    }
}

/// A state that was not known before its batch, besides itself.
pub(super) struct Arrival<K> {
    pub(super) key: K,
    pub(super) from: Node,
    pub(super) label: Label,
    pub(super) state: Arrived,
}

/// What is there of a state that has arrived.
#[derive(Clone, Copy)]
pub(super) enum Arrived {
    /// It is among the nodes of its chunk, and this is true in it.
    Here { truths: u64 },
    /// The same, but it does not belong to the space.
    Outside,
    /// Somebody has met it in the batch before, which is numbered meanwhile.
    Before(Met),
}

/// Where a state stands in a batch: in a stretch of chunks that one thread has expanded in their
/// order, and there in the order in which it was met.
#[derive(Clone, Copy)]
pub(super) struct Met {
    pub(super) stretch: u32,
    pub(super) place: Node,
}

/// What a chunk of a batch leads to.
pub(super) struct Chunk<S: Space> {
    /// The first of its states.
    pub(super) first: Node,
    /// How many steps each of its states has.
    pub(super) degrees: Vec<u32>,
    /// The steps. Those to a state that is not known have its place in its stretch as target, and are
    /// in `open`.
    pub(super) steps: Vec<Step>,
    pub(super) open: Vec<u32>,
    /// What neither was known nor has been met before in the same stretch.
    pub(super) arrivals: Vec<Arrival<S::Key>>,
    pub(super) nodes: Vec<Vec<S::Node>>,
    pub(super) collisions: u64,
    pub(super) owner: usize,
    pub(super) stretch: usize,
}

impl<S: Space> Chunk<S> {
    fn new(first: Node, states: usize, owner: usize, stretch: usize) -> Self {
        Chunk {
            first,
            degrees: vec![0; states],
            steps: Vec::new(),
            open: Vec::new(),
            arrivals: Vec::with_capacity(states),
            nodes: Vec::new(),
            collisions: 0,
            owner,
            stretch,
        }
    }

    /// Adds a state.
    fn push(&mut self, node: S::Node) {
        match self.nodes.last_mut() {
            Some(nodes) if nodes.len() < CHUNK_SIZE => nodes.push(node),
            _ => {
                let mut nodes = Vec::with_capacity(CHUNK_SIZE);
                nodes.push(node);
                self.nodes.push(nodes);
            }
        }
    }

    /// How many states are here that were met.
    pub(super) fn met(&self) -> usize {
        self.nodes.iter().map(Vec::len).sum()
    }

    /// The states that were met, in segments, with those that are new.
    pub(super) fn segments(self, new: &[bool]) -> impl Iterator<Item = Segment<S>> {
        let mut rest = new;
        self.nodes.into_iter().map(move |nodes| {
            let (new, after) = rest.split_at(nodes.len());
            rest = after;
            Segment {
                nodes,
                new: new.to_vec(),
            }
        })
    }
}

/// What one thread has met that was not known, in chunks that it has expanded in their order.
pub(super) struct Stretch<K> {
    /// Where each stands.
    places: VisitedSet<K>,
    /// Which of them belong to the space.
    within: Vec<bool>,
}

impl<K: Key> Stretch<K> {
    fn with_room_for(states: usize) -> Self {
        Stretch {
            places: VisitedSet::with_room_for(states),
            within: Vec::new(),
        }
    }
}

/// What is needed to expand a chunk: the same for all that are expanded at a time.
pub(super) struct Expansion<'s, S: Space> {
    pub(super) space: &'s S,
    pub(super) known: Before<'s, S::Key>,
    /// What was met in the batch before, if that is numbered meanwhile.
    pub(super) before: &'s [Stretch<S::Key>],
    /// The predicates that are asked of states that are not known.
    pub(super) asked: u64,
    pub(super) keep: Keep,
}

/// One of the threads that expand a batch.
pub(super) struct Hand<'e, 's, S: Space> {
    worker: S::Worker<'s>,
    sorter: Sorter<'e, 's, S>,
}

impl<'e, 's, S: Space> Hand<'e, 's, S> {
    /// This one of the threads, which will expand so many states, give or take, in this stretch.
    pub(super) fn new(
        expansion: &'e Expansion<'s, S>,
        me: usize,
        stretch: usize,
        share: usize,
    ) -> Self {
        Hand {
            worker: expansion.space.worker(),
            sorter: Sorter {
                expansion,
                judge: expansion.space.worker(),
                me,
                number: stretch,
                stretch: Stretch::with_room_for(share),
            },
        }
    }

    /// The stretch that it has expanded, and its number.
    pub(super) fn end(self) -> (usize, Stretch<S::Key>) {
        let Sorter {
            judge,
            number,
            stretch,
            ..
        } = self.sorter;
        // Whoever begins next takes up first what is given back last: it knows the work.
        drop(judge);
        drop(self.worker);
        (number, stretch)
    }

    /// The initial states, as if a chunk led to them. Each is reached from itself.
    pub(super) fn initial(&mut self) -> Chunk<S> {
        let (space, sorter) = (self.sorter.expansion.space, &mut self.sorter);
        let mut chunk = Chunk::<S>::new(0, 0, sorter.me, sorter.number);
        for node in space.initial() {
            if space.within(&node, &mut self.worker) {
                let (from, key) = (sorter.stretch.places.len(), space.key(&node));
                sorter.meet(&mut chunk, Taken::new(from, 0, node, key));
            }
        }
        chunk
    }

    /// Expands a chunk, and gives it back.
    pub(super) fn chunk(&mut self, job: Job<S>) -> Chunk<S> {
        let (worker, sorter) = (&mut self.worker, &mut self.sorter);
        let Expansion { space, known, .. } = sorter.expansion;
        let mut chunk = Chunk::<S>::new(job.first, job.states, sorter.me, sorter.number);
        let mut waiting = PrefetchQueue::new();
        let mut from = job.first;
        for segment in job.segments {
            for (node, new) in segment.nodes.iter().zip(segment.new) {
                if !new {
                    continue;
                }
                if !space.broken(node) {
                    space.expand(node, worker, |label, after| {
                        let key = space.key(&after);
                        let taken = Taken::new(from, label, after, key);
                        if let Some(taken) = waiting.push(taken, known) {
                            sorter.sort_out(&mut chunk, taken);
                        }
                    });
                }
                from += 1;
            }
        }
        for taken in waiting {
            sorter.sort_out(&mut chunk, taken);
        }
        if let Some(nodes) = chunk.nodes.last_mut() {
            nodes.shrink_to_fit();
        }
        chunk
    }
}

/// Tells what is known from what is not.
struct Sorter<'e, 's, S: Space> {
    expansion: &'e Expansion<'s, S>,
    judge: S::Worker<'s>,
    me: usize,
    number: usize,
    stretch: Stretch<S::Key>,
}

impl<S: Space> Sorter<'_, '_, S> {
    /// Adds a step, and the state that it leads to unless that is known.
    fn sort_out(&mut self, chunk: &mut Chunk<S>, taken: Taken<S>) {
        let (from, label) = (taken.from, taken.label);
        let Expansion { known, keep, .. } = self.expansion;
        let number = known.resolve(taken.key, taken.seen);
        let to = match number {
            Some(to) => {
                chunk.collisions += u64::from(known.key(to).collides(taken.key));
                to
            }
            None => match self.meet(chunk, taken) {
                Some(place) => place,
                None => return,
            },
        };
        chunk.degrees[(from - chunk.first) as usize] += 1;
        if *keep == Keep::Graph {
            if number.is_none() {
                chunk.open.push(super::number(chunk.steps.len()));
            }
            chunk.steps.push(Step { label, to });
        }
    }

    /// The place of a state among those that are not known. None if it does not belong to the space.
    fn meet(&mut self, chunk: &mut Chunk<S>, taken: Taken<S>) -> Option<Node> {
        let Stretch { places, within } = &mut self.stretch;
        let (place, new) = places.meet(taken.key);
        if !new {
            chunk.collisions += u64::from(places.key(place).collides(taken.key));
            return within[place as usize].then_some(place);
        }
        let (state, belongs) = match self.met_before(taken.key) {
            Some((met, within)) => (Arrived::Before(met), within),
            None => self.judged(&taken.after),
        };
        self.stretch.within.push(belongs);
        chunk.arrivals.push(Arrival {
            key: taken.key,
            from: taken.from,
            label: taken.label,
            state,
        });
        if !matches!(state, Arrived::Before(_)) {
            chunk.push(taken.after);
        }
        belongs.then_some(place)
    }

    /// Where a state was met in the batch before, and whether it belongs to the space. What others have
    /// met is far away: to look there costs more than it saves where a state is a few numbers.
    fn met_before(&self, key: S::Key) -> Option<(Met, bool)> {
        if !needs_drop::<S::Node>() {
            return None;
        }
        let mut stretches = self.expansion.before.iter().enumerate();
        stretches.find_map(|(number, stretch)| {
            let place = stretch.places.find(key)?;
            let met = Met {
                stretch: super::number(number),
                place,
            };
            Some((met, stretch.within[place as usize]))
        })
    }

    fn judged(&mut self, node: &S::Node) -> (Arrived, bool) {
        let Expansion { space, asked, .. } = *self.expansion;
        if !space.within(node, &mut self.judge) {
            return (Arrived::Outside, false);
        }
        let truths = space.truths(node, asked, &mut self.judge);
        (Arrived::Here { truths }, true)
    }
}
