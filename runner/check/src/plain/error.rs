//! Why a plain model could not be checked or compared.

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
    /// A state cannot be seen as values of variables.
    #[error("a state of the model cannot be shown as TLA+ values: {0}")]
    View(String),
    /// The model broke a rule of the search.
    #[error(transparent)]
    Fault(#[from] ModelFault),
    /// States that differ were taken for one.
    #[error(transparent)]
    Merged(#[from] MergedStates),
    /// A property has no verdict.
    #[error(transparent)]
    NoAnswer(#[from] NoAnswer),
    /// The Rust side was not enumerated completely.
    #[error(
        "the Rust model was not enumerated completely: it was {0}; a comparison needs the whole graph, so \
         choose smaller bounds, or raise the limit"
    )]
    Incomplete(CutOff),
    /// The model and the spec do not speak of the same things.
    #[error("{0}")]
    Mismatch(Mismatches),
    /// The TLA+ side could not be enumerated.
    #[error(transparent)]
    Engine(#[from] EngineError),
    /// There is no Java to run TLC.
    #[error(transparent)]
    Java(#[from] JavaError),
    /// There is no TLC.
    #[error(transparent)]
    Jar(#[from] JarError),
    /// A model of the catalogue cannot be replayed.
    #[error("{0}")]
    Catalogue(String),
}
