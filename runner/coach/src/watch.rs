//! Checks an answer whenever its file is saved.

use std::path::Path;
use std::time::Duration;

use tandem_check::watch::{By, Watched};
use tandem_search::cancel::Cancel;

use crate::coach::{Coach, Outcome};
use crate::course::Exercise;
use crate::timer::Timer;

impl Coach<'_> {
    /// Checks whenever the file is saved, and when Enter is pressed. Ends with `q`, the end of the input,
    /// or Ctrl-C.
    ///
    /// # Errors
    ///
    /// As [`Coach::check`].
    pub fn watch(&mut self, exercise: &Exercise, by: By) -> anyhow::Result<Outcome> {
        let file = exercise.handler();
        self.watch_file((exercise, &file), by, &mut |coach| coach.check(exercise))
    }

    /// The first phase of an exercise: the same with a timer of the exercise's minutes. When the time is
    /// over, a message points to the second phase. An accepted answer stops the timer.
    ///
    /// # Errors
    ///
    /// As [`Coach::check`].
    pub fn watch_with_timer(&mut self, exercise: &Exercise, by: By) -> anyhow::Result<Outcome> {
        let (minutes, name) = (exercise.definition.minutes, &exercise.name);
        let text = format!(
            "The {minutes} minutes are over. Look at one answer together: `tandem exercise group {name}`. You \
             may also go on: the file is still watched."
        );
        let length = Duration::from_secs(60 * u64::from(minutes));
        let mut timer = Some(Timer::start(length, text, std::io::stderr()));
        writeln!(self.out, "You have {minutes} minutes.\n")?;
        let file = exercise.handler();
        let ended = self.watch_file((exercise, &file), by, &mut |coach| {
            let outcome = coach.check(exercise)?;
            if outcome == Outcome::Accepted {
                timer.take().into_iter().for_each(Timer::stop);
            }
            Ok(outcome)
        });
        timer.into_iter().for_each(Timer::stop);
        ended
    }

    /// Checks whenever this file of an exercise is saved.
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
                    "\nWatching {file}: press Enter to check again, or q and Enter to stop."
                )?;
            }
            Ok(())
        })?;
        Ok(outcome.unwrap_or(Outcome::NoVerdict))
    }
}
