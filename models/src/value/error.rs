//! The errors of conversions to and from a [`Value`](super::Value).

use std::fmt::Display;

/// The error for a text that is not a TLA+ value or state, with the position of the first invalid
/// part.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line}, column {column}: expected {expected}, found {excerpt}")]
pub struct ParseError {
    /// The position in bytes.
    pub offset: usize,
    /// The line, from 1.
    pub line: usize,
    /// The column in characters, from 1.
    pub column: usize,
    /// What would have been valid there.
    pub expected: String,
    /// The start of the offending text in back-quotes, or `the end of the text`.
    pub excerpt: String,
}

impl ParseError {
    /// The error at byte `offset` of `text`, which must be a character boundary.
    pub(super) fn new(text: &str, offset: usize, expected: impl Into<String>) -> Self {
        let (before, rest) = text.split_at(offset);
        let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
        ParseError {
            offset,
            line: before.matches('\n').count() + 1,
            column: before[line_start..].chars().count() + 1,
            expected: expected.into(),
            excerpt: match rest.trim_end() {
                "" => "the end of the text".into(),
                rest => format!("`{}`", shorten(rest, 30)),
            },
        }
    }
}

/// The error for a Rust value without a TLA+ counterpart, or for a TLA+ value that does not have
/// the required Rust type.
///
/// Displayed as ``at `slots[1].at`: expected an integer, found "Idle"``.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}{reason}", self.place())]
pub struct ConversionError {
    path: String,
    reason: String,
}

impl ConversionError {
    pub(super) fn new(reason: impl Into<String>) -> Self {
        ConversionError {
            path: String::new(),
            reason: reason.into(),
        }
    }

    pub(super) fn mismatch(expected: impl Display, found: impl Display) -> Self {
        let found = shorten(&found.to_string(), 60);
        ConversionError::new(format!("expected {expected}, found {found}"))
    }

    /// The same error, with the path extended by an outer segment.
    pub(super) fn within(mut self, segment: &str) -> Self {
        self.path.insert_str(0, segment);
        self
    }

    /// The path at which the conversion failed, such as `slots[1].at`; empty at the top.
    pub fn path(&self) -> &str {
        self.path.trim_start_matches('.')
    }

    /// The reason.
    pub fn reason(&self) -> &str {
        &self.reason
    }

    fn place(&self) -> String {
        match self.path() {
            "" => String::new(),
            path => format!("at `{path}`: "),
        }
    }
}

impl serde::ser::Error for ConversionError {
    fn custom<T: Display>(message: T) -> Self {
        ConversionError::new(message.to_string())
    }
}

/// Replaces messages of serde that mention only one of the two sides.
impl serde::de::Error for ConversionError {
    fn custom<T: Display>(message: T) -> Self {
        ConversionError::new(message.to_string())
    }

    fn invalid_type(found: serde::de::Unexpected<'_>, expected: &dyn serde::de::Expected) -> Self {
        ConversionError::mismatch(expected, found)
    }

    fn invalid_value(found: serde::de::Unexpected<'_>, expected: &dyn serde::de::Expected) -> Self {
        ConversionError::mismatch(expected, found)
    }

    fn invalid_length(found: usize, expected: &dyn serde::de::Expected) -> Self {
        ConversionError::mismatch(expected, format_args!("{found} elements"))
    }

    fn missing_field(field: &'static str) -> Self {
        ConversionError::new(format!("expected a field `{field}`, found none"))
    }
}

/// The first `limit` characters of the first line, with an ellipsis if something was cut off.
fn shorten(text: &str, limit: usize) -> String {
    let line = text.lines().next().unwrap_or_default();
    let mut short: String = line.chars().take(limit).collect();
    if short.len() < text.len() {
        short.push('…');
    }
    short
}
