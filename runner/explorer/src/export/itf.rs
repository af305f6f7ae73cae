//! ITF, the trace format of Apalache and Quint.

use std::collections::BTreeMap;

use serde_json::{Map, Value as Json, json};
use tandem_check::enumerate::End;
use tandem_models::value::StateView;

use super::Told;
use crate::model::parameters;

pub(super) fn write(told: &Told<'_>) -> String {
    let trace = &told.trace;
    let start = state(json!({ "index": 0 }), &trace.start.state);
    let steps = trace.steps.iter().map(|step| {
        let meta = json!({
            "index": step.number,
            "action": step.act.action,
            "words": step.act.words,
        });
        state(meta, &step.frame.state)
    });
    let mut states: Vec<Json> = std::iter::once(start).chain(steps).collect();
    let mut meta = json!({
        "format": "ITF",
        "format-description": "https://apalache-mc.org/docs/adr/015adr-trace.html",
        "source": format!("tandem {}", told.label()),
        // This is a string, because readers of ITF expect strings here.
        "parameters": in_words(&parameters(&told.model.instance)),
        "digest": trace.digest,
    });
    let property = told.property.or_else(|| told.broken().first().copied());
    if let Some(property) = property {
        meta["property"] = property.into();
    }
    // The last step of a lasso leads back to an earlier state. `loop` names that state, so the
    // state is not repeated.
    let back = match trace.end {
        End::Open => None,
        // ITF has no notation for stuttering, so it is written as a loop from the last state to
        // itself.
        End::Stutters => Some(trace.steps.len()),
        End::Repeats(back) => {
            let closing = trace.steps.last().filter(|_| trace.steps.len() > back);
            if let Some(closing) = closing {
                meta["closing-action"] = closing.act.action.clone().into();
                states.pop();
            }
            Some(back)
        }
    };
    let mut itf = json!({
        "#meta": meta,
        "vars": trace.start.state.keys().collect::<Vec<_>>(),
        "states": states,
    });
    if let Some(back) = back {
        itf["loop"] = back.into();
    }
    let text = serde_json::to_string_pretty(&itf).unwrap_or_default();
    format!("{text}\n")
}

fn in_words(parameters: &BTreeMap<String, u8>) -> String {
    let each = parameters.iter();
    let each = each.map(|(name, value)| format!("{name}={value}"));
    each.collect::<Vec<_>>().join(" ")
}

fn state(meta: Json, state: &StateView) -> Json {
    let mut object = Map::new();
    object.insert("#meta".to_owned(), meta);
    for (name, value) in state.iter() {
        let value = serde_json::to_value(value).unwrap_or(Json::Null);
        object.insert(name.to_string(), value);
    }
    Json::Object(object)
}
