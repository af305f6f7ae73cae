//! The limits of an engine, and the report that one was reached.

use std::fmt;
use std::time::{Duration, Instant};

use crate::cancel::Cancel;
use crate::numerals::thousands;

/// How often progress is reported.
const TELL: Duration = Duration::from_millis(200);

/// The limits of a run. A run that reaches one is incomplete, and never passes.
#[derive(Debug, Clone)]
pub struct Limits {
    /// Raw states.
    pub max_states: Option<usize>,
    /// States on the longest of all shortest paths. An initial state counts as 1.
    pub max_depth: Option<usize>,
    /// Wall-clock time.
    pub time_limit: Option<Duration>,
    /// Resident memory of the process, in bytes.
    pub memory_limit: Option<usize>,
}

/// The resources of a run, its cancellation flag, and its progress report.
#[derive(Clone, Copy)]
pub struct Run<'a> {
    /// The limits.
    pub limits: &'a Limits,
    /// The flag that stops the run.
    pub cancel: &'a Cancel,
    /// The number of threads of one search. It does not affect the result.
    pub threads: usize,
    /// A function that is called from time to time with the progress.
    pub progress: Option<&'a (dyn Fn(&Progress) + Sync)>,
}

impl<'a> Run<'a> {
    /// A run on one thread, without progress reports.
    pub fn new(limits: &'a Limits, cancel: &'a Cancel) -> Self {
        Run {
            limits,
            cancel,
            threads: 1,
            progress: None,
        }
    }
}

/// The limit that stopped a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CutOff {
    /// This many states.
    States(usize),
    /// This many levels.
    Depth(usize),
    /// This much time.
    Time(Duration),
    /// This many bytes of memory.
    Memory(usize),
    /// The numbers of states or steps no longer fit into 32 bits.
    Full,
    /// No limit: every property was decided, so the rest was not searched.
    Decided,
    /// The model broke a rule of the search. The result of the search names the rule.
    Fault,
    /// The user cancelled the run.
    Interrupted,
}

impl Limits {
    /// No limits at all.
    pub const NONE: Limits = Limits {
        max_states: None,
        max_depth: None,
        time_limit: None,
        memory_limit: None,
    };

    /// The limit of time or memory that is reached, or the cancellation. `to_come` is the number of
    /// bytes that will still be needed.
    pub fn reached(&self, started: Instant, cancel: &Cancel, to_come: usize) -> Option<CutOff> {
        if let Some(over) = self.over(started, cancel) {
            return Some(over);
        }
        let full = |limit: &usize| resident().saturating_add(to_come) >= *limit;
        self.memory_limit.filter(full).map(CutOff::Memory)
    }

    /// The time limit if it is reached, or the cancellation.
    pub fn over(&self, started: Instant, cancel: &Cancel) -> Option<CutOff> {
        if cancel.is_cancelled() {
            return Some(CutOff::Interrupted);
        }
        let time = self.time_limit.filter(|limit| started.elapsed() >= *limit);
        time.map(CutOff::Time)
    }
}

impl Run<'_> {
    /// Reports the progress, unless the last report was a moment ago.
    pub fn tell(&self, told: &mut Instant, how_far: impl FnOnce() -> Progress) {
        let Some(progress) = self.progress.filter(|_| told.elapsed() >= TELL) else {
            return;
        };
        *told = Instant::now();
        progress(&how_far());
    }
}

/// The resident memory of this process in bytes; 0 if the system does not provide it.
pub fn resident() -> usize {
    memory_stats::memory_stats().map_or(0, |memory| memory.physical_mem)
}

/// The progress of a search.
#[derive(Debug, Clone, Copy)]
pub struct Progress {
    /// States found so far.
    pub states: usize,
    /// Steps taken so far.
    pub steps: u64,
    /// Levels begun. The initial states are the first level.
    pub depth: usize,
    /// Random walks taken; `None` if the run is a search. A run of random walks has no depth, queue
    /// or estimate.
    pub walks: Option<u64>,
    /// States whose steps have not been taken yet.
    pub queue: usize,
    /// Resident memory of the process, in bytes.
    pub memory: usize,
    /// The time since the search began.
    pub elapsed: Duration,
    /// An estimate of the final number of states, available once levels become smaller.
    pub estimate: Option<usize>,
}

impl CutOff {
    /// What happened, as a phrase.
    pub fn reason(&self) -> String {
        match self {
            CutOff::States(max) => format!("stopped at {} raw states", thousands(*max)),
            CutOff::Depth(max) => format!("stopped at depth {}", thousands(*max)),
            CutOff::Memory(limit) => format!("stopped at {} MB of memory", limit >> 20),
            CutOff::Full => {
                "stopped at 2^32 states or steps, more than the engine can number".into()
            }
            CutOff::Time(limit) => format!("stopped after {} s", limit.as_secs()),
            CutOff::Decided => "stopped: every property is decided".into(),
            CutOff::Fault => "stopped: the model broke a rule that the search relies on".into(),
            CutOff::Interrupted => "interrupted".into(),
        }
    }

    /// What the user can do about it on the command line.
    fn remedy(&self) -> Option<&'static str> {
        match self {
            CutOff::States(_) => Some("raise --max-states or lower the bounds"),
            CutOff::Depth(_) => Some("raise --max-depth or lower the bounds"),
            CutOff::Memory(_) => Some("raise --memory-limit or lower the bounds"),
            CutOff::Full => Some("lower the bounds"),
            CutOff::Time(_) => Some("raise --time-limit or lower the bounds"),
            CutOff::Fault => Some("correct the model"),
            CutOff::Decided | CutOff::Interrupted => None,
        }
    }
}

impl fmt::Display for CutOff {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.reason())?;
        self.remedy()
            .map_or(Ok(()), |remedy| write!(f, "; {remedy}"))
    }
}
