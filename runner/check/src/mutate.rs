//! Mutation testing of a protocol's guarantees: each call of its handlers is changed in one way, as a
//! mistake would change it, and what finds the mistake is told.
//!
//! A mutant is found by a guarantee that the variant claims, by what else `tandem check` refuses, or by its
//! price: of a message in a run without faults, or of one attempt in any state. Where none of these finds it
//! at the variant's own bounds and faults, it is tried at the other settings that the catalogue names for the
//! protocol. Else only the comparison with the specification finds it, whose graph is that of the original:
//! it is a *survivor*. Either a guarantee is missing, or the change does no harm, and then the survivor
//! stands in the list of those that are [`accepted`]. A mutant with the original's graph is equivalent, and
//! no mistake at all.

pub mod accepted;
mod baseline;
mod fingerprint;
pub mod spec;
pub mod text;
pub mod told;
pub mod told_spec;

use std::sync::OnceLock;

use tandem_models::catalogue::Instance;
use tandem_models::kit::mutant::{Mutant, Recording};
use tandem_search::cancel::Cancel;
use tandem_search::limits::{CutOff, Limits, Run};

use crate::engine::EngineError;
use baseline::{Baseline, DEADLOCK};

/// What finds a mutant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Finding {
    /// A guarantee that the variant claims: its name, and the steps of the shortest counterexample.
    Guarantee(&'static str, usize),
    /// What else a check refuses: a witness that is not reached, a state in which nothing can happen any
    /// more, a handler that breaks the rules of the kit.
    Check(String),
    /// Its price alone.
    Price,
    /// Nothing but the comparison with the specification: it survives.
    Comparison,
    /// Nothing: it has the graph of the original.
    Equivalent,
    /// It is not known, since a limit was reached.
    Open(CutOff),
}

/// A mutant and what finds it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trial {
    /// The name of the mutant: `outbox:transactional/Save/skip`.
    pub name: String,
    /// The change.
    pub mutant: Mutant,
    /// What finds it.
    pub finding: Finding,
    /// The bounds and faults at which it is found, if it is not found at those of the variant.
    pub elsewhere: Option<String>,
}

/// The raw states of a setting besides the variant's own, at most.
const STATES: usize = 60_000;

/// A variant of which mutants are made.
pub struct Original {
    /// The variant.
    pub instance: Instance,
    /// Its mutants.
    pub mutants: Vec<Mutant>,
    own: Baseline,
    /// The other settings that the catalogue names for the protocol: enumerated when a mutant is not found at the variant's own.
    elsewhere: OnceLock<Vec<Baseline>>,
}

impl Original {
    /// Enumerates a variant and lists its mutants.
    ///
    /// # Errors
    /// When the variant cannot be enumerated, or breaks what it claims.
    pub fn new(instance: &Instance, run: &Run<'_>) -> Result<Self, OriginalError> {
        let recording = Recording::default();
        let own = Baseline::new(instance, Some(&recording), run)?;
        let deadlock = own.deadlock.then_some(DEADLOCK);
        if let Some(what) = own.broken.first().copied().or(deadlock) {
            let (all, label) = (instance.to_string(), instance.label());
            return Err(OriginalError::Wrong(all, what.to_owned(), label));
        }
        Ok(Original {
            instance: instance.clone(),
            mutants: recording.mutants(),
            own,
            elsewhere: OnceLock::new(),
        })
    }

    /// How many states the graph of the original has.
    pub fn states(&self) -> usize {
        self.own.fingerprint.states
    }

    /// The name of a mutant.
    pub fn name(&self, mutant: &Mutant) -> String {
        let name = self.own.system.mutant_name(mutant);
        format!("{}/{name}", self.instance.label())
    }

    /// What finds a mutant: at the variant's own bounds and faults, or else at others that the catalogue
    /// names for the protocol. A broken variant is shown at the smallest bounds that show its fault, so that
    /// is where a mutant with the same fault is found.
    pub fn try_out(&self, mutant: &Mutant, limits: &Limits) -> Trial {
        let trial = |finding, elsewhere| Trial {
            name: self.name(mutant),
            mutant: mutant.clone(),
            finding,
            elsewhere,
        };
        let own = self.own.finding(mutant, limits);
        if !matches!(own, Finding::Comparison | Finding::Open(_)) {
            return trial(own, None);
        }
        let limits = Limits {
            max_states: Some(STATES),
            ..limits.clone()
        };
        for setting in self.elsewhere(&limits) {
            let finding = setting.finding(mutant, &limits);
            if matches!(
                finding,
                Finding::Guarantee(..) | Finding::Check(_) | Finding::Price
            ) {
                return trial(finding, Some(setting.bounds()));
            }
        }
        trial(own, None)
    }

    fn elsewhere(&self, limits: &Limits) -> &[Baseline] {
        self.elsewhere.get_or_init(|| {
            let cancel = Cancel::new();
            let run = Run::new(limits, &cancel);
            let others = self.instance.elsewhere();
            let others = others
                .iter()
                .filter_map(|other| Baseline::new(other, None, &run).ok());
            others.collect()
        })
    }
}

/// Why no mutants are made of a variant.
#[derive(Debug, thiserror::Error)]
pub enum OriginalError {
    /// Its handlers cannot be run.
    #[error(transparent)]
    Engine(#[from] EngineError),
    /// It was not enumerated completely.
    #[error("{0}: the original was not enumerated completely: {1}")]
    Incomplete(String, CutOff),
    /// A check refuses the original too, so that it would refuse every mutant.
    #[error(
        "{0}: {1} already fails without a change, so it would find every mutant; `tandem check {2}` shows it"
    )]
    Wrong(String, String, String),
}

/// Whether mutants are made of a variant: a right one whose claims all hold.
pub fn is_original(instance: &Instance) -> bool {
    let variant = &instance.variant;
    let mut claims = variant.claims.iter();
    variant.right && claims.all(|name| variant.why_broken(name).is_none())
}
