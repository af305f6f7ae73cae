//! Where a protocol says that its messages are interchangeable, they are: each renaming maps the whole
//! graph onto itself and leaves the truth of every predicate as it is. Where one of them means
//! something, that is told.

use std::collections::BTreeSet;
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use tandem_models::kit::document::{Document, MessageId};
use tandem_models::kit::guarantees::{About, Guarantee, NO_CLAUSES, When};
use tandem_models::kit::io::{Flow, Io};
use tandem_models::kit::replay::Handler;
use tandem_models::kit::system::{Spec, State, System};
use tandem_models::kit::world_components::WorldComponent;
use tandem_models::value::{Renaming, Set, Value};
use tandem_runner::cancel::Cancel;
use tandem_runner::divergence::compare;
use tandem_runner::engine::Engine;
use tandem_runner::engine::graph::Graph;
use tandem_runner::enumerate::{Exploration, explore, explore_symmetric};
use tandem_runner::limits::{Limits, Run};
use tandem_runner::trace::follow;

use crate::common::select;

/// The whole graph; none if it has more states than these.
fn whole(system: &System, states: usize) -> Option<Exploration> {
    let cancel = Cancel::new();
    let limits = Limits {
        max_states: Some(states),
        ..Limits::NONE
    };
    let found = explore(system, &Run::new(&limits, &cancel));
    found.cut_off.is_none().then_some(found)
}

/// The predicates of a system that are true in a state.
fn truths(system: &System, state: &State) -> Vec<bool> {
    let asked = system.asked().into_iter();
    let asked = asked.map(|(property, _)| (property.condition)(system, state));
    let liveness = system.liveness().into_iter().flat_map(|guarantee| {
        let trigger = match guarantee.when {
            When::After(trigger) => Some(trigger(system, state)),
            _ => None,
        };
        std::iter::once((guarantee.holds)(system, state)).chain(trigger)
    });
    asked.chain(liveness).collect()
}

/// What a renaming does not map onto itself, if anything.
fn differs(found: &Exploration, names: &Renaming) -> Result<(), String> {
    let system = found.system();
    let states = 0..u32::try_from(found.size().raw_states).unwrap();
    let mut images = Vec::new();
    for raw in states.clone() {
        let state = found.state(raw);
        let renamed = system.renamed(&state, names);
        let image = found.node(&renamed);
        let image = image.ok_or(format!("not reached: {}", system.view(&renamed)))?;
        if truths(system, &state) != truths(system, &renamed) {
            return Err(format!("a predicate differs: {}", system.view(&state)));
        }
        images.push(image);
    }
    let initial = 0..found.initial();
    if initial
        .clone()
        .any(|raw| !initial.contains(&images[raw as usize]))
    {
        return Err("an initial state becomes another one".to_owned());
    }
    for raw in states {
        let of_image = found.transitions().of(images[raw as usize]);
        let of_image: BTreeSet<_> = of_image.map(|step| (step.label, step.to)).collect();
        let steps = found.transitions().of(raw);
        let renamed = steps.map(|step| (step.label, images[step.to as usize]));
        if renamed.collect::<BTreeSet<_>>() != of_image {
            return Err(format!("steps differ: {}", system.view(&found.state(raw))));
        }
    }
    Ok(())
}

/// All renamings that swap two messages: they make all others.
fn swaps(system: &System) -> Vec<Renaming> {
    let messages = 1..=u8::try_from(system.spec().messages.len()).unwrap();
    let mut all = Renaming::all(*messages.end());
    all.retain(|names| {
        let moved = messages
            .clone()
            .filter(|name| names.of(MessageId(*name)).0 != *name);
        moved.count() == 2
    });
    all
}

#[test]
fn each_renaming_of_interchangeable_messages_maps_the_graph_onto_itself() {
    // All whose own bounds have several messages have two.
    let mut mapped = BTreeSet::new();
    for (messages, states) in [(2, 1_500), (3, 800)] {
        for instance in select(None, &[("messages", messages)]) {
            let system = instance.system();
            if !system.spec().interchangeable {
                continue;
            }
            let Some(found) = whole(&system, states) else {
                continue;
            };
            for names in swaps(&system) {
                assert_eq!(differs(&found, &names), Ok(()), "{instance}");
                mapped.insert(format!("{} of {messages}", instance.label()));
            }
        }
    }
    assert!(mapped.len() >= 30, "only {mapped:?} are small enough");
}

#[test]
fn outside_a_name_is_a_number() {
    let cancel = Cancel::new();
    let run = Run::new(&Limits::NONE, &cancel);
    let plain = |value: &Value| *value == value.numbered();
    for instance in select(None, &[]) {
        let Some(found) = whole(&instance.system(), 5_000) else {
            continue;
        };
        let mut views = found.graph().states.into_iter();
        assert!(views.all(|view| view.values().all(plain)), "{instance}");
        let report = Graph.check(&instance, &run).unwrap();
        let traces = report.properties.iter().filter_map(|p| p.trace.as_ref());
        let mut messages = traces
            .flat_map(|trace| &trace.steps)
            .filter_map(|s| s.message.as_ref());
        assert!(messages.all(plain), "{instance}");
    }
}

/// The outbox's check-and-return with two messages, and something that looks at a name. Where the swap
/// of the two does not map the graph onto itself, unfolding shows it as well.
fn bait(change: impl Fn(&mut Spec)) -> Result<(), String> {
    let two = [("messages", 2)];
    let instance = select(Some("outbox:check-and-return"), &two).remove(0);
    let mut spec = instance.system().spec().clone();
    change(&mut spec);
    let system = System::new(spec);
    let found = whole(&system, 5_000).expect("it is small");
    let swaps = swaps(&system);
    assert_eq!(swaps.len(), 1);
    let differs = differs(&found, &swaps[0]);
    let of_graph = differs
        .as_ref()
        .is_err_and(|what| !what.starts_with("a predicate"));
    assert_eq!(found_by_unfolding(&found), of_graph);
    differs
}

/// Whether what was explored up to the swap unfolds to another graph than the whole one: where it does
/// so first is the end of a path of the model.
fn found_by_unfolding(whole: &Exploration) -> bool {
    let cancel = Cancel::new();
    let component = explore_symmetric(whole.system(), &Run::new(&Limits::NONE, &cancel));
    assert!(component.folded.messages);
    let graph = whole.graph();
    let divergence = compare(component.unfolded(), &graph);
    let path = divergence.as_ref().map(|divergence| {
        let start = divergence.start.as_ref().expect("they start alike");
        follow(whole.system(), start, &divergence.path)
    });
    path.is_some_and(|path| {
        path.expect("a path of the model");
        true
    })
}

#[test]
fn a_protocol_that_looks_at_a_name_is_found_out() {
    assert_eq!(bait(|_| {}), Ok(()), "nobody looks");
    let first_alone = |io: &mut dyn Io, message: &MessageId| -> Flow {
        if message.0 == 1 {
            io.insert("Mark", "inbox", *message)?.or_give_back()?;
        }
        io.ack("Ack")
    };
    let looks = bait(|spec| spec.handler = Handler::new(first_alone));
    assert!(looks.unwrap_err().starts_with("not reached"));
    let waits_for_first = |io: &mut dyn Io, message: &MessageId| -> Flow {
        if message.0 == 2 && !io.contains("Look", "inbox", MessageId(1))? {
            return io.ack("Ack");
        }
        io.insert("Mark", "inbox", MessageId(1))?.or_give_back()?;
        io.ack("Ack")
    };
    assert!(bait(|spec| spec.handler = Handler::new(waits_for_first)).is_err());
}

#[test]
fn a_name_that_is_kept_as_a_number_is_found_out() {
    let as_number = |io: &mut dyn Io, message: &MessageId| -> Flow {
        io.insert("Mark", "inbox", message.0)?.or_give_back()?;
        io.ack("Ack")
    };
    let kept = bait(|spec| spec.handler = Handler::new(as_number));
    assert!(kept.unwrap_err().starts_with("not reached"));
}

/// The same states and steps, but one step has another name.
#[test]
fn an_action_that_depends_on_a_name_is_found_out() {
    let renames = |io: &mut dyn Io, message: &MessageId| -> Flow {
        io.ack(if message.0 == 1 { "AckFirst" } else { "Ack" })
    };
    assert!(bait(|spec| spec.handler = Handler::new(renames)).is_err());
}

#[test]
fn a_guarantee_that_speaks_of_one_message_is_found_out() {
    let speaks = bait(|spec| {
        spec.guarantees.push(Guarantee {
            name: "TheFirstIsFirst",
            promise: "the first change is that of message 1",
            when: When::Always,
            about: About::Durable,
            holds: |_, state| {
                let first = state.world.hist.first();
                first.is_none_or(|cause| *cause == Value::from(MessageId(1)))
            },
            clauses: NO_CLAUSES,
        });
    });
    assert!(speaks.unwrap_err().starts_with("a predicate differs"));
}

/// An order that says no more than which commands it has processed.
#[derive(Clone, Default, Serialize, Deserialize)]
struct Processed {
    processed: Set<MessageId>,
}

impl Document for Processed {
    const COLLECTION: &'static str = "order";
    const BUSINESS: &'static [&'static str] = &[];
}

/// What a handler says when it breaks down is a text; the path to it is one all the same.
#[test]
fn a_handler_that_breaks_down_is_shown_under_the_names_of_its_path() {
    let panics = |io: &mut dyn Io, message: &MessageId| -> Flow {
        let mut order = io.load::<Processed>("Load", 1_u8)?;
        let before = order.processed.len();
        assert!(before < 2, "message {message} is the last one");
        order.processed.insert(*message);
        io.commit("Save", &mut order)?.or_give_back()?;
        io.ack("Ack")
    };
    let instance = select(Some("outbox:check-and-return"), &[("messages", 3)]).remove(0);
    let system = instance.system().with_handler(Handler::new(panics));
    let cancel = Cancel::new();
    let run = Run::new(&Limits::NONE, &cancel);
    let (found, whole) = (explore_symmetric(&system, &run), explore(&system, &run));
    assert!(found.folded.messages && found.size().raw_states < whole.size().raw_states);
    let length = |found: &Exploration| {
        let (raw, breach) = found.breach.as_ref().expect("it panics");
        let path = found.path(*raw);
        assert_eq!(found.system().breach(path.last()), Some(breach));
        assert_eq!(found.distance(*raw), path.steps.len());
        path.steps.len()
    };
    assert_eq!(length(&found), length(&whole));
}

/// What is not so at the start is not taken for so: a token for one message alone.
#[test]
fn only_renamings_that_leave_the_start_as_it_is_are_used() {
    let instance = select(Some("token-deduplication"), &[("messages", 3)]).remove(0);
    let spec = instance.system().spec().clone();
    assert_eq!(System::new(spec.clone()).renamings().len(), 6);
    let never = Spec {
        interchangeable: false,
        ..spec.clone()
    };
    assert_eq!(System::new(never).renamings().len(), 1);
    let mut first_alone = spec;
    let token = Value::seq([Value::from(0), Value::from(MessageId(1))]);
    let tokens = WorldComponent::Set("tokens", Arc::new([token].into()));
    first_alone.world.put(tokens);
    assert_eq!(System::new(first_alone).renamings().len(), 2);
}
