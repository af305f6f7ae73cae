//! Two-phase commit, after Gray and Lamport, "Consensus on Transaction Commit" (2004): a
//! transaction commits only if every participant is prepared to, and all end alike.
//!
//! ```text
//! participant ── Prepared ──▶ coordinator     or it aborts on its own, and tells nobody
//! coordinator ── Commit ──▶ all               once all are prepared
//! coordinator ── Abort ───▶ all               at any time before
//! ```
//!
//! Messages are facts: a set that only grows, read by anybody any number of times. That covers
//! every order and every repetition, and loss as well, since nobody has to read.
//!
//! The model comes twice: here it is said plainly, and [`packed`] has the same graph with each
//! state in one number, to tell what a checker costs from what the states cost.

use std::collections::BTreeSet;

use stateright::{Model, Property, Representative};

pub mod packed;

/// So many participants.
#[derive(Clone)]
pub struct TwoPhaseCommit {
    pub participants: usize,
}

/// Where everybody is, and what has been said.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct State {
    participants: Vec<Participant>,
    coordinator: Coordinator,
    /// Whom the coordinator knows to be prepared.
    known: Vec<bool>,
    said: BTreeSet<Message>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Participant {
    Working,
    Prepared,
    Committed,
    Aborted,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Coordinator {
    Waiting,
    Committed,
    Aborted,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Message {
    Prepared(usize),
    Commit,
    Abort,
}

/// What the coordinator does, or a participant, told by its index.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    CoordinatorCommits,
    CoordinatorAborts,
    CoordinatorHearsFrom(usize),
    Prepares(usize),
    AbortsAlone(usize),
    HearsCommit(usize),
    HearsAbort(usize),
}

impl Model for TwoPhaseCommit {
    type State = State;
    type Action = Action;

    fn init_states(&self) -> Vec<State> {
        vec![State {
            participants: vec![Participant::Working; self.participants],
            coordinator: Coordinator::Waiting,
            known: vec![false; self.participants],
            said: BTreeSet::new(),
        }]
    }

    fn actions(&self, state: &State, actions: &mut Vec<Action>) {
        let undecided = state.coordinator == Coordinator::Waiting;
        if undecided && state.known.iter().all(|known| *known) {
            actions.push(Action::CoordinatorCommits);
        }
        if undecided {
            actions.push(Action::CoordinatorAborts);
        }
        for (index, participant) in state.participants.iter().enumerate() {
            if undecided && state.said.contains(&Message::Prepared(index)) {
                actions.push(Action::CoordinatorHearsFrom(index));
            }
            if *participant == Participant::Working {
                actions.extend([Action::Prepares(index), Action::AbortsAlone(index)]);
            }
            if state.said.contains(&Message::Commit) {
                actions.push(Action::HearsCommit(index));
            }
            if state.said.contains(&Message::Abort) {
                actions.push(Action::HearsAbort(index));
            }
        }
    }

    fn next_state(&self, state: &State, action: Action) -> Option<State> {
        let mut next = state.clone();
        match action {
            Action::CoordinatorCommits => {
                next.coordinator = Coordinator::Committed;
                next.said.insert(Message::Commit);
            }
            Action::CoordinatorAborts => {
                next.coordinator = Coordinator::Aborted;
                next.said.insert(Message::Abort);
            }
            Action::CoordinatorHearsFrom(index) => next.known[index] = true,
            Action::Prepares(index) => {
                next.participants[index] = Participant::Prepared;
                next.said.insert(Message::Prepared(index));
            }
            Action::HearsCommit(index) => next.participants[index] = Participant::Committed,
            Action::AbortsAlone(index) | Action::HearsAbort(index) => {
                next.participants[index] = Participant::Aborted;
            }
        }
        Some(next)
    }

    fn properties(&self) -> Vec<Property<Self>> {
        vec![
            Property::sometimes("abort agreement", |_, state: &State| {
                state.all_are(Participant::Aborted)
            }),
            Property::sometimes("commit agreement", |_, state: &State| {
                state.all_are(Participant::Committed)
            }),
            Property::always("consistent", |_, state: &State| {
                let some_is = |which| state.participants.contains(&which);
                !(some_is(Participant::Committed) && some_is(Participant::Aborted))
            }),
        ]
    }
}

impl State {
    fn all_are(&self, which: Participant) -> bool {
        self.participants
            .iter()
            .all(|participant| *participant == which)
    }
}

/// The participants in the order of where they are.
///
/// Participants in the same phase keep their order, even if they differ in other ways. So an orbit
/// may have several representatives, and how many are met depends on the order of the search; the
/// published count is that of a search depth first.
impl Representative for State {
    fn representative(&self) -> Self {
        let mut order: Vec<usize> = (0..self.participants.len()).collect();
        order.sort_by_key(|index| self.participants[*index]);
        self.permuted(&order)
    }
}

impl State {
    /// The participants in the order of all that is known about them: one state for each orbit.
    pub fn in_order(&self) -> Self {
        let mut order: Vec<usize> = (0..self.participants.len()).collect();
        let prepared = |index| self.said.contains(&Message::Prepared(index));
        order.sort_by_key(|index| {
            (
                self.participants[*index],
                self.known[*index],
                prepared(*index),
            )
        });
        self.permuted(&order)
    }

    /// The state in which the participant with the number `order[n]` has the number n.
    pub fn permuted(&self, order: &[usize]) -> Self {
        let mut renamed = vec![0; order.len()];
        for (new, old) in order.iter().enumerate() {
            renamed[*old] = new;
        }
        let rename = |message: &Message| match *message {
            Message::Prepared(index) => Message::Prepared(renamed[index]),
            everybody => everybody,
        };
        State {
            participants: order.iter().map(|old| self.participants[*old]).collect(),
            coordinator: self.coordinator,
            known: order.iter().map(|old| self.known[*old]).collect(),
            said: self.said.iter().map(rename).collect(),
        }
    }
}
