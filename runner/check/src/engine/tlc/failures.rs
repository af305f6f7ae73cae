//! The error messages for runs of TLC without a verdict.

use std::fmt::Display;

use crate::engine::EngineError;
use tandem_tla::spec::Spec;
use tandem_tla::tlc::outcome::{Outcome, ParseError, Verdict};

/// The error for a run without a verdict. A run that was stopped is not the spec's fault.
pub(super) fn failure(instance: &dyn Display, spec: &Spec, outcome: &Outcome) -> EngineError {
    let (instance, what) = (instance.to_string(), outcome.verdict.to_string());
    match &outcome.verdict {
        Verdict::ParseError(error) if is_of_tlc(error, spec) => EngineError::CutShort {
            instance,
            what: format!(
                "TLC cannot read a module of its own, which it had unpacked into its working folder \
                 ({error}); the disk there was probably full: free some space, or set TMPDIR to a \
                 larger disk, and run it again"
            ),
            counts: None,
        },
        Verdict::ParseError(error) => EngineError::Tlc {
            instance,
            what: with_line(error, spec),
        },
        Verdict::TimedOut
        | Verdict::Interrupted
        | Verdict::Killed
        | Verdict::OutOfMemory
        | Verdict::DiskFull { .. } => EngineError::CutShort {
            instance,
            what,
            counts: outcome.counts,
        },
        _ => EngineError::Tlc { instance, what },
    }
}

/// Whether the error is in one of TLC's own modules, such as `Naturals`.
fn is_of_tlc(error: &ParseError, spec: &Spec) -> bool {
    let ours = |module: &String| {
        let file = format!("{module}.tla");
        spec.files.iter().any(|(name, _)| *name == file)
    };
    error.line.is_some() && error.module.as_ref().is_some_and(|module| !ours(module))
}

/// The error with the line that it is about. TLC names a file in a temporary folder that was
/// deleted, so only the file name is shown.
fn with_line(error: &ParseError, spec: &Spec) -> String {
    let named = error.module.as_ref().map(|module| format!("{module}.tla"));
    let file = spec
        .files
        .iter()
        .find(|(name, _)| Some(name) == named.as_ref());
    let Some((name, text)) = file else {
        return Verdict::ParseError(error.clone()).to_string();
    };
    let told = Verdict::ParseError(ParseError {
        file: Some(name.clone()),
        ..error.clone()
    });
    let number = error.line.unwrap_or(0);
    let index = usize::try_from(number).unwrap_or(0).checked_sub(1);
    match index.and_then(|index| text.lines().nth(index)) {
        Some(line) => format!("{told}:\n  {number} | {line}"),
        None => told.to_string(),
    }
}

pub(super) fn unreadable(instance: &dyn Display, what: impl Display) -> EngineError {
    EngineError::Disagreement {
        instance: instance.to_string(),
        what: what.to_string(),
    }
}
