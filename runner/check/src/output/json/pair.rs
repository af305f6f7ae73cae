//! A model and a spec that somebody else wrote, as JSON.

use std::io::Write;

use serde_json::{Value as Json, json};
use tandem_models::catalogue::Instance;

use super::{VERSION, counts, errors, parameters, print};
use crate::fairness;
use crate::plain::{PairComparison, PairDifference, PairWalks};

/// The comparison of an instance with a spec of somebody's own.
///
/// # Errors
/// When the result cannot be written.
pub fn pair(
    out: &mut dyn Write,
    instance: &Instance,
    found: &PairComparison,
) -> anyhow::Result<()> {
    let mut rust = counts(found.rust);
    rust["raw_states"] = json!(found.raw_states);
    let result = json!({
        "protocol": instance.description.name,
        "variant": instance.variant.name,
        "parameters": parameters(instance),
        "module": found.module,
        "engine": found.engine,
        "equal": found.equal(),
        "rust": rust,
        "tla": counts(found.tla),
        "properties": found.properties,
        "fairness": found.fairness,
        "notes": found.notes,
        "divergence": found.difference.as_ref().map(divergence),
    });
    let no_errors = errors(&[]);
    print(
        out,
        &json!({ "version": VERSION, "comparisons": [result], "errors": no_errors }),
    )
}

/// `tandem compare --spec --walks`.
///
/// # Errors
/// When the result cannot be written.
pub fn pair_walks(
    out: &mut dyn Write,
    instance: &Instance,
    found: &PairWalks,
) -> anyhow::Result<()> {
    let result = json!({
        "protocol": instance.description.name,
        "variant": instance.variant.name,
        "parameters": parameters(instance),
        "module": found.module,
        "engine": found.engine,
        "seed": found.plan.seed,
        "max_steps": found.plan.steps,
        "walks": found.extent.walks,
        "steps": found.extent.steps,
        "states": found.extent.states,
        "cut_off": found.extent.cut_off.map(|cut_off| cut_off.to_string()),
        "properties": found.properties,
        "notes": found.notes,
        "divergence": found.difference.as_ref().map(divergence),
    });
    let no_errors = errors(&[]);
    print(
        out,
        &json!({ "version": VERSION, "walks": [result], "errors": no_errors }),
    )
}

fn divergence(difference: &PairDifference) -> Json {
    match difference {
        PairDifference::View { first, second } => {
            json!({ "kind": "view", "first": first, "second": second })
        }
        PairDifference::Graphs { path, divergence } => json!({
            "kind": "graphs",
            "path": path,
            "only": divergence.only.name(),
            "action": divergence.action,
            "state": divergence.state,
            "instead": divergence.instead,
            "others": divergence.others,
        }),
        PairDifference::Properties(truths) => {
            let truths = truths.iter().map(|one| {
                json!({
                    "name": one.name,
                    "operator": one.operator,
                    "rust": one.rust,
                    "tla": !one.rust,
                    "path": one.path,
                    "states": one.states,
                })
            });
            json!({ "kind": "properties", "properties": truths.collect::<Vec<_>>() })
        }
        PairDifference::Fairness(differences) => {
            let actions = differences.iter().map(|one| {
                json!({
                    "action": one.action,
                    "rust": fairness::said(&one.rust),
                    "tla": fairness::said(&one.tla),
                })
            });
            json!({ "kind": "fairness", "actions": actions.collect::<Vec<_>>() })
        }
    }
}
