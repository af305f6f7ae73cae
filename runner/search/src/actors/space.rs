//! Implements the search space for an interned actor model.

use super::thread_state::ThreadState;
use super::{History, Interned, Participant, Snapshot, State};
use crate::cache::{Cache, pair};
use crate::fault::ModelFault;
use crate::space::{Space, Watch};
use crate::{Action, Label};

impl<A: Participant, C: Sync, H: History> Space for Interned<'_, A, C, H> {
    type Key = Snapshot;
    type Node = Snapshot;
    type Worker<'s>
        = ThreadState<'s, A, H>
    where
        Self: 's;

    fn worker(&self) -> ThreadState<'_, A, H> {
        self.thread_states.thread_state()
    }

    fn initial(&self) -> Vec<Snapshot> {
        let root = self.tree.root_of(&self.initial.1, &mut Cache::new());
        vec![Snapshot(root)]
    }

    fn key(&self, node: &Snapshot) -> Snapshot {
        *node
    }

    fn restore(&self, key: Snapshot) -> Option<Snapshot> {
        Some(key)
    }

    fn expand<'s>(
        &'s self,
        at: &Snapshot,
        thread_state: &mut ThreadState<'s, A, H>,
        mut found: impl FnMut(Label, Snapshot),
    ) {
        let tools = thread_state.tools();
        self.tree.read(at.0, &mut tools.before);
        self.gather(self.tree.leaves(&tools.before), &mut tools.turns);
        let rest = self.model.actors.len();
        let (before, after) = (&tools.before, &mut tools.after);
        for (turn, place) in tools.turns.drain(..) {
            after.copy(before);
            let leaves = self.tree.leaves_mut(after);
            leaves[place] = turn.after;
            if turn.effect != self.nothing {
                let effect = self.effects.get(turn.effect);
                let record = pair([leaves[rest], turn.effect]);
                let recorded = || self.recorded(leaves[rest], effect);
                leaves[rest] = tools.recorded.get_or(record, recorded);
                for (receiver, envelope) in &effect.sent {
                    let part = &mut leaves[*receiver as usize];
                    let posted = || self.posted(*receiver as usize, *part, *envelope);
                    *part = tools.posted.get_or(pair([*part, *envelope]), posted);
                }
            }
            let root = self.tree.root(before, after, &mut tools.pairs);
            found(turn.label, Snapshot(root));
        }
    }

    fn within<'s>(&'s self, at: &Snapshot, thread_state: &mut ThreadState<'s, A, H>) -> bool {
        let tools = thread_state.tools();
        let within = |state: &State<A, H>| (self.model.within_boundary)(&self.model.cfg, state);
        self.truth(&self.boundary, self.questions.len(), *at, tools, within)
    }

    fn actions(&self) -> Vec<Action> {
        let named = super::number(self.actions.len());
        (0..named).map(|id| self.actions.get(id).clone()).collect()
    }

    fn predicates(&self) -> Vec<Watch> {
        let questions = self.questions.iter();
        questions.map(|question| question.watch).collect()
    }

    fn names(&self) -> Vec<&'static str> {
        self.questions
            .iter()
            .map(|question| question.name)
            .collect()
    }

    fn fault(&self) -> Option<&ModelFault> {
        self.faults.get()
    }

    fn truths<'s>(
        &'s self,
        at: &Snapshot,
        asked: u64,
        thread_state: &mut ThreadState<'s, A, H>,
    ) -> u64 {
        let tools = thread_state.tools();
        let mut truths = 0;
        for (place, question) in self.questions.iter().enumerate() {
            if asked >> place & 1 == 1 {
                let holds = |state: &State<A, H>| (question.condition)(self.model, state);
                let truth = self.truth(&question.truth, place, *at, tools, holds);
                truths |= u64::from(truth) << place;
            }
        }
        truths
    }
}
