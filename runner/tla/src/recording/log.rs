//! Reads the behaviours in TLC's output. There may be several, from `-continue`, from a simulation,
//! or from two runs in one file. Each belongs to the heading before it.

use tandem_models::value::{StateView, parse_state};

use super::events::{self, Event, property};
use super::{Behaviour, Ending, Format, ReadError, RecordedStep, close, text};
use crate::tlc::label::ActionLabel;
use crate::tlc::log as tool;
use crate::tlc::outcome::action_of;

const CUT_SHORT: &str = "copy the whole log, from the first line that TLC printed";

/// All behaviours of a log.
pub(super) fn read(text: &str) -> Result<Vec<Behaviour>, ReadError> {
    let lines = text::lines(text);
    let log = tool::parse(&lines.join("\n"));
    let mut reader = Reader::default();
    for event in events::of(&log, &lines) {
        reader.take(event)?;
    }
    reader.end_trace()?;
    Ok(reader.found)
}

#[derive(Default)]
struct Reader<'a> {
    found: Vec<Behaviour>,
    /// The first heading since the last trace. Later ones add details about the same violation.
    heading: Option<String>,
    states: Vec<Printed<'a>>,
    end: Option<Event<'a>>,
}

struct Printed<'a> {
    number: usize,
    header: &'a str,
    text: String,
    whole: bool,
}

impl<'a> Reader<'a> {
    fn take(&mut self, event: Event<'a>) -> Result<(), ReadError> {
        match event {
            Event::Heading(heading) => {
                self.end_trace()?;
                // A violation is more important than the headings before it.
                if self.heading.is_none() || property(&heading).is_some() {
                    self.heading = Some(heading);
                }
            }
            Event::Initial { heading, state } => {
                self.end_trace()?;
                self.found.push(initial(heading, &state)?);
                self.heading = None;
            }
            Event::State {
                number,
                header,
                text,
                whole,
            } => {
                if number == 1 || self.end.is_some() {
                    self.end_trace()?;
                }
                self.follows(number)?;
                self.states.push(Printed {
                    number,
                    header,
                    text,
                    whole,
                });
            }
            Event::Back(_) | Event::Stuttering if self.states.is_empty() => {}
            end @ (Event::Back(_) | Event::Stuttering) => self.end = Some(end),
        }
        Ok(())
    }

    fn follows(&self, number: usize) -> Result<(), ReadError> {
        let last = self.states.last().map_or(0, |state| state.number);
        if number == last + 1 {
            return Ok(());
        }
        let where_ = match last {
            0 => format!("the trace begins with state {number}"),
            _ => format!("state {number} follows state {last}"),
        };
        Err(ReadError::new(format!(
            "{where_}, so a part of the log is missing: {CUT_SHORT}"
        )))
    }

    /// Ends the current trace and adds it as a behaviour, if it has any states.
    fn end_trace(&mut self) -> Result<(), ReadError> {
        let (states, end) = (std::mem::take(&mut self.states), self.end.take());
        if states.is_empty() {
            return Ok(());
        }
        let heading = self.heading.take();
        self.found.push(behaviour(heading, &states, end.as_ref())?);
        Ok(())
    }
}

fn initial(heading: String, lines: &[&str]) -> Result<Behaviour, ReadError> {
    // The text after the state is not separated from it, so the longest prefix that parses as a state
    // is used.
    let mut parts = (1..=lines.len()).rev();
    let state = parts.find_map(|count| parse_state(&lines[..count].join("\n")).ok());
    let start = state.ok_or_else(|| {
        ReadError::new(format!(
            "\"{heading}\" is not followed by a state, so the log is cut short: {CUT_SHORT}"
        ))
    })?;
    Ok(Behaviour {
        property: property(&heading),
        ..bare(heading, start)
    })
}

fn bare(heading: String, start: StateView) -> Behaviour {
    Behaviour {
        format: Format::Tlc,
        heading,
        property: None,
        origin: None,
        start,
        steps: Vec::new(),
        ending: Ending::Open,
        notes: Vec::new(),
    }
}

fn behaviour(
    heading: Option<String>,
    states: &[Printed<'_>],
    end: Option<&Event<'_>>,
) -> Result<Behaviour, ReadError> {
    let property = heading.as_deref().and_then(property);
    let heading = heading.unwrap_or_else(|| "a trace without a heading".to_owned());
    let mut notes = Vec::new();
    let views = views(&heading, states, end.is_some(), &mut notes)?;
    let mut states = states.iter().zip(views);
    let start = states.next().map(|(_, view)| view).unwrap_or_default();
    let mut steps: Vec<_> = states
        .map(|(printed, state)| RecordedStep {
            action: name(printed.header),
            state,
        })
        .collect();
    let ending = match end {
        Some(Event::Back(text)) => back(&start, &mut steps, text)?,
        Some(_) => Ending::Stutters,
        None => Ending::Open,
    };
    Ok(Behaviour {
        property,
        steps,
        ending,
        notes,
        ..bare(heading, start)
    })
}

fn name(header: &str) -> Option<String> {
    action_of(header).map(|ActionLabel { name, .. }| name)
}

fn back(start: &StateView, steps: &mut Vec<RecordedStep>, text: &str) -> Result<Ending, ReadError> {
    let (number, header) = text.split_once(':').unwrap_or((text, ""));
    let number: Option<usize> = number.trim().trim_end_matches('.').parse().ok();
    let back = number.and_then(|number| number.checked_sub(1));
    back.and_then(|back| close(start, steps, back, name(header)))
        .ok_or_else(|| {
            ReadError::new(format!(
                "the trace goes back to state {}, which it does not have: {CUT_SHORT}",
                text.trim()
            ))
        })
}

/// The states of a trace. `-difftrace` prints only the variables that have changed; the values of the
/// others are carried over. A truncated last state is left out, with a note.
fn views(
    heading: &str,
    states: &[Printed<'_>],
    closed: bool,
    notes: &mut Vec<String>,
) -> Result<Vec<StateView>, ReadError> {
    let mut views: Vec<StateView> = Vec::new();
    let mut carried = false;
    for (place, printed) in states.iter().enumerate() {
        let last = place + 1 == states.len() && !closed;
        let number = printed.number;
        let read = match printed.text.trim().is_empty() {
            true => Ok(StateView::default()),
            false => parse_state(&printed.text),
        };
        let complete = match (&read, views.last()) {
            (Ok(view), None) => !view.is_empty(),
            (Ok(view), Some(before)) => carried || view.len() >= before.len(),
            (Err(_), _) => false,
        };
        if last && !printed.whole && !complete {
            if views.is_empty() {
                return Err(ReadError::new(format!(
                    "the log ends within the first state of \"{heading}\": {CUT_SHORT}"
                )));
            }
            notes.push(format!(
                "the log ends within state {number}, which is left out"
            ));
            break;
        }
        let view = read.map_err(|error| {
            ReadError::new(format!(
                "state {number} of \"{heading}\" is not readable: {error}"
            ))
        })?;
        let Some(before) = views.last() else {
            if view.is_empty() {
                let what = format!("the first state of \"{heading}\" has no variables");
                return Err(ReadError::new(format!("{what}: {CUT_SHORT}")));
            }
            views.push(view);
            continue;
        };
        if let Some(new) = view.keys().find(|name| !before.contains_key(*name)) {
            return Err(ReadError::new(format!(
                "state {number} of \"{heading}\" has the variable {new}, which the states before it \
                 do not have"
            )));
        }
        carried |= view.len() < before.len();
        let mut whole = (**before).clone();
        whole.extend(
            view.iter()
                .map(|(name, value)| (name.clone(), value.clone())),
        );
        views.push(StateView::from(whole));
    }
    if carried {
        notes.push(
            "variables that a state does not show were carried over from the state before, as \
             -difftrace means it"
                .to_owned(),
        );
    }
    Ok(views)
}
