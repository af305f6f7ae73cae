//! How far an engine may go, and how it says that it went no further.

use std::fmt;
use std::time::{Duration, Instant};

use crate::cancel::Cancel;
use crate::numerals::thousands;

/// How often progress is told.
const TELL: Duration = Duration::from_millis(200);

/// Limits of a run. A run that reaches one is incomplete, and never a pass.
#[derive(Debug, Clone)]
pub struct Limits {
    /// Raw states.
    pub max_states: Option<usize>,
    /// States on the longest of all shortest paths; an initial state counts 1.
    pub max_depth: Option<usize>,
    /// Wall-clock time.
    pub time_limit: Option<Duration>,
    /// Resident memory of the process, in bytes.
    pub memory_limit: Option<usize>,
}

/// What a run may use, who can stop it, and who hears how far it is.
#[derive(Clone, Copy)]
pub struct Run<'a> {
    /// How far it may go.
    pub limits: &'a Limits,
    /// Set when the user wants it to stop.
    pub cancel: &'a Cancel,
    /// Threads for one search; the result is the same for any number.
    pub threads: usize,
    /// Told now and then how far the search is.
    pub progress: Option<&'a (dyn Fn(&Progress) + Sync)>,
}

impl<'a> Run<'a> {
    /// A run on one thread that tells nobody.
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
    /// So many states.
    States(usize),
    /// So many levels.
    Depth(usize),
    /// So much time.
    Time(Duration),
    /// So many bytes of memory.
    Memory(usize),
    /// The numbers of states or steps do not fit into 32 bits.
    Full,
    /// Nothing: every property was decided, and so the rest was not searched.
    Decided,
    /// The model broke a rule of the search, which the search's result names.
    Fault,
    /// The user.
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

    /// The limit of time or memory that is reached, or the user's wish to stop; so many bytes are yet
    /// to come.
    pub fn reached(&self, started: Instant, cancel: &Cancel, to_come: usize) -> Option<CutOff> {
        if let Some(over) = self.over(started, cancel) {
            return Some(over);
        }
        let full = |limit: &usize| resident().saturating_add(to_come) >= *limit;
        self.memory_limit.filter(full).map(CutOff::Memory)
    }

    /// The limit of time if it is reached, or the user's wish to stop.
    pub fn over(&self, started: Instant, cancel: &Cancel) -> Option<CutOff> {
        if cancel.is_cancelled() {
            return Some(CutOff::Interrupted);
        }
        let time = self.time_limit.filter(|limit| started.elapsed() >= *limit);
        time.map(CutOff::Time)
    }
}

impl Run<'_> {
    /// Tells how far the run is, unless it was told a moment ago.
    pub fn tell(&self, told: &mut Instant, how_far: impl FnOnce() -> Progress) {
        let Some(progress) = self.progress.filter(|_| told.elapsed() >= TELL) else {
            return;
        };
        *told = Instant::now();
        progress(&how_far());
    }
}

/// Resident memory of this process, in bytes; 0 where the system does not say.
pub fn resident() -> usize {
    memory_stats::memory_stats().map_or(0, |memory| memory.physical_mem)
}

/// How far a search is.
#[derive(Debug, Clone, Copy)]
pub struct Progress {
    /// States met so far.
    pub states: usize,
    /// Steps taken so far.
    pub steps: u64,
    /// Levels begun; the initial states are the first.
    pub depth: usize,
    /// Random walks taken; none if it is no such run, and no depth, queue and estimate if it is.
    pub walks: Option<u64>,
    /// States met whose steps have not been taken yet.
    pub queue: usize,
    /// Resident memory of the process, in bytes.
    pub memory: usize,
    /// Since the search began.
    pub elapsed: Duration,
    /// How many states there will be, if the last levels tell: they grow smaller.
    pub estimate: Option<usize>,
}

impl CutOff {
    /// What happened.
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

    /// What to do about it on the command line.
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
