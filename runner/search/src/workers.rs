//! Threads that expand the chunks of a batch in parallel.

use std::collections::VecDeque;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, MutexGuard, OnceLock, PoisonError};

use super::chunk::{Chunk, Expansion, Hand, Job, Stretch};
use super::space::Space;

/// Chunks in order, each with its index in the batch.
type Row<S> = VecDeque<(usize, Job<S>)>;

/// A batch: for each thread the chunks whose states it has found, with which it begins, and the
/// results in order.
pub(super) struct Batch<S: Space> {
    jobs: Vec<Mutex<Row<S>>>,
    done: Vec<OnceLock<Chunk<S>>>,
    /// The number of states that each thread expands.
    share: usize,
    /// The number of stretches that have begun; the finished stretches follow.
    begun: AtomicUsize,
    ended: Mutex<Vec<(usize, Stretch<S::Key>)>>,
}

/// The result of a batch.
pub(super) struct Led<S: Space> {
    /// The results of the chunks, in order.
    pub(super) chunks: Vec<Chunk<S>>,
    /// The states that were found, by stretch.
    pub(super) stretches: Vec<Stretch<S::Key>>,
}

impl<S: Space> Led<S> {
    /// The number of states that it leads to, if all are new.
    pub(super) fn states(&self) -> usize {
        self.chunks.iter().map(|chunk| chunk.arrivals.len()).sum()
    }
}

impl<S: Space> Default for Led<S> {
    fn default() -> Self {
        Led {
            chunks: Vec::new(),
            stretches: Vec::new(),
        }
    }
}

impl<S: Space> From<Chunk<S>> for Led<S> {
    fn from(chunk: Chunk<S>) -> Self {
        Led {
            chunks: vec![chunk],
            stretches: Vec::new(),
        }
    }
}

impl<S: Space> Batch<S> {
    pub(super) fn new(jobs: Vec<Job<S>>, threads: usize) -> Self {
        let done = jobs.iter().map(|_| OnceLock::new()).collect();
        let states = jobs.iter().map(|job| job.states).sum::<usize>();
        let mut rows: Vec<Row<S>> = (0..threads).map(|_| VecDeque::new()).collect();
        for (place, job) in jobs.into_iter().enumerate() {
            rows[job.owner].push_back((place, job));
        }
        let jobs = rows.into_iter().map(Mutex::new).collect();
        Batch {
            jobs,
            done,
            share: states / threads,
            begun: AtomicUsize::new(0),
            ended: Mutex::new(Vec::new()),
        }
    }

    pub(super) fn len(&self) -> usize {
        self.done.len()
    }

    /// Expands chunks until none is left, as the thread with this number.
    pub(super) fn work(&self, me: usize, expansion: &Expansion<'_, S>) {
        let mut next = self.next(me);
        while let Some((mut last, job)) = next {
            let stretch = self.begun.fetch_add(1, Ordering::Relaxed);
            let mut hand = Hand::new(expansion, me, stretch, self.share);
            self.done(last, hand.chunk(job));
            next = self.next(me);
            while let Some((place, job)) = next.take_if(|(place, _)| *place > last) {
                self.done(place, hand.chunk(job));
                last = place;
                next = self.next(me);
            }
            locked(&self.ended).push(hand.end());
        }
    }

    fn done(&self, place: usize, chunk: Chunk<S>) {
        // No other thread has this index.
        let _ = self.done[place].set(chunk);
    }

    /// The result of the batch.
    pub(super) fn end(self) -> Led<S> {
        let chunks = self.done.into_iter().filter_map(OnceLock::into_inner);
        let ended = self.ended.into_inner();
        let mut ended = ended.unwrap_or_else(PoisonError::into_inner);
        ended.sort_unstable_by_key(|(number, _)| *number);
        Led {
            chunks: chunks.collect(),
            stretches: ended.into_iter().map(|(_, stretch)| stretch).collect(),
        }
    }

    /// The next chunk of the thread itself, or else the last one in the queue of another thread.
    fn next(&self, me: usize) -> Option<(usize, Job<S>)> {
        let row = |of: usize| locked(&self.jobs[of]);
        let own = row(me).pop_front();
        let mut others = (me + 1..self.jobs.len()).chain(0..me);
        own.or_else(|| others.find_map(|other| row(other).pop_back()))
    }
}

fn locked<T>(shared: &Mutex<T>) -> MutexGuard<'_, T> {
    shared.lock().unwrap_or_else(PoisonError::into_inner)
}
