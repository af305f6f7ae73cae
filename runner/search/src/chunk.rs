//! Expands a chunk of the frontier on one thread, and records the result.

use std::mem::needs_drop;

use super::Keep;
use super::prefetch::{PrefetchQueue, Taken};
use super::space::{Key, Space};
use super::transitions::{Label, Node, Step};
use super::visited::{Before, VisitedSet};

/// The approximate number of states that one thread expands at a time.
pub(super) const CHUNK_SIZE: usize = 1024;

/// States of a level, in the memory of the thread that found them. Freeing memory is cheapest for the
/// thread that allocated it.
pub(super) struct Segment<S: Space> {
    pub(super) nodes: Vec<S::Node>,
    /// Which of them are new states of the level. The others were known before, or are outside the
    /// space.
    pub(super) new: Vec<bool>,
}

/// A chunk of consecutive states of a level.
pub(super) struct Job<S: Space> {
    /// The number of its first state.
    pub(super) first: Node,
    /// The number of its new states.
    pub(super) states: usize,
    pub(super) segments: Vec<Segment<S>>,
    /// The thread that found them.
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

    /// The states of the chunk.
    pub(super) fn nodes(&self) -> impl Iterator<Item = &S::Node> {
        let segments = self.segments.iter();
        let nodes = segments.flat_map(|segment| segment.nodes.iter().zip(&segment.new));
        nodes.filter(|(_, new)| **new).map(|(node, _)| node)
    }

    /// Adds the states that follow.
    pub(super) fn push(&mut self, segment: Segment<S>, states: usize) {
        self.segments.push(segment);
        self.states += states;
    }
}

/// A state that was not in the table before its batch, and whether it is stored in its chunk.
pub(super) struct Arrival<K> {
    pub(super) key: K,
    pub(super) from: Node,
    pub(super) label: Label,
    pub(super) state: Arrived,
}

/// Where the data of such a state are.
#[derive(Clone, Copy)]
pub(super) enum Arrived {
    /// Its node is stored in its chunk, and `truths` are its predicates.
    Here { truths: u64 },
    /// Its node is stored in its chunk, but it is outside the space.
    Outside,
    /// A thread found it in the previous batch, whose states are being numbered at the same time.
    Before(Met),
}

/// The position of a state in a batch. A *stretch* is a sequence of chunks that one thread expanded one after
/// the other. The position is the number of the stretch, and the index of the state among those that were
/// found in it.
#[derive(Clone, Copy)]
pub(super) struct Met {
    pub(super) stretch: u32,
    pub(super) place: Node,
}

/// The result of expanding a chunk of a batch.
pub(super) struct Chunk<S: Space> {
    /// The number of its first state.
    pub(super) first: Node,
    /// The number of steps of each of its states.
    pub(super) degrees: Vec<u32>,
    /// The steps. A step to an unknown state has the index in the stretch as its target, and is listed
    /// in `open`.
    pub(super) steps: Vec<Step>,
    pub(super) open: Vec<u32>,
    /// States that were not in the table and not found earlier in the same stretch.
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

    /// The number of states stored in the chunk.
    pub(super) fn met(&self) -> usize {
        self.nodes.iter().map(Vec::len).sum()
    }

    /// The stored states, in segments, with a flag for those that are new.
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

/// The unknown states that one thread has found, in chunks that it expanded in their order.
pub(super) struct Stretch<K> {
    /// The index of each of them.
    places: VisitedSet<K>,
    /// Which of them are inside the space.
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

/// The shared input for expanding all chunks of a batch.
pub(super) struct Expansion<'s, S: Space> {
    pub(super) space: &'s S,
    pub(super) known: Before<'s, S::Key>,
    /// The states found in the previous batch, if they are being numbered at the same time.
    pub(super) before: &'s [Stretch<S::Key>],
    /// The predicates that are evaluated in unknown states.
    pub(super) asked: u64,
    pub(super) keep: Keep,
}

/// One of the threads that expand a batch.
pub(super) struct Hand<'e, 's, S: Space> {
    worker: S::Worker<'s>,
    sorter: Sorter<'e, 's, S>,
}

impl<'e, 's, S: Space> Hand<'e, 's, S> {
    /// The thread with this number. `states` is the approximate number of states that it will expand in
    /// this stretch.
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

    /// Ends the stretch. Returns its number and the stretch.
    pub(super) fn end(self) -> (usize, Stretch<S::Key>) {
        let Sorter {
            judge,
            number,
            stretch,
            ..
        } = self.sorter;
        // A thread takes the most recently returned tools first, because their caches fit best.
        drop(judge);
        drop(self.worker);
        (number, stretch)
    }

    /// The initial states, in the form of a chunk. Each is its own predecessor.
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

    /// Expands a chunk and frees it.
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

/// Separates known states from unknown ones.
struct Sorter<'e, 's, S: Space> {
    expansion: &'e Expansion<'s, S>,
    judge: S::Worker<'s>,
    me: usize,
    number: usize,
    stretch: Stretch<S::Key>,
}

impl<S: Space> Sorter<'_, '_, S> {
    /// Adds a step, and the state after it unless it is known.
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

    /// The index of a state among the unknown ones; `None` if it is outside the space.
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

    /// Where a state was found in the previous batch, and whether it is inside the space. This looks
    /// only at what the same thread found: other threads' data are in other caches, and if a state is
    /// only a few numbers, reading them costs more than it saves.
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
