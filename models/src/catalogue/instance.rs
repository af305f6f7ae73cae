//! An instance: one variant with its bounds and faults, which is what an engine checks.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use super::{CatalogueError, Description, Expected, Protocol, Setting, Variant};
use crate::kit::document::MessageId;
use crate::kit::fault::{Aim, Budget};
use crate::kit::guarantees::Guarantee;
use crate::kit::happening::Happening;
use crate::kit::replay::Handler;
use crate::kit::stores::Stores;
use crate::kit::system::{Spec, System};
use crate::value::Value;

/// A variant of a protocol with its bounds and faults.
#[derive(Clone)]
pub struct Instance {
    protocol: Arc<dyn Protocol>,
    /// The description of the protocol.
    pub description: Arc<Description>,
    /// The variant.
    pub variant: Variant,
    /// The bounds, by parameter.
    pub parameters: BTreeMap<&'static str, u8>,
    /// How often each fault of the protocol may happen.
    pub faults: BTreeMap<Aim, u8>,
    /// Whether the catalogue has expected results for these bounds and faults.
    pub named: bool,
}

/// Bounds and faults from a user, which replace the variant's own.
#[derive(Debug, Clone, Default)]
pub struct Overrides {
    /// Parameter and value.
    pub parameters: Vec<(String, u8)>,
    /// Fault and budget.
    pub faults: Vec<(Aim, u8)>,
}

impl Instance {
    /// A variant with its own bounds and faults.
    pub fn new(
        protocol: &Arc<dyn Protocol>,
        description: &Arc<Description>,
        variant: &Variant,
    ) -> Self {
        let mut parameters: BTreeMap<_, _> = description
            .parameters
            .iter()
            .map(|p| (p.name, p.default))
            .collect();
        let mut faults: BTreeMap<_, _> = description
            .faults
            .iter()
            .map(|kind| (kind.aim, 0))
            .collect();
        parameters.extend(variant.bounds.iter().copied());
        let own = variant
            .faults
            .iter()
            .map(|(fault, n)| (Aim::from(*fault), *n));
        faults.extend(own.chain(variant.aimed.iter().copied()));
        Instance {
            protocol: Arc::clone(protocol),
            description: Arc::clone(description),
            variant: variant.clone(),
            parameters,
            faults,
            named: true,
        }
    }

    /// The same variant with the protocol's larger bounds.
    #[must_use]
    pub fn enlarged(mut self, setting: &Setting) -> Self {
        self.parameters.extend(setting.bounds.iter().copied());
        let set = setting.faults.iter();
        self.faults
            .extend(set.map(|(fault, n)| (Aim::from(*fault), *n)));
        self
    }

    /// The same variant with all other settings that the catalogue has for its protocol: the bounds and
    /// faults of the other variants, and the larger settings. Without repetition.
    pub fn elsewhere(&self) -> Vec<Self> {
        let Description {
            variants, larger, ..
        } = &*self.description;
        let own = |variant| Instance::new(&self.protocol, &self.description, variant);
        let of_variants = variants.iter().map(own);
        let of_larger = larger.iter().filter_map(|setting| {
            let mut variants = variants.iter();
            let variant = variants.find(|variant| variant.name == setting.variant)?;
            Some(own(variant).enlarged(setting))
        });
        let mut met = vec![self.clone()];
        for other in of_variants.chain(of_larger) {
            let same = |one: &Instance| {
                (&one.parameters, &one.faults) == (&other.parameters, &other.faults)
            };
            if !met.iter().any(same) {
                met.push(Instance {
                    variant: self.variant.clone(),
                    named: false,
                    ..other
                });
            }
        }
        met.split_off(1)
    }

    /// The same variant with other bounds and faults.
    ///
    /// # Errors
    ///
    /// If the protocol has no such parameter or fault, or the value is out of range.
    pub fn with(mut self, overrides: &Overrides) -> Result<Self, CatalogueError> {
        let before = (self.parameters.clone(), self.faults.clone());
        for (name, value) in &overrides.parameters {
            let parameter = self
                .description
                .parameters
                .iter()
                .find(|parameter| parameter.name == name)
                .ok_or_else(|| CatalogueError::unknown_parameter(&self.description, name))?;
            if !(parameter.min..=parameter.max).contains(value) {
                return Err(CatalogueError::OutOfRange {
                    protocol: self.description.name,
                    name: parameter.name.to_owned(),
                    value: *value,
                    min: parameter.min,
                    max: parameter.max,
                    allows: parameter.allows,
                });
            }
            self.parameters.insert(parameter.name, *value);
        }
        for (fault, value) in &overrides.faults {
            let kind = self
                .description
                .faults
                .iter()
                .find(|kind| kind.aim == *fault)
                .ok_or_else(|| CatalogueError::unknown_fault(&self.description, fault.name()))?;
            if *value > kind.max {
                return Err(CatalogueError::OutOfRange {
                    protocol: self.description.name,
                    name: fault.name().to_owned(),
                    value: *value,
                    min: 0,
                    max: kind.max,
                    allows: kind.allows,
                });
            }
            self.faults.insert(*fault, *value);
        }
        self.named &= before == (self.parameters.clone(), self.faults.clone());
        Ok(self)
    }

    /// The value of a parameter; 0 if the protocol has none of that name.
    pub fn get(&self, parameter: &str) -> u8 {
        self.parameters.get(parameter).copied().unwrap_or(0)
    }

    /// The budget of faults.
    pub fn budget(&self) -> Budget {
        self.faults
            .iter()
            .map(|(fault, count)| (*fault, *count))
            .collect()
    }

    /// The part of a protocol's declaration that follows from bounds and faults: an endpoint that takes
    /// messages, numbered from 1, from a queue.
    pub fn spec(
        &self,
        endpoint: &'static str,
        messages: u8,
        handler: Handler,
        stores: Stores,
    ) -> Spec {
        let messages = (1..=messages).map(MessageId).map(Value::from).collect();
        Spec {
            slots: usize::from(self.get("slots")),
            steps: self.description.steps,
            guarantees: self.guarantees(),
            ..Spec::new(endpoint, messages, self.budget(), handler, stores)
        }
    }

    /// Whether the budget of faults allows an action. Only faults with an empty budget are not allowed.
    pub fn allows(&self, action: &str) -> bool {
        let kind = Happening::named(action, self.description.actors);
        let fault = kind.and_then(|(kind, _)| kind.needs());
        let happens = |fault| {
            let mut faults = self.faults.iter();
            faults.any(|(aim, count)| aim.fault == fault && *count > 0)
        };
        fault.is_none_or(happens)
    }

    /// The guarantees that apply to it.
    pub fn guarantees(&self) -> Vec<Guarantee> {
        self.description.guarantees_of(&self.variant)
    }

    /// The result that the catalogue expects for a guarantee; `None` with other bounds than those in the
    /// catalogue.
    pub fn expected(&self, guarantee: &str) -> Option<Expected> {
        if !self.named {
            return None;
        }
        self.description
            .expected(&self.variant)
            .get(guarantee)
            .copied()
    }

    /// Why it violates a guarantee, if it does. The text describes a run with the variant's own bounds;
    /// with other bounds the shortest counterexample may be different.
    pub fn why_broken(&self, guarantee: &str) -> Option<String> {
        let why = self.variant.why_broken(guarantee)?;
        Some(match self.named {
            true => why.to_owned(),
            false => format!("at its own bounds: {why}"),
        })
    }

    /// Whether the variant claims the guarantee.
    pub fn claims(&self, guarantee: &str) -> bool {
        self.variant.claims.contains(&guarantee)
    }

    /// The model of the instance.
    pub fn system(&self) -> System {
        self.protocol.system(self)
    }

    /// The label `protocol:variant`.
    pub fn label(&self) -> String {
        format!("{}:{}", self.description.name, self.variant.name)
    }

    /// The bounds and faults, if they differ from the variant's own.
    pub fn other_bounds(&self) -> Option<String> {
        let own = Instance::new(&self.protocol, &self.description, &self.variant);
        let differ = own.parameters != self.parameters || own.faults != self.faults;
        differ.then(|| self.bounds())
    }

    /// Bounds and faults, as in `messages=2 slots=1 crash=1`.
    pub fn bounds(&self) -> String {
        let parameters = self
            .parameters
            .iter()
            .map(|(name, value)| format!("{name}={value}"));
        let faults = self
            .faults
            .iter()
            .filter(|(_, count)| **count > 0)
            .map(|(fault, count)| format!("{fault}={count}"));
        parameters.chain(faults).collect::<Vec<_>>().join(" ")
    }
}

impl fmt::Display for Instance {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({})", self.label(), self.bounds())
    }
}
