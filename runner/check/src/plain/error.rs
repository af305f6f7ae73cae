//! Why a plain model could not be checked or compared.

use std::collections::BTreeSet;

use tandem_search::NoAnswer;
use tandem_search::fault::{MergedStates, ModelFault};
use tandem_search::limits::CutOff;
use tandem_tla::tlc::jar::JarError;
use tandem_tla::tlc::java::JavaError;

use super::names::Mismatches;
use crate::engine::EngineError;

/// Why a plain model could not be checked or compared.
#[derive(Debug, thiserror::Error)]
pub enum PlainError {
    /// A state cannot be represented by values of variables.
    #[error("a state of the model cannot be shown as TLA+ values: {0}")]
    View(String),
    /// The model broke a rule of the search.
    #[error(transparent)]
    Fault(#[from] ModelFault),
    /// The search merged states that are different.
    #[error(transparent)]
    Merged(#[from] MergedStates),
    /// A property has no verdict.
    #[error(transparent)]
    NoAnswer(#[from] NoAnswer),
    /// The enumeration of the Rust side is incomplete.
    #[error(
        "the Rust model was not enumerated completely: it was {0}; a comparison needs the whole graph, so \
         choose smaller bounds, or raise the limit"
    )]
    Incomplete(CutOff),
    /// Names of the model and of the spec do not match.
    #[error("{0}")]
    Mismatch(Mismatches),
    /// The model and the spec have different variables, so no state could be equal.
    #[error(
        "the model has the variables {}, and the spec has {}; map the names that differ, and leave out \
         what the spec does not have",
        listed(ours),
        listed(theirs)
    )]
    Variables {
        /// The variables of the model, with the names of the spec.
        ours: BTreeSet<String>,
        /// The variables of the spec.
        theirs: BTreeSet<String>,
    },
    /// The TLA+ side could not be enumerated.
    #[error(transparent)]
    Engine(#[from] EngineError),
    /// Java, which TLC needs, was not found.
    #[error(transparent)]
    Java(#[from] JavaError),
    /// TLC was not found.
    #[error(transparent)]
    Jar(#[from] JarError),
    /// A model of the catalogue cannot be replayed.
    #[error("{0}")]
    Catalogue(String),
}

fn listed(names: &BTreeSet<String>) -> String {
    names
        .iter()
        .map(String::as_str)
        .collect::<Vec<_>>()
        .join(", ")
}
