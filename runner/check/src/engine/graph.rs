//! The engine `graph`: Tandem's own enumeration, in this process. It is exact, finds shortest
//! counterexamples, and gives the same result in every run.

use std::time::Instant;

use stateright::{Expectation as Kind, Property};
use tandem_models::catalogue::Instance;
use tandem_models::kit::replay::Breach;
use tandem_models::kit::system::{State, System};

use super::{Engine, EngineError};
use crate::enumerate::{Exploration, Path, explore, explore_symmetric};
use crate::report::{Expectation, PropertyReport, Report, Verdict};
use crate::scope::Scope;
use crate::trace::Trace;
use tandem_search::limits::{CutOff, Run};

/// The engine `graph`.
pub struct Graph;

impl Engine for Graph {
    fn name(&self) -> &'static str {
        "graph"
    }

    fn check(&self, instance: &Instance, run: &Run<'_>) -> Result<Report, EngineError> {
        let started = Instant::now();
        let found = explore(&instance.system(), run);
        replayable(instance, &found)?;
        let report = report(self.name(), instance, &found, found.cut_off);
        Ok(Report {
            elapsed: started.elapsed(),
            ..report
        })
    }
}

/// The engine `graph` with symmetry reduction: merges states that differ only in the order of handler
/// slots, or in the names of interchangeable messages.
pub struct UpToSymmetry;

impl Engine for UpToSymmetry {
    fn name(&self) -> &'static str {
        "graph"
    }

    fn check(&self, instance: &Instance, run: &Run<'_>) -> Result<Report, EngineError> {
        let started = Instant::now();
        let found = explore_symmetric(&instance.system(), run);
        replayable(instance, &found)?;
        let report = report(self.name(), instance, &found, found.cut_off);
        let folded = || "liveness is not judged up to symmetry".to_owned();
        let folded = found.folded.any().then(folded);
        let incomplete = report.incomplete.clone().or(folded);
        Ok(Report {
            elapsed: started.elapsed(),
            incomplete,
            ..report
        })
    }
}

/// Makes a report from an enumeration.
pub fn report(
    engine: &'static str,
    instance: &Instance,
    found: &Exploration,
    cut_off: Option<CutOff>,
) -> Report {
    let (size, system) = (found.size(), found.system());
    let complete = cut_off.is_none();
    let trace = |path: &Path| Trace::new(instance, system, path);
    let asked = system.asked().into_iter().zip(&found.decided);
    let asked = asked.map(|((property, _), decided)| {
        let path = decided.map(|raw| found.path(raw));
        let kind = kind(&property);
        let report = property_report(instance, kind, path.as_ref().map(trace), complete);
        explained(report, system, path.as_ref().map(Path::last))
    });
    // None of these can be judged on a partial graph, or on one with symmetry reduction.
    let judged = complete && !found.folded.any();
    let mut lassos = found.liveness();
    let liveness = system.liveness().into_iter().map(|guarantee| {
        let lasso = lassos.remove(guarantee.name).flatten();
        let kind = (guarantee.name, Expectation::Eventually);
        property_report(instance, kind, lasso.as_ref().map(trace), judged)
    });
    let properties = asked.chain(liveness).collect();
    Report {
        engine,
        symmetry: found.symmetry(),
        liveness: None,
        specs: None,
        incomplete: cut_off.map(|cut_off| format!("{cut_off} ({})", found.covered())),
        states: size.states,
        transitions: Some(size.transitions),
        depth: size.depth,
        actions: Report::actions_of(instance, &found.fired()),
        deadlock: found.deadlock().map(|raw| trace(&found.path(raw))),
        properties,
        enumerated: complete,
        walks: None,
        scope: Scope::default(),
        elapsed: std::time::Duration::ZERO,
        instance: instance.clone(),
    }
}

/// The name of a property of the model, and what kind it is.
pub fn kind(property: &Property<System>) -> (&'static str, Expectation) {
    let expectation = match property.expectation {
        Kind::Sometimes => Expectation::Sometimes,
        _ => Expectation::Always,
    };
    (property.name, expectation)
}

/// The report on a property. `trace` is its counterexample or witness, if there is one.
pub fn property_report(
    instance: &Instance,
    (name, expectation): (&'static str, Expectation),
    trace: Option<Trace>,
    complete: bool,
) -> PropertyReport {
    let verdict = match (expectation, trace.is_some()) {
        (Expectation::Sometimes, true) => Verdict::Holds,
        (_, true) => Verdict::Violated,
        (_, false) if !complete => Verdict::Unknown,
        (Expectation::Sometimes, false) => Verdict::Violated,
        (_, false) => Verdict::Holds,
    };
    PropertyReport::new(instance, name, expectation, verdict, trace)
}

/// Adds the reason why a guarantee is violated. If the catalogue has none, as for a handler that a user
/// wrote, the reason is the list of clauses that are false in the last state.
fn explained(property: PropertyReport, system: &System, last: Option<&State>) -> PropertyReport {
    let violated = property.verdict == Verdict::Violated && property.why.is_none();
    let Some(state) = last.filter(|_| violated) else {
        return property;
    };
    let mut guarantees = system.spec().guarantees.iter();
    let guarantee = guarantees.find(|guarantee| guarantee.name == property.name);
    let clauses = guarantee
        .map(|guarantee| guarantee.why(system, state))
        .unwrap_or_default();
    let told = clauses
        .into_iter()
        .filter(|clause| !clause.holds)
        .map(|clause| match clause.found {
            Some(found) => format!("expected: {}; found: {found}", clause.expected),
            None => format!("expected, and not so: {}", clause.expected),
        });
    let why: Vec<_> = told.collect();
    PropertyReport {
        why: (!why.is_empty()).then(|| why.join("; ")),
        ..property
    }
}

/// Refuses an enumeration with a handler that cannot be replayed, because its verdicts would be
/// meaningless.
pub fn replayable(instance: &Instance, found: &Exploration) -> Result<(), EngineError> {
    match &found.breach {
        Some((raw, breach)) => {
            let path = found.path(*raw);
            Err(broken(instance, found.system(), &path, breach))
        }
        None => Ok(()),
    }
}

/// The error for a handler that cannot be replayed, with the path that leads there.
pub(super) fn broken(
    instance: &Instance,
    system: &System,
    path: &Path,
    breach: &Breach,
) -> EngineError {
    let steps = Trace::new(instance, system, path).steps;
    let words: Vec<_> = steps.into_iter().map(|step| step.words).collect();
    let words = without_repetitions(&words);
    EngineError::Breach {
        instance: instance.to_string(),
        path: if words.is_empty() {
            "the start".to_owned()
        } else {
            words.join("; ")
        },
        breach: breach.to_string(),
    }
}

/// The longest repeated sequence of steps that is recognised.
const PERIOD: usize = 6;

/// Joins the descriptions of steps. A repeated sequence is written once, with the number of repetitions,
/// because a handler with an endless loop makes many calls before it is stopped.
fn without_repetitions(words: &[String]) -> Vec<String> {
    let times = |at: usize, period: usize| {
        let block = &words[at..at + period];
        words[at..]
            .chunks(period)
            .take_while(|chunk| *chunk == block)
            .count()
    };
    let mut told = Vec::new();
    let mut at = 0;
    while at < words.len() {
        let periods = 1..=PERIOD.min(words.len() - at);
        let repeated = periods.map(|period| (period, times(at, period)));
        let Some((period, times)) = repeated.filter(|(_, times)| *times > 2).min() else {
            told.push(words[at].clone());
            at += 1;
            continue;
        };
        told.extend_from_slice(&words[at..at + period]);
        if let Some(last) = told.last_mut() {
            let so = if period == 1 { "this" } else { "these steps" };
            last.push_str(&format!(" ({so} again and again, {times} times)"));
        }
        at += period * times;
    }
    told
}

#[cfg(test)]
mod tests {
    use super::without_repetitions;

    fn told(words: &str) -> String {
        let words: Vec<_> = words.chars().map(String::from).collect();
        without_repetitions(&words).join("; ")
    }

    #[test]
    fn a_loop_is_told_once() {
        assert_eq!(told("rllll"), "r; l (this again and again, 4 times)");
        assert_eq!(
            told("rlslslsla"),
            "r; l; s (these steps again and again, 3 times); l; a"
        );
        assert_eq!(told("rlslsa"), "r; l; s; l; s; a");
        assert_eq!(told(""), "");
    }
}
