//! Searches that run beside the server, and their results.
//!
//! The first page that asks for a search starts it. The search continues when no page listens, because
//! a page that is reloaded asks again. A small graph is searched at once; a large one waits for its
//! turn in a [`queue`], and its pages see how many are before it. A few results are kept. A search that
//! a page listens to is never stopped to make room for another one.

mod queue;
mod told;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::Instant;

use tandem_models::kit::system::State;
use tokio::sync::watch;

use self::queue::Queue;
pub(crate) use self::told::progress;
use self::told::{result, told};
use super::model::Model;
use super::problem::Problem;
use super::story::Nearest;
use super::wire;
use crate::memory::give_back;
use tandem_check::engine::graph::{kind, property_report, replayable, report};
use tandem_check::enumerate::{Distances, Exploration, explore_telling};
use tandem_check::trace::Trace;
use tandem_search::cancel::Cancel;
use tandem_search::limits::{CutOff, Limits, Progress, Run};

/// How many searches are kept, running or done.
const KEPT: usize = 6;

/// The largest number of raw states that kept searches may have together when another one starts. Raw
/// states use most of the memory.
const STATES: usize = 6_000_000;

/// How many large searches run at a time.
const RUNNING: usize = 2;

/// A search with up to this many raw states is small: it takes less than a second.
const SMALL: usize = 30_000;

/// How many searches can have listening pages at a time.
const LISTENED: usize = 100;

/// All searches, in the order in which they were last requested.
pub(crate) struct Searches {
    limits: Limits,
    threads: usize,
    kept: Mutex<Vec<Arc<Search>>>,
    queue: Arc<Queue>,
}

/// A search of one model.
pub(crate) struct Search {
    model: Arc<Model>,
    cancel: Cancel,
    status: watch::Sender<Status>,
}

/// The status of a search.
#[derive(Clone)]
pub(crate) enum Status {
    /// It is running or waiting.
    Running(SoFar),
    /// It has ended: all states were found, or a limit was reached.
    Done(Arc<Found>),
    /// It has no result.
    Failed(Problem),
}

/// What is known about a running search.
#[derive(Clone, Default)]
pub(crate) struct SoFar {
    /// While it waits: how many searches come before it in the queue.
    before: Option<usize>,
    /// Its progress, after the first report.
    progress: Option<Progress>,
    /// The properties whose result can no longer change.
    decided: Vec<wire::PropertyResult>,
}

/// The result of a search.
pub(crate) struct Found {
    /// The graph.
    pub(crate) exploration: Exploration,
    /// The report that is sent to the page.
    pub(crate) report: wire::Report,
    /// The distance from each state to the nearest violation, if all states are known.
    distances: Option<Distances>,
}

impl Searches {
    /// No searches yet. Each search has these limits and this many threads.
    pub(crate) fn new(limits: Limits, threads: usize) -> Self {
        Searches {
            limits,
            threads,
            kept: Mutex::default(),
            queue: Arc::new(Queue::new(RUNNING)),
        }
    }

    /// The status of the search of a model, now and in future. Starts the search if there is none.
    ///
    /// The receiver is created before another request can make room, because a search without a
    /// listener can be stopped.
    ///
    /// # Errors
    ///
    /// If no thread can be started, or too many searches have listeners.
    pub(crate) fn follow(&self, model: &Arc<Model>) -> Result<watch::Receiver<Status>, Problem> {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(search) = take(&mut kept, model) {
            let status = search.status.subscribe();
            kept.push(search);
            return Ok(status);
        }
        let search = Arc::new(Search {
            model: Arc::clone(model),
            cancel: Cancel::new(),
            status: watch::Sender::new(Status::Running(SoFar::default())),
        });
        make_room(&mut kept, STATES, self.queue.is_full());
        if kept.len() >= LISTENED {
            let hint =
                format!("{LISTENED} searches are going on; close a page that you do not need");
            return Err(Problem::busy(hint));
        }
        let (runs, limits, threads) = (Arc::clone(&search), self.limits.clone(), self.threads);
        let queue = Arc::clone(&self.queue);
        thread::Builder::new()
            .name("search".to_owned())
            .spawn(move || {
                runs.run(&limits, threads, &queue);
                // This may have been the last search that still held memory which is no longer needed.
                drop(runs);
                give_back();
            })
            .map_err(|error| Problem::busy(format!("no thread for a search: {error}")))?;
        let status = search.status.subscribe();
        kept.push(search);
        Ok(status)
    }

    /// The limits of each search.
    pub(crate) fn limits(&self) -> &Limits {
        &self.limits
    }

    /// The result for a model, if its search is done.
    pub(crate) fn found(&self, model: &Arc<Model>) -> Option<Arc<Found>> {
        let kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        let search = kept.iter().find(|search| search.is_of(model))?;
        match &*search.status.borrow() {
            Status::Done(found) => Some(Arc::clone(found)),
            _ => None,
        }
    }

    /// The distance from each state of a model to the nearest violated guarantee, if it is known.
    pub(crate) fn nearest(&self, model: &Arc<Model>) -> impl Fn(State) -> Nearest + use<> {
        let found = self.found(model);
        move |state| match &found {
            Some(found) => found.nearest(&state),
            None => Nearest::default(),
        }
    }

    /// Stops all searches.
    pub(crate) fn stop(&self) {
        let kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        kept.iter().for_each(|search| search.cancel.cancel());
    }
}

fn take(kept: &mut Vec<Arc<Search>>, model: &Arc<Model>) -> Option<Arc<Search>> {
    let place = kept.iter().position(|search| search.is_of(model))?;
    Some(kept.remove(place))
}

/// Makes room for one more search. It removes results, the oldest first, and, if another search would
/// have to wait, searches that no page listens to.
fn make_room(kept: &mut Vec<Arc<Search>>, most: usize, full: bool) {
    let mut states: usize = kept.iter().map(|search| search.states()).sum();
    kept.retain(|search| {
        let own = search.states();
        let goes = states > most && own > 0;
        states -= if goes { own } else { 0 };
        !goes
    });
    let mut more = (kept.len() + 1).saturating_sub(KEPT);
    kept.retain(|search| {
        let goes = more > 0 && !search.is_running();
        more -= usize::from(goes);
        !goes
    });
    // Nobody asks for the result of a stopped search, so it is removed when its thread ends.
    kept.retain(|search| {
        let goes = search.is_running() && !search.is_listened_to() && (full || more > 0);
        if goes {
            more = more.saturating_sub(1);
            search.cancel.cancel();
        }
        !goes
    });
}

impl Search {
    /// The raw states that it has found; 0 while it is running.
    fn states(&self) -> usize {
        match &*self.status.borrow() {
            Status::Done(found) => found.report.raw_states,
            _ => 0,
        }
    }

    fn is_running(&self) -> bool {
        matches!(&*self.status.borrow(), Status::Running(_))
    }

    fn is_listened_to(&self) -> bool {
        self.status.receiver_count() > 0
    }

    fn is_of(&self, model: &Arc<Model>) -> bool {
        Arc::ptr_eq(&self.model, model) || self.model.key() == model.key()
    }

    /// Searches a small graph at once, and a large one when its turn comes.
    fn run(&self, limits: &Limits, threads: usize, queue: &Queue) {
        let most = limits.max_states.map_or(SMALL, |most| most.min(SMALL));
        let small = Limits {
            max_states: Some(most),
            ..limits.clone()
        };
        let first = self.attempt(&small, threads);
        let is_large = match &first {
            Status::Done(found) => found.exploration.cut_off == Some(CutOff::States(most)),
            _ => false,
        };
        if !is_large || limits.max_states == Some(most) {
            self.status.send_replace(first);
            return;
        }
        drop(first);
        let wait = |before| self.learn(true, |known| known.before = Some(before));
        let turn = queue.wait(&self.cancel, wait);
        self.learn(true, |known| {
            *known = SoFar {
                decided: Vec::new(),
                before: None,
                progress: known.progress,
            }
        });
        // If it did not get a turn it was stopped, and its status says so.
        let status = self.attempt(limits, threads);
        drop(turn);
        self.status.send_replace(status);
    }

    fn attempt(&self, limits: &Limits, threads: usize) -> Status {
        let tell = |progress: &Progress| self.learn(true, |known| known.progress = Some(*progress));
        let mut decided = |result| self.learn(false, |known| known.decided.push(result));
        let run = Run {
            threads,
            progress: Some(&tell),
            ..Run::new(limits, &self.cancel)
        };
        let found = catch_unwind(AssertUnwindSafe(|| search(&self.model, &run, &mut decided)));
        match found {
            Ok(Ok(found)) => Status::Done(Arc::new(found)),
            Ok(Err(problem)) => Status::Failed(problem),
            Err(_) => Status::Failed(Problem::conflict(
                "bug",
                "the search panicked; this is a bug in Tandem or in a guarantee, and the terminal \
                 says where",
            )),
        }
    }

    /// Adds to what is known. Listeners are notified now, or with the next notification.
    fn learn(&self, now: bool, add: impl FnOnce(&mut SoFar)) {
        self.status.send_if_modified(|status| {
            if let Status::Running(known) = status {
                add(known);
            }
            now
        });
    }
}

impl Found {
    /// The distance from a state to the nearest violated guarantee.
    pub(crate) fn nearest(&self, state: &State) -> Nearest {
        let node = self.exploration.node(state);
        match (&self.distances, node) {
            (Some(distances), Some(node)) => Nearest {
                steps: distances.of(node),
                known: true,
            },
            _ => Nearest::default(),
        }
    }
}

/// Searches a model and reports each property as soon as it is decided.
fn search(
    model: &Model,
    run: &Run<'_>,
    decided: &mut dyn FnMut(wire::PropertyResult),
) -> Result<Found, Problem> {
    let started = Instant::now();
    let (instance, asked) = (&model.instance, model.system.asked());
    let exploration = explore_telling(&model.system, run, &mut |place, path| {
        let trace = Trace::new(instance, &model.system, path);
        let property = kind(&asked[place].0);
        decided(result(&property_report(
            instance,
            property,
            Some(trace),
            false,
        )));
    });
    replayable(instance, &exploration)
        .map_err(|error| Problem::conflict("broken-handler", error.to_string()))?;
    let report = report("graph", instance, &exploration, exploration.cut_off);
    let complete = exploration.cut_off.is_none();
    let distances = complete.then(|| exploration.distances(instance.variant.claims));
    let seconds = started.elapsed().as_secs_f64();
    Ok(Found {
        report: told(&report, &exploration, seconds),
        exploration,
        distances,
    })
}

#[cfg(test)]
mod tests;
