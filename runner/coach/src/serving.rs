//! Opens a learner's handler in the explorer, and restarts it whenever its file is saved.
//!
//! The server is the learner's own program, contained, so the handler never runs in this process. A rebuilt
//! program replaces the previous one at the same port, and the page reloads itself.

use std::io::Write;
use std::path::PathBuf;
use std::process::Command;
use std::thread::{self, JoinHandle};

use tandem_check::watch::Watched;
use tandem_contain::Limits;
use tandem_search::cancel::Cancel;

use crate::coach::{Coach, Outcome};
use crate::course::Exercise;
use crate::order::Order;
pub use crate::order::Serving;
use crate::program::{Attempt, EXPLORE, attempt_until};

/// A program that serves.
struct Served {
    stop: Cancel,
    ended: JoinHandle<()>,
}

impl Coach<'_> {
    /// Opens the learner's handler in the explorer, and again whenever its file is saved, until Ctrl-C. If
    /// a handler does not compile, the previous one stays.
    ///
    /// # Errors
    ///
    /// If it cannot be built or run.
    pub fn explore(&mut self, exercise: &Exercise, serving: &Serving) -> anyhow::Result<Outcome> {
        let cancel = Cancel::on_signals()?;
        let mut served: Option<Served> = None;
        let mut outcome = Outcome::NoVerdict;
        let turns = Watched::saves(&exercise.handler()).each(&cancel, || {
            // Some systems cannot replace the file of a running program.
            if cfg!(windows) {
                stop(served.take());
            }
            let Some(program) = self.built(&exercise.name, "explore")? else {
                return Ok(());
            };
            stop(served.take());
            let again = outcome == Outcome::Accepted;
            outcome = Outcome::Accepted;
            if again {
                writeln!(self.out, "The page shows the handler as it is saved now.")?;
            }
            self.out.flush()?;
            let order = Order {
                serving: serving.clone(),
                exercise: exercise.name.clone(),
                folder: self.course.folder.clone(),
                again,
            };
            served = Some(start(program, &order)?);
            Ok(())
        });
        stop(served);
        turns.map(|()| outcome)
    }
}

fn start(program: PathBuf, order: &Order) -> anyhow::Result<Served> {
    let order = serde_json::to_string(order)?;
    let stop = Cancel::new();
    let cancel = stop.clone();
    let ended = thread::spawn(move || {
        let command = || {
            let mut command = Command::new(&program);
            command.args([EXPLORE, &order]);
            command
        };
        let why = match attempt_until(&command, Limits::HANDLERS_ONLY, &cancel) {
            Ok(Attempt::Judged(_)) => return,
            Ok(Attempt::Stopped(why)) if why.interrupted() => return,
            Ok(Attempt::Stopped(why)) => why.to_string(),
            Err(error) => format!("{error:#}"),
        };
        // If the terminal is gone, there is no reader for the message.
        let _ = writeln!(
            std::io::stderr(),
            "✗ {why}\nThe page is not served any more. Save the file again to start it."
        );
    });
    Ok(Served { stop, ended })
}

fn stop(served: Option<Served>) {
    if let Some(Served { stop, ended }) = served {
        stop.cancel();
        // The program has printed why it ended.
        let _ = ended.join();
    }
}
