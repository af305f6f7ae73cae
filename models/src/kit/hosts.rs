//! The endpoints of a system: the first one, and further ones that crash independently of it.

use std::fmt;
use std::sync::Arc;

use serde::de::DeserializeOwned;
use stateright::actor::Id;

use super::fault::kept;
use super::happening::Happening;
use super::replay::Handler;
use super::world::World;
use crate::value::{Value, from_value};

/// The partition of each message of an ordered queue. Messages of one partition are handed out in their
/// order, one at a time; messages of different partitions have no order.
#[derive(Clone)]
pub struct Partition(Arc<dyn Fn(&Value) -> Value + Send + Sync>);

impl Partition {
    /// Messages with the same key are one partition. A message of another type is a partition of its own.
    pub fn by<M: DeserializeOwned, K: Into<Value>>(
        key: impl Fn(&M) -> K + Send + Sync + 'static,
    ) -> Self {
        let of = move |message: &Value| match from_value::<M>(message) {
            Ok(typed) => key(&typed).into(),
            Err(_) => message.clone(),
        };
        Partition(Arc::new(of))
    }

    /// The partition of a message.
    pub fn of(&self, message: &Value) -> Value {
        (self.0)(message)
    }
}

impl fmt::Debug for Partition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Partition")
    }
}

/// An endpoint besides the first one. It has its own queue, slots and history, and crashes
/// independently.
///
/// If a system has such endpoints, the names of steps and variables of the view contain the endpoint's
/// name: `ShopCrashes` and `shopIncoming` instead of `Crash` and `incoming`.
#[derive(Debug, Clone)]
pub struct Further {
    /// Its name.
    pub name: &'static str,
    /// The number of messages that it can handle at the same time.
    pub slots: usize,
    /// The code that handles a message, or runs when it wakes up.
    pub handler: Handler,
    /// For an endpoint that polls: whether it wakes up now. One of its slots then starts without a
    /// message, with [`wake_up`] in its place, and again as long as this is true.
    pub wakes: Option<fn(&World) -> bool>,
    /// The outputs of other endpoints of which it receives a copy.
    pub subscribes: &'static [&'static str],
    /// If its queue is ordered: the partition of each message. Otherwise any message that waits may be
    /// the next one.
    pub ordered_by: Option<Partition>,
    /// Every message that it may receive: the constant `Messages` of its instance in TLA+.
    pub messages: Vec<Value>,
    /// The outputs that every message causes.
    pub outputs: &'static [&'static str],
}

/// The value that a slot works on after it has woken up without a message.
pub fn wake_up() -> Value {
    Value::record([("type", Value::str("WakeUp"))])
}

impl Further {
    /// An endpoint with one slot that receives no messages, but wakes up as long as this is true.
    pub fn poller(name: &'static str, wakes: fn(&World) -> bool, handler: Handler) -> Self {
        Further {
            wakes: Some(wakes),
            ..Further::new(name, Vec::new(), handler)
        }
    }

    /// An endpoint with one slot and no subscriptions, which receives these messages if they are sent
    /// to it.
    pub fn new(name: &'static str, messages: Vec<Value>, handler: Handler) -> Self {
        Further {
            name,
            slots: 1,
            handler,
            wakes: None,
            subscribes: &[],
            ordered_by: None,
            messages,
            outputs: &[],
        }
    }
}

/// An endpoint of a system.
#[derive(Debug, Clone)]
pub struct Host {
    /// Its index among the actors.
    pub(super) id: Id,
    /// Its name.
    pub name: &'static str,
    /// The number of its first slot, counted over all endpoints.
    pub first_slot: usize,
    /// How many slots it has.
    pub slots: usize,
    pub(super) handler: Handler,
    pub(super) wakes: Option<fn(&World) -> bool>,
    pub(super) subscribes: &'static [&'static str],
    pub(super) ordered_by: Option<Partition>,
    /// The messages that it may receive.
    pub messages: Vec<Value>,
    /// The outputs that every message causes.
    pub outputs: &'static [&'static str],
    /// The prefix of the names of its steps and variables, if there are several endpoints.
    prefix: Option<&'static str>,
    /// The names of its steps, by kind.
    actions: Vec<&'static str>,
}

impl Host {
    /// An endpoint. If there are several, its steps and variables have its name as a prefix.
    pub(super) fn new(declared: &Further, id: Id, first_slot: usize, prefixed: bool) -> Self {
        let prefix = prefixed.then_some(declared.name);
        Host {
            id,
            name: declared.name,
            first_slot,
            slots: declared.slots,
            handler: declared.handler.clone(),
            wakes: declared.wakes,
            subscribes: declared.subscribes,
            ordered_by: declared.ordered_by.clone(),
            messages: declared.messages.clone(),
            outputs: declared.outputs,
            prefix,
            actions: names(prefix),
        }
    }

    /// Whether it has no queue and wakes up by itself.
    pub fn polls(&self) -> bool {
        self.wakes.is_some()
    }

    /// Whether it wakes up now.
    pub(super) fn wakes_up(&self, world: &World) -> bool {
        self.wakes.is_some_and(|wakes| wakes(world))
    }

    pub(super) fn actor(&self) -> usize {
        self.id.into()
    }

    /// Whether it receives a copy of each message published as this output.
    pub fn subscribes(&self, output: &str) -> bool {
        self.subscribes.contains(&output)
    }

    /// The name of one of its steps.
    pub fn action(&self, kind: Happening) -> &'static str {
        self.actions[kind as usize]
    }

    /// The variable of the view that has this name if there is one endpoint: "shopIncoming".
    pub fn variable(&self, name: &str) -> String {
        match self.prefix {
            Some(prefix) => prefixed(prefix, name),
            None => name.to_owned(),
        }
    }
}

/// The name of a variable, prefixed with the name of a participant: "shopIncoming".
pub(super) fn prefixed(prefix: &str, name: &str) -> String {
    let mut letters = prefix.chars();
    let lower = letters.next().map(|first| first.to_ascii_lowercase());
    let mut of = name.chars();
    let upper = of.next().map(|first| first.to_ascii_uppercase());
    let words = lower.into_iter().chain(letters).chain(upper).chain(of);
    words.collect()
}

fn names(endpoint: Option<&str>) -> Vec<&'static str> {
    let kinds = Happening::ALL.into_iter();
    kinds.map(|kind| kept(kind.action(endpoint))).collect()
}
