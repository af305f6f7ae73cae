//! Sentences about what a step changed in the stores and in the third party's memory.

use tandem_models::value::Change;

use tandem_check::trace::TraceStep;

/// The variable of the view that holds the third party's memory.
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

/// What a step changed in the third party's memory.
pub(super) fn remembered(told: &TraceStep) -> Vec<String> {
    let (field, all) = (format!("{MEMORY}."), "memory");
    let shorter = |line: String| match line.contains(&field) {
        true => line.replacen(&field, "", 1),
        false => line.replacen(MEMORY, all, 1),
    };
    wrote(told, &[MEMORY]).into_iter().map(shorter).collect()
}
