//! The transactional outbox, and the ways people try to do without it.
//!
//! A command adds a line to an order, and everybody else must hear of it:
//!
//! ```text
//!   Broker ──command──▶ Orders ──save──▶ order
//!                          └──publish──▶ LineAdded ──▶ everybody else
//! ```
//!
//! Saving and publishing are two steps, and the endpoint may crash between any two steps. The
//! broker then delivers the command again, as it also may for reasons of its own. So:
//!
//! * **Publish, then save** announces a line that may never be added: a *ghost*.
//! * **Save, then publish** adds the line twice when the command comes again.
//! * **Check and return** adds it once, but forgets the event: the second attempt sees the line
//!   and stops before it publishes.
//! * **Ids apart**: a list of processed ids in a store of its own is written before or after the
//!   order. Before: a crash in between loses the command. After: it is processed twice. And two
//!   slots that both look before either has written need no crash at all.
//! * **Ids with the state** are written together with the order, so each command has one effect.
//!   But every attempt publishes an event with a new id, and receivers cannot tell that it is
//!   the same one.
//! * **Derived ids** make the event's id a function of the command's. Its content is still read
//!   from the order as it is *now*, and by now another command may have changed it.
//! * **The outbox** stores the event together with the change, and every attempt sends the
//!   stored one: same id, same content, only if the change happened.
//! * **Blind write**: the outbox needs optimistic concurrency. Without it two slots both store
//!   an event of their own and both send it.
//!
//! What it costs: the order remembers every command it ever processed. `DedupBounded` says so.
//!
//! Left out: who receives the event. The history shows everything that was published.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::catalogue::{
    Description, FaultKind, Instance, Module, Parameter, ParameterKind, Protocol, Setting, Variant,
};
use crate::kit::document::{Document, Event, Identity, MessageId, Versioned};
use crate::kit::fault::Fault;
use crate::kit::guarantees as ask;
use crate::kit::io::{Flow, Io, Sent};
use crate::kit::replay::Handler;
use crate::kit::system::{Intake, Spec, System};
use crate::kit::world::{Schema, World};
use crate::value::{Set, Value};

/// The command: add a line. Command n asks for the n-th filling on the menu.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(transparent)]
pub struct AddLine {
    id: MessageId,
}

/// The order.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Order {
    /// Fillings ordered, in order.
    lines: Vec<MessageId>,
    /// Commands processed.
    processed: Set<MessageId>,
    /// Events to be sent, by command.
    outbox: BTreeMap<MessageId, LineAdded>,
}

impl Document for Order {
    const COLLECTION: &'static str = "order";
    const BUSINESS: &'static [&'static str] = &["lines"];
}

impl Order {
    fn add(&mut self, command: &AddLine) {
        self.lines.push(command.id);
    }

    fn line_added(&self, id: Identity) -> LineAdded {
        LineAdded {
            id,
            lines: self.lines.len(),
        }
    }
}

/// The event: the order now has this many lines.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct LineAdded {
    id: Identity,
    lines: usize,
}

impl Event for LineAdded {
    const OUTPUT: &'static str = "LineAdded";

    fn basis(&self) -> i64 {
        i64::try_from(self.lines).unwrap_or(i64::MAX)
    }
}

const ORDER: u8 = 1;
const INBOX: &str = "inbox";

fn publish_then_save(io: &mut dyn Io, command: &AddLine) -> Flow {
    let mut order = io.load::<Order>("Load", ORDER)?;
    order.add(command);
    let event = order.line_added(io.fresh_id()?);
    io.publish("Publish", &event)?.or_give_back()?;
    io.commit("Save", &mut order)?.or_give_back()?;
    io.ack("Ack")
}

fn save_then_publish(io: &mut dyn Io, command: &AddLine) -> Flow {
    let mut order = io.load::<Order>("Load", ORDER)?;
    order.add(command);
    io.commit("Save", &mut order)?.or_give_back()?;
    let event = order.line_added(io.fresh_id()?);
    io.publish("Publish", &event)?.or_give_back()?;
    io.ack("Ack")
}

fn check_and_return(io: &mut dyn Io, command: &AddLine) -> Flow {
    let mut order = io.load::<Order>("Load", ORDER)?;
    if order.lines.contains(&command.id) {
        return io.ack("Ack");
    }
    order.add(command);
    io.commit("Save", &mut order)?.or_give_back()?;
    let event = order.line_added(io.fresh_id()?);
    io.publish("Publish", &event)?.or_give_back()?;
    io.ack("Ack")
}

fn marked_before(io: &mut dyn Io, command: &AddLine) -> Flow {
    if io.contains("CheckInbox", INBOX, command.id)? {
        return io.ack("Ack");
    }
    io.insert("Mark", INBOX, command.id)?.or_give_back()?;
    save_then_publish(io, command)
}

fn marked_after(io: &mut dyn Io, command: &AddLine) -> Flow {
    if io.contains("CheckInbox", INBOX, command.id)? {
        return io.ack("Ack");
    }
    let mut order = io.load::<Order>("Load", ORDER)?;
    order.add(command);
    io.commit("Save", &mut order)?.or_give_back()?;
    io.insert("Mark", INBOX, command.id)?.or_give_back()?;
    let event = order.line_added(io.fresh_id()?);
    io.publish("Publish", &event)?.or_give_back()?;
    io.ack("Ack")
}

fn ids_with_state(io: &mut dyn Io, command: &AddLine) -> Flow {
    let order = changed_once(io, command)?;
    let event = order.line_added(io.fresh_id()?);
    io.publish("Publish", &event)?.or_give_back()?;
    io.ack("Ack")
}

fn derived_ids(io: &mut dyn Io, command: &AddLine) -> Flow {
    let order = changed_once(io, command)?;
    let event = order.line_added(Identity::derived_from(command.id));
    io.publish("Publish", &event)?.or_give_back()?;
    io.ack("Ack")
}

/// Adds the line unless the order has processed the command before.
fn changed_once(io: &mut dyn Io, command: &AddLine) -> Flow<Versioned<Order>> {
    let mut order = io.load::<Order>("Load", ORDER)?;
    if !order.processed.contains(&command.id) {
        order.add(command);
        order.processed.insert(command.id);
        io.commit("Save", &mut order)?.or_give_back()?;
    }
    Ok(order)
}

/// How the outbox writes its document.
type Write = fn(&mut (dyn Io + '_), &'static str, &mut Versioned<Order>) -> Flow<Sent>;

fn transactional(io: &mut dyn Io, command: &AddLine) -> Flow {
    with_outbox(io, command, |io, step, order| io.commit(step, order))
}

fn blind_write(io: &mut dyn Io, command: &AddLine) -> Flow {
    with_outbox(io, command, |io, step, order| io.overwrite(step, order))
}

fn with_outbox(io: &mut dyn Io, command: &AddLine, write: Write) -> Flow {
    let mut order = io.load::<Order>("Load", ORDER)?;
    if !order.processed.contains(&command.id) {
        order.add(command);
        order.processed.insert(command.id);
        let event = order.line_added(io.fresh_id()?);
        order.outbox.insert(command.id, event);
        write(io, "Save", &mut order)?.or_give_back()?;
    }
    if let Some(event) = order.outbox.remove(&command.id) {
        io.publish("Publish", &event)?.or_give_back()?;
        write(io, "MarkDispatched", &mut order)?.or_give_back()?;
    }
    io.ack("Ack")
}

/// The protocol.
pub struct Outbox;

impl Protocol for Outbox {
    fn describe(&self) -> Description {
        Description {
            name: "outbox",
            title: "Outbox",
            part: 2,
            goal: "change an order and tell everybody, exactly once in effect",
            module: Module {
                name: "Outbox",
                text: include_str!("../../../specs/Outbox.tla"),
            },
            default_variant: "transactional",
            variants: variants(),
            parameters: vec![
                Parameter {
                    name: "messages",
                    constant: "Messages",
                    kind: ParameterKind::Set,
                    default: 1,
                    min: 1,
                    max: 4,
                    allows: "commands; two let one change the order between another's attempts",
                },
                Parameter {
                    name: "slots",
                    constant: "Slots",
                    kind: ParameterKind::Set,
                    default: 1,
                    min: 1,
                    max: 3,
                    allows: "handlers that run at a time; two let them race",
                },
                Parameter {
                    name: "copies",
                    constant: "Copies",
                    kind: ParameterKind::Number,
                    default: 2,
                    min: 1,
                    max: 3,
                    allows: "copies of every command at the start; two make each a duplicate",
                },
            ],
            faults: vec![
                FaultKind {
                    fault: Fault::Crash,
                    max: 3,
                    allows: "one lets any attempt stop half-way and be repeated",
                },
                FaultKind {
                    fault: Fault::Duplicate,
                    max: 2,
                    allows: "one lets a copy arrive when all seemed done",
                },
                FaultKind {
                    fault: Fault::Lease,
                    max: 2,
                    allows: "one lets a command be handled while it is being handled",
                },
            ],
            actors: &["Broker", "Orders"],
            steps: &[
                (
                    "CheckInbox",
                    "looks up the command among the processed ones",
                ),
                ("Load", "loads the order"),
                ("Save", "saves the order"),
                ("Mark", "marks the command as processed"),
                ("Publish", "publishes LineAdded"),
                ("MarkDispatched", "removes the event from the outbox"),
                ("Ack", "acknowledges"),
            ],
            guarantees: vec![
                ask::NO_DOUBLE_EFFECT,
                ask::NO_GHOST_EVER,
                ask::NO_GHOST_AT_REST,
                ask::CONSISTENT_OUTPUT,
                ask::NO_LOST_EFFECT,
                ask::NO_LOST_OUTPUT,
                ask::EXACTLY_ONCE_EQUIVALENT,
                ask::DEDUP_BOUNDED,
                ask::CLEAN_AT_REST,
            ],
            larger: vec![Setting {
                variant: "transactional",
                bounds: &[("copies", 1)],
                faults: &[(Fault::Duplicate, 1), (Fault::Lease, 1)],
                tlc: true,
            }],
        }
    }

    fn system(&self, instance: &Instance) -> System {
        let messages: Vec<Value> = (1..=instance.get("messages")).map(Value::from).collect();
        let mut schema = Schema::default();
        let mut world = World::new(instance.budget(), &messages);
        world.one(&mut schema, &Order::default());
        world.set(&mut schema, INBOX, []);
        System::new(Spec {
            endpoint: "Orders",
            intake: Intake::Queue,
            messages,
            copies: instance.get("copies"),
            clicks: 0,
            slots: usize::from(instance.get("slots")),
            handler: handler(instance.variant.handler),
            downstream: None,
            third_party: None,
            schema,
            world,
            may_fail: &[],
            guarantees: instance.guarantees(),
            remembers: |_| Vec::new(),
            outputs: &[LineAdded::OUTPUT],
            folds: |world| {
                let lines: Vec<_> = world
                    .document::<Order>()
                    .lines
                    .into_iter()
                    .map(Value::from)
                    .collect();
                lines == *world.hist
            },
            clean: |world| world.document::<Order>().outbox.is_empty(),
            remembered: |system, state| {
                let mut ids = state.world.members(INBOX);
                let order = state.world.document::<Order>();
                ids.extend(order.processed.iter().map(|id| Value::from(*id)));
                (ids.len(), system.in_flight(state).len())
            },
        })
    }
}

fn handler(name: &str) -> Handler {
    match name {
        "publish-then-save" => Handler::new(publish_then_save),
        "save-then-publish" => Handler::new(save_then_publish),
        "check-and-return" => Handler::new(check_and_return),
        "marked-before" => Handler::new(marked_before),
        "marked-after" => Handler::new(marked_after),
        "ids-with-state" => Handler::new(ids_with_state),
        "derived-ids" => Handler::new(derived_ids),
        "blind-write" => Handler::new(blind_write),
        _ => Handler::new(transactional),
    }
}

fn variants() -> Vec<Variant> {
    const ONE_CRASH: &[(Fault, u8)] = &[(Fault::Crash, 1)];
    const ONE_COPY: &[(&str, u8)] = &[("copies", 1)];
    const GROWS: (&str, &str) = (
        "DedupBounded",
        "an id is kept for every command ever processed, none is dropped",
    );
    vec![
        Variant {
            name: "publish-then-save",
            handler: "publish-then-save",
            summary: "publishes the event, then saves the order",
            claims: &["NoLostEffect", "NoLostOutput", "NoGhostEver"],
            breaks: &[
                (
                    "NoDoubleEffect",
                    "a second copy of the command adds a second line",
                ),
                ("NoGhostEver", "the event is out before the line is saved"),
                (
                    "ConsistentOutput",
                    "every attempt makes an event with an id of its own",
                ),
                (
                    "ExactlyOnceEquivalent",
                    "the command is in the history twice",
                ),
            ],
            faults: ONE_CRASH,
            ..Variant::default()
        },
        Variant {
            name: "save-then-publish",
            handler: "save-then-publish",
            summary: "saves the order, then publishes the event",
            claims: &["NoGhostEver", "NoDoubleEffect"],
            breaks: &[
                (
                    "NoDoubleEffect",
                    "a second copy of the command adds a second line",
                ),
                (
                    "ConsistentOutput",
                    "every attempt makes an event with an id of its own",
                ),
                (
                    "ExactlyOnceEquivalent",
                    "the command is in the history twice",
                ),
            ],
            faults: ONE_CRASH,
            ..Variant::default()
        },
        Variant {
            name: "check-and-return",
            handler: "check-and-return",
            summary: "returns at once if the order already has the line",
            claims: &["NoDoubleEffect", "NoGhostEver", "NoLostOutput"],
            breaks: &[(
                "NoLostOutput",
                "the attempt after a crash sees the line and returns before it publishes",
            )],
            bounds: ONE_COPY,
            faults: ONE_CRASH,
            ..Variant::default()
        },
        Variant {
            name: "marked-before",
            handler: "marked-before",
            summary: "keeps processed ids in a store of their own, marked before the change",
            claims: &["NoDoubleEffect", "NoLostEffect"],
            breaks: &[
                (
                    "NoLostEffect",
                    "marked, crashed, and taken for a duplicate when it came again",
                ),
                (
                    "NoLostOutput",
                    "marked and saved, crashed, and taken for a duplicate",
                ),
                (
                    "ExactlyOnceEquivalent",
                    "at rest the history lacks the lost command",
                ),
                GROWS,
            ],
            bounds: ONE_COPY,
            faults: ONE_CRASH,
            ..Variant::default()
        },
        Variant {
            name: "marked-after",
            handler: "marked-after",
            summary: "keeps processed ids in a store of their own, marked after the change",
            claims: &["NoDoubleEffect", "NoLostEffect"],
            breaks: &[
                (
                    "NoDoubleEffect",
                    "saved, crashed before it was marked, and saved again",
                ),
                (
                    "NoLostOutput",
                    "marked, crashed before it published, and taken for a duplicate",
                ),
                (
                    "ExactlyOnceEquivalent",
                    "the command is in the history twice",
                ),
                GROWS,
            ],
            bounds: ONE_COPY,
            faults: ONE_CRASH,
            ..Variant::default()
        },
        Variant {
            name: "marked-after-concurrent",
            handler: "marked-after",
            summary: "the same with two slots: both look before either has marked, without a crash",
            claims: &["NoDoubleEffect", "NoLostEffect"],
            breaks: &[
                (
                    "NoDoubleEffect",
                    "both slots find no mark; one loads after the other has saved",
                ),
                (
                    "ConsistentOutput",
                    "both publish an event with an id of its own",
                ),
                (
                    "ExactlyOnceEquivalent",
                    "the command is in the history twice",
                ),
                GROWS,
            ],
            bounds: &[("slots", 2)],
            ..Variant::default()
        },
        Variant {
            name: "ids-with-state",
            handler: "ids-with-state",
            summary: "keeps processed ids in the order; every attempt draws a new event id",
            claims: &[
                "NoDoubleEffect",
                "NoGhostEver",
                "NoLostOutput",
                "ConsistentOutput",
            ],
            breaks: &[
                (
                    "ConsistentOutput",
                    "the second attempt publishes the event under a new id",
                ),
                GROWS,
            ],
            faults: ONE_CRASH,
            ..Variant::default()
        },
        Variant {
            name: "derived-ids",
            handler: "derived-ids",
            summary: "derives the event's id from the command's; the content is read now",
            claims: &["NoDoubleEffect", "NoLostOutput", "ConsistentOutput"],
            breaks: &[
                (
                    "NoGhostEver",
                    "the retry reports the order as another command has left it",
                ),
                (
                    "NoGhostAtRest",
                    "what was reported never becomes this command's change",
                ),
                (
                    "ConsistentOutput",
                    "same id, but the order has changed between two attempts",
                ),
                GROWS,
            ],
            bounds: &[("messages", 2), ("copies", 1)],
            faults: ONE_CRASH,
            ..Variant::default()
        },
        Variant {
            name: "blind-write",
            handler: "blind-write",
            summary: "the outbox without optimistic concurrency",
            claims: &[
                "NoDoubleEffect",
                "NoGhostEver",
                "NoLostOutput",
                "ConsistentOutput",
            ],
            breaks: &[
                (
                    "ConsistentOutput",
                    "both slots store an event of their own and both send it",
                ),
                GROWS,
            ],
            bounds: &[("slots", 2)],
            ..Variant::default()
        },
        Variant {
            name: "transactional",
            handler: "transactional",
            summary: "stores the event with the change, and sends the stored one",
            right: true,
            claims: &[
                "NoDoubleEffect",
                "NoGhostEver",
                "NoGhostAtRest",
                "ConsistentOutput",
                "NoLostEffect",
                "NoLostOutput",
                "ExactlyOnceEquivalent",
                "CleanAtRest",
            ],
            breaks: &[GROWS],
            bounds: &[("messages", 2), ("slots", 2), ("copies", 2)],
            faults: ONE_CRASH,
            ..Variant::default()
        },
    ]
}
