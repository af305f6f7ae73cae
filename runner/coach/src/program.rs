//! The program of an exercise: judges the handler that it was built with, in a child process.

use std::io::{self, Write};
use std::process::{Command, ExitCode};
use std::time::Duration;

use anyhow::Context;
use tandem_contain::{Child, Ended, Inside, Limits, inside, supervise};
use tandem_search::cancel::Cancel;

use crate::answer::Answer;
use crate::compare::compare;
use crate::definition::Definition;
use crate::judge::{Judgement, judge};

/// The limits of a learner's process.
pub const LIMITS: Limits = Limits {
    silence: Duration::from_secs(2),
    // Far more than any answer needs, so that a busy machine does not turn a verdict into a timeout.
    whole: Some(Duration::from_secs(240)),
    memory: Some(600 << 20),
};

/// The argument with which the program compares the handler with the specification instead of judging
/// it.
pub const COMPARE: &str = "compare";

/// The argument with which the program opens the handler in the explorer, if it was built with that
/// feature.
pub const EXPLORE: &str = "explore";

/// The `main` of an exercise's program. `definition` is the text of `exercise.toml`. Exit codes: 0 the
/// answer is accepted, 1 it is refused, 2 there is no verdict.
pub fn main(definition: &str, answer: &Answer) -> ExitCode {
    match run(definition, answer) {
        Ok(code) => ExitCode::from(code),
        Err(error) => {
            let _ = writeln!(io::stderr(), "error: {error:#}");
            ExitCode::from(2)
        }
    }
}

fn run(definition: &str, answer: &Answer) -> anyhow::Result<u8> {
    if let Some(inside) = inside()? {
        return contained(&inside, definition, answer);
    }
    let program = std::env::current_exe().context("this program does not know where it is")?;
    let command = || {
        let mut command = Command::new(&program);
        command.args(std::env::args_os().skip(1));
        command
    };
    // A comparison and the explorer have no limits on time and memory.
    let limits = match std::env::args().nth(1).as_deref() {
        Some(COMPARE | EXPLORE) => Limits::HANDLERS_ONLY,
        _ => LIMITS,
    };
    let attempt = attempt_within(&command, limits)?;
    if let Attempt::Stopped(why) = &attempt {
        writeln!(io::stderr(), "✗ {why}")?;
    }
    Ok(attempt.code())
}

fn contained(inside: &Inside, definition: &str, answer: &Answer) -> anyhow::Result<u8> {
    let mut out = io::stdout().lock();
    let asked = std::env::args().nth(1);
    let judged = Definition::parse(definition)
        .context("exercise.toml")
        .and_then(|definition| match asked.as_deref() {
            Some(COMPARE) => compare(&definition, &answer.handler, &mut out),
            #[cfg(feature = "explore")]
            Some(EXPLORE) => {
                let order = std::env::args().nth(2);
                crate::explore::explore(&definition, &answer.handler, order, &mut out)
            }
            _ => judge(&definition, answer, &mut out),
        });
    out.flush()?;
    let code = match &judged {
        Ok(judgement) => u8::from(judgement.refused.is_some()),
        Err(_) => 2,
    };
    inside.conclude(&judged.map_err(|error| format!("{error:#}")))?;
    Ok(code)
}

/// The result of a learner's process.
#[derive(Debug)]
pub enum Attempt {
    /// It was judged.
    Judged(Judgement),
    /// It ended without a judgement, for this reason.
    Stopped(tandem_contain::Stopped),
}

impl Attempt {
    /// The check that refuses the answer, if it is refused.
    pub fn refused(&self) -> Option<String> {
        match self {
            Attempt::Judged(judgement) => judgement.refused.clone(),
            Attempt::Stopped(stopped) => Some(format!("stopped.{}", stopped.kind())),
        }
    }

    fn code(&self) -> u8 {
        match self {
            Attempt::Judged(judgement) => u8::from(judgement.refused.is_some()),
            Attempt::Stopped(_) => 2,
        }
    }
}

/// Runs an exercise's program, contained.
///
/// # Errors
///
/// If it cannot be started, or returns something that is not a judgement.
pub fn attempt(command: &dyn Fn() -> Command) -> anyhow::Result<Attempt> {
    attempt_within(command, LIMITS)
}

/// Runs an exercise's program, contained, with the given limits.
///
/// # Errors
///
/// As [`attempt`].
pub fn attempt_within(command: &dyn Fn() -> Command, limits: Limits) -> anyhow::Result<Attempt> {
    attempt_until(command, limits, &Cancel::on_signals()?)
}

/// Runs an exercise's program, contained, and stops when `cancel` is set.
pub(crate) fn attempt_until(
    command: &dyn Fn() -> Command,
    limits: Limits,
    cancel: &Cancel,
) -> anyhow::Result<Attempt> {
    let ended = supervise(&Child {
        command,
        limits,
        cancel,
        reads_errors: true,
    })?;
    Ok(match ended {
        Ended::Concluded(result) => {
            let judged: Result<Judgement, String> = serde_json::from_value(result)?;
            Attempt::Judged(judged.map_err(anyhow::Error::msg)?)
        }
        Ended::Stopped(stopped) => Attempt::Stopped(stopped),
    })
}
