//! Mutants: handlers behind an [`Io`](super::io::Io) that changes one of their calls, as a programming
//! mistake would.
//!
//! A run of the unchanged system over all of its states records which calls its handlers make, with their
//! outcomes ([`System::recording`]). The mutants are derived from these, so that each changes something
//! that a handler really does. [`System::mutant`] is the system with one of them. An engine that checks
//! the unchanged system does not use any of this.
//!
//! Not mutated: the downstream consumer and third parties, which are not part of a protocol's code. A
//! second acknowledgement is not a mutant, because the broker refuses it without effect.

mod recorder;
mod twisted;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use super::replay::Handler;
use super::system::System;
use super::third_party::ThirdParty;
use crate::value::Value;
use recorder::Recorder;
use twisted::Twisted;

/// One change of one call.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Mutant {
    /// The number of the endpoint whose handler it is.
    pub endpoint: usize,
    /// The name of the step.
    pub action: &'static str,
    /// The change.
    pub twist: Twist,
}

/// A change of a call.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Twist {
    /// It is not made, and the handler continues as if it had been.
    Skip,
    /// It is made twice; the handler receives the first outcome.
    Twice,
    /// It is made after the next call.
    PutOff,
    /// A set answers that it contains the identity, or that it does not.
    Answer(bool),
    /// A document or a collection appears as if nothing had been written yet, but with the correct
    /// version.
    SeeNothing,
    /// A boolean field of a document appears with this value.
    SeeField(String, bool),
    /// It writes or deletes without checking the version.
    Blind,
    /// A conflict is treated as success.
    IgnoreConflict,
    /// A missing answer is treated as success.
    IgnoreFailure,
    /// A changed field is written with its previous value.
    DropField(String),
    /// The message is acknowledged before this call, by the named step.
    AckEarly(&'static str),
    /// The request is answered before this call: the name of the step, and the answer.
    ReplyEarly(&'static str, Value),
    /// The handler ends after this call and gives its message back.
    GiveBack,
    /// The identity with this index among those that a run draws (from 0) is derived from the message
    /// instead.
    Derive(usize),
}

/// A short text for lists: `skip`, `drop order.lines`.
impl fmt::Display for Twist {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Twist::Skip => f.write_str("skip"),
            Twist::Twice => f.write_str("twice"),
            Twist::PutOff => f.write_str("put-off"),
            Twist::Answer(true) => f.write_str("always-found"),
            Twist::Answer(false) => f.write_str("never-found"),
            Twist::SeeNothing => f.write_str("see-nothing"),
            Twist::SeeField(field, value) => write!(f, "see-{field}-{value}"),
            Twist::Blind => f.write_str("blind"),
            Twist::IgnoreConflict => f.write_str("ignore-conflict"),
            Twist::IgnoreFailure => f.write_str("ignore-failure"),
            Twist::DropField(field) => write!(f, "drop-{field}"),
            Twist::AckEarly(_) => f.write_str("ack-early"),
            Twist::ReplyEarly(_, answer) => write!(f, "reply-early-{}", answer.plain()),
            Twist::GiveBack => f.write_str("give-back"),
            Twist::Derive(0) => f.write_str("derive"),
            Twist::Derive(n) => write!(f, "derive-{}", n + 1),
        }
    }
}

/// What a mutant needs from the system: the default content of documents, and the third parties.
#[derive(Clone)]
struct Surroundings {
    defaults: Arc<BTreeMap<&'static str, Value>>,
    parties: Vec<(&'static str, ThirdParty)>,
}

impl Surroundings {
    fn of(system: &System) -> Self {
        let spec = system.spec();
        let collections = spec.schema.collections.iter();
        let defaults = collections.map(|one| (one.name, one.default.clone()));
        Surroundings {
            defaults: Arc::new(defaults.collect()),
            parties: spec.third_parties.clone(),
        }
    }

    /// The content of a document that does not exist.
    fn default(&self, collection: &str) -> Option<&Value> {
        self.defaults.get(collection)
    }
}

/// The mutants that are derived from the recorded calls.
#[derive(Debug, Clone, Default)]
pub struct Recording(Arc<Mutex<BTreeSet<Mutant>>>);

impl Recording {
    /// The mutants in order, without repetition.
    pub fn mutants(&self) -> Vec<Mutant> {
        let met = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        met.iter().cloned().collect()
    }

    fn meet(&self, mutants: impl IntoIterator<Item = Mutant>) {
        let mut met = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        met.extend(mutants);
    }
}

impl System {
    /// The same system, whose handlers are recorded. After all of its states were enumerated, the
    /// recording has all mutants.
    #[must_use]
    pub fn recording(&self, into: &Recording) -> Self {
        let around = Surroundings::of(self);
        self.map_handlers(|endpoint, handler| {
            let (handler, around, into) = (handler.clone(), around.clone(), into.clone());
            Handler::raw(move |io, message| {
                let mut recorder = Recorder::new(io, endpoint, &around);
                let returned = handler.run(&mut recorder, message);
                into.meet(recorder.met);
                returned
            })
        })
    }

    /// The system with one changed call.
    #[must_use]
    pub fn mutant(&self, mutant: &Mutant) -> Self {
        let around = Surroundings::of(self);
        self.map_handlers(|endpoint, handler| {
            if endpoint != mutant.endpoint {
                return handler.clone();
            }
            let (handler, around, mutant) = (handler.clone(), around.clone(), mutant.clone());
            Handler::raw(move |io, message| {
                let mut twisted = Twisted::new(io, message, &mutant, &around);
                let returned = handler.run(&mut twisted, message);
                twisted.end(returned)
            })
        })
    }

    /// The name of a mutant, without blanks: the endpoint's name if there are several, the step, and the
    /// change.
    pub fn mutant_name(&self, mutant: &Mutant) -> String {
        let Mutant { action, twist, .. } = mutant;
        let name = match self.hosts() {
            [_] => format!("{action}/{twist}"),
            hosts => format!("{}.{action}/{twist}", hosts[mutant.endpoint].name),
        };
        name.split_whitespace().collect::<Vec<_>>().join("_")
    }
}

/// The fields of a document; empty if it is not a record.
fn fields(document: &Value) -> Vec<(String, &Value)> {
    let entries = document.entries();
    let named = entries.filter_map(|(name, value)| Some((name.as_str()?.to_owned(), value)));
    named.collect()
}
