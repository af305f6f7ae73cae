//! What a piece of a level leads to, seen by one thread.

use super::Keep;
use super::known::{Before, Known};
use super::space::{Key, Space};
use super::transitions::{Label, Node, Step};
use super::waiting::{Taken, Waiting};

/// States that one thread expands at a time, give or take.
pub(super) const PIECE: usize = 1024;

/// States of a level where the thread has left them that met them: memory is given back most cheaply
/// by whoever asked for it.
pub(super) struct Chunk<S: Space> {
    pub(super) nodes: Vec<S::Node>,
    /// Which of them are states of the level: others were met before, or do not belong to the space.
    pub(super) new: Vec<bool>,
}

/// The states of a level, in their order, a piece at a time.
pub(super) struct Job<S: Space> {
    /// The number of its first.
    pub(super) first: Node,
    /// How many of its states are new.
    pub(super) states: usize,
    pub(super) chunks: Vec<Chunk<S>>,
    /// The thread that has met them.
    pub(super) owner: usize,
}

impl<S: Space> Job<S> {
    pub(super) fn new(first: Node, chunk: Chunk<S>, states: usize, owner: usize) -> Self {
        Job {
            first,
            states,
            chunks: vec![chunk],
            owner,
        }
    }

    /// Adds the states that come next.
    pub(super) fn push(&mut self, chunk: Chunk<S>, states: usize) {
        self.chunks.push(chunk);
        self.states += states;
    }
}

/// A state that was not known before its batch, besides its key and itself.
pub(super) struct Arrival {
    pub(super) from: Node,
    pub(super) label: Label,
    pub(super) truths: u64,
}

/// What a piece of a batch leads to.
pub(super) struct Piece<S: Space> {
    /// The first of its states.
    pub(super) first: Node,
    /// How many steps each of its states has.
    pub(super) degrees: Vec<u32>,
    /// The steps. Those to a state that is not known have its place as target, and are in `open`.
    pub(super) steps: Vec<Step>,
    pub(super) open: Vec<u32>,
    /// What is not known, each with its place.
    pub(super) places: Known<S::Key>,
    pub(super) arrivals: Vec<Arrival>,
    /// Which of them belong to the space.
    pub(super) within: Vec<bool>,
    pub(super) nodes: Vec<Vec<S::Node>>,
    pub(super) collisions: u64,
    pub(super) owner: usize,
}

impl<S: Space> Piece<S> {
    fn new(first: Node, states: usize, owner: usize) -> Self {
        Piece {
            first,
            degrees: vec![0; states],
            steps: Vec::new(),
            open: Vec::new(),
            places: Known::with_room_for(states),
            arrivals: Vec::new(),
            within: Vec::new(),
            nodes: Vec::new(),
            collisions: 0,
            owner,
        }
    }

    /// The states that were met, in pieces, with those that are new.
    pub(super) fn chunks(self, new: &[bool]) -> impl Iterator<Item = Chunk<S>> {
        self.nodes
            .into_iter()
            .zip(new.chunks(PIECE))
            .map(|(nodes, new)| Chunk {
                nodes,
                new: new.to_vec(),
            })
    }

    /// Adds a state that is not known.
    fn push(&mut self, node: S::Node, within: bool, arrival: Arrival) {
        self.within.push(within);
        self.arrivals.push(arrival);
        match self.nodes.last_mut() {
            Some(nodes) if nodes.len() < PIECE => nodes.push(node),
            _ => self.nodes.push(vec![node]),
        }
    }
}

/// What is needed to expand a piece: the same for all that are expanded at a time.
pub(super) struct Expansion<'s, S: Space> {
    pub(super) space: &'s S,
    pub(super) known: Before<'s, S::Key>,
    /// The predicates that are asked of states that are not known.
    pub(super) asked: u64,
    pub(super) keep: Keep,
}

impl<'s, S: Space> Expansion<'s, S> {
    /// The initial states, as if a piece led to them. Each is reached from itself.
    pub(super) fn initial(&self) -> Piece<S> {
        let mut worker = self.space.worker();
        let mut piece = Piece::<S>::new(0, 0, 0);
        for node in self.space.initial() {
            if self.space.within(&node, &mut worker) {
                let (from, key) = (piece.places.len(), self.space.key(&node));
                self.meet(&mut piece, Taken::new(from, 0, node, key), &mut worker);
            }
        }
        piece
    }

    /// Expands a piece, and gives it back.
    pub(super) fn piece(&self, job: Job<S>, owner: usize) -> Piece<S> {
        let space = self.space;
        let mut worker = space.worker();
        let mut judge = space.worker();
        let mut piece = Piece::<S>::new(job.first, job.states, owner);
        let mut waiting = Waiting::new();
        let mut from = job.first;
        for chunk in job.chunks {
            for (node, new) in chunk.nodes.iter().zip(chunk.new) {
                if !new {
                    continue;
                }
                if !space.broken(node) {
                    space.expand(node, &mut worker, |label, after| {
                        let key = space.key(&after);
                        let taken = Taken::new(from, label, after, key);
                        if let Some(taken) = waiting.push(taken, &self.known) {
                            self.sort_out(&mut piece, taken, &mut judge);
                        }
                    });
                }
                from += 1;
            }
        }
        for taken in waiting {
            self.sort_out(&mut piece, taken, &mut judge);
        }
        if let Some(nodes) = piece.nodes.last_mut() {
            nodes.shrink_to_fit();
        }
        piece
    }

    /// Adds a step, and the state that it leads to unless that is known.
    fn sort_out(&self, piece: &mut Piece<S>, taken: Taken<S>, judge: &mut S::Worker<'s>) {
        let (from, label) = (taken.from, taken.label);
        let known = self.known.resolve(taken.key, taken.seen);
        let to = match known {
            Some(to) => {
                piece.collisions += u64::from(self.known.key(to).collides(taken.key));
                to
            }
            None => match self.meet(piece, taken, judge) {
                Some(place) => place,
                None => return,
            },
        };
        piece.degrees[(from - piece.first) as usize] += 1;
        if self.keep == Keep::Graph {
            if known.is_none() {
                piece.open.push(super::number(piece.steps.len()));
            }
            piece.steps.push(Step { label, to });
        }
    }

    /// The place of a state among those that are not known. None if it does not belong to the space.
    fn meet(
        &self,
        piece: &mut Piece<S>,
        taken: Taken<S>,
        judge: &mut S::Worker<'s>,
    ) -> Option<Node> {
        let (place, new) = piece.places.meet(taken.key);
        if new {
            let within = self.space.within(&taken.after, judge);
            let truths = match within {
                true => self.space.truths(&taken.after, self.asked, judge),
                false => 0,
            };
            let arrival = Arrival {
                from: taken.from,
                label: taken.label,
                truths,
            };
            piece.push(taken.after, within, arrival);
        } else {
            let collides = piece.places.key(place).collides(taken.key);
            piece.collisions += u64::from(collides);
        }
        piece.within[place as usize].then_some(place)
    }
}
