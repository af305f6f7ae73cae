//! Gets from TLC what is true in which state: an invariant that is always true prints it.
//!
//! With one worker TLC evaluates an invariant once for each distinct state, breadth first. So one run
//! gives the graph, and either the truth of every predicate in every state, or for each predicate the
//! first state in which it is false, to which no path is shorter.

use std::collections::HashMap;

use tandem_models::value::{StateView, Value};

use tandem_tla::spec::Spec;

/// The invariant that prints the truth of every predicate in every state.
const TRUTHS: &str = "TandemTruths";
/// The invariant that prints the first state in which a predicate is false.
const FIRST: &str = "TandemFirstFalse";
/// What each line that they print begins with.
const MARK: &str = "TANDEM-TRUTH";

/// Adds to the spec an invariant that prints, in every state, the truth of the predicates and the
/// state. Each predicate is an expression on one line.
pub(super) fn printing(spec: &Spec, predicates: &[String], variables: &[String]) -> Spec {
    let truths: Vec<_> = predicates.iter().map(|text| format!("({text})")).collect();
    let definition = format!(
        "{TRUTHS} == PrintT(<<\"{MARK}\",\n    <<{}>>,\n    {}>>)",
        truths.join(",\n      "),
        state_of(variables)
    );
    with_invariant(spec, TRUTHS, &definition)
}

/// The spec, with an invariant that prints for each of these predicates, which are names of operators, the
/// first state in which it is false. TLC's registers, one for each predicate, keep whether it was printed.
pub(super) fn printing_first(spec: &Spec, predicates: &[String], variables: &[String]) -> Spec {
    let state = state_of(variables);
    let numbered = || (1..).zip(predicates);
    let unset = numbered().map(|(register, _)| format!("TLCSet({register}, FALSE)"));
    let unset: Vec<_> = unset.collect();
    let each = numbered().map(|(register, name)| {
        format!(
            "\n  /\\ {name} \\/ TLCGet({register}) \\/ \
             (PrintT(<<\"{MARK}\", \"{name}\", {state}>>) /\\ TLCSet({register}, TRUE))"
        )
    });
    if unset.is_empty() {
        return spec.clone();
    }
    let definition = format!(
        "ASSUME {}\n{FIRST} ==\n  /\\ TRUE{}",
        unset.join(" /\\ "),
        each.collect::<String>()
    );
    with_invariant(spec, FIRST, &definition)
}

/// The record of all variables, in TLA+.
fn state_of(variables: &[String]) -> String {
    let fields = variables.iter().map(|name| format!("{name} |-> {name}"));
    format!("[{}]", fields.collect::<Vec<_>>().join(", "))
}

/// The spec, with a definition at the end of its first module, and the invariant that it defines.
fn with_invariant(spec: &Spec, invariant: &str, definition: &str) -> Spec {
    let mut files = spec.files.clone();
    if let Some((_, module)) = files.first_mut() {
        let end = module.trim_end().rfind('\n').map_or(0, |at| at + 1);
        module.insert_str(end, &format!("\n{definition}\n\n"));
    }
    if let Some((_, configuration)) = files.get_mut(1) {
        configuration.push_str(&format!("\nINVARIANT {invariant}\n"));
    }
    Spec {
        name: spec.name.clone(),
        files,
    }
}

/// What [`printing`] had printed: for each state the truth of each predicate.
pub(super) fn printed(lines: &[String]) -> Result<HashMap<StateView, Vec<bool>>, String> {
    let read = |(what, state): (Value, StateView)| {
        let truths = what.as_seq()?.iter().map(Value::as_bool);
        Some((state, truths.collect::<Option<_>>()?))
    };
    let all = marked(lines)?.into_iter().map(read);
    let all = all.collect::<Option<_>>();
    all.ok_or_else(|| "TLC printed a truth that is not TRUE or FALSE".to_owned())
}

/// What [`printing_first`] had printed: the predicates that are false somewhere, each with the first such
/// state. With several workers there may be several states of one predicate.
pub(super) fn first_false(lines: &[String]) -> Result<Vec<(String, StateView)>, String> {
    let read = |(what, state): (Value, StateView)| Some((what.as_str()?.to_owned(), state));
    let all = marked(lines)?.into_iter().map(read);
    let all = all.collect::<Option<_>>();
    all.ok_or_else(|| "TLC printed a predicate without its name".to_owned())
}

/// What either invariant had printed: what it says of a state, and the state.
fn marked(lines: &[String]) -> Result<Vec<(Value, StateView)>, String> {
    let mut found = Vec::new();
    let mut lines = lines.iter();
    while let Some(line) = lines.next() {
        if !begins(line) {
            continue;
        }
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
        found.push(read(&text).ok_or_else(|| format!("TLC printed: {text}"))?);
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

fn read(text: &str) -> Option<(Value, StateView)> {
    let value = Value::parse(text).ok()?;
    let [_, what, state] = value.as_seq()? else {
        return None;
    };
    Some((what.clone(), StateView::from_record(state)?))
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

    #[test]
    fn the_first_state_is_printed_by_name_and_once_for_each_register() {
        let files = vec![
            ("M.tla".to_owned(), "---- MODULE M ----\n====\n".to_owned()),
            ("M.cfg".to_owned(), "SPECIFICATION Spec\n".to_owned()),
        ];
        let name = "M".to_owned();
        let asked = ["Safe".to_owned(), "NotSeen".to_owned()];
        let spec = printing_first(&Spec { name, files }, &asked, &["x".to_owned()]);
        let expected = r#"---- MODULE M ----

ASSUME TLCSet(1, FALSE) /\ TLCSet(2, FALSE)
TandemFirstFalse ==
  /\ TRUE
  /\ Safe \/ TLCGet(1) \/ (PrintT(<<"TANDEM-TRUTH", "Safe", [x |-> x]>>) /\ TLCSet(1, TRUE))
  /\ NotSeen \/ TLCGet(2) \/ (PrintT(<<"TANDEM-TRUTH", "NotSeen", [x |-> x]>>) /\ TLCSet(2, TRUE))

====
"#;
        assert_eq!(spec.files[0].1, expected);
        let lines = [r#"<<"TANDEM-TRUTH", "Safe", [x |-> 3]>>"#.to_owned()];
        let state = "/\\ x = 3".parse::<StateView>().unwrap();
        assert_eq!(first_false(&lines).unwrap(), [("Safe".to_owned(), state)]);
        assert!(first_false(&[r#"<<"TANDEM-TRUTH", 1, [x |-> 3]>>"#.to_owned()]).is_err());
    }
}
