//! What is on its way.
//!
//! A network is taken apart by receiver. An inbox is a sequence of envelopes, by number, in an
//! order that depends on nothing but them: by value where the network has no order, and sender by
//! sender, each as it was sent, where it has one. So equal inboxes are equal sequences, and what
//! can be delivered comes in the order in which Stateright delivers it. One inbox more has what is
//! addressed to nobody.

use std::cmp::Ordering;
use std::fmt::Debug;
use std::hash::Hash;

use stateright::actor::{Envelope, Id, Network};

use crate::intern::Interner;

/// The kinds of network.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Order {
    /// None, and what was delivered can be delivered again: a set.
    Duplicating,
    /// None, and what was delivered is gone: a bag.
    NonDuplicating,
    /// From one sender to one receiver, messages arrive in the order in which they were sent.
    Ordered,
}

/// The envelopes and inboxes of a model, each once.
pub(super) struct Inboxes<M> {
    pub(super) order: Order,
    actors: usize,
    /// All who ever send, in order: the actors, and those of whom the first network has something.
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

    /// The place of the inbox to which an envelope goes.
    pub(super) fn receiver(&self, id: u32) -> usize {
        usize::from(self.envelope(id).dst).min(self.actors)
    }

    /// The place of the one who sent an envelope, among all who ever send.
    pub(super) fn sender(&self, id: u32) -> usize {
        let found = self.senders.binary_search(&self.envelope(id).src);
        found.unwrap_or_else(|place| place)
    }

    /// The inboxes of a network, and the envelope that a duplicating network delivered last.
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

    /// The envelopes of an inbox that can be delivered or lost, each once, in order.
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

    /// The inbox with one envelope less.
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
