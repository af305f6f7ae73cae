//! Reads ITF, the Informal Trace Format of Apalache and Quint: an array of states, with the index at
//! which the loop closes.
//!
//! The action of a state is in `#meta.action`, as Tandem's page writes it, or in the variable
//! `mbt::actionTaken` of Quint. Quint prefixes each variable with a module (`bank::balance`), which
//! TLA+ does not do; the prefix is removed if names stay distinct.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde_json::{Map, Value as Json};
use tandem_models::value::{StateView, Value};

use super::{Behaviour, Ending, Format, Origin, ReadError, RecordedStep, close};

const TAKEN: &str = "mbt::actionTaken";
const OF_QUINT: &str = "mbt::";

/// The behaviour in an ITF file.
pub(super) fn read(json: &Json) -> Result<Behaviour, ReadError> {
    let states = json.get("states").and_then(Json::as_array);
    let states = states.ok_or_else(|| ReadError::new("`states` is not an array"))?;
    let mut read = Vec::new();
    for (place, json) in states.iter().enumerate() {
        let state = state(json).map_err(|what| ReadError::new(format!("state {place}: {what}")))?;
        read.push(state);
    }
    let mut read = read.into_iter();
    let first = read.next();
    let start = first
        .ok_or_else(|| ReadError::new("`states` is empty"))?
        .state;
    let mut steps: Vec<RecordedStep> = read.collect();
    let ending = match json.get("loop") {
        None | Some(Json::Null) => Ending::Open,
        Some(place) => {
            let back = place.as_u64().and_then(|back| usize::try_from(back).ok());
            let back = back.filter(|back| *back < states.len());
            // Tandem writes the name of the action that leads back; ITF has no field for it.
            let closing = json.pointer("/#meta/closing-action").and_then(Json::as_str);
            let closing = closing.map(str::to_owned);
            let closed = back.and_then(|back| close(&start, &mut steps, back, closing));
            closed.ok_or_else(|| bad_loop(place, states.len()))?
        }
    };
    let notes = declared(json, &start);
    let origin = origin(json);
    Ok(Behaviour {
        format: Format::Itf,
        heading: "an ITF trace".to_owned(),
        property: json
            .pointer("/#meta/property")
            .and_then(Json::as_str)
            .map(str::to_owned),
        origin,
        start,
        steps,
        ending,
        notes,
    })
}

fn bad_loop(place: &Json, states: usize) -> ReadError {
    ReadError::new(format!(
        "`loop` is {place}, but it should be the place of a state, from 0 to {}",
        states - 1
    ))
}

/// Variables that are listed in `vars` and missing in the first state.
fn declared(json: &Json, start: &StateView) -> Vec<String> {
    let vars = json.get("vars").and_then(Json::as_array);
    let vars = vars.into_iter().flatten().filter_map(Json::as_str);
    let missing =
        vars.filter(|name| !name.starts_with(OF_QUINT) && !start.contains_key(short(name)));
    let note = |name| format!("`vars` lists {name}, which the first state does not have");
    missing.map(note).collect()
}

fn state(json: &Json) -> Result<RecordedStep, String> {
    let fields = json.as_object().ok_or("a state is an object")?;
    let told = json.pointer("/#meta/action").and_then(Json::as_str);
    let taken = fields.get(TAKEN).and_then(Json::as_str);
    let variables: Vec<_> = fields
        .iter()
        .filter(|(name, _)| !name.starts_with('#') && !name.starts_with(OF_QUINT))
        .collect();
    if variables.is_empty() {
        return Err("it has no variables".to_owned());
    }
    Ok(RecordedStep {
        action: told.or(taken).map(|name| short(name).to_owned()),
        state: view(fields, &variables)?,
    })
}

fn view(fields: &Map<String, Json>, variables: &[(&String, &Json)]) -> Result<StateView, String> {
    let mut view = std::collections::BTreeMap::new();
    for (name, json) in variables {
        let value = Value::from_json(json).map_err(|error| format!("{name}: {error}"))?;
        let name = short(name);
        if view.insert(Arc::from(name), value).is_some() {
            let both: Vec<_> = fields.keys().filter(|other| short(other) == name).collect();
            return Err(format!(
                "{} and {} are both {name} in TLA+",
                both[0], both[1]
            ));
        }
    }
    Ok(StateView::from(view))
}

/// Shortens `module::x` to `x`.
fn short(name: &str) -> &str {
    name.rsplit("::").next().unwrap_or(name)
}

fn origin(json: &Json) -> Option<Origin> {
    let meta = json.get("#meta")?;
    Some(Origin {
        source: meta.get("source")?.as_str()?.to_owned(),
        parameters: meta.get("parameters").map(parameters).unwrap_or_default(),
        digest: meta.get("digest").and_then(Json::as_str).map(str::to_owned),
    })
}

/// Bounds and faults: a text such as `copies=2 crash=1`, or an object, as earlier versions wrote it.
fn parameters(json: &Json) -> BTreeMap<String, u64> {
    match json {
        Json::String(text) => {
            let pairs = text.split(' ').filter_map(|pair| pair.split_once('='));
            let pairs =
                pairs.filter_map(|(name, value)| Some((name.to_owned(), value.parse().ok()?)));
            pairs.collect()
        }
        Json::Object(object) => {
            let pairs = object.iter();
            let pairs = pairs.filter_map(|(name, value)| Some((name.clone(), value.as_u64()?)));
            pairs.collect()
        }
        _ => BTreeMap::new(),
    }
}
