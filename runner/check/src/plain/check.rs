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

/// What a check of a plain model comes to.
pub struct PlainReport {
    /// Distinct views.
    pub states: usize,
    /// States before the view folds them.
    pub raw_states: usize,
    /// Steps between distinct views.
    pub transitions: usize,
    /// States on the longest of all shortest paths; an initial state counts 1.
    pub depth: usize,
    /// How many steps between distinct views each action takes.
    pub actions: BTreeMap<String, usize>,
    /// Every property of the model.
    pub properties: Vec<PlainProperty>,
    /// Why not every state was met, if so; such a report is never a pass.
    pub incomplete: Option<CutOff>,
    /// From start to end.
    pub elapsed: Duration,
}

/// A property of a plain model, and what was found.
pub struct PlainProperty {
    /// Its name.
    pub name: &'static str,
    /// What kind it is.
    pub expectation: Expectation,
    /// What was found.
    pub verdict: Verdict,
    /// The shortest path that shows it: a counterexample, or a witness.
    pub trace: Option<Trace>,
}

impl PlainReport {
    /// Whether every property holds in the whole model.
    pub fn passes(&self) -> bool {
        self.standing() == Standing::Pass
    }

    /// What it comes to, for an exit code.
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

/// Checks every property of a plain model: shortest counterexamples, `eventually` with the fairness that
/// the model declares.
///
/// # Errors
/// The model broke a rule of the search, or a state cannot be shown as TLA+ values.
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
