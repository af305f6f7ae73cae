//! The clauses of the guarantees that all protocols share.

use std::collections::{BTreeMap, BTreeSet};

use super::actors::Slot;
use super::clause::Clause;
use super::observe::{basis, settled};
use super::system::{Intake, State, System};
use crate::value::Value;

/// The clauses for every endpoint, one after the other.
fn everywhere(system: &System, clauses: impl Fn(usize) -> Vec<Clause>) -> Vec<Clause> {
    (0..system.hosts().len()).flat_map(clauses).collect()
}

/// The path of an endpoint's variable in the view.
fn at(system: &System, endpoint: usize, name: &str) -> String {
    system.hosts()[endpoint].variable(name)
}

pub(super) fn no_double_effect(system: &System, state: &State) -> Vec<Clause> {
    everywhere(system, |endpoint| {
        let messages = system.hosts()[endpoint].messages.iter();
        let messages = messages.chain(&*state.world.ledgers[endpoint].hist);
        let messages: BTreeSet<_> = messages.collect();
        let once = |message: &Value| {
            let changes = changes_of(message, endpoint, state);
            let message = system.message(message);
            let expected = format!("{message} changes business state at most once");
            let clause = Clause::new(expected, changes.len() <= 1)
                .but(format!("it did so {} times", changes.len()));
            at_changes(system, endpoint, clause, &changes)
        };
        messages.into_iter().map(once).collect()
    })
}

pub(super) fn no_ghost(system: &System, state: &State) -> Vec<Clause> {
    everywhere(system, |endpoint| {
        let ledger = &state.world.ledgers[endpoint];
        let (sent, hist) = (at(system, endpoint, "sent"), at(system, endpoint, "hist"));
        let happened = |event: &Value| {
            let (output, cause) = of_what(system, event);
            let basis = basis(event);
            let change = usize::try_from(basis).ok();
            let change = change.and_then(|basis| ledger.hist.get(basis.checked_sub(1)?));
            let expected =
                format!("change {basis}, which {output} for {cause} reports, was made by {cause}");
            let clause = Clause::new(expected, change.is_some() && change == event.get("cause"));
            match change {
                Some(other) => clause
                    .but(format!(
                        "change {basis} was made by {}",
                        system.message(other)
                    ))
                    .among(&sent, event)
                    .at(format!("{hist}[{basis}]")),
                None => clause
                    .but(format!(
                        "{output} was published, and there is no change {basis}"
                    ))
                    .among(&sent, event)
                    .at(&*hist),
            }
        };
        let reports = ledger.sent.iter().filter(|event| basis(event) != 0);
        reports.map(happened).collect()
    })
}

pub(super) fn only_effects_announced(system: &System, state: &State) -> Vec<Clause> {
    everywhere(system, |endpoint| {
        let sent = at(system, endpoint, "sent");
        let has_an_effect = |event: &Value| {
            let (output, cause) = of_what(system, event);
            let changes = event.get("cause");
            let changes = changes.map(|cause| changes_of(cause, endpoint, state));
            let changes = changes.unwrap_or_default();
            let expected =
                format!("{cause}, for which {output} is published, has changed something");
            let clause = Clause::new(expected, !changes.is_empty())
                .but(format!(
                    "{output} was published, and {cause} has changed nothing"
                ))
                .among(&*sent, event);
            at_changes(system, endpoint, clause, &changes)
        };
        let events = state.world.ledgers[endpoint].sent.iter();
        events.map(has_an_effect).collect()
    })
}

/// One clause for each answered request to the first endpoint.
pub(super) fn answered(system: &System, state: &State) -> Vec<Clause> {
    let spec = system.spec();
    if state.world.budget != spec.world.budget {
        return vec![Clause::new(
            "a fault has happened, so an answer may be missing",
            true,
        )];
    }
    let acked = at(system, 0, "acked");
    let answered = |request: &Value| {
        let expected = format!("{} is answered", system.message(request));
        Clause::new(expected, state.world.acked.contains(request))
            .but("it never was")
            .at(&*acked)
    };
    // If several requests are handled at the same time, one may be refused for a conflict and end without
    // an answer.
    let one_at_a_time = spec.slots == 1;
    let waiting = system.unanswered(state);
    let every_tab = Clause::new(
        "no tab waits for an answer where requests are handled one at a time",
        !one_at_a_time || waiting == 0,
    )
    .but(format!("the number of tabs that wait is {waiting}"))
    .at(match spec.script.is_empty() {
        true => "browser.waiting",
        false => "client.at",
    });
    spec.messages
        .iter()
        .map(answered)
        .chain([every_tab])
        .collect()
}

pub(super) fn consistent_output(system: &System, state: &State) -> Vec<Clause> {
    everywhere(system, |endpoint| {
        let sent = at(system, endpoint, "sent");
        let mut copies: BTreeMap<_, BTreeMap<_, _>> = BTreeMap::new();
        for event in state.world.ledgers[endpoint].sent.iter() {
            let output = (event.get("cause"), event.get("output"));
            let copies = copies.entry(output).or_default();
            copies.entry(event.get("message")).or_insert(event);
        }
        let same = |copies: BTreeMap<_, &Value>| {
            let first = copies.values().next()?;
            let (output, cause) = of_what(system, first);
            let expected = format!("all copies of {output} for {cause} are the same message");
            let clause = Clause::new(expected, copies.len() <= 1)
                .but(format!("{} different ones were published", copies.len()));
            let among_sent = |clause: Clause, copy: &&Value| clause.among(&sent, copy);
            Some(copies.values().fold(clause, among_sent))
        };
        copies.into_values().filter_map(same).collect()
    })
}

pub(super) fn no_lost_effect(system: &System, state: &State) -> Vec<Clause> {
    everywhere(system, |endpoint| {
        let settled = settled(system, endpoint, state).into_iter();
        let had_its_effect = |message: Value| {
            let changes = changes_of(&message, endpoint, state);
            let (name, done) = (system.message(&message), done_with(system));
            let expected = format!("{name} is {done}, so it has changed business state");
            let clause = Clause::new(expected, !changes.is_empty())
                .but("it changed nothing, and nobody will try again")
                .among(at(system, endpoint, "acked"), &message)
                .at(at(system, endpoint, "incoming"));
            at_changes(system, endpoint, clause, &changes)
        };
        settled.map(had_its_effect).collect()
    })
}

pub(super) fn no_lost_output(system: &System, state: &State) -> Vec<Clause> {
    everywhere(system, |endpoint| {
        let mut clauses = Vec::new();
        for message in settled(system, endpoint, state) {
            let changes = changes_of(&message, endpoint, state);
            if !changes.is_empty() {
                let outputs = system.hosts()[endpoint].outputs.iter();
                let published =
                    |output: &&str| published(system, endpoint, state, &message, output, &changes);
                clauses.extend(outputs.map(published));
            }
        }
        clauses
    })
}

/// The clause that an output of a message was published, if the message is settled and has made changes.
fn published(
    system: &System,
    endpoint: usize,
    state: &State,
    message: &Value,
    output: &str,
    changes: &[usize],
) -> Clause {
    let mut sent = state.world.ledgers[endpoint].sent.iter();
    let copy = sent.find(|event| is_output(event, message, output));
    let (name, done) = (system.message(message), done_with(system));
    let expected = format!(
        "{name} is {done}, and has changed business state, so {output} is published for it"
    );
    let clause = Clause::new(expected, copy.is_some())
        .but(format!(
            "no {output} was published for it, and nobody will try again"
        ))
        .among(at(system, endpoint, "acked"), message)
        .at(at(system, endpoint, "incoming"));
    let clause = at_changes(system, endpoint, clause, changes);
    let sent = at(system, endpoint, "sent");
    match copy {
        Some(copy) => clause.among(&sent, copy),
        None => clause.at(sent),
    }
}

pub(super) fn exactly_once_equivalent(system: &System, state: &State) -> Vec<Clause> {
    let spec = system.spec();
    let mut clauses = no_double_effect(system, state);
    let expected = "business state is what handling each message of the history once makes of it";
    let folds = Clause::new(expected, (spec.folds)(&state.world))
        .but("it is something else")
        .at(at(system, 0, "hist"));
    let collections = spec.schema.collections.iter();
    clauses.push(collections.fold(folds, |folds, collection| folds.at(collection.name)));
    if system.at_rest(state) {
        clauses.extend(spec.messages.iter().map(|message| {
            let name = system.message(message);
            let expected = format!("now that all is done, {name} has changed business state");
            let clause = Clause::new(expected, state.world.hist.contains(message));
            clause.but("it never did").at(at(system, 0, "hist"))
        }));
    }
    clauses
}

pub(super) fn dedup_bounded(system: &System, state: &State) -> Vec<Clause> {
    let (remembered, needed) = (system.spec().remembered)(system, state);
    let expected =
        format!("no more identities are remembered for deduplication than the {needed} needed now");
    let are = if remembered == 1 { "is" } else { "are" };
    let clause =
        Clause::new(expected, remembered <= needed).but(format!("{remembered} {are} remembered"));
    let kept = system.spec().remembered_in.iter();
    let clause = kept.fold(clause, |clause, path| clause.at(*path));
    let busy = (1..).zip(system.slots_at(0, state));
    let busy = busy.filter(|(_, slot)| **slot != Slot::Idle);
    let slots = at(system, 0, "slots");
    let clause = clause.at(at(system, 0, "incoming"));
    vec![busy.fold(clause, |clause, (slot, _)| {
        clause.at(format!("{slots}[{slot}].message"))
    })]
}

pub(super) fn settles(system: &System, state: &State) -> Vec<Clause> {
    let spec = system.spec();
    let nothing = |expected: String, waiting: Bag, place: &str, name: &dyn Fn(&Value) -> String| {
        let names: Vec<_> = waiting.keys().map(name).collect();
        let clause = Clause::new(expected, waiting.is_empty())
            .but(format!("there is {}", names.join(" and ")));
        if clause.holds {
            return clause.at(place);
        }
        let each = |clause: Clause, value| clause.at(format!("{place}[{value}]"));
        waiting.keys().fold(clause, each)
    };
    let message = |message: &Value| system.message(message);
    let event = |event: &Value| system.event(state, event);
    let mut clauses = everywhere(system, |endpoint| {
        let host = &system.hosts()[endpoint];
        let expected = format!("no {} waits for {}", system.noun(), host.name);
        let place = at(system, endpoint, "incoming");
        let waits = nothing(expected, system.queue(endpoint, state), &place, &message);
        let expected = format!("nothing that was sent to {} is not due yet", host.name);
        let place = at(system, endpoint, "later");
        let later = spec.later.contains(&host.name);
        let later =
            later.then(|| nothing(expected, system.not_due(endpoint, state), &place, &message));
        [waits].into_iter().chain(later).collect()
    });
    if let Some((name, _)) = spec.downstream {
        let expected = format!("no message waits for {name}");
        clauses.push(nothing(
            expected,
            system.outgoing(state),
            "outgoing",
            &event,
        ));
    }
    for party in 0..system.third_parties().len() {
        let name = system.party_name(party);
        let expected = format!("no request is still on its way to {name}");
        let place = system.party_variable(party, "late");
        let late = system.late(party, state);
        clauses.push(nothing(expected, late, &place, &Value::brief));
    }
    if spec.intake == Intake::Requests {
        let expected = format!(
            "no reply is still on its way to the {}",
            system.name(system.sender()).to_lowercase()
        );
        clauses.push(nothing(
            expected,
            system.replies(state),
            "replies",
            &Value::brief,
        ));
    }
    if !spec.schema.landing_late.is_empty() {
        let late = state.world.landing.len();
        let clause = Clause::new("no write is still on its way", late == 0)
            .but(format!("there are {late} of them"));
        clauses.push(clause.at("landing"));
    }
    let pollers = system.hosts().iter().filter(|host| host.wakes.is_some());
    clauses.extend(pollers.map(|host| {
        let (expected, wakes) = (nothing_to_do(host.name), host.wakes_up(&state.world));
        let clause = Clause::new(expected, !wakes).but("it wakes up");
        let collections = spec.schema.collections.iter();
        collections.fold(clause, |clause, collection| clause.at(collection.name))
    }));
    clauses.extend(everywhere(system, |endpoint| {
        let slots = (1..).zip(system.slots_at(endpoint, state));
        slots
            .map(|(number, slot)| idle(system, endpoint, number, slot))
            .collect()
    }));
    clauses
}

/// The clause that a poller does not wake up.
pub(super) fn nothing_to_do(host: &str) -> String {
    format!("there is nothing to do for {host}")
}

/// Waiting messages, with the number of copies of each.
type Bag = BTreeMap<Value, usize>;

fn idle(system: &System, endpoint: usize, number: usize, slot: &Slot) -> Clause {
    let slots = at(system, endpoint, "slots");
    let whose = match system.hosts() {
        [_] => String::new(),
        hosts => format!(" of {}", hosts[endpoint].name),
    };
    let expected = format!("slot {number}{whose} is idle");
    let clause = Clause::new(expected, *slot == Slot::Idle).at(format!("{slots}[{number}].at"));
    match slot {
        Slot::Idle => clause,
        Slot::Busy(work) => clause
            .but(format!("it works on {}", system.message(&work.message)))
            .at(format!("{slots}[{number}].message")),
    }
}

/// A phrase for when a message is settled, as [`settled`] defines it.
fn done_with(system: &System) -> &'static str {
    match system.spec().intake {
        Intake::Queue => "acknowledged, with no copy left",
        Intake::Requests => "answered, with no copy left",
    }
}

/// The indices in the history, from 1, of the changes that a message made.
fn changes_of(message: &Value, endpoint: usize, state: &State) -> Vec<usize> {
    let hist = (1..).zip(state.world.ledgers[endpoint].hist.iter());
    let own = hist.filter(|(_, cause)| *cause == message);
    own.map(|(place, _)| place).collect()
}

/// Adds the positions of these changes to a clause; without changes, the position of the history.
fn at_changes(system: &System, endpoint: usize, clause: Clause, changes: &[usize]) -> Clause {
    let hist = at(system, endpoint, "hist");
    if changes.is_empty() {
        return clause.at(hist);
    }
    let each = |clause: Clause, place: &usize| clause.at(format!("{hist}[{place}]"));
    changes.iter().fold(clause, each)
}

/// The name of the output that an event is, and the message that it belongs to.
fn of_what(system: &System, event: &Value) -> (String, String) {
    let output = event.get("output").and_then(Value::as_str);
    let cause = event.get("cause").map(|cause| system.message(cause));
    (
        output.unwrap_or("an event").to_owned(),
        cause.unwrap_or_default(),
    )
}

fn is_output(event: &Value, cause: &Value, output: &str) -> bool {
    event.get("cause") == Some(cause) && event.get("output").and_then(Value::as_str) == Some(output)
}
