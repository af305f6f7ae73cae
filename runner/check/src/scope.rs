//! Which properties a run checks.

use tandem_models::catalogue::Instance;

/// Which properties a run checks. The default is all properties that the catalogue has for an
/// instance.
///
/// A run for some properties is judged by these: it passes if each of them is decided as expected,
/// even if the run is otherwise incomplete.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Scope {
    /// Leaves out liveness properties, which depend on whole behaviours.
    pub safety: bool,
    /// Only the guarantees and witnesses with these names; if empty, all.
    pub names: Vec<String>,
}

/// The error for a name that no selected protocol has.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("no selected protocol has a guarantee `{name}`; there are {}", .has.join(", "))]
pub struct NoSuchGuarantee {
    /// The name that was asked for.
    pub name: String,
    /// The names that exist.
    pub has: Vec<&'static str>,
}

impl Scope {
    /// Whether all properties are checked.
    pub fn is_everything(&self) -> bool {
        !self.safety && self.names.is_empty()
    }

    /// The instances that have at least one of the requested properties.
    ///
    /// # Errors
    ///
    /// If none of the instances has a property with one of the names.
    pub fn select(&self, instances: Vec<Instance>) -> Result<Vec<Instance>, NoSuchGuarantee> {
        if self.names.is_empty() {
            return Ok(instances);
        }
        let mut has: Vec<_> = instances.iter().flat_map(names).collect();
        has.sort_unstable();
        has.dedup();
        if let Some(name) = self.names.iter().find(|name| !has.contains(&name.as_str())) {
            let name = name.clone();
            return Err(NoSuchGuarantee { name, has });
        }
        let asked = |instance: &Instance| {
            let names = names(instance);
            names
                .iter()
                .any(|name| self.names.iter().any(|asked| asked == name))
        };
        Ok(instances.into_iter().filter(asked).collect())
    }
}

/// The names of all properties of an instance.
fn names(instance: &Instance) -> Vec<&'static str> {
    let system = instance.system();
    let asked = system
        .asked()
        .into_iter()
        .map(|(property, _)| property.name);
    let liveness = system
        .liveness()
        .into_iter()
        .map(|guarantee| guarantee.name);
    asked.chain(liveness).collect()
}
