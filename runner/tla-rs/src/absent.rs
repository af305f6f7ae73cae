//! Replaces the engine in builds without `tla-checker`.

use std::sync::Arc;
use std::time::Duration;

use tandem_models::value::StateView;

use crate::{DeclaredFairness, Judged, Place, SpecClause, SpecError};

/// A state of a spec. This build cannot create one.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct SpecState(());

/// A predicate on the states of a spec. This build cannot create one.
#[derive(Debug, Clone)]
pub struct Predicate(());

/// An evaluator of a spec. This build cannot create one.
pub struct Evaluator(());

fn left_out() -> SpecError {
    SpecError::new(
        "this program is built without tla-checker, so it cannot evaluate TLA+ in its own process; \
         build it without `--no-default-features`, or let TLC do it with `--engine tlc`",
    )
}

/// Returns the error that the engine is not part of this build.
///
/// # Errors
///
/// Always.
pub fn judge(_: &[(String, String)], _: Option<Duration>) -> Result<Judged, SpecError> {
    Err(left_out())
}

/// Returns no predicates.
pub fn state_predicates(_: &[(String, String)], _: &str) -> Option<Vec<String>> {
    None
}

#[allow(
    clippy::missing_errors_doc,
    clippy::unused_self,
    missing_docs,
    reason = "nothing here can be called but `new`; the documentation is that of the engine"
)]
impl Evaluator {
    pub fn new(_: &[(String, String)]) -> Result<Self, SpecError> {
        Err(left_out())
    }

    pub fn fairness(&self) -> &[DeclaredFairness] {
        &[]
    }

    pub fn initial(&self) -> Result<Vec<SpecState>, SpecError> {
        Err(left_out())
    }

    pub fn steps(&mut self, _: &SpecState) -> Result<Vec<(Arc<str>, SpecState)>, SpecError> {
        Err(left_out())
    }

    pub fn predicate(&self, _: &str) -> Result<Predicate, SpecError> {
        Err(left_out())
    }

    pub fn holds(&mut self, _: &Predicate, _: &SpecState) -> Result<bool, SpecError> {
        Err(left_out())
    }

    pub fn clauses(&mut self, _: &str, _: &SpecState) -> Vec<SpecClause> {
        Vec::new()
    }

    pub fn state_predicates(&self, _: &str) -> Option<Vec<String>> {
        None
    }

    pub fn place(&self, _: &str) -> Option<&Place> {
        None
    }

    pub fn view(&self, _: &SpecState) -> Result<StateView, SpecError> {
        Err(left_out())
    }
}
