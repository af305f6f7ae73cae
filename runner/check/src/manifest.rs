//! The manifest: the pinned results of every instance that a catalogue names, namely the exact size of its
//! graph, its price, and the faults that it survives. Tandem's own manifest is `specs/manifest.toml`.
//!
//! Both engines must count the same states and steps in every run. The expected verdicts are in the
//! catalogue, not here.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use tandem_models::catalogue::{Catalogue, Instance};

/// The pinned results.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    /// One entry for each instance.
    #[serde(default, rename = "instance")]
    entries: Vec<Entry>,
    /// One entry for each variant.
    #[serde(default, rename = "design")]
    designs: Vec<Design>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    /// The label `protocol:variant`.
    name: String,
    /// Bounds and faults, as reports show them.
    bounds: String,
    /// Distinct views.
    states: usize,
    /// Steps between distinct views.
    transitions: usize,
    /// The file that contains the entry.
    #[serde(skip)]
    file: &'static str,
}

/// The pinned measurements of a variant. Each list of numbers has one entry for a run of one message, one
/// for a run of two, and so on, without faults.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Design {
    /// The label `protocol:variant`.
    pub name: String,
    /// Reads of a store.
    pub reads: Vec<u32>,
    /// Writes to a store; a transaction counts as one.
    pub writes: Vec<u32>,
    /// Messages sent.
    pub sends: Vec<u32>,
    /// Requests to a third party.
    pub asks: Vec<u32>,
    /// Identities that are kept for deduplication at the end; empty if the protocol does not say where it
    /// keeps them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub kept: Vec<usize>,
    /// The largest number of identities kept at any time.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub kept_at_most: Vec<usize>,
    /// The features that it needs from the stores.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub needs: Vec<String>,
    /// What one attempt at a message may cost and how it may end, over all states of the variant, as
    /// sentences.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub attempts: Vec<String>,
    /// For a correct variant: each fault of its protocol, with the claimed guarantees that are violated when
    /// this fault happens once; an empty list if it survives. If the variant survives a crash, the fault is
    /// combined with one crash. A fault that leads to too many states is left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub faults: Option<BTreeMap<String, Vec<String>>>,
}

/// The size of a state graph.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Counts {
    /// Distinct views.
    pub states: usize,
    /// Steps between distinct views.
    pub transitions: usize,
}

/// The error for a manifest that cannot be read.
#[derive(Debug, thiserror::Error)]
#[error("{file}: {why}; `tandem manifest` writes it again")]
pub struct Unreadable {
    file: &'static str,
    why: toml::de::Error,
}

impl Manifest {
    /// The manifest of a catalogue; empty if the catalogue names no file.
    ///
    /// # Errors
    ///
    /// If a named file is not a manifest: which file, where and why.
    pub fn of(catalogue: &Catalogue) -> Result<Self, Unreadable> {
        let mut all = Manifest::default();
        for pins in catalogue.pins() {
            let parsed = Self::parse(pins.text);
            let parsed = parsed.map_err(|why| Unreadable {
                file: pins.file,
                why,
            })?;
            let of_file = parsed.entries.into_iter().map(|entry| Entry {
                file: pins.file,
                ..entry
            });
            all.entries.extend(of_file);
            all.designs.extend(parsed.designs);
        }
        Ok(all)
    }

    /// Reads a manifest.
    ///
    /// # Errors
    ///
    /// If the text is not a manifest: where and why.
    pub fn parse(text: &str) -> Result<Self, toml::de::Error> {
        toml::from_str(text)
    }

    fn entry(&self, instance: &Instance) -> Option<&Entry> {
        let (name, bounds) = (instance.label(), instance.bounds());
        let mut entries = self.entries.iter();
        entries.find(|entry| entry.name == name && entry.bounds == bounds)
    }

    /// The file that contains an instance's entry, for messages.
    pub fn file(&self, instance: &Instance) -> &'static str {
        self.entry(instance).map_or("", |entry| entry.file)
    }

    /// The counts pinned for an instance, if the catalogue names it.
    pub fn counts(&self, instance: &Instance) -> Option<Counts> {
        let entry = self.entry(instance)?;
        Some(Counts {
            states: entry.states,
            transitions: entry.transitions,
        })
    }

    /// The other results pinned for a variant.
    pub fn design(&self, instance: &Instance) -> Option<&Design> {
        let name = instance.label();
        self.designs.iter().find(|design| design.name == name)
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
            file: "",
        });
    }

    /// Pins the measurements of a variant.
    pub fn pin_design(&mut self, design: Design) {
        self.designs.push(design);
    }

    /// The text of the file.
    ///
    /// # Errors
    ///
    /// If it cannot be written as TOML.
    pub fn text(&self) -> Result<String, toml::ser::Error> {
        let body = toml::to_string(self)?;
        Ok(format!(
            "# Distinct states and transitions of every instance that the catalogue names, the\n\
             # same in Rust and in TLA+, and after them what each design costs and which faults it\n\
             # survives. Written by `tandem manifest`; a difference fails the build.\n\n\
             {body}"
        ))
    }
}
