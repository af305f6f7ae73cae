//! The receiver of the link: its reaction to a frame, and the guarantees about both sides.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::{Delivery, LinkState};
use crate::kit::clause::{Clause, every};
use crate::kit::document::MessageId;
use crate::kit::guarantees::{About, Guarantee, When, once_all_is_done};
use crate::kit::system::{State, System};
use crate::value::{Set, Value};

/// The frames that the receiver accepts.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
#[serde(tag = "ask")]
pub(super) enum Frame {
    /// Transfer a message.
    Transfer {
        /// The message.
        id: MessageId,
        /// Whether the sender will settle it later. If not, the receiver need not remember it.
        remember: bool,
    },
    /// Settle a message: it will not be sent again.
    Settle {
        /// The message.
        id: MessageId,
    },
}

/// What the receiver answers.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub(super) enum Reply {
    /// The message has had its effect.
    Accepted,
    /// The message is forgotten.
    Settled,
}

/// The receiver.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(super) struct Receiver {
    /// How often each message had its effect.
    pub(super) effects: BTreeMap<MessageId, u8>,
    /// The received messages that the sender has not settled.
    pub(super) unsettled: Set<MessageId>,
}

impl Receiver {
    fn of(system: &System, state: &State) -> Self {
        system.memory(state).unwrap_or_default()
    }

    pub(super) fn answer(&mut self, frame: Frame) -> Reply {
        match frame {
            Frame::Transfer { id, remember } => {
                if !self.unsettled.contains(&id) {
                    *self.effects.entry(id).or_default() += 1;
                }
                if remember {
                    self.unsettled.insert(id);
                }
                Reply::Accepted
            }
            Frame::Settle { id } => {
                self.unsettled.remove(&id);
                Reply::Settled
            }
        }
    }

    /// A description of its reaction to a frame, given its memory before.
    pub(super) fn says(&self, frame: &Frame) -> String {
        match *frame {
            Frame::Transfer { id, .. } if self.unsettled.contains(&id) => {
                format!("has message {id} already, and accepts it once more")
            }
            Frame::Transfer { id, .. } => format!("handles message {id} and accepts it"),
            Frame::Settle { id } => format!("forgets message {id}"),
        }
    }

    /// A restart of a receiver that has its link state only in memory.
    pub(super) fn forget(&self) -> Vec<Self> {
        let restarted = Receiver {
            unsettled: Set::new(),
            ..self.clone()
        };
        let forgets = !self.unsettled.is_empty();
        forgets.then_some(restarted).into_iter().collect()
    }
}

pub(super) const NO_DOUBLE_DELIVERY: Guarantee = Guarantee {
    name: "NoDoubleDelivery",
    promise: "no message has its effect at the receiver twice",
    when: When::Always,
    about: About::Durable,
    holds: |system, state| every(at_most_once(system, state)),
    clauses: at_most_once,
};

pub(super) const DELIVERED: Guarantee = Guarantee {
    name: "Delivered",
    promise: "once all is done, every message has had its effect at the receiver",
    when: When::Always,
    about: About::AtRest,
    holds: |system, state| !system.at_rest(state) || every(at_least_once(system, state)),
    clauses: |system, state| once_all_is_done(system, state, at_least_once),
};

pub(super) const BOTH_FORGET: Guarantee = Guarantee {
    name: "BothForget",
    promise: "once all is done, neither side remembers a message",
    when: When::Always,
    about: About::AtRest,
    holds: |system, state| !system.at_rest(state) || every(forgotten(system, state)),
    clauses: |system, state| once_all_is_done(system, state, forgotten),
};

fn at_most_once(system: &System, state: &State) -> Vec<Clause> {
    each_message(system, state, |id, times| {
        let expected = format!("message {id} has its effect at most once");
        Clause::new(expected, times <= 1).but(format!("it had it {times} times"))
    })
}

fn at_least_once(system: &System, state: &State) -> Vec<Clause> {
    each_message(system, state, |id, times| {
        Clause::new(format!("message {id} has had its effect"), times > 0).but("it never arrived")
    })
}

fn each_message(
    system: &System,
    state: &State,
    clause: impl Fn(MessageId, u8) -> Clause,
) -> Vec<Clause> {
    let effects = Receiver::of(system, state).effects.into_iter();
    let clause = |(id, times)| clause(id, times).at(format!("provider.effects[{id}]"));
    effects.map(clause).collect()
}

fn forgotten(system: &System, state: &State) -> Vec<Clause> {
    let kept = state.world.documents::<Delivery>().into_iter();
    let kept: Vec<_> = kept
        .map(|(id, _)| format!("that of message {id} is"))
        .collect();
    let unsettled = Receiver::of(system, state).unsettled;
    let known = unsettled.iter().map(|id| format!("message {id}"));
    let known: Vec<_> = known.collect();
    vec![
        Clause::new("no delivery is left at the sender", kept.is_empty())
            .but(kept.join(", "))
            .at("deliveries"),
        Clause::new("the receiver remembers no message", known.is_empty())
            .but(format!("it remembers {}", known.join(", ")))
            .at("provider.unsettled"),
    ]
}

/// How many messages are remembered because they were accepted, and how many are in flight.
pub(super) fn remembered(system: &System, state: &State) -> (usize, usize) {
    let deliveries = state.world.documents::<Delivery>().into_iter();
    let accepted = deliveries.filter(|(_, delivery)| delivery.state == LinkState::Accepted);
    let mut ids: BTreeSet<_> = accepted.map(|(id, _)| id).collect();
    let unsettled = Receiver::of(system, state).unsettled;
    ids.extend(unsettled.iter().map(|id| Value::from(*id)));
    (ids.len(), system.in_flight(state).len())
}
