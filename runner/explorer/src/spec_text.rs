//! The text of a TLA+ module, with the lines of its operators.

use std::collections::BTreeMap;

use tandem_models::catalogue::Module;

use super::wire::{Lines, SpecText};

/// A module with the lines of each top-level operator.
pub(crate) fn spec_text(module: Module) -> SpecText {
    let lines: Vec<&str> = module.text.lines().collect();
    let mut actions = BTreeMap::new();
    for (place, line) in lines.iter().enumerate() {
        let Some(name) = defined(line) else { continue };
        let below = lines[place + 1..].iter();
        let body = below.take_while(|line| line.starts_with([' ', '\t']));
        let (first, last) = (place + 1, place + 1 + body.count());
        actions.insert(name.to_owned(), Lines { first, last });
    }
    SpecText {
        module: module.name.to_owned(),
        text: module.text.to_owned(),
        actions,
    }
}

/// The name that a line defines, as in `Crash(slot) ==`.
fn defined(line: &str) -> Option<&str> {
    let (head, _) = line.split_once("==")?;
    let name = head.split('(').next()?.trim_end();
    let plain = |c: char| c.is_ascii_alphanumeric() || c == '_';
    let is_name = !line.starts_with([' ', '\t']) && !name.is_empty() && name.chars().all(plain);
    is_name.then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_operator_is_found_with_all_of_its_lines_and_nothing_else() {
        let text =
            "---- MODULE M ----\nA ==\n    /\\ x = 1\n    /\\ y == 2\n\nB(s) == TRUE\n====\n";
        let found = spec_text(Module { name: "M", text });
        let lines = |first, last| Lines { first, last };
        let expected = [("A".to_owned(), lines(2, 4)), ("B".to_owned(), lines(6, 6))];
        assert_eq!(found.actions, expected.into());
    }
}
