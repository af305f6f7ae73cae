//! Represents the network: the messages in transit.
//!
//! The network is split by receiver. An inbox is a sequence of envelope numbers in a canonical
//! order: sorted by value if the network is unordered, else grouped by sender in the order of
//! sending. So equal inboxes are equal sequences, and envelopes are delivered in the same order as
//! by Stateright. One additional inbox contains the messages to receivers that are not actors.

use std::cmp::Ordering;
use std::fmt::Debug;
use std::hash::Hash;

use stateright::actor::{Envelope, Id, Network};

use crate::intern::Interner;

/// The kinds of network.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Order {
    /// Unordered, and a delivered message can be delivered again: a set.
    Duplicating,
    /// Unordered, and a delivered message is removed: a bag.
    NonDuplicating,
    /// Ordered: messages from one sender to one receiver arrive in the order of sending.
    Ordered,
}

/// The envelopes and inboxes of a model, each stored once.
pub(super) struct Inboxes<M> {
    pub(super) order: Order,
    actors: usize,
    /// All senders, in order: the actors, and the senders of messages in the initial network.
    senders: Vec<Id>,
    envelopes: Interner<Envelope<M>>,
    inboxes: Interner<Box<[u32]>>,
}

impl<M: Clone + Debug + Eq + Hash + Ord> Inboxes<M> {
    pub(super) fn new(actors: usize, first: &Network<M>) -> Self {
        let mut senders: Vec<Id> = (0..actors).map(Id::from).collect();
        let order = match first {
            Network::UnorderedDuplicating(set, _) => {
                senders.extend(set.iter().map(|envelope| envelope.src));
                Order::Duplicating
            }
            Network::UnorderedNonDuplicating(bag) => {
                senders.extend(bag.keys().map(|envelope| envelope.src));
                Order::NonDuplicating
            }
            Network::Ordered(channels) => {
                senders.extend(channels.keys().map(|(src, _)| *src));
                Order::Ordered
            }
        };
        senders.sort_unstable();
        senders.dedup();
        Inboxes {
            order,
            actors,
            senders,
            envelopes: Interner::new(),
            inboxes: Interner::new(),
        }
    }

    pub(super) fn envelope(&self, id: u32) -> &Envelope<M> {
        self.envelopes.get(id)
    }

    pub(super) fn id_of(&self, envelope: &Envelope<M>) -> u32 {
        self.envelopes.id_of(envelope)
    }

    pub(super) fn inbox(&self, id: u32) -> &[u32] {
        self.inboxes.get(id)
    }

    /// The index of the inbox that an envelope goes to.
    pub(super) fn receiver(&self, id: u32) -> usize {
        usize::from(self.envelope(id).dst).min(self.actors)
    }

    /// The index of an envelope's sender in the list of senders.
    pub(super) fn sender(&self, id: u32) -> usize {
        let found = self.senders.binary_search(&self.envelope(id).src);
        found.unwrap_or_else(|place| place)
    }

    /// Splits a network into inboxes, and the envelope that a duplicating network delivered last.
    pub(super) fn sort(&self, network: &Network<M>) -> (Vec<u32>, Option<u32>) {
        let mut inboxes = vec![Vec::new(); self.actors + 1];
        let mut put = |envelope: &Envelope<M>, times: usize| {
            let id = self.id_of(envelope);
            let inbox: &mut Vec<u32> = &mut inboxes[self.receiver(id)];
            inbox.resize(inbox.len() + times, id);
        };
        let mut last = None;
        match network {
            Network::UnorderedDuplicating(set, delivered) => {
                set.iter().for_each(|envelope| put(envelope, 1));
                last = delivered.as_ref().map(|envelope| self.id_of(envelope));
            }
            Network::UnorderedNonDuplicating(bag) => {
                bag.iter()
                    .for_each(|(envelope, times)| put(envelope, *times));
            }
            Network::Ordered(channels) => {
                for ((src, dst), messages) in channels {
                    let (src, dst) = (*src, *dst);
                    let envelopes = messages.iter().cloned();
                    let envelopes = envelopes.map(|msg| Envelope { src, dst, msg });
                    envelopes.for_each(|envelope| put(&envelope, 1));
                }
            }
        }
        if self.order != Order::Ordered {
            for inbox in &mut inboxes {
                inbox.sort_by(|a, b| self.compare(*a, *b));
            }
        }
        let ids = inboxes
            .into_iter()
            .map(|inbox| self.inboxes.id(inbox.into()));
        (ids.collect(), last)
    }

    /// The envelopes of an inbox that can be delivered or lost, without repetition, in order.
    pub(super) fn deliverable(&self, inbox: u32) -> impl Iterator<Item = u32> {
        let mut before = None;
        self.inbox(inbox).iter().copied().filter(move |id| {
            let waits = before.is_some_and(|before| match self.order {
                Order::Ordered => self.channel(before) == self.channel(*id),
                _ => before == *id,
            });
            before = Some(*id);
            !waits
        })
    }

    /// The inbox with one more envelope.
    pub(super) fn with(&self, inbox: u32, envelope: u32) -> u32 {
        let before = self.inbox(inbox);
        let place = match self.order {
            Order::Ordered => {
                let channel = self.channel(envelope);
                before.partition_point(|id| self.channel(*id) <= channel)
            }
            _ => before.partition_point(|id| self.compare(*id, envelope) == Ordering::Less),
        };
        if self.order == Order::Duplicating && before.get(place) == Some(&envelope) {
            return inbox;
        }
        let (left, right) = before.split_at(place);
        self.inboxes.id([left, &[envelope], right].concat().into())
    }

    /// The inbox without one of these envelopes.
    pub(super) fn without(&self, inbox: u32, envelope: u32) -> u32 {
        let before = self.inbox(inbox);
        let Some(place) = before.iter().position(|id| *id == envelope) else {
            return inbox;
        };
        let (left, right) = (&before[..place], &before[place + 1..]);
        self.inboxes.id([left, right].concat().into())
    }

    fn channel(&self, id: u32) -> (Id, Id) {
        let envelope = self.envelope(id);
        (envelope.src, envelope.dst)
    }

    fn compare(&self, a: u32, b: u32) -> Ordering {
        if a == b {
            return Ordering::Equal;
        }
        self.envelope(a).cmp(self.envelope(b))
    }

    pub(super) fn bytes(&self) -> usize {
        self.envelopes.bytes(|_, _| 0) + self.inboxes.bytes(|inbox, _| size_of_val(&**inbox))
    }
}
