//! Finds protocols and variants by the names that users type.

use std::sync::Arc;

use super::{Catalogue, Description, Instance, Overrides, Protocol};

/// A name or a value that the catalogue does not have.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CatalogueError {
    /// There is no such protocol.
    #[error(
        "there is no protocol '{name}'{}",
        hint(suggestion, known, "tandem list")
    )]
    UnknownProtocol {
        /// The requested name.
        name: String,
        /// The nearest name.
        suggestion: Option<String>,
        /// The names that exist.
        known: Vec<String>,
    },
    /// There is no such variant.
    #[error(
        "'{protocol}' has no variant '{name}'{}",
        hint(suggestion, known, "tandem list")
    )]
    UnknownVariant {
        /// The protocol.
        protocol: &'static str,
        /// The requested name.
        name: String,
        /// The nearest name.
        suggestion: Option<String>,
        /// The names that exist.
        known: Vec<String>,
    },
    /// There is no such parameter.
    #[error(
        "'{protocol}' has no parameter '{name}'{}",
        hint(suggestion, known, "tandem list")
    )]
    UnknownParameter {
        /// The protocol.
        protocol: &'static str,
        /// The requested name.
        name: String,
        /// The nearest name.
        suggestion: Option<String>,
        /// The names that exist.
        known: Vec<String>,
    },
    /// The protocol does not have this fault.
    #[error(
        "'{protocol}' has no fault '{name}'{}",
        hint(suggestion, known, "tandem list")
    )]
    UnknownFault {
        /// The protocol.
        protocol: &'static str,
        /// The requested name.
        name: String,
        /// The nearest name.
        suggestion: Option<String>,
        /// The names that exist.
        known: Vec<String>,
    },
    /// A bound or budget is out of range.
    #[error("{name}={value} is out of range for '{protocol}': it may be {min} to {max} ({allows})")]
    OutOfRange {
        /// The protocol.
        protocol: &'static str,
        /// The parameter or fault.
        name: String,
        /// The requested value.
        value: u8,
        /// The minimum.
        min: u8,
        /// The maximum.
        max: u8,
        /// What the parameter or fault is for.
        allows: &'static str,
    },
}

fn hint(suggestion: &Option<String>, known: &[String], command: &str) -> String {
    match suggestion {
        Some(name) => format!("; did you mean '{name}'? `{command}` shows all"),
        None => format!("; there are: {}", known.join(", ")),
    }
}

fn nearest<'a>(name: &str, known: impl Iterator<Item = &'a str>) -> (Option<String>, Vec<String>) {
    let known: Vec<String> = known.map(str::to_owned).collect();
    let suggestion = known
        .iter()
        .map(|candidate| (strsim::jaro_winkler(name, candidate), candidate))
        .filter(|(likeness, _)| *likeness > 0.75)
        .max_by(|(a, _), (b, _)| a.total_cmp(b))
        .map(|(_, candidate)| candidate.clone());
    (suggestion, known)
}

impl CatalogueError {
    pub(super) fn unknown_parameter(description: &Description, name: &str) -> Self {
        let (suggestion, known) = nearest(name, description.parameters.iter().map(|p| p.name));
        CatalogueError::UnknownParameter {
            protocol: description.name,
            name: name.to_owned(),
            suggestion,
            known,
        }
    }

    pub(super) fn unknown_fault(description: &Description, name: &str) -> Self {
        let names = description.faults.iter().map(|kind| kind.aim.name());
        let (suggestion, known) = nearest(name, names);
        CatalogueError::UnknownFault {
            protocol: description.name,
            name: name.to_owned(),
            suggestion,
            known,
        }
    }
}

impl Catalogue {
    /// The instances that a name stands for: `outbox` is the protocol's default variant,
    /// `outbox:NAME` the variant of that name, `outbox:all` every variant, and no name the whole
    /// catalogue.
    ///
    /// # Errors
    ///
    /// If the catalogue has no such protocol, variant, parameter or fault, or a value is out of
    /// range.
    pub fn select(
        &self,
        name: Option<&str>,
        overrides: &Overrides,
    ) -> Result<Vec<Instance>, CatalogueError> {
        let Some(name) = name else {
            let all = self
                .protocols()
                .flat_map(|protocol| variants(protocol, "all"));
            return all.map(|instance| instance.with(overrides)).collect();
        };
        let (name, variant) = match name.split_once(':') {
            Some((name, variant)) => (name, Some(variant)),
            None => (name, None),
        };
        let protocol = self.find(name)?;
        let description = protocol.describe();
        let variant = variant.unwrap_or(description.default_variant);
        let found = variants(protocol, variant);
        if found.is_empty() {
            let (suggestion, known) = nearest(
                variant,
                description.variants.iter().map(|v| v.name).chain(["all"]),
            );
            return Err(CatalogueError::UnknownVariant {
                protocol: description.name,
                name: variant.to_owned(),
                suggestion,
                known,
            });
        }
        found
            .into_iter()
            .map(|instance| instance.with(overrides))
            .collect()
    }

    /// The instances that a name stands for, with their larger bounds.
    ///
    /// # Errors
    /// As [`Catalogue::select`].
    pub fn select_larger(
        &self,
        name: Option<&str>,
    ) -> Result<Vec<(Instance, bool)>, CatalogueError> {
        let selected = self.select(name, &Overrides::default())?;
        let larger = selected.into_iter().flat_map(|instance| {
            let description = Arc::clone(&instance.description);
            let settings = description.larger.iter();
            settings
                .filter(|setting| setting.variant == instance.variant.name)
                .map(|setting| (instance.clone().enlarged(setting), setting.tlc))
                .collect::<Vec<_>>()
        });
        Ok(larger.collect())
    }

    /// The protocol with that name.
    ///
    /// # Errors
    ///
    /// If there is none; the error suggests the nearest name.
    pub fn find(&self, name: &str) -> Result<&Arc<dyn Protocol>, CatalogueError> {
        self.protocols()
            .find(|protocol| protocol.describe().name == name)
            .ok_or_else(|| {
                let names: Vec<_> = self.protocols().map(|p| p.describe().name).collect();
                let (suggestion, known) = nearest(name, names.into_iter());
                CatalogueError::UnknownProtocol {
                    name: name.to_owned(),
                    suggestion,
                    known,
                }
            })
    }
}

fn variants(protocol: &Arc<dyn Protocol>, name: &str) -> Vec<Instance> {
    let description = Arc::new(protocol.describe());
    description
        .variants
        .iter()
        .filter(|variant| name == "all" || variant.name == name)
        .map(|variant| Instance::new(protocol, &description, variant))
        .collect()
}
