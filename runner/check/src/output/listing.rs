//! The description of a protocol for `tandem list --format json` and the explorer.

mod price;

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::Serialize;
use tandem_models::catalogue::{self, Description, Expected, Instance};
use tandem_models::kit::fault::Fault;

use crate::design::Design;
use crate::manifest::Manifest;

pub use price::{Keeps, Price, PricedRun};

/// A protocol with its description.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Protocol {
    /// Its name on the command line.
    pub name: &'static str,
    /// The part of the course it belongs to, from 1.
    pub part: u8,
    /// Its title.
    pub title: &'static str,
    /// Its goal, in a sentence.
    pub goal: &'static str,
    /// The name of its TLA+ module.
    pub module: &'static str,
    /// The participants.
    pub actors: Vec<String>,
    /// Its variants.
    pub variants: Vec<Variant>,
    /// Its bounds.
    pub parameters: Vec<Parameter>,
    /// The faults in its model. They are set like parameters, and each has the minimum 0.
    pub faults: Vec<FaultKind>,
    /// The guarantees that its variants may claim.
    pub guarantees: Vec<Guarantee>,
    /// Larger bounds with which it is checked.
    pub larger: Vec<Larger>,
}

/// A variant of a protocol.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Variant {
    /// Its name on the command line.
    pub name: &'static str,
    /// What it does, in a sentence.
    pub summary: &'static str,
    /// Whether all guarantees that it claims hold.
    pub right: bool,
    /// Whether it is used when no variant is named.
    pub default: bool,
    /// The guarantees that it claims.
    pub claims: Vec<&'static str>,
    /// The expected result for each guarantee. A guarantee that does not apply is missing.
    #[cfg_attr(feature = "openapi", schema(value_type = BTreeMap<String, super::schema::Expected>))]
    pub expected: BTreeMap<&'static str, Expected>,
    /// For each violated guarantee a sentence why.
    #[cfg_attr(feature = "openapi", schema(value_type = BTreeMap<String, String>))]
    pub why: BTreeMap<&'static str, &'static str>,
    /// The bounds that differ from the protocol's.
    #[cfg_attr(feature = "openapi", schema(value_type = BTreeMap<String, u8>))]
    pub bounds: BTreeMap<&'static str, u8>,
    /// The faults that may happen.
    #[cfg_attr(feature = "openapi", schema(value_type = BTreeMap<String, u8>))]
    pub faults: BTreeMap<&'static str, u8>,
    /// Its price; `null` if a run without faults does not end.
    pub price: Option<Price>,
    /// For a correct variant that the manifest pins: each fault of the protocol, with the claimed
    /// guarantees that are violated when it happens once; an empty list if the variant survives it. If
    /// the variant survives a crash, the fault is combined with one crash. A fault that leads to too
    /// many states is left out.
    pub survives: Option<BTreeMap<String, Vec<String>>>,
    /// What one attempt at a message may cost and how it may end, over all states of the variant. Empty
    /// for a variant that the manifest does not pin.
    pub attempts: Vec<String>,
}

/// A bound.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Parameter {
    /// Its name on the command line.
    pub name: &'static str,
    /// Its constant in TLA+.
    pub constant: &'static str,
    /// Its default.
    pub default: u8,
    /// Its minimum.
    pub min: u8,
    /// Its maximum.
    pub max: u8,
    /// What it counts, and what it must allow so that the check is meaningful.
    pub allows: &'static str,
}

/// A fault.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FaultKind {
    /// Its name on the command line.
    pub name: &'static str,
    /// What happens, in a sentence.
    pub summary: String,
    /// Its maximum.
    pub max: u8,
    /// What it hits, and what it must allow so that the check is meaningful.
    pub allows: &'static str,
}

/// A guarantee.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Guarantee {
    /// Its name, the same in TLA+.
    pub name: &'static str,
    /// Its promise, in a sentence.
    pub promise: &'static str,
}

/// A variant with larger bounds.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Larger {
    /// The variant.
    pub variant: &'static str,
    /// The bounds that differ from the variant's.
    #[cfg_attr(feature = "openapi", schema(value_type = BTreeMap<String, u8>))]
    pub bounds: BTreeMap<&'static str, u8>,
    /// The faults that differ from the variant's.
    #[cfg_attr(feature = "openapi", schema(value_type = BTreeMap<String, u8>))]
    pub faults: BTreeMap<&'static str, u8>,
    /// Whether it is small enough for TLC.
    pub tlc: bool,
}

impl Protocol {
    /// The description of a protocol, with the prices of its variants and the faults that they survive.
    pub fn of(protocol: &Arc<dyn catalogue::Protocol>, manifest: &Manifest) -> Self {
        let description = Arc::new(protocol.describe());
        let variants = description.variants.iter();
        let guarantees = description.guarantees.iter();
        Protocol {
            name: description.name,
            part: description.part,
            title: description.title,
            goal: description.goal,
            module: description.module.name,
            actors: description.actors.iter().map(ToString::to_string).collect(),
            variants: variants
                .map(|variant| {
                    let instance = Instance::new(protocol, &description, variant);
                    variant_of(&instance, manifest.design(&instance))
                })
                .collect(),
            parameters: description.parameters.iter().map(parameter).collect(),
            faults: description.faults.iter().map(fault_kind).collect(),
            guarantees: guarantees
                .map(|guarantee| Guarantee {
                    name: guarantee.name,
                    promise: guarantee.promise,
                })
                .collect(),
            larger: description.larger.iter().map(larger).collect(),
        }
    }
}

fn variant_of(instance: &Instance, pinned: Option<&Design>) -> Variant {
    let description: &Description = &instance.description;
    let variant = &instance.variant;
    Variant {
        name: variant.name,
        summary: variant.summary,
        right: variant.right,
        default: variant.name == description.default_variant,
        claims: variant.claims.to_vec(),
        expected: description.expected(variant).into_iter().collect(),
        why: variant.breaks.iter().copied().collect(),
        bounds: variant.bounds.iter().copied().collect(),
        faults: by_name(variant.faults)
            .into_iter()
            .chain(
                variant
                    .aimed
                    .iter()
                    .map(|(aim, count)| (aim.name(), *count)),
            )
            .collect(),
        price: Price::of(instance),
        survives: pinned.and_then(|design| design.faults.clone()),
        attempts: pinned.map_or_else(Vec::new, |design| design.attempts.clone()),
    }
}

fn parameter(parameter: &catalogue::Parameter) -> Parameter {
    Parameter {
        name: parameter.name,
        constant: parameter.constant,
        default: parameter.default,
        min: parameter.min,
        max: parameter.max,
        allows: parameter.allows,
    }
}

fn fault_kind(kind: &catalogue::FaultKind) -> FaultKind {
    FaultKind {
        name: kind.aim.name(),
        summary: kind.aim.summary(),
        max: kind.max,
        allows: kind.allows,
    }
}

fn larger(setting: &catalogue::Setting) -> Larger {
    Larger {
        variant: setting.variant,
        bounds: setting.bounds.iter().copied().collect(),
        faults: by_name(&setting.faults),
        tlc: setting.tlc,
    }
}

fn by_name(faults: &[(Fault, u8)]) -> BTreeMap<&'static str, u8> {
    faults
        .iter()
        .map(|(fault, count)| (fault.name(), *count))
        .collect()
}
