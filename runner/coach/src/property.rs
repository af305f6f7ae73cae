//! Compares a property that a learner has written with a guarantee in every state of two systems: one
//! that violates the guarantee, and the learner's own.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use anyhow::{Context, bail};
use serde::de::IgnoredAny;
use tandem_check::enumerate::Exploration;
use tandem_check::trace::Trace;
use tandem_models::catalogue::Instance;
use tandem_models::kit::guarantees::Guarantee;
use tandem_models::kit::replay::{Handler, Progress, replay};
use tandem_models::kit::system::{State, System};
use tandem_models::kit::world::World;
use tandem_models::value::Value;

use crate::answer::Property;

/// A state in which the property has the wrong truth.
pub struct Fault {
    /// The check that refuses it: `property.misses`, `property.accuses`, or `property.panics`.
    pub check: &'static str,
    /// The explanation for the learner.
    pub told: String,
    /// The path to the state.
    pub trace: Trace,
}

/// The nearest state in which `property` and the named guarantee differ, of all states that were found.
///
/// # Errors
///
/// If there is no such guarantee, or the search was cut off.
pub fn compare(
    property: &Property,
    (instance, found): (&Instance, &Exploration),
    guarantee: &str,
) -> anyhow::Result<Option<Fault>> {
    if let Some(cut_off) = &found.cut_off {
        bail!("the property cannot be judged: {cut_off}");
    }
    let system = found.system();
    let mut guarantees = system.spec().guarantees.iter();
    let wanted = guarantees.find(|known| known.name == guarantee);
    let wanted = wanted.with_context(|| format!("there is no guarantee '{guarantee}'"))?;
    let fault = found.raws().find_map(|(raw, _)| {
        let (check, told) = fault(property, wanted, system, &found.state(raw))?;
        let trace = Trace::new(instance, system, &found.path(raw));
        Some(Fault { check, told, trace })
    });
    Ok(fault)
}

fn fault(
    property: &Property,
    wanted: &Guarantee,
    system: &System,
    state: &State,
) -> Option<(&'static str, String)> {
    match (holds(property, &state.world), (wanted.holds)(system, state)) {
        (Ok(true), false) => {
            let clauses = wanted.why(system, state).into_iter();
            let broken = clauses.filter(|clause| !clause.holds);
            let words: Vec<_> = broken
                .map(|clause| match clause.found {
                    Some(found) => format!("expected: {}; found: {found}", clause.expected),
                    None => format!("expected: {}", clause.expected),
                })
                .collect();
            let words = words.join("; ");
            let told = format!("Your property is true here, and it should be false. {words}.");
            Some(("property.misses", told))
        }
        (Ok(false), true) => {
            let promise = wanted.promise;
            let told = format!("Your property is false here, and it should be true: {promise}.");
            Some(("property.accuses", told))
        }
        (Err(panic), _) => Some(("property.panics", format!("Your property panics: {panic}"))),
        _ => None,
    }
}

/// Evaluates the property. It runs in the same way as a handler, so that the watchdog detects a loop.
fn holds(property: &Property, world: &World) -> Result<bool, String> {
    let said = Arc::new(AtomicBool::new(false));
    let (asked, world) = ((Arc::clone(property), Arc::clone(&said)), world.clone());
    let handler = Handler::new(move |_, _: &IgnoredAny| {
        let (property, said) = &asked;
        said.store(property(&world), Ordering::Relaxed);
        Ok(())
    });
    let message = Value::str("the property");
    match replay(&handler, &message, &Arc::from([]), &|_| message.clone()) {
        Progress::Finished => Ok(said.load(Ordering::Relaxed)),
        Progress::Broken(breach) => Err(breach.to_string()),
        other => Err(format!("{other:?}")),
    }
}
