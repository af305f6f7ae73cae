//! The clauses of the guarantees that all protocols share.

use std::collections::{BTreeMap, BTreeSet};

use super::actors::Slot;
use super::clause::Clause;
use super::guarantees::{basis, settled};
use super::system::{Intake, State, System};
use crate::value::Value;

pub(super) fn no_double_effect(system: &System, state: &State) -> Vec<Clause> {
    let messages: BTreeSet<_> = system.spec().messages.iter().collect();
    let messages = messages.into_iter().chain(&*state.world.hist);
    let messages: BTreeSet<_> = messages.collect();
    let once = |message: &Value| {
        let changes = changes_of(message, state);
        let says = format!("message {message} changes business state at most once");
        let clause =
            Clause::new(says, changes.len() <= 1).but(format!("it did so {} times", changes.len()));
        at_changes(clause, &changes)
    };
    messages.into_iter().map(once).collect()
}

pub(super) fn no_ghost(_: &System, state: &State) -> Vec<Clause> {
    let happened = |event: &Value| {
        let (output, cause) = of_what(event);
        let basis = basis(event);
        let change = usize::try_from(basis).ok();
        let change = change.and_then(|basis| state.world.hist.get(basis.checked_sub(1)?));
        let says = format!(
            "{output}, published for message {cause}, reports change {basis}, which message {cause} \
             made"
        );
        let clause = Clause::new(says, change.is_some() && change == event.get("cause"));
        match change {
            Some(other) => clause
                .but(format!("change {basis} was made by message {other}"))
                .among("sent", event)
                .at(format!("hist[{basis}]")),
            None => clause
                .but("the history has no such change")
                .among("sent", event)
                .at("hist"),
        }
    };
    state.world.sent.iter().map(happened).collect()
}

pub(super) fn consistent_output(_: &System, state: &State) -> Vec<Clause> {
    let mut copies: BTreeMap<_, BTreeMap<_, _>> = BTreeMap::new();
    for event in state.world.sent.iter() {
        let output = (event.get("cause"), event.get("output"));
        let copies = copies.entry(output).or_default();
        copies.entry(event.get("message")).or_insert(event);
    }
    let same = |copies: BTreeMap<_, &Value>| {
        let first = copies.values().next()?;
        let (output, cause) = of_what(first);
        let says = format!("all copies of {output} for message {cause} are the same message");
        let clause = Clause::new(says, copies.len() <= 1)
            .but(format!("{} different ones were published", copies.len()));
        let among_sent = |clause: Clause, copy: &&Value| clause.among("sent", copy);
        Some(copies.values().fold(clause, among_sent))
    };
    copies.into_values().filter_map(same).collect()
}

pub(super) fn no_lost_effect(system: &System, state: &State) -> Vec<Clause> {
    let settled = settled(system, state).into_iter();
    let had_its_effect = |message: Value| {
        let changes = changes_of(&message, state);
        let says = format!(
            "message {message}, acknowledged and with no copy left, has changed business state"
        );
        let clause = Clause::new(says, !changes.is_empty())
            .but("the history has no change that it made")
            .among("acked", &message)
            .at("incoming");
        at_changes(clause, &changes)
    };
    settled.map(had_its_effect).collect()
}

pub(super) fn no_lost_output(system: &System, state: &State) -> Vec<Clause> {
    let mut clauses = Vec::new();
    for message in settled(system, state) {
        let changes = changes_of(&message, state);
        if changes.is_empty() {
            continue;
        }
        for output in system.spec().outputs {
            let mut sent = state.world.sent.iter();
            let copy = sent.find(|event| is_output(event, &message, output));
            let says = format!(
                "message {message}, acknowledged and with no copy left, has published {output} \
                 about its change"
            );
            let clause = Clause::new(says, copy.is_some())
                .but("it never did")
                .among("acked", &message)
                .at("incoming");
            let clause = at_changes(clause, &changes);
            clauses.push(match copy {
                Some(copy) => clause.among("sent", copy),
                None => clause.at("sent"),
            });
        }
    }
    clauses
}

pub(super) fn exactly_once_equivalent(system: &System, state: &State) -> Vec<Clause> {
    let spec = system.spec();
    let mut clauses = no_double_effect(system, state);
    let says = "business state is what the messages of the history make of it";
    let folds = Clause::new(says, (spec.folds)(&state.world))
        .but("the documents say something else")
        .at("hist");
    let collections = spec.schema.collections.iter();
    clauses.push(collections.fold(folds, |folds, collection| folds.at(collection.name)));
    if system.at_rest(state) {
        clauses.extend(spec.messages.iter().map(|message| {
            let says =
                format!("now that all is done, message {message} has changed business state");
            let clause = Clause::new(says, state.world.hist.contains(message));
            clause.but("it never did").at("hist")
        }));
    }
    clauses
}

pub(super) fn dedup_bounded(system: &System, state: &State) -> Vec<Clause> {
    let (remembered, needed) = (system.spec().remembered)(system, state);
    let says =
        format!("no more identities are remembered for deduplication than the {needed} needed now");
    let clause = Clause::new(says, remembered <= needed)
        .but(format!("the number remembered is {remembered}"));
    let kept = system.spec().remembered_in.iter();
    let clause = kept.fold(clause, |clause, path| clause.at(*path));
    let busy = (1..).zip(system.slots(state));
    let busy = busy.filter(|(_, slot)| **slot != Slot::Idle);
    vec![busy.fold(clause.at("incoming"), |clause, (slot, _)| {
        clause.at(format!("slots[{slot}].message"))
    })]
}

pub(super) fn settles(system: &System, state: &State) -> Vec<Clause> {
    let spec = system.spec();
    let nothing = |says: String, what: &str, waiting: BTreeMap<Value, usize>, place: &str| {
        let clause = Clause::new(says, waiting.is_empty());
        if clause.holds {
            return clause.at(place);
        }
        let values = waiting.keys().map(|value| format!("{what} {value}"));
        let clause = clause.but(format!(
            "there is {}",
            values.collect::<Vec<_>>().join(" and ")
        ));
        let each = |clause: Clause, value| clause.at(format!("{place}[{value}]"));
        waiting.keys().fold(clause, each)
    };
    let messages = |name: &str, waiting, place| {
        let says = format!("no message waits for {name}");
        nothing(says, "message", waiting, place)
    };
    let incoming = system.incoming(state);
    let mut clauses = vec![messages(spec.endpoint, incoming, "incoming")];
    if let Some((name, _)) = spec.downstream {
        clauses.push(messages(name, system.outgoing(state), "outgoing"));
    }
    if let Some((name, _)) = spec.third_party {
        let says = format!("no request is still on its way to {name}");
        clauses.push(nothing(says, "request", system.late(state), "late"));
    }
    if spec.intake == Intake::Requests {
        let says = "no reply is still on its way to the browser".to_owned();
        clauses.push(nothing(says, "reply", system.replies(state), "replies"));
    }
    let slots = (1..).zip(system.slots(state));
    clauses.extend(slots.map(|(number, slot)| idle(number, slot)));
    clauses
}

fn idle(number: usize, slot: &Slot) -> Clause {
    let clause = Clause::new(format!("slot {number} is idle"), *slot == Slot::Idle)
        .at(format!("slots[{number}].at"));
    match slot {
        Slot::Idle => clause,
        Slot::Busy(work) => clause
            .but(format!("it works on message {}", work.message))
            .at(format!("slots[{number}].message")),
    }
}

/// The places in the history, from 1, of the changes that a message made.
fn changes_of(message: &Value, state: &State) -> Vec<usize> {
    let hist = (1..).zip(state.world.hist.iter());
    let own = hist.filter(|(_, cause)| *cause == message);
    own.map(|(place, _)| place).collect()
}

/// The changes; where there are none, the history without them.
fn at_changes(clause: Clause, changes: &[usize]) -> Clause {
    if changes.is_empty() {
        return clause.at("hist");
    }
    let each = |clause: Clause, place: &usize| clause.at(format!("hist[{place}]"));
    changes.iter().fold(clause, each)
}

/// Which output an event is, and of which message.
fn of_what(event: &Value) -> (String, String) {
    let output = event.get("output").and_then(Value::as_str);
    let cause = event.get("cause").map(ToString::to_string);
    (
        output.unwrap_or("an event").to_owned(),
        cause.unwrap_or_default(),
    )
}

fn is_output(event: &Value, cause: &Value, output: &str) -> bool {
    event.get("cause") == Some(cause) && event.get("output").and_then(Value::as_str) == Some(output)
}
