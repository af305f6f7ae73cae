//! Reads recorded behaviours: TLC's output, an ITF file, or the JSON of `tandem check`.
//!
//! [`read`] accepts a file in the forms in which people have it (from CI, quoted in a message, in
//! UTF-16) and returns every behaviour in it. This module does not relate behaviours to models.

mod events;
mod itf;
mod json;
mod log;
mod tandem;
mod text;

pub use tandem::VERSION as JSON_VERSION;

use std::collections::BTreeMap;
use std::fmt;

use tandem_models::value::StateView;

/// The format of a recorded behaviour.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// The output of TLC, with or without `-tool`.
    Tlc,
    /// The Informal Trace Format, as Apalache, Quint and Tandem's page write it.
    Itf,
    /// The JSON of `tandem check`.
    Tandem,
}

impl Format {
    /// Its name in JSON.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Tlc => "tlc",
            Self::Itf => "itf",
            Self::Tandem => "tandem",
        }
    }
}

/// One recorded behaviour.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Behaviour {
    /// The format of the file.
    pub format: Format,
    /// The description in the file, such as `Invariant NoGhost is violated`, for choosing among several
    /// behaviours.
    pub heading: String,
    /// The property that it violates or witnesses, if the file names it.
    pub property: Option<String>,
    /// The model with which it was recorded, if the file names it.
    pub origin: Option<Origin>,
    /// The first state.
    pub start: StateView,
    /// The steps. The step that closes a lasso is the last one.
    pub steps: Vec<RecordedStep>,
    /// How it continues after its last step.
    pub ending: Ending,
    /// Notes about how the file was read, and what is missing.
    pub notes: Vec<String>,
}

/// A step, and the state after it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordedStep {
    /// The name of the action, if the file has it.
    pub action: Option<String>,
    /// The state after the step.
    pub state: StateView,
}

/// How a behaviour continues after its last step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ending {
    /// The file does not say.
    Open,
    /// It stutters: it stays in the last state.
    Stutters,
    /// The last step leads back to the state after this many steps.
    Repeats(usize),
}

/// The model with which a behaviour was recorded, according to the file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Origin {
    /// The spec's file, or `tandem PROTOCOL:VARIANT`.
    pub source: String,
    /// The bounds, with Tandem's names.
    pub parameters: BTreeMap<String, u64>,
    /// A digest that changes when the model does.
    pub digest: Option<String>,
}

/// Why a file cannot be read: what is wrong, where, and what to do.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct ReadError(String);

impl ReadError {
    fn new(what: impl fmt::Display) -> Self {
        Self(what.to_string())
    }
}

/// Reads every behaviour in a file.
///
/// # Errors
///
/// If there is none, or one is damaged so that it would be read as a different behaviour.
pub fn read(bytes: &[u8]) -> Result<Vec<Behaviour>, ReadError> {
    let text = text::decode(bytes)?;
    let behaviours = match text.trim_start().starts_with('{') {
        true => json::read(&text)?,
        false => log::read(&text)?,
    };
    match behaviours.is_empty() {
        false => Ok(behaviours),
        true => Err(ReadError::new(
            "there is no behaviour in this text: it should be what TLC prints when something is \
             violated, an ITF file, or the output of `tandem check --format json`",
        )),
    }
}

/// Adds the step that leads from the last state of a behaviour back to the state after `back` steps, so
/// that the behaviour is a lasso. If that state is the last state itself, the behaviour stutters.
fn close(
    start: &StateView,
    steps: &mut Vec<RecordedStep>,
    back: usize,
    action: Option<String>,
) -> Option<Ending> {
    if back == steps.len() && action.is_none() {
        return Some(Ending::Stutters);
    }
    let state = match back.checked_sub(1) {
        None => start,
        Some(place) => &steps.get(place)?.state,
    };
    let state = state.clone();
    steps.push(RecordedStep { action, state });
    Some(Ending::Repeats(back))
}

#[cfg(test)]
mod tests;
