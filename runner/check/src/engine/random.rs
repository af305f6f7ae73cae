//! Random walks through the Rust model, for bounds too large to search.
//!
//! A walk can show that a property is violated or a witness reached, but never that a guarantee
//! holds. So properties that no walk decided are unknown, and the run counts as incomplete.

use std::time::Instant;

use tandem_models::catalogue::Instance;

use super::graph::{broken, kind, property_report};
use super::{Engine, EngineError};
use crate::enumerate::walk;
use crate::report::{Expectation, Report, Walks};
use crate::scope::Scope;
use crate::trace::Trace;
use tandem_search::limits::Run;

/// The engine for random walks. It stops at the first violation of a guarantee that the variant
/// claims.
#[derive(Debug, Clone, Copy)]
pub struct Random {
    /// The seed of all random choices.
    pub seed: u64,
    /// The largest number of walks.
    pub walks: u64,
    /// The largest number of steps in a walk.
    pub steps: usize,
}

impl Engine for Random {
    fn name(&self) -> &'static str {
        "random"
    }

    fn check(&self, instance: &Instance, run: &Run<'_>) -> Result<Report, EngineError> {
        let started = Instant::now();
        let system = instance.system();
        let plan = (self.seed, self.walks, self.steps);
        let found = walk(&system, plan, instance.variant.claims, run);
        if let Some((met, breach)) = &found.breach {
            return Err(broken(instance, &system, &met.path, breach));
        }
        let (mut properties, mut all_met) = (Vec::new(), Vec::new());
        for ((property, _), met) in system.asked().into_iter().zip(found.decided) {
            all_met.extend(
                met.as_ref()
                    .map(|met| (property.name, count(met.walk) + 1, met.taken)),
            );
            let trace = met.map(|met| Trace::new(instance, &system, &met.path));
            properties.push(property_report(instance, kind(&property), trace, false));
        }
        let liveness = system.liveness().into_iter();
        properties.extend(liveness.map(|guarantee| {
            let kind = (guarantee.name, Expectation::Eventually);
            property_report(instance, kind, None, false)
        }));
        let why = "random walks can show a violation, never that there is none";
        let stopped = found.cut_off.map(|cut_off| format!("; {cut_off}"));
        Ok(Report {
            engine: self.name(),
            symmetry: None,
            liveness: None,
            specs: None,
            incomplete: Some(format!("{why}{}", stopped.unwrap_or_default())),
            enumerated: false,
            states: found.states,
            transitions: None,
            depth: 0,
            actions: Vec::new(),
            deadlock: None,
            properties,
            scope: Scope::default(),
            walks: Some(Walks {
                seed: self.seed,
                walks: count(found.walks),
                max_steps: self.steps,
                steps: count(found.steps),
                met: all_met,
            }),
            elapsed: started.elapsed(),
            instance: instance.clone(),
        })
    }
}

fn count(n: u64) -> usize {
    usize::try_from(n).unwrap_or(usize::MAX)
}
