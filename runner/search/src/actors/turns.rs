//! Computes the steps of a state from its parts.
//!
//! The possible steps of a seat, and their effects on the seat, depend only on the seat. They are
//! computed when the seat is first found, and looked up afterwards. For each step it remains to
//! deliver the sent messages and to record the step in the history.

use stateright::actor::LossyNetwork;

use super::handlers::{Effect, Outcome};
use super::inboxes::Order;
use super::{ActionOf, History, Interned, Participant, number};
use crate::Label;

/// An actor with its inbox.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Seat {
    pub(super) local: u32,
    pub(super) inbox: u32,
}

/// The parts of a state that belong to no actor.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Rest {
    pub(super) history: u32,
    /// The envelope that a duplicating network delivered last.
    pub(super) last: Option<u32>,
    /// The inbox for receivers that are not actors.
    pub(super) astray: u32,
}

/// The kinds of action, in Stateright's order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    Drop,
    Deliver,
    Timeout,
    Crash,
    Recover,
    SelectRandom,
}

/// A possible step of a part.
#[derive(Debug, Clone, Copy)]
pub(super) struct Turn {
    pub(super) kind: Kind,
    pub(super) label: Label,
    /// The sender of the message; steps of the same kind are sorted by it.
    pub(super) sender: u32,
    /// The number of the part after the step.
    pub(super) after: u32,
    pub(super) effect: u32,
}

impl<A: Participant, C, H: History> Interned<'_, A, C, H> {
    /// The steps of a state, in Stateright's order, each with the index of its part.
    pub(super) fn gather(&self, leaves: &[u32], turns: &mut Vec<(Turn, usize)>) {
        turns.clear();
        let (seats, rest) = leaves.split_at(self.model.actors.len());
        let mut down = 0;
        for (place, id) in seats.iter().enumerate() {
            let of = self.seats.info(*id, |seat| self.turns(*seat));
            down += usize::from(of.iter().any(|turn| turn.kind == Kind::Recover));
            turns.extend(of.iter().map(|turn| (*turn, place)));
        }
        let of = self.rests.info(rest[0], |rest| self.losses_astray(*rest));
        turns.extend(of.iter().map(|turn| (*turn, seats.len())));
        if down >= self.model.max_crashes {
            turns.retain(|(turn, _)| turn.kind != Kind::Crash);
        }
        // Steps with equal keys are already in order, by receiver and by message.
        turns.sort_by_key(|(turn, _)| (turn.kind, turn.sender));
    }

    fn turns(&self, seat: Seat) -> Box<[Turn]> {
        let Seat { local, inbox } = seat;
        let mut turns = self.losses(inbox, |inbox| self.seats.id(Seat { local, inbox }));
        for envelope in self.mail.deliverable(inbox) {
            let key = (local, envelope);
            let delivery = |_: &(u32, u32)| self.delivery(local, envelope);
            let Some(outcome) = self.deliveries.get_or(key, delivery) else {
                continue;
            };
            let inbox = match self.mail.order {
                Order::Duplicating => inbox,
                Order::NonDuplicating | Order::Ordered => self.mail.without(inbox, envelope),
            };
            turns.push(Turn {
                sender: number(self.mail.sender(envelope)),
                ..self.turn(Kind::Deliver, outcome, inbox)
            });
        }
        let own = self.locals.info(local, |local| self.own(local));
        let crash = match self.locals.get(local).crashed {
            true => Kind::Recover,
            false => Kind::Crash,
        };
        let mut add = |kind: Kind, outcomes: &[Outcome]| {
            turns.extend(
                outcomes
                    .iter()
                    .map(|outcome| self.turn(kind, *outcome, inbox)),
            );
        };
        add(Kind::Timeout, &own.timeouts);
        add(crash, own.crash.as_slice());
        add(Kind::SelectRandom, &own.choices);
        turns.into()
    }

    fn turn(&self, kind: Kind, outcome: Outcome, inbox: u32) -> Turn {
        let Outcome {
            label,
            local,
            effect,
        } = outcome;
        Turn {
            kind,
            label,
            sender: 0,
            after: self.seats.id(Seat { local, inbox }),
            effect,
        }
    }

    fn losses_astray(&self, rest: Rest) -> Box<[Turn]> {
        let after = |astray: u32| self.rests.id(Rest { astray, ..rest });
        self.losses(rest.astray, after).into()
    }

    /// The possible losses of messages from an inbox. `after` returns the part with the given
    /// inbox.
    fn losses(&self, inbox: u32, after: impl Fn(u32) -> u32) -> Vec<Turn> {
        if self.model.lossy_network == LossyNetwork::No {
            return Vec::new();
        }
        let lose = |envelope: u32| Turn {
            kind: Kind::Drop,
            label: self.label(&ActionOf::<A>::Drop(self.mail.envelope(envelope).clone())),
            sender: number(self.mail.sender(envelope)),
            after: after(self.mail.without(inbox, envelope)),
            effect: self.nothing,
        };
        self.mail.deliverable(inbox).map(lose).collect()
    }

    /// The part at this index, with one more envelope in its inbox.
    pub(super) fn posted(&self, place: usize, part: u32, envelope: u32) -> u32 {
        if place < self.model.actors.len() {
            let Seat { local, inbox } = *self.seats.get(part);
            let inbox = self.mail.with(inbox, envelope);
            self.seats.id(Seat { local, inbox })
        } else {
            let rest = *self.rests.get(part);
            let astray = self.mail.with(rest.astray, envelope);
            self.rests.id(Rest { astray, ..rest })
        }
    }

    /// The parts that belong to no actor, after a step.
    pub(super) fn recorded(&self, rest: u32, effect: &Effect) -> u32 {
        let before = *self.rests.get(rest);
        let last = match self.mail.order {
            Order::Duplicating => effect.heard.or(before.last),
            Order::NonDuplicating | Order::Ordered => None,
        };
        let history = self.history(before.history, effect);
        self.rests.id(Rest {
            history,
            last,
            ..before
        })
    }
}
