//! Deduplication with tokens: a message is processed only while its token exists.
//!
//! An outbox remembers every message it has ever processed. Tokens reverse this. The sender of a message
//! first creates a token for it. The receiver processes the message only if the token exists, and deletes
//! the token when it is done. If there is no token, the message was processed before. So nothing has to
//! be remembered about the past, and nothing is forgotten too early.
//!
//! ```text
//!   Broker ──command──▶ Orders ──event, token──▶ Billing
//!                       │    │                   │
//!                     order  └─────▶ tokens ◀────┘
//! ```
//!
//! The order keeps what is still to be published as a *pending* entry, saved together with the
//! line; the entry says "processed, not yet dispatched". The command's token is looked up *after*
//! the order is loaded: were it looked up first, another slot could process the command, delete
//! the token and remove the entry in between, and the order would look untouched.
//!
//! What is hard is the token of the event. Its receiver takes a new token for a new event:
//!
//! * **Regenerated**: every dispatch draws a token and creates it. After a crash the event goes
//!   out again under a second token, and the line is charged twice.
//! * **Recreated**: the token is always the same, derived from the command, and every dispatch
//!   creates it. That brings back a token which the consumer has used and deleted.
//! * **Persisted first**: the token is drawn once and saved in the entry, and then created. After a crash
//!   in between, the next attempt finds it saved and assumes that it was created. The event is published,
//!   the consumer finds no token, takes it for a duplicate and drops it.
//! * **Checkpoint**: the token is created first and then saved. Only a token that is saved is
//!   ever sent, and a token that is saved has been created.
//!
//! What it costs: three more round trips, a store of tokens that sender and receiver share, and
//! garbage. A crash between creating and saving leaves a token that nobody will use and nobody
//! may safely delete; so does losing the race for the checkpoint to another slot, without any
//! crash. So `CleanAtRest`, that no token is left, is not promised, and `DedupBounded` is meant up to
//! garbage: it counts the tokens, and allows two for each command in flight (its own, and its event's),
//! one for each event on its way, and one for each token that a command drew after its first. Entries
//! that wait in the order excuse no token. What is remembered grows with attempts that failed, not with
//! commands that were processed. That no entry waits in the order when all is done, `NoPendingAtRest`, is
//! promised. (With a lease that expires, two slots and a crash even that may fail.)
//!
//! Left out: who creates the tokens of the commands. They exist from the start, as if drawn by a
//! sender that answers a message numbered 0. That is a problem of its own, where a system begins.

mod catalogue;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::catalogue::{Description, Instance, Protocol};
use crate::kit::clause::{Clause, every};
use crate::kit::document::{Document, Event, Identity, MessageId, Versioned};
use crate::kit::guarantees::{About, Guarantee, When, once_all_is_done};
use crate::kit::io::{Call, Flow, Io};
use crate::kit::replay::{Entry, Handler};
use crate::kit::stores::Stores;
use crate::kit::system::{Spec, State, System};
use crate::value::{Value, to_value};

/// The command: add a line.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(transparent)]
pub struct AddLine {
    /// The identity of the command.
    pub id: MessageId,
}

impl AddLine {
    /// The token that its sender has created for it, as if it were an output of a message numbered 0.
    fn token(&self) -> (u8, MessageId) {
        (0, self.id)
    }
}

/// The event: this line was added, and the order now has this many lines.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct LineAdded {
    line: MessageId,
    lines: usize,
    token: Identity,
}

impl Event for LineAdded {
    const OUTPUT: &'static str = "LineAdded";

    fn basis(&self) -> i64 {
        i64::try_from(self.lines).unwrap_or(i64::MAX)
    }
}

/// The order.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Order {
    /// Lines, in the order in which they were added.
    lines: Vec<MessageId>,
    /// The events that are still to be published, by command.
    pending: BTreeMap<MessageId, Pending>,
}

impl Document for Order {
    const COLLECTION: &'static str = "order";
    const BUSINESS: &'static [&'static str] = &["lines"];
}

/// A pending event, which has no token at first.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Pending {
    lines: usize,
    /// The event's token; empty until it is saved.
    tokens: Vec<Identity>,
}

impl Order {
    fn add(&mut self, command: &AddLine) {
        self.lines.push(command.id);
        let pending = Pending {
            lines: self.lines.len(),
            tokens: Vec::new(),
        };
        self.pending.insert(command.id, pending);
    }

    /// The token that is saved for the event of a command, if one is.
    pub fn saved_token(&self, command: &AddLine) -> Option<Identity> {
        self.pending.get(&command.id)?.tokens.first().copied()
    }

    /// Stores the token in the pending entry of a command.
    pub fn save_token(&mut self, command: &AddLine, token: Identity) {
        let pending = self.pending.entry(command.id).or_default();
        pending.tokens = vec![token];
    }

    fn line_added(&self, command: &AddLine, token: Identity) -> LineAdded {
        LineAdded {
            line: command.id,
            lines: self.pending.get(&command.id).map_or(0, |p| p.lines),
            token,
        }
    }
}

/// The records of Billing.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Bill {
    /// How often each line was charged.
    charged: BTreeMap<MessageId, u8>,
}

impl Document for Bill {
    const COLLECTION: &'static str = "bill";
    const BUSINESS: &'static [&'static str] = &["charged"];
}

const ORDER: u8 = 1;
const BILL: u8 = 1;
/// The set of tokens that exist.
pub const TOKENS: &str = "tokens";

/// The part in which the variants differ: it provides a token for the event.
pub type Prepare = fn(&mut dyn Io, &AddLine, &mut Versioned<Order>) -> Flow<Identity>;

/// Handles a command; `prepare` provides the token for its event.
pub fn add_line(io: &mut dyn Io, command: &AddLine, prepare: Prepare) -> Flow {
    let mut order = io.load::<Order>("Load", ORDER)?;
    // The check follows the load: if the token still exists, no entry of this command had been removed
    // from the order when it was loaded.
    if io.contains("CheckToken", TOKENS, command.token())? {
        if !order.pending.contains_key(&command.id) {
            order.add(command);
            io.commit("Save", &mut order)?.or_give_back()?;
        }
        let token = prepare(io, command, &mut order)?;
        let event = order.line_added(command, token);
        io.publish("Publish", &event)?.or_give_back()?;
        io.remove("DeleteToken", TOKENS, command.token())?
            .or_give_back()?;
    }
    clean(io, command, order)?;
    io.ack("Ack")
}

/// Removes the entry of a processed command, which an attempt that crashed may have left.
fn clean(io: &mut dyn Io, command: &AddLine, mut order: Versioned<Order>) -> Flow {
    if order.pending.remove(&command.id).is_some() {
        io.commit("Clean", &mut order)?.or_give_back()?;
    }
    Ok(())
}

fn regenerated(io: &mut dyn Io, _: &AddLine, _: &mut Versioned<Order>) -> Flow<Identity> {
    let token = io.fresh_id()?;
    io.insert("CreateToken", TOKENS, token)?.or_give_back()?;
    Ok(token)
}

fn recreated(io: &mut dyn Io, command: &AddLine, _: &mut Versioned<Order>) -> Flow<Identity> {
    let token = Identity::derived_from(command.id);
    io.insert("CreateToken", TOKENS, token)?.or_give_back()?;
    Ok(token)
}

fn persisted_first(
    io: &mut dyn Io,
    command: &AddLine,
    order: &mut Versioned<Order>,
) -> Flow<Identity> {
    if let Some(token) = order.saved_token(command) {
        return Ok(token);
    }
    let token = io.fresh_id()?;
    order.save_token(command, token);
    io.commit("Checkpoint", order)?.or_give_back()?;
    io.insert("CreateToken", TOKENS, token)?.or_give_back()?;
    Ok(token)
}

fn checkpoint(io: &mut dyn Io, command: &AddLine, order: &mut Versioned<Order>) -> Flow<Identity> {
    if let Some(token) = order.saved_token(command) {
        return Ok(token);
    }
    let token = io.fresh_id()?;
    io.insert("CreateToken", TOKENS, token)?.or_give_back()?;
    order.save_token(command, token);
    io.commit("Checkpoint", order)?.or_give_back()?;
    Ok(token)
}

/// Billing handles an event in one step. If the token of the event is not in the store, Billing takes the
/// event for a duplicate and ignores it.
fn charge(io: &mut dyn Io, event: &LineAdded) -> Flow {
    if io.contains("CheckToken", TOKENS, event.token)? {
        let mut bill = io.load::<Bill>("Load", BILL)?;
        *bill.charged.entry(event.line).or_default() += 1;
        io.commit("Save", &mut bill)?.or_give_back()?;
        io.remove("DeleteToken", TOKENS, event.token)?
            .or_give_back()?;
    }
    io.ack("Ack")
}

const NO_DOUBLE_DOWNSTREAM: Guarantee = Guarantee {
    name: "NoDoubleDownstream",
    promise: "no line is charged twice",
    when: When::Always,
    about: About::Durable,
    holds: |_, state| {
        let bill = state.world.document::<Bill>();
        bill.charged.values().all(|times| *times <= 1)
    },
    clauses: |_, state| {
        let bill = state.world.document::<Bill>();
        let once = |(line, times)| {
            Clause::new(format!("line {line} is charged at most once"), times <= 1)
                .but(format!("it was charged {times} times"))
                .at(format!("bill.charged[{line}]"))
        };
        bill.charged.into_iter().map(once).collect()
    },
};

const ALL_DOWNSTREAM: Guarantee = Guarantee {
    name: "AllDownstream",
    promise: "once all is done, every line that was added has been charged",
    when: When::Always,
    about: About::AtRest,
    holds: |system, state| !system.at_rest(state) || every(all_charged(system, state)),
    clauses: |system, state| once_all_is_done(system, state, all_charged),
};

const NO_PENDING_AT_REST: Guarantee = Guarantee {
    name: "NoPendingAtRest",
    promise: "once all is done, no event waits in the order",
    when: When::Always,
    about: About::AtRest,
    holds: |system, state| !system.at_rest(state) || every(nothing_pending(system, state)),
    clauses: |system, state| once_all_is_done(system, state, nothing_pending),
};

fn nothing_pending(_: &System, state: &State) -> Vec<Clause> {
    let pending = state.world.document::<Order>().pending;
    let of = pending.keys().map(|id| format!("that of message {id} is"));
    let of: Vec<_> = of.collect();
    let clause = Clause::new("no event is left pending", of.is_empty());
    vec![clause.but(of.join(", ")).at("order.pending")]
}

fn all_charged(_: &System, state: &State) -> Vec<Clause> {
    let bill = state.world.document::<Bill>();
    let lines = state.world.document::<Order>().lines.into_iter();
    let charged = |line| {
        let charged = bill.charged.contains_key(&line);
        Clause::new(format!("line {line}, which was added, is charged"), charged)
            .but("Billing never charged it")
            .at("order.lines")
            .at("bill.charged")
    };
    lines.map(charged).collect()
}

/// The token that a handler has created last. It must save it or send it in a later step.
fn created(log: &[Arc<Entry>]) -> Option<Value> {
    log.iter().rev().find_map(|entry| match &**entry {
        Entry::Called {
            call: Call::Insert(member),
            ..
        } => Some(member.id.clone()),
        _ => None,
    })
}

/// The number of existing tokens, and the number needed: two for each command in flight, one for each
/// event in transit, and the allowed garbage, which is every token drawn for a command after its first.
fn remembered(system: &System, state: &State) -> (usize, usize) {
    let world = &state.world;
    let outgoing = system.outgoing(state).len();
    let again = world.fresh.values().map(|drawn| drawn.saturating_sub(1));
    let garbage: usize = again.map(usize::from).sum();
    let needed = 2 * system.in_flight(state).len() + outgoing + garbage;
    (world.members(TOKENS).len(), needed)
}

/// The protocol.
pub struct TokenDeduplication;

impl Protocol for TokenDeduplication {
    fn describe(&self) -> Description {
        catalogue::describe()
    }

    fn system(&self, instance: &Instance) -> System {
        let commands = (1..=instance.get("messages")).map(MessageId);
        let own = commands.map(|id| AddLine { id }.token());
        let own = own.filter_map(|token| to_value(&token).ok());
        let stores = Stores::default()
            .one(&Order::default())
            .one(&Bill::default())
            .set(TOKENS, own);
        let handler = handler(instance.variant.handler);
        System::new(Spec {
            // A command's own token also names the command.
            interchangeable: true,
            copies: instance.get("copies"),
            downstream: Some(("Billing", Handler::new(charge))),
            remembers: |log| {
                created(log)
                    .map(|token| ("token", token))
                    .into_iter()
                    .collect()
            },
            outputs: &[LineAdded::OUTPUT],
            folds: |world| {
                let lines = world.document::<Order>().lines.into_iter();
                lines.map(Value::from).eq(world.hist.iter().cloned())
            },
            clean: |world| {
                let left = world.members(TOKENS);
                let left: Vec<_> = left
                    .iter()
                    .map(|token| format!("token {} is left", token.plain()))
                    .collect();
                let clause = Clause::new("no token is left", left.is_empty());
                vec![clause.but(left.join(", ")).at(TOKENS)]
            },
            remembered,
            remembered_in: &[TOKENS],
            ..instance.spec("Orders", instance.get("messages"), handler, stores)
        })
    }
}

fn handler(name: &str) -> Handler {
    let prepare: Prepare = match name {
        "regenerated" => regenerated,
        "recreated" => recreated,
        "persisted-first" => persisted_first,
        "checkpoint" => checkpoint,
        _ => return Handler::unknown(name),
    };
    Handler::new(move |io, command| add_line(io, command, prepare))
}
