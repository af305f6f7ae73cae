//! What is pinned of every instance that a catalogue names: the exact size of its graph, its price, and
//! the faults that it survives. Tandem's own pins are `specs/manifest.toml`.
//!
//! Both engines must count the same states and steps, and the same tomorrow. The expected
//! verdicts stand in the catalogue, not here.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use tandem_models::catalogue::{Catalogue, Instance};

/// What is pinned.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    /// One entry an instance.
    #[serde(default, rename = "instance")]
    entries: Vec<Entry>,
    /// One entry a variant.
    #[serde(default, rename = "design")]
    designs: Vec<Design>,
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
    /// The file that it stands in.
    #[serde(skip)]
    file: &'static str,
}

/// What is pinned of a variant: each list of numbers has one for a run of one message, of two, and so
/// on, without faults.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Design {
    /// `protocol:variant`.
    pub name: String,
    /// Reads of a store.
    pub reads: Vec<u32>,
    /// Writes to a store; a transaction is one.
    pub writes: Vec<u32>,
    /// Messages sent.
    pub sends: Vec<u32>,
    /// Requests to a third party.
    pub asks: Vec<u32>,
    /// Identities kept for deduplication at the end; empty if the protocol does not say where.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub kept: Vec<usize>,
    /// The most identities that are kept on the way.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub kept_at_most: Vec<usize>,
    /// What it needs of the stores.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub needs: Vec<String>,
    /// What one attempt at a message may cost, and how it may end: over all states of the variant, in words.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub attempts: Vec<String>,
    /// For a right variant: each fault that its protocol knows, with the promises that it breaks when
    /// this fault happens once, together with one crash if it survives a crash; none if it survives. A
    /// fault with which it has too many states to search is left out.
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

/// A file that a catalogue names as its pins, and that cannot be read as such.
#[derive(Debug, thiserror::Error)]
#[error("{file}: {why}; `tandem manifest` writes it anew")]
pub struct Unreadable {
    file: &'static str,
    why: toml::de::Error,
}

impl Manifest {
    /// What a catalogue pins; nothing if it names no file.
    ///
    /// # Errors
    /// When a file that it names is not a manifest: which, where and why.
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
    /// When the text is not a manifest: where and why.
    pub fn parse(text: &str) -> Result<Self, toml::de::Error> {
        toml::from_str(text)
    }

    fn entry(&self, instance: &Instance) -> Option<&Entry> {
        let (name, bounds) = (instance.label(), instance.bounds());
        let mut entries = self.entries.iter();
        entries.find(|entry| entry.name == name && entry.bounds == bounds)
    }

    /// The file that pins an instance, for messages.
    pub fn file(&self, instance: &Instance) -> &'static str {
        self.entry(instance).map_or("", |entry| entry.file)
    }

    /// The counts pinned for an instance, if it is one that the catalogue names.
    pub fn counts(&self, instance: &Instance) -> Option<Counts> {
        let entry = self.entry(instance)?;
        Some(Counts {
            states: entry.states,
            transitions: entry.transitions,
        })
    }

    /// What is pinned of a variant besides its counts.
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

    /// Pins what was measured of a variant.
    pub fn pin_design(&mut self, design: Design) {
        self.designs.push(design);
    }

    /// The text of the file.
    ///
    /// # Errors
    /// When it cannot be written as TOML.
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
