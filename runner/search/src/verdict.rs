//! The verdicts of a search on properties, by their names.

use std::fmt::Debug;

use stateright::Model;

use super::explored::Explored;
use super::fault::{MergedStates, ModelFault};
use super::liveness::{FairAction, Fairness, Formula, Lasso, violation};
use super::path::{Modelled, PathOf};
use super::space::{Space, Watch};
use super::{Bits, Node};
use crate::limits::CutOff;

/// The result of a search for a property.
#[derive(Debug, Clone, PartialEq)]
pub enum Finding<P> {
    /// It holds in the whole model.
    Holds,
    /// A `sometimes` property holds: this path reaches a state in which it is true.
    Reached(P),
    /// It is violated, and this path is a counterexample.
    Violated(P),
    /// A `sometimes` property is violated: it is true in no state.
    NotReached,
}

impl<P> Finding<P> {
    /// Whether the property holds.
    pub fn holds(&self) -> bool {
        matches!(self, Finding::Holds | Finding::Reached(_))
    }

    /// The path that decides the property, if one does.
    pub fn path(self) -> Option<P> {
        match self {
            Finding::Reached(path) | Finding::Violated(path) => Some(path),
            Finding::Holds | Finding::NotReached => None,
        }
    }
}

/// Why a search has no verdict.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NoAnswer {
    /// There is no such property.
    #[error("the model has no property `{name}`; it has {}", listed(has))]
    NoSuchProperty {
        /// The requested name.
        name: String,
        /// The names that exist.
        has: Vec<String>,
    },
    /// Fairness was declared for an action of which there are no steps.
    #[error(
        "no step of the graph has the action `{name}`, for which fairness was declared; its actions are {} \
         (actions have names by `named`)",
        listed(has)
    )]
    NoSuchAction {
        /// The requested name.
        name: String,
        /// The names that exist.
        has: Vec<String>,
    },
    /// The truth of the property is not known in every state.
    #[error(
        "the truth of `{0}` was not kept in every state, as a temporal formula needs it: declare it by \
         `eventually`, or add it as a predicate with `Watch::Everywhere`"
    )]
    NotKept(String),
    /// The search did not see everything on which the verdict depends.
    #[error("not decided: the search was {0}")]
    Incomplete(CutOff),
    /// The search kept no graph.
    #[error("liveness is judged on the graph, which was not kept: search with `keep_graph`")]
    NoGraph,
    /// A state of the graph represents several states of the model.
    #[error(
        "liveness cannot be judged after symmetry reduction: its graph has cycles that the model does not have"
    )]
    Folded,
    /// The model broke a rule of the search.
    #[error(transparent)]
    Fault(#[from] ModelFault),
    /// The search merged states that are different.
    #[error(transparent)]
    Merged(#[from] MergedStates),
}

fn listed(names: &[String]) -> String {
    if names.is_empty() {
        return "none".to_owned();
    }
    let quoted: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    quoted.join(", ")
}

impl<S: Space> Explored<S> {
    /// A behaviour that violates the formula and satisfies all fairness conditions, with the shortest
    /// stem; `None` if there is none. The formula uses the names of properties whose truth is kept for
    /// every state: `eventually` properties, and predicates added with [`Watch::Everywhere`].
    ///
    /// # Errors
    ///
    /// If a name does not exist, or the search has no complete graph.
    pub fn violation(
        &self,
        formula: &Formula<&str>,
        fairness: &[FairAction],
    ) -> Result<Option<Lasso>, NoAnswer> {
        self.trustworthy()?;
        if self.space.is_folded() {
            return Err(NoAnswer::Folded);
        }
        if let Some(cut_off) = self.cut_off {
            return Err(NoAnswer::Incomplete(cut_off));
        }
        if self.transitions.states() != self.states() as usize {
            return Err(NoAnswer::NoGraph);
        }
        let formula = match formula {
            Formula::Eventually(p) => Formula::Eventually(self.truth_of(p)?),
            Formula::AlwaysEventually(p) => Formula::AlwaysEventually(self.truth_of(p)?),
            Formula::EventuallyAlways(p) => Formula::EventuallyAlways(self.truth_of(p)?),
            Formula::LeadsTo(p, q) => Formula::LeadsTo(self.truth_of(p)?, self.truth_of(q)?),
        };
        let mut conditions: Vec<Fairness> = Vec::new();
        let all = self
            .transitions
            .iter()
            .map(|(_, step)| step.label)
            .collect();
        for fair in fairness {
            let found = fair.conditions(&self.actions, &all);
            conditions.extend(found.map_err(|name| NoAnswer::NoSuchAction {
                name,
                has: self.action_names(),
            })?);
        }
        let initial: Vec<Node> = (0..self.initial).collect();
        violation(&self.transitions, &initial, &formula, &conditions)
            .map_err(|incomplete| NoAnswer::Incomplete(incomplete.0))
    }

    /// The states in which a predicate is true.
    fn truth_of(&self, name: &str) -> Result<Bits, NoAnswer> {
        let place = self.property(name)?;
        if self.watches[place] != Watch::Everywhere {
            return Err(NoAnswer::NotKept(name.to_owned()));
        }
        let truths = &self.truths[place];
        Ok(Bits::where_true(truths.len(), |node| truths[node as usize]))
    }

    fn action_names(&self) -> Vec<String> {
        let mut names: Vec<_> = self
            .actions
            .iter()
            .map(|action| action.name.clone())
            .collect();
        names.dedup();
        names
    }

    /// The index of a property.
    fn property(&self, name: &str) -> Result<usize, NoAnswer> {
        let names = self.space.names();
        let place = names.iter().position(|other| *other == name);
        place.ok_or_else(|| NoAnswer::NoSuchProperty {
            name: name.to_owned(),
            has: names.into_iter().map(str::to_owned).collect(),
        })
    }

    /// Checks that the model has not broken a rule of the search.
    fn trustworthy(&self) -> Result<(), NoAnswer> {
        if let Some(fault) = self.fault() {
            return Err(fault.clone().into());
        }
        match self.merged() {
            Some(merged) => Err(merged.clone().into()),
            None => Ok(()),
        }
    }
}

impl<S: Modelled> Explored<S>
where
    <S::Model as Model>::State: Clone + Debug,
    <S::Model as Model>::Action: Clone + Debug,
{
    /// The result for the property with this name. An `eventually` property is judged as in TLA+,
    /// without fairness. For fairness, see [`Explored::violation`].
    ///
    /// # Errors
    ///
    /// If there is no such property, if the search was cut off before it was decided, or if the model
    /// broke a rule.
    pub fn finding(&self, name: &str) -> Result<Finding<PathOf<S>>, NoAnswer> {
        let place = self.property(name)?;
        self.trustworthy()?;
        let watch = self.watches[place];
        if watch == Watch::Everywhere {
            let lasso = self.violation(&Formula::Eventually(name), &[])?;
            return Ok(match lasso {
                Some(lasso) => Finding::Violated(self.behaviour(&lasso)?),
                None => Finding::Holds,
            });
        }
        let path = self.decided[place]
            .map(|node| self.path(node))
            .transpose()?;
        match (path, watch, self.cut_off) {
            (Some(path), Watch::True, _) => Ok(Finding::Reached(path)),
            (Some(path), _, _) => Ok(Finding::Violated(path)),
            (None, _, Some(cut_off)) => Err(NoAnswer::Incomplete(cut_off)),
            (None, Watch::True, None) => Ok(Finding::NotReached),
            (None, _, None) => Ok(Finding::Holds),
        }
    }

    /// The path that decides the property with this name: a counterexample of an `always` or
    /// `eventually`, an example of a `sometimes`. `None` if there is no such path.
    ///
    /// # Errors
    ///
    /// As [`Explored::finding`].
    pub fn discovery(&self, name: &str) -> Result<Option<PathOf<S>>, NoAnswer> {
        Ok(self.finding(name)?.path())
    }

    /// Asserts that a property holds.
    ///
    /// # Panics
    ///
    /// If it is violated, with the path; or if the search has no verdict, with the reason.
    #[track_caller]
    pub fn assert_holds(&self, name: &str) {
        match self.finding(name) {
            Ok(Finding::Holds | Finding::Reached(_)) => {}
            Ok(Finding::Violated(path)) => panic!("`{name}` is violated:\n{path}"),
            Ok(Finding::NotReached) => panic!("`{name}` is violated: no state satisfies it"),
            Err(why) => panic!("`{name}` has no verdict: {why}"),
        }
    }

    /// Asserts that a property is violated, and returns its counterexample. Returns `None` for a
    /// `sometimes` property, which is violated if it is true in no state.
    ///
    /// # Panics
    ///
    /// If it holds, with the path if a path shows that; or if the search has no verdict, with the
    /// reason.
    #[track_caller]
    pub fn assert_violated(&self, name: &str) -> Option<PathOf<S>> {
        match self.finding(name) {
            Ok(Finding::Violated(path)) => Some(path),
            Ok(Finding::NotReached) => None,
            Ok(Finding::Holds) => panic!("`{name}` holds in all {} states", self.states()),
            Ok(Finding::Reached(path)) => panic!("`{name}` holds, it is reached:\n{path}"),
            Err(why) => panic!("`{name}` has no verdict: {why}"),
        }
    }

    /// Asserts that every fair behaviour satisfies the formula.
    ///
    /// # Panics
    ///
    /// If one does not, with the behaviour; or if the search has no verdict, with the reason.
    #[track_caller]
    pub fn assert_holds_fairly(&self, formula: &Formula<&str>, fairness: &[FairAction]) {
        let path = self.violation(formula, fairness);
        let path = path.and_then(|lasso| {
            let lasso = lasso.as_ref();
            Ok(lasso.map(|lasso| self.behaviour(lasso)).transpose()?)
        });
        match path {
            Ok(None) => {}
            Ok(Some(path)) => panic!("`{formula}` is violated:\n{path}"),
            Err(why) => panic!("`{formula}` has no verdict: {why}"),
        }
    }
}
