//! Sentences about what a step changed in the stores and in the third party's memory.

use tandem_models::kit::system::System;
use tandem_models::value::Change;

use tandem_check::trace::TraceStep;

/// The variable of the view that holds a third party's memory, if there is one.
const MEMORY: &str = "provider";

/// What a step changed in some variables of the view, one line each: first the content of a document,
/// then its version.
pub(super) fn wrote(told: &TraceStep, variables: &[&str]) -> Vec<String> {
    let in_them = |change: &&Change| {
        let variable = change.path.split(['.', '[']).next();
        variable.is_some_and(|variable| variables.contains(&variable))
    };
    let changes = told.changes.iter().filter(in_them);
    let (versions, content): (Vec<_>, Vec<_>) =
        changes.partition(|change| change.path.ends_with(".version"));
    content
        .iter()
        .chain(&versions)
        .map(|change| change.plain())
        .collect()
}

/// The changes of a step in the memory of the third party with this number.
pub(super) fn remembered(system: &System, party: usize, told: &TraceStep) -> Vec<String> {
    let memory = system.party_variable(party, MEMORY);
    let (field, all) = (format!("{memory}."), "memory");
    let shorter = |line: String| match line.contains(&field) {
        true => line.replacen(&field, "", 1),
        false => line.replacen(&memory, all, 1),
    };
    wrote(told, &[&memory]).into_iter().map(shorter).collect()
}
