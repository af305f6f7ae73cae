//! Makes a protocol with a learner's handler: the system, guarantees and specification are those of an
//! existing protocol.

use std::sync::Arc;

use anyhow::Context;
use tandem_models::catalogue::{
    Catalogue, Description, FaultKind, Instance, Overrides, Protocol, Variant,
};
use tandem_models::kit::fault::Fault;
use tandem_models::kit::replay::Handler;
use tandem_models::kit::system::{Spec, System};
use tandem_models::protocols;

use crate::definition::{Definition, Size, TlaHole};

/// The protocol of an exercise.
struct Learner {
    base: Arc<dyn Protocol>,
    yours: Variant,
    handler: Handler,
    /// The step that may be refused in this run.
    refused: Option<&'static str>,
}

/// One run of an answer.
pub struct Attempt {
    /// The name of the run in a verdict; `None` for the main run.
    pub name: Option<String>,
    /// The instance that is checked.
    pub instance: Instance,
}

/// All runs of an answer: the main run, those with other bounds and faults, and one for each refusal.
///
/// # Errors
///
/// If the definition names something that the protocol does not have.
pub fn attempts(definition: &Definition, handler: &Handler) -> anyhow::Result<Vec<Attempt>> {
    let attempt = |name, refused, size, claims: &Option<Vec<String>>| {
        let claims = claims.as_ref().or(definition.claims.as_ref());
        let learner = learner(definition, handler, (refused, claims))?;
        let instance = instance(learner, size)?;
        anyhow::Ok(Attempt { name, instance })
    };
    let mut attempts = vec![attempt(None, None, &definition.size, &None)?];
    for (number, size) in (1..).zip(&definition.also) {
        let name = Some(format!("also.{number}"));
        attempts.push(attempt(name, None, &size.size, &size.claims)?);
    }
    if let Some(refusals) = &definition.refusals {
        for step in &refusals.steps {
            let name = Some(format!("refusals.{step}"));
            attempts.push(attempt(name, Some(step.as_str()), &refusals.size, &None)?);
        }
    }
    Ok(attempts)
}

/// The catalogue in which the learner's handler is the only variant of its protocol.
///
/// # Errors
///
/// If the definition names something that the protocol does not have.
pub fn catalogue(definition: &Definition, handler: &Handler) -> anyhow::Result<Catalogue> {
    Ok(Catalogue::new().with(learner(
        definition,
        handler,
        (None, definition.claims.as_ref()),
    )?))
}

/// A variant of the exercise's protocol with the bounds of the main run.
///
/// # Errors
///
/// If the protocol has no such variant.
pub fn variant(definition: &Definition, name: &str) -> anyhow::Result<Instance> {
    variant_at(definition, name, &definition.size)
}

/// The variant that a TLA+ definition must equal, with the bounds of its exercise.
///
/// # Errors
///
/// If the protocol has no such variant.
pub fn tla_instance(definition: &Definition, hole: &TlaHole) -> anyhow::Result<Instance> {
    variant_at(definition, &hole.variant, &hole.size)
}

fn variant_at(definition: &Definition, name: &str, size: &Size) -> anyhow::Result<Instance> {
    let catalogue = protocols::catalogue();
    let protocol = Arc::clone(catalogue.find(&definition.protocol)?);
    let description = Arc::new(protocol.describe());
    let variant = description.variant(name).cloned();
    let variant = variant.with_context(|| format!("there is no variant '{name}'"))?;
    let instance = Instance::new(&protocol, &description, &variant);
    Ok(instance.with(&overrides(size)?)?)
}

fn overrides(size: &Size) -> anyhow::Result<Overrides> {
    let mut overrides = Overrides {
        parameters: size.bounds.clone().into_iter().collect(),
        faults: Vec::new(),
    };
    for (fault, most) in &size.faults {
        overrides.faults.push((fault.parse()?, *most));
    }
    Ok(overrides)
}

fn instance(learner: Learner, size: &Size) -> anyhow::Result<Instance> {
    let mut overrides = overrides(size)?;
    if learner.refused.is_some() {
        overrides.faults.push((Fault::Fail.into(), 1));
    }
    let yours = learner.yours.clone();
    let protocol: Arc<dyn Protocol> = Arc::new(learner);
    let description = Arc::new(protocol.describe());
    Ok(Instance::new(&protocol, &description, &yours).with(&overrides)?)
}

fn learner(
    definition: &Definition,
    handler: &Handler,
    (refused, claims): (Option<&str>, Option<&Vec<String>>),
) -> anyhow::Result<Learner> {
    let catalogue = protocols::catalogue();
    let base = Arc::clone(catalogue.find(&definition.protocol)?);
    let described = base.describe();
    let right = described.variant(&definition.like);
    let right = right.with_context(|| format!("there is no variant '{}'", definition.like))?;
    let mut yours = Variant {
        name: "yours",
        summary: "the handler in handler.rs",
        // The catalogue's expectations are about its own handler, and not about this one.
        breaks: &[],
        ..right.clone()
    };
    if let Some(claims) = claims {
        yours.claims = names(&described, claims)?;
    }
    let step = |name: &str| {
        let mut steps = described.steps.iter();
        let step = steps.find(|(step, _)| *step == name);
        step.map(|(step, _)| *step)
            .with_context(|| format!("there is no step '{name}'"))
    };
    Ok(Learner {
        refused: refused.map(step).transpose()?,
        base,
        yours,
        handler: handler.clone(),
    })
}

/// The guarantees with these names. The names must stay valid as long as the catalogue, which is as
/// long as the process.
fn names(described: &Description, claims: &[String]) -> anyhow::Result<&'static [&'static str]> {
    let find = |claim: &String| {
        let mut guarantees = described.guarantees.iter();
        let guarantee = guarantees.find(|guarantee| guarantee.name == claim);
        let guarantee = guarantee.with_context(|| format!("there is no guarantee '{claim}'"))?;
        anyhow::Ok(guarantee.name)
    };
    let claims: Vec<_> = claims.iter().map(find).collect::<Result<_, _>>()?;
    Ok(claims.leak())
}

impl Protocol for Learner {
    fn describe(&self) -> Description {
        let mut base = self.base.describe();
        if !base
            .faults
            .iter()
            .any(|kind| kind.aim == Fault::Fail.into())
        {
            base.faults
                .push(FaultKind::new(Fault::Fail, 1, "one lets a call be refused"));
        }
        Description {
            default_variant: "yours",
            variants: vec![self.yours.clone()],
            larger: Vec::new(),
            ..base
        }
    }

    fn system(&self, instance: &Instance) -> System {
        let system = self
            .base
            .system(instance)
            .with_handler(self.handler.clone());
        match self.refused {
            None => system,
            Some(step) => System::new(Spec {
                may_fail: Vec::leak(vec![step]),
                ..system.spec().clone()
            }),
        }
    }
}
