//! Checks the variants and larger settings of a description.

use super::super::{Description, Variant};
use super::twice;
use crate::kit::fault::{Aim, Fault};
use crate::kit::guarantees::shown;

pub(super) fn mistakes(description: &Description, variant: &Variant) -> Vec<String> {
    let mut mistakes = named_guarantees(description, variant);
    mistakes.extend(judgement(variant));
    mistakes.extend(sizes(description, variant.bounds, variant.faults));
    if variant.summary.is_empty() {
        mistakes.push("it has no summary; say in a sentence what it does".to_owned());
    }
    let silent = variant.breaks.iter().filter(|(_, why)| why.is_empty());
    mistakes.extend(silent.map(|(name, _)| format!("it does not say why it breaks {name}")));
    mistakes.extend(witnesses(variant));
    located(variant.name, mistakes)
}

/// Checks that `unreached` contains names of witnesses, each with a reason.
fn witnesses(variant: &Variant) -> Vec<String> {
    let unreached = variant.unreached.iter();
    let wrong = unreached.filter_map(|(name, why)| {
        if shown(name) == *name {
            return Some(format!("`unreached` names {name}, which is not a witness"));
        }
        let silent = why.is_empty();
        silent.then(|| format!("it does not say why it never reaches {name}"))
    });
    wrong.collect()
}

pub(super) fn of_larger_settings(description: &Description) -> Vec<String> {
    let of_setting = |setting: &super::super::Setting| {
        let mut mistakes = sizes(description, setting.bounds, &setting.faults);
        if description.variant(setting.variant).is_none() {
            mistakes.push("a larger setting is of a variant that does not exist".to_owned());
        }
        located(setting.variant, mistakes)
    };
    description.larger.iter().flat_map(of_setting).collect()
}

fn located(variant: &str, mistakes: Vec<String>) -> Vec<String> {
    let located = mistakes.into_iter();
    located.map(|what| format!("{variant}: {what}")).collect()
}

/// Checks that `claims`, `breaks` and `not_applicable` contain guarantees of the protocol, without
/// repetition and contradiction.
fn named_guarantees(description: &Description, variant: &Variant) -> Vec<String> {
    let breaks: Vec<_> = variant.breaks.iter().map(|(name, _)| *name).collect();
    let lists = [
        ("claims", variant.claims),
        ("breaks", &breaks),
        ("not_applicable", variant.not_applicable),
    ];
    let mut mistakes = Vec::new();
    for (list, names) in lists {
        let unknown = names
            .iter()
            .filter(|name| description.guarantees.iter().all(|g| g.name != **name));
        mistakes.extend(unknown.map(|name| {
            format!("`{list}` names {name}, which is not among the protocol's `guarantees`")
        }));
        mistakes.extend(twice(names).map(|name| format!("`{list}` names {name} twice")));
    }
    for (list, names) in &lists[..2] {
        let both = names
            .iter()
            .filter(|name| variant.not_applicable.contains(name));
        mistakes
            .extend(both.map(|name| format!("{name} is in `{list}` and in `not_applicable` too")));
    }
    mistakes
}

/// Checks that a correct variant violates no claim, and an incorrect one violates at least one.
fn judgement(variant: &Variant) -> Vec<String> {
    let is_broken = |claim: &&&str| variant.why_broken(claim).is_some();
    let broken: Vec<_> = variant.claims.iter().filter(is_broken).copied().collect();
    match (variant.right, variant.claims.is_empty(), &broken[..]) {
        (_, true, _) => vec!["it claims no guarantee, so it cannot fail; fill in `claims`".into()],
        (true, _, broken) => broken
            .iter()
            .map(|name| format!("it is `right` and breaks {name}, which it claims"))
            .collect(),
        (false, _, []) => vec![
            "it is not `right` and breaks none of its claims; claim what its author believed"
                .into(),
        ],
        (false, ..) => Vec::new(),
    }
}

/// Checks that bounds and faults exist in the protocol and are in range.
fn sizes(description: &Description, bounds: &[(&str, u8)], faults: &[(Fault, u8)]) -> Vec<String> {
    let bound = |(name, value): &(&str, u8)| match description
        .parameters
        .iter()
        .find(|p| p.name == *name)
    {
        None => Some(format!("'{name}' is not a parameter of the protocol")),
        Some(p) if (p.min..=p.max).contains(value) => None,
        Some(p) => Some(format!(
            "{name}={value} is out of range: it may be {} to {}",
            p.min, p.max
        )),
    };
    let fault = |(fault, count): &(Fault, u8)| match description
        .faults
        .iter()
        .find(|kind| kind.aim == Aim::from(*fault))
    {
        None => Some(format!("'{fault}' is not a fault of the protocol")),
        Some(kind) if *count <= kind.max => None,
        Some(kind) => Some(format!(
            "{fault}={count} is out of range: it may be 0 to {}",
            kind.max
        )),
    };
    let bounds = bounds.iter().filter_map(bound);
    bounds.chain(faults.iter().filter_map(fault)).collect()
}
