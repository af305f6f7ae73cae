//! The steps of a state, part by part.
//!
//! Which steps a seat allows, and what becomes of it, depends on the seat alone: it is worked out
//! when the seat is first met, and found there ever after. What is left to do for a step is to
//! post what it sends and to record it.

use stateright::actor::LossyNetwork;

use super::handlers::{Effect, Outcome};
use super::inboxes::Order;
use super::{ActionOf, History, Interned, Participant, number};
use crate::Label;

/// An actor with what is on its way to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Seat {
    pub(super) local: u32,
    pub(super) inbox: u32,
}

/// What belongs to no actor.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Rest {
    pub(super) history: u32,
    /// What a duplicating network delivered last.
    pub(super) last: Option<u32>,
    /// The inbox of nobody.
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

/// A step that a part allows.
#[derive(Debug, Clone, Copy)]
pub(super) struct Turn {
    pub(super) kind: Kind,
    pub(super) label: Label,
    /// Among the steps of its kind, those of other senders come before or after it.
    pub(super) sender: u32,
    /// What becomes of the part.
    pub(super) after: u32,
    pub(super) effect: u32,
}

impl<A: Participant, C, H: History> Interned<'_, A, C, H> {
    /// The steps of a state, in Stateright's order, each with the place of its part.
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
        // What is equal here is in order already: by receiver, and by message.
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

    /// What can be lost of an inbox; `after` says what becomes of the part with the inbox.
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

    /// The part at this place, with one more envelope on its way to it.
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

    /// What belongs to no actor, after a step.
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
