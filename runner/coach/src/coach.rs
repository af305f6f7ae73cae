//! The coach: shows tasks, checks answers, gives hints, and keeps the learner's progress.

use std::fs;
use std::io::Write;
use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, bail, ensure};
use tandem_contain::Limits;

use crate::cargo::{Built, build};
use crate::course::{Course, Exercise, part_title};
use crate::program::{Attempt, COMPARE, attempt, attempt_within};
use crate::question::question;
use crate::texts::HINTS;

/// How an attempt at an exercise ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// The answer is accepted, or the request was carried out.
    Accepted,
    /// The answer is refused.
    Refused,
    /// There is no verdict: the answer does not compile, or it had to be stopped.
    NoVerdict,
}

/// The coach.
pub struct Coach<'a> {
    /// The exercises.
    pub course: Course,
    /// The output stream.
    pub out: &'a mut dyn Write,
}

impl Coach<'_> {
    /// The exercise with that name or number; without one, the first unsolved exercise.
    ///
    /// # Errors
    ///
    /// If there is none.
    pub fn choose(&self, name: Option<&str>) -> anyhow::Result<Exercise> {
        match name {
            Some(name) => self.course.exercise(name).cloned(),
            None => self
                .next()
                .context("all exercises are solved; name the one that you mean"),
        }
    }

    fn next(&self) -> Option<Exercise> {
        let solved = self.course.solved();
        let mut exercises = self.course.exercises.iter();
        exercises
            .find(|exercise| !solved.contains(&exercise.name))
            .cloned()
    }

    /// Lists all exercises by part, and which are solved.
    ///
    /// # Errors
    ///
    /// If the output cannot be written.
    pub fn list(&mut self) -> anyhow::Result<Outcome> {
        let solved = self.course.solved();
        let mut part = 0;
        for exercise in &self.course.exercises {
            let definition = &exercise.definition;
            if definition.part != part {
                part = definition.part;
                writeln!(self.out, "Part {part}: {}", part_title(part))?;
            }
            let mark = if solved.contains(&exercise.name) {
                '✓'
            } else {
                ' '
            };
            let (place, name, title) = (definition.place, &exercise.name, &exercise.texts.title);
            writeln!(
                self.out,
                "  {mark} {place:>2} {name:<22} {title} ({} min){}",
                definition.minutes,
                self.tla_mark(exercise)
            )?;
        }
        let (solved, all) = (solved.len(), self.course.exercises.len());
        writeln!(self.out, "\n{solved} of {all} are solved.")?;
        if let Some(exercise) = self.next() {
            writeln!(
                self.out,
                "Go on with `tandem exercise start {}`.",
                exercise.name
            )?;
        }
        Ok(Outcome::Accepted)
    }

    /// A mark for an exercise that also has a TLA+ definition, and for whether that is solved.
    fn tla_mark(&self, exercise: &Exercise) -> &'static str {
        let solved = self.course.is_solved(&format!("{}.tla", exercise.name));
        match (&exercise.definition.tla, solved) {
            (None, _) => "",
            (Some(_), false) => " · TLA+",
            (Some(_), true) => " · TLA+ ✓",
        }
    }

    /// Shows the story and the task, and how the handler fails now.
    ///
    /// # Errors
    ///
    /// If the exercise cannot be built or run.
    pub fn start(&mut self, exercise: &Exercise) -> anyhow::Result<Outcome> {
        let texts = &exercise.texts;
        let (place, name) = (exercise.definition.place, &exercise.name);
        writeln!(
            self.out,
            "Exercise {place}: {}\n\n{}\n",
            texts.title, texts.story
        )?;
        writeln!(self.out, "Look first\n{}\n", texts.section("Look first"))?;
        writeln!(self.out, "Your task\n{}\n", texts.section("Your task"))?;
        writeln!(
            self.out,
            "Edit {}: the check judges this file and no other.\n",
            exercise.handler().display()
        )?;
        self.check(exercise)?;
        writeln!(
            self.out,
            "\nThen: `tandem exercise watch {name}` checks whenever you save, `tandem exercise hint {name}` \
             helps, `tandem exercise reset {name}` brings the file back."
        )?;
        Ok(Outcome::Accepted)
    }

    /// Builds the learner's handler and judges it.
    ///
    /// # Errors
    ///
    /// If cargo or the program cannot be run.
    pub fn check(&mut self, exercise: &Exercise) -> anyhow::Result<Outcome> {
        let Some(program) = self.built(&exercise.name, "")? else {
            return Ok(Outcome::NoVerdict);
        };
        self.out.flush()?;
        let outcome = match attempt(&|| Command::new(&program))? {
            Attempt::Judged(judgement) if judgement.refused.is_none() => {
                self.course.note_solved(&exercise.name)?;
                self.praise(exercise)?;
                Outcome::Accepted
            }
            Attempt::Judged(judgement) => {
                if let Some(question) = question(exercise, &judgement) {
                    writeln!(self.out, "\nAsk yourself: {question}")?;
                }
                Outcome::Refused
            }
            Attempt::Stopped(why) => {
                writeln!(self.out, "✗ {why}")?;
                Outcome::NoVerdict
            }
        };
        self.out.flush()?;
        Ok(outcome)
    }

    /// Compares the learner's handler with the TLA+ specification.
    ///
    /// # Errors
    ///
    /// If there is no engine for TLA+, or the handler cannot be enumerated.
    pub fn compare(&mut self, exercise: &Exercise) -> anyhow::Result<Outcome> {
        self.run(exercise, COMPARE)
    }

    /// Builds the exercise's program and runs it for a purpose other than judging.
    fn run(&mut self, exercise: &Exercise, argument: &str) -> anyhow::Result<Outcome> {
        let Some(program) = self.built(&exercise.name, "")? else {
            return Ok(Outcome::NoVerdict);
        };
        self.out.flush()?;
        let ended = attempt_within(
            &|| {
                let mut command = Command::new(&program);
                command.arg(argument);
                command
            },
            Limits::HANDLERS_ONLY,
        )?;
        Ok(match &ended {
            Attempt::Judged(judgement) if judgement.refused.is_some() => Outcome::Refused,
            Attempt::Judged(_) => Outcome::Accepted,
            Attempt::Stopped(why) if why.interrupted() => Outcome::Accepted,
            Attempt::Stopped(why) => {
                writeln!(self.out, "✗ {why}")?;
                Outcome::NoVerdict
            }
        })
    }

    /// The program of that name; `None` if the compiler refuses it, which is reported to the
    /// learner.
    pub(crate) fn built(
        &mut self,
        program: &str,
        features: &str,
    ) -> anyhow::Result<Option<PathBuf>> {
        match build(&self.course.folder, program, features)? {
            Built::Program(program) => Ok(Some(program)),
            Built::Refused => {
                let told = "✗ It does not compile: the compiler's message stands above.";
                writeln!(self.out, "{told}")?;
                Ok(None)
            }
        }
    }

    fn praise(&mut self, exercise: &Exercise) -> anyhow::Result<()> {
        let name = &exercise.name;
        writeln!(self.out, "\n✓ {} is solved.", exercise.texts.title)?;
        writeln!(
            self.out,
            "\nAsk yourself: {}",
            texts_line(exercise, "Ask yourself")
        )?;
        writeln!(
            self.out,
            "\nWhy it is right, and our solution: `tandem exercise solution {name}`."
        )?;
        match self.next() {
            Some(next) => writeln!(
                self.out,
                "Go on with `tandem exercise start {}`.",
                next.name
            )?,
            None => writeln!(self.out, "That was the last one: all exercises are solved.")?,
        }
        Ok(())
    }

    /// Shows a hint. Hints count from 1.
    ///
    /// # Errors
    ///
    /// If there is no such hint.
    pub fn hint(&mut self, exercise: &Exercise, number: usize) -> anyhow::Result<Outcome> {
        ensure!(
            (1..=HINTS).contains(&number),
            "there are hints 1 to {HINTS}"
        );
        writeln!(
            self.out,
            "Hint {number} of {HINTS}: {}",
            exercise.texts.hints[number - 1]
        )?;
        if number < HINTS {
            let (name, next) = (&exercise.name, number + 1);
            writeln!(
                self.out,
                "\nThe next one: `tandem exercise hint {name} {next}`."
            )?;
        }
        Ok(Outcome::Accepted)
    }

    /// Shows the solution and why it is correct, after the exercise is solved or if `anyway` is
    /// set.
    ///
    /// # Errors
    ///
    /// If it is not solved yet.
    pub fn solution(&mut self, exercise: &Exercise, anyway: bool) -> anyhow::Result<Outcome> {
        let name = &exercise.name;
        if !anyway && !self.course.solved().contains(name) {
            bail!(
                "{name} is not solved yet; `tandem exercise hint {name}` helps, and \
                 `tandem exercise solution {name} --anyway` shows the solution"
            );
        }
        let path = exercise.folder.join("solution.rs");
        let solution = fs::read_to_string(&path).with_context(|| path.display().to_string())?;
        writeln!(self.out, "{solution}")?;
        for heading in ["Why the solution is right", "Lecture", "In TLA+", "Discuss"] {
            writeln!(self.out, "{heading}\n{}\n", exercise.texts.section(heading))?;
        }
        Ok(Outcome::Accepted)
    }

    /// Restores the original file. The learner's version is kept in a file beside it.
    ///
    /// # Errors
    ///
    /// If a file cannot be written.
    pub fn reset(&mut self, exercise: &Exercise) -> anyhow::Result<Outcome> {
        let (file, kept) = (exercise.handler(), exercise.folder.join("handler.old.rs"));
        let shipped = exercise.folder.join("shipped.rs");
        if file.is_file() {
            fs::copy(&file, &kept).with_context(|| kept.display().to_string())?;
        }
        fs::copy(&shipped, &file).with_context(|| file.display().to_string())?;
        let (file, kept) = (file.display(), kept.display());
        writeln!(
            self.out,
            "{file} is as it was at the start; your version is in {kept}."
        )?;
        Ok(Outcome::Accepted)
    }
}

fn texts_line(exercise: &Exercise, heading: &str) -> String {
    exercise.texts.section(heading).replace('\n', " ")
}
