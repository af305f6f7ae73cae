//! Breadth-first search, level by level, on any number of threads. The result does not depend on the
//! number of threads.
//!
//! A level is processed in batches. The states of a batch are expanded in parallel and looked up in the
//! visited set as it was before the batch; unknown states are collected in order. Then the collected
//! states are numbered one after the other, in the order in which a single thread would have found them.
//! The next batch is expanded at the same time. The number of threads decides only who computes
//! something, and never the order of states.

use std::time::Instant;

use rayon::ThreadPool;

use super::chunk::{Expansion, Hand, Job, Stretch};
use super::explored::Explored;
use super::id_assignment::{Ahead, IdAssignment, is_full};
use super::places;
use super::probe;
use super::space::{Space, Watch};
use super::workers::{Batch, Led};
use crate::limits::{CutOff, Progress, Run, resident};

/// The number of chunks in a batch for each thread.
const PIECES: usize = 8;
/// One thread finishes up to this many chunks before two threads have started.
const WORTH_SHARING: usize = 2;

/// What a search keeps, besides the states themselves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Keep {
    /// The predecessor of each state on its first path: enough for verdicts and shortest paths.
    Paths,
    /// All transitions as well.
    Graph,
}

/// Searches a space from its initial states to the end or to a limit.
///
/// # Panics
///
/// If the space has more than 64 predicates.
pub fn search<S: Space>(space: S, keep: Keep, run: &Run<'_>) -> Explored<S> {
    search_telling(space, keep, run, &mut |_, _| {})
}

/// Searches a space like [`search`], and calls `tell` with the index of each predicate that a state has decided, once the level
/// of that state is complete. The state and its path are then final, and no predicate that is reported
/// later is decided by a nearer state. The calls are the same for any number of threads.
///
/// A search that is cut off does not report the level in which it was cut off. Labels are those of the
/// space until the search has ended.
///
/// # Panics
///
/// If the space has more than 64 predicates.
pub fn search_telling<S: Space>(
    space: S,
    keep: Keep,
    run: &Run<'_>,
    settled: &mut dyn FnMut(&Explored<S>, usize),
) -> Explored<S> {
    search_until(space, keep, Until::End, run, settled)
}

/// When a search ends, if no limit ends it earlier.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Until {
    /// When every state was expanded.
    End,
    /// When every predicate is decided, if each can be decided by a single state.
    Decided,
}

pub(super) fn search_until<S: Space>(
    space: S,
    keep: Keep,
    until: Until,
    run: &Run<'_>,
    settled: &mut dyn FnMut(&Explored<S>, usize),
) -> Explored<S> {
    // The current thread is one of them. If the system cannot create more threads, it does all the work.
    let run = Run {
        threads: run.threads.max(1),
        ..*run
    };
    let others = run.threads - 1;
    let pool = rayon::ThreadPoolBuilder::new().num_threads(others);
    let pool = (others > 0).then(|| pool.build().ok()).flatten();
    let mut search = LevelSearch {
        found: Explored::new(space),
        ahead: Ahead::new(),
        kept: 0,
        keep,
        until,
        run,
        started: Instant::now(),
        told: Instant::now(),
        pool: pool.as_ref(),
    };
    search.all(settled);
    search.found.finish();
    search.found
}

/// A search in progress.
struct LevelSearch<'r, S: Space> {
    found: Explored<S>,
    ahead: Ahead<S>,
    /// The predicates whose truth is kept for every state.
    kept: u64,
    keep: Keep,
    until: Until,
    run: Run<'r>,
    started: Instant,
    told: Instant,
    /// The other threads.
    pool: Option<&'r ThreadPool>,
}

impl<S: Space> LevelSearch<'_, S> {
    fn all(&mut self, settled: &mut dyn FnMut(&Explored<S>, usize)) {
        for (place, watch) in self.found.space.predicates().iter().enumerate() {
            match watch {
                Watch::Everywhere => self.kept |= 1 << place,
                _ => self.ahead.open |= 1 << place,
            }
        }
        self.ahead.stop_when_decided =
            self.until == Until::Decided && self.kept == 0 && self.ahead.open != 0;
        let mut untold = self.ahead.open;
        let mut next_level = 0;
        self.begin();
        while !self.ahead.frontier.is_empty() && self.found.cut_off.is_none() {
            self.found.levels.push(self.ahead.frontier[0].first);
            for place in places(untold & !self.ahead.open) {
                settled(&self.found, place);
            }
            untold = self.ahead.open;
            next_level = self.found.states();
            if self.is_last_level() && self.leads_further() {
                break;
            }
            self.level();
        }
        // The search was cut off in this level.
        if self.found.states() > next_level {
            self.found.levels.push(next_level);
        }
        if self.found.cut_off == Some(CutOff::Decided) {
            for place in places(untold) {
                settled(&self.found, place);
            }
        }
        // Report once more, even if the last report was recent, because post-processing a large graph
        // also takes time.
        self.told = self.started;
        self.tell();
    }

    /// Finds the initial states.
    fn begin(&mut self) {
        let initial = Hand::new(&self.part(0, &[]).0, 0, 0, 0).initial();
        let initial = self.without_fault(Led::from(initial));
        self.number(initial);
        self.found.initial = self.found.states();
    }

    /// Whether the depth limit allows no further level.
    fn is_last_level(&self) -> bool {
        let limit = self.run.limits.max_depth;
        limit.is_some_and(|max| self.found.levels.len() >= max)
    }

    /// Whether a step from the last level leads to an unknown state, or another limit is reached. In
    /// that case the search ends and keeps no step of this level, because an arbitrary part of them was
    /// taken before the first unknown state was found. Otherwise the search is complete with this level,
    /// and it is expanded like the others.
    fn leads_further(&mut self) -> bool {
        for place in 0..self.ahead.frontier.len() {
            if self.is_stopped() {
                return true;
            }
            let job = &self.ahead.frontier[place];
            let further = probe::leads_further(&self.found.space, &self.found.known, job);
            if self.found.space.fault().is_some() {
                self.found.cut_off = Some(CutOff::Fault);
                return true;
            }
            if further {
                self.found.cut_off = self.run.limits.max_depth.map(CutOff::Depth);
                return true;
            }
        }
        false
    }

    /// Expands a level and finds the next one. While a batch is expanded, the states found in the
    /// previous batch are numbered.
    fn level(&mut self) {
        let mut level = std::mem::take(&mut self.ahead.frontier).into_iter();
        let mut led = Led::default();
        // If there is only one thread, what it has just read is still in its caches when it numbers the
        // states.
        let together = if self.pool.is_some() {
            PIECES * self.run.threads
        } else {
            1
        };
        loop {
            let stopped = level.len() == 0 || self.is_stopped();
            let batch: Vec<_> = level
                .by_ref()
                .take(if stopped { 0 } else { together })
                .collect();
            if batch.is_empty() && led.chunks.is_empty() {
                break;
            }
            led = self.round(led, batch);
            led = self.without_fault(led);
            self.tell();
        }
    }

    /// The result of a batch. If the model has broken a rule, the result is empty and the search ends.
    fn without_fault(&mut self, led: Led<S>) -> Led<S> {
        if self.found.space.fault().is_none() {
            return led;
        }
        self.found.cut_off = Some(CutOff::Fault);
        Led::default()
    }

    /// Whether the search ends here, because of a limit or because it was cancelled.
    fn is_stopped(&mut self) -> bool {
        if is_full(self.found.cut_off) {
            return true;
        }
        let to_come = S::AFTERWARDS * self.found.states() as usize;
        let (limits, cancel) = (self.run.limits, self.run.cancel);
        let reached = limits.reached(self.started, cancel, to_come);
        self.found.cut_off = reached.or(self.found.cut_off);
        reached.is_some()
    }

    /// Numbers the states found in one batch, and expands the next batch. The two are done in parallel
    /// if that is worth it.
    fn round(&mut self, last: Led<S>, batch: Vec<Job<S>>) -> Led<S> {
        let batch = Batch::new(batch, self.run.threads);
        match self.pool {
            Some(pool) if batch.len() > WORTH_SHARING => {
                let (states, chunks) = (last.states(), last.chunks);
                let (expansion, mut numbering) = self.part(states, &last.stretches);
                pool.in_place_scope(|scope| {
                    scope.spawn_broadcast(|_, thread| batch.work(thread.index() + 1, &expansion));
                    numbering.all(chunks);
                    batch.work(0, &expansion);
                });
                self.found.known.close();
            }
            _ => {
                self.number(last);
                batch.work(0, &self.part(0, &[]).0);
            }
        }
        batch.end()
    }

    fn number(&mut self, last: Led<S>) {
        self.part(last.states(), &[]).1.all(last.chunks);
        self.found.known.close();
    }

    /// The input for expanding states while the states of the previous batch (`states` of them, found in
    /// these stretches) are numbered.
    fn part<'s>(
        &'s mut self,
        states: usize,
        before: &'s [Stretch<S::Key>],
    ) -> (Expansion<'s, S>, IdAssignment<'s, S>) {
        let (asked, keep) = (self.ahead.open | self.kept, self.keep);
        let (space, known, numbering) = IdAssignment::of(
            &mut self.found,
            states,
            self.pool,
            keep,
            self.run.limits,
            &mut self.ahead,
        );
        let expansion = Expansion {
            space,
            known,
            before,
            asked,
            keep,
        };
        (expansion, numbering)
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
