//! The handbook of the course: its chapters in `exercises/handbook/src` and the texts of the exercises,
//! rendered as HTML pages that load nothing from a network.
//!
//! The sources have the layout of an mdBook: `SUMMARY.md` lists the chapters, and `{{#include PATH}}`
//! includes a file. They are rendered with `pulldown-cmark`, which adds two crates to the build. The
//! crate `mdbook` would add 97, for search, themes and a server, which are not needed here.
//!
//! [`sources`] reads the texts, [`summary`] the order of the chapters, and [`render`] makes the pages.

pub mod render;
pub mod sources;
pub mod summary;

use anyhow::Context;

use crate::render::page;
use crate::sources::Sources;
use crate::summary::{Entry, entries};

/// The style sheet of all pages.
pub const STYLE: &str = include_str!("style.css");

/// The handbook.
pub struct Handbook {
    sources: Sources,
    entries: Vec<Entry>,
}

impl Handbook {
    /// The handbook that is built into the program.
    ///
    /// # Errors
    ///
    /// If its summary is missing.
    pub fn built_in() -> anyhow::Result<Self> {
        Handbook::new(Sources::built_in())
    }

    /// A handbook from these sources.
    ///
    /// # Errors
    ///
    /// If there is no summary.
    pub fn new(sources: Sources) -> anyhow::Result<Self> {
        let summary = sources
            .chapter("SUMMARY.md")
            .context("the handbook has no SUMMARY.md")?;
        let entries = entries(summary);
        Ok(Handbook { sources, entries })
    }

    /// The names of all files: the pages and the style sheet. The first page is `index.html`.
    pub fn files(&self) -> Vec<String> {
        let pages = self.entries.iter().filter_map(Entry::file);
        let mut files = vec!["index.html".to_owned(), "style.css".to_owned()];
        files.extend(pages.map(|file| file.to_owned()));
        files
    }

    /// The Markdown text of a chapter, such as `trainer.md`, with its included files.
    ///
    /// # Errors
    ///
    /// If there is no such chapter, or an included file is missing.
    pub fn chapter(&self, file: &str) -> anyhow::Result<String> {
        self.sources.with_includes(file)
    }

    /// The content of a file; `None` if there is no file of that name.
    ///
    /// # Errors
    ///
    /// If an included file is missing.
    pub fn file(&self, name: &str) -> anyhow::Result<Option<String>> {
        if name == "style.css" {
            return Ok(Some(STYLE.to_owned()));
        }
        let first = self.entries.iter().find_map(Entry::file);
        let name = if name == "index.html" {
            first.unwrap_or(name)
        } else {
            name
        };
        let place = self
            .entries
            .iter()
            .position(|entry| entry.file() == Some(name));
        let Some(place) = place else {
            return Ok(None);
        };
        let source = name.trim_end_matches(".html");
        let text = self.sources.with_includes(&format!("{source}.md"))?;
        Ok(Some(page(&self.entries, place, &text)))
    }
}
