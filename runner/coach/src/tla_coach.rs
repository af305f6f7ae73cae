//! The coach for a TLA+ definition: shows the task, checks, watches, shows the solution, and
//! resets.

use std::fs;
use std::path::{Path, PathBuf};
use tandem_check::watch::By;

use anyhow::{Context, bail};

use crate::coach::{Coach, Outcome};
use crate::course::Exercise;
use crate::definition::TlaHole;
use crate::tla;

/// The paths of an exercise's TLA+ definition and of the answers that come with it.
pub struct TlaFiles<'a> {
    /// The part of the exercise in TLA+.
    pub hole: &'a TlaHole,
    folder: PathBuf,
}

impl<'a> TlaFiles<'a> {
    /// The files of an exercise, if it has a TLA+ definition.
    pub fn of(exercise: &'a Exercise) -> Option<Self> {
        let hole = exercise.definition.tla.as_ref()?;
        let folder = exercise.folder.join("spec");
        Some(TlaFiles { hole, folder })
    }

    /// The file that the learner edits.
    pub fn own(&self) -> PathBuf {
        self.folder.join(format!("{}.tla", self.hole.definition))
    }

    /// An answer that comes with the exercise.
    pub fn answer(&self, name: &str) -> PathBuf {
        let file = format!("{name}.tla");
        match name {
            "shipped" | "solution" => self.folder.join(file),
            _ => self.folder.join("wrong").join(file),
        }
    }
}

pub(crate) fn read(path: &Path) -> anyhow::Result<String> {
    fs::read_to_string(path).with_context(|| path.display().to_string())
}

fn files(exercise: &Exercise) -> anyhow::Result<TlaFiles<'_>> {
    let name = &exercise.name;
    let files = TlaFiles::of(exercise);
    files.with_context(|| {
        format!("{name} has no definition in TLA+; `tandem exercise list` shows which have one")
    })
}

impl Coach<'_> {
    /// Shows the task in TLA+ and checks the definition.
    ///
    /// # Errors
    ///
    /// If the exercise has no such task, or there is no engine for TLA+.
    pub fn start_tla(&mut self, exercise: &Exercise) -> anyhow::Result<Outcome> {
        let files = files(exercise)?;
        let (title, hole) = (&exercise.texts.title, files.hole);
        writeln!(self.out, "{title}, in TLA+\n\n{}\n", hole.task.trim())?;
        writeln!(
            self.out,
            "Edit {}: the check judges this file and no other.\n",
            files.own().display()
        )?;
        let outcome = self.check_tla(exercise)?;
        if outcome == Outcome::Refused {
            let name = &exercise.name;
            writeln!(
                self.out,
                "\nThen: `tandem exercise tla {name} --watch` checks whenever you save, `--reset` brings the file \
                 back, `--solution --anyway` shows the solution. The cheat sheet for TLA+ is in the book."
            )?;
        }
        Ok(outcome)
    }

    /// Checks the definition.
    ///
    /// # Errors
    /// As [`Coach::start_tla`].
    pub fn check_tla(&mut self, exercise: &Exercise) -> anyhow::Result<Outcome> {
        let files = files(exercise)?;
        let own = read(&files.own())?;
        let judgement = tla::judge(&exercise.definition, files.hole, &own, self.out)?;
        self.out.flush()?;
        if judgement.refused.is_some() {
            return Ok(Outcome::Refused);
        }
        self.course.note_solved(&format!("{}.tla", exercise.name))?;
        Ok(Outcome::Accepted)
    }

    /// Checks the definition whenever its file is saved.
    ///
    /// # Errors
    /// As [`Coach::start_tla`].
    pub fn watch_tla(&mut self, exercise: &Exercise) -> anyhow::Result<Outcome> {
        let file = files(exercise)?.own();
        self.watch_file((exercise, &file), By::Save, &mut |coach| {
            coach.check_tla(exercise)
        })
    }

    /// Shows the definition from the specification.
    ///
    /// # Errors
    ///
    /// If it is not solved yet and `anyway` is not set.
    pub fn solution_tla(&mut self, exercise: &Exercise, anyway: bool) -> anyhow::Result<Outcome> {
        let (files, name) = (files(exercise)?, &exercise.name);
        if !anyway && !self.course.is_solved(&format!("{name}.tla")) {
            bail!(
                "the definition of {name} is not solved yet; `tandem exercise tla {name} --solution --anyway` \
                 shows the solution"
            );
        }
        writeln!(self.out, "{}", read(&files.answer("solution"))?)?;
        Ok(Outcome::Accepted)
    }

    /// Restores the original definition. The learner's version is kept in a file beside it.
    ///
    /// # Errors
    ///
    /// If a file cannot be written.
    pub fn reset_tla(&mut self, exercise: &Exercise) -> anyhow::Result<Outcome> {
        let files = files(exercise)?;
        let (own, kept) = (files.own(), files.own().with_extension("old"));
        let shipped = read(&files.answer("shipped"))?;
        if own.is_file() {
            fs::copy(&own, &kept).with_context(|| kept.display().to_string())?;
        }
        fs::write(&own, shipped).with_context(|| own.display().to_string())?;
        let (own, kept) = (own.display(), kept.display());
        writeln!(
            self.out,
            "{own} is as it was at the start; your version is in {kept}."
        )?;
        Ok(Outcome::Accepted)
    }
}
