//! The engines. Each takes an instance and returns a report.

pub mod graph;
pub mod random;
pub mod stateright;
pub mod tla_rs;
pub mod tlc;

use tandem_models::catalogue::Instance;

use crate::report::Report;
use tandem_search::limits::Run;
use tandem_tla::spec::RenderError;
use tandem_tla::tlc::jar::JarError;
use tandem_tla::tlc::java::JavaError;
use tandem_tla::tlc::outcome::Counts;
use tandem_tla::tlc::process::ProcessError;

/// An engine that checks instances.
pub trait Engine: Sync {
    /// Its name on the command line.
    fn name(&self) -> &'static str;

    /// Checks every property of the instance.
    ///
    /// # Errors
    ///
    /// If the instance could not be checked at all. A run that reached a limit is not an error: its
    /// report says that it is incomplete.
    fn check(&self, instance: &Instance, run: &Run<'_>) -> Result<Report, EngineError>;
}

/// Why an instance could not be checked.
#[derive(Debug, thiserror::Error)]
pub enum EngineError {
    /// Java, which TLC needs, was not found.
    #[error(transparent)]
    Java(#[from] JavaError),
    /// TLC was not found.
    #[error(transparent)]
    Jar(#[from] JarError),
    /// TLC could not be run.
    #[error(transparent)]
    Process(#[from] ProcessError),
    /// The spec could not be rendered.
    #[error(transparent)]
    Render(#[from] RenderError),
    /// TLC ended without a verdict.
    #[error("{instance}: {what}")]
    Tlc {
        /// The name of the instance.
        instance: String,
        /// What happened, where, and what to try next.
        what: String,
    },
    /// The TLA+ spec could not be evaluated in this process.
    #[error("{instance}: {what}")]
    TlaRs {
        /// The name of the instance.
        instance: String,
        /// What happened, where, and what to try next.
        what: String,
    },
    /// The user, a limit or the machine stopped the TLA+ side before it was done.
    #[error("{instance}: {what}")]
    CutShort {
        /// The name of the instance.
        instance: String,
        /// What happened, and what to try next.
        what: String,
        /// The states and steps found so far, if they are known.
        counts: Option<Counts>,
    },
    /// A mistake in the catalogue makes the verdicts meaningless.
    #[error("{instance}: {what}")]
    Catalogue {
        /// The name of the instance.
        instance: String,
        /// The mistake, and what to change.
        what: String,
    },
    /// A handler broke the rules of replay.
    #[error("{instance}: after {path}, {breach}")]
    Breach {
        /// The name of the instance.
        instance: String,
        /// The path that led to it.
        path: String,
        /// What the handler did.
        breach: String,
    },
    /// A guarantee that Tandem's enumeration does not evaluate in some states is violated there.
    #[error(
        "{instance}: asked in every state, {name} has another verdict. If it is a guarantee of \
         your own, its `about` promises too much: `About::Anything` is always right. If it is one \
         of Tandem's, please report it"
    )]
    Misdeclared {
        /// The name of the instance.
        instance: String,
        /// The guarantee.
        name: &'static str,
    },
    /// Two engines that must agree do not: a bug in Tandem.
    #[error("{instance}: {what}; this is a bug in Tandem, please report it")]
    Disagreement {
        /// The name of the instance.
        instance: String,
        /// What they disagree about.
        what: String,
    },
}
