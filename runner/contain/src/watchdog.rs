//! The child's side: a thread that ends the process if a handler does not return.

use std::cell::OnceCell;
use std::fs;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use serde::Serialize;
use tandem_models::kit::replay::{Watch, watch_handlers};
use tandem_models::value::Value;

use crate::explain::{Stopped, Why};
use crate::trace::Trace;
use crate::{Place, Report, SETTINGS, Settings};

/// The interval between two checks. The watchdog counts checks instead of reading a clock, so that it
/// also pauses when the machine is suspended.
const LOOK: Duration = Duration::from_millis(50);

/// A handler that uses no processor time is waiting, or the machine is busy; it is given this many
/// times as long.
const PATIENCE: u32 = 5;

/// How much one run of a handler may add to the memory of the process. A run usually takes
/// microseconds.
const GROWTH: usize = 1 << 30;

/// More threads than a search uses.
const THREADS: usize = 256;

/// The exit status if the watchdog ends the process.
const ENDED: i32 = 3;

/// The state of a child process that [`supervise`](crate::supervise) has started.
pub struct Inside(Settings);

/// Whether this process is a contained child. If it is, starts its watchdog.
///
/// # Errors
///
/// If the parent's settings cannot be read, or the trace cannot be written.
pub fn inside() -> std::io::Result<Option<Inside>> {
    let Ok(text) = std::env::var(SETTINGS) else {
        return Ok(None);
    };
    let settings: Settings = serde_json::from_str(&text)?;
    let trace = settings.trace.as_deref().map(Trace::create).transpose()?;
    let runs = Arc::new(Runs {
        known: Mutex::default(),
        trace,
    });
    watch_handlers(Box::new(Shared(Arc::clone(&runs))));
    let looked = settings.looks();
    thread::Builder::new()
        .name("watchdog".to_owned())
        .spawn(move || watch(&runs, &looked))?;
    Ok(Some(Inside(settings)))
}

impl Inside {
    /// Passes the result to the parent. If this is not called, there is no result, regardless of the
    /// exit status.
    ///
    /// # Errors
    ///
    /// If it cannot be written.
    pub fn conclude(&self, result: &impl Serialize) -> std::io::Result<()> {
        write(
            &self.0.report,
            &Report::Concluded(serde_json::to_value(result)?),
        )
    }
}

fn write(path: &std::path::Path, report: &Report) -> std::io::Result<()> {
    fs::write(path, serde_json::to_vec(report)?)
}

impl Settings {
    fn looks(&self) -> Looks {
        Looks {
            report: self.report.clone(),
            silence: self.silence,
            whole: self.whole,
            memory: self.memory,
        }
    }
}

/// The limits that the watchdog checks.
struct Looks {
    report: std::path::PathBuf,
    silence: Duration,
    whole: Option<Duration>,
    memory: Option<usize>,
}

/// One thread that runs handlers.
#[derive(Default)]
struct Running {
    number: usize,
    /// The number of runs that have begun or ended: odd while one is running.
    turns: AtomicU64,
    calls: AtomicUsize,
    at: Mutex<(Option<Value>, Option<&'static str>)>,
}

impl Running {
    fn busy(&self) -> bool {
        !self.turns.load(Ordering::Acquire).is_multiple_of(2)
    }

    /// If two checks see equal values, there was no progress between them.
    fn seen(&self) -> (u64, usize) {
        (
            self.turns.load(Ordering::Acquire),
            self.calls.load(Ordering::Acquire),
        )
    }

    fn place(&self) -> Place {
        let at = self.at.lock().unwrap_or_else(PoisonError::into_inner);
        let calls = self.calls.load(Ordering::Acquire);
        Place {
            message: at.0.as_ref().map_or_else(String::new, Value::plain),
            last: at.1.map(|action| (action.to_owned(), calls)),
        }
    }
}

/// All threads that run handlers.
struct Runs {
    known: Mutex<Vec<Arc<Running>>>,
    trace: Option<Trace>,
}

struct Shared(Arc<Runs>);

thread_local! {
    static MINE: OnceCell<Arc<Running>> = const { OnceCell::new() };
}

impl Shared {
    fn mine<T>(&self, act: impl FnOnce(&Running) -> T) -> T {
        MINE.with(|mine| {
            act(mine.get_or_init(|| {
                let mut known = self.0.known.lock().unwrap_or_else(PoisonError::into_inner);
                let running = Arc::new(Running {
                    number: known.len(),
                    ..Running::default()
                });
                known.push(Arc::clone(&running));
                running
            }))
        })
    }
}

impl Watch for Shared {
    fn begins(&self, message: &Value) {
        self.mine(|mine| {
            let mut at = mine.at.lock().unwrap_or_else(PoisonError::into_inner);
            *at = (Some(message.clone()), None);
            mine.calls.store(0, Ordering::Release);
            mine.turns.fetch_add(1, Ordering::AcqRel);
            if let Some(trace) = &self.0.trace {
                trace.begins(mine.number, &message.plain());
            }
        });
    }

    fn calls(&self, action: &'static str) {
        self.mine(|mine| {
            let mut at = mine.at.lock().unwrap_or_else(PoisonError::into_inner);
            at.1 = Some(action);
            mine.calls.fetch_add(1, Ordering::AcqRel);
            if let Some(trace) = &self.0.trace {
                trace.calls(mine.number, action);
            }
        });
    }

    fn ends(&self) {
        self.mine(|mine| {
            mine.turns.fetch_add(1, Ordering::AcqRel);
            if let Some(trace) = &self.0.trace {
                trace.ends(mine.number);
            }
        });
    }
}

/// What the watchdog knows about one thread: its progress, the number of checks without a change, and
/// the memory and processor time of the process at the first such check.
#[derive(Clone, Copy)]
struct Seen {
    progress: (u64, usize),
    looks: u32,
    memory: usize,
    cpu: Option<Duration>,
}

impl Seen {
    /// The time without progress, if it exceeds the limit.
    fn silent(&self, limit: Duration) -> Option<Duration> {
        let silent = LOOK * self.looks;
        let used = cpu_time()
            .zip(self.cpu)
            .map(|(now, then)| now.saturating_sub(then));
        let busy = used.is_none_or(|used| used >= limit);
        let limit = if busy { limit } else { limit * PATIENCE };
        (silent >= limit).then_some(limit)
    }
}

fn watch(runs: &Runs, limits: &Looks) {
    let started = Instant::now();
    let parent = parent();
    let mut seen: Vec<Seen> = Vec::new();
    loop {
        thread::sleep(LOOK);
        let memory = resident();
        let known = runs
            .known
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone();
        let mut longest: Option<(u32, &Running)> = None;
        for running in &known {
            let looks = look(&mut seen, running, memory);
            if running.busy() && longest.is_none_or(|(most, _)| looks > most) {
                longest = Some((looks, running));
            }
        }
        let place = || longest.map(|(_, running)| running.place());
        let end = |why| end(limits, Stopped::new(why, place()));
        if let Some((looks, running)) = longest {
            if let Some(silence) = seen[running.number].silent(limits.silence) {
                end(Why::Silent(silence));
            }
            let before = seen[running.number].memory;
            if looks >= 2 && memory > before.saturating_add(GROWTH) {
                end(Why::Memory(memory));
            }
        }
        if limits.memory.is_some_and(|limit| memory > limit) {
            end(Why::Memory(memory));
        }
        if let Some(limit) = limits.whole.filter(|limit| started.elapsed() > *limit) {
            end(Why::Time(limit));
        }
        if let Some(threads) = threads().filter(|threads| *threads > THREADS) {
            end(Why::Threads(threads));
        }
        if self::parent() != parent {
            std::process::exit(ENDED);
        }
    }
}

/// Returns the number of checks in which a thread has made no progress.
fn look(seen: &mut Vec<Seen>, running: &Running, memory: usize) -> u32 {
    let progress = running.seen();
    let fresh = Seen {
        progress,
        looks: 0,
        memory,
        cpu: cpu_time(),
    };
    if seen.len() <= running.number {
        seen.resize(running.number + 1, fresh);
    }
    let before = &mut seen[running.number];
    if before.progress == progress {
        before.looks += 1;
    } else {
        *before = fresh;
    }
    before.looks
}

fn end(limits: &Looks, stopped: Stopped) {
    // If the report cannot be written, the parent finds no conclusion and reports that.
    let _ = write(&limits.report, &Report::Stopped(stopped));
    std::process::exit(ENDED);
}

/// The resident memory of this process in bytes; 0 if the system does not provide it.
fn resident() -> usize {
    memory_stats::memory_stats().map_or(0, |memory| memory.physical_mem)
}

/// The processor time of this process, if the system provides it (Linux).
fn cpu_time() -> Option<Duration> {
    let stat = fs::read_to_string("/proc/self/stat").ok()?;
    // The name of the program, in parentheses, may contain blanks. After it, the 12th and 13th fields
    // are the times in user mode and in the kernel, in hundredths of a second.
    let (_, fields) = stat.rsplit_once(')')?;
    let ticks = fields.split_whitespace().skip(11).take(2);
    let ticks: Option<u64> = ticks.map(|ticks| ticks.parse::<u64>().ok()).sum();
    ticks.map(|ticks| Duration::from_millis(10 * ticks))
}

/// The number of threads of this process, if the system provides it (Linux).
fn threads() -> Option<usize> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("Threads:"))?;
    line.trim().parse().ok()
}

/// The process that has started this one, if the system provides it. When that process ends, another
/// one becomes the parent.
#[cfg(unix)]
fn parent() -> Option<i32> {
    rustix::process::getppid()
        .map(rustix::process::Pid::as_raw_nonzero)
        .map(i32::from)
}

#[cfg(not(unix))]
fn parent() -> Option<i32> {
    None
}
