//! Detects mistakes in a catalogue that only a run reveals.
//!
//! Mistakes that are visible without a run are detected in `tandem_models::catalogue`
//! (`Description::mistakes`).

use tandem_models::catalogue::Instance;
use tandem_search::limits::Run;

use crate::engine::EngineError;
use crate::engine::graph::report;
use crate::enumerate::explore;
use crate::report::{Report, Verdict};

/// Refuses a report whose verdicts would be misleading: the model takes a step that the module does
/// not have, or a guarantee that is declared as not applicable is violated.
///
/// # Errors
///
/// The mistake, and what to change.
pub fn refuse(report: &Report, run: &Run<'_>) -> Result<(), EngineError> {
    let instance = &report.instance;
    let refused = |what| EngineError::Catalogue {
        instance: instance.to_string(),
        what,
    };
    if let Some(what) = unknown_actions(report) {
        return Err(refused(what));
    }
    match hidden_failures(report, run) {
        Some(what) => Err(refused(what)),
        None => Ok(()),
    }
}

fn unknown_actions(report: &Report) -> Option<String> {
    let description = &report.instance.description;
    let known = description.actions();
    let taken = report.actions.iter().filter(|(_, count)| *count > 0);
    let unknown: Vec<_> = taken
        .map(|(name, _)| name.as_str())
        .filter(|name| !known.contains(name))
        .collect();
    (!unknown.is_empty()).then(|| {
        format!(
            "the handler takes the step {}, which is not an action in `Next` of {}.tla; name the \
             step after its action",
            unknown.join(" and "),
            description.module.name
        )
    })
}

/// Checks the guarantees that the variant declares as not applicable. A guarantee that does not
/// apply to a variant must be true in all of its states.
fn hidden_failures(report: &Report, run: &Run<'_>) -> Option<String> {
    let excluded = report.instance.variant.not_applicable;
    if excluded.is_empty() || !report.enumerated {
        return None;
    }
    let violated = violated(&report.instance, run);
    let hidden: Vec<_> = violated
        .into_iter()
        .filter(|name| excluded.contains(name))
        .collect();
    (!hidden.is_empty()).then(|| {
        format!(
            "`not_applicable` hides what is violated: {}; move it to `breaks` and say why",
            hidden.join(", ")
        )
    })
}

/// All guarantees of the protocol that the instance violates.
fn violated(instance: &Instance, run: &Run<'_>) -> Vec<&'static str> {
    let mut asked = instance.clone();
    asked.variant.not_applicable = &[];
    let found = explore(&asked.system(), run);
    let properties = report("graph", &asked, &found, found.cut_off).properties;
    let violated = properties.into_iter();
    let violated = violated.filter(|property| property.verdict == Verdict::Violated);
    violated.map(|property| property.name).collect()
}
