//! The buffers and caches of a thread.

use std::sync::Mutex;

use super::about::Recent;
use super::scratch::Scratch;
use super::tree::Grown;
use super::turns::Turn;
use super::{History, Participant};
use crate::cache::Cache;
use crate::intern::locked;

/// Buffers, and caches of recent answers.
pub(super) struct Tools<A: Participant, H> {
    pub(super) before: Grown,
    pub(super) after: Grown,
    pub(super) turns: Vec<(Turn, usize)>,
    pub(super) pairs: Cache<u32>,
    pub(super) posted: Cache<u32>,
    pub(super) recorded: Cache<u32>,
    pub(super) scratch: Option<Scratch<A, H>>,
    pub(super) recent: Vec<Recent>,
}

impl<A: Participant, H: History> Tools<A, H> {
    fn new() -> Self {
        Tools {
            before: Grown::default(),
            after: Grown::default(),
            turns: Vec::new(),
            pairs: Cache::new(),
            posted: Cache::new(),
            recorded: Cache::new(),
            scratch: None,
            recent: Vec::new(),
        }
    }

    fn bytes(&self) -> usize {
        let caches = [&self.pairs, &self.posted, &self.recorded];
        let recent: usize = self.recent.iter().map(Cache::bytes).sum();
        caches.map(Cache::bytes).iter().sum::<usize>() + recent
    }
}

/// The working state of a thread. Its tools are reused by the next thread, so there are never more
/// of them than threads that run at the same time.
pub struct ThreadState<'s, A: Participant, H: History> {
    thread_states: &'s ThreadStates<A, H>,
    tools: Option<Box<Tools<A, H>>>,
}

/// The tools that are not in use.
pub(super) struct ThreadStates<A: Participant, H>(Mutex<Vec<Box<Tools<A, H>>>>);

impl<A: Participant, H: History> ThreadStates<A, H> {
    pub(super) fn new() -> Self {
        ThreadStates(Mutex::default())
    }

    pub(super) fn thread_state(&self) -> ThreadState<'_, A, H> {
        let tools = locked(&self.0).pop();
        ThreadState {
            thread_states: self,
            tools: Some(tools.unwrap_or_else(|| Box::new(Tools::new()))),
        }
    }

    pub(super) fn bytes(&self) -> usize {
        locked(&self.0).iter().map(|tools| tools.bytes()).sum()
    }
}

impl<A: Participant, H: History> ThreadState<'_, A, H> {
    pub(super) fn tools(&mut self) -> &mut Tools<A, H> {
        let tools = self.tools.as_mut();
        tools.unwrap_or_else(|| unreachable!("a thread_state has its tools as long as it is there"))
    }
}

impl<A: Participant, H: History> Drop for ThreadState<'_, A, H> {
    fn drop(&mut self) {
        locked(&self.thread_states.0).extend(self.tools.take());
    }
}
