//! The threads of [`super::increment`] with a lock around reading and writing: nothing is lost.

use stateright::{Model, Property, Representative};

/// So many threads.
#[derive(Clone)]
pub struct IncrementLock {
    pub threads: usize,
}

/// The counter, whether the lock is taken, and how far each thread is.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct State {
    counter: usize,
    locked: bool,
    threads: Vec<Thread>,
}

/// How far a thread is, with what it read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Thread {
    Starting,
    HasLock,
    HasRead(usize),
    HasWritten { read: usize },
    Done { read: usize },
}

impl Thread {
    fn is_inside(self) -> bool {
        !matches!(self, Thread::Starting | Thread::Done { .. })
    }

    fn has_counted(self) -> bool {
        matches!(self, Thread::HasWritten { .. } | Thread::Done { .. })
    }
}

/// What a thread, told by its index, does next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    Lock(usize),
    Read(usize),
    Write(usize),
    Release(usize),
}

impl Model for IncrementLock {
    type State = State;
    type Action = Action;

    fn init_states(&self) -> Vec<State> {
        vec![State {
            counter: 0,
            locked: false,
            threads: vec![Thread::Starting; self.threads],
        }]
    }

    fn actions(&self, state: &State, actions: &mut Vec<Action>) {
        for (index, thread) in state.threads.iter().enumerate() {
            match thread {
                Thread::Starting if !state.locked => actions.push(Action::Lock(index)),
                Thread::HasLock => actions.push(Action::Read(index)),
                Thread::HasRead(_) => actions.push(Action::Write(index)),
                Thread::HasWritten { .. } => actions.push(Action::Release(index)),
                Thread::Starting | Thread::Done { .. } => {}
            }
        }
    }

    fn next_state(&self, state: &State, action: Action) -> Option<State> {
        let mut next = state.clone();
        match action {
            Action::Lock(index) => {
                next.locked = true;
                next.threads[index] = Thread::HasLock;
            }
            Action::Read(index) => next.threads[index] = Thread::HasRead(state.counter),
            Action::Write(index) => {
                let Thread::HasRead(read) = state.threads[index] else {
                    return None;
                };
                next.counter = read + 1;
                next.threads[index] = Thread::HasWritten { read };
            }
            Action::Release(index) => {
                let Thread::HasWritten { read } = state.threads[index] else {
                    return None;
                };
                next.locked = false;
                next.threads[index] = Thread::Done { read };
            }
        }
        Some(next)
    }

    fn properties(&self) -> Vec<Property<Self>> {
        vec![
            Property::always("fin", |_, state: &State| {
                let counted = state.threads.iter().filter(|thread| thread.has_counted());
                counted.count() == state.counter
            }),
            Property::always("mutex", |_, state: &State| {
                let inside = state.threads.iter().filter(|thread| thread.is_inside());
                inside.count() <= 1
            }),
        ]
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
