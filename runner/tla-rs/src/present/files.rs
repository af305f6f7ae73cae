//! Locations in the files of a spec.

use std::fmt;

use crate::error::{Place, SpecError};

impl SpecError {
    pub(crate) fn at(place: Option<Place>, what: impl fmt::Display) -> Self {
        SpecError {
            place,
            what: what.to_string(),
        }
    }
}

/// The files of a spec by name, in which locations are looked up.
pub(crate) struct Files<'a>(pub(crate) &'a [(String, String)]);

impl Files<'_> {
    /// The location of a byte in a file.
    pub(crate) fn at_byte(&self, file: usize, byte: usize) -> Option<Place> {
        let (name, text) = self.0.get(file)?;
        let before = text.get(..byte)?;
        let start = before.rfind('\n').map_or(0, |at| at + 1);
        let column = Some(before[start..].chars().count() + 1);
        self.place(name, before.matches('\n').count() + 1, column)
    }

    /// Converts a message that begins with a location, as `FILE:LINE:COLUMN: what`, into an error.
    /// `folder` is the folder of the files when the message was made.
    pub(crate) fn told(&self, message: &str, folder: &str) -> SpecError {
        let message = message.replace(&format!("{folder}/"), "");
        let located = self.0.iter().find_map(|(name, _)| {
            let (_, after) = message.split_once(&format!("{name}:"))?;
            let (line, after) = after.split_once(':')?;
            let (column, what) = after.split_once(": ")?;
            let place = self.place(name, line.parse().ok()?, column.parse().ok());
            Some(SpecError::at(Some(place?), what))
        });
        located.unwrap_or_else(|| SpecError::new(message))
    }

    fn place(&self, name: &str, line: usize, column: Option<usize>) -> Option<Place> {
        let (_, text) = self.0.iter().find(|(file, _)| file == name)?;
        Some(Place {
            file: name.to_owned(),
            line,
            column,
            text: text.lines().nth(line.checked_sub(1)?)?.to_owned(),
        })
    }
}
