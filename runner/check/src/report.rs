//! What an engine has to say about one instance.

use std::collections::BTreeMap;
use std::time::Duration;

use serde::Serialize;
use tandem_models::catalogue::{Expected, Instance};

use crate::manifest::{Counts, Manifest};
use crate::scope::Scope;
use crate::trace::Trace;

/// The outcome of checking one instance with one engine.
#[derive(Clone)]
pub struct Report {
    /// What was checked.
    pub instance: Instance,
    /// By whom: `stateright`, `graph`, `tlc`, `random`.
    pub engine: &'static str,
    /// Why the engine did not see everything; an incomplete run is never a pass.
    pub incomplete: Option<String>,
    /// What was taken for one another, in words, or that there is nothing; nothing if nobody has asked
    /// for that.
    pub symmetry: Option<String>,
    /// Who judged liveness, where that is not the engine itself: `tla-checker`, or `graph`, Tandem's own
    /// engine on the equal Rust graph.
    pub liveness: Option<&'static str>,
    /// Where the text of the TLA+ spec came from; nothing if the engine reads none.
    pub specs: Option<String>,
    /// Whether it met every state, or one for all that it takes for the same.
    pub enumerated: bool,
    /// Distinct views.
    pub states: usize,
    /// Steps between distinct views.
    /// Not known where TLC was cut short: it counts states only.
    pub transitions: Option<usize>,
    /// States on the longest of all shortest paths; 0 for random walks, which do not know.
    pub depth: usize,
    /// How often each action of the protocol is taken, in the order of its module: the number of
    /// steps between distinct views. One that is never taken is among them, with 0.
    pub actions: Vec<(String, usize)>,
    /// The shortest path to a state in which nothing can happen any more although the system is not
    /// at rest. Looked for in Rust only; TLA+ says it by `Settles`.
    pub deadlock: Option<Trace>,
    /// Every guarantee and witness.
    pub properties: Vec<PropertyReport>,
    /// How much was walked, if it was at random.
    pub walks: Option<Walks>,
    /// What was asked.
    pub scope: Scope,
    /// From start to end.
    pub elapsed: Duration,
}

/// What random walks came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Walks {
    /// Where their choices came from.
    pub seed: u64,
    /// How many there were.
    pub walks: usize,
    /// The most steps that one might take.
    pub max_steps: usize,
    /// The steps that they took together.
    pub steps: usize,
    /// The property, the number of the walk from 1, and its steps, of each that one met.
    pub met: Vec<(&'static str, usize, usize)>,
}

/// What kind of property it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "lowercase")]
pub enum Expectation {
    /// True in every state.
    Always,
    /// True in some reachable state.
    Sometimes,
    /// True some day, in every behaviour: liveness.
    Eventually,
}

/// What was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "lowercase")]
pub enum Verdict {
    /// It holds.
    Holds,
    /// It is violated; a witness is violated if no state shows it.
    Violated,
    /// The run did not come far enough to tell.
    Unknown,
}

/// One property, and what was found.
#[derive(Clone)]
pub struct PropertyReport {
    /// Its name, the same in TLA+.
    pub name: &'static str,
    /// What it promises; for a witness, nothing.
    pub promise: &'static str,
    /// What kind it is.
    pub expectation: Expectation,
    /// Whether the variant claims it.
    pub claimed: bool,
    /// What the catalogue expects, at the bounds where it does.
    pub expected: Option<Expected>,
    /// Why the catalogue expects it to be violated.
    pub why: Option<String>,
    /// What was found.
    pub verdict: Verdict,
    /// The shortest path that shows it: a counterexample, or a witness.
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
            // At the bounds that the catalogue names, everything that matters must be reachable, unless
            // the variant says why it is not.
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

    /// Transitions on the shortest path that shows it.
    pub fn steps(&self) -> Option<usize> {
        self.trace.as_ref().map(|trace| trace.steps.len())
    }

    /// Whether the verdict is not what the catalogue expects.
    pub fn surprising(&self) -> bool {
        match (self.expected, self.verdict) {
            (None, _) | (_, Verdict::Unknown) => false,
            (Some(Expected::Holds), verdict) => verdict != Verdict::Holds,
            (Some(Expected::Violated), verdict) => verdict != Verdict::Violated,
        }
    }

    /// Whether the variant claims it in vain.
    pub fn broken_claim(&self) -> bool {
        self.claimed && self.verdict == Verdict::Violated
    }
}

/// An instance that could not be checked at all.
pub struct Failure {
    /// What should have been checked.
    pub instance: Instance,
    /// What happened, where, and what to try next.
    pub error: String,
}

impl Failure {
    /// The instance with what happened to it.
    pub fn new(instance: &Instance, error: &dyn std::fmt::Display) -> Self {
        Failure {
            instance: instance.clone(),
            error: error.to_string(),
        }
    }
}

/// What a run comes to, for the exit code. Of several the last in this order counts: a difference
/// that was found is certain, whatever else could not be checked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// As it should be: 0.
    Pass,
    /// It could not be checked, or not completely: 2.
    Incomplete,
    /// Something is violated that should hold, or the other way round: 1.
    Fail,
}

impl Report {
    /// The actions of the instance's protocol with the steps that were seen of each.
    pub fn actions_of(instance: &Instance, fired: &BTreeMap<&str, usize>) -> Vec<(String, usize)> {
        let known = instance.description.actions();
        let others = fired.keys().filter(|name| !known.contains(name));
        let all = known.iter().chain(others);
        let count = |name: &&str| ((*name).to_owned(), fired.get(name).copied().unwrap_or(0));
        all.map(count).collect()
    }

    /// The actions that a run over all states never saw taken, but for faults with an empty budget.
    pub fn never(&self) -> Vec<&str> {
        if !self.enumerated {
            return Vec::new();
        }
        let idle = self.actions.iter().filter(|(_, count)| *count == 0);
        let names = idle.map(|(name, _)| name.as_str());
        names.filter(|name| self.instance.allows(name)).collect()
    }

    /// The report without what `scope` does not ask.
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

    /// Whether something that was asked is not decided. A run for everything that did not see everything
    /// is never decided.
    pub fn is_open(&self) -> bool {
        let unknown = |property: &PropertyReport| property.verdict == Verdict::Unknown;
        let undecided = self.properties.is_empty() || self.properties.iter().any(unknown);
        self.incomplete.is_some() && (self.scope.is_everything() || undecided)
    }

    /// Judged alone: by what the variant claims.
    pub fn alone(&self, manifest: &Manifest) -> Standing {
        if self.properties.iter().any(PropertyReport::broken_claim) {
            Standing::Fail
        } else {
            self.unless(manifest, |property| {
                property.expectation == Expectation::Sometimes && property.surprising()
            })
        }
    }

    /// Judged as one of several: by what the catalogue expects.
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

    /// What the manifest pins, where a complete run counted something else.
    pub fn miscounted(&self, manifest: &Manifest) -> Option<Counts> {
        let pinned = manifest.counts(&self.instance)?;
        let found = (self.states, self.transitions);
        let counted = found == (pinned.states, Some(pinned.transitions));
        (self.incomplete.is_none() && !counted).then_some(pinned)
    }
}

impl Standing {
    /// What several come to, some of which could not be judged. A difference found weighs more
    /// than something not looked at.
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
