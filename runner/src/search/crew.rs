//! Threads that expand the pieces of a batch side by side.

use std::collections::VecDeque;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, MutexGuard, OnceLock, PoisonError};

use super::piece::{Expansion, Hand, Job, Piece};
use super::space::Space;

/// Pieces in order, each with its place in the batch.
type Row<S> = VecDeque<(usize, Job<S>)>;

/// A batch: for each thread the pieces that it has met itself, which it begins with, and what has
/// come of them, in order.
pub(super) struct Batch<S: Space> {
    jobs: Vec<Mutex<Row<S>>>,
    done: Vec<OnceLock<Piece<S>>>,
    /// How many states one of the threads expands.
    share: usize,
    /// How many stretches have begun.
    stretches: AtomicUsize,
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
            stretches: AtomicUsize::new(0),
        }
    }

    pub(super) fn len(&self) -> usize {
        self.done.len()
    }

    /// Expands pieces until there is none left, as one of the threads.
    pub(super) fn work(&self, me: usize, expansion: &Expansion<'_, S>) {
        let mut hand = Hand::new(expansion, me, self.share);
        let mut last = usize::MAX;
        while let Some((place, job)) = self.next(me) {
            if place < last {
                hand.begin(self.stretches.fetch_add(1, Ordering::Relaxed));
            }
            last = place;
            // No other thread has this place.
            let _ = self.done[place].set(hand.piece(job));
        }
    }

    /// What it leads to, piece by piece.
    pub(super) fn pieces(self) -> Vec<Piece<S>> {
        self.done
            .into_iter()
            .filter_map(OnceLock::into_inner)
            .collect()
    }

    /// The next piece of its own, or of another thread the one that its turn would come to last.
    fn next(&self, me: usize) -> Option<(usize, Job<S>)> {
        let own = self.row(me).pop_front();
        let mut others = (me + 1..self.jobs.len()).chain(0..me);
        own.or_else(|| others.find_map(|other| self.row(other).pop_back()))
    }

    fn row(&self, of: usize) -> MutexGuard<'_, Row<S>> {
        self.jobs[of].lock().unwrap_or_else(PoisonError::into_inner)
    }
}
