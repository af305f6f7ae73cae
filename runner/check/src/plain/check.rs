//! Checks the properties of a plain model.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use tandem_search::limits::{CutOff, Run};
use tandem_search::liveness::Formula;
use tandem_search::{Finding, NoAnswer};

use super::explore::{Found, explore};
use super::names::Names;
use super::{PlainError, Viewed};
use crate::report::{Expectation, Standing, Verdict};
use crate::trace::Trace;

/// The result of checking a plain model.
pub struct PlainReport {
    /// Distinct views.
    pub states: usize,
    /// States before those with the same view are merged.
    pub raw_states: usize,
    /// Steps between distinct views.
    pub transitions: usize,
    /// The number of states on the longest of all shortest paths. An initial state counts as 1.
    pub depth: usize,
    /// For each action, the number of its steps between distinct views.
    pub actions: BTreeMap<String, usize>,
    /// The result for every property of the model.
    pub properties: Vec<PlainProperty>,
    /// Why not every state was found, if so. An incomplete report never passes.
    pub incomplete: Option<CutOff>,
    /// The duration of the check.
    pub elapsed: Duration,
}

/// A property of a plain model with its result.
pub struct PlainProperty {
    /// Its name.
    pub name: &'static str,
    /// What kind it is.
    pub expectation: Expectation,
    /// The verdict.
    pub verdict: Verdict,
    /// The shortest counterexample or witness.
    pub trace: Option<Trace>,
}

impl PlainReport {
    /// Whether every property holds in the whole model.
    pub fn passes(&self) -> bool {
        self.standing() == Standing::Pass
    }

    /// The standing for the exit code.
    pub fn standing(&self) -> Standing {
        let mut verdicts = self.properties.iter().map(|property| property.verdict);
        if verdicts.any(|verdict| verdict == Verdict::Violated) {
            Standing::Fail
        } else if self.incomplete.is_some() {
            Standing::Incomplete
        } else {
            Standing::Pass
        }
    }
}

/// Checks every property of a plain model. Counterexamples are shortest. `eventually` properties are
/// judged with the fairness that the model declares.
///
/// # Errors
///
/// If the model broke a rule of the search, or a state cannot be represented by TLA+ values.
pub fn check<M: Viewed>(model: &M, run: &Run<'_>) -> Result<PlainReport, PlainError> {
    let started = Instant::now();
    let found = explore(model, &Names::default(), run)?;
    let properties = model.properties().into_iter();
    let properties =
        properties.map(|property| judged(&found, property.name, &property.expectation));
    let properties = properties.collect::<Result<_, _>>()?;
    let fired = found.graph.fired().into_iter();
    Ok(PlainReport {
        states: found.graph.states.len(),
        raw_states: found.raw.states() as usize,
        transitions: found.graph.transitions(),
        depth: found.raw.levels().len(),
        actions: fired
            .map(|(name, steps)| (name.to_owned(), steps))
            .collect(),
        properties,
        incomplete: found.raw.cut_off,
        elapsed: started.elapsed(),
    })
}

fn judged<M: Viewed>(
    found: &Found<'_, M>,
    name: &'static str,
    expectation: &stateright::Expectation,
) -> Result<PlainProperty, PlainError> {
    let expectation = match expectation {
        stateright::Expectation::Always => Expectation::Always,
        stateright::Expectation::Sometimes => Expectation::Sometimes,
        stateright::Expectation::Eventually => Expectation::Eventually,
    };
    let answer = match expectation {
        Expectation::Eventually => {
            let formula = Formula::Eventually(name);
            let lasso = found.raw.violation(&formula, &found.model.fairness());
            lasso.and_then(|lasso| {
                let path = lasso.map(|lasso| found.raw.behaviour(&lasso)).transpose()?;
                Ok(path.map_or(Finding::Holds, Finding::Violated))
            })
        }
        _ => found.raw.finding(name),
    };
    let (verdict, path) = match answer {
        Ok(finding) => {
            let verdict = match finding.holds() {
                true => Verdict::Holds,
                false => Verdict::Violated,
            };
            (verdict, finding.path())
        }
        Err(NoAnswer::Incomplete(_)) => (Verdict::Unknown, None),
        Err(other) => return Err(other.into()),
    };
    Ok(PlainProperty {
        name,
        expectation,
        verdict,
        trace: path.map(|path| found.trace(&path)).transpose()?,
    })
}
