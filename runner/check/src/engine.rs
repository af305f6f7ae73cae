//! The engines: each takes an instance and returns a report.

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

/// Something that checks instances.
pub trait Engine: Sync {
    /// Its name on the command line.
    fn name(&self) -> &'static str;

    /// Checks every property of the instance.
    ///
    /// # Errors
    /// When the instance could not be checked at all. A run that was cut short is a report that
    /// says so.
    fn check(&self, instance: &Instance, run: &Run<'_>) -> Result<Report, EngineError>;
}

/// Why an instance could not be checked.
#[derive(Debug, thiserror::Error)]
pub enum EngineError {
    /// There is no Java to run TLC.
    #[error(transparent)]
    Java(#[from] JavaError),
    /// There is no TLC.
    #[error(transparent)]
    Jar(#[from] JarError),
    /// TLC could not be run.
    #[error(transparent)]
    Process(#[from] ProcessError),
    /// The spec could not be rendered.
    #[error(transparent)]
    Render(#[from] RenderError),
    /// TLC ended without a verdict about the spec.
    #[error("{instance}: {what}")]
    Tlc {
        /// What was checked.
        instance: String,
        /// What happened, where, and what to try next.
        what: String,
    },
    /// The TLA+ spec could not be evaluated in this process.
    #[error("{instance}: {what}")]
    TlaRs {
        /// What was checked.
        instance: String,
        /// What happened, where, and what to try next.
        what: String,
    },
    /// The user, a limit or the machine stopped the TLA+ side before its end.
    #[error("{instance}: {what}")]
    CutShort {
        /// What was checked.
        instance: String,
        /// What happened, and what to try next.
        what: String,
        /// How far it had come, if it said so.
        counts: Option<Counts>,
    },
    /// The catalogue has a mistake that makes the verdicts worthless.
    #[error("{instance}: {what}")]
    Catalogue {
        /// What was checked.
        instance: String,
        /// The mistake, and what to change.
        what: String,
    },
    /// A handler broke the rules of replay.
    #[error("{instance}: after {path}, {breach}")]
    Breach {
        /// What was checked.
        instance: String,
        /// How it came there.
        path: String,
        /// What it did.
        breach: String,
    },
    /// A guarantee is violated where Tandem's enumeration did not ask for it.
    #[error(
        "{instance}: asked in every state, {name} has another verdict. If it is a guarantee of \
         your own, its `about` promises too much: `About::Anything` is always right. If it is one \
         of Tandem's, please report it"
    )]
    Misdeclared {
        /// What was checked.
        instance: String,
        /// The guarantee.
        name: &'static str,
    },
    /// Two engines that must agree do not: a bug in Tandem.
    #[error("{instance}: {what}; this is a bug in Tandem, please report it")]
    Disagreement {
        /// What was checked.
        instance: String,
        /// On what they disagree.
        what: String,
    },
}
