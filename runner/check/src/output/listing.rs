//! What a protocol says about itself, as `tandem list --format json` and the explorer tell it.

mod price;

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::Serialize;
use tandem_models::catalogue::{self, Description, Expected, Instance};
use tandem_models::kit::fault::Fault;

use crate::design::Design;
use crate::manifest::Manifest;

pub use price::{Keeps, Price, PricedRun};

/// A protocol with everything that it says about itself.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Protocol {
    /// Its name on the command line.
    pub name: &'static str,
    /// The part of the course it belongs to, from 1.
    pub part: u8,
    /// Its title.
    pub title: &'static str,
    /// What it is about, in a sentence.
    pub goal: &'static str,
    /// The name of its TLA+ module.
    pub module: &'static str,
    /// Who takes part.
    pub actors: Vec<String>,
    /// Its variants.
    pub variants: Vec<Variant>,
    /// Its bounds.
    pub parameters: Vec<Parameter>,
    /// Faults that its model knows; they are set like parameters, from 0.
    pub faults: Vec<FaultKind>,
    /// What it may guarantee.
    pub guarantees: Vec<Guarantee>,
    /// Larger sizes at which it is checked.
    pub larger: Vec<Larger>,
}

/// One way to do it.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Variant {
    /// Its name on the command line.
    pub name: &'static str,
    /// What it does, in a sentence.
    pub summary: &'static str,
    /// Whether it keeps all that it claims.
    pub right: bool,
    /// Whether it is meant where no variant is named.
    pub default: bool,
    /// What its author believed in.
    pub claims: Vec<&'static str>,
    /// What is expected of each guarantee; one that is missing does not apply.
    #[cfg_attr(feature = "openapi", schema(value_type = BTreeMap<String, super::schema::Expected>))]
    pub expected: BTreeMap<&'static str, Expected>,
    /// Why a guarantee is violated, in a sentence.
    #[cfg_attr(feature = "openapi", schema(value_type = BTreeMap<String, String>))]
    pub why: BTreeMap<&'static str, &'static str>,
    /// Bounds that differ from the protocol's.
    #[cfg_attr(feature = "openapi", schema(value_type = BTreeMap<String, u8>))]
    pub bounds: BTreeMap<&'static str, u8>,
    /// Faults that happen.
    #[cfg_attr(feature = "openapi", schema(value_type = BTreeMap<String, u8>))]
    pub faults: BTreeMap<&'static str, u8>,
    /// What it costs; none if a run without faults does not come to rest.
    pub price: Option<Price>,
    /// For a right variant that the manifest pins: each fault of the protocol, with the promises that
    /// break when it happens once, together with one crash if the variant survives a crash; no promise
    /// if the variant survives it. A fault that leads to too many states is left out.
    pub survives: Option<BTreeMap<String, Vec<String>>>,
    /// What one attempt at a message may cost, and how it may end, over all states of the variant. Empty
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
    /// What it is if nobody says otherwise.
    pub default: u8,
    /// The least it may be.
    pub min: u8,
    /// The most it may be.
    pub max: u8,
    /// What it counts, and must allow to be worth anything.
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
    /// The most it may happen.
    pub max: u8,
    /// What it hits, and must allow.
    pub allows: &'static str,
}

/// A guarantee.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Guarantee {
    /// Its name, the same in TLA+.
    pub name: &'static str,
    /// What it promises, in a sentence.
    pub promise: &'static str,
}

/// A variant at a larger size.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Larger {
    /// The variant.
    pub variant: &'static str,
    /// Bounds that differ from the variant's.
    #[cfg_attr(feature = "openapi", schema(value_type = BTreeMap<String, u8>))]
    pub bounds: BTreeMap<&'static str, u8>,
    /// Faults that differ from the variant's.
    #[cfg_attr(feature = "openapi", schema(value_type = BTreeMap<String, u8>))]
    pub faults: BTreeMap<&'static str, u8>,
    /// Whether it is small enough for TLC.
    pub tlc: bool,
}

impl Protocol {
    /// What a protocol says about itself, what its variants cost, and which faults they survive.
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
