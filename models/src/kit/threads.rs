//! Runs the same handlers on threads, with stores and queues in memory.
//!
//! The checked code is the code that runs. A handler uses only [`Io`]. So the function that the model
//! replays step by step runs here once, from its first line to its last, on a thread of its own:
//!
//! * Every slot of the endpoint is a worker thread, and the workers compete for messages.
//! * All other participants (broker, downstream consumer, third party, browser) share one more thread. A
//!   random choice decides which of them acts next.
//! * A call takes a lock, changes the [`State`] as the model's step does, with the same functions, and
//!   releases the lock. Between two calls the operating system schedules the threads.
//! * A fault becomes due at a random turn and happens at the first opportunity from then on. A crash
//!   stops every handler at its next call and gives leased messages back.
//!
//! So a run ends in a `State` like those of the model, and is judged by the same guarantees. The seed
//! determines the faults, but not the order of the threads: a run is a sample, while the model is
//! complete.
//!
//! An `Io` for a real database and broker would look like `Live`, with a client in place of the lock.
//!
//! Not supported: a handler that loops forever between two calls cannot be stopped, and blocks the run.

mod dice;
mod faults;
mod shared;

use std::collections::BTreeSet;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use stateright::Model;

use self::dice::Dice;
use self::shared::{Job, Shared};
use super::change::Change;
use super::fault::Fault;
use super::io::{Call, Flow, Io, Outcome};
use super::replay::{Breach, quietly};
use super::system::{State, System};
use crate::value::Value;

/// One run of a system on threads.
///
/// ```
/// use tandem_models::catalogue::Overrides;
/// use tandem_models::kit::threads::Run;
///
/// let instances = tandem_models::protocols::catalogue().select(Some("outbox"), &Overrides::default())?;
/// let system = instances[0].system();
/// let ended = Run::new(&system).seed(7).run();
/// assert!(ended.at_rest && !ended.broken.contains("NoDoubleEffect"));
/// # Ok::<(), tandem_models::catalogue::CatalogueError>(())
/// ```
pub struct Run<'a> {
    system: &'a System,
    seed: u64,
    faults: Option<Vec<(u32, Fault)>>,
    limit: Duration,
}

/// The result of a run.
#[derive(Debug, Clone)]
pub struct Ended {
    /// The last state.
    pub state: State,
    /// Whether all work was done. If not, the time limit was reached or a handler broke a rule.
    pub at_rest: bool,
    /// The guarantees that were false in some state of the run.
    pub broken: BTreeSet<&'static str>,
    /// The breach of a rule by a handler, if there was one.
    pub breach: Option<Breach>,
}

impl<'a> Run<'a> {
    /// A run with the system's own faults at random turns with seed 0, of at most ten seconds.
    pub fn new(system: &'a System) -> Self {
        Run {
            system,
            seed: 0,
            faults: None,
            limit: Duration::from_secs(10),
        }
    }

    /// Sets the seed.
    #[must_use]
    pub fn seed(mut self, seed: u64) -> Self {
        self.seed = seed;
        self
    }

    /// Sets the faults, each with the turn from which on it happens, up to the system's budget. A turn
    /// is a received message, a call, or a step of another participant, counted from 1.
    #[must_use]
    pub fn faults(mut self, faults: impl IntoIterator<Item = (u32, Fault)>) -> Self {
        self.faults = Some(faults.into_iter().collect());
        self
    }

    /// Sets the time limit.
    #[must_use]
    pub fn limit(mut self, limit: Duration) -> Self {
        self.limit = limit;
        self
    }

    /// Runs until all is done.
    pub fn run(self) -> Ended {
        let spec = self.system.spec();
        let mut dice = Dice::new(self.seed);
        let budget = spec.world.budget.clone();
        let due = self.faults.unwrap_or_else(|| {
            // About the number of turns in a run; later faults would not happen. A poller has no copies
            // of its messages.
            let once = u8::from(self.system.hosts()[0].polls());
            let messages = spec.messages.len() * usize::from(spec.copies + spec.clicks + once);
            budget
                .iter()
                .flat_map(|(aim, left)| std::iter::repeat_n(aim.fault, usize::from(left)))
                .map(|fault| (dice.number(1, 10 * messages), fault))
                .collect()
        });
        let state = self.system.init_states().swap_remove(0);
        let mut pauses = dice.split();
        let place = Place {
            system: self.system,
            changed: Condvar::new(),
            shared: Mutex::new(Shared {
                change: Change {
                    system: self.system,
                    state,
                },
                dice,
                due,
                turn: 0,
                crashes: vec![0; self.system.hosts.len()],
                broken: BTreeSet::new(),
                breach: None,
                until: Instant::now() + self.limit,
            }),
        };
        std::thread::scope(|scope| {
            for slot in 0..self.system.hosts.iter().map(|host| host.slots).sum() {
                let (place, dice) = (&place, pauses.split());
                scope.spawn(move || place.work(slot, dice));
            }
            place.surround(&mut pauses);
        });
        let shared = place
            .shared
            .into_inner()
            .unwrap_or_else(PoisonError::into_inner);
        Ended {
            at_rest: shared.at_rest(),
            state: shared.change.state,
            broken: shared.broken,
            breach: shared.breach,
        }
    }
}

/// The meeting point of the threads.
struct Place<'a> {
    system: &'a System,
    shared: Mutex<Shared<'a>>,
    changed: Condvar,
}

/// How a handler accesses the world: with one lock for each call, or with one lock for its whole run.
enum Access<'p, 'a> {
    Call(&'p Place<'a>, Dice),
    Step(&'p mut Shared<'a>),
}

/// The [`Io`] of a handler that runs on a thread.
struct Live<'p, 'a> {
    access: Access<'p, 'a>,
    job: Job,
}

impl<'a> Live<'_, 'a> {
    fn with<T>(&mut self, act: impl FnOnce(&mut Shared<'a>, &Job) -> T) -> T {
        match &mut self.access {
            Access::Call(place, dice) => {
                dice.pause();
                let done = act(&mut place.lock(), &self.job);
                place.changed.notify_all();
                done
            }
            Access::Step(shared) => act(shared, &self.job),
        }
    }
}

impl Io for Live<'_, '_> {
    fn perform(&mut self, action: &'static str, call: Call) -> Flow<Outcome> {
        if let Call::Ask { .. } = &call {
            self.with(|shared, job| shared.leave(job, action, &call))?;
            return self.with(|shared, job| shared.answer(job, action, call));
        }
        self.with(|shared, job| shared.call(job, action, call))
    }

    fn fresh(&mut self) -> Flow<Value> {
        self.with(|shared, job| shared.fresh(job))
    }
}

impl<'a> Place<'a> {
    fn lock(&self) -> MutexGuard<'_, Shared<'a>> {
        self.shared.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits until there is something to do, and starts it. Returns `None` when the run is over.
    fn next<T>(&self, start: impl Fn(&mut Shared<'a>) -> Option<T>) -> Option<T> {
        let mut shared = self.lock();
        while !shared.over() {
            let turn = shared.turn;
            let started = start(&mut shared);
            if started.is_some() || shared.turn != turn {
                self.changed.notify_all();
            }
            if started.is_some() {
                return started;
            }
            let wait = shared.until.saturating_duration_since(Instant::now());
            let woken = self.changed.wait_timeout(shared, wait);
            (shared, _) = woken.unwrap_or_else(PoisonError::into_inner);
        }
        self.changed.notify_all();
        None
    }

    /// The thread of a slot.
    fn work(&self, slot: usize, mut dice: Dice) {
        while let Some(job) = self.next(|shared| shared.take(slot)) {
            let mut io = Live {
                access: Access::Call(self, dice.split()),
                job: job.clone(),
            };
            let (number, _) = self.system.host_of(slot);
            let handler = &self.system.hosts[number].handler;
            let returned = quietly(|| handler.run(&mut io, &job.message));
            io.with(|shared, job| shared.end(job, returned));
        }
    }

    /// The thread of all other participants.
    fn surround(&self, dice: &mut Dice) {
        while self.next(Shared::surroundings).is_some() {
            dice.pause();
        }
    }
}
