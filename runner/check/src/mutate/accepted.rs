//! The accepted survivors, each with its reason: `specs/survivors.toml`.

use std::collections::BTreeMap;
use std::path::Path;

use serde::Deserialize;

/// The built-in list, which belongs to Tandem's own catalogue.
const BUILT_IN: &str = include_str!("../../../../specs/survivors.toml");

/// Accepted survivors: the name of each mutant with the reason.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Accepted(BTreeMap<String, String>);

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    survivor: Vec<Entry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    reason: String,
    mutants: Vec<String>,
}

/// The error for a list that cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum AcceptedError {
    /// The file cannot be read.
    #[error("{0} cannot be read: {1}; --accepted names the list of accepted survivors")]
    Unreadable(String, std::io::Error),
    /// The file is not a list of survivors.
    #[error("{0} is not a list of accepted survivors: {1}")]
    Malformed(String, toml::de::Error),
    /// A survivor has no reason.
    #[error("{0}: an entry without a reason lists {1}; say why it may survive")]
    NoReason(String, String),
    /// A survivor is listed twice.
    #[error("{0} lists {1} twice; remove one of the two")]
    Twice(String, String),
}

impl Accepted {
    /// The list of Tandem's own catalogue.
    ///
    /// # Errors
    ///
    /// If it is not well formed.
    pub fn built_in() -> Result<Self, AcceptedError> {
        Self::parse("specs/survivors.toml", BUILT_IN)
    }

    /// Reads a file.
    ///
    /// # Errors
    ///
    /// If it cannot be read, or is not well formed.
    pub fn read(file: &Path) -> Result<Self, AcceptedError> {
        let name = file.display().to_string();
        match std::fs::read_to_string(file) {
            Ok(text) => Self::parse(&name, &text),
            Err(error) => Err(AcceptedError::Unreadable(name, error)),
        }
    }

    /// Parses a text. `name` is used in messages.
    ///
    /// # Errors
    ///
    /// If it is not well formed.
    pub fn parse(name: &str, text: &str) -> Result<Self, AcceptedError> {
        let file: File = toml::from_str(text)
            .map_err(|error| AcceptedError::Malformed(name.to_owned(), error))?;
        let mut accepted = BTreeMap::new();
        for Entry { reason, mutants } in file.survivor {
            if reason.trim().is_empty() {
                let mutants = mutants.join(", ");
                return Err(AcceptedError::NoReason(name.to_owned(), mutants));
            }
            for mutant in mutants {
                if accepted.insert(mutant.clone(), reason.clone()).is_some() {
                    return Err(AcceptedError::Twice(name.to_owned(), mutant));
                }
            }
        }
        Ok(Accepted(accepted))
    }

    /// The reason for accepting a survivor, if it is accepted.
    pub fn reason(&self, mutant: &str) -> Option<&str> {
        self.0.get(mutant).map(String::as_str)
    }

    /// The listed mutants of a variant, by its label.
    pub fn of<'a>(&'a self, label: &'a str) -> impl Iterator<Item = &'a str> {
        let names = self.0.keys().map(String::as_str);
        names.filter(move |name| {
            let rest = name.strip_prefix(label);
            rest.is_some_and(|rest| rest.starts_with('/'))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_names_mutants_with_a_reason_each() {
        let text =
            "[[survivor]]\nreason = \"no harm\"\nmutants = [\"a:b/C/skip\", \"a:bb/C/skip\"]\n";
        let accepted = Accepted::parse("list", text).unwrap();
        assert_eq!(accepted.reason("a:b/C/skip"), Some("no harm"));
        assert_eq!(accepted.reason("a:b/D/skip"), None);
        assert_eq!(accepted.of("a:b").collect::<Vec<_>>(), ["a:b/C/skip"]);
    }

    #[test]
    fn a_list_without_a_reason_with_a_double_or_with_another_field_is_refused() {
        let said = |text: &str| Accepted::parse("list", text).unwrap_err().to_string();
        let no_reason = "[[survivor]]\nreason = \" \"\nmutants = [\"a:b/C/skip\"]\n";
        assert_eq!(
            said(no_reason),
            "list: an entry without a reason lists a:b/C/skip; say why it may survive"
        );
        let twice = "[[survivor]]\nreason = \"x\"\nmutants = [\"a:b/C/skip\", \"a:b/C/skip\"]\n";
        assert_eq!(
            said(twice),
            "list lists a:b/C/skip twice; remove one of the two"
        );
        let other = "[[survivor]]\nwhy = \"x\"\nmutants = []\n";
        assert!(said(other).starts_with("list is not a list of accepted survivors: "));
    }

    #[test]
    fn the_list_that_is_built_in_is_well_formed() {
        Accepted::built_in().unwrap();
    }
}
