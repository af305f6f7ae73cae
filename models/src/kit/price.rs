//! Measures the cost of a run without faults: its calls by kind, the features that they need from the
//! stores, and what is kept for deduplication.
//!
//! The run is one schedule: in each state it takes the first step that leads to a new state. With one
//! slot at each endpoint, messages are handled one after the other. The calls of all endpoints count.
//! Calls of the downstream consumer do not, because a protocol that publishes does not know its
//! consumers. Answering a request and acknowledging a message cost the same in every protocol and are
//! left out.

use std::collections::{BTreeSet, HashSet};
use std::ops::Sub;

use stateright::Model;

use super::io::Call;
use super::step::Kind;
use super::system::{State, System};

/// The limit on the steps of a measured run.
const LONGEST: usize = 10_000;

/// Calls by kind.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Calls {
    /// Loads of documents, listings of collections, queries of sets.
    pub reads: u32,
    /// Changes of a store. A transaction is one write, with any number of documents.
    pub writes: u32,
    /// Messages published or sent.
    pub sends: u32,
    /// Requests to a third party.
    pub asks: u32,
}

/// A feature that a call needs from the stores, besides reading and writing one document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Need {
    /// A queue that hands out the messages of one key in their order.
    OrderedQueue,
    /// A write that fails if the document was changed since it was read.
    VersionedWrite,
    /// A transaction over several documents.
    SeveralDocuments,
    /// A transaction over a store and the broker.
    StoreAndBroker,
}

/// The cost of one run without faults.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Run {
    /// Its calls.
    pub calls: Calls,
    /// The features that they need from the stores.
    pub needs: BTreeSet<Need>,
    /// The number of identities kept for deduplication, if the protocol says where they are kept.
    pub kept: Option<Kept>,
}

/// The number of identities kept for deduplication.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Kept {
    /// When all work is done.
    pub end: usize,
    /// The maximum over the states of the run.
    pub most: usize,
}

impl Need {
    /// All features, the least demanding first.
    pub const ALL: [Need; 4] = [
        Need::OrderedQueue,
        Need::VersionedWrite,
        Need::SeveralDocuments,
        Need::StoreAndBroker,
    ];

    /// Its name, in kebab case.
    pub fn name(self) -> &'static str {
        match self {
            Need::OrderedQueue => "ordered-queue",
            Need::VersionedWrite => "versioned-write",
            Need::SeveralDocuments => "several-documents",
            Need::StoreAndBroker => "store-and-broker",
        }
    }

    /// A description of it.
    pub fn words(self) -> &'static str {
        match self {
            Need::OrderedQueue => "a queue that hands out the messages of one key in their order",
            Need::VersionedWrite => "a write that fails if the document was changed meanwhile",
            Need::SeveralDocuments => "a transaction over several documents",
            Need::StoreAndBroker => "a transaction over a store and the broker",
        }
    }
}

impl Calls {
    pub(super) fn count(&mut self, call: &Call) {
        match call {
            Call::Load { .. } | Call::List { .. } | Call::Contains(_) => self.reads += 1,
            Call::Next { .. }
            | Call::Commit(_)
            | Call::Insert(_)
            | Call::Remove(_)
            | Call::Delete(_) => self.writes += 1,
            Call::CommitAndPublish(..) => {
                self.writes += 1;
                self.sends += 1;
            }
            Call::Publish { .. } | Call::Send { .. } => self.sends += 1,
            Call::Ask { .. } => self.asks += 1,
            Call::Reply(_) | Call::Ack => {}
        }
    }
}

impl Sub for Calls {
    type Output = Calls;

    /// The difference, at least 0.
    fn sub(self, other: Calls) -> Calls {
        Calls {
            reads: self.reads.saturating_sub(other.reads),
            writes: self.writes.saturating_sub(other.writes),
            sends: self.sends.saturating_sub(other.sends),
            asks: self.asks.saturating_sub(other.asks),
        }
    }
}

impl Run {
    fn count(&mut self, call: &Call) {
        self.calls.count(call);
        let writes = match call {
            Call::Commit(writes) => writes,
            Call::CommitAndPublish(writes, _) => {
                self.needs.insert(Need::StoreAndBroker);
                writes
            }
            Call::Delete(deletion) => {
                let versioned = deletion.expected.map(|_| Need::VersionedWrite);
                self.needs.extend(versioned);
                return;
            }
            _ => return,
        };
        if writes.len() > 1 {
            self.needs.insert(Need::SeveralDocuments);
        }
        if writes.iter().any(|write| write.expected.is_some()) {
            self.needs.insert(Need::VersionedWrite);
        }
    }

    fn keep(&mut self, system: &System, state: &State) {
        let spec = system.spec();
        if spec.remembered_in.is_empty() {
            return;
        }
        let (end, _) = (spec.remembered)(system, state);
        let most = self.kept.map_or(0, |kept| kept.most).max(end);
        self.kept = Some(Kept { end, most });
    }
}

impl System {
    /// The cost of a run without faults; `None` if it does not end.
    pub fn priced_run(&self) -> Option<Run> {
        let mut state = self.init_states().into_iter().next()?;
        let mut seen = HashSet::from([state.clone()]);
        let mut run = Run::default();
        if self.hosts.iter().any(|host| host.ordered_by.is_some()) {
            run.needs.insert(Need::OrderedQueue);
        }
        run.keep(self, &state);
        for _ in 0..LONGEST {
            if self.at_rest(&state) {
                return Some(run);
            }
            if self.breach(&state).is_some() {
                return None;
            }
            let mut steps = Vec::new();
            self.ordinary_steps(&state, &mut steps);
            let fresh = steps.into_iter().find_map(|step| {
                let after = self.take(state.clone(), &step)?;
                seen.insert(after.clone()).then_some((step, after))
            });
            let (step, after) = fresh?;
            if let Kind::Call(slot) = step.kind {
                run.count(&self.pending(&state, slot)?);
            }
            state = after;
            run.keep(self, &state);
        }
        None
    }
}
