//! Exports a path as Markdown, for a document, a ticket or a commit message.

use std::fmt::Write as _;

use tandem_models::value::plain_path;

use super::{Told, ending};
use crate::wire;

pub(super) fn write(told: &Told<'_>) -> String {
    let trace = &told.trace;
    let mut text = format!("# {}\n\n", told.title());
    let _ = writeln!(text, "`{}` {}\n", told.label(), told.bounds());
    text.push_str("At the start:\n\n```\n");
    let _ = writeln!(text, "{}\n```\n", trace.start.state);
    for step in &trace.steps {
        let _ = writeln!(
            text,
            "{}. **{}** {}",
            step.number,
            step.act.action,
            escaped(&step.act.words)
        );
        for change in &step.act.changes {
            let _ = writeln!(text, "   - `{}`", change.to_string().replace('`', "'"));
        }
        for name in &step.act.violates {
            let _ = writeln!(
                text,
                "   - ✗ **{name}** is false from here{}",
                why(name, &step.frame)
            );
        }
    }
    if let Some(said) = ending(trace.end) {
        let _ = writeln!(text, "\n{said}");
    }
    text
}

/// The clauses of a guarantee that are false.
fn why(name: &str, frame: &wire::Frame) -> String {
    let truth = frame.truths.iter().find(|truth| truth.name == name);
    let clauses = truth.into_iter().flat_map(|truth| &truth.clauses);
    let false_ones = clauses.filter(|clause| !clause.holds).map(|clause| {
        let found = clause.found.as_ref();
        let found = found.map_or_else(String::new, |found| format!("; found: {}", escaped(found)));
        let values = clause.values.iter();
        let values = values.map(|at| format!("`{} = {}`", plain_path(&at.path), at.value));
        let values: Vec<_> = values.collect();
        let values = match values.is_empty() {
            true => String::new(),
            false => format!(" ({})", values.join(", ")),
        };
        format!(
            "\n     expected: {}{found}{values}",
            escaped(&clause.expected)
        )
    });
    false_ones.collect()
}

/// Escapes the characters that have a meaning in Markdown.
fn escaped(text: &str) -> String {
    let mut escaped = String::new();
    for sign in text.chars() {
        if "\\`*_[]<>#|".contains(sign) {
            escaped.push('\\');
        }
        escaped.push(sign);
    }
    escaped
}
