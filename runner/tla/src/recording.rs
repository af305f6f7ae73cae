//! Behaviours that somebody recorded: what TLC printed, an ITF file, or the JSON of `tandem check`.
//!
//! [`read`] takes the bytes of a file as people have them (from CI, quoted in a message, in UTF-16) and
//! returns every behaviour in it. What a behaviour means for a model is not decided here.

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

/// Where a behaviour comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// What TLC printed, with or without `-tool`.
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
    /// Where it comes from.
    pub format: Format,
    /// What the file says of it, such as `Invariant NoGhost is violated`: to choose among several.
    pub heading: String,
    /// The property that it violates or witnesses, if its name is told.
    pub property: Option<String>,
    /// The model that it was recorded on, if that is told.
    pub origin: Option<Origin>,
    /// The first state.
    pub start: StateView,
    /// What follows it. The step that closes a lasso is the last one.
    pub steps: Vec<RecordedStep>,
    /// How it goes on.
    pub ending: Ending,
    /// What was done to read it, and what is missing.
    pub notes: Vec<String>,
}

/// A step, and the state after it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordedStep {
    /// The name of the action, if it is told.
    pub action: Option<String>,
    /// The state afterwards.
    pub state: StateView,
}

/// How a behaviour goes on after its last step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ending {
    /// That is not said.
    Open,
    /// Nothing happens any more.
    Stutters,
    /// The last step leads back to the state that so many steps lead to.
    Repeats(usize),
}

/// What a file says of the model that it was recorded on.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Origin {
    /// The spec's file, or `tandem PROTOCOL:VARIANT`.
    pub source: String,
    /// The bounds, by the names that Tandem has for them.
    pub parameters: BTreeMap<String, u64>,
    /// Changes when the model does.
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
/// When there is none, or one is damaged in a way that would make it another behaviour.
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

/// Adds the step that leads back to the state that so many steps lead to. Where that is the last
/// state itself, nothing happens any more.
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
