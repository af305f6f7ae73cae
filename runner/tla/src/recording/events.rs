//! Splits a TLC log into events about behaviours, which are the same with and without `-tool`.

use std::iter::Peekable;
use std::slice::Iter;

use crate::tlc::log::{self as tool, Message, code};

/// An event in a log.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Event<'a> {
    /// The description of a violation or an error.
    Heading(String),
    /// A heading with the initial state that it is about.
    Initial {
        heading: String,
        /// The lines that may be the state. They may also contain text after the state.
        state: Vec<&'a str>,
    },
    /// A state of a trace.
    State {
        number: usize,
        /// `<Initial predicate>` or `<Send line 15, col 12 to line 20, col 35 of module Inv>`.
        header: &'a str,
        text: String,
        /// Whether the log continues after it.
        whole: bool,
    },
    /// `Back to state 2: <…>`: the text after `Back to state`.
    Back(&'a str),
    /// The behaviour stutters.
    Stuttering,
}

/// The events of a log in order.
pub(super) fn of<'a>(log: &'a tool::Log, lines: &'a [&'a str]) -> Vec<Event<'a>> {
    match log.messages.is_empty() {
        false => log.messages.iter().filter_map(of_message).collect(),
        true => of_lines(lines),
    }
}

/// The event in one message of a log with `-tool`.
fn of_message(message: &Message) -> Option<Event<'_>> {
    let (first, rest) = message.text.split_once('\n').unwrap_or((&message.text, ""));
    Some(match message.code {
        code::STATE => {
            let (number, header) = first.split_once(':')?;
            Event::State {
                number: number.trim().parse().ok()?,
                header: header.trim(),
                text: rest.to_owned(),
                whole: message.complete,
            }
        }
        code::BACK_TO_STATE => Event::Back(first),
        code::STUTTERING => Event::Stuttering,
        code::INVARIANT_INITIAL | code::PROPERTY_INITIAL => Event::Initial {
            heading: first.trim_end_matches(':').to_owned(),
            state: rest.lines().collect(),
        },
        code::BEHAVIOUR | code::COUNTEREXAMPLE => return None,
        _ if message.is_error() => Event::Heading(as_heading(first)?),
        _ => return None,
    })
}

fn of_lines<'a>(lines: &'a [&'a str]) -> Vec<Event<'a>> {
    let mut events = Vec::new();
    let mut lines = lines.iter().peekable();
    while let Some(line) = lines.next() {
        let bare = line.strip_prefix("Error: ").unwrap_or(line);
        if initial_heading(line) {
            let state = paragraph(&mut lines).0;
            let heading = bare.trim_end_matches(':').to_owned();
            events.push(Event::Initial { heading, state });
        } else if let Some(back) = line.strip_prefix("Back to state ") {
            events.push(Event::Back(back));
        } else if let Some((number, header)) = header_number(line) {
            let header = header.trim();
            if header == "Stuttering" {
                events.push(Event::Stuttering);
                continue;
            }
            let (state, whole) = paragraph(&mut lines);
            let text = state.join("\n");
            events.push(Event::State {
                number,
                header,
                text,
                whole,
            });
        } else if bare.len() < line.len() || property(line).is_some() {
            events.extend(as_heading(bare).map(Event::Heading));
        }
    }
    events
}

/// The lines up to an empty line, or up to a line that cannot be part of a state, and whether the log
/// continues.
fn paragraph<'a>(lines: &mut Peekable<Iter<'a, &'a str>>) -> (Vec<&'a str>, bool) {
    let mut state = Vec::new();
    while let Some(line) = lines.next_if(|line| !line.is_empty() && !is_of_tlc(line)) {
        state.push(*line);
    }
    (state, lines.peek().is_some())
}

/// Whether a line is a message of TLC and not part of a state, for logs that have lost their empty
/// lines.
fn is_of_tlc(line: &str) -> bool {
    let counts =
        || line.starts_with(|c: char| c.is_ascii_digit()) && line.contains(" states generated");
    header_number(line).is_some()
        || counts()
        || [
            "Back to state ",
            "Error: ",
            "Warning: ",
            "Progress(",
            "Finished ",
            "The depth of ",
        ]
        .iter()
        .any(|start| line.starts_with(start))
}

/// Splits `State 12: …` into its number and the text after the colon.
pub(super) fn header_number(line: &str) -> Option<(usize, &str)> {
    let (number, rest) = line.strip_prefix("State ")?.split_once(':')?;
    Some((number.parse().ok()?, rest))
}

/// `Error: Invariant X is violated by the initial state:`
pub(super) fn initial_heading(line: &str) -> bool {
    let line = line.trim_end();
    line.ends_with(" is violated by the initial state:") && property(line).is_some()
}

/// The description of a violation, without the words that introduce the states.
fn as_heading(line: &str) -> Option<String> {
    let line = line.trim().trim_end_matches([':', '.']);
    let leads = line.starts_with("The behavior up to this point")
        || line.starts_with("The following behavior constitutes");
    (!leads && !line.is_empty()).then(|| line.to_owned())
}

/// The property that a heading names. A deadlock also has a name.
pub(super) fn property(heading: &str) -> Option<String> {
    let heading = heading.strip_prefix("Error: ").unwrap_or(heading);
    if heading.starts_with("Deadlock reached") {
        return Some("Deadlock".to_owned());
    }
    let kinds = [
        "Invariant ",
        "Property ",
        "Action property ",
        "Temporal property ",
    ];
    let named = kinds.iter().find_map(|kind| heading.strip_prefix(kind));
    let ends = [" is violated", " was violated"];
    if let Some(name) = named {
        return ends
            .iter()
            .find_map(|end| Some(name.split_once(end)?.0.to_owned()));
    }
    let name = heading.strip_prefix("Evaluating invariant ")?;
    Some(name.split_once(" failed")?.0.to_owned())
}
