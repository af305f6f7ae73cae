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

/// A state that was not known before its batch, besides itself.
pub(super) struct Arrival<K> {
    pub(super) key: K,
    pub(super) from: Node,
    pub(super) label: Label,
    /// Whether it belongs to the space.
    pub(super) within: bool,
    pub(super) truths: u64,
}

/// What a piece of a batch leads to.
pub(super) struct Piece<S: Space> {
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

impl<S: Space> Piece<S> {
    fn new(first: Node, states: usize, owner: usize, stretch: usize) -> Self {
        Piece {
            first,
            degrees: vec![0; states],
            steps: Vec::new(),
            open: Vec::new(),
            arrivals: Vec::new(),
            nodes: Vec::new(),
            collisions: 0,
            owner,
            stretch,
        }
    }

    /// The states that were met, in chunks, with those that are new.
    pub(super) fn chunks(self, new: &[bool]) -> impl Iterator<Item = Chunk<S>> {
        let mut rest = new;
        self.nodes.into_iter().map(move |nodes| {
            let (new, after) = rest.split_at(nodes.len());
            rest = after;
            Chunk {
                nodes,
                new: new.to_vec(),
            }
        })
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

/// One of the threads that expand a batch.
pub(super) struct Hand<'e, 's, S: Space> {
    worker: S::Worker<'s>,
    met: Met<'e, 's, S>,
}

impl<'e, 's, S: Space> Hand<'e, 's, S> {
    /// This one of the threads, which will expand so many states, give or take.
    pub(super) fn new(expansion: &'e Expansion<'s, S>, me: usize, share: usize) -> Self {
        Hand {
            worker: expansion.space.worker(),
            met: Met {
                expansion,
                judge: expansion.space.worker(),
                me,
                stretch: 0,
                places: Known::with_room_for(share),
                within: Vec::new(),
            },
        }
    }

    /// Begins another stretch of pieces.
    pub(super) fn begin(&mut self, stretch: usize) {
        self.met.stretch = stretch;
        if self.met.places.len() > 0 {
            self.met.places = Known::new();
            self.met.within.clear();
        }
    }

    /// The initial states, as if a piece led to them. Each is reached from itself.
    pub(super) fn initial(&mut self) -> Piece<S> {
        let space = self.met.expansion.space;
        let mut piece = Piece::<S>::new(0, 0, self.met.me, self.met.stretch);
        for node in space.initial() {
            if space.within(&node, &mut self.worker) {
                let (from, key) = (self.met.places.len(), space.key(&node));
                self.met.meet(&mut piece, Taken::new(from, 0, node, key));
            }
        }
        piece
    }

    /// Expands a piece, and gives it back.
    pub(super) fn piece(&mut self, job: Job<S>) -> Piece<S> {
        let (worker, met) = (&mut self.worker, &mut self.met);
        let Expansion { space, known, .. } = met.expansion;
        let mut piece = Piece::<S>::new(job.first, job.states, met.me, met.stretch);
        let mut waiting = Waiting::new();
        let mut from = job.first;
        for chunk in job.chunks {
            for (node, new) in chunk.nodes.iter().zip(chunk.new) {
                if !new {
                    continue;
                }
                if !space.broken(node) {
                    space.expand(node, worker, |label, after| {
                        let key = space.key(&after);
                        let taken = Taken::new(from, label, after, key);
                        if let Some(taken) = waiting.push(taken, known) {
                            met.sort_out(&mut piece, taken);
                        }
                    });
                }
                from += 1;
            }
        }
        for taken in waiting {
            met.sort_out(&mut piece, taken);
        }
        if let Some(nodes) = piece.nodes.last_mut() {
            nodes.shrink_to_fit();
        }
        piece
    }
}

/// What a thread has met that is not known.
struct Met<'e, 's, S: Space> {
    expansion: &'e Expansion<'s, S>,
    judge: S::Worker<'s>,
    me: usize,
    /// Pieces that were expanded in their order, so that what is met again is met once.
    stretch: usize,
    /// Where each stands in its stretch.
    places: Known<S::Key>,
    /// Which of them belong to the space.
    within: Vec<bool>,
}

impl<S: Space> Met<'_, '_, S> {
    /// Adds a step, and the state that it leads to unless that is known.
    fn sort_out(&mut self, piece: &mut Piece<S>, taken: Taken<S>) {
        let (from, label) = (taken.from, taken.label);
        let Expansion { known, keep, .. } = self.expansion;
        let number = known.resolve(taken.key, taken.seen);
        let to = match number {
            Some(to) => {
                piece.collisions += u64::from(known.key(to).collides(taken.key));
                to
            }
            None => match self.meet(piece, taken) {
                Some(place) => place,
                None => return,
            },
        };
        piece.degrees[(from - piece.first) as usize] += 1;
        if *keep == Keep::Graph {
            if number.is_none() {
                piece.open.push(super::number(piece.steps.len()));
            }
            piece.steps.push(Step { label, to });
        }
    }

    /// The place of a state among those that are not known. None if it does not belong to the space.
    fn meet(&mut self, piece: &mut Piece<S>, taken: Taken<S>) -> Option<Node> {
        let (place, new) = self.places.meet(taken.key);
        if new {
            self.arrive(piece, taken);
        } else {
            let collides = self.places.key(place).collides(taken.key);
            piece.collisions += u64::from(collides);
        }
        self.within[place as usize].then_some(place)
    }

    /// Adds a state that has not been met before.
    fn arrive(&mut self, piece: &mut Piece<S>, taken: Taken<S>) {
        let Expansion { space, asked, .. } = *self.expansion;
        let within = space.within(&taken.after, &mut self.judge);
        let truths = match within {
            true => space.truths(&taken.after, asked, &mut self.judge),
            false => 0,
        };
        self.within.push(within);
        piece.arrivals.push(Arrival {
            key: taken.key,
            from: taken.from,
            label: taken.label,
            within,
            truths,
        });
        match piece.nodes.last_mut() {
            Some(nodes) if nodes.len() < PIECE => nodes.push(taken.after),
            _ => {
                let mut nodes = Vec::with_capacity(PIECE);
                nodes.push(taken.after);
                piece.nodes.push(nodes);
            }
        }
    }
}
