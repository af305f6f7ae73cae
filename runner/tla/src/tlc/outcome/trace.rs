//! The behaviour that TLC prints as a counterexample: messages 2217, and 2122 or 2218 at its end.

use crate::tlc::label::ActionLabel;
use crate::tlc::log::{Message, code};
use std::fmt;

/// A behaviour from an initial state on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trace {
    /// Its states in order.
    pub states: Vec<TraceState>,
    /// How it continues after the last state.
    pub end: TraceEnd,
}

/// One state of a [`Trace`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TraceState {
    /// TLC's number for it, from 1.
    pub number: usize,
    /// The action that led to it; `None` for an initial state.
    pub action: Option<ActionLabel>,
    /// The state as TLC prints it (one line `/\ x = 1` for each variable, or `x = 1` for a single
    /// one), not yet parsed.
    pub text: String,
}

/// How a [`Trace`] continues after its last state.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TraceEnd {
    /// It ends: the last state (or step) is the violation.
    Finite,
    /// A step back to an earlier state: the behaviour repeats in a cycle forever.
    BackToState {
        /// The number of that state.
        number: usize,
        /// The action of the closing step.
        action: Option<ActionLabel>,
    },
    /// The behaviour stutters forever.
    Stuttering,
}

impl Trace {
    /// A trace that consists of one initial state.
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

    /// The trace in these messages, up to the next report.
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
pub fn action(origin: &str) -> Option<ActionLabel> {
    let inner = origin.split_once('<')?.1.trim_end().strip_suffix('>')?;
    // An argument may contain ` line `, so the search starts at the end.
    let (before, _) = inner.rsplit_once(" to line ")?;
    let (name, _) = before.rsplit_once(" line ")?;
    Some(ActionLabel::read(name))
}

impl fmt::Display for Trace {
    /// Writes one paragraph for each step: the number and the action, then the state.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for state in &self.states {
            match &state.action {
                None => writeln!(f, "{}. (initial state)", state.number)?,
                Some(action) => writeln!(f, "{}. {action}", state.number)?,
            }
            for line in state.text.lines() {
                writeln!(f, "   {line}")?;
            }
        }
        match &self.end {
            TraceEnd::Finite => Ok(()),
            TraceEnd::BackToState { number, action } => {
                let action = action.as_ref().map(ActionLabel::to_string);
                let action = action.as_deref().unwrap_or("(unnamed step)");
                writeln!(f, "   {action} leads back to state {number}, forever")
            }
            TraceEnd::Stuttering => writeln!(f, "   and nothing ever happens again"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_action_keeps_its_arguments_and_loses_its_place() {
        let named = " <Send(p1) line 15, col 12 to line 20, col 35 of module Inv>";
        assert_eq!(action(named), Some(ActionLabel::read("Send(p1)")));
        let tricky = " <Say(\"a line to line b\") line 1, col 2 to line 3, col 4 of module M>";
        assert_eq!(
            action(tricky),
            Some(ActionLabel::read("Say(\"a line to line b\")"))
        );
        assert_eq!(action(" <Initial predicate>"), None);
        assert_eq!(action(""), None);
    }
}
