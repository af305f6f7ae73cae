//! The exact size of every instance that the catalogue names: `specs/manifest.toml`.
//!
//! Both engines must count the same states and steps, and the same tomorrow. The expected
//! verdicts stand in the catalogue, not here.

use serde::{Deserialize, Serialize};
use tandem_models::catalogue::Instance;

/// The pinned counts.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    /// One entry an instance.
    #[serde(default, rename = "instance")]
    entries: Vec<Entry>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    /// `protocol:variant`.
    name: String,
    /// Parameters and faults, as reports show them.
    bounds: String,
    /// Distinct views.
    states: usize,
    /// Steps between distinct views.
    transitions: usize,
}

/// The size of a state graph.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Counts {
    /// Distinct views.
    pub states: usize,
    /// Steps between distinct views.
    pub transitions: usize,
}

impl Manifest {
    /// The manifest of Tandem's own catalogue.
    ///
    /// # Errors
    /// When the file is not a manifest: where and why.
    pub fn embedded() -> Result<Self, toml::de::Error> {
        Self::parse(include_str!("../../../specs/manifest.toml"))
    }

    /// Reads a manifest.
    ///
    /// # Errors
    /// When the text is not a manifest: where and why.
    pub fn parse(text: &str) -> Result<Self, toml::de::Error> {
        toml::from_str(text)
    }

    /// The counts pinned for an instance, if it is one that the catalogue names.
    pub fn counts(&self, instance: &Instance) -> Option<Counts> {
        let (name, bounds) = (instance.label(), instance.bounds());
        let entry = self
            .entries
            .iter()
            .find(|e| e.name == name && e.bounds == bounds)?;
        Some(Counts {
            states: entry.states,
            transitions: entry.transitions,
        })
    }

    /// Pins the counts of an instance.
    pub fn pin(&mut self, instance: &Instance, counts: Counts) {
        let (name, bounds) = (instance.label(), instance.bounds());
        let Counts {
            states,
            transitions,
        } = counts;
        self.entries.push(Entry {
            name,
            bounds,
            states,
            transitions,
        });
    }

    /// The text of the file.
    ///
    /// # Errors
    /// When it cannot be written as TOML.
    pub fn text(&self) -> Result<String, toml::ser::Error> {
        let body = toml::to_string(self)?;
        Ok(format!(
            "# Distinct states and transitions of every instance that the catalogue names, the\n\
             # same in Rust and in TLA+. Written by `tandem manifest`; a difference fails the build.\n\n\
             {body}"
        ))
    }
}
