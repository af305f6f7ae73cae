//! The error for a spec that cannot be read or evaluated, with its location.

use std::fmt;

/// Why a spec could not be read or evaluated.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SpecError {
    /// The location in the text, if it is known.
    pub place: Option<Place>,
    /// What happened, and what to try next.
    pub what: String,
}

/// A location in a file of a spec.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The name of the file.
    pub file: String,
    /// The line, from 1.
    pub line: usize,
    /// The column in characters, from 1; `None` if it is not known.
    pub column: Option<usize>,
    /// The text of that line.
    pub text: String,
}

impl fmt::Display for SpecError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Some(place) = &self.place else {
            return f.write_str(&self.what);
        };
        let Place {
            file, line, text, ..
        } = place;
        write!(f, "{file}:{line}")?;
        if let Some(column) = place.column {
            write!(f, ":{column}")?;
        }
        write!(f, ": {}\n  {line} | {text}", self.what)
    }
}

impl std::error::Error for SpecError {}

impl SpecError {
    pub(crate) fn new(what: impl fmt::Display) -> Self {
        SpecError {
            place: None,
            what: what.to_string(),
        }
    }
}
