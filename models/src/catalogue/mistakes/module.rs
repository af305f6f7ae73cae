//! Checks that the TLA+ module of a protocol matches its description.

use std::collections::BTreeSet;

use super::super::{Description, SHARED_MODULES};

pub(super) fn mistakes(description: &Description) -> Vec<String> {
    let actions = description.actions();
    let module = description.module.name;
    if actions.is_empty() {
        let expected = "`Next ==` followed by one line for each action, as in `    \\/ Receive`";
        return vec![format!("{module}.tla has no actions: expected {expected}")];
    }
    let mut mistakes = steps(description, &actions);
    mistakes.extend(fairness(description, &actions));
    let guarantees = description.guarantees.iter().map(|g| g.name);
    let operators = guarantees.chain(["TypeOK", "AtRest"]);
    let missing = operators.filter(|name| !is_defined(description, name));
    mistakes.extend(
        missing.map(|name| {
            format!("{module}.tla and the modules that it extends do not define {name}")
        }),
    );
    let constants = description.parameters.iter().map(|p| p.constant);
    let missing = constants.filter(|name| !texts(description).any(|text| text.contains(name)));
    mistakes.extend(missing.map(|name| format!("{module}.tla has no constant {name}")));
    mistakes
}

/// Checks that every described step is an action of the module, and that every action is described.
fn steps(description: &Description, actions: &[&str]) -> Vec<String> {
    let module = description.module.name;
    let steps = description.steps.iter().map(|(name, _)| *name);
    let unknown = steps.filter(|name| !actions.contains(name));
    let unknown = unknown.map(|name| {
        format!("`steps` has {name}, which is not an action in `Next` of {module}.tla")
    });
    let silent = actions
        .iter()
        .filter(|action| description.words(action).is_none());
    let silent = silent.map(|action| {
        format!("{module}.tla has the action {action}, which `steps` does not say in words")
    });
    unknown.chain(silent).collect()
}

/// Checks that both sides declare the same fairness: for all actions except faults and another click of a
/// user.
fn fairness(description: &Description, actions: &[&str]) -> Vec<String> {
    let module = description.module.name;
    let Some(fair) = fair_in_tla(description) else {
        return vec![format!("{module}.tla has no `Fairness ==`")];
    };
    let in_rust = actions.iter().filter(|action| description.is_fair(action));
    let in_rust: BTreeSet<_> = in_rust.copied().collect();
    let missing = in_rust.difference(&fair).map(|action| {
        format!("{action} is fair in Rust, but `Fairness` of {module}.tla has no WF_vars for it")
    });
    let superfluous = fair.difference(&in_rust).map(|action| {
        format!("`Fairness` of {module}.tla names {action}, which is not fair in Rust")
    });
    let mut mistakes: Vec<_> = missing.chain(superfluous).collect();
    if description.module.text.contains("SF_vars") {
        mistakes.push(format!(
            "{module}.tla uses strong fairness (SF_vars), and Rust is weakly fair to all actions"
        ));
    }
    mistakes
}

/// The actions in the operator `Fairness` of the module.
fn fair_in_tla(description: &Description) -> Option<BTreeSet<&'static str>> {
    let text = description.module.text;
    let (_, after) = text.split_once("\nFairness ==")?;
    let block = after.split("\n\n").next()?;
    let names = block.split("WF_vars(").skip(1);
    let name = |rest: &'static str| rest.split(['(', ')']).next();
    Some(names.filter_map(name).collect())
}

fn texts(description: &Description) -> impl Iterator<Item = &'static str> {
    let shared = SHARED_MODULES.iter().map(|module| module.text);
    std::iter::once(description.module.text).chain(shared)
}

/// Whether a line begins with `Name ==`.
fn is_defined(description: &Description, name: &str) -> bool {
    let defines = |line: &str| {
        let rest = line.strip_prefix(name);
        rest.is_some_and(|rest| rest.trim_start().starts_with("=="))
    };
    texts(description).any(|text| text.lines().any(defines))
}
