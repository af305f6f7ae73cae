//! Two-phase commit as a plain Stateright model. It does not depend on Tandem or TLA+.
//!
//! ```text
//! manager ──── Prepared ──▶ coordinator    or it aborts on its own, and tells nobody
//! coordinator ── Commit ──▶ all managers   once all of them are prepared
//! coordinator ── Abort ───▶ all managers   at any time before
//! ```

use std::collections::BTreeSet;

use serde::Serialize;
use stateright::{Model, Property};

/// The model.
pub struct TwoPhaseCommit {
    /// The number of resource managers.
    pub managers: usize,
    /// The planted fault: the coordinator commits with this many votes too few.
    pub votes_too_few: usize,
}

/// The states of all participants, and the messages that were sent.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct State {
    /// The state of each resource manager.
    pub managers: Vec<Manager>,
    /// The state of the coordinator.
    pub coordinator: Coordinator,
    /// The managers whose vote the coordinator has counted.
    pub votes: BTreeSet<usize>,
    /// Every message that was sent. Any participant may read it at any time, or never.
    pub network: BTreeSet<Message>,
}

/// A resource manager.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Manager {
    /// It has not voted.
    Working,
    /// It has voted, and waits for the decision.
    Prepared,
    /// It has committed.
    Committed,
    /// It has aborted.
    Aborted,
}

/// The coordinator.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Coordinator {
    /// It has not decided.
    Undecided,
    /// It has decided to commit.
    Committed,
    /// It has decided to abort.
    Aborted,
}

/// A message.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase", tag = "kind")]
pub enum Message {
    /// The vote of a manager.
    Vote {
        /// Its number, from 1.
        from: usize,
    },
    /// The decision to commit.
    Commit,
    /// The decision to abort.
    Abort,
}

/// A step; the number is that of a manager, from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// The coordinator decides to commit.
    CoordinatorCommits,
    /// The coordinator decides to abort.
    CoordinatorAborts,
    /// The coordinator counts a vote.
    CoordinatorCounts(usize),
    /// A manager prepares and votes.
    Prepares(usize),
    /// A manager aborts on its own.
    GivesUp(usize),
    /// A manager reads the decision to commit.
    HearsCommit(usize),
    /// A manager reads the decision to abort.
    HearsAbort(usize),
}

impl Model for TwoPhaseCommit {
    type State = State;
    type Action = Action;

    fn init_states(&self) -> Vec<State> {
        vec![State {
            managers: vec![Manager::Working; self.managers],
            coordinator: Coordinator::Undecided,
            votes: BTreeSet::new(),
            network: BTreeSet::new(),
        }]
    }

    fn actions(&self, state: &State, actions: &mut Vec<Action>) {
        let undecided = state.coordinator == Coordinator::Undecided;
        if undecided && state.votes.len() + self.votes_too_few >= self.managers {
            actions.push(Action::CoordinatorCommits);
        }
        if undecided {
            actions.push(Action::CoordinatorAborts);
        }
        for number in 1..=self.managers {
            let sent = |message| state.network.contains(&message);
            if undecided && sent(Message::Vote { from: number }) {
                actions.push(Action::CoordinatorCounts(number));
            }
            if state.managers[number - 1] == Manager::Working {
                actions.extend([Action::Prepares(number), Action::GivesUp(number)]);
            }
            if sent(Message::Commit) {
                actions.push(Action::HearsCommit(number));
            }
            if sent(Message::Abort) {
                actions.push(Action::HearsAbort(number));
            }
        }
    }

    fn next_state(&self, state: &State, action: Action) -> Option<State> {
        let mut next = state.clone();
        match action {
            Action::CoordinatorCommits => {
                next.coordinator = Coordinator::Committed;
                next.network.insert(Message::Commit);
            }
            Action::CoordinatorAborts => {
                next.coordinator = Coordinator::Aborted;
                next.network.insert(Message::Abort);
            }
            Action::CoordinatorCounts(number) => {
                next.votes.insert(number);
            }
            Action::Prepares(number) => {
                next.managers[number - 1] = Manager::Prepared;
                next.network.insert(Message::Vote { from: number });
            }
            Action::HearsCommit(number) => next.managers[number - 1] = Manager::Committed,
            Action::GivesUp(number) | Action::HearsAbort(number) => {
                next.managers[number - 1] = Manager::Aborted;
            }
        }
        Some(next)
    }

    fn properties(&self) -> Vec<Property<Self>> {
        vec![
            Property::always("Consistent", |_, state: &State| {
                let some_is = |which| state.managers.contains(&which);
                !(some_is(Manager::Committed) && some_is(Manager::Aborted))
            }),
            Property::sometimes("AllCommit", |_, state: &State| {
                state.managers.iter().all(|one| *one == Manager::Committed)
            }),
        ]
    }
}
