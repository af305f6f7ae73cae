//! Gets the truth of predicates in every state from TLC: an invariant that is always true prints it.
//!
//! With one worker TLC evaluates an invariant once for each distinct state, so one run gives the graph
//! and the truths.

use std::collections::HashMap;

use tandem_models::value::{StateView, Value};

use tandem_tla::spec::Spec;

/// The name of the invariant that prints.
const INVARIANT: &str = "TandemTruths";
/// The prefix of each line that it prints.
const MARK: &str = "TANDEM-TRUTH";

/// Adds to the spec an invariant that prints, in every state, the truth of the predicates and the
/// state. Each predicate is an expression on one line.
pub(super) fn printing(spec: &Spec, predicates: &[String], variables: &[String]) -> Spec {
    let truths: Vec<_> = predicates.iter().map(|text| format!("({text})")).collect();
    let state = variables.iter().map(|name| format!("{name} |-> {name}"));
    let state: Vec<_> = state.collect();
    let operator = format!(
        "\n{INVARIANT} == PrintT(<<\"{MARK}\",\n    <<{}>>,\n    [{}]>>)\n\n",
        truths.join(",\n      "),
        state.join(", ")
    );
    let mut files = spec.files.clone();
    if let Some((_, module)) = files.first_mut() {
        let end = module.trim_end().rfind('\n').map_or(0, |at| at + 1);
        module.insert_str(end, &operator);
    }
    if let Some((_, configuration)) = files.get_mut(1) {
        configuration.push_str(&format!("\nINVARIANT {INVARIANT}\n"));
    }
    Spec {
        name: spec.name.clone(),
        files,
    }
}

/// Reads the printed lines: for each state the truth of each predicate.
pub(super) fn printed(lines: &[String]) -> Result<HashMap<StateView, Vec<bool>>, String> {
    let mut found = HashMap::new();
    let mut lines = lines.iter();
    while let Some(line) = lines.next() {
        if !begins(line) {
            continue;
        }
        // TLC breaks long values over several lines.
        let mut text = line.clone();
        // TLC breaks long values over several lines, but never within a string.
        let mut depth = opened(line);
        while depth > 0 {
            let line = lines
                .next()
                .ok_or("TLC printed a truth that does not end")?;
            depth += opened(line);
            text.push('\n');
            text.push_str(line);
        }
        let (state, truths) = read(&text).ok_or_else(|| format!("TLC printed: {text}"))?;
        found.insert(state, truths);
    }
    Ok(found)
}

fn begins(line: &str) -> bool {
    let rest = line.trim_start().strip_prefix("<<");
    let rest = rest.and_then(|rest| rest.trim_start().strip_prefix('"'));
    rest.is_some_and(|rest| rest.starts_with(MARK))
}

/// The number of opening brackets in a line minus the number of closing ones.
fn opened(line: &str) -> i32 {
    let (mut depth, mut quoted, mut before) = (0, false, ' ');
    for character in line.chars() {
        match (before, character) {
            ('\\', _) if quoted => {
                before = ' ';
                continue;
            }
            (_, '"') => quoted = !quoted,
            (_, '<' | '[' | '{' | '(') if !quoted => depth += 1,
            // The `>` of the arrows `|->` and `:>` closes no bracket.
            ('-' | ':', '>') => {}
            (_, '>' | ']' | '}' | ')') if !quoted => depth -= 1,
            _ => {}
        }
        before = character;
    }
    depth
}

fn read(text: &str) -> Option<(StateView, Vec<bool>)> {
    let value = Value::parse(text).ok()?;
    let [_, truths, state] = value.as_seq()? else {
        return None;
    };
    let truths = truths.as_seq()?.iter().map(Value::as_bool);
    Some((
        StateView::from_record(state)?,
        truths.collect::<Option<_>>()?,
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_tlc_prints_is_read_also_over_several_lines_and_between_other_lines() {
        let text = r#"<<"TANDEM-TRUTH", <<TRUE, FALSE>>, [x |-> 1, y |-> "a>>"]>>
"hello"
<< "TANDEM-TRUTH",
   <<FALSE, FALSE>>,
   [ x |-> 2,
     y |-> (1 :> "a\"[" @@ 3 :> "b") ] >>"#;
        let lines: Vec<_> = text.lines().map(str::to_owned).collect();
        let found = printed(&lines).unwrap();
        let state = |text: &str| text.parse::<StateView>().unwrap();
        assert_eq!(found.len(), 2);
        assert_eq!(found[&state("/\\ x = 1 /\\ y = \"a>>\"")], [true, false]);
        let second = "/\\ x = 2 /\\ y = (1 :> \"a\\\"[\" @@ 3 :> \"b\")";
        assert_eq!(found[&state(second)], [false, false]);
    }

    #[test]
    fn a_truth_that_does_not_end_is_an_error() {
        let lines = ["<<\"TANDEM-TRUTH\", <<TRUE>>,".to_owned()];
        assert!(printed(&lines).is_err());
    }

    #[test]
    fn the_invariant_stands_before_the_end_of_the_module() {
        let files = vec![
            (
                "M.tla".to_owned(),
                "---- MODULE M ----\nA == 1\n====\n".to_owned(),
            ),
            ("M.cfg".to_owned(), "SPECIFICATION Spec\n".to_owned()),
        ];
        let name = "M".to_owned();
        let spec = printing(
            &Spec { name, files },
            &["A = 1".to_owned()],
            &["x".to_owned()],
        );
        let module = &spec.files[0].1;
        assert!(module.ends_with("[x |-> x]>>)\n\n====\n"), "{module}");
        assert!(spec.files[1].1.ends_with("INVARIANT TandemTruths\n"));
    }
}
