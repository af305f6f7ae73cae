//! Replays a handler over its recorded outcomes.
//!
//! A handler is run again from its start. Calls with a recorded outcome return it immediately; the
//! first call without one suspends the run. So the record is the whole volatile state of a handler. A
//! handler that makes another call than before is not deterministic. That, a panic, calls without end
//! and other breaches of the rules are reported as a [`Breach`]. A loop without a call never returns;
//! a watchdog in another thread detects it through [`watch_handlers`].

mod breach;
mod watch;

use std::cell::{Cell, RefCell};
use std::fmt;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Mutex, Once, PoisonError};

use rustc_hash::FxHashMap;

pub(in crate::kit) use breach::Asked;
pub use breach::Breach;
pub use watch::{Watch, watch_handlers};

use super::io::{Call, Flow, Io, Outcome, Stop, Suspended};
use crate::value::{Value, from_value};

type Handle = dyn Fn(&mut dyn Io, &Value) -> Flow + Send + Sync;

/// A handler whose message type is hidden.
#[derive(Clone)]
pub struct Handler {
    handle: Arc<Handle>,
    runs: Option<Arc<Runs>>,
}

/// The results of earlier runs, by what they depend on: the message, the record, and the first
/// identity drawn, if any.
type Runs = Mutex<FxHashMap<(Value, Log), Vec<(Option<Value>, Progress)>>>;

/// The calls of a handler so far, with their outcomes. Equal logs are shared.
pub type Log = Arc<[Arc<Entry>]>;

/// The log with more entries. The common part is shared.
pub(super) fn longer(log: &Log, entries: impl IntoIterator<Item = Entry>) -> Log {
    let entries = entries.into_iter().map(Arc::new);
    log.iter().cloned().chain(entries).collect()
}

impl Handler {
    /// Wraps a handler of messages of type `M`.
    pub fn new<M, F>(handle: F) -> Self
    where
        M: serde::de::DeserializeOwned,
        F: Fn(&mut dyn Io, &M) -> Flow + Send + Sync + 'static,
    {
        Handler::raw(move |io, message| {
            let message = from_value(message).map_err(|error| Stop::Misuse(error.to_string()))?;
            handle(io, &message)
        })
    }

    /// Wraps a handler that parses its message itself.
    pub(super) fn raw(
        handle: impl Fn(&mut dyn Io, &Value) -> Flow + Send + Sync + 'static,
    ) -> Self {
        Handler {
            handle: Arc::new(handle),
            runs: None,
        }
    }

    /// The handler of a poller, which receives no message.
    pub fn poller(handle: impl Fn(&mut dyn Io) -> Flow + Send + Sync + 'static) -> Self {
        Handler::raw(move |io, _| handle(io))
    }

    /// One handler for each type of message. The field `type` of a message selects its handler.
    pub fn by_type(handlers: impl IntoIterator<Item = (&'static str, Handler)>) -> Self {
        let handlers: Vec<_> = handlers.into_iter().collect();
        Handler::raw(move |io, message| {
            let kind = message.get("type").and_then(Value::as_str);
            let mut handlers = handlers.iter();
            match handlers.find(|(name, _)| Some(*name) == kind) {
                Some((_, handler)) => handler.run(io, message),
                None => Err(Stop::Misuse(format!(
                    "no handler is registered for {message}: its field 'type' must name one"
                ))),
            }
        })
    }

    /// The same handler with stored results: it is run twice for each input, to check that it does
    /// the same, and then not again. For engines that find the same slot in thousands of states.
    #[must_use]
    pub fn remembering(&self) -> Self {
        Handler {
            handle: Arc::clone(&self.handle),
            runs: Some(Arc::default()),
        }
    }

    /// Replaces a handler that a protocol does not have. Running it is reported as a breach.
    pub fn unknown(name: &str) -> Self {
        let name = name.to_owned();
        Handler::raw(move |_, _| Err(Stop::Misuse(format!("there is no handler '{name}'"))))
    }

    /// Runs the handler on any [`Io`].
    pub fn run(&self, io: &mut dyn Io, message: &Value) -> Flow {
        (self.handle)(io, message)
    }
}

impl fmt::Debug for Handler {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Handler")
    }
}

/// A recorded call, or an identity drawn between two calls.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Entry {
    /// An identity that was drawn.
    Fresh(Value),
    /// A call and its outcome.
    Called {
        /// The name of the step.
        action: &'static str,
        /// The call.
        call: Call,
        /// Its outcome.
        outcome: Outcome,
    },
}

/// The result of a run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Progress {
    /// It returned: the slot is free.
    Finished,
    /// It waits for the outcome of this call.
    Pending {
        /// The name of the step.
        action: &'static str,
        /// The call.
        call: Call,
        /// Identities drawn since the last recorded call.
        drawn: Vec<Value>,
    },
    /// It cannot be replayed.
    Broken(Breach),
}

impl Progress {
    /// The last action of the handler.
    pub(super) fn asked(&self) -> Asked<'_> {
        match self {
            Progress::Pending { action, call, .. } => Asked::Call(action, call),
            Progress::Finished => Asked::Other("nothing: it returned".to_owned()),
            Progress::Broken(breach) => Asked::Other(breach.to_string()),
        }
    }
}

/// The largest number of calls that a handler may make for one message.
pub const MAX_CALLS: usize = 64;

struct Replay<'a> {
    log: &'a [Arc<Entry>],
    at: usize,
    draw: &'a dyn Fn(usize) -> Value,
    drawn: Vec<Value>,
    ended: Option<Progress>,
    /// Whether it made a call after it was suspended.
    went_on: bool,
}

impl Replay<'_> {
    fn end(&mut self, progress: Progress) -> Stop {
        self.ended.get_or_insert(progress);
        Stop::Suspended(Suspended(()))
    }

    fn differs(&mut self, before: &Entry, now: &Asked<'_>) -> Stop {
        let before = match before {
            Entry::Fresh(_) => Asked::Other("a fresh identity".to_owned()),
            Entry::Called { action, call, .. } => Asked::Call(action, call),
        };
        self.end(Progress::Broken(Breach::differs(&before, now)))
    }

    /// Records a call after the handler was suspended, which will be reported.
    fn goes_on(&mut self) -> Stop {
        self.went_on = true;
        Stop::Suspended(Suspended(()))
    }

    /// The name of the step in which the request was answered, if it was.
    fn replied(&self) -> Option<&'static str> {
        self.log.iter().find_map(|entry| match &**entry {
            Entry::Called {
                action,
                call: Call::Reply(_),
                ..
            } => Some(*action),
            _ => None,
        })
    }
}

impl Io for Replay<'_> {
    fn perform(&mut self, action: &'static str, call: Call) -> Flow<Outcome> {
        if self.ended.is_some() {
            return Err(self.goes_on());
        }
        if let Some(watch) = watch::watch() {
            watch.calls(action);
        }
        let log = self.log;
        let Some(entry) = log.get(self.at) else {
            if self.at >= MAX_CALLS {
                return Err(self.end(Progress::Broken(Breach::Endless(MAX_CALLS))));
            }
            if let (Call::Reply(_), Some(first)) = (&call, self.replied()) {
                let second = action;
                return Err(self.end(Progress::Broken(Breach::SecondReply { first, second })));
            }
            let drawn = std::mem::take(&mut self.drawn);
            return Err(self.end(Progress::Pending {
                action,
                call,
                drawn,
            }));
        };
        match &**entry {
            Entry::Called {
                action: a,
                call: c,
                outcome,
            } if *a == action && *c == call => {
                self.at += 1;
                Ok(outcome.clone())
            }
            entry => Err(self.differs(entry, &Asked::Call(action, &call))),
        }
    }

    fn fresh(&mut self) -> Flow<Value> {
        if self.ended.is_some() {
            return Err(self.goes_on());
        }
        let log = self.log;
        match log.get(self.at).map(|entry| &**entry) {
            Some(Entry::Fresh(id)) => {
                self.at += 1;
                Ok(id.clone())
            }
            Some(entry) => Err(self.differs(entry, &Asked::Other("a fresh identity".to_owned()))),
            None if self.drawn.len() >= MAX_CALLS => {
                Err(self.end(Progress::Broken(Breach::Endless(MAX_CALLS))))
            }
            None => {
                let id = (self.draw)(self.drawn.len());
                self.drawn.push(id.clone());
                Ok(id)
            }
        }
    }
}

/// Runs `handler` on `message` over the recorded `log`. `draw(n)` returns the n-th new identity, from
/// 0, after those in the log.
pub fn replay(
    handler: &Handler,
    message: &Value,
    log: &Log,
    draw: &dyn Fn(usize) -> Value,
) -> Progress {
    let Some(runs) = &handler.runs else {
        return run(handler, message, log, draw);
    };
    let key = (message.clone(), Arc::clone(log));
    let runs = || runs.lock().unwrap_or_else(PoisonError::into_inner);
    let same = |(first, _): &&(Option<Value>, _)| first.as_ref().is_none_or(|id| *id == draw(0));
    let known = runs()
        .get(&key)
        .and_then(|all| all.iter().find(same).cloned());
    known.map(|(_, progress)| progress).unwrap_or_else(|| {
        let drew = Cell::new(false);
        let draw = |n| {
            drew.set(true);
            draw(n)
        };
        // The handler will not be run again, so it must be checked now whether it is deterministic.
        let (before, again) = (
            run(handler, message, log, &draw),
            run(handler, message, log, &draw),
        );
        let progress = match before == again {
            true => before,
            false => Progress::Broken(Breach::differs(&before.asked(), &again.asked())),
        };
        let first = drew.get().then(|| draw(0));
        let mut runs = runs();
        let all = runs.entry(key).or_default();
        // Few handlers draw an identity, and those draw only one.
        all.reserve_exact(1);
        all.push((first, progress.clone()));
        drop(runs);
        progress
    })
}

fn run(
    handler: &Handler,
    message: &Value,
    log: &[Arc<Entry>],
    draw: &dyn Fn(usize) -> Value,
) -> Progress {
    let mut io = Replay {
        log,
        at: 0,
        draw,
        drawn: Vec::new(),
        ended: None,
        went_on: false,
    };
    let watch = watch::watch();
    if let Some(watch) = watch {
        watch.begins(message);
    }
    let returned = quietly(|| handler.run(&mut io, message));
    if let Some(watch) = watch {
        watch.ends();
    }
    let went_on = io.went_on;
    match (io.ended, returned) {
        (Some(Progress::Pending { action, .. }), Err(panic)) => {
            let call = action;
            Progress::Broken(Breach::Unwrapped { call, panic })
        }
        (Some(Progress::Pending { action, .. }), Ok(returned))
            if went_on || !matches!(returned, Err(Stop::Suspended(_))) =>
        {
            Progress::Broken(Breach::WentOn(action))
        }
        (Some(progress), _) => progress,
        (None, Err(panic)) => Progress::Broken(Breach::Panicked(panic)),
        (None, Ok(Err(Stop::Misuse(what)))) => Progress::Broken(Breach::Misuse(what)),
        (None, Ok(_)) if io.at < log.len() => Progress::Broken(Breach::NotDeterministic {
            before: format!("{} calls", log.len()),
            now: format!("{} and returned", io.at),
        }),
        (None, Ok(_)) => Progress::Finished,
    }
}

thread_local! {
    /// Whether the caller reports the panics of this thread, and where the last one was.
    static QUIET: Cell<bool> = const { Cell::new(false) };
    static PLACE: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// Runs `run`. If it panics, returns the panic's message and location. Meanwhile the panic hook prints nothing,
/// since the panic is reported later, once, together with the path that leads to it.
pub(super) fn quietly<T>(run: impl FnOnce() -> T) -> Result<T, String> {
    static HOOK: Once = Once::new();
    HOOK.call_once(|| {
        let usual = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |info| {
            if QUIET.get() {
                let place = info.location();
                PLACE.set(place.map(|at| format!("{}:{}", at.file(), at.line())));
            } else {
                usual(info);
            }
        }));
    });
    let before = QUIET.replace(true);
    let result = catch_unwind(AssertUnwindSafe(run));
    QUIET.set(before);
    result.map_err(|panic| {
        let text = panic.downcast_ref::<&str>().map(|text| (*text).to_owned());
        let text = text.or_else(|| panic.downcast_ref::<String>().cloned());
        let text = text.unwrap_or_else(|| "no message".to_owned());
        match PLACE.take() {
            Some(place) => format!("{text}, at {place}"),
            None => text,
        }
    })
}
