//! Explains why a child process ended without a result, for the person who wrote the handler.

use std::fmt;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::Place;

/// Why a child process ended without a result.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stopped {
    why: Why,
    place: Option<Place>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Why {
    /// A handler made no call for this long.
    Silent(Duration),
    /// The child used this many bytes of memory.
    Memory(usize),
    /// It had this many threads.
    Threads(usize),
    /// It ran for this long.
    Time(Duration),
    /// It ended with this exit status.
    Exited(i32),
    /// It was killed by this signal.
    Signal(i32),
    /// A handler overflowed its stack.
    StackOverflow,
    /// It requested more memory than exists.
    OutOfMemory,
    /// The user stopped it.
    Interrupted,
}

impl Stopped {
    pub(crate) fn new(why: Why, place: Option<Place>) -> Self {
        Stopped { why, place }
    }

    pub(crate) fn at(self, place: Option<Place>) -> Self {
        Stopped { place, ..self }
    }

    /// Whether the position of the handler is known.
    pub(crate) fn placed(&self) -> bool {
        self.place.is_some()
    }

    /// Whether the user stopped it.
    pub fn interrupted(&self) -> bool {
        self.why == Why::Interrupted
    }

    /// The kind of end: `silent`, `memory`, `threads`, `time`, `exit`, `abort`, `stack`.
    pub fn kind(&self) -> &'static str {
        match self.why {
            Why::Silent(_) => "silent",
            Why::Memory(_) | Why::OutOfMemory => "memory",
            Why::Threads(_) => "threads",
            Why::Time(_) => "time",
            Why::Exited(_) => "exit",
            Why::Signal(_) => "abort",
            Why::StackOverflow => "stack",
            Why::Interrupted => "interrupted",
        }
    }

    fn what(&self) -> String {
        let place = self.place.as_ref().map_or_else(String::new, Place::words);
        match &self.why {
            Why::Silent(time) => format!(
                "the handler did not return for {} s{place}; is there a loop without a call, or does it \
                 wait for something?",
                time.as_secs()
            ),
            Why::Memory(bytes) => format!(
                "the process held {} MB of memory{place}; does the handler collect something in a loop?",
                bytes >> 20
            ),
            Why::Threads(threads) => format!(
                "the process had {threads} threads{place}; does the handler start threads? It must not: \
                 what they do is not a step that is checked"
            ),
            Why::Time(time) => format!(
                "there was no result after {} s{place}; does the handler sleep, or lead to very many \
                 states?",
                time.as_secs()
            ),
            Why::Exited(status) => format!(
                "the process ended with exit status {status}{place}, without a result; does the handler \
                 call `std::process::exit`? It must not: it should return"
            ),
            Why::Signal(signal) => format!(
                "the process was ended by signal {signal}{place}, without a result; does the handler call \
                 `std::process::abort`, or use up the memory?"
            ),
            Why::StackOverflow => {
                format!("the handler overflowed the stack{place}; does it call itself without end?")
            }
            Why::OutOfMemory => {
                format!("the handler asked for more memory than there is{place}")
            }
            Why::Interrupted => "interrupted".to_owned(),
        }
    }
}

impl fmt::Display for Stopped {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.what())
    }
}

impl Place {
    fn words(&self) -> String {
        match &self.last {
            Some((action, calls)) => {
                format!(
                    " after {action}, its call {calls}, for message {}",
                    self.message
                )
            }
            None => format!(" before its first call, for message {}", self.message),
        }
    }
}
