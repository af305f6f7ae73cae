//! The exercises on disk, and the learner's progress.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};

use crate::definition::Definition;
use crate::texts::Texts;

/// The file with the names of the solved exercises, one on each line.
const PROGRESS: &str = ".tandem-progress.txt";

/// The folder with the exercises.
#[derive(Debug, Clone)]
pub struct Course {
    /// Where it is.
    pub folder: PathBuf,
    /// The exercises, by part and place.
    pub exercises: Vec<Exercise>,
}

/// One exercise.
#[derive(Debug, Clone)]
pub struct Exercise {
    /// Its short name, which is also the name of its program: `outbox` for the folder `2-09-outbox`.
    pub name: String,
    /// Its folder.
    pub folder: PathBuf,
    /// The definition of what is checked.
    pub definition: Definition,
    /// The texts for the learner.
    pub texts: Texts,
}

impl Course {
    /// Finds the exercises in `exercises/`, in this folder or in one of its parents.
    ///
    /// # Errors
    ///
    /// If there are none, or one cannot be read.
    pub fn find(from: &Path) -> anyhow::Result<Self> {
        let known = |folder: &Path| folder.join("answers.rs").is_file();
        let above = from
            .ancestors()
            .flat_map(|folder| [folder.to_owned(), folder.join("exercises")]);
        let folder = above.into_iter().find(|folder| known(folder));
        let folder = folder.with_context(|| {
            format!(
                "there is no folder `exercises` in {} or above it; change into Tandem's folder",
                from.display()
            )
        })?;
        Self::read(&folder)
    }

    /// Reads the exercises in a folder.
    ///
    /// # Errors
    ///
    /// If one cannot be read: which one, and why.
    pub fn read(folder: &Path) -> anyhow::Result<Self> {
        let mut exercises = Vec::new();
        let entries = fs::read_dir(folder).with_context(|| folder.display().to_string())?;
        for entry in entries {
            let path = entry?.path();
            if path.join("exercise.toml").is_file() {
                exercises.push(Exercise::read(&path)?);
            }
        }
        exercises.sort_by_key(|exercise| exercise.definition.place);
        Ok(Course {
            folder: folder.to_owned(),
            exercises,
        })
    }

    /// The exercise with that name or number.
    ///
    /// # Errors
    ///
    /// If there is none; the error lists the exercises.
    pub fn exercise(&self, name: &str) -> anyhow::Result<&Exercise> {
        let number = name.parse().ok();
        let meant = |exercise: &&Exercise| {
            exercise.name == name || number == Some(exercise.definition.place)
        };
        let found = self.exercises.iter().find(meant);
        found.with_context(|| {
            let names: Vec<_> = self
                .exercises
                .iter()
                .map(|exercise| exercise.name.as_str())
                .collect();
            format!(
                "there is no exercise '{name}'; there are {}",
                names.join(", ")
            )
        })
    }

    /// The names of the solved exercises. Names that no exercise has are ignored.
    pub fn solved(&self) -> BTreeSet<String> {
        let text = fs::read_to_string(self.progress()).unwrap_or_default();
        let known = |name: &&str| {
            self.exercises
                .iter()
                .any(|exercise| exercise.name == **name)
        };
        text.lines()
            .map(str::trim)
            .filter(known)
            .map(str::to_owned)
            .collect()
    }

    /// Whether the progress file contains this name, which is the name of an exercise or `NAME.tla`.
    pub fn is_solved(&self, name: &str) -> bool {
        let text = fs::read_to_string(self.progress()).unwrap_or_default();
        text.lines().any(|line| line.trim() == name)
    }

    /// Records that an exercise is solved, by its name, or its TLA+ definition, as `NAME.tla`.
    ///
    /// # Errors
    ///
    /// If the file cannot be written.
    pub fn note_solved(&self, name: &str) -> anyhow::Result<()> {
        let path = self.progress();
        let mut text = fs::read_to_string(&path).unwrap_or_default();
        if !text.lines().any(|line| line.trim() == name) {
            if !text.is_empty() && !text.ends_with('\n') {
                text.push('\n');
            }
            text.push_str(name);
            text.push('\n');
            fs::write(&path, text).with_context(|| path.display().to_string())?;
        }
        Ok(())
    }

    fn progress(&self) -> PathBuf {
        self.folder.parent().unwrap_or(&self.folder).join(PROGRESS)
    }
}

impl Exercise {
    /// Reads the folder of an exercise.
    ///
    /// # Errors
    ///
    /// If a file is missing or has invalid content.
    pub fn read(folder: &Path) -> anyhow::Result<Self> {
        let file = folder
            .file_name()
            .and_then(|name| name.to_str())
            .unwrap_or_default();
        let mut parts = file.splitn(3, '-');
        let (Some(part), Some(place), Some(name)) = (parts.next(), parts.next(), parts.next())
        else {
            bail!(
                "{}: a folder is named PART-PLACE-NAME, as 2-09-outbox",
                folder.display()
            );
        };
        let read = |file: &str| {
            let path = folder.join(file);
            fs::read_to_string(&path).with_context(|| path.display().to_string())
        };
        let at = |file: &str| folder.join(file).display().to_string();
        let definition =
            Definition::parse(&read("exercise.toml")?).with_context(|| at("exercise.toml"))?;
        let stated = (part.parse().ok(), place.parse().ok());
        if stated != (Some(definition.part), Some(definition.place)) {
            bail!(
                "{}: its name and exercise.toml differ about its part or place",
                folder.display()
            );
        }
        let texts = Texts::parse(&read("exercise.md")?).with_context(|| at("exercise.md"))?;
        Ok(Exercise {
            name: name.to_owned(),
            folder: folder.to_owned(),
            definition,
            texts,
        })
    }

    /// The file that the learner edits.
    pub fn handler(&self) -> PathBuf {
        self.folder.join("handler.rs")
    }

    /// The number of TLA+ answers that are tried: the wrong ones, the shipped one and the solution.
    pub fn tla_answers(&self) -> usize {
        let tried = self
            .definition
            .tla
            .as_ref()
            .filter(|_| crate::tla::IN_PROCESS);
        tried.map_or(0, |hole| hole.wrong.len() + 2)
    }

    /// The names of the answers that come with the exercise: the shipped handler, the solution, the
    /// wrong answers, and other accepted ones.
    pub fn answers(&self) -> Vec<String> {
        let own = ["shipped", "solution"].map(str::to_owned);
        let others = self
            .definition
            .wrong
            .keys()
            .chain(self.definition.accepted.keys());
        own.into_iter().chain(others.cloned()).collect()
    }

    /// The path of an answer in the exercise's folder.
    pub fn answer_file(&self, answer: &str) -> String {
        if answer == "shipped" || answer == "solution" {
            return format!("{answer}.rs");
        }
        let kind = match self.definition.wrong.contains_key(answer) {
            true => "wrong",
            false => "accepted",
        };
        format!("{kind}/{answer}.rs")
    }
}

/// The title of a part of the course.
pub fn part_title(part: u8) -> &'static str {
    match part {
        1 => "the front end and the HTTP boundary",
        2 => "correctness and deduplication",
        3 => "testing and model checking",
        4 => "third parties",
        6 => "bonus",
        _ => "deduplication without an ever-growing memory",
    }
}
