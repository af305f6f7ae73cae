//! Mutation testing of a protocol's guarantees. Each call of its handlers is changed in one way, as a
//! programmer's mistake would change it, and the result says which check finds the mistake.
//!
//! A mutant is found by a guarantee that the variant claims, by any other check of `tandem check`, or by its
//! price: of a message in a run without faults, or of one attempt in any state. If none of these finds it with
//! the variant's own bounds and faults, the other settings that the catalogue names for the protocol are tried.
//! A mutant that is still not found is a *survivor*: only the comparison with the specification finds it,
//! because its graph differs from the original's. Then either a guarantee is missing, or the change does no
//! harm and the survivor must be in the list of [`accepted`] ones. A mutant with the same graph as the original
//! is equivalent, and not a mistake.

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

/// Which check finds a mutant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Finding {
    /// A guarantee that the variant claims: its name, and the number of steps of the shortest counterexample.
    Guarantee(&'static str, usize),
    /// Another check: a witness that is not reached, a deadlock, or a handler that breaks the rules of the kit.
    Check(String),
    /// Only its price.
    Price,
    /// Only the comparison with the specification: the mutant survives.
    Comparison,
    /// Nothing: the mutant has the graph of the original.
    Equivalent,
    /// Not known, because a limit was reached.
    Open(CutOff),
}

/// A mutant with the check that finds it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trial {
    /// The name of the mutant: `outbox:transactional/Save/skip`.
    pub name: String,
    /// The change.
    pub mutant: Mutant,
    /// The check that finds it.
    pub finding: Finding,
    /// The bounds and faults with which it is found, if they are not the variant's own.
    pub elsewhere: Option<String>,
}

/// The limit on raw states for each setting other than the variant's own.
const STATES: usize = 60_000;

/// A variant that is mutated.
pub struct Original {
    /// The variant.
    pub instance: Instance,
    /// Its mutants.
    pub mutants: Vec<Mutant>,
    own: Baseline,
    /// The other settings that the catalogue names for the protocol. They are enumerated when a mutant is not
    /// found with the variant's own.
    elsewhere: OnceLock<Vec<Baseline>>,
}

impl Original {
    /// Enumerates a variant and lists its mutants.
    ///
    /// # Errors
    ///
    /// If the variant cannot be enumerated, or violates a guarantee that it claims.
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

    /// The number of states of the original.
    pub fn states(&self) -> usize {
        self.own.fingerprint.states
    }

    /// The name of a mutant.
    pub fn name(&self, mutant: &Mutant) -> String {
        let name = self.own.system.mutant_name(mutant);
        format!("{}/{name}", self.instance.label())
    }

    /// Finds the check that finds a mutant: with the variant's own bounds and faults, or else with others that
    /// the catalogue names for the protocol. The catalogue shows each broken variant with the smallest bounds
    /// that reveal its fault, so a mutant with the same fault is found there.
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

/// Why a variant cannot be mutated.
#[derive(Debug, thiserror::Error)]
pub enum OriginalError {
    /// Its handlers cannot be run.
    #[error(transparent)]
    Engine(#[from] EngineError),
    /// It was not enumerated completely.
    #[error("{0}: the original was not enumerated completely: {1}")]
    Incomplete(String, CutOff),
    /// A check already refuses the original, so it would refuse every mutant.
    #[error(
        "{0}: {1} already fails without a change, so it would find every mutant; `tandem check {2}` shows it"
    )]
    Wrong(String, String, String),
}

/// Whether a variant can be mutated: it must be correct, and all its claims must hold.
pub fn is_original(instance: &Instance) -> bool {
    let variant = &instance.variant;
    let mut claims = variant.claims.iter();
    variant.right && claims.all(|name| variant.why_broken(name).is_none())
}
