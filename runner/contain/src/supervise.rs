//! The parent's side: starts the child, waits for it, and determines the result.

use std::fs;
use std::io::{self, Read, Write};
use std::path::Path;
use std::process::{Command, ExitStatus, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use tandem_search::cancel::Cancel;

use crate::explain::{Stopped, Why};
use crate::trace::last_place;
use crate::{Limits, Report, SETTINGS, Settings};

/// How often the parent checks whether the child has ended.
const POLL: Duration = Duration::from_millis(10);

/// How long the child may take to end after the user or its own watchdog has requested it.
const GRACE: Duration = Duration::from_secs(3);

/// How much of the child's standard error is kept, to find the reason for its end.
const KEPT: usize = 16 << 10;

/// The result of a child.
#[derive(Debug)]
pub enum Ended {
    /// It concluded with this result.
    Concluded(serde_json::Value),
    /// It ended without a result.
    Stopped(Stopped),
}

/// How a child is started.
pub struct Child<'a> {
    /// The command. Standard input is closed. Standard output is as the command sets it.
    pub command: &'a dyn Fn() -> Command,
    /// The limits.
    pub limits: Limits,
    /// The flag that is set when the user wants to stop.
    pub cancel: &'a Cancel,
    /// Whether its standard error passes through this process, which looks for reasons in it.
    /// Otherwise the child writes to the terminal directly, which a progress display needs.
    pub reads_errors: bool,
}

/// Runs a child to its end.
///
/// # Errors
///
/// If it cannot be started.
pub fn supervise(child: &Child<'_>) -> io::Result<Ended> {
    let folder = tempfile::Builder::new()
        .prefix("tandem-contained-")
        .tempdir()?;
    let first = run(child, folder.path(), false)?;
    let Ended::Stopped(stopped) = first else {
        return Ok(first);
    };
    if stopped.interrupted() || stopped.placed() {
        return Ok(Ended::Stopped(stopped));
    }
    // It ended without a report. It is deterministic, so a second run ends at the same place.
    run(child, folder.path(), true)?;
    let trace = fs::read_to_string(folder.path().join("trace")).unwrap_or_default();
    Ok(Ended::Stopped(stopped.at(last_place(&trace))))
}

fn run(child: &Child<'_>, folder: &Path, traced: bool) -> io::Result<Ended> {
    let report = folder.join(if traced { "second" } else { "first" });
    let settings = Settings {
        report: report.clone(),
        trace: traced.then(|| folder.join("trace")),
        silence: child.limits.silence,
        whole: child.limits.whole,
        memory: child.limits.memory,
    };
    let mut command = (child.command)();
    command.stdin(Stdio::null());
    command.env(SETTINGS, serde_json::to_string(&settings)?);
    if traced {
        command.stdout(Stdio::null()).stderr(Stdio::null());
    } else if child.reads_errors {
        command.stderr(Stdio::piped());
    }
    let mut started = command.spawn()?;
    let errors = started
        .stderr
        .take()
        .map(|pipe| thread::spawn(move || forward(pipe)));
    let (status, ended) = wait(&mut started, child)?;
    let errors = errors
        .and_then(|errors| errors.join().ok())
        .unwrap_or_default();
    let concluded = fs::read(&report).ok();
    let concluded = concluded.and_then(|text| serde_json::from_slice(&text).ok());
    Ok(match concluded {
        Some(Report::Concluded(result)) => Ended::Concluded(result),
        Some(Report::Stopped(stopped)) => Ended::Stopped(stopped),
        None => {
            let why = ended.unwrap_or_else(|| reason(status, &errors));
            Ended::Stopped(Stopped::new(why, None))
        }
    })
}

/// Waits for the child, and kills it if it does not end in time. Also returns the reason if this
/// process has killed it.
fn wait(
    started: &mut std::process::Child,
    child: &Child<'_>,
) -> io::Result<(ExitStatus, Option<Why>)> {
    let begun = Instant::now();
    let mut asked: Option<Instant> = None;
    let interrupted = |asked: Option<Instant>| asked.map(|_| Why::Interrupted);
    loop {
        if let Some(status) = started.try_wait()? {
            return Ok((status, interrupted(asked)));
        }
        if asked.is_none() && child.cancel.is_cancelled() {
            interrupt(started);
            asked = Some(Instant::now());
        }
        let late = asked.is_some_and(|asked| asked.elapsed() > GRACE);
        let overdue = |limit: &Duration| begun.elapsed() > *limit + GRACE;
        let overdue = child.limits.whole.filter(overdue);
        if late || overdue.is_some() {
            // The child may have ended by itself in the meantime.
            let _ = started.kill();
            let why = interrupted(asked).or(overdue.map(Why::Time));
            return Ok((started.wait()?, why));
        }
        thread::sleep(POLL);
    }
}

/// Passes the user's interrupt on: a terminal sends it to the child as well, but `kill` reaches only
/// this process.
#[cfg(unix)]
fn interrupt(child: &std::process::Child) {
    let id = i32::try_from(child.id())
        .ok()
        .and_then(rustix::process::Pid::from_raw);
    if let Some(id) = id {
        // The child may have ended in the meantime.
        let _ = rustix::process::kill_process(id, rustix::process::Signal::INT);
    }
}

#[cfg(not(unix))]
fn interrupt(_: &std::process::Child) {}

/// Copies the child's standard error as it arrives, and returns its last part.
fn forward(mut pipe: impl Read) -> String {
    let (mut kept, mut buffer, mut passed) = (Vec::new(), [0; 4096], 0);
    while let Ok(read @ 1..) = pipe.read(&mut buffer) {
        // An endless output is not copied beyond this size.
        if passed < KEPT {
            let _ = io::stderr().write_all(&buffer[..read]);
        }
        passed += read;
        kept.extend_from_slice(&buffer[..read]);
        let surplus = kept.len().saturating_sub(KEPT);
        kept.drain(..surplus);
    }
    String::from_utf8_lossy(&kept).into_owned()
}

fn reason(status: ExitStatus, errors: &str) -> Why {
    if errors.contains("has overflowed its stack") {
        return Why::StackOverflow;
    }
    if errors.contains("memory allocation of ") {
        return Why::OutOfMemory;
    }
    #[cfg(unix)]
    if let Some(signal) = std::os::unix::process::ExitStatusExt::signal(&status) {
        return Why::Signal(signal);
    }
    Why::Exited(status.code().unwrap_or(-1))
}
