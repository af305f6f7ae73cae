//! The content of a sequence diagram for each step, in the order of cause and effect.
//!
//! A message is drawn once, as an arrow in the step in which it arrives. A message that has not arrived
//! at the end of the path is listed in a note.

use crate::diagram::{Call, CallOutcome, Diagram, Fate, Flight, Mark, MarkKind};
use crate::wire;

/// An element of the drawing.
pub(super) enum Item {
    /// An arrow from one lifeline to another.
    Arrow {
        from: String,
        to: String,
        label: String,
        /// What is drawn at the end of the arrow.
        head: Head,
        /// Whether it is a duplicate that nobody sent.
        extra: bool,
    },
    /// A text at a lifeline.
    Note {
        at: String,
        lines: Vec<String>,
        bad: bool,
    },
}

/// The end of an arrow.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Head {
    /// The message arrives.
    Arrives,
    /// The message is lost or refused.
    Cross,
}

/// The elements of one step, in the order of cause and effect.
pub(super) fn items(diagram: &Diagram, step: &wire::Step) -> Vec<Item> {
    let number = step.number;
    let marks = |kinds: fn(MarkKind) -> bool| {
        let marks = diagram.marks.iter();
        let here = marks.filter(move |mark| mark.step == number && kinds(mark.kind));
        here.map(note)
    };
    let arriving = |direct: bool| {
        let flights = diagram.flights.iter();
        let here = flights.filter(move |flight| {
            flight.ended == Some(number) && (flight.sent == number) == direct
        });
        here.filter_map(arrow)
    };
    let calls = diagram.calls.iter().filter(|call| call.step == number);
    let mut items: Vec<Item> = marks(|kind| kind == MarkKind::Click).collect();
    items.extend(arriving(false));
    items.extend(marks(|kind| kind == MarkKind::Handled));
    items.extend(calls.flat_map(called));
    items.extend(arriving(true));
    items.extend(marks(|kind| {
        !matches!(kind, MarkKind::Click | MarkKind::Handled)
    }));
    if items.is_empty() {
        items.push(Item::Note {
            at: place(diagram, &step.act.actor),
            lines: vec![step.act.words.clone()],
            bad: false,
        });
    }
    items
}

/// Notes about the messages that have not arrived when the path ends.
pub(super) fn waiting(diagram: &Diagram) -> Vec<Item> {
    let waiting = diagram
        .flights
        .iter()
        .filter(|flight| flight.fate == Fate::InFlight);
    let notes = waiting.map(|flight| Item::Note {
        at: flight.to.clone(),
        lines: vec![format!("{} waits", named(flight))],
        bad: false,
    });
    notes.collect()
}

/// The lifeline of an actor, or the first lifeline if the actor has none.
fn place(diagram: &Diagram, actor: &str) -> String {
    let own = diagram.lifelines.iter().find(|line| line.name == actor);
    let line = own.or(diagram.lifelines.first());
    line.map_or_else(|| actor.to_owned(), |line| line.name.clone())
}

fn named(flight: &Flight) -> String {
    let copy = (flight.copy > 1).then(|| format!("×{}", flight.copy));
    let again = flight.redelivery.then(|| "↻".to_owned());
    let late = flight.late.then(|| "(late)".to_owned());
    let parts = [copy, again, Some(flight.label.clone()), late];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" ")
}

fn arrow(flight: &Flight) -> Option<Item> {
    let (head, label) = match flight.fate {
        Fate::Delivered => (Head::Arrives, named(flight)),
        Fate::Lost => (Head::Cross, format!("{} is lost", named(flight))),
        Fate::InFlight => return None,
    };
    Some(Item::Arrow {
        from: flight.from.clone(),
        to: flight.to.clone(),
        label,
        head,
        extra: flight.duplicate,
    })
}

fn called(call: &Call) -> Vec<Item> {
    let what = match call.label.is_empty() {
        true => &call.action,
        false => &call.label,
    };
    let answer = call
        .answer
        .as_ref()
        .map_or_else(String::new, |answer| format!(" → {answer}"));
    let (head, outcome) = match call.outcome {
        CallOutcome::Done => (Head::Arrives, ""),
        CallOutcome::Unknown => (Head::Arrives, " (no answer)"),
        CallOutcome::Conflict => (Head::Cross, " (conflict)"),
        CallOutcome::Failed => (Head::Cross, " (failed)"),
        CallOutcome::Refused => (Head::Cross, " (refused)"),
    };
    let mut items = vec![Item::Arrow {
        from: call.from.clone(),
        to: call.to.clone(),
        label: format!("{what}{answer}{outcome}"),
        head,
        extra: false,
    }];
    if call.writes && !call.wrote.is_empty() {
        items.push(Item::Note {
            at: call.to.clone(),
            lines: call.wrote.clone(),
            bad: false,
        });
    }
    items
}

fn note(mark: &Mark) -> Item {
    let lines = std::iter::once(&mark.label).chain(&mark.wrote);
    Item::Note {
        at: mark.lifeline.clone(),
        lines: lines.cloned().collect(),
        bad: mark.kind == MarkKind::Crash,
    }
}
