//! Breadth-first search, level by level, on any number of threads, with the same result on each.
//!
//! A level is worked through in batches. The states of a batch are expanded side by side, against
//! the table of known states as it was before the batch; what is not in it is collected, in order.
//! Then the collected states are numbered, one after the other, in the order in which a single
//! thread would have met them. Threads decide who computes, never what comes first.

use std::time::Instant;

use rayon::ThreadPool;
use rayon::prelude::*;

use super::explored::Explored;
use super::known::Known;
use super::space::{Key, Space, Watch};
use super::transitions::{Label, Node, Step};
use super::waiting::{Taken, Waiting};
use crate::limits::{CutOff, Progress, Run, resident};

/// States that one thread expands at a time.
const PIECE: usize = 512;
/// Pieces of a batch, for each thread.
const PIECES: usize = 8;
/// Pieces up to which one thread is done before two have begun.
const WORTH_SHARING: usize = 8;

/// What is kept of a search besides the states themselves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Keep {
    /// From where each state was first reached: enough for verdicts and shortest paths.
    Paths,
    /// All transitions as well.
    Graph,
}

/// A state that was not known before its batch.
struct Fresh<S: Space> {
    key: S::Key,
    node: S::Node,
    from: Node,
    label: Label,
    truths: u64,
}

/// What a piece of a batch leads to.
struct Piece<S: Space> {
    /// The first of its states.
    first: Node,
    /// How many steps each of its states has.
    degrees: Vec<u32>,
    /// The steps. Those to a fresh state have its place in `fresh` as target, and are in `open`.
    steps: Vec<Step>,
    open: Vec<u32>,
    /// What is not known. A state that does not belong to the space has a place but is none.
    fresh: Vec<Option<Fresh<S>>>,
    /// The place of each in `fresh`.
    places: Known<S::Key>,
    collisions: u64,
    generated: u64,
}

/// Searches a space, from its initial states to the end or to a limit.
///
/// # Panics
/// If the space asks more than 64 predicates.
pub fn search<S: Space>(space: S, keep: Keep, run: &Run<'_>) -> Explored<S> {
    search_telling(space, keep, run, &mut |_, _| {})
}

/// The same, and tells meanwhile which predicate a state has settled, by its place, once the level of
/// that state is complete. The state and the path to it are then what they will be at the end, and no
/// predicate that is told later is settled by a nearer one. All this is the same on any number of
/// threads.
///
/// A search that is cut off does not tell of the level that it was cut off in. Labels are those of the
/// space until the search has ended.
///
/// # Panics
/// If the space asks more than 64 predicates.
pub fn search_telling<S: Space>(
    space: S,
    keep: Keep,
    run: &Run<'_>,
    settled: &mut dyn FnMut(&Explored<S>, usize),
) -> Explored<S> {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(run.threads);
    // Where the system has no threads to give, this one does all.
    let pool = (run.threads > 1).then(|| pool.build().ok()).flatten();
    // What one thread alone has just looked at is still in its caches when it is numbered.
    let together = pool
        .as_ref()
        .map_or(1, |pool| PIECES * pool.current_num_threads());
    let mut search = Search {
        together,
        found: Explored::new(space),
        frontier: Vec::new(),
        open: 0,
        kept: 0,
        keep,
        run: *run,
        started: Instant::now(),
        told: Instant::now(),
        pool,
    };
    search.all(settled);
    search.found.finish();
    search.found
}

struct Search<'r, S: Space> {
    found: Explored<S>,
    /// The states of the level that is being found, in pieces: each is given back as soon as it is
    /// expanded, by whoever has expanded it.
    frontier: Vec<Vec<S::Node>>,
    /// How many pieces are a batch.
    together: usize,
    /// The predicates that are not settled yet.
    open: u64,
    /// Those that are asked everywhere.
    kept: u64,
    keep: Keep,
    run: Run<'r>,
    started: Instant,
    told: Instant,
    pool: Option<ThreadPool>,
}

impl<S: Space> Search<'_, S> {
    fn all(&mut self, settled: &mut dyn FnMut(&Explored<S>, usize)) {
        for (place, watch) in self.found.space.predicates().iter().enumerate() {
            match watch {
                Watch::Everywhere => self.kept |= 1 << place,
                _ => self.open |= 1 << place,
            }
        }
        let mut untold = self.open;
        self.begin();
        let mut first = 0;
        while !self.frontier.is_empty() && self.found.cut_off.is_none() {
            self.found.levels.push(first);
            for place in places(untold & !self.open) {
                settled(&self.found, place);
            }
            untold = self.open;
            let mut level = std::mem::take(&mut self.frontier).into_iter();
            while level.len() > 0 {
                if let Some(cut_off) = self.run.limits.reached(self.started, self.run.cancel) {
                    self.found.cut_off = Some(cut_off);
                    break;
                }
                let mut batch = Vec::new();
                for nodes in level.by_ref().take(self.together) {
                    let start = first;
                    first += number(nodes.len());
                    batch.push((start, nodes));
                }
                for piece in self.expand(batch) {
                    self.merge(piece);
                    if self.is_full() {
                        break;
                    }
                }
                self.tell();
                if self.is_full() {
                    break;
                }
            }
        }
        // Once more, whenever it was told last: what is made of a large graph takes a while, too.
        self.told = self.started;
        self.tell();
    }

    /// Whether there is no room for another state. At the depth limit there is none either, but the
    /// steps to known states are still of interest.
    ///
    /// It is asked after each piece: how many of them are a batch is a matter of threads, and what
    /// is found is none.
    fn is_full(&self) -> bool {
        matches!(self.found.cut_off, Some(CutOff::States(_) | CutOff::Full))
    }

    /// Meets the initial states.
    fn begin(&mut self) {
        let asked = self.open | self.kept;
        for node in self.found.space.initial() {
            let space = &self.found.space;
            if !space.within(&node, &mut space.worker()) {
                continue;
            }
            let fresh = Fresh {
                key: space.key(&node),
                truths: space.truths(&node, asked, &mut space.worker()),
                node,
                from: self.found.states(),
                label: 0,
            };
            self.meet(fresh);
        }
        self.found.initial = self.found.states();
    }

    /// Expands the states of a batch, side by side. Each piece comes with the number of its first.
    fn expand(&self, batch: Vec<(Node, Vec<S::Node>)>) -> Vec<Piece<S>> {
        // Each piece of the level is given back here.
        let one = |(first, nodes): (Node, Vec<S::Node>)| self.piece(first, &nodes);
        match &self.pool {
            Some(pool) if batch.len() > WORTH_SHARING => {
                pool.install(|| batch.into_par_iter().map(one).collect())
            }
            _ => batch.into_iter().map(one).collect(),
        }
    }

    fn piece(&self, first: Node, nodes: &[S::Node]) -> Piece<S> {
        let space = &self.found.space;
        let mut worker = space.worker();
        let mut judge = space.worker();
        let mut piece = Piece::<S>::new(first, nodes.len());
        let mut waiting = Waiting::new();
        for (from, node) in (first..).zip(nodes) {
            if space.broken(node) {
                continue;
            }
            space.expand(node, &mut worker, |label, after| {
                let key = space.key(&after);
                let taken = Taken::new(from, label, after, key);
                if let Some(taken) = waiting.push(taken, &self.found.known) {
                    self.sort_out(&mut piece, taken, &mut judge);
                }
            });
        }
        for taken in waiting {
            self.sort_out(&mut piece, taken, &mut judge);
        }
        piece
    }

    /// Adds a step, and the state that it leads to unless that is known.
    fn sort_out<'s>(&'s self, piece: &mut Piece<S>, taken: Taken<S>, judge: &mut S::Worker<'s>) {
        let (space, known) = (&self.found.space, &self.found.known);
        let Taken {
            from,
            label,
            after,
            key,
            seen,
        } = taken;
        let at = known.resolve(key, seen);
        let to = match at {
            Some(to) => {
                piece.collisions += u64::from(known.key(to).collides(key));
                Some(to)
            }
            None => piece.place(key, || {
                space.within(&after, judge).then(|| Fresh {
                    key,
                    truths: space.truths(&after, self.open | self.kept, judge),
                    node: after,
                    from,
                    label,
                })
            }),
        };
        let Some(to) = to else { return };
        piece.degrees[(from - piece.first) as usize] += 1;
        piece.generated += 1;
        if self.keep == Keep::Graph {
            if at.is_none() {
                piece.open.push(number(piece.steps.len()));
            }
            piece.steps.push(Step { label, to });
        }
    }

    /// Numbers what a piece has found, and keeps its steps.
    fn merge(&mut self, piece: Piece<S>) {
        self.found.generated += piece.generated;
        self.found.collisions += piece.collisions;
        let numbers: Vec<Option<Node>> = piece
            .fresh
            .into_iter()
            .map(|fresh| self.meet(fresh?))
            .collect();
        if self.keep == Keep::Paths {
            self.found.expanded += piece.degrees.len();
            return;
        }
        let mut steps = piece.steps;
        for place in piece.open {
            let step = &mut steps[place as usize];
            step.to = numbers[step.to as usize].unwrap_or(Node::MAX);
        }
        if self.found.transitions.extend(&piece.degrees, &steps) {
            self.found.expanded += piece.degrees.len();
        } else {
            self.found.cut_off = Some(CutOff::Full);
        }
    }

    /// The number of a state, new or known; none if there is no room for it any more.
    fn meet(&mut self, fresh: Fresh<S>) -> Option<Node> {
        let Search { found, run, .. } = self;
        if let Some(cut_off) = room(&found.known, found.levels.len(), run) {
            let known = found.known.find(fresh.key);
            if known.is_none() {
                found.cut_off = Some(cut_off);
            }
            return known;
        }
        let (node, new) = found.known.meet(fresh.key);
        if !new {
            found.collisions += u64::from(found.known.key(node).collides(fresh.key));
            return Some(node);
        }
        found.parents.push(fresh.from);
        found.labels.push(fresh.label);
        self.settle(node, fresh.truths);
        self.enqueue(fresh.node);
        Some(node)
    }

    fn enqueue(&mut self, node: S::Node) {
        match self.frontier.last_mut() {
            Some(nodes) if nodes.len() < PIECE => nodes.push(node),
            _ => self.frontier.push(vec![node]),
        }
    }

    /// Notes which predicates a new state settles.
    fn settle(&mut self, node: Node, truths: u64) {
        let found = &mut self.found;
        for (place, watch) in found.watches.iter().enumerate() {
            let truth = truths >> place & 1 == 1;
            match watch {
                Watch::Everywhere => found.truths[place].push(truth),
                _ if self.open >> place & 1 == 1 && truth == (*watch == Watch::True) => {
                    found.decided[place] = Some(node);
                    self.open &= !(1 << place);
                }
                _ => {}
            }
        }
    }

    fn tell(&mut self) {
        let (found, started) = (&self.found, self.started);
        let states = found.states() as usize;
        self.run.tell(&mut self.told, || Progress {
            states,
            steps: found.generated,
            depth: found.levels.len(),
            walks: None,
            queue: states.saturating_sub(found.expanded()),
            memory: resident(),
            elapsed: started.elapsed(),
            estimate: found.estimate(),
        });
    }
}

impl<S: Space> Piece<S> {
    fn new(first: Node, states: usize) -> Self {
        Piece {
            first,
            degrees: vec![0; states],
            steps: Vec::new(),
            open: Vec::new(),
            fresh: Vec::new(),
            places: Known::with_room_for(states),
            collisions: 0,
            generated: 0,
        }
    }

    /// The place of a state that is not known among the fresh ones. None if it does not belong to
    /// the space.
    fn place(&mut self, key: S::Key, fresh: impl FnOnce() -> Option<Fresh<S>>) -> Option<u32> {
        let (place, new) = self.places.meet(key);
        if new {
            self.fresh.push(fresh());
        } else {
            self.collisions += u64::from(self.places.key(place).collides(key));
        }
        self.fresh[place as usize].is_some().then_some(place)
    }
}

/// Why no further state may be met, if none may.
fn room<K: Key>(known: &Known<K>, depth: usize, run: &Run<'_>) -> Option<CutOff> {
    let states = known.len() as usize;
    let full = |max: &usize| states >= *max;
    if let Some(max) = run.limits.max_states.filter(full) {
        return Some(CutOff::States(max));
    }
    if let Some(max) = run.limits.max_depth.filter(|max| depth >= *max) {
        return Some(CutOff::Depth(max));
    }
    (known.len() == Node::MAX).then_some(CutOff::Full)
}

/// The places whose bits are set.
fn places(mask: u64) -> impl Iterator<Item = usize> {
    (0..u64::BITS as usize).filter(move |place| mask >> place & 1 == 1)
}

fn number(size: usize) -> u32 {
    u32::try_from(size).unwrap_or(u32::MAX)
}
