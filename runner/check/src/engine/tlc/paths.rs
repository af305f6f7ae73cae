//! Paths of TLC in the vocabulary of the Rust model.

use tandem_models::catalogue::Instance;
use tandem_models::kit::system::System;
use tandem_models::value::{StateView, parse_state};

use super::failures::unreadable;
use crate::engine::EngineError;
use crate::enumerate::End;
use crate::trace::Trace;
use tandem_search::limits::Run;
use tandem_tla::graph::Graph;
use tandem_tla::tlc::label::ActionLabel;
use tandem_tla::tlc::outcome::{self, TraceEnd};

/// An instance that TLC searches, and the limits.
#[derive(Clone, Copy)]
pub(super) struct Subject<'a> {
    pub(super) instance: &'a Instance,
    pub(super) system: &'a System,
    pub(super) run: &'a Run<'a>,
}

/// A shortest path to a state of the graph that TLC has dumped.
pub(super) fn along(
    subject: Subject<'_>,
    graph: &Graph,
    to: Option<usize>,
) -> Result<Trace, EngineError> {
    let Subject {
        instance, system, ..
    } = subject;
    let missing = || unreadable(instance, "TLC printed a state that is not in its graph");
    let (start, steps) = to.and_then(|to| graph.path(to)).ok_or_else(missing)?;
    let state = |index: usize| graph.states[index].clone();
    let steps = steps
        .iter()
        .map(|(name, to)| (name.to_string(), state(*to)));
    let steps: Vec<_> = steps.collect();
    Ok(Trace::replay(
        instance,
        system,
        &state(start),
        &steps,
        End::Open,
    ))
}

/// A path of TLC in the vocabulary of the Rust model.
///
/// # Errors
/// When TLC printed no state, or one that is not a finite explicit value.
pub fn replay(
    instance: &Instance,
    system: &System,
    trace: &outcome::Trace,
) -> Result<Trace, EngineError> {
    let mut states = trace.states.iter().map(|state| {
        let view = parse_state(&state.text).map_err(|error| unreadable(instance, error))?;
        Ok::<_, EngineError>((name_of(state.action.as_ref()), view))
    });
    let Some(start) = states.next() else {
        return Err(unreadable(
            instance,
            "TLC printed a violation without a state",
        ));
    };
    let start = start?.1;
    let mut steps = states.collect::<Result<Vec<(String, StateView)>, _>>()?;
    let end = match &trace.end {
        TraceEnd::Finite => End::Open,
        TraceEnd::Stuttering => End::Stutters,
        TraceEnd::BackToState { number, action } => {
            let before = number.saturating_sub(1);
            let back = before.checked_sub(1).and_then(|step| steps.get(step));
            let state = back.map_or(&start, |(_, state)| state).clone();
            steps.push((name_of(action.as_ref()), state));
            End::Repeats(before)
        }
    };
    Ok(Trace::replay(instance, system, &start, &steps, end))
}

/// The name of the action that led to a state; an initial state has none.
fn name_of(action: Option<&ActionLabel>) -> String {
    action.map(|action| action.name.clone()).unwrap_or_default()
}
