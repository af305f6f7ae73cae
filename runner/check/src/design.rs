//! Measures a variant: its price, and the faults that it survives.

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

/// The limit on raw states for a search that tests a fault.
const STATES: usize = 200_000;

/// The variant has no price.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "{0}: a run without faults does not come to rest, so it has no price; `tandem check` shows \
     where it stops"
)]
pub struct Endless(String);

impl Design {
    /// Measures the price of a variant and, if it is a correct one, the faults that it survives.
    ///
    /// # Errors
    ///
    /// If a run without faults does not end.
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

    /// Measures only the price of a variant. Returns `None` if a run without faults does not end.
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

/// The possible costs of one attempt to handle a message.
fn attempts(instance: &Instance, cancel: &Cancel) -> Vec<String> {
    let (system, met) = (instance.system(), Attempts::default());
    explore(&system.counting(&met), &Run::new(&Limits::NONE, cancel));
    let met = met.met();
    met.iter().map(|one| system.attempt_words(one)).collect()
}

/// For each fault of the protocol, the claimed guarantees that the variant violates when the fault
/// happens once. If the variant survives a crash, the fault is combined with one crash, because many
/// faults do harm only when a handler runs again.
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

/// The claimed guarantees that are violated when each of these faults, and no other, may happen once.
/// Returns `None` if there are too many states.
fn broken_by(instance: &Instance, happen: &[Aim], cancel: &Cancel) -> Option<Vec<String>> {
    let mut asked = instance.clone();
    let faults = asked.faults.iter_mut();
    faults.for_each(|(aim, count)| *count = u8::from(happen.contains(aim)));
    if happen.iter().any(|aim| aim.fault == Fault::Lease) {
        // A single slot can never receive a copy of the message that it is working on.
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

/// The same instance with two slots at every endpoint that can have two.
fn with_two_slots(instance: Instance) -> Instance {
    let parameters = instance.description.parameters.iter();
    let slots = parameters.filter(|p| p.counts_slots() && p.max > 1 && instance.get(p.name) < 2);
    let wider = Overrides {
        parameters: slots.map(|p| (p.name.to_owned(), p.min.max(2))).collect(),
        ..Overrides::default()
    };
    instance.clone().with(&wider).unwrap_or(instance)
}
