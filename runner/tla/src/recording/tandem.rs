//! Reads the JSON of `tandem check`: the trace of each property of each variant.

use std::collections::BTreeMap;

use serde_json::Value as Json;
use tandem_models::value::{StateView, Value};

use super::{Behaviour, Ending, Format, Origin, ReadError, RecordedStep};

/// The version of the JSON that `tandem` writes and reads. `docs/json.md` says when it is
/// increased.
pub const VERSION: u32 = 1;

/// The behaviours of a report.
pub(super) fn read(json: &Json) -> Result<Vec<Behaviour>, ReadError> {
    let version = json.get("version").filter(|version| **version != VERSION);
    if let Some(version) = version {
        return Err(ReadError::new(format!(
            "this report is in version {version} of Tandem's JSON, and this `tandem` reads version {VERSION}. \
             Make the report again with this `tandem`, or read it with the one that wrote it; \
             CHANGELOG.md says what changed between the versions"
        )));
    }
    let mut behaviours = Vec::new();
    for result in json
        .get("results")
        .and_then(Json::as_array)
        .into_iter()
        .flatten()
    {
        let origin = origin(result);
        let properties = result.get("properties").and_then(Json::as_array);
        for property in properties.into_iter().flatten() {
            let name = property.get("name").and_then(Json::as_str).unwrap_or("?");
            let Some(trace) = property.get("trace").filter(|trace| !trace.is_null()) else {
                continue;
            };
            let label = origin.as_ref().map_or("", |origin| &origin.source);
            let verdict = property
                .get("verdict")
                .and_then(Json::as_str)
                .unwrap_or("shown");
            let heading = format!("{name} {verdict} ({label})");
            let read =
                behaviour(trace).map_err(|what| ReadError::new(format!("{heading}: {what}")));
            behaviours.push(Behaviour {
                heading: heading.clone(),
                property: Some(name.to_owned()),
                origin: origin.clone(),
                ..read?
            });
        }
    }
    match behaviours.is_empty() {
        false => Ok(behaviours),
        true => Err(ReadError::new(
            "no property in this report has a trace: nothing is violated, and nothing was reached",
        )),
    }
}

fn origin(result: &Json) -> Option<Origin> {
    let text = |name: &str| result.get(name).and_then(Json::as_str);
    let parameters = result.get("parameters").and_then(Json::as_object);
    let parameters = parameters.into_iter().flatten();
    let parameters: BTreeMap<_, _> = parameters
        .filter_map(|(name, value)| Some((name.clone(), value.as_u64()?)))
        .collect();
    Some(Origin {
        source: format!("tandem {}:{}", text("protocol")?, text("variant")?),
        parameters,
        digest: None,
    })
}

fn behaviour(trace: &Json) -> Result<Behaviour, String> {
    let start = view(trace.get("start").ok_or("the trace has no `start`")?)?;
    let steps = trace.get("steps").and_then(Json::as_array);
    let mut read = Vec::new();
    for (place, step) in steps.ok_or("the trace has no `steps`")?.iter().enumerate() {
        let state = step.get("state").ok_or("a step has no `state`".to_owned());
        let state = state.and_then(view);
        read.push(RecordedStep {
            action: step.get("action").and_then(Json::as_str).map(str::to_owned),
            state: state.map_err(|what| format!("step {}: {what}", place + 1))?,
        });
    }
    let ending = match trace.get("end") {
        None | Some(Json::Null) => Ending::Open,
        Some(Json::String(text)) if text == "stutters" => Ending::Stutters,
        Some(end) => {
            let back = end.as_u64().and_then(|back| usize::try_from(back).ok());
            let back = back.filter(|back| *back < read.len());
            Ending::Repeats(back.ok_or_else(|| format!("`end` is {end}, which is not a step"))?)
        }
    };
    Ok(Behaviour {
        format: Format::Tandem,
        heading: String::new(),
        property: None,
        origin: None,
        start,
        steps: read,
        ending,
        notes: Vec::new(),
    })
}

fn view(json: &Json) -> Result<StateView, String> {
    let fields = json.as_object().ok_or("a state is an object")?;
    if fields.is_empty() {
        return Err("a state has no variables".to_owned());
    }
    let variables = fields.iter().map(|(name, json)| {
        let value = Value::from_json(json).map_err(|error| format!("{name}: {error}"))?;
        Ok((name.as_str(), value))
    });
    variables.collect()
}
