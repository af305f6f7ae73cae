//! The texts of the handbook, by their path in the folder `exercises`.

use std::collections::BTreeMap;

use anyhow::{Context, bail};

const BUILT_IN: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/texts.rs"));

/// The folder of the chapters.
const CHAPTERS: &str = "handbook/src/";

/// Sections of an exercise that are folded until the reader opens them.
const FOLDED: [&str; 2] = ["Hints", "Why the solution is right"];

/// Texts by path.
pub struct Sources(BTreeMap<String, String>);

impl Sources {
    /// The texts that are built into the program.
    pub fn built_in() -> Self {
        Sources::of(BUILT_IN)
    }

    /// These texts by their paths.
    pub fn of(texts: &[(&str, &str)]) -> Self {
        let owned = |(path, text): &(&str, &str)| ((*path).to_owned(), (*text).to_owned());
        Sources(texts.iter().map(owned).collect())
    }

    /// The text of a chapter.
    pub fn chapter(&self, file: &str) -> Option<&str> {
        self.0.get(&format!("{CHAPTERS}{file}")).map(String::as_str)
    }

    /// The text of a chapter with its included files.
    ///
    /// # Errors
    ///
    /// If the chapter or an included file is missing.
    pub fn with_includes(&self, file: &str) -> anyhow::Result<String> {
        let text = self.chapter(file);
        let text = text.with_context(|| format!("there is no chapter {file}"))?;
        let mut whole = String::new();
        for line in text.lines() {
            let path = line.trim().strip_prefix("{{#include ");
            match path.and_then(|path| path.strip_suffix("}}")) {
                Some(path) => whole.push_str(&self.included(file, path)?),
                None => whole.push_str(line),
            }
            whole.push('\n');
        }
        Ok(whole)
    }

    fn included(&self, from: &str, path: &str) -> anyhow::Result<String> {
        let Some(below) = path.strip_prefix("../../") else {
            bail!("{from} includes {path}, which is not below the folder of the exercises");
        };
        let text = self.0.get(below);
        let text = text.with_context(|| format!("{from} includes {path}, which is not there"))?;
        Ok(folded(text))
    }
}

/// The text of an exercise, with the sections folded that reveal the answer.
fn folded(text: &str) -> String {
    let mut whole = String::new();
    let mut open = false;
    for line in text.lines() {
        if let Some(heading) = line.strip_prefix("## ") {
            if open {
                whole.push_str("\n</details>\n\n");
            }
            open = FOLDED.contains(&heading);
            if open {
                whole.push_str(&format!("<details><summary>{heading}</summary>\n\n"));
                continue;
            }
        }
        whole.push_str(line);
        whole.push('\n');
    }
    if open {
        whole.push_str("\n</details>\n");
    }
    whole
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_include_that_is_not_there_is_named() {
        let sources = Sources::of(&[("handbook/src/a.md", "{{#include ../../x/exercise.md}}\n")]);
        let error = sources.with_includes("a.md").unwrap_err().to_string();
        assert_eq!(
            error,
            "a.md includes ../../x/exercise.md, which is not there"
        );
    }

    #[test]
    fn what_gives_the_answer_away_is_folded() {
        let text = folded("# T\n\n## Hints\n1. One\n\n## Lecture\nSay.\n");
        let expected = "# T\n\n<details><summary>Hints</summary>\n\n1. One\n\n\n</details>\n\n## Lecture\nSay.\n";
        assert_eq!(text, expected);
    }
}
