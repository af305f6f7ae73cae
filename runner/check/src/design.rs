//! What is measured of a design, besides its state graph: its price, and the faults that it survives.

use std::collections::BTreeMap;

use tandem_models::catalogue::{Instance, Overrides};
use tandem_models::kit::attempts::Attempts;
use tandem_models::kit::fault::{Aim, Fault};
use tandem_models::kit::price::Kept;
use tandem_search::cancel::Cancel;
use tandem_search::limits::{Limits, Run};

use crate::engine::graph::report;
use crate::enumerate::explore;
pub use crate::manifest::Design;
use crate::report::Verdict;

/// The raw states of the largest search for what a fault breaks.
const STATES: usize = 200_000;

/// A variant that has no price.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "{0}: a run without faults does not come to rest, so it has no price; `tandem check` shows \
     where it stops"
)]
pub struct Endless(String);

impl Design {
    /// Measures a variant: its price, and if it is a right one, the faults that it survives.
    ///
    /// # Errors
    /// When a run without faults does not come to an end.
    pub fn measure(instance: &Instance, cancel: &Cancel) -> Result<Self, Endless> {
        let priced = Self::priced(instance);
        let priced = priced.ok_or_else(|| Endless(instance.label()))?;
        let faults = instance.variant.right.then(|| survival(instance, cancel));
        let attempts = attempts(instance, cancel);
        Ok(Design {
            attempts,
            faults,
            ..priced
        })
    }

    /// Measures the price of a variant alone; none if a run without faults does not come to rest.
    pub fn priced(instance: &Instance) -> Option<Self> {
        let price = instance.price()?;
        let runs = || price.runs.iter();
        let kept = |part: fn(Kept) -> usize| runs().filter_map(|run| run.kept).map(part).collect();
        let last = runs().next_back()?;
        Some(Design {
            name: instance.label(),
            reads: runs().map(|run| run.calls.reads).collect(),
            writes: runs().map(|run| run.calls.writes).collect(),
            sends: runs().map(|run| run.calls.sends).collect(),
            asks: runs().map(|run| run.calls.asks).collect(),
            kept: kept(|kept| kept.end),
            kept_at_most: kept(|kept| kept.most),
            needs: last
                .needs
                .iter()
                .map(|need| need.name().to_owned())
                .collect(),
            attempts: Vec::new(),
            faults: None,
        })
    }
}

/// What the attempts of a variant may cost.
fn attempts(instance: &Instance, cancel: &Cancel) -> Vec<String> {
    let (system, met) = (instance.system(), Attempts::default());
    explore(&system.counting(&met), &Run::new(&Limits::NONE, cancel));
    let met = met.met();
    met.iter().map(|one| system.attempt_words(one)).collect()
}

/// Each fault that the protocol knows, with the promises that the variant breaks when it happens once. A
/// variant that survives a crash must survive the fault together with one: many a fault does its harm
/// only to a handler that runs again.
fn survival(instance: &Instance, cancel: &Cancel) -> BTreeMap<String, Vec<String>> {
    let faults = instance.description.faults.iter().map(|kind| kind.aim);
    let anybody = Aim::from(Fault::Crash);
    let crashes = faults.clone().any(|aim| aim == anybody);
    let crash = crashes.then(|| broken_by(instance, &[anybody], cancel));
    let survives_crash = crash == Some(Some(Vec::new()));
    let broken = faults.filter_map(|aim| {
        let broken = match survives_crash {
            _ if aim == anybody => crash.clone().flatten(),
            true => broken_by(instance, &[aim, anybody], cancel),
            false => broken_by(instance, &[aim], cancel),
        };
        Some((aim.name().to_owned(), broken?))
    });
    broken.collect()
}

/// The promises that break when each of some faults may happen once, and no other; nothing if there are
/// too many states.
fn broken_by(instance: &Instance, happen: &[Aim], cancel: &Cancel) -> Option<Vec<String>> {
    let mut asked = instance.clone();
    let faults = asked.faults.iter_mut();
    faults.for_each(|(aim, count)| *count = u8::from(happen.contains(aim)));
    if happen.iter().any(|aim| aim.fault == Fault::Lease) {
        // One slot alone never meets its own message again while it works on it.
        asked = with_two_slots(asked);
    }
    asked.named = false;
    let limits = Limits {
        max_states: Some(STATES),
        ..Limits::NONE
    };
    let found = explore(&asked.system(), &Run::new(&limits, cancel));
    if found.cut_off.is_some() {
        return None;
    }
    let properties = report("graph", &asked, &found, None).properties.into_iter();
    let broken = properties.filter(|one| one.claimed && one.verdict == Verdict::Violated);
    Some(broken.map(|property| property.name.to_owned()).collect())
}

/// The same with two slots at every endpoint that may have them.
fn with_two_slots(instance: Instance) -> Instance {
    let parameters = instance.description.parameters.iter();
    let slots = parameters.filter(|p| p.counts_slots() && p.max > 1 && instance.get(p.name) < 2);
    let wider = Overrides {
        parameters: slots.map(|p| (p.name.to_owned(), p.min.max(2))).collect(),
        ..Overrides::default()
    };
    instance.clone().with(&wider).unwrap_or(instance)
}
