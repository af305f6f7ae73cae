//! A builder for searches: the entry point for models outside the catalogue.

use std::time::Duration;

use stateright::actor::ActorModel;

use super::actors::{History, Interned, Participant};
use super::engine::{Until, search_until};
use super::fingerprint::Fingerprints;
use super::plain::{Plain, Searchable};
use super::space::{Space, Watch};
use super::{Explored, Keep};
use crate::cancel::Cancel;
use crate::limits::{Limits, Progress, Run};

/// A search of a model, with options. [`run`](Search::run) starts it.
///
/// By default it uses one thread and has no limits, and it stops as soon as every property is
/// decided. It keeps the graph if the model has an `eventually` property, because that is judged on
/// the graph.
#[must_use = "a search does nothing before `run`"]
pub struct Search<'r, S> {
    space: S,
    keep: Option<Keep>,
    until: Until,
    threads: usize,
    limits: Limits,
    cancel: Cancel,
    progress: Option<&'r (dyn Fn(&Progress) + Sync)>,
}

impl<'m, M: Searchable> Search<'_, Plain<'m, M, Fingerprints>> {
    /// Searches any model. States are identified by 64-bit fingerprints, as in Stateright; use
    /// [`Search::space`] with a [`Plain`] for another identity.
    ///
    /// For an `ActorModel`, [`Search::actors`] is the same search, exact, and several times as fast;
    /// [`search_model!`](crate::search_model) chooses by the type of the model.
    pub fn model(model: &'m M) -> Self {
        Search::space(Plain::new(model, Fingerprints::default()))
    }
}

impl<'m, A: Participant, C: Sync, H: History> Search<'_, Interned<'m, A, C, H>> {
    /// Searches an actor model. States are compared exactly.
    pub fn actors(model: &'m ActorModel<A, C, H>) -> Self {
        Search::space(Interned::new(model))
    }
}

impl<'r, S: Space> Search<'r, S> {
    /// Searches a space.
    pub fn space(space: S) -> Self {
        Search {
            space,
            keep: None,
            until: Until::Decided,
            threads: 1,
            limits: Limits::NONE,
            cancel: Cancel::new(),
            progress: None,
        }
    }

    /// Keeps all transitions, for liveness and statistics. They take six bytes each.
    pub fn keep_graph(mut self) -> Self {
        self.keep = Some(Keep::Graph);
        self
    }

    /// Searches all states, even after every property is decided.
    pub fn to_the_end(mut self) -> Self {
        self.until = Until::End;
        self
    }

    /// Sets the number of threads. It does not affect the result.
    pub fn threads(mut self, threads: usize) -> Self {
        self.threads = threads;
        self
    }

    /// Sets a limit on the depth: the number of states on the longest of all shortest paths. An
    /// initial state counts as 1.
    pub fn max_depth(mut self, depth: usize) -> Self {
        self.limits.max_depth = Some(depth);
        self
    }

    /// Sets a limit on the number of states.
    pub fn max_states(mut self, states: usize) -> Self {
        self.limits.max_states = Some(states);
        self
    }

    /// Sets a time limit.
    pub fn time_limit(mut self, limit: Duration) -> Self {
        self.limits.time_limit = Some(limit);
        self
    }

    /// Sets a limit on the memory of the process, in bytes.
    pub fn memory_limit(mut self, bytes: usize) -> Self {
        self.limits.memory_limit = Some(bytes);
        self
    }

    /// Stops when this flag is set.
    pub fn cancel(mut self, cancel: &Cancel) -> Self {
        self.cancel = cancel.clone();
        self
    }

    /// Sets a function that receives the progress, about five times a second.
    pub fn progress(mut self, report: &'r (dyn Fn(&Progress) + Sync)) -> Self {
        self.progress = Some(report);
        self
    }

    /// Runs the search.
    ///
    /// # Panics
    ///
    /// If the space has more than 64 predicates.
    pub fn run(self) -> Explored<S> {
        let temporal = self.space.predicates().contains(&Watch::Everywhere);
        let keep = match self.keep {
            Some(keep) => keep,
            None if temporal => Keep::Graph,
            None => Keep::Paths,
        };
        let run = Run {
            limits: &self.limits,
            cancel: &self.cancel,
            threads: self.threads,
            progress: self.progress,
        };
        search_until(self.space, keep, self.until, &run, &mut |_, _| {})
    }
}
