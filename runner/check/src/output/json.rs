//! Writes results as JSON. `docs/json.md` describes every field. `version` changes when a field
//! changes its meaning or is removed.

use std::collections::BTreeMap;
use std::io::Write;

use serde_json::{Value as Json, json};
use tandem_models::catalogue::Instance;

use super::listing::Protocol;
use crate::compare::walks::WalkedComparison;
use crate::compare::{Comparison, Difference};
use crate::enumerate::Views;
use crate::fairness;
use crate::guarantees::TruthDifference;
use crate::manifest::Counts;
use crate::plain::{PairComparison, PairDifference};
use crate::report::{Failure, PropertyReport, Report, Walks};
use tandem_search::statistics::Degrees;

/// The version of the format.
pub use tandem_tla::recording::JSON_VERSION as VERSION;

/// Writes the result of `tandem list`.
///
/// # Errors
///
/// If the result cannot be written.
pub fn list(out: &mut dyn Write, protocols: &[Protocol]) -> anyhow::Result<()> {
    print(out, &json!({ "version": VERSION, "protocols": protocols }))
}

/// Writes the result of `tandem check`.
///
/// # Errors
///
/// If the result cannot be written.
pub fn reports(
    out: &mut dyn Write,
    reports: &[Report],
    failures: &[Failure],
) -> anyhow::Result<()> {
    let results: Vec<_> = reports.iter().map(report).collect();
    print(
        out,
        &json!({ "version": VERSION, "results": results, "errors": errors(failures) }),
    )
}

/// Writes the result of `tandem compare`.
///
/// # Errors
///
/// If the result cannot be written.
pub fn comparisons(
    out: &mut dyn Write,
    comparisons: &[Comparison],
    failures: &[Failure],
) -> anyhow::Result<()> {
    let comparisons: Vec<_> = comparisons.iter().map(comparison).collect();
    print(
        out,
        &json!({ "version": VERSION, "comparisons": comparisons, "errors": errors(failures) }),
    )
}

/// Writes the result of `tandem graph`.
///
/// # Errors
///
/// If the result cannot be written.
pub fn shape(out: &mut dyn Write, instance: &Instance, graph: &Views<'_>) -> anyhow::Result<()> {
    let (shape, actions) = (graph.shape(), Report::actions_of(instance, &graph.fired()));
    let degrees =
        |degrees: Degrees| json!({ "min": degrees.min, "mean": degrees.mean, "max": degrees.max });
    print(
        out,
        &json!({
            "version": VERSION,
            "protocol": instance.description.name,
            "variant": instance.variant.name,
            "parameters": parameters(instance),
            "states": shape.states,
            "transitions": shape.transitions,
            "depth": shape.depth(),
            "states_by_depth": shape.by_depth,
            "out_degree": degrees(shape.out_degree),
            "in_degree": degrees(shape.in_degree),
            "ends": shape.ends,
            "actions": actions_json(&actions),
            "raw_states": graph.raw_states(),
            "symmetry": graph.symmetry(),
        }),
    )
}

fn actions_json(actions: &[(String, usize)]) -> BTreeMap<&str, usize> {
    actions
        .iter()
        .map(|(name, count)| (&**name, *count))
        .collect()
}

/// Lists what is missing from the results, for readers that do not check the exit code.
fn errors(failures: &[Failure]) -> Vec<Json> {
    let error = |failure: &Failure| {
        json!({
            "protocol": failure.instance.description.name,
            "variant": failure.instance.variant.name,
            "parameters": parameters(&failure.instance),
            "error": failure.error,
        })
    };
    failures.iter().map(error).collect()
}

pub(crate) fn print(out: &mut dyn Write, value: &Json) -> anyhow::Result<()> {
    serde_json::to_writer_pretty(&mut *out, value)?;
    writeln!(out)?;
    Ok(())
}

pub(crate) fn parameters(instance: &Instance) -> Json {
    let mut all: BTreeMap<&str, u8> = instance.parameters.clone();
    all.extend(
        instance
            .faults
            .iter()
            .map(|(fault, count)| (fault.name(), *count)),
    );
    json!(all)
}

fn report(report: &Report) -> Json {
    json!({
        "protocol": report.instance.description.name,
        "variant": report.instance.variant.name,
        "parameters": parameters(&report.instance),
        "engine": report.engine,
        "liveness": report.liveness,
        "specs": report.specs,
        "complete": report.incomplete.is_none(),
        "incomplete": report.incomplete,
        "symmetry": report.symmetry,
        "states": report.states,
        "transitions": report.transitions,
        "actions": report.walks.is_none().then(|| actions_json(&report.actions)),
        "deadlock": report.deadlock,
        "depth": report.walks.is_none().then_some(report.depth),
        "properties": report.properties.iter().map(property).collect::<Vec<_>>(),
        "random": report.walks.as_ref().map(walks),
    })
}

fn walks(walks: &Walks) -> Json {
    let met = walks.met.iter();
    let met =
        met.map(|(name, walk, steps)| json!({ "property": name, "walk": walk, "steps": steps }));
    json!({
        "seed": walks.seed,
        "walks": walks.walks,
        "steps": walks.steps,
        "max_steps": walks.max_steps,
        "met": met.collect::<Vec<_>>(),
    })
}

fn property(property: &PropertyReport) -> Json {
    json!({
        "name": property.name,
        "promise": property.promise,
        "expectation": property.expectation,
        "claimed": property.claimed,
        "expected": property.expected,
        "why": property.why,
        "verdict": property.verdict,
        "steps": property.steps(),
        "trace": property.trace,
    })
}

fn counts(counts: Counts) -> Json {
    json!({ "states": counts.states, "transitions": counts.transitions })
}

fn comparison(comparison: &Comparison) -> Json {
    let mut rust = counts(comparison.rust);
    rust["raw_states"] = json!(comparison.raw_states);
    json!({
        "protocol": comparison.instance.description.name,
        "variant": comparison.instance.variant.name,
        "parameters": parameters(&comparison.instance),
        "engine": comparison.engine,
        "specs": comparison.specs,
        "symmetry": comparison.symmetry,
        "equal": comparison.difference.is_none(),
        "rust": rust,
        "tla": counts(comparison.tla),
        "guarantees": comparison.guarantees,
        "fairness": comparison.fairness,
        "left_out": comparison.left_out,
        "divergence": comparison.difference.as_ref().map(divergence),
    })
}

/// Writes the result of `tandem compare --walks`.
///
/// # Errors
///
/// If the result cannot be written.
pub fn walked(
    out: &mut dyn Write,
    found: &[WalkedComparison],
    failures: &[Failure],
) -> anyhow::Result<()> {
    let walks = found.iter().map(|found| {
        json!({
            "protocol": found.instance.description.name,
            "variant": found.instance.variant.name,
            "parameters": parameters(&found.instance),
            "engine": found.engine,
            "specs": found.specs,
            "seed": found.plan.seed,
            "max_steps": found.plan.steps,
            "walks": found.extent.walks,
            "steps": found.extent.steps,
            "states": found.extent.states,
            "cut_off": found.extent.cut_off.map(|cut_off| cut_off.to_string()),
            "guarantees": found.guarantees,
            "divergence": found.difference.as_ref().map(divergence),
        })
    });
    let walks: Vec<_> = walks.collect();
    print(
        out,
        &json!({ "version": VERSION, "walks": walks, "errors": errors(failures) }),
    )
}

fn divergence(difference: &Difference) -> Json {
    match difference {
        Difference::Graphs {
            path,
            divergence,
            apart,
        } => json!({
            "kind": "graphs",
            "path": path,
            "only": divergence.only.name(),
            "action": divergence.action,
            "state": divergence.state,
            "instead": divergence.instead,
            "apart": apart,
            "others": divergence.others,
        }),
        Difference::View { first, second } => json!({
            "kind": "view",
            "first": first,
            "second": second,
        }),
        Difference::Guarantees(differences) => json!({
            "kind": "guarantees",
            "guarantees": differences.iter().map(truth_difference).collect::<Vec<_>>(),
        }),
        Difference::Fairness(differences) => {
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

fn truth_difference(difference: &TruthDifference) -> Json {
    let rust = difference.rust_clauses.iter().map(|clause| {
        json!({ "expected": clause.expected, "holds": clause.holds, "found": clause.found })
    });
    let tla = difference.tla_clauses.iter().map(
        |clause| json!({ "text": clause.text, "holds": clause.holds, "example": clause.example }),
    );
    json!({
        "name": difference.name,
        "rust": difference.rust,
        "tla": !difference.rust,
        "path": difference.path,
        "states": difference.states,
        "rust_clauses": rust.collect::<Vec<_>>(),
        "tla_clauses": tla.collect::<Vec<_>>(),
    })
}

/// Writes the comparison of an instance with a user's own spec.
///
/// # Errors
///
/// If the result cannot be written.
pub fn pair(
    out: &mut dyn Write,
    instance: &Instance,
    found: &PairComparison,
) -> anyhow::Result<()> {
    let mut rust = counts(found.rust);
    rust["raw_states"] = json!(found.raw_states);
    let difference = found
        .difference
        .as_ref()
        .map(|difference| match difference {
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
        });
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
        "divergence": difference,
    });
    let no_errors = errors(&[]);
    print(
        out,
        &json!({ "version": VERSION, "comparisons": [result], "errors": no_errors }),
    )
}
