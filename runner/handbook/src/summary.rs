//! The chapters in their order, as `SUMMARY.md` lists them.

/// A line of the summary.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Entry {
    /// A heading between chapters.
    Part(String),
    /// A chapter: its title, the file of its page, and its level.
    Chapter {
        /// The title.
        title: String,
        /// The file of its page, such as `outbox.html`.
        file: String,
        /// 0 for a chapter, 1 for one below it.
        level: usize,
    },
}

impl Entry {
    /// The file of a chapter's page.
    pub fn file(&self) -> Option<&str> {
        match self {
            Entry::Part(_) => None,
            Entry::Chapter { file, .. } => Some(file),
        }
    }
}

/// Reads a summary.
pub fn entries(summary: &str) -> Vec<Entry> {
    let lines = summary.lines().filter(|line| line.trim() != "# Summary");
    lines.filter_map(entry).collect()
}

fn entry(line: &str) -> Option<Entry> {
    if let Some(part) = line.strip_prefix("# ") {
        return Some(Entry::Part(part.to_owned()));
    }
    let level = (line.len() - line.trim_start().len()) / 2;
    let link = line.trim().trim_start_matches("- ");
    let (title, file) = link.strip_prefix('[')?.split_once("](")?;
    let file = file.strip_suffix(".md)")?;
    Some(Entry::Chapter {
        title: title.to_owned(),
        file: format!("{file}.html"),
        level,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chapters_and_parts_are_read_in_their_order() {
        let found = entries(
            "# Summary\n\n[How](how.md)\n\n# The course\n\n- [One](one.md)\n  - [Two](two.md)\n",
        );
        let chapter = |title: &str, file: &str, level| Entry::Chapter {
            title: title.to_owned(),
            file: file.to_owned(),
            level,
        };
        let expected = [
            chapter("How", "how.html", 0),
            Entry::Part("The course".to_owned()),
            chapter("One", "one.html", 0),
            chapter("Two", "two.html", 1),
        ];
        assert_eq!(found, expected);
    }
}
