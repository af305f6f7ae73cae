//! Threads that each add one to a shared counter, in two steps: read it, write one more.
//!
//! A thread that reads before another one writes, and writes after it, undoes the other's work, so
//! in the end the counter may be smaller than the number of threads that are done. Two threads
//! suffice.

use stateright::{Model, Property, Representative};

/// So many threads.
#[derive(Clone)]
pub struct Increment {
    pub threads: usize,
}

/// The counter, and how far each thread is.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct State {
    counter: usize,
    threads: Vec<Thread>,
}

/// How far a thread is, with what it read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Thread {
    Starting,
    HasRead(usize),
    Done { read: usize },
}

/// What a thread, told by its index, does next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    Read(usize),
    Write(usize),
}

impl Model for Increment {
    type State = State;
    type Action = Action;

    fn init_states(&self) -> Vec<State> {
        vec![State {
            counter: 0,
            threads: vec![Thread::Starting; self.threads],
        }]
    }

    fn actions(&self, state: &State, actions: &mut Vec<Action>) {
        for (index, thread) in state.threads.iter().enumerate() {
            match thread {
                Thread::Starting => actions.push(Action::Read(index)),
                Thread::HasRead(_) => actions.push(Action::Write(index)),
                Thread::Done { .. } => {}
            }
        }
    }

    fn next_state(&self, state: &State, action: Action) -> Option<State> {
        let mut next = state.clone();
        match action {
            Action::Read(index) => next.threads[index] = Thread::HasRead(state.counter),
            Action::Write(index) => {
                let Thread::HasRead(read) = state.threads[index] else {
                    return None;
                };
                next.counter = read + 1;
                next.threads[index] = Thread::Done { read };
            }
        }
        Some(next)
    }

    fn properties(&self) -> Vec<Property<Self>> {
        vec![Property::always("fin", |_, state: &State| {
            let done = |thread: &&Thread| matches!(thread, Thread::Done { .. });
            state.threads.iter().filter(done).count() == state.counter
        })]
    }
}

/// Threads differ in nothing but their index.
impl Representative for State {
    fn representative(&self) -> Self {
        let mut sorted = self.clone();
        sorted.threads.sort_unstable();
        sorted
    }
}
