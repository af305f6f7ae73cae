//! A search with its options: the entrance for anybody's model.

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

/// A search of a model, with options; [`run`](Search::run) starts it.
///
/// Unless asked otherwise it uses one thread and has no limits; it stops as soon as every property is
/// decided; and it keeps the graph if the model has an `eventually` property, which is judged on the
/// graph.
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
    /// Searches any model. States are told apart by 64-bit fingerprints, as in Stateright;
    /// [`Search::space`] takes a [`Plain`] with another identity.
    ///
    /// For an `ActorModel`, [`Search::actors`] is the same search, exact, and several times as fast;
    /// [`search_model!`](crate::search_model) chooses by the type of the model.
    pub fn model(model: &'m M) -> Self {
        Search::space(Plain::new(model, Fingerprints::default()))
    }
}

impl<'m, A: Participant, C: Sync, H: History> Search<'_, Interned<'m, A, C, H>> {
    /// Searches an actor model. States are told apart exactly.
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

    /// Searches all states, also when every property is decided.
    pub fn to_the_end(mut self) -> Self {
        self.until = Until::End;
        self
    }

    /// Uses so many threads. The result is the same for any number.
    pub fn threads(mut self, threads: usize) -> Self {
        self.threads = threads;
        self
    }

    /// Stops at this depth: states on the longest of all shortest paths, an initial state counts 1.
    pub fn max_depth(mut self, depth: usize) -> Self {
        self.limits.max_depth = Some(depth);
        self
    }

    /// Stops at so many states.
    pub fn max_states(mut self, states: usize) -> Self {
        self.limits.max_states = Some(states);
        self
    }

    /// Stops after so much time.
    pub fn time_limit(mut self, limit: Duration) -> Self {
        self.limits.time_limit = Some(limit);
        self
    }

    /// Stops when the process holds so many bytes of memory.
    pub fn memory_limit(mut self, bytes: usize) -> Self {
        self.limits.memory_limit = Some(bytes);
        self
    }

    /// Stops when this flag is set.
    pub fn cancel(mut self, cancel: &Cancel) -> Self {
        self.cancel = cancel.clone();
        self
    }

    /// Reports progress about five times a second.
    pub fn progress(mut self, report: &'r (dyn Fn(&Progress) + Sync)) -> Self {
        self.progress = Some(report);
        self
    }

    /// Searches.
    ///
    /// # Panics
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
