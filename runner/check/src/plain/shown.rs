//! Shows what a comparison would compare, before it is run.

use std::fmt;

use tandem_tla::spec::Spec;
use tandem_tla::user_spec::UserSpec;

use super::names::Names;
use super::side::Side;

/// The names on both sides, and what the TLA+ side would run.
pub struct Shown {
    /// Each variable of the Rust model, with its name in the spec.
    pub variables: Vec<(String, String)>,
    /// Each action of a step in the Rust model, with its name in the spec.
    pub actions: Vec<(String, String)>,
    /// Each property that is compared, with the operator of the spec.
    pub properties: Vec<(String, String)>,
    /// The module, its configuration, and the modules that it needs.
    pub spec: Spec,
    /// What is not compared, and other remarks about the result.
    pub notes: Vec<String>,
}

pub(super) fn shown(
    side: &Side<'_>,
    names: &Names,
    properties: Vec<(String, String)>,
    spec: &UserSpec,
    notes: Vec<String>,
) -> Shown {
    let vocabulary = side.vocabulary();
    let variables = vocabulary.variables.difference(&names.hidden);
    let variables = variables.map(|name| {
        let tla = names.variables.get(name).unwrap_or(name);
        (name.clone(), tla.clone())
    });
    let actions = vocabulary.actions.iter();
    let actions = actions.map(|name| (name.clone(), names.action(name).to_owned()));
    Shown {
        variables: variables.collect(),
        actions: actions.collect(),
        properties,
        spec: spec.to_run(),
        notes,
    }
}

impl fmt::Display for Shown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let parts = [
            ("variables", &self.variables),
            ("actions", &self.actions),
            ("properties", &self.properties),
        ];
        for (title, pairs) in parts {
            writeln!(f, "{title}, in Rust and in TLA+:")?;
            for (rust, tla) in pairs {
                writeln!(f, "  {rust:<28} {tla}")?;
            }
        }
        for note in &self.notes {
            writeln!(f, "note: {note}")?;
        }
        for (name, text) in &self.spec.files {
            writeln!(f, "{:=<77}\n{name}\n{:=<77}\n{text}", "", "")?;
        }
        Ok(())
    }
}
