//! Ordered queues: which messages are handed out next, and the order at the start.
//!
//! The messages that wait are in the network, a multiset, whether their queue is ordered or not. For an
//! ordered queue the world keeps the order as well (`World::order`): a sequence for each partition.
//! A message is handed out if it is the first of its partition and no slot has the lease of another
//! message of that partition. A message that is given back is the first again, a message that is sent is
//! the last, and a duplicate stands directly behind its original. A slot whose lease has expired does not
//! hold its partition back.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::actors::Slot;
use super::system::{State, System};
use super::world::Order;
use crate::value::Value;

impl System {
    /// The messages that an idle slot of an endpoint may start on.
    pub fn deliverable(&self, endpoint: usize, state: &State) -> Vec<Value> {
        let waiting = self.queue(endpoint, state).into_keys();
        let ordered = self.hosts[endpoint].ordered_by.as_ref();
        let Some((partition, order)) = ordered.zip(state.world.order.get(&endpoint)) else {
            return waiting.collect();
        };
        let held = self.held_partitions(endpoint, state);
        let is_next = |message: &Value| {
            let partition = partition.of(message);
            let first = order.get(&partition).and_then(|queue| queue.first());
            first == Some(message) && !held.contains(&partition)
        };
        let next = waiting.filter(|message| self.is_request(endpoint, message) || is_next(message));
        next.collect()
    }

    /// The partitions of which a slot has the lease of a message.
    fn held_partitions(&self, endpoint: usize, state: &State) -> BTreeSet<Value> {
        let host = &self.hosts[endpoint];
        let slots = self.slots_at(endpoint, state).iter().enumerate();
        let held = slots.filter_map(|(place, slot)| match slot {
            Slot::Busy(work) if state.world.leases.contains(&(host.actor(), place)) => {
                Some(host.ordered_by.as_ref()?.of(&work.message))
            }
            _ => None,
        });
        held.collect()
    }

    /// The order of the messages of each ordered queue at the start: as the endpoint lists them, copies
    /// behind each other.
    pub(super) fn order_at_start(&self, start: &State) -> BTreeMap<usize, Arc<Order>> {
        let hosts = self.hosts.iter().enumerate();
        let ordered = hosts.filter_map(|(number, host)| {
            let partition = host.ordered_by.as_ref()?;
            let waiting = self.queue(number, start);
            let mut order = Order::new();
            for message in &host.messages {
                let queue = order.entry(partition.of(message)).or_default();
                let copies = match self.is_request(number, message) {
                    true => 0,
                    false => waiting.get(message).copied().unwrap_or(0),
                };
                queue.extend(std::iter::repeat_n(message.clone(), copies));
            }
            Some((number, Arc::new(order)))
        });
        ordered.collect()
    }
}
