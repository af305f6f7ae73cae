//! The exercises in the form that the explorer's page shows.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::Context;
use tandem_lessons::{Lesson, Lessons, OwnHandler};

use crate::course::{Course, Exercise, part_title};

impl Lessons for Course {
    fn lessons(&self) -> anyhow::Result<Vec<Lesson>> {
        let lesson = |exercise| self.lesson(exercise);
        Ok(self.exercises.iter().map(lesson).collect())
    }

    fn solution(&self, name: &str) -> anyhow::Result<String> {
        let path = self.exercise(name)?.folder.join("solution.rs");
        fs::read_to_string(&path).with_context(|| path.display().to_string())
    }
}

impl Course {
    fn lesson(&self, exercise: &Exercise) -> Lesson {
        let (definition, texts) = (&exercise.definition, &exercise.texts);
        let section = |heading| texts.section(heading).to_owned();
        let tla = definition.tla.as_ref();
        Lesson {
            name: exercise.name.clone(),
            place: definition.place,
            part: definition.part,
            part_title: part_title(definition.part).to_owned(),
            title: texts.title.clone(),
            minutes: definition.minutes.into(),
            solved: self.is_solved(&exercise.name),
            tla: tla.map(|_| self.is_solved(&format!("{}.tla", exercise.name))),
            tla_task: tla.map(|hole| hole.task.clone()),
            file: self.path_of(&exercise.handler()),
            protocol: definition.protocol.clone(),
            story: texts.story.clone(),
            look: section("Look first"),
            task: section("Your task"),
            hints: texts.hints.clone(),
            ask: section("Ask yourself"),
            why: section("Why the solution is right"),
            lecture: section("Lecture"),
            in_tla: section("In TLA+"),
            discuss: section("Discuss"),
        }
    }

    /// The learner's handler as it is stored now.
    pub fn own_handler(&self, exercise: &Exercise, group: bool) -> OwnHandler {
        let text = fs::read_to_string(exercise.handler()).unwrap_or_default();
        OwnHandler {
            exercise: exercise.name.clone(),
            file: self.path_of(&exercise.handler()),
            lines: lines(&text),
            group,
        }
    }

    /// A path relative to the folder of Tandem.
    fn path_of(&self, file: &Path) -> String {
        let root = self.folder.parent().unwrap_or(&self.folder);
        let path = file.strip_prefix(root).unwrap_or(file);
        let parts: Vec<_> = path.iter().map(|part| part.to_string_lossy()).collect();
        parts.join("/")
    }
}

/// The lines, from 1, in which each name occurs in quotes, because a call of a handler names its step in
/// this way. Comments are skipped.
fn lines(text: &str) -> BTreeMap<String, Vec<usize>> {
    let mut lines: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (line, text) in (1..).zip(text.lines()) {
        let code = text.split("//").next().unwrap_or_default();
        for name in code.split('"').skip(1).step_by(2) {
            let of = lines.entry(name.to_owned()).or_default();
            if of.last() != Some(&line) {
                of.push(line);
            }
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lines_of_a_step_are_those_that_name_it() {
        let text = "// \"Load\" first\nio.load(\"Load\", a)?; // not \"Save\"\nio.ask([\"Charge\", \"ChargeAnswered\"])?;\nio.ack(\"Ack\")?; io.ack(\"Ack\")\nio.ack(\"Ack\")\n";
        let found = lines(text);
        let of = |name: &str| found.get(name).cloned().unwrap_or_default();
        assert_eq!(of("Load"), [2]);
        assert_eq!(of("Charge"), [3]);
        assert_eq!(of("ChargeAnswered"), [3]);
        assert_eq!(of("Ack"), [4, 5]);
        assert_eq!(of("Save"), [0; 0]);
    }
}
