//! The report of an engine on one instance.

use std::collections::BTreeMap;
use std::time::Duration;

use serde::Serialize;
use tandem_models::catalogue::{Expected, Instance};

use crate::manifest::{Counts, Manifest};
use crate::scope::Scope;
use crate::trace::Trace;

/// The result of checking one instance with one engine.
#[derive(Clone)]
pub struct Report {
    /// The instance.
    pub instance: Instance,
    /// The engine: `stateright`, `graph`, `tlc`, `random`, and so on.
    pub engine: &'static str,
    /// Why the engine did not see every state, if so. An incomplete run never passes.
    pub incomplete: Option<String>,
    /// A sentence about the symmetry reduction, or that there is no symmetry; `None` if it was not
    /// requested.
    pub symmetry: Option<String>,
    /// The engine that judged liveness, if it is another one: `tla-checker`, or `graph`, which is
    /// Tandem's own engine on the equal Rust graph.
    pub liveness: Option<&'static str>,
    /// The source of the spec's text; `None` if the engine reads no spec.
    pub specs: Option<String>,
    /// Whether the engine found every state, or with symmetry reduction every representative.
    pub enumerated: bool,
    /// Distinct views.
    pub states: usize,
    /// Steps between distinct views. `None` if TLC was stopped, because TLC then reports states only.
    pub transitions: Option<usize>,
    /// The number of states on the longest of all shortest paths; 0 for random walks, which do not
    /// determine it.
    pub depth: usize,
    /// For each action of the protocol, in the order of its module, the number of its steps between
    /// distinct views. Actions that are never taken are included with 0.
    pub actions: Vec<(String, usize)>,
    /// The shortest path to a deadlock: a state without a step in which the system is not at rest. Only
    /// the Rust model is searched for one; in TLA+ the property `Settles` expresses it.
    pub deadlock: Option<Trace>,
    /// All guarantees and witnesses.
    pub properties: Vec<PropertyReport>,
    /// How much was walked, if the engine walks at random.
    pub walks: Option<Walks>,
    /// Which properties were checked.
    pub scope: Scope,
    /// The duration of the check.
    pub elapsed: Duration,
}

/// The result of random walks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Walks {
    /// The seed of their random choices.
    pub seed: u64,
    /// The number of walks.
    pub walks: usize,
    /// The largest number of steps in a walk.
    pub max_steps: usize,
    /// The total number of steps.
    pub steps: usize,
    /// For each property that a walk decided: its name, the number of the walk from 1, and the steps of
    /// that walk.
    pub met: Vec<(&'static str, usize, usize)>,
}

/// The kind of property.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "lowercase")]
pub enum Expectation {
    /// True in every state.
    Always,
    /// True in some reachable state.
    Sometimes,
    /// Liveness: true at some time in every behaviour.
    Eventually,
}

/// The verdict on a property.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "lowercase")]
pub enum Verdict {
    /// It holds.
    Holds,
    /// It is violated. A witness is violated if it is true in no state.
    Violated,
    /// The run did not get far enough to decide.
    Unknown,
}

/// A property with its result.
#[derive(Clone)]
pub struct PropertyReport {
    /// Its name, the same in TLA+.
    pub name: &'static str,
    /// Its promise; empty for a witness.
    pub promise: &'static str,
    /// Its kind.
    pub expectation: Expectation,
    /// Whether the variant claims it.
    pub claimed: bool,
    /// The result that the catalogue expects with these bounds, if it expects one.
    pub expected: Option<Expected>,
    /// Why the catalogue expects a violation.
    pub why: Option<String>,
    /// The verdict.
    pub verdict: Verdict,
    /// The shortest counterexample or witness.
    pub trace: Option<Trace>,
}

impl PropertyReport {
    /// A property with what the catalogue says about it.
    pub fn new(
        instance: &Instance,
        name: &'static str,
        expectation: Expectation,
        verdict: Verdict,
        trace: Option<Trace>,
    ) -> Self {
        let guarantee = instance
            .description
            .guarantees
            .iter()
            .find(|g| g.name == name);
        let expected = match expectation {
            Expectation::Always | Expectation::Eventually => instance.expected(name),
            // With the bounds that the catalogue names, every witness must be reachable, unless the
            // variant says why it is not.
            Expectation::Sometimes => {
                instance
                    .named
                    .then(|| match instance.variant.why_unreached(name) {
                        Some(_) => Expected::Violated,
                        None => Expected::Holds,
                    })
            }
        };
        let unreached = instance.variant.why_unreached(name).map(str::to_owned);
        PropertyReport {
            name,
            promise: guarantee.map_or("", |guarantee| guarantee.promise),
            expectation,
            claimed: instance.claims(name),
            expected,
            why: instance.why_broken(name).or(unreached),
            verdict,
            trace,
        }
    }

    /// The number of steps of its shortest counterexample or witness.
    pub fn steps(&self) -> Option<usize> {
        self.trace.as_ref().map(|trace| trace.steps.len())
    }

    /// Whether the verdict differs from the catalogue's expectation.
    pub fn surprising(&self) -> bool {
        match (self.expected, self.verdict) {
            (None, _) | (_, Verdict::Unknown) => false,
            (Some(Expected::Holds), verdict) => verdict != Verdict::Holds,
            (Some(Expected::Violated), verdict) => verdict != Verdict::Violated,
        }
    }

    /// Whether the variant claims it and violates it.
    pub fn broken_claim(&self) -> bool {
        self.claimed && self.verdict == Verdict::Violated
    }
}

/// An instance that could not be checked at all.
pub struct Failure {
    /// The instance.
    pub instance: Instance,
    /// What happened, where, and what to try next.
    pub error: String,
}

impl Failure {
    /// The failure of an instance.
    pub fn new(instance: &Instance, error: &dyn std::fmt::Display) -> Self {
        Failure {
            instance: instance.clone(),
            error: error.to_string(),
        }
    }
}

/// The result of a run, for the exit code. Of several results the last one in this order counts, because
/// a difference that was found is certain even if another instance could not be checked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// As expected. Exit code 0.
    Pass,
    /// It could not be checked, or not completely. Exit code 2.
    Incomplete,
    /// A verdict differs from the expectation. Exit code 1.
    Fail,
}

impl Report {
    /// The actions of the instance's protocol, each with the number of its steps.
    pub fn actions_of(instance: &Instance, fired: &BTreeMap<&str, usize>) -> Vec<(String, usize)> {
        let known = instance.description.actions();
        let others = fired.keys().filter(|name| !known.contains(name));
        let all = known.iter().chain(others);
        let count = |name: &&str| ((*name).to_owned(), fired.get(name).copied().unwrap_or(0));
        all.map(count).collect()
    }

    /// The actions that a complete run never took, except faults with an empty budget.
    pub fn never(&self) -> Vec<&str> {
        if !self.enumerated {
            return Vec::new();
        }
        let idle = self.actions.iter().filter(|(_, count)| *count == 0);
        let names = idle.map(|(name, _)| name.as_str());
        names.filter(|name| self.instance.allows(name)).collect()
    }

    /// The report without the properties that `scope` leaves out.
    #[must_use]
    pub fn restrict(mut self, scope: &Scope) -> Self {
        if scope.safety {
            self.properties
                .retain(|property| property.expectation != Expectation::Eventually);
        }
        if !scope.names.is_empty() {
            self.properties
                .retain(|property| scope.names.iter().any(|name| name == property.name));
            self.deadlock = None;
        }
        self.scope = scope.clone();
        self
    }

    /// Whether a requested property is undecided. If everything was requested, an incomplete run is
    /// always undecided.
    pub fn is_open(&self) -> bool {
        let unknown = |property: &PropertyReport| property.verdict == Verdict::Unknown;
        let undecided = self.properties.is_empty() || self.properties.iter().any(unknown);
        self.incomplete.is_some() && (self.scope.is_everything() || undecided)
    }

    /// The result of an instance that is checked alone, judged by the guarantees that the variant
    /// claims.
    pub fn alone(&self, manifest: &Manifest) -> Standing {
        if self.properties.iter().any(PropertyReport::broken_claim) {
            Standing::Fail
        } else {
            self.unless(manifest, |property| {
                property.expectation == Expectation::Sometimes && property.surprising()
            })
        }
    }

    /// The result of an instance among several, judged by the catalogue's expectations.
    pub fn among_others(&self, manifest: &Manifest) -> Standing {
        self.unless(manifest, PropertyReport::surprising)
    }

    fn unless(&self, manifest: &Manifest, wrong: impl Fn(&PropertyReport) -> bool) -> Standing {
        let wrong = self.properties.iter().any(wrong) || self.deadlock.is_some();
        if wrong || self.miscounted(manifest).is_some() {
            Standing::Fail
        } else if self.is_open() {
            Standing::Incomplete
        } else {
            Standing::Pass
        }
    }

    /// The pinned counts, if a complete run counted something else.
    pub fn miscounted(&self, manifest: &Manifest) -> Option<Counts> {
        let pinned = manifest.counts(&self.instance)?;
        let found = (self.states, self.transitions);
        let counted = found == (pinned.states, Some(pinned.transitions));
        (self.incomplete.is_none() && !counted).then_some(pinned)
    }
}

impl Standing {
    /// The result of several instances, some of which could not be judged. A difference weighs more than
    /// an instance that was not checked.
    pub fn of_all(judged: impl Iterator<Item = Standing>, failed: usize) -> Self {
        let failed = (failed > 0).then_some(Standing::Incomplete);
        judged.chain(failed).max().unwrap_or(Standing::Pass)
    }

    /// The exit code.
    pub fn code(self) -> u8 {
        match self {
            Standing::Pass => 0,
            Standing::Fail => 1,
            Standing::Incomplete => 2,
        }
    }
}
