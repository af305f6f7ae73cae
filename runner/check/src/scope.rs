//! What a run is asked: every guarantee, or a part of them.

use tandem_models::catalogue::Instance;

/// What a run is asked. By default everything that the catalogue says about an instance.
///
/// A run that is asked for a part is judged by that part: it passes if each property that was asked is
/// decided as expected, even if the rest of the run is incomplete.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Scope {
    /// Leaves out liveness, which depends on whole behaviours.
    pub safety: bool,
    /// Only the guarantees and witnesses of these names, if there are any.
    pub names: Vec<String>,
}

/// A name that no selected protocol has.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("no selected protocol has a guarantee `{name}`; there are {}", .has.join(", "))]
pub struct NoSuchGuarantee {
    /// The name that was asked for.
    pub name: String,
    /// The names that there are.
    pub has: Vec<&'static str>,
}

impl Scope {
    /// Whether everything is asked.
    pub fn is_everything(&self) -> bool {
        !self.safety && self.names.is_empty()
    }

    /// The instances that have something of what is asked.
    ///
    /// # Errors
    /// One of the names is a name in none of them.
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

/// The names of all that can be asked about an instance.
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
