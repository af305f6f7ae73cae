//! Runs one child process under supervision. Both pipes are drained, the output is limited, and the
//! child is killed and reaped when it is cancelled or reaches its time limit.
//!
//! On Unix the child is the leader of its own process group. So Ctrl-C at the terminal reaches only
//! Tandem, which then kills the whole group, including wrapper scripts and their children.

use std::fmt;
use std::io::{self, Read};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use tandem_search::cancel::Cancel;

/// The longest interval at which the child, the clock and the flag are checked.
const POLL: Duration = Duration::from_millis(20);
/// How long a pipe may stay open after the child's end, because a process that the child left
/// behind holds it.
const PIPE_GRACE: Duration = Duration::from_secs(2);

/// How a child ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// It exited by itself with this code.
    Code(i32),
    /// A signal from outside Tandem killed it.
    Signal(i32),
    /// It was killed because it reached its time limit.
    TimedOut,
    /// It was killed because Tandem was asked to stop.
    Interrupted,
}

impl fmt::Display for Exit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Code(code) => write!(f, "exited with code {code}"),
            Self::Signal(signal) => write!(f, "was killed by signal {signal}"),
            Self::TimedOut => write!(f, "ran out of time"),
            Self::Interrupted => write!(f, "was interrupted"),
        }
    }
}

/// The limits of a child.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Limits<'a> {
    /// Not optional, so that no child can block Tandem without end.
    pub(crate) time: Duration,
    /// The limit for stdout and stderr together.
    pub(crate) output_bytes: usize,
    pub(crate) cancel: &'a Cancel,
}

/// A child that has ended and been reaped.
#[derive(Debug)]
pub(crate) struct Finished {
    pub(crate) exit: Exit,
    pub(crate) stdout: Vec<u8>,
    pub(crate) stderr: Vec<u8>,
    pub(crate) elapsed: Duration,
}

#[derive(Debug, thiserror::Error)]
pub(crate) enum ChildError {
    #[error("cannot start it: {0}")]
    Start(#[source] io::Error),
    #[error("cannot wait for it: {0}")]
    Wait(#[source] io::Error),
    #[error("it wrote more than {} MB", .limit / 1_000_000)]
    TooMuchOutput { limit: usize },
}

/// Runs the command to its end, or to the first limit that it reaches.
///
/// This blocks the calling thread: `setpriv --pdeathsig` ties a child to the *thread* that started
/// it, so that thread must outlive the child.
pub(crate) fn run(mut command: Command, limits: Limits<'_>) -> Result<Finished, ChildError> {
    let started = Instant::now();
    command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    #[cfg(unix)]
    std::os::unix::process::CommandExt::process_group(&mut command, 0);
    let mut running = Running(command.spawn().map_err(ChildError::Start)?);
    let budget = Arc::new(Budget::new(limits.output_bytes));
    let stdout = running.0.stdout.take().map(|pipe| budget.drain(pipe));
    let stderr = running.0.stderr.take().map(|pipe| budget.drain(pipe));

    let exit = running.wait(started, limits, &budget)?;
    let elapsed = started.elapsed();
    let stdout = stdout.map(Drain::finish).unwrap_or_default();
    let stderr = stderr.map(Drain::finish).unwrap_or_default();
    // Check again, because the child may have written more just before it ended.
    budget.check()?;
    Ok(Finished {
        exit,
        stdout,
        stderr,
        elapsed,
    })
}

/// The output of a command, if it succeeds within the time limit.
pub fn answer(command: Command, time: Duration, cancel: &Cancel) -> Option<String> {
    let limits = Limits {
        time,
        output_bytes: 1_000_000,
        cancel,
    };
    let finished = run(command, limits).ok()?;
    let text = String::from_utf8_lossy(&finished.stdout).into_owned();
    (finished.exit == Exit::Code(0)).then_some(text)
}

/// A child that is killed and reaped when it goes out of scope, also on an early return or a panic.
struct Running(Child);

impl Running {
    fn wait(
        &mut self,
        started: Instant,
        limits: Limits<'_>,
        budget: &Budget,
    ) -> Result<Exit, ChildError> {
        let mut pause = Duration::from_millis(1);
        let exit = loop {
            budget.check()?;
            if limits.cancel.is_cancelled() {
                break Exit::Interrupted;
            }
            if started.elapsed() >= limits.time {
                break Exit::TimedOut;
            }
            if let Some(status) = self.0.try_wait().map_err(ChildError::Wait)? {
                return Ok(exit_of(status));
            }
            // The pause is short at first, so that a fast child is not delayed.
            thread::sleep(pause);
            pause = (pause * 2).min(POLL);
        };
        self.kill();
        Ok(exit)
    }

    fn kill(&mut self) {
        if matches!(self.0.try_wait(), Ok(Some(_))) {
            return;
        }
        // The child has not been reaped yet, so its number still identifies its own group.
        #[cfg(unix)]
        if let Some(group) = i32::try_from(self.0.id())
            .ok()
            .and_then(rustix::process::Pid::from_raw)
        {
            let _ = rustix::process::kill_process_group(group, rustix::process::Signal::KILL);
        }
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.kill();
    }
}

fn exit_of(status: ExitStatus) -> Exit {
    #[cfg(unix)]
    if let Some(signal) = std::os::unix::process::ExitStatusExt::signal(&status) {
        return Exit::Signal(signal);
    }
    Exit::Code(status.code().unwrap_or(-1))
}

/// The number of bytes that may still be kept, shared by the two pipes.
struct Budget {
    bytes: usize,
    left: Mutex<usize>,
    exceeded: AtomicBool,
}

impl Budget {
    fn new(bytes: usize) -> Self {
        Self {
            bytes,
            left: Mutex::new(bytes),
            exceeded: AtomicBool::new(false),
        }
    }

    fn check(&self) -> Result<(), ChildError> {
        if self.exceeded.load(Ordering::SeqCst) {
            return Err(ChildError::TooMuchOutput { limit: self.bytes });
        }
        Ok(())
    }

    fn take(&self, bytes: usize) -> bool {
        let mut left = self.left.lock().unwrap_or_else(PoisonError::into_inner);
        match left.checked_sub(bytes) {
            Some(rest) => {
                *left = rest;
                true
            }
            None => {
                self.exceeded.store(true, Ordering::SeqCst);
                false
            }
        }
    }

    fn drain(self: &Arc<Self>, mut pipe: impl Read + Send + 'static) -> Drain {
        let budget = Arc::clone(self);
        let bytes = Arc::new(Mutex::new(Vec::new()));
        let kept = Arc::clone(&bytes);
        let thread = thread::spawn(move || {
            let mut chunk = [0; 64 * 1024];
            loop {
                match pipe.read(&mut chunk) {
                    Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                    Ok(0) | Err(_) => return,
                    Ok(read) if budget.take(read) => kept
                        .lock()
                        .unwrap_or_else(PoisonError::into_inner)
                        .extend_from_slice(&chunk[..read]),
                    Ok(_) => return,
                }
            }
        });
        Drain { bytes, thread }
    }
}

/// One pipe that is read by its own thread, so that it cannot fill up and block the child.
struct Drain {
    bytes: Arc<Mutex<Vec<u8>>>,
    thread: JoinHandle<()>,
}

impl Drain {
    fn finish(self) -> Vec<u8> {
        let deadline = Instant::now() + PIPE_GRACE;
        while !self.thread.is_finished() && Instant::now() < deadline {
            thread::sleep(Duration::from_millis(1));
        }
        std::mem::take(&mut self.bytes.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// The last non-empty lines of an output, for an error message.
pub(crate) fn last_lines(output: &[u8], count: usize) -> String {
    let text = String::from_utf8_lossy(output);
    let lines: Vec<&str> = text
        .lines()
        .map(str::trim_end)
        .filter(|line| !line.is_empty())
        .collect();
    lines[lines.len().saturating_sub(count)..].join("\n")
}
