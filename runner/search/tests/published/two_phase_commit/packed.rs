//! Two-phase commit with each state in one number.
//!
//! ```text
//! bit  61  60 | 59 … 4 | 3      2     1  0
//!      │   │    others   │      │     └──┴─ where participant 0 is
//!      │   │             │      └─ whether it said that it is prepared
//!      │   │             └─ whether the coordinator knows
//!      └───┴─ whether the coordinator aborted, or committed, and said so
//! ```

use stateright::{Model, Property};

use super::{Action, Coordinator, Message, Participant, State};

const WIDTH: usize = 4;
const PLACE: u64 = 0b11;
const SAID: u64 = 0b100;
const KNOWN: u64 = 0b1000;

const PREPARED: u64 = 0b01;
const COMMITTED: u64 = 0b10;
const ABORTED: u64 = 0b11;

const COMMIT: u64 = 1 << 60;
const ABORT: u64 = 1 << 61;

/// The same graph as that of [`super::TwoPhaseCommit`], for up to 15 participants.
#[derive(Clone)]
pub struct Packed {
    participants: usize,
    /// The lowest bit of every participant: times a pattern, it is that pattern for each.
    every: u64,
}

impl Packed {
    /// So many participants.
    ///
    /// # Panics
    ///
    /// If there are more than 15.
    pub fn new(participants: usize) -> Self {
        assert!(participants <= 15, "{participants} participants do not fit");
        let every = (0..participants).fold(0, |every, index| every | at(index, 1));
        Packed {
            participants,
            every,
        }
    }

    fn all_are(&self, place: u64, state: u64) -> bool {
        state & (self.every * PLACE) == self.every * place
    }
}

/// These bits of this participant.
fn at(index: usize, bits: u64) -> u64 {
    bits << (WIDTH * index)
}

/// The state with this participant at that place.
fn moved(state: u64, index: usize, place: u64) -> u64 {
    state & !at(index, PLACE) | at(index, place)
}

/// The number of a state.
pub fn pack(state: &State) -> u64 {
    let coordinator = match state.coordinator {
        Coordinator::Waiting => 0,
        Coordinator::Committed => COMMIT,
        Coordinator::Aborted => ABORT,
    };
    let participants = state.participants.iter().zip(&state.known).enumerate();
    participants.fold(coordinator, |packed, (index, (participant, known))| {
        let place = match participant {
            Participant::Working => 0,
            Participant::Prepared => PREPARED,
            Participant::Committed => COMMITTED,
            Participant::Aborted => ABORTED,
        };
        let said = state.said.contains(&Message::Prepared(index));
        let said = if said { SAID } else { 0 };
        let known = if *known { KNOWN } else { 0 };
        packed | at(index, place | said | known)
    })
}

impl Model for Packed {
    type State = u64;
    type Action = Action;

    fn init_states(&self) -> Vec<u64> {
        vec![0]
    }

    fn actions(&self, state: &u64, actions: &mut Vec<Action>) {
        let undecided = state & (COMMIT | ABORT) == 0;
        let all_known = self.every * KNOWN;
        if undecided && state & all_known == all_known {
            actions.push(Action::CoordinatorCommits);
        }
        if undecided {
            actions.push(Action::CoordinatorAborts);
        }
        for index in 0..self.participants {
            if undecided && state & at(index, SAID) != 0 {
                actions.push(Action::CoordinatorHearsFrom(index));
            }
            if state & at(index, PLACE) == 0 {
                actions.extend([Action::Prepares(index), Action::AbortsAlone(index)]);
            }
            if state & COMMIT != 0 {
                actions.push(Action::HearsCommit(index));
            }
            if state & ABORT != 0 {
                actions.push(Action::HearsAbort(index));
            }
        }
    }

    fn next_state(&self, state: &u64, action: Action) -> Option<u64> {
        Some(match action {
            Action::CoordinatorCommits => state | COMMIT,
            Action::CoordinatorAborts => state | ABORT,
            Action::CoordinatorHearsFrom(index) => state | at(index, KNOWN),
            Action::Prepares(index) => moved(*state, index, PREPARED) | at(index, SAID),
            Action::HearsCommit(index) => moved(*state, index, COMMITTED),
            Action::AbortsAlone(index) | Action::HearsAbort(index) => moved(*state, index, ABORTED),
        })
    }

    fn properties(&self) -> Vec<Property<Self>> {
        vec![
            Property::sometimes("abort agreement", |model: &Packed, state: &u64| {
                model.all_are(ABORTED, *state)
            }),
            Property::sometimes("commit agreement", |model: &Packed, state: &u64| {
                model.all_are(COMMITTED, *state)
            }),
            // The places of those that ended have their upper bit set, and the lower one tells how.
            Property::always("consistent", |model: &Packed, state: &u64| {
                let ended = (state >> 1) & model.every;
                ended & state == 0 || ended & !state == 0
            }),
        ]
    }
}
