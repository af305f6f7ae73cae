//! Counterexamples that others found, as paths of the Rust model: a log of TLC, or an ITF file.

use std::collections::BTreeMap;
use std::path::Path;

use serde_json::Value as Json;
use stateright::Model as _;
use tandem_models::value::{StateView, Value, changes, parse_state};

use super::model::{LONGEST, Model, join, parameters};
use super::problem::Problem;
use super::wire;
use tandem_check::enumerate::End;
use tandem_check::trace::Trace;
use tandem_tla::tlc::outcome::{self, TraceEnd};

/// A behaviour that somebody else found.
pub(crate) struct Found {
    source: &'static str,
    recorded: Option<Recorded>,
    property: Option<String>,
    start: StateView,
    /// The name of each step's action, where it is told, and the state after it.
    steps: Vec<(Option<String>, StateView)>,
    end: End,
}

/// What a file says of the model that it was recorded on.
#[derive(Debug, Default)]
struct Recorded {
    source: String,
    parameters: BTreeMap<String, u64>,
    digest: Option<String>,
}

impl Found {
    /// A counterexample of Tandem's own run of TLC.
    pub(crate) fn of_trace(property: &str, trace: &Trace) -> Self {
        let steps = trace.steps.iter();
        Found {
            source: "tlc",
            recorded: None,
            property: Some(property.to_owned()),
            start: trace.start.clone(),
            steps: steps
                .map(|step| (Some(step.action.clone()), step.state.clone()))
                .collect(),
            end: trace.end,
        }
    }

    /// Reads what TLC printed, with or without `-tool`, or an ITF file.
    ///
    /// # Errors
    /// When there is no behaviour in it that can be read.
    pub(crate) fn read(text: &str) -> Result<Self, Problem> {
        let found = match text.trim_start().starts_with('{') {
            true => itf(text)?,
            false => log(text)?,
        };
        if found.steps.len() > LONGEST {
            return Err(Problem::too_large(format!(
                "the behaviour has {} steps; at most {LONGEST} can be shown",
                found.steps.len()
            )));
        }
        Ok(found)
    }

    /// The same path in the model, as far as it goes, and where it goes no further.
    pub(crate) fn align(self, model: &Model) -> wire::Imported {
        let mut indices = Vec::new();
        let mut at = model.start();
        let mut diverges = None;
        let ours = model.system.view(&at);
        if ours != self.start {
            diverges = Some(wire::Apart {
                number: 0,
                reason: "the initial states differ; are bounds and faults the same?".to_owned(),
                instead: Some(ours),
            });
        }
        let mut view = self.start.clone();
        let mut steps = Vec::new();
        for (place, (action, state)) in self.steps.into_iter().enumerate() {
            if diverges.is_none() {
                match take(model, &at, action.as_deref(), &state) {
                    Ok((index, after)) => {
                        indices.push(index);
                        at = after;
                    }
                    Err((reason, instead)) => {
                        diverges = Some(wire::Apart {
                            number: place + 1,
                            reason,
                            instead,
                        });
                    }
                }
            }
            steps.push(wire::OtherStep {
                number: place + 1,
                action,
                changes: changes(&view, &state),
                state: state.clone(),
            });
            view = state;
        }
        let whole = diverges.is_none();
        wire::Imported {
            source: self.source,
            elsewhere: self.recorded.and_then(|recorded| recorded.elsewhere(model)),
            property: self.property,
            path: wire::Path {
                steps: join(&indices),
                end: if whole { self.end } else { End::Open },
            },
            start: self.start,
            steps,
            diverges,
        }
    }
}

type State = tandem_models::kit::system::State;

/// The step of the model of that name that leads to that view.
fn take(
    model: &Model,
    at: &State,
    action: Option<&str>,
    view: &StateView,
) -> Result<(usize, State), (String, Option<StateView>)> {
    // From some version on TLC adds the arguments.
    let name = action.map(|action| action.split('(').next().unwrap_or(action));
    let actions = model.actions(at).into_iter().enumerate();
    let mut other = None;
    for (index, step) in actions {
        if name.is_some_and(|name| name != step.action) {
            continue;
        }
        let Some(after) = model.system.next_state(at, step) else {
            continue;
        };
        let here = model.system.view(&after);
        if here == *view {
            return Ok((index, after));
        }
        other.get_or_insert(here);
    }
    let said = name.unwrap_or("any step");
    let reason = match other {
        Some(_) => format!("in Rust {said} leads to another state"),
        None => format!("the Rust model cannot take {said} here"),
    };
    Err((reason, other))
}

fn unreadable(what: impl std::fmt::Display) -> Problem {
    Problem::bad("unreadable", what.to_string())
}

fn log(text: &str) -> Result<Found, Problem> {
    let (property, trace) = outcome::printed_trace(text).ok_or_else(|| {
        unreadable(
            "there is no behaviour in this text: it should be what TLC prints when something is \
             violated, from its first line on, or an ITF file",
        )
    })?;
    let mut states = trace.states.into_iter().map(|state| {
        let number = state.number;
        let view = parse_state(&state.text)
            .map_err(|error| unreadable(format!("state {number}: {error}")))?;
        Ok::<_, Problem>((state.action, view))
    });
    let start = states.next();
    let start = start
        .ok_or_else(|| unreadable("the behaviour has no state"))??
        .1;
    let mut steps = states.collect::<Result<Vec<_>, _>>()?;
    let end = match trace.end {
        TraceEnd::Finite => End::Open,
        TraceEnd::Stuttering => End::Stutters,
        TraceEnd::BackToState { number, action } => {
            let back = number.saturating_sub(1);
            close(&start, &mut steps, back, action)?
        }
    };
    Ok(Found {
        source: "tlc",
        recorded: None,
        property,
        start,
        steps,
        end,
    })
}

/// Adds the step back to the state that so many steps lead to.
fn close(
    start: &StateView,
    steps: &mut Vec<(Option<String>, StateView)>,
    back: usize,
    action: Option<String>,
) -> Result<End, Problem> {
    let state = match back.checked_sub(1) {
        None => Some(start),
        Some(place) => steps.get(place).map(|(_, state)| state),
    };
    let state = state.ok_or_else(|| unreadable("it goes back to a state that it does not have"))?;
    steps.push((action, state.clone()));
    Ok(End::Repeats(back))
}

fn itf(text: &str) -> Result<Found, Problem> {
    let json: Json =
        serde_json::from_str(text).map_err(|error| unreadable(format!("no JSON: {error}")))?;
    let states = json.get("states").and_then(Json::as_array);
    let states = states.ok_or_else(|| unreadable("an ITF file has an array `states`"))?;
    let mut read = states.iter().enumerate().map(|(place, state)| {
        let state =
            itf_state(state).map_err(|what| unreadable(format!("state {place}: {what}")))?;
        let action = states[place]
            .pointer("/#meta/action")
            .and_then(Json::as_str);
        Ok::<_, Problem>((action.map(str::to_owned), state))
    });
    let start = read.next();
    let start = start.ok_or_else(|| unreadable("`states` is empty"))??.1;
    let mut steps = read.collect::<Result<Vec<_>, _>>()?;
    let end = match json.get("loop").and_then(Json::as_u64) {
        None => End::Open,
        Some(back) => {
            let back = usize::try_from(back).unwrap_or(usize::MAX);
            close(&start, &mut steps, back, None)?
        }
    };
    Ok(Found {
        source: "itf",
        recorded: recorded(&json),
        property: None,
        start,
        steps,
        end,
    })
}

fn recorded(json: &Json) -> Option<Recorded> {
    let meta = json.get("#meta")?;
    let parameters = meta.get("parameters").and_then(Json::as_object);
    let parameters = parameters.into_iter().flatten();
    Some(Recorded {
        source: meta.get("source")?.as_str()?.to_owned(),
        parameters: parameters
            .filter_map(|(name, value)| Some((name.clone(), value.as_u64()?)))
            .collect(),
        digest: meta.get("digest").and_then(Json::as_str).map(str::to_owned),
    })
}

impl Recorded {
    /// On what else it was recorded, in words; none if it was on this model, or does not say.
    fn elsewhere(&self, model: &Model) -> Option<String> {
        let own = model.instance.label();
        let Some(label) = self.source.strip_prefix("tandem ") else {
            let module = model.instance.description.module.name;
            let file = Path::new(&self.source);
            let stem = file.extension().and_then(|_| file.file_stem()?.to_str())?;
            let other = stem != module && stem.strip_prefix("MC") != Some(module);
            return other.then(|| format!("it was recorded on {}, and this is {own}", self.source));
        };
        if label != own {
            return Some(format!("it was recorded on {label}, and this is {own}"));
        }
        let differ = parameters(&model.instance).into_iter();
        let differ = differ.filter_map(|(name, here)| {
            let there = self.parameters.get(&name)?;
            (*there != u64::from(here)).then(|| format!("{name} {there} instead of {here}"))
        });
        let differ: Vec<String> = differ.collect();
        if !differ.is_empty() {
            return Some(format!("it was recorded with {}", differ.join(", ")));
        }
        let other = self
            .digest
            .as_ref()
            .filter(|digest| **digest != model.digest);
        other.map(|_| "it was recorded on another version of this model".to_owned())
    }
}

fn itf_state(json: &Json) -> Result<StateView, String> {
    let fields = json.as_object().ok_or("a state is an object")?;
    let variables = fields.iter().filter(|(name, _)| !name.starts_with('#'));
    variables
        .map(|(name, json)| {
            let value = Value::from_json(json).map_err(|error| format!("{name}: {error}"))?;
            Ok((name.as_str(), value))
        })
        .collect()
}
