//! A variant with one setting of bounds and faults, to which its mutants are compared.

use std::collections::BTreeSet;
use std::panic::{AssertUnwindSafe, catch_unwind};

use stateright::Expectation;
use tandem_models::catalogue::{Instance, Price};
use tandem_models::kit::attempts::{Attempt, Attempts};
use tandem_models::kit::mutant::{Mutant, Recording};
use tandem_models::kit::system::System;
use tandem_search::cancel::Cancel;
use tandem_search::limits::{CutOff, Limits, Run};

use super::fingerprint::Fingerprint;
use super::{Finding, OriginalError};
use crate::engine::graph::replayable;
use crate::enumerate::{Exploration, Path, explore, explore_telling};

/// A variant with unchanged handlers and one setting of bounds and faults.
pub(super) struct Baseline {
    instance: Instance,
    pub(super) system: System,
    pub(super) fingerprint: Fingerprint,
    price: Option<Price>,
    attempts: BTreeSet<Attempt>,
    /// The witnesses that are reached.
    reached: Vec<&'static str>,
    /// The claimed guarantees that are violated, because the claims are not made for this setting.
    pub(super) broken: Vec<&'static str>,
    /// Whether it has a deadlock.
    pub(super) deadlock: bool,
}

impl Baseline {
    /// Enumerates a variant. Its handlers are recorded if its mutants are wanted.
    ///
    /// # Errors
    ///
    /// If the variant cannot be enumerated.
    pub(super) fn new(
        instance: &Instance,
        recording: Option<&Recording>,
        run: &Run<'_>,
    ) -> Result<Self, OriginalError> {
        let (system, met) = (instance.system(), Attempts::default());
        let recorded = recording.map(|recording| system.recording(recording));
        let found = explore(&recorded.as_ref().unwrap_or(&system).counting(&met), run);
        replayable(instance, &found)?;
        if let Some(cut_off) = found.cut_off {
            return Err(OriginalError::Incomplete(instance.to_string(), cut_off));
        }
        Ok(Baseline {
            fingerprint: Fingerprint::of(&found),
            price: instance.price(),
            attempts: met.met(),
            reached: reached(&found),
            broken: violated(&found, &|name| instance.claims(name))
                .map(|(_, name)| name)
                .collect(),
            deadlock: found.deadlock().is_some(),
            instance: instance.clone(),
            system,
        })
    }

    /// Its bounds and faults.
    pub(super) fn bounds(&self) -> String {
        self.instance.bounds()
    }

    /// Whether a guarantee is claimed, and holds with unchanged handlers.
    fn keeps(&self, name: &str) -> bool {
        self.instance.claims(name) && !self.broken.contains(&name)
    }

    /// Whether a message costs more or less than with unchanged handlers, in a run without faults.
    ///
    /// This is checked last, because a mutant that does not end has no price, and its model may grow
    /// without limit.
    fn costs_differ(&self, mutant: &Mutant) -> bool {
        let price = || self.instance.price_with(|system| system.mutant(mutant));
        let price = catch_unwind(AssertUnwindSafe(price));
        price.ok().flatten() != self.price
    }

    /// Finds the check that finds a mutant. The search ends when the first guarantee is violated.
    pub(super) fn finding(&self, mutant: &Mutant, limits: &Limits) -> Finding {
        let system = &self.system.mutant(mutant);
        let claimed: Vec<bool> = claimed(system, &|name| self.keeps(name)).collect();
        let stop = Cancel::new();
        let mut first = None;
        let run = Run::new(limits, &stop);
        let met = Attempts::default();
        let found = explore_telling(&system.counting(&met), &run, &mut |place, path: &Path| {
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
        let met = met.met();
        match found.cut_off {
            // Further states could only add attempts, so the ones seen so far are enough to decide.
            Some(_) if !met.is_subset(&self.attempts) || self.costs_differ(mutant) => {
                Finding::Price
            }
            Some(CutOff::States(limit)) if limit >= ENDLESS * self.fingerprint.states => {
                Finding::Check(format!("it has too many states: more than {limit}"))
            }
            Some(cut_off) => Finding::Open(cut_off),
            None => {
                let dearer = || met != self.attempts || self.costs_differ(mutant);
                self.complete(&found, &dearer)
            }
        }
    }

    /// Finds the check that finds a mutant whose states were all enumerated.
    fn complete(&self, found: &Exploration, dearer: &dyn Fn() -> bool) -> Finding {
        if let Some((steps, name)) = violated(found, &|name| self.keeps(name)).min() {
            return Finding::Guarantee(name, steps);
        }
        let reached = reached(found);
        let mut witnesses = self.reached.iter();
        if let Some(missing) = witnesses.find(|name| !reached.contains(name)) {
            return Finding::Check(format!("{missing} is not reached"));
        }
        if !self.deadlock && found.deadlock().is_some() {
            return Finding::Check(DEADLOCK.to_owned());
        }
        match self.fingerprint.is_of(found) {
            true => Finding::Equivalent,
            false if dearer() => Finding::Price,
            false => Finding::Comparison,
        }
    }
}

/// A mutant with this many times the states of the original is assumed not to end.
const ENDLESS: usize = 20;

pub(super) const DEADLOCK: &str = "a state in which nothing can happen any more";

/// For each property of states, whether it is a claimed guarantee.
fn claimed<'a>(
    system: &'a System,
    claims: &'a dyn Fn(&str) -> bool,
) -> impl Iterator<Item = bool> + 'a {
    let asked = system.asked().into_iter();
    asked.map(|(property, _)| {
        !matches!(property.expectation, Expectation::Sometimes) && claims(property.name)
    })
}

/// The claimed guarantees that are violated, each with the number of steps of its counterexample.
fn violated<'a>(
    found: &'a Exploration,
    claims: &'a dyn Fn(&str) -> bool,
) -> impl Iterator<Item = (usize, &'static str)> + 'a {
    let system = found.system();
    let asked = system.asked().into_iter().zip(claimed(system, claims));
    let decided = asked.zip(&found.decided);
    let violated = decided.filter(|((_, claimed), _)| *claimed);
    let violated = violated.filter_map(|(((property, _), _), raw)| {
        let path = found.path((*raw)?);
        Some((path.steps.len(), property.name))
    });
    let lassos = found.liveness().into_iter();
    let lassos = lassos.filter(|(name, _)| claims(name));
    violated.chain(lassos.filter_map(|(name, path)| Some((path?.steps.len(), name))))
}

/// The witnesses that are reached.
fn reached(found: &Exploration) -> Vec<&'static str> {
    let asked = found.system().asked().into_iter().zip(&found.decided);
    let reached = asked.filter(|((property, _), raw)| {
        matches!(property.expectation, Expectation::Sometimes) && raw.is_some()
    });
    reached.map(|((property, _), _)| property.name).collect()
}
