//! The queue of searches. A search begins at once, and a small graph is finished without waiting. A
//! larger one waits for its turn: only a few run at a time, in the order of arrival.

use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tandem_search::cancel::Cancel;

/// How often a waiting search checks whether it was cancelled.
const LOOKS: Duration = Duration::from_millis(100);

/// Large searches, running and waiting.
pub(super) struct Queue {
    at_a_time: usize,
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Default)]
struct State {
    running: usize,
    /// The numbers of the waiting searches, the next one first.
    waiting: Vec<u64>,
    /// How many searches have ever arrived.
    came: u64,
}

/// The right to run. Dropping it ends the turn.
pub(super) struct Turn<'a>(&'a Queue);

impl Queue {
    /// An empty queue that lets this many searches run at a time.
    pub(super) fn new(at_a_time: usize) -> Self {
        Queue {
            at_a_time,
            state: Mutex::default(),
            changed: Condvar::new(),
        }
    }

    /// Waits for a turn. Calls `tell` with the number of searches ahead whenever it changes. Returns
    /// `None` if it is cancelled first.
    pub(super) fn wait(&self, cancel: &Cancel, mut tell: impl FnMut(usize)) -> Option<Turn<'_>> {
        let mut state = self.lock();
        let own = state.came;
        state.came += 1;
        state.waiting.push(own);
        let mut told = None;
        loop {
            let place = state.waiting.iter().position(|waits| *waits == own)?;
            if cancel.is_cancelled() {
                state.waiting.remove(place);
                self.changed.notify_all();
                return None;
            }
            if place == 0 && state.running < self.at_a_time {
                state.waiting.remove(0);
                state.running += 1;
                self.changed.notify_all();
                return Some(Turn(self));
            }
            let before = place + state.running;
            if told != Some(before) {
                told = Some(before);
                tell(before);
            }
            let waited = self.changed.wait_timeout(state, LOOKS);
            state = waited.unwrap_or_else(PoisonError::into_inner).0;
        }
    }

    /// Whether one more search would have to wait.
    pub(super) fn is_full(&self) -> bool {
        let state = self.lock();
        state.running + state.waiting.len() >= self.at_a_time
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Turn<'_> {
    fn drop(&mut self) {
        self.0.lock().running -= 1;
        self.0.changed.notify_all();
    }
}
