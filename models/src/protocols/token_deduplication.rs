//! Deduplication with tokens: a message is processed only while its token exists.
//!
//! An outbox remembers every message it has ever processed. Tokens turn that round. Whoever sends
//! a message first creates a token for it; whoever receives it processes it only if the token
//! exists, and deletes the token when done. No token means: this was processed. Nothing has to be
//! remembered about the past, and nothing is forgotten too early.
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
//! * **Persisted first**: the token is drawn once and saved in the entry, and then created. After
//!   a crash in between, the next attempt finds it saved and takes it for created. The event goes
//!   out, the consumer finds no token, takes it for a duplicate and drops it.
//! * **Checkpoint**: the token is created first and then saved. Only a token that is saved is
//!   ever sent, and a token that is saved has been created.
//!
//! What it costs: three more round trips, a store of tokens that sender and receiver share, and
//! garbage. A crash between creating and saving leaves a token that nobody will use and nobody
//! may safely delete; so does losing the race for the checkpoint to another slot, without any
//! crash. (And with a lease that expires, a crash may even leave a pending entry.) So
//! `CleanAtRest` is not promised, and `DedupBounded` is meant up to garbage: it counts the tokens,
//! and allows one for each command in flight, one for each event pending or on its way, and one
//! for each token that a command drew after its first. What is remembered grows with attempts
//! that failed, not with commands that were processed.
//!
//! Left out: who creates the tokens of the commands. They exist from the start, as if drawn by a
//! sender that answers a message numbered 0. That is a problem of its own, where a system begins.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::catalogue::{
    Description, FaultKind, Instance, Module, Parameter, ParameterKind, Protocol, Setting, Variant,
};
use crate::kit::document::{Document, Event, Identity, MessageId, Versioned};
use crate::kit::fault::Fault;
use crate::kit::guarantees::{self as ask, About, Guarantee};
use crate::kit::io::{Call, Flow, Io};
use crate::kit::replay::{Entry, Handler};
use crate::kit::system::{Intake, Spec, State, System};
use crate::kit::world::{Schema, World};
use crate::value::{Value, to_value};

/// The command: add a line.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(transparent)]
pub struct AddLine {
    id: MessageId,
}

impl AddLine {
    /// The token that its sender has created for it.
    fn token(&self) -> Identity {
        Identity(0, self.id)
    }
}

/// The event: this line was added, and the order now has so many.
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
    /// What is still to be published, by command.
    pending: BTreeMap<MessageId, Pending>,
}

/// An event before it has a token.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Pending {
    lines: usize,
    /// The event's token; none until it is saved.
    tokens: Vec<Identity>,
}

impl Document for Order {
    const COLLECTION: &'static str = "order";
    const BUSINESS: &'static [&'static str] = &["lines"];
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

    fn saved_token(&self, command: &AddLine) -> Option<Identity> {
        self.pending.get(&command.id)?.tokens.first().copied()
    }

    fn save_token(&mut self, command: &AddLine, token: Identity) {
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

/// What Billing writes down.
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
const TOKENS: &str = "tokens";

/// The part in which the variants differ: gets a token for the event.
type Prepare = fn(&mut dyn Io, &AddLine, &mut Versioned<Order>) -> Flow<Identity>;

fn add_line(io: &mut dyn Io, command: &AddLine, prepare: Prepare) -> Flow {
    let mut order = io.load::<Order>("Load", ORDER)?;
    // After the load, not before: a token that is still there proves that no entry of this command
    // had been removed from the order when it was loaded.
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
    // Without a token the command was processed; an attempt that crashed may have left the entry.
    if order.pending.remove(&command.id).is_some() {
        io.commit("Clean", &mut order)?.or_give_back()?;
    }
    io.ack("Ack")
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

/// Billing, in one step: an event without a token is a duplicate.
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
    about: About::Durable,
    holds: |_, state| {
        let bill = state.world.document::<Bill>();
        bill.charged.values().all(|times| *times <= 1)
    },
};

const ALL_DOWNSTREAM: Guarantee = Guarantee {
    name: "AllDownstream",
    promise: "once all is done, every line that was added has been charged",
    about: About::AtRest,
    holds: |system, state| {
        let bill = state.world.document::<Bill>();
        let lines = state.world.document::<Order>().lines;
        !system.at_rest(state) || lines.iter().all(|line| bill.charged.contains_key(line))
    },
};

/// The token that a handler has created last: it must save it, or send it, in a later step.
fn created(log: &[Entry]) -> Option<Value> {
    log.iter().rev().find_map(|entry| match entry {
        Entry::Called {
            call: Call::Insert(member),
            ..
        } => Some(member.id.clone()),
        _ => None,
    })
}

/// Tokens that exist; and commands in flight, events pending or on their way, and the garbage
/// allowed: every token drawn for a command after its first.
fn remembered(system: &System, state: &State) -> (usize, usize) {
    let world = &state.world;
    let pending = world.document::<Order>().pending.len();
    let outgoing = system.outgoing(state).len();
    let again = world.fresh.values().map(|drawn| drawn.saturating_sub(1));
    let garbage: usize = again.map(usize::from).sum();
    let needed = system.in_flight(state).len() + pending + outgoing + garbage;
    (world.members(TOKENS).len(), needed)
}

/// The protocol.
pub struct TokenDeduplication;

impl Protocol for TokenDeduplication {
    fn describe(&self) -> Description {
        Description {
            name: "token-deduplication",
            title: "Token deduplication",
            part: 5,
            goal: "have an effect exactly once without remembering every message ever processed",
            module: Module {
                name: "TokenDeduplication",
                text: include_str!("../../../specs/TokenDeduplication.tla"),
            },
            default_variant: "checkpoint",
            variants: variants(),
            parameters: vec![
                Parameter {
                    name: "messages",
                    constant: "Messages",
                    kind: ParameterKind::Set,
                    default: 1,
                    min: 1,
                    max: 3,
                    allows: "commands; two let one write the order between another's steps",
                },
                Parameter {
                    name: "slots",
                    constant: "Slots",
                    kind: ParameterKind::Set,
                    default: 1,
                    min: 1,
                    max: 2,
                    allows: "handlers that run at a time; two let them race for the checkpoint",
                },
                Parameter {
                    name: "copies",
                    constant: "Copies",
                    kind: ParameterKind::Number,
                    default: 1,
                    min: 1,
                    max: 3,
                    allows: "copies of every command at the start; two make each a duplicate",
                },
            ],
            faults: vec![
                FaultKind {
                    fault: Fault::Crash,
                    max: 2,
                    allows: "one lets any attempt stop half-way and be repeated",
                },
                FaultKind {
                    fault: Fault::Duplicate,
                    max: 2,
                    allows: "one lets a copy of a command or of an event arrive when all seemed \
                             done",
                },
                FaultKind {
                    fault: Fault::Lease,
                    max: 2,
                    allows: "one lets a command be handled while it is being handled",
                },
            ],
            actors: &["Broker", "Orders", "Billing"],
            steps: &[
                ("Load", "loads the order"),
                ("CheckToken", "looks up the command's token"),
                (
                    "Save",
                    "saves the order with the line and the pending event",
                ),
                ("CreateToken", "creates a token for the event"),
                ("Checkpoint", "saves the event's token in the order"),
                ("Publish", "publishes LineAdded with its token"),
                ("DeleteToken", "deletes the command's token"),
                ("Clean", "removes the pending event from the order"),
                ("Ack", "acknowledges"),
            ],
            guarantees: vec![
                ask::NO_DOUBLE_EFFECT,
                NO_DOUBLE_DOWNSTREAM,
                ask::NO_GHOST_EVER,
                ask::NO_GHOST_AT_REST,
                ask::CONSISTENT_OUTPUT,
                ask::NO_LOST_EFFECT,
                ask::NO_LOST_OUTPUT,
                ALL_DOWNSTREAM,
                ask::EXACTLY_ONCE_EQUIVALENT,
                ask::DEDUP_BOUNDED,
                ask::CLEAN_AT_REST,
            ],
            larger: vec![
                Setting {
                    variant: "checkpoint",
                    bounds: &[("messages", 2)],
                    faults: &[(Fault::Duplicate, 0)],
                    tlc: true,
                },
                Setting {
                    variant: "checkpoint",
                    bounds: &[("messages", 2)],
                    faults: &[(Fault::Crash, 0)],
                    tlc: true,
                },
            ],
        }
    }

    fn system(&self, instance: &Instance) -> System {
        System::new(spec(instance, handler(instance.variant.handler)))
    }
}

fn spec(instance: &Instance, handler: Handler) -> Spec {
    let commands: Vec<MessageId> = (1..=instance.get("messages")).collect();
    let messages: Vec<Value> = commands.iter().copied().map(Value::from).collect();
    let mut schema = Schema::default();
    let mut world = World::new(instance.budget(), &messages);
    let own = commands.iter().map(|id| AddLine { id: *id }.token());
    world.one(&mut schema, &Order::default());
    world.one(&mut schema, &Bill::default());
    world.set(
        &mut schema,
        TOKENS,
        own.filter_map(|token| to_value(&token).ok()),
    );
    Spec {
        endpoint: "Orders",
        intake: Intake::Queue,
        messages,
        copies: instance.get("copies"),
        clicks: 0,
        slots: usize::from(instance.get("slots")),
        handler,
        downstream: Some(("Billing", Handler::new(charge))),
        third_party: None,
        schema,
        world,
        may_fail: &[],
        guarantees: TokenDeduplication.describe().guarantees,
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
            world.members(TOKENS).is_empty() && world.document::<Order>().pending.is_empty()
        },
        remembered,
    }
}

fn handler(name: &str) -> Handler {
    let prepare: Prepare = match name {
        "regenerated" => regenerated,
        "recreated" => recreated,
        "persisted-first" => persisted_first,
        _ => checkpoint,
    };
    Handler::new(move |io, command| add_line(io, command, prepare))
}

fn variants() -> Vec<Variant> {
    const ONE_CRASH: &[(Fault, u8)] = &[(Fault::Crash, 1)];
    const BELIEVED: &[&str] = &[
        "NoDoubleEffect",
        "NoDoubleDownstream",
        "NoGhostEver",
        "ConsistentOutput",
        "NoLostEffect",
        "NoLostOutput",
        "AllDownstream",
        "DedupBounded",
        "CleanAtRest",
    ];
    const PROMISED: &[&str] = &[
        "NoDoubleEffect",
        "NoDoubleDownstream",
        "NoGhostEver",
        "NoGhostAtRest",
        "ConsistentOutput",
        "NoLostEffect",
        "NoLostOutput",
        "AllDownstream",
        "ExactlyOnceEquivalent",
        "DedupBounded",
    ];
    vec![
        Variant {
            name: "regenerated",
            handler: "regenerated",
            summary: "creates a new token for the event at every dispatch",
            claims: BELIEVED,
            breaks: &[
                (
                    "NoDoubleDownstream",
                    "published, crashed, and published again under a second token that exists",
                ),
                (
                    "ConsistentOutput",
                    "every dispatch sends the event with a token of its own",
                ),
                (
                    "CleanAtRest",
                    "a token created just before the crash is never sent, so nobody deletes it",
                ),
            ],
            faults: ONE_CRASH,
            ..Variant::default()
        },
        Variant {
            name: "recreated",
            handler: "recreated",
            summary: "derives the event's token from the command and creates it at every dispatch",
            claims: BELIEVED,
            breaks: &[(
                "NoDoubleDownstream",
                "the attempt after the crash creates again the token that the consumer has deleted",
            )],
            faults: ONE_CRASH,
            ..Variant::default()
        },
        Variant {
            name: "persisted-first",
            handler: "persisted-first",
            summary: "saves the event's token, then creates it",
            claims: BELIEVED,
            breaks: &[(
                "AllDownstream",
                "saved, crashed, and taken for created: the consumer finds no token and drops the \
                 event",
            )],
            faults: ONE_CRASH,
            ..Variant::default()
        },
        Variant {
            name: "checkpoint",
            handler: "checkpoint",
            summary: "creates the event's token, then saves it, then publishes",
            right: true,
            claims: PROMISED,
            breaks: &[(
                "CleanAtRest",
                "a token created but not saved before the crash is garbage",
            )],
            bounds: &[("slots", 2)],
            faults: &[(Fault::Crash, 1), (Fault::Duplicate, 1)],
            ..Variant::default()
        },
        Variant {
            name: "checkpoint-concurrent",
            handler: "checkpoint",
            summary: "the same with two slots and no crash: one of two checkpoints comes too late",
            right: true,
            claims: PROMISED,
            breaks: &[(
                "CleanAtRest",
                "the slot that loses the race for the checkpoint leaves the token it created",
            )],
            bounds: &[("slots", 2), ("copies", 2)],
            ..Variant::default()
        },
    ]
}

#[cfg(test)]
mod tests {
    use stateright::{Checker, Model};

    use super::*;
    use crate::catalogue::{Catalogue, Expected, Overrides};

    fn instances(variant: &str, overrides: &Overrides) -> Vec<Instance> {
        let name = format!("token-deduplication:{variant}");
        let catalogue = Catalogue::new().with(TokenDeduplication);
        catalogue.select(Some(&name), overrides).unwrap()
    }

    fn with(variant: &str, parameters: &[(&str, u8)], faults: &[(Fault, u8)]) -> System {
        let named = |(name, value): &(&str, u8)| ((*name).to_owned(), *value);
        let overrides = Overrides {
            parameters: parameters.iter().map(named).collect(),
            faults: faults.to_vec(),
        };
        instances(variant, &overrides).remove(0).system()
    }

    /// The guarantees that some reachable state violates.
    fn broken(system: System) -> Vec<&'static str> {
        let mut names: Vec<_> = system.spec().guarantees.iter().map(|g| g.name).collect();
        let checker = system.checker().spawn_bfs().join();
        names.retain(|name| checker.discovery(name).is_some());
        names
    }

    /// The state after a path of steps: `Load` by any slot, `Load@2` by the second.
    fn after(system: &System, path: &str) -> State {
        let start = system.init_states().remove(0);
        path.split_whitespace().fold(start, |state, name| {
            let (action, slot) = name.split_once('@').unwrap_or((name, ""));
            let slot: Option<usize> = slot.parse().ok();
            let mut steps = Vec::new();
            system.actions(&state, &mut steps);
            let mut possible = steps.into_iter().filter(|step| step.action == action);
            let step = possible.find(|s| slot.is_none() || s.slot().map(|n| n + 1) == slot);
            let step = step.unwrap_or_else(|| panic!("{name} is not possible"));
            system.next_state(&state, step).unwrap()
        })
    }

    fn tokens(state: &State) -> String {
        Value::set(state.world.members(TOKENS)).to_string()
    }

    fn charged(state: &State) -> Vec<u8> {
        state
            .world
            .document::<Bill>()
            .charged
            .into_values()
            .collect()
    }

    #[test]
    fn every_variant_breaks_what_it_says_and_nothing_else() {
        for instance in instances("all", &Overrides::default()) {
            let expected = instance.description.expected(&instance.variant);
            let found = broken(instance.system());
            for (name, expected) in expected {
                assert_eq!(
                    found.contains(&name),
                    expected == Expected::Violated,
                    "{name} of {instance}"
                );
            }
        }
    }

    #[test]
    fn a_token_created_again_lets_the_line_be_charged_again() {
        let system = with("recreated", &[], &[]);
        let first = "Receive Load CheckToken Save CreateToken Publish DownstreamReceives";
        let state = after(&system, first);
        assert_eq!(charged(&state), [1]);
        assert_eq!(tokens(&state), "{<<0, 1>>}");
        let again = "Crash Recover Receive Load CheckToken CreateToken Publish DownstreamReceives";
        assert_eq!(charged(&after(&system, &format!("{first} {again}"))), [2]);
    }

    #[test]
    fn a_token_saved_but_never_created_lets_the_event_be_dropped() {
        let system = with("persisted-first", &[], &[]);
        let state = after(
            &system,
            "Receive Load CheckToken Save Checkpoint Crash Recover Receive Load CheckToken Publish \
             DeleteToken Clean Ack DownstreamReceives",
        );
        assert!(system.at_rest(&state));
        assert!(charged(&state).is_empty());
    }

    #[test]
    fn a_token_created_but_not_saved_is_garbage_and_does_no_harm() {
        let system = with("checkpoint", &[], &[]);
        let state = after(
            &system,
            "Receive Load CheckToken Save CreateToken Crash Recover Receive Load CheckToken \
             CreateToken Checkpoint Publish DeleteToken Clean Ack DownstreamReceives",
        );
        assert!(system.at_rest(&state));
        assert_eq!(charged(&state), [1]);
        assert_eq!(tokens(&state), "{<<1, 1>>}");
    }

    #[test]
    fn an_expired_lease_and_a_crash_may_leave_even_the_pending_entry() {
        let system = with(
            "checkpoint",
            &[("slots", 2)],
            &[(Fault::Lease, 1), (Fault::Crash, 1)],
        );
        let state = after(
            &system,
            "Receive Load@1 CheckToken@1 LeaseExpires@1 Receive Load@2 Save@1 CreateToken@1 \
             Checkpoint@1 Publish@1 DownstreamReceives DeleteToken@1 CheckToken@2 Ack@2 Crash",
        );
        assert!(system.at_rest(&state));
        assert_eq!(tokens(&state), "{}");
        assert_eq!(state.world.document::<Order>().pending.len(), 1);
    }

    #[test]
    fn a_slow_slot_may_create_a_token_that_no_bound_allows() {
        let system = with("persisted-first", &[("slots", 2), ("copies", 2)], &[]);
        assert!(broken(system).contains(&"DedupBounded"));
    }

    /// What another handler breaks with two slots and two copies of the command.
    fn broken_by(handle: fn(&mut dyn Io, &AddLine) -> Flow) -> Vec<&'static str> {
        let instance = instances("checkpoint-concurrent", &Overrides::default()).remove(0);
        broken(System::new(spec(&instance, Handler::new(handle))))
    }

    #[test]
    fn looking_up_the_token_before_the_load_processes_a_command_twice() {
        let broken = broken_by(|io, command| {
            let exists = io.contains("CheckToken", TOKENS, command.token())?;
            let mut order = io.load::<Order>("Load", ORDER)?;
            if exists && !order.pending.contains_key(&command.id) {
                order.add(command);
                io.commit("Save", &mut order)?.or_give_back()?;
            }
            if exists {
                let token = checkpoint(io, command, &mut order)?;
                let event = order.line_added(command, token);
                io.publish("Publish", &event)?.or_give_back()?;
                io.remove("DeleteToken", TOKENS, command.token())?
                    .or_give_back()?;
            }
            if order.pending.remove(&command.id).is_some() {
                io.commit("Clean", &mut order)?.or_give_back()?;
            }
            io.ack("Ack")
        });
        assert!(broken.contains(&"NoDoubleEffect"));
        assert!(broken.contains(&"NoDoubleDownstream"));
    }

    #[test]
    fn deleting_the_token_before_the_event_is_out_loses_the_event() {
        let broken = broken_by(|io, command| {
            let mut order = io.load::<Order>("Load", ORDER)?;
            if io.contains("CheckToken", TOKENS, command.token())? {
                order.add(command);
                io.commit("Save", &mut order)?.or_give_back()?;
                io.remove("DeleteToken", TOKENS, command.token())?
                    .or_give_back()?;
                let token = checkpoint(io, command, &mut order)?;
                io.publish("Publish", &order.line_added(command, token))?
                    .or_give_back()?;
            }
            if order.pending.remove(&command.id).is_some() {
                io.commit("Clean", &mut order)?.or_give_back()?;
            }
            io.ack("Ack")
        });
        assert!(broken.contains(&"NoLostOutput"));
        assert!(broken.contains(&"AllDownstream"));
    }
}
