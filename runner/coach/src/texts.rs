//! `exercise.md`: the texts of an exercise, under fixed headings.

use anyhow::{Context, ensure};

/// The headings, in their order. The story is the text before the first one, under the title.
pub const HEADINGS: [&str; 8] = [
    "Look first",
    "Your task",
    "Hints",
    "Ask yourself",
    "Why the solution is right",
    "Lecture",
    "In TLA+",
    "Discuss",
];

/// How many hints an exercise has.
pub const HINTS: usize = 3;

/// The texts of one exercise.
#[derive(Debug, Clone)]
pub struct Texts {
    /// Its title.
    pub title: String,
    /// The story.
    pub story: String,
    sections: Vec<String>,
    /// The hints. The last one almost reveals the answer.
    pub hints: Vec<String>,
}

impl Texts {
    /// Parses the text of `exercise.md`.
    ///
    /// # Errors
    ///
    /// If a heading or a hint is missing: which one.
    pub fn parse(text: &str) -> anyhow::Result<Self> {
        let (title, rest) = text.split_once('\n').context("the file is empty")?;
        let title = title
            .strip_prefix("# ")
            .context("the first line is no title, as in `# Outbox`")?;
        let mut parts = rest.split("\n## ");
        let story = parts.next().unwrap_or_default().trim().to_owned();
        ensure!(!story.is_empty(), "there is no story under the title");
        let mut sections = Vec::new();
        for heading in HEADINGS {
            let section = parts
                .next()
                .with_context(|| format!("`## {heading}` is missing"))?;
            let (found, body) = section.split_once('\n').unwrap_or((section, ""));
            ensure!(
                found.trim() == heading,
                "`## {heading}` is expected instead of `## {found}`"
            );
            ensure!(
                !body.trim().is_empty(),
                "there is nothing under `## {heading}`"
            );
            sections.push(body.trim().to_owned());
        }
        ensure!(
            parts.next().is_none(),
            "there is a heading after `## {}`",
            HEADINGS[7]
        );
        let hints = hints(&sections[2]);
        ensure!(
            hints.len() == HINTS,
            "there are {} hints instead of {HINTS}",
            hints.len()
        );
        Ok(Texts {
            title: title.trim().to_owned(),
            story,
            sections,
            hints,
        })
    }

    /// The text under a heading.
    pub fn section(&self, heading: &str) -> &str {
        let place = HEADINGS.iter().position(|known| *known == heading);
        place.map_or("", |place| &self.sections[place])
    }

    /// The question that a learner should ask about the counterexample of the shipped handler: the first
    /// question in `Look first`.
    pub fn question(&self) -> Option<String> {
        first_question(&self.section("Look first").replace('\n', " "))
    }
}

/// The first question in a text.
fn first_question(text: &str) -> Option<String> {
    let (before, _) = text.split_once('?')?;
    let ends = before.rmatch_indices(['.', '?', ':']);
    let mut starts = ends.map(|(at, _)| at + 1);
    let start = starts.find(|at| before[*at..].starts_with(' '));
    Some(format!("{}?", before[start.unwrap_or(0)..].trim()))
}

/// The items of a numbered list.
fn hints(section: &str) -> Vec<String> {
    let mut hints: Vec<String> = Vec::new();
    for line in section.lines() {
        let number = hints.len() + 1;
        match line.strip_prefix(&format!("{number}. ")) {
            Some(first) => hints.push(first.trim().to_owned()),
            None => {
                if let Some(hint) = hints.last_mut() {
                    hint.push(' ');
                    hint.push_str(line.trim());
                }
            }
        }
    }
    hints
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(hints: &str) -> String {
        let section = |heading: &&str| match *heading {
            "Hints" => format!("\n## Hints\n{hints}\n"),
            heading => format!("\n## {heading}\nSomething.\n"),
        };
        let sections: String = HEADINGS.iter().map(section).collect();
        format!("# Title\n\nA story.\n{sections}")
    }

    #[test]
    fn all_headings_are_read() {
        let texts = Texts::parse(&text("1. One,\n   more\n2. Two\n3. Three")).unwrap();
        assert_eq!(
            (texts.title.as_str(), texts.story.as_str()),
            ("Title", "A story.")
        );
        assert_eq!(texts.hints, ["One, more", "Two", "Three"]);
        assert_eq!(texts.section("In TLA+"), "Something.");
    }

    #[test]
    fn what_is_missing_is_named() {
        let missing = Texts::parse(&text("1. One\n2. Two")).unwrap_err();
        assert_eq!(missing.to_string(), "there are 2 hints instead of 3");
        let whole = text("1. One\n2. Two\n3. Three");
        let missing = Texts::parse(&whole.replace("## Lecture", "## Sermon")).unwrap_err();
        assert_eq!(
            missing.to_string(),
            "`## Lecture` is expected instead of `## Sermon`"
        );
        let missing = Texts::parse(&whole.replace("## Discuss\nSomething.", "")).unwrap_err();
        assert_eq!(missing.to_string(), "`## Discuss` is missing");
    }

    #[test]
    fn the_first_question_of_a_text_is_found() {
        let text = "Run it. What is `a.b`, and why? Which of the two told the truth? It helps.";
        let found = first_question(text);
        assert_eq!(found.as_deref(), Some("What is `a.b`, and why?"));
        assert_eq!(
            first_question("What is `a.b`?").as_deref(),
            Some("What is `a.b`?")
        );
        assert_eq!(first_question("Run it."), None);
    }
}
