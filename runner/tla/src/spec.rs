//! Renders the TLA+ side of an instance: the module files and the configuration.

use serde::Serialize;
use stateright::{Expectation, Model};
use tandem_models::catalogue::{Expected, Instance, ParameterKind};
use tandem_models::kit::guarantees::When;
use tera::{Context, Tera};

mod texts;

pub(crate) use texts::STANDARD;
pub use texts::{SpecTexts, TextError};

const MODULE: &str = include_str!("../../../specs/templates/MC.tla");
const CONFIG: &str = include_str!("../../../specs/templates/MC.cfg");

/// The module and configuration that TLC runs, with all modules they extend.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spec {
    /// The name of the module to run: the name of the protocol's module, prefixed with `MC`.
    pub name: String,
    /// The files, by name: the module first, its configuration next.
    pub files: Vec<(String, String)>,
}

/// Why a spec cannot be rendered.
#[derive(Debug, thiserror::Error)]
pub enum RenderError {
    /// The catalogue contains something that the templates cannot render.
    #[error("the spec of {instance} cannot be rendered: {reason}")]
    Template {
        /// The name of the instance.
        instance: String,
        /// The message of the template engine.
        reason: String,
    },
    /// A module is missing, or cannot be read.
    #[error(transparent)]
    Text(#[from] TextError),
}

#[derive(Serialize)]
struct FaultRow {
    name: &'static str,
    count: u8,
    witness: &'static str,
}

#[derive(Serialize)]
struct ConstantRow {
    name: &'static str,
    value: String,
}

/// The names of the instance's guarantees, which are the same in TLA+ and in Rust.
pub fn guarantees(instance: &Instance) -> Vec<&'static str> {
    instance
        .guarantees()
        .iter()
        .map(|guarantee| guarantee.name)
        .collect()
}

/// The names of the instance's witnesses.
pub fn witnesses(instance: &Instance) -> Vec<&'static str> {
    let properties = instance.system().properties();
    let sometimes = properties
        .into_iter()
        .filter(|p| p.expectation == Expectation::Sometimes);
    sometimes.map(|property| property.name).collect()
}

/// The type invariant, which every spec has and no Rust model.
pub const TYPES: &str = "TypeOK";

/// Renders the spec that a reader runs by hand. It checks everything that is expected to hold; with
/// bounds other than those in the catalogue, it checks everything.
///
/// # Errors
///
/// As [`render`].
pub fn render_default(texts: &SpecTexts, instance: &Instance) -> Result<Spec, RenderError> {
    let holding = guarantees(instance)
        .into_iter()
        .filter(|guarantee| instance.expected(guarantee) != Some(Expected::Violated));
    let invariants: Vec<_> = std::iter::once(TYPES)
        .chain(holding)
        .map(str::to_owned)
        .collect();
    render_from(texts, instance, &invariants)
}

/// The names of the guarantees that are temporal formulas.
fn temporal(instance: &Instance) -> Vec<&'static str> {
    let guarantees = instance.guarantees().into_iter();
    let temporal = guarantees.filter(|guarantee| !matches!(guarantee.when, When::Always));
    temporal.map(|guarantee| guarantee.name).collect()
}

/// Renders the spec that checks the invariants and temporal formulas in `asked` (if empty, only the
/// graph is enumerated), with the built-in modules.
///
/// # Errors
///
/// If the catalogue contains something that the templates cannot render.
pub fn render(instance: &Instance, asked: &[String]) -> Result<Spec, RenderError> {
    render_from(&SpecTexts::built_in(), instance, asked)
}

/// Like [`render`], with modules from any source.
///
/// # Errors
///
/// If a module is missing, or the catalogue contains something that the templates cannot render.
pub fn render_from(
    texts: &SpecTexts,
    instance: &Instance,
    asked: &[String],
) -> Result<Spec, RenderError> {
    let description = &instance.description;
    let name = format!("MC{}", description.module.name);
    let mut context = Context::new();
    let rule = |text: &str, width: usize| {
        let dashes = 76_usize.saturating_sub(text.len());
        "-".repeat((dashes / width).max(4))
    };
    context.insert("rule_above", &rule(&format!(" MODULE {name} "), 2));
    context.insert("rule_below", &"=".repeat(77));
    context.insert("module", description.module.name);
    context.insert("protocol", description.name);
    context.insert("variant", instance.variant.name);
    context.insert("handler", instance.variant.handler);
    context.insert("bounds", &instance.bounds());
    let temporal = temporal(instance);
    let is_temporal = |name: &&String| temporal.contains(&name.as_str());
    let (properties, invariants): (Vec<_>, Vec<_>) = asked.iter().partition(is_temporal);
    context.insert("invariants", &invariants);
    context.insert("properties", &properties);
    context.insert("witnesses", &witnesses(instance));
    // A module with several endpoints or types of messages defines these sets itself.
    let mut lines = description.module.text.lines();
    let says = lines.any(|line| line.starts_with("AllDone =="));
    context.insert("has_witnesses", &says);
    let faults = instance.faults.iter().map(|(fault, count)| FaultRow {
        name: fault.name(),
        count: *count,
        witness: fault.witness(),
    });
    context.insert("faults", &faults.collect::<Vec<_>>());
    let constants = description.parameters.iter().map(|parameter| {
        let value = instance.get(parameter.name);
        ConstantRow {
            name: parameter.constant,
            value: match parameter.kind {
                ParameterKind::Number => value.to_string(),
                ParameterKind::Set => {
                    let members: Vec<_> = (1..=value).map(|n| n.to_string()).collect();
                    format!("{{{}}}", members.join(", "))
                }
            },
        }
    });
    context.insert("constants", &constants.collect::<Vec<_>>());
    let fill = |template: &str| {
        Tera::one_off(template, &context, false).map_err(|error| RenderError::Template {
            instance: instance.to_string(),
            reason: error.to_string(),
        })
    };
    let mut files = vec![
        (format!("{name}.tla"), fill(MODULE)?),
        (format!("{name}.cfg"), fill(CONFIG)?),
    ];
    files.extend(texts.modules(instance)?);
    Ok(Spec { name, files })
}
