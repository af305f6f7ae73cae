//! The local state of one actor.

use std::collections::{BTreeMap, BTreeSet};
use std::hash::{Hash, Hasher};
use std::sync::Arc;

use stateright::actor::{Actor, ActorModelState, Command, Id, Out};

/// The parts of a state that belong to one actor, without its inbox.
pub(super) struct Local<A: Actor> {
    pub(super) actor: usize,
    pub(super) state: Arc<A::State>,
    pub(super) timers: BTreeSet<A::Timer>,
    pub(super) choices: BTreeMap<String, Vec<A::Random>>,
    pub(super) crashed: bool,
    pub(super) storage: Option<A::Storage>,
}

impl<A: Actor<Timer: Ord>> Local<A> {
    /// Extracts it from a state.
    pub(super) fn of<H>(state: &ActorModelState<A, H>, actor: usize) -> Self {
        let choices = state.random_choices[actor].map.iter();
        Local {
            actor,
            state: Arc::clone(&state.actor_states[actor]),
            timers: state.timers_set[actor].iter().cloned().collect(),
            choices: choices.map(|(key, of)| (key.clone(), of.clone())).collect(),
            crashed: state.crashed[actor],
            storage: state.actor_storages[actor].clone(),
        }
    }

    /// Writes it into a state.
    pub(super) fn show<H>(&self, state: &mut ActorModelState<A, H>) {
        let actor = self.actor;
        state.actor_states[actor] = Arc::clone(&self.state);
        let timers = &mut state.timers_set[actor];
        timers.cancel_all();
        for timer in &self.timers {
            timers.set(timer.clone());
        }
        let choices = &mut state.random_choices[actor].map;
        choices.clear();
        choices.extend(self.choices.clone());
        state.crashed[actor] = self.crashed;
        state.actor_storages[actor].clone_from(&self.storage);
    }

    /// Executes the commands of a handler one after the other; `send` sends the messages.
    pub(super) fn obey(&mut self, out: Out<A>, mut send: impl FnMut(Id, A::Msg)) {
        for command in out {
            match command {
                Command::Send(to, message) => send(to, message),
                Command::SetTimer(timer, _) => {
                    self.timers.insert(timer);
                }
                Command::CancelTimer(timer) => {
                    self.timers.remove(&timer);
                }
                Command::ChooseRandom(key, of) if of.is_empty() => {
                    self.choices.remove(&key);
                }
                Command::ChooseRandom(key, of) => {
                    self.choices.insert(key, of);
                }
                Command::Save(storage) => self.storage = Some(storage),
            }
        }
    }
}

impl<A: Actor> Clone for Local<A> {
    fn clone(&self) -> Self {
        Local {
            actor: self.actor,
            state: Arc::clone(&self.state),
            timers: self.timers.clone(),
            choices: self.choices.clone(),
            crashed: self.crashed,
            storage: self.storage.clone(),
        }
    }
}

impl<A: Actor> PartialEq for Local<A> {
    fn eq(&self, other: &Self) -> bool {
        (self.actor, self.crashed) == (other.actor, other.crashed)
            && self.state == other.state
            && self.timers == other.timers
            && self.choices == other.choices
            && self.storage == other.storage
    }
}

impl<A: Actor> Hash for Local<A> {
    fn hash<S: Hasher>(&self, hasher: &mut S) {
        (self.actor, self.crashed, &self.state).hash(hasher);
        (&self.timers, &self.choices, &self.storage).hash(hasher);
    }
}
