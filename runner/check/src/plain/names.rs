//! Maps the names of the Rust model to those of the spec, and finds names without a counterpart.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use tandem_models::value::{StateView, Value};
use tandem_tla::user_spec::UserSpec;

/// The mapping from names of the Rust model to names of the spec. A name that is not listed stays the
/// same.
#[derive(Debug, Clone, Default)]
pub struct Names {
    /// Variables of the view.
    pub variables: BTreeMap<String, String>,
    /// Actions. Several may have the same name in the spec.
    pub actions: BTreeMap<String, String>,
    /// Variables of the view that the spec does not have, and that are left out.
    pub hidden: BTreeSet<String>,
    /// Properties. In the spec, each is an operator without parameters that is true or false in a state.
    pub properties: BTreeMap<String, String>,
}

impl Names {
    /// The name of an action in the spec.
    pub(super) fn action<'a>(&'a self, rust: &'a str) -> &'a str {
        self.actions.get(rust).map_or(rust, String::as_str)
    }

    /// The operator of the spec for a property: the one that the user names, or one with the same name if
    /// a state decides the property. Otherwise a sentence why it is not compared.
    pub(super) fn operator(
        &self,
        property: &str,
        of_states: bool,
        spec: &UserSpec,
    ) -> Result<String, String> {
        let mapped = self.properties.get(property).map(String::as_str);
        let same = Some(property).filter(|name| of_states && spec.defines(name));
        mapped.or(same).map(str::to_owned).ok_or_else(|| {
            format!("the property {property} was not compared: the spec defines no operator of this name")
        })
    }

    /// A view with the names of the spec.
    pub(super) fn view(&self, view: StateView) -> StateView {
        if self.variables.is_empty() && self.hidden.is_empty() {
            return view;
        }
        let seen = view
            .iter()
            .filter(|(name, _)| !self.hidden.contains(&***name));
        let renamed = seen.map(|(name, value)| {
            let name = self.variables.get(&**name).map_or(&**name, String::as_str);
            (name, value.clone())
        });
        renamed.collect()
    }
}

/// Remarks about a spec that `tla-checker` evaluates, one sentence each.
pub(super) fn differences_from_tlc() -> impl Iterator<Item = String> {
    let known = tandem_tla_rs::KNOWN_DIFFERENCES.iter();
    known.map(|one| format!("tla-rs is not TLC: {one}"))
}

/// A name that only one side has, or a value that differs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Mismatch {
    /// A mapping contains a name that the Rust model does not have.
    NoSuchName {
        /// `variable`, `action` or `property`.
        kind: &'static str,
        /// The name.
        name: String,
    },
    /// The view has a variable that the spec does not declare.
    RustVariable(String),
    /// The spec declares a variable that the view does not have.
    SpecVariable(String),
    /// Steps of the Rust model have an action that the spec does not have.
    RustAction(String),
    /// A constant has another value in the configuration.
    Constant {
        /// Its name.
        name: String,
        /// Its value in the model.
        rust: Value,
        /// Its value in the configuration, as it is written.
        spec: String,
    },
    /// The model has a constant that the spec does not have.
    RustConstant(String),
    /// The spec has a constant that the model does not set.
    SpecConstant(String),
    /// A property is mapped to an operator that the spec does not define.
    Operator(String),
}

/// All mismatches. The TLA+ side has not been run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mismatches {
    /// The name of the spec's module.
    pub module: String,
    /// The mismatches.
    pub all: Vec<Mismatch>,
    /// The actions that only the spec has.
    pub only_in_spec: Vec<String>,
}

/// The names that a Rust model uses.
pub(super) struct Vocabulary<'a> {
    pub(super) variables: &'a BTreeSet<String>,
    pub(super) actions: &'a BTreeSet<String>,
    pub(super) properties: BTreeSet<String>,
    pub(super) constants: &'a [(String, Value)],
}

/// The mismatches between the two sides, and notes about what a comparison leaves out.
pub(super) fn matched(
    rust: &Vocabulary<'_>,
    spec: &UserSpec,
    names: &Names,
) -> Result<Vec<String>, Mismatches> {
    let mut all = unknown(rust, names);
    let renamed = |map: &BTreeMap<String, String>, known: &BTreeSet<String>| -> BTreeSet<String> {
        let renamed = known.iter().map(|name| map.get(name).unwrap_or(name));
        renamed.cloned().collect()
    };
    let seen = rust.variables.difference(&names.hidden).cloned().collect();
    let ours = renamed(&names.variables, &seen);
    let theirs: BTreeSet<String> = spec.variables().iter().cloned().collect();
    all.extend(
        ours.difference(&theirs)
            .cloned()
            .map(Mismatch::RustVariable),
    );
    all.extend(
        theirs
            .difference(&ours)
            .cloned()
            .map(Mismatch::SpecVariable),
    );
    let mut notes = Vec::new();
    let ours = renamed(&names.actions, rust.actions);
    let mut only_in_spec = Vec::new();
    match spec.actions() {
        Some(theirs) => {
            all.extend(ours.difference(&theirs).cloned().map(Mismatch::RustAction));
            only_in_spec.extend(theirs.difference(&ours).cloned());
        }
        None => notes.push(
            "the names of the spec's actions were not compared before the run: its text alone does not \
             say them"
                .to_owned(),
        ),
    }
    if !only_in_spec.is_empty() {
        notes.push(format!(
            "no step of the Rust model is an action of the spec named {}; the spec may never take it",
            only_in_spec.join(", ")
        ));
    }
    constants(rust.constants, spec, &mut all, &mut notes);
    let operators = names.properties.values().filter(|name| !spec.defines(name));
    all.extend(operators.cloned().map(Mismatch::Operator));
    if all.is_empty() {
        return Ok(notes);
    }
    let module = spec.module.clone();
    Err(Mismatches {
        module,
        all,
        only_in_spec,
    })
}

/// Mappings of names that the model does not have.
fn unknown(rust: &Vocabulary<'_>, names: &Names) -> Vec<Mismatch> {
    let maps = [
        ("variable", &names.variables, rust.variables),
        ("action", &names.actions, rust.actions),
        ("property", &names.properties, &rust.properties),
    ];
    let unknown = maps.into_iter().flat_map(|(kind, map, known)| {
        let names = map.keys().filter(|name| !known.contains(*name));
        names.map(move |name| Mismatch::NoSuchName {
            kind,
            name: name.clone(),
        })
    });
    let hidden = names.hidden.difference(rust.variables);
    let hidden = hidden.map(|name| Mismatch::NoSuchName {
        kind: "variable",
        name: name.clone(),
    });
    unknown.chain(hidden).collect()
}

fn constants(
    ours: &[(String, Value)],
    spec: &UserSpec,
    all: &mut Vec<Mismatch>,
    notes: &mut Vec<String>,
) {
    let assigned = spec.assignments();
    for (name, value) in ours {
        let found = assigned.iter().find(|assignment| assignment.name == *name);
        match found.map(|assignment| &assignment.value) {
            None => all.push(Mismatch::RustConstant(name.clone())),
            Some(None) => notes.push(format!(
                "the constant {name} was not compared: the configuration replaces it by an operator"
            )),
            Some(Some(text)) if Value::parse(text).is_ok_and(|theirs| theirs == *value) => {}
            Some(Some(text)) => all.push(Mismatch::Constant {
                name: name.clone(),
                rust: value.clone(),
                spec: text.clone(),
            }),
        }
    }
    let silent = assigned.iter().filter(|assignment| {
        // `None = None` makes a model value, which has no counterpart in Rust.
        let own = assignment.value.as_deref() == Some(&*assignment.name);
        !own && !ours.iter().any(|(name, _)| *name == assignment.name)
    });
    let silent: Vec<_> = silent.map(|assignment| assignment.name.clone()).collect();
    match ours.is_empty() {
        true if !silent.is_empty() => notes.push(format!(
            "the model names no constants, so those of the configuration were not compared: {}",
            silent.join(", ")
        )),
        _ => all.extend(silent.into_iter().map(Mismatch::SpecConstant)),
    }
}

impl fmt::Display for Mismatch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Mismatch::NoSuchName { kind, name } => {
                write!(
                    f,
                    "{kind} {name}: the Rust model has no {kind} of this name to map or to leave out"
                )
            }
            Mismatch::RustVariable(name) => {
                write!(
                    f,
                    "variable {name}: the view has it, the spec does not declare it"
                )
            }
            Mismatch::SpecVariable(name) => {
                write!(
                    f,
                    "variable {name}: the spec declares it, the view has no value for it"
                )
            }
            Mismatch::RustAction(name) => {
                write!(
                    f,
                    "action {name}: steps of the Rust model have it, the spec has no such action"
                )
            }
            Mismatch::Constant { name, rust, spec } => {
                write!(
                    f,
                    "constant {name}: it is {rust} in the Rust model, {spec} in the configuration"
                )
            }
            Mismatch::RustConstant(name) => {
                write!(
                    f,
                    "constant {name}: the Rust model has it, the configuration gives it no value"
                )
            }
            Mismatch::SpecConstant(name) => {
                write!(
                    f,
                    "constant {name}: the configuration sets it, the Rust model does not name it"
                )
            }
            Mismatch::Operator(name) => {
                write!(
                    f,
                    "operator {name}: a property is mapped to it, the spec does not define it"
                )
            }
        }
    }
}

impl fmt::Display for Mismatches {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            f,
            "the Rust model and the spec {} do not match, so nothing was run:",
            self.module
        )?;
        for mismatch in &self.all {
            writeln!(f, "  {mismatch}")?;
        }
        let actions = |mismatch: &Mismatch| matches!(mismatch, Mismatch::RustAction(_));
        if self.all.iter().any(actions) && !self.only_in_spec.is_empty() {
            writeln!(
                f,
                "  actions that only the spec has: {}",
                self.only_in_spec.join(", ")
            )?;
        }
        write!(
            f,
            "Where the same thing has two names, map it: `.variable(\"rust\", \"tla\")`, \
             `.action(\"rust\", \"tla\")` or `.property(\"rust\", \"tla\")` in a program, \
             `--variable rust=tla`, `--action rust=tla` or `--property rust=tla` on the command line."
        )
    }
}
