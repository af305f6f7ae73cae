//! A message joins or leaves a queue: the network contains it, and for an ordered queue the world keeps
//! its place.

use std::sync::Arc;

use stateright::actor::{ActorModelAction, Envelope, Id, Network};

use super::Change;
use crate::kit::actors::Msg;
use crate::value::Value;

/// Where a message joins an ordered queue.
#[derive(Clone, Copy)]
pub(in crate::kit) enum Place {
    /// Behind all others: it was sent.
    Last,
    /// Before all others: it was given back.
    First,
    /// Directly behind an equal one: it is a duplicate.
    BehindItself,
}

impl Change<'_> {
    /// A message is sent to a participant.
    pub(in crate::kit) fn put(&mut self, src: Id, dst: Id, msg: Msg) {
        self.put_at(Place::Last, src, dst, msg);
    }

    /// A message joins the queue of a participant at this place.
    pub(in crate::kit) fn put_at(&mut self, place: Place, src: Id, dst: Id, msg: Msg) {
        self.ordered(dst, &msg, |queue, message| {
            let at = match place {
                Place::First => 0,
                Place::BehindItself => {
                    let itself = queue.iter().position(|other| other == message);
                    itself.map_or(queue.len(), |place| place + 1)
                }
                Place::Last => queue.len(),
            };
            queue.insert(at, message.clone());
        });
        if let Network::UnorderedNonDuplicating(envelopes) = &mut self.state.actors.network {
            *envelopes.entry(Envelope { src, dst, msg }).or_insert(0) += 1;
        }
    }

    /// A message reaches its participant, which reacts. Returns `None` if it ignores the message.
    pub(in crate::kit) fn deliver(&mut self, src: Id, dst: Id, msg: Msg) -> Option<()> {
        self.leaves_queue(dst, &msg);
        self.act(ActorModelAction::Deliver { src, dst, msg })
    }

    /// A message disappears on its way.
    pub(in crate::kit) fn drop(&mut self, src: Id, dst: Id, msg: Msg) -> Option<()> {
        self.leaves_queue(dst, &msg);
        self.act(ActorModelAction::Drop(Envelope { src, dst, msg }))
    }

    fn leaves_queue(&mut self, dst: Id, msg: &Msg) {
        self.ordered(dst, msg, |queue, message| {
            if let Some(first) = queue.iter().position(|other| other == message) {
                queue.remove(first);
            }
        });
    }

    /// Changes the partition of a message, if the queue of its endpoint is ordered.
    fn ordered(&mut self, dst: Id, msg: &Msg, change: impl Fn(&mut Vec<Value>, &Value)) {
        if self.state.world.order.is_empty() {
            return;
        }
        let hosts = self.system.hosts.iter();
        let number = hosts.enumerate().find(|(_, host)| host.id == dst);
        let (Some((number, host)), Msg::Message(message)) = (number, msg) else {
            return;
        };
        if self.system.is_request(number, message) {
            return;
        }
        let order = self.state.world.order.get_mut(&number);
        if let Some((partition, order)) = host.ordered_by.as_ref().zip(order) {
            let queue = Arc::make_mut(order).entry(partition.of(message));
            change(queue.or_default(), message);
        }
    }
}
