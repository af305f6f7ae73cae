//! Checks an answer whenever its file is saved.

use std::io::BufRead;
use std::path::Path;
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::thread;
use std::time::Duration;

use tandem_search::cancel::Cancel;

use crate::coach::{Coach, Outcome};
use crate::course::{Exercise, saved_at};

/// How often a watched file is looked at.
const LOOK: Duration = Duration::from_millis(300);

impl Coach<'_> {
    /// Checks whenever the file is saved, and when Enter is pressed; ends with `q`, the end of the input
    /// or Ctrl-C. `by_hand` leaves the file alone, for places where changes to files are not seen.
    ///
    /// # Errors
    /// As [`Coach::check`].
    pub fn watch(&mut self, exercise: &Exercise, by_hand: bool) -> anyhow::Result<Outcome> {
        let file = exercise.handler();
        self.watch_file((exercise, &file), by_hand, &mut |coach| {
            coach.check(exercise)
        })
    }

    /// Checks whenever that file of an exercise is saved.
    pub(crate) fn watch_file(
        &mut self,
        (exercise, file): (&Exercise, &Path),
        by_hand: bool,
        check: &mut dyn FnMut(&mut Self) -> anyhow::Result<Outcome>,
    ) -> anyhow::Result<Outcome> {
        let cancel = Cancel::on_signals()?;
        let lines = lines();
        let mut outcome = check(self)?;
        let mut seen = saved_at(file);
        writeln!(
            self.out,
            "\nWatching {}: Enter checks again, q and Enter ends.",
            file.display()
        )?;
        while !cancel.is_cancelled() {
            let asked = match lines.recv_timeout(LOOK) {
                Ok(line) if line.trim() == "q" => break,
                Ok(_) => true,
                Err(RecvTimeoutError::Timeout) => false,
                Err(RecvTimeoutError::Disconnected) => break,
            };
            let now = saved_at(file);
            if asked || (!by_hand && now != seen) {
                seen = now;
                writeln!(self.out, "\n――― {}", exercise.texts.title)?;
                outcome = check(self)?;
            }
        }
        Ok(outcome)
    }
}

/// The lines of standard input, as they come.
fn lines() -> Receiver<String> {
    let (sender, receiver) = channel();
    thread::spawn(move || {
        for line in std::io::stdin().lock().lines().map_while(Result::ok) {
            if sender.send(line).is_err() {
                break;
            }
        }
    });
    receiver
}
