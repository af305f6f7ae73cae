//! Checks an answer whenever its file is saved.

use std::path::Path;

use tandem_check::watch::{By, Watched};
use tandem_search::cancel::Cancel;

use crate::coach::{Coach, Outcome};
use crate::course::Exercise;

impl Coach<'_> {
    /// Checks whenever the file is saved, and when Enter is pressed; ends with `q`, the end of the input
    /// or Ctrl-C.
    ///
    /// # Errors
    /// As [`Coach::check`].
    pub fn watch(&mut self, exercise: &Exercise, by: By) -> anyhow::Result<Outcome> {
        let file = exercise.handler();
        self.watch_file((exercise, &file), by, &mut |coach| coach.check(exercise))
    }

    /// Checks whenever that file of an exercise is saved.
    pub(crate) fn watch_file(
        &mut self,
        (exercise, file): (&Exercise, &Path),
        by: By,
        check: &mut dyn FnMut(&mut Self) -> anyhow::Result<Outcome>,
    ) -> anyhow::Result<Outcome> {
        let cancel = Cancel::on_signals()?;
        let mut outcome = None;
        Watched::new(file, by).each(&cancel, || {
            if outcome.is_some() {
                writeln!(self.out, "\n――― {}", exercise.texts.title)?;
            }
            let first = outcome.replace(check(self)?).is_none();
            if first {
                let file = file.display();
                writeln!(
                    self.out,
                    "\nWatching {file}: Enter checks again, q and Enter ends."
                )?;
            }
            Ok(())
        })?;
        Ok(outcome.unwrap_or(Outcome::NoVerdict))
    }
}
