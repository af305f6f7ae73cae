//! Mutation testing of a protocol's guarantees: each call of its handlers is changed in one way, as a
//! mistake would change it, and what finds the mistake is told.
//!
//! A mutant is found by a guarantee that the variant claims, by what else `tandem check` refuses, or by
//! its price; or only by the comparison with the specification, whose graph is that of the original. The
//! last kind is a *survivor*: either a guarantee is missing, or the change does no harm, and then the
//! survivor stands in the list of those that are [`accepted`]. A mutant with the original's graph is
//! equivalent, and no mistake at all.

pub mod accepted;
mod fingerprint;
pub mod spec;
pub mod text;
pub mod told;
pub mod told_spec;

use std::panic::{AssertUnwindSafe, catch_unwind};

use stateright::Expectation;
use tandem_models::catalogue::{Instance, Price};
use tandem_models::kit::mutant::{Mutant, Recording};
use tandem_models::kit::system::System;
use tandem_search::cancel::Cancel;
use tandem_search::limits::{CutOff, Limits, Run};

use crate::engine::EngineError;
use crate::engine::graph::replayable;
use crate::enumerate::{Exploration, Path, explore, explore_telling};
use fingerprint::Fingerprint;

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
}

/// A variant of which mutants are made.
pub struct Original {
    /// The variant.
    pub instance: Instance,
    /// Its mutants.
    pub mutants: Vec<Mutant>,
    system: System,
    fingerprint: Fingerprint,
    price: Option<Price>,
    /// The witnesses that it reaches.
    reached: Vec<&'static str>,
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

impl Original {
    /// Enumerates a variant and lists its mutants.
    ///
    /// # Errors
    /// When the variant cannot be enumerated, or breaks what it claims.
    pub fn new(instance: &Instance, run: &Run<'_>) -> Result<Self, OriginalError> {
        let (system, recording) = (instance.system(), Recording::default());
        let found = explore(&system.recording(&recording), run);
        replayable(instance, &found)?;
        if let Some(cut_off) = found.cut_off {
            return Err(OriginalError::Incomplete(instance.to_string(), cut_off));
        }
        let refused = match (violated(instance, &found), found.deadlock()) {
            (Some((name, _)), _) => Some(name.to_owned()),
            (None, Some(_)) => Some(DEADLOCK.to_owned()),
            (None, None) => None,
        };
        if let Some(what) = refused {
            let (all, label) = (instance.to_string(), instance.label());
            return Err(OriginalError::Wrong(all, what, label));
        }
        Ok(Original {
            mutants: recording.mutants(),
            fingerprint: Fingerprint::of(&found),
            price: instance.price(),
            reached: reached(&found),
            instance: instance.clone(),
            system,
        })
    }

    /// How many states the graph of the original has.
    pub fn states(&self) -> usize {
        self.fingerprint.states
    }

    /// The name of a mutant.
    pub fn name(&self, mutant: &Mutant) -> String {
        let name = self.system.mutant_name(mutant);
        format!("{}/{name}", self.instance.label())
    }

    /// What finds a mutant. A search ends where the first guarantee is violated.
    pub fn try_out(&self, mutant: &Mutant, limits: &Limits) -> Trial {
        let system = self.system.mutant(mutant);
        // Asked last: a mutant that goes on and on has no price, and its model may count too far.
        let dearer = || {
            let price = || self.instance.price_with(|system| system.mutant(mutant));
            let price = catch_unwind(AssertUnwindSafe(price));
            price.ok().flatten() != self.price
        };
        Trial {
            name: self.name(mutant),
            mutant: mutant.clone(),
            finding: self.finding(&system, &dearer, limits),
        }
    }

    fn finding(&self, system: &System, dearer: &dyn Fn() -> bool, limits: &Limits) -> Finding {
        let claimed: Vec<bool> = claimed(&self.instance, system).collect();
        let stop = Cancel::new();
        let mut first = None;
        let run = Run::new(limits, &stop);
        let found = explore_telling(system, &run, &mut |place, path: &Path| {
            if claimed[place] && first.is_none() {
                first = Some((place, path.steps.len()));
                stop.cancel();
            }
        });
        if let Some((place, steps)) = first {
            let name = system.asked()[place].0.name;
            return Finding::Guarantee(name, steps);
        }
        if let Some((_, breach)) = &found.breach {
            return Finding::Check(breach.to_string());
        }
        match found.cut_off {
            Some(_) if dearer() => Finding::Price,
            Some(cut_off) => Finding::Open(cut_off),
            None => self.complete(&found, dearer),
        }
    }

    /// What finds a mutant of which all states are known.
    fn complete(&self, found: &Exploration, dearer: &dyn Fn() -> bool) -> Finding {
        if let Some((name, steps)) = violated(&self.instance, found) {
            return Finding::Guarantee(name, steps);
        }
        let reached = reached(found);
        let mut witnesses = self.reached.iter();
        if let Some(missing) = witnesses.find(|name| !reached.contains(name)) {
            return Finding::Check(format!("{missing} is not reached"));
        }
        if found.deadlock().is_some() {
            return Finding::Check(DEADLOCK.to_owned());
        }
        match self.fingerprint.is_of(found) {
            true => Finding::Equivalent,
            false if dearer() => Finding::Price,
            false => Finding::Comparison,
        }
    }
}

const DEADLOCK: &str = "a state in which nothing can happen any more";

/// For each property of states, whether it is a guarantee that the variant claims.
fn claimed(instance: &Instance, system: &System) -> impl Iterator<Item = bool> {
    let asked = system.asked().into_iter();
    asked.map(|(property, _)| {
        !matches!(property.expectation, Expectation::Sometimes) && instance.claims(property.name)
    })
}

/// The claimed guarantee that is violated by the shortest path, if any is.
fn violated(instance: &Instance, found: &Exploration) -> Option<(&'static str, usize)> {
    let system = found.system();
    let asked = system.asked().into_iter().zip(claimed(instance, system));
    let decided = asked.zip(&found.decided);
    let violated = decided.filter(|((_, claimed), _)| *claimed);
    let violated = violated.filter_map(|(((property, _), _), raw)| {
        let path = found.path((*raw)?);
        Some((path.steps.len(), property.name))
    });
    let violated = violated.min().map(|(steps, name)| (name, steps));
    violated.or_else(|| {
        let lassos = found.liveness().into_iter();
        let mut lassos = lassos.filter(|(name, _)| instance.claims(name));
        lassos.find_map(|(name, path)| Some((name, path?.steps.len())))
    })
}

/// The witnesses that are reached.
fn reached(found: &Exploration) -> Vec<&'static str> {
    let asked = found.system().asked().into_iter().zip(&found.decided);
    let reached = asked.filter(|((property, _), raw)| {
        matches!(property.expectation, Expectation::Sometimes) && raw.is_some()
    });
    reached.map(|((property, _), _)| property.name).collect()
}

/// Whether mutants are made of a variant: a right one whose claims all hold.
pub fn is_original(instance: &Instance) -> bool {
    let variant = &instance.variant;
    let mut claims = variant.claims.iter();
    variant.right && claims.all(|name| variant.why_broken(name).is_none())
}
