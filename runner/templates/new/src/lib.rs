//! Parcels: each command adds a parcel to a list.
//!
//! **Problem.** Saving the list and acknowledging the command are two steps, and the endpoint may crash
//! between any two steps. A command that comes again must not add its parcel twice.
//!
//! ```text
//!   Broker ──command──▶ Depot ──load, save──▶ list
//!          ◀────ack────
//! ```
//!
//! * **add again**: adds the parcel whenever the command comes. A crash after the save adds it twice.
//! * **add once**: first checks whether the parcel is there. The list itself remembers what was done.
//!
//! Replace this file by your own protocol: its messages, documents and handlers, and at the end its entry
//! in the catalogue. `specs/Parcels.tla` is the same protocol in TLA+. Every call of a handler contains the
//! name of its TLA+ action.

use serde::{Deserialize, Serialize};
use tandem_models::catalogue::{
    Catalogue, Description, FaultKind, Instance, Module, Parameter, Protocol, Variant,
};
use tandem_models::kit::document::{Document, MessageId};
use tandem_models::kit::fault::Fault;
use tandem_models::kit::guarantees as ask;
use tandem_models::kit::io::{Flow, Io};
use tandem_models::kit::replay::Handler;
use tandem_models::kit::stores::Stores;
use tandem_models::kit::system::{Spec, System};
use tandem_models::value::Value;

/// The number of the one list.
const LIST: u8 = 1;

/// The command: add a parcel.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(transparent)]
pub struct AddParcel {
    id: MessageId,
}

/// The list.
#[derive(Debug, Default, Clone, Serialize, Deserialize)]
pub struct List {
    /// What it has, each named by the command that added it.
    items: Vec<MessageId>,
}

impl Document for List {
    const COLLECTION: &'static str = "list";
    const BUSINESS: &'static [&'static str] = &["items"];
}

fn add_again(io: &mut dyn Io, command: &AddParcel) -> Flow {
    let mut list = io.load::<List>("Load", LIST)?;
    list.items.push(command.id);
    io.commit("Save", &mut list)?.or_give_back()?;
    io.ack("Ack")
}

fn add_once(io: &mut dyn Io, command: &AddParcel) -> Flow {
    let mut list = io.load::<List>("Load", LIST)?;
    if !list.items.contains(&command.id) {
        list.items.push(command.id);
        io.commit("Save", &mut list)?.or_give_back()?;
    }
    io.ack("Ack")
}

/// The protocol.
pub struct Parcels;

impl Protocol for Parcels {
    fn describe(&self) -> Description {
        Description {
            name: "parcels",
            title: "Parcels",
            part: 2,
            goal: "add each parcel once, however often its command comes",
            module: Module {
                name: "Parcels",
                text: include_str!("../specs/Parcels.tla"),
            },
            default_variant: "add-once",
            variants: variants(),
            parameters: vec![
                Parameter::messages(3, "commands; two let one write between another's steps"),
                Parameter::slots(2, "handlers that run at a time"),
                Parameter::copies(1),
            ],
            faults: FaultKind::of_a_queue(),
            actors: &["Broker", "Depot"],
            steps: &[
                ("Load", "loads the list"),
                ("Save", "saves the list"),
                ("Ack", "acknowledges"),
            ],
            guarantees: vec![
                ask::NO_DOUBLE_EFFECT,
                ask::NO_LOST_EFFECT,
                ask::EXACTLY_ONCE_EQUIVALENT,
                ask::SETTLES,
            ],
            larger: Vec::new(),
        }
    }

    fn system(&self, instance: &Instance) -> System {
        let stores = Stores::default().one(&List::default());
        let handler = match instance.variant.handler {
            "add-again" => Handler::new(add_again),
            "add-once" => Handler::new(add_once),
            other => Handler::unknown(other),
        };
        System::new(Spec {
            copies: instance.get("copies"),
            interchangeable: true,
            folds: |world| {
                let items = world.document::<List>().items.into_iter();
                items.map(Value::from).eq(world.hist.iter().cloned())
            },
            ..instance.spec("Depot", instance.get("messages"), handler, stores)
        })
    }
}

fn variants() -> Vec<Variant> {
    const CLAIMS: &[&str] = &[
        "NoDoubleEffect",
        "NoLostEffect",
        "ExactlyOnceEquivalent",
        "Settles",
    ];
    let one = Variant {
        claims: CLAIMS,
        bounds: &[("messages", 2), ("slots", 2)],
        faults: &[(Fault::Crash, 1)],
        ..Variant::default()
    };
    vec![
        Variant {
            name: "add-again",
            handler: "add-again",
            summary: "adds the parcel whenever the command comes",
            breaks: &[
                (
                    "NoDoubleEffect",
                    "saved, crashed before the acknowledgement, and saved again",
                ),
                (
                    "ExactlyOnceEquivalent",
                    "the command is in the history twice",
                ),
            ],
            ..one.clone()
        },
        Variant {
            name: "add-once",
            handler: "add-once",
            summary: "adds the parcel unless it is there already",
            right: true,
            ..one
        },
    ]
}

/// Everything that this crate has.
pub fn catalogue() -> Catalogue {
    Catalogue::new().with(Parcels)
}
