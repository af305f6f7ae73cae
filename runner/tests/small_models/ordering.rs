//! A client with a script, and a shop that makes one order for each key.

use serde::{Deserialize, Serialize};
use tandem_models::catalogue::{
    Description, FaultKind, Instance, Module, Parameter, Protocol, Variant,
};
use tandem_models::kit::document::Document;
use tandem_models::kit::fault::Fault;
use tandem_models::kit::guarantees::{self as ask, About, Guarantee, NO_CLAUSES, When};
use tandem_models::kit::io::{Flow, Io};
use tandem_models::kit::replay::Handler;
use tandem_models::kit::script::Move;
use tandem_models::kit::stores::Stores;
use tandem_models::kit::system::{Intake, Spec, State, System};
use tandem_models::value::{Set, Value};

#[derive(Debug, Serialize, Deserialize)]
struct Submit {
    key: u8,
}

#[derive(Debug, Serialize, Deserialize)]
struct GetStatus {}

#[derive(Debug, Clone, Default, Serialize, Deserialize)]
struct Orders {
    keys: Set<u8>,
}

impl Document for Orders {
    const COLLECTION: &'static str = "orders";
    const BUSINESS: &'static [&'static str] = &["keys"];
}

fn submit(io: &mut dyn Io, request: &Submit) -> Flow {
    let mut orders = io.load::<Orders>("Load", 0)?;
    if !orders.keys.contains(&request.key) {
        orders.keys.insert(request.key);
        io.commit("Save", &mut orders)?.or_unanswered()?;
    }
    io.reply("ReplySubmitted", "Submitted")
}

/// A request that only reads.
fn status(io: &mut dyn Io, _: &GetStatus) -> Flow {
    let orders = io.load::<Orders>("Look", 0)?;
    let says = if orders.keys.is_empty() {
        "None"
    } else {
        "Ordered"
    };
    io.reply("ReplyStatus", says)
}

fn submits(key: u8) -> Value {
    Value::record([("type", Value::str("Submit")), ("key", Value::from(key))])
}

fn script(variant: &str) -> Vec<Move> {
    let status = Value::record([("type", Value::str("GetStatus"))]);
    let polls = Move::new(status).poll(Value::str("Ordered"), 1);
    let again = if variant == "new-key" { 2 } else { 1 };
    vec![
        Move::new(submits(1)).again(1).or_give_up(1),
        Move::new(submits(again)),
        polls,
    ]
}

fn made(state: &State) -> usize {
    state.world.document::<Orders>().keys.len()
}

const AT_MOST_ONE_ORDER: Guarantee = Guarantee {
    name: "AtMostOneOrder",
    promise: "at most one order is made",
    when: When::Always,
    about: About::Durable,
    holds: |_, state| made(state) <= 1,
    clauses: NO_CLAUSES,
};

const TOLD_THE_TRUTH: Guarantee = Guarantee {
    name: "ToldTheTruth",
    promise: "a client that was told of an order finds it",
    when: When::Always,
    about: About::Anything,
    holds: |system, state| {
        let view = system.view(state);
        let heard = view.at("client.heard").map(ToString::to_string);
        let told = heard.is_some_and(|heard| heard.contains("\"Ordered\""));
        !told || made(state) > 0
    },
    clauses: NO_CLAUSES,
};

pub(crate) struct Ordering;

impl Protocol for Ordering {
    fn describe(&self) -> Description {
        let believed = Variant {
            claims: &["AtMostOneOrder", "ToldTheTruth", "Settles"],
            faults: &[(Fault::Crash, 1), (Fault::Lose, 1)],
            ..Variant::default()
        };
        Description {
            name: "ordering",
            title: "A client with a script",
            part: 9,
            goal: "order once, whatever the client does",
            module: Module {
                name: "Ordering",
                text: include_str!("Ordering.tla"),
            },
            default_variant: "same-key",
            variants: vec![
                Variant {
                    name: "new-key",
                    handler: "new-key",
                    summary: "a client that gives up, and submits with a new key",
                    breaks: &[(
                        "AtMostOneOrder",
                        "the first request was not lost, only slow",
                    )],
                    faults: &[],
                    ..believed.clone()
                },
                Variant {
                    name: "same-key",
                    handler: "same-key",
                    summary: "a client that gives up, and submits with the same key",
                    right: true,
                    ..believed
                },
            ],
            parameters: vec![Parameter::slots(1, "requests handled at a time")],
            faults: vec![FaultKind::crash(1), FaultKind::request_lost(1)],
            actors: &["Client", "Shop"],
            steps: &[
                ("Load", "loads the orders"),
                ("Save", "saves the order"),
                ("ReplySubmitted", "answers: submitted"),
                ("Look", "looks for an order"),
                ("ReplyStatus", "answers whether there is an order"),
            ],
            guarantees: vec![AT_MOST_ONE_ORDER, TOLD_THE_TRUTH, ask::SETTLES],
            larger: Vec::new(),
        }
    }

    fn system(&self, instance: &Instance) -> System {
        let variant = instance.variant.handler;
        let handler = Handler::by_type([
            ("Submit", Handler::new(submit)),
            ("GetStatus", Handler::new(status)),
        ]);
        let keys = if variant == "new-key" { 1..=2 } else { 1..=1 };
        let status = Value::record([("type", Value::str("GetStatus"))]);
        let messages = keys.map(submits).chain([status]).collect();
        let stores = Stores::default().one(&Orders::default());
        System::new(Spec {
            intake: Intake::Requests,
            script: script(variant),
            guarantees: instance.guarantees(),
            ..Spec::new("Shop", messages, instance.budget(), handler, stores)
        })
    }
}
