//! Shows a counterexample from outside beside the same path in the Rust model. The input is TLC's
//! output, an ITF file, or the JSON of `tandem check`. [`recording`] reads it, and
//! [`replay`](tandem_check::replay) replays it.

use std::path::Path;

use tandem_models::catalogue::{Catalogue, Instance, Overrides};
use tandem_models::value::changes;

use super::model::{LONGEST, Model, join, parameters};
use super::problem::Problem;
use super::wire;
use tandem_check::enumerate::End;
use tandem_check::replay::{PartingKind, home, replay};
use tandem_check::trace::Trace;
use tandem_tla::recording::{self, Behaviour, Ending, Format, Origin, RecordedStep};

/// Reads a file and replays one of its behaviours; `chosen` counts from 0.
///
/// # Errors
///
/// If the file cannot be read, has no such behaviour, or the behaviour is too long.
pub(crate) fn import(
    bytes: &[u8],
    chosen: usize,
    model: &Model,
    catalogue: &Catalogue,
) -> Result<wire::Imported, Problem> {
    let behaviours =
        recording::read(bytes).map_err(|error| Problem::bad("unreadable", error.to_string()))?;
    let Some(behaviour) = behaviours.get(chosen) else {
        let there = behaviours.len();
        let what = format!("this file has {there} behaviours, so there is none after {chosen}");
        return Err(Problem::bad("no-such-behaviour", what));
    };
    if behaviour.steps.len() > LONGEST {
        return Err(Problem::too_large(format!(
            "the behaviour has {} steps; at most {LONGEST} can be shown",
            behaviour.steps.len()
        )));
    }
    let heads = behaviours.iter().map(|behaviour| wire::Head {
        heading: behaviour.heading.clone(),
        steps: behaviour.steps.len(),
    });
    let imported = beside(behaviour, model);
    let elsewhere = behaviour.origin.as_ref();
    let elsewhere = elsewhere.and_then(|origin| elsewhere_than(origin, model));
    let apart = imported.diverges.is_some() || elsewhere.is_some();
    let offer = apart.then(|| home(catalogue, behaviour)).flatten();
    Ok(wire::Imported {
        behaviours: heads.collect(),
        chosen,
        offer: offer
            .filter(|one| one.to_string() != model.key())
            .map(|one| spot(&one, catalogue)),
        elsewhere,
        ..imported
    })
}

/// A counterexample that Tandem's own run of a TLA+ engine has found.
pub(crate) fn of_trace(
    property: &str,
    trace: &Trace,
    model: &Model,
    engine: &'static str,
) -> wire::Imported {
    let steps = trace.steps.iter().map(|step| RecordedStep {
        action: Some(step.action.clone()),
        state: step.state.clone(),
    });
    let behaviour = Behaviour {
        format: Format::Tlc,
        heading: property.to_owned(),
        property: Some(property.to_owned()),
        origin: None,
        start: trace.start.clone(),
        steps: steps.collect(),
        ending: match trace.end {
            End::Open => Ending::Open,
            End::Stutters => Ending::Stutters,
            End::Repeats(back) => Ending::Repeats(back),
        },
        notes: Vec::new(),
    };
    wire::Imported {
        source: engine,
        ..beside(&behaviour, model)
    }
}

/// The behaviour, and the same path in the model up to the step where they differ.
fn beside(behaviour: &Behaviour, model: &Model) -> wire::Imported {
    let replayed = replay(&model.system, behaviour);
    let mut view = &behaviour.start;
    let mut steps = Vec::new();
    for (place, step) in behaviour.steps.iter().enumerate() {
        let there = replayed.places.get(place).copied();
        steps.push(wire::OtherStep {
            number: place + 1,
            action: step.action.clone(),
            changes: changes(view, &step.state),
            state: step.state.clone(),
            rust: there.flatten().map(|step| step + 1),
            stutters: there == Some(None),
        });
        view = &step.state;
    }
    wire::Imported {
        source: behaviour.format.name(),
        heading: behaviour.heading.clone(),
        behaviours: Vec::new(),
        chosen: 0,
        notes: behaviour.notes.clone(),
        elsewhere: None,
        offer: None,
        property: behaviour.property.clone(),
        path: wire::Path {
            steps: join(&replayed.indices),
            end: replayed.path.end,
        },
        start: behaviour.start.clone(),
        steps,
        diverges: replayed.parts.map(|parts| wire::Apart {
            number: parts.number,
            other_spec: parts.kind == PartingKind::Variables,
            reason: parts.reason,
            instead: parts.instead,
        }),
    }
}

/// The model in the page's terms: its variant, and the bounds and faults that differ from the
/// variant's own.
fn spot(instance: &Instance, catalogue: &Catalogue) -> wire::Elsewhere {
    let label = instance.label();
    let own = catalogue.select(Some(&label), &Overrides::default());
    let own = own.unwrap_or_default().first().map(parameters);
    let mut other = parameters(instance);
    other.retain(|name, value| own.as_ref().and_then(|own| own.get(name)) != Some(value));
    wire::Elsewhere {
        protocol: instance.description.name.to_owned(),
        variant: instance.variant.name.to_owned(),
        parameters: other,
        bounds: instance.bounds(),
    }
}

/// Describes the model on which the behaviour was recorded; `None` if it is this model or not known.
fn elsewhere_than(origin: &Origin, model: &Model) -> Option<String> {
    let own = model.instance.label();
    let Some(label) = origin.source.strip_prefix("tandem ") else {
        let module = model.instance.description.module.name;
        let file = Path::new(&origin.source);
        let stem = file.extension().and_then(|_| file.file_stem()?.to_str())?;
        let other = stem != module && stem.strip_prefix("MC") != Some(module);
        return other.then(|| format!("it was recorded on {}, and this is {own}", origin.source));
    };
    if label != own {
        return Some(format!("it was recorded on {label}, and this is {own}"));
    }
    let differ = parameters(&model.instance).into_iter();
    let differ = differ.filter_map(|(name, here)| {
        let there = origin.parameters.get(&name)?;
        (*there != u64::from(here)).then(|| format!("{name} {there} instead of {here}"))
    });
    let differ: Vec<String> = differ.collect();
    if !differ.is_empty() {
        return Some(format!("it was recorded with {}", differ.join(", ")));
    }
    let digest = origin.digest.as_ref();
    let other = digest.filter(|digest| **digest != model.digest);
    other.map(|_| "it was recorded on another version of this model".to_owned())
}
