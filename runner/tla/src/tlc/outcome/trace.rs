//! The behaviour that TLC prints as a counterexample: messages 2217, and 2122 or 2218 at its end.

use crate::tlc::log::{Message, code};
use std::fmt;

/// A behaviour from an initial state on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trace {
    /// Its states in order.
    pub states: Vec<TraceState>,
    /// What follows the last of them.
    pub end: TraceEnd,
}

/// One state of a [`Trace`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TraceState {
    /// TLC's number for it, from 1 on.
    pub number: usize,
    /// The action that led here: `Send`, or `Send(p1)` from a TLC newer than 2.15; none for an
    /// initial state.
    pub action: Option<String>,
    /// The state as TLC prints it (`/\ x = 1` a line, or `x = 1` alone), not yet parsed.
    pub text: String,
}

/// What follows the last state of a [`Trace`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TraceEnd {
    /// Nothing: the last state (or step) is the violation.
    Finite,
    /// A step back to an earlier state, so that the behaviour runs in a circle for ever.
    BackToState {
        /// The number of that state.
        number: usize,
        /// The action of the closing step.
        action: Option<String>,
    },
    /// Nothing ever happens again.
    Stuttering,
}

impl Trace {
    /// A trace of one initial state.
    pub(super) fn initial(text: &str) -> Self {
        Self {
            states: vec![TraceState {
                number: 1,
                action: None,
                text: text.trim_end().to_owned(),
            }],
            end: TraceEnd::Finite,
        }
    }

    /// The trace that stands in these messages, up to the next thing TLC reports.
    pub(super) fn read(messages: &[Message]) -> Self {
        let mut trace = Self {
            states: Vec::new(),
            end: TraceEnd::Finite,
        };
        for message in messages.iter().filter(|m| m.complete) {
            match message.code {
                code::STATE => trace.states.extend(TraceState::read(&message.text)),
                code::BACK_TO_STATE => trace.end = read_back_to_state(&message.text),
                code::STUTTERING => trace.end = TraceEnd::Stuttering,
                code::SUCCESS | code::STATS => break,
                _ if super::is_violation(message.code) => break,
                _ => {}
            }
        }
        trace
    }
}

impl Trace {
    /// The trace in what TLC prints for people: paragraphs that begin with `State 1: <…>`,
    /// `Back to state 2: <…>` or `State 3: Stuttering`.
    pub(super) fn read_plain(text: &str) -> Self {
        let mut trace = Self {
            states: Vec::new(),
            end: TraceEnd::Finite,
        };
        let mut lines = text.lines().peekable();
        while let Some(line) = lines.next() {
            if let Some(back) = line.strip_prefix("Back to state ") {
                trace.end = read_back_to_state(back);
            } else if let Some(header) = line.strip_prefix("State ") {
                if header.trim_end().ends_with(": Stuttering") {
                    trace.end = TraceEnd::Stuttering;
                    continue;
                }
                let mut state = header.to_owned();
                while let Some(line) = lines.next_if(|line| !line.trim().is_empty()) {
                    state.push('\n');
                    state.push_str(line);
                }
                trace.states.extend(TraceState::read(&state));
            }
        }
        trace
    }
}

impl TraceState {
    fn read(text: &str) -> Option<Self> {
        let (header, state) = text.split_once('\n').unwrap_or((text, ""));
        let (number, origin) = header.split_once(':')?;
        Some(Self {
            number: number.trim().parse().ok()?,
            action: action(origin),
            text: state.trim_end().to_owned(),
        })
    }
}

fn read_back_to_state(text: &str) -> TraceEnd {
    let (number, rest) = text.split_once(':').unwrap_or((text, ""));
    match number.trim().parse() {
        Ok(number) => TraceEnd::BackToState {
            number,
            action: action(rest),
        },
        Err(_) => TraceEnd::Finite,
    }
}

/// The action in `… <Send(p1) line 15, col 12 to line 20, col 35 of module Inv>`.
fn action(origin: &str) -> Option<String> {
    let inner = origin.split_once('<')?.1.trim_end().strip_suffix('>')?;
    // An argument may itself contain ` line `, hence the search from the back.
    let (before, _) = inner.rsplit_once(" to line ")?;
    let (name, _) = before.rsplit_once(" line ")?;
    Some(name.to_owned())
}

impl fmt::Display for Trace {
    /// One step a paragraph: the number and the action, then the state.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for state in &self.states {
            let action = state.action.as_deref().unwrap_or("(initial state)");
            writeln!(f, "{}. {action}", state.number)?;
            for line in state.text.lines() {
                writeln!(f, "   {line}")?;
            }
        }
        match &self.end {
            TraceEnd::Finite => Ok(()),
            TraceEnd::BackToState { number, action } => {
                let action = action.as_deref().unwrap_or("(unnamed step)");
                writeln!(f, "   {action} leads back to state {number}, for ever")
            }
            TraceEnd::Stuttering => writeln!(f, "   and nothing ever happens again"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_trace_for_people_is_read_with_its_end() {
        let text = "Error: Invariant Inv is violated.\n\
                    Error: The behavior up to this point is:\n\
                    State 1: <Initial predicate>\n/\\ x = 0\n/\\ y = <<>>\n\n\
                    State 2: <Send(1) line 5, col 3 to line 6, col 9 of module M>\n/\\ x = 1\n/\\ y = <<>>\n\n";
        let trace = Trace::read_plain(text);
        let states: Vec<_> = trace
            .states
            .iter()
            .map(|s| (s.number, s.action.as_deref(), &*s.text))
            .collect();
        assert_eq!(
            states,
            [
                (1, None, "/\\ x = 0\n/\\ y = <<>>"),
                (2, Some("Send(1)"), "/\\ x = 1\n/\\ y = <<>>"),
            ]
        );
        assert_eq!(trace.end, TraceEnd::Finite);
        let back =
            format!("{text}Back to state 1: <Stop line 1, col 1 to line 1, col 2 of module M>\n");
        let action = Some("Stop".to_owned());
        assert_eq!(
            Trace::read_plain(&back).end,
            TraceEnd::BackToState { number: 1, action }
        );
        let still = format!("{text}State 3: Stuttering\n");
        assert_eq!(Trace::read_plain(&still).end, TraceEnd::Stuttering);
    }

    #[test]
    fn an_action_keeps_its_arguments_and_loses_its_place() {
        let named = " <Send(p1) line 15, col 12 to line 20, col 35 of module Inv>";
        assert_eq!(action(named).as_deref(), Some("Send(p1)"));
        let tricky = " <Say(\"a line to line b\") line 1, col 2 to line 3, col 4 of module M>";
        assert_eq!(action(tricky).as_deref(), Some("Say(\"a line to line b\")"));
        assert_eq!(action(" <Initial predicate>"), None);
        assert_eq!(action(""), None);
    }
}
