//! Mutants of a specification's text: a conjunct is dropped, two targets are swapped, a condition is
//! negated, or a fairness condition is removed. The text is edited line by line, which relies on the
//! layout of the catalogue's modules.
//!
//! Not mutated: type definitions, guarantees, and `Next`, whose disjuncts are the actions.

/// A mutant of a module's text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TextMutant {
    /// Its name: the operator, the change, and a number if there are several.
    pub name: String,
    /// The line, from 1.
    pub line: usize,
    /// The text of the module with the change.
    pub text: String,
}

/// A definition: its name and its lines, from 0.
struct Definition<'a> {
    name: &'a str,
    first: usize,
    end: usize,
}

/// Every mutant of a module, in the order of its lines.
pub fn text_mutants(module: &str) -> Vec<TextMutant> {
    let lines: Vec<&str> = module.lines().collect();
    let mut mutants: Vec<_> = definitions(&lines)
        .iter()
        .flat_map(|definition| match definition.name {
            "Fairness" => without_fairness(&lines, definition),
            _ => {
                let mut all = without_conjunct(&lines, definition);
                all.extend(swapped(&lines, definition));
                all.extend(negated(&lines, definition));
                all
            }
        })
        .collect();
    mutants.sort_by_key(|mutant| mutant.line);
    numbered(mutants)
}

/// Numbers the mutants of one operator and one kind, if there are several.
fn numbered(mut mutants: Vec<TextMutant>) -> Vec<TextMutant> {
    let names: Vec<_> = mutants.iter().map(|mutant| mutant.name.clone()).collect();
    let count = |names: &[String], name: &str| names.iter().filter(|other| *other == name).count();
    for (place, mutant) in mutants.iter_mut().enumerate() {
        let name = &names[place];
        if count(&names, name) > 1 {
            mutant.name = format!("{name}-{}", count(&names[..=place], name));
        }
    }
    mutants
}

/// The definitions before `Spec`, except those that are not mutated.
fn definitions<'a>(lines: &[&'a str]) -> Vec<Definition<'a>> {
    let heads: Vec<_> = (0..lines.len())
        .filter_map(|at| Some((at, head(lines[at])?)))
        .take_while(|(_, name)| *name != "Spec")
        .collect();
    let ends = |at: usize| {
        let stops = |line: &&str| line.starts_with("--") || line.starts_with("\\*");
        let after = lines[at + 1..].iter();
        let end = after.take_while(|line| !stops(line) && head(line).is_none());
        at + 1 + end.count()
    };
    let all = heads.into_iter().map(|(first, name)| Definition {
        name,
        first,
        end: ends(first),
    });
    all.filter(|one| !["TypeOK", "Next"].contains(&one.name))
        .collect()
}

/// The name that a line defines.
fn head(line: &str) -> Option<&str> {
    let starts = line.starts_with(|c: char| c.is_ascii_alphabetic());
    let (before, _) = line.split_once("==").filter(|_| starts)?;
    let name = before.split(['(', ' ']).next()?;
    let is_name = |name: &&str| name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
    Some(name).filter(is_name)
}

fn indent(line: &str) -> usize {
    line.len() - line.trim_start().len()
}

fn is_conjunct(line: &str) -> bool {
    line.trim_start().starts_with("/\\ ")
}

/// The mutant in which these lines replace those from `first` up to, but not including, `end`.
fn with_lines(
    lines: &[&str],
    (name, what, first, end): (&str, &str, usize, usize),
    instead: &[String],
) -> TextMutant {
    let before = lines[..first].iter().map(|line| (*line).to_owned());
    let after = lines[end..].iter().map(|line| (*line).to_owned());
    let all = before.chain(instead.iter().cloned()).chain(after);
    TextMutant {
        name: format!("{name}/{what}"),
        line: first + 1,
        text: all.map(|line| line + "\n").collect(),
    }
}

fn without_conjunct(lines: &[&str], definition: &Definition<'_>) -> Vec<TextMutant> {
    let inside = definition.first + 1..definition.end;
    let conjuncts: Vec<_> = inside.filter(|at| is_conjunct(lines[*at])).collect();
    let alike = |at: usize| {
        conjuncts
            .iter()
            .filter(move |other| indent(lines[**other]) == indent(lines[at]))
    };
    let dropped = conjuncts.iter().filter(|at| alike(**at).count() > 1);
    let dropped = dropped.map(|at| {
        let rest = lines[at + 1..definition.end].iter();
        let deeper = rest.take_while(|line| indent(line) > indent(lines[*at]));
        let end = at + 1 + deeper.count();
        with_lines(lines, (definition.name, "drop", *at, end), &[])
    });
    dropped.collect()
}

/// The step that a line of a variant's table leads to, and the position of its name in the line.
fn target(line: &str) -> Option<(usize, &str)> {
    let (before, after) = line.split_once("|-> \"")?;
    let step = before.trim_start_matches([' ', '[']).trim_end();
    let (name, _) = after.split_once('"')?;
    let is_step = step.starts_with(|c: char| c.is_ascii_uppercase());
    is_step.then_some((before.len() + "|-> \"".len(), name))
}

fn swapped(lines: &[&str], definition: &Definition<'_>) -> Vec<TextMutant> {
    let inside = definition.first + 1..definition.end;
    let targets: Vec<_> = inside
        .filter_map(|at| Some((at, target(lines[at])?)))
        .collect();
    let pairs = targets.windows(2).filter(|pair| pair[0].1.1 != pair[1].1.1);
    let swap = |pair: &[(usize, (usize, &str))]| {
        let [(first, (place, one)), (second, (other_place, other))] = [pair[0], pair[1]];
        let replaced = |at: usize, place: usize, old: &str, new: &str| {
            let line = lines[at];
            format!("{}{new}{}", &line[..place], &line[place + old.len()..])
        };
        let between = lines[first + 1..second]
            .iter()
            .map(|line| (*line).to_owned());
        let all: Vec<_> = [replaced(first, place, one, other)]
            .into_iter()
            .chain(between)
            .chain([replaced(second, other_place, other, one)])
            .collect();
        with_lines(lines, (definition.name, "swap", first, second + 1), &all)
    };
    pairs.map(swap).collect()
}

fn negated(lines: &[&str], definition: &Definition<'_>) -> Vec<TextMutant> {
    let inside = definition.first..definition.end;
    let negated = inside.filter_map(|at| {
        let line = negated_line(lines[at])?;
        let place = (definition.name, "negate", at, at + 1);
        Some(with_lines(lines, place, &[line]))
    });
    negated.collect()
}

/// The line with its condition negated, if it has one: the condition of an `IF`, or a conjunct that is a
/// guard.
fn negated_line(line: &str) -> Option<String> {
    if let Some((before, after)) = line.split_once("IF ") {
        let (condition, rest) = after.split_once(" THEN")?;
        return Some(format!("{before}IF ~({condition}) THEN{rest}"));
    }
    let (before, guard) = line.split_once("/\\ ").filter(|_| is_conjunct(line))?;
    let compares = [" = ", " # ", " > ", " <= ", " \\in "];
    let is_guard = compares.iter().any(|sign| guard.contains(sign))
        || guard.starts_with("At(")
        || guard.starts_with("May");
    let changes = ["'", "UNCHANGED", "LET", "\\E", "\\A", "CASE", "|->"];
    let balanced = guard.matches('(').count() == guard.matches(')').count();
    let whole = balanced && !changes.iter().any(|word| guard.contains(word));
    (is_guard && whole).then(|| format!("{before}/\\ ~({guard})"))
}

fn without_fairness(lines: &[&str], definition: &Definition<'_>) -> Vec<TextMutant> {
    let inside = definition.first..definition.end;
    let removed = inside.flat_map(|at| {
        let places = lines[at].match_indices("WF_vars(");
        let each = places.filter_map(move |(start, _)| {
            let end = start + closing(&lines[at][start..])?;
            let action = lines[at][start + "WF_vars(".len()..end - 1]
                .split('(')
                .next()?;
            let line = format!("{}TRUE{}", &lines[at][..start], &lines[at][end..]);
            let what = format!("unfair-{action}");
            let place = (definition.name, &*what, at, at + 1);
            Some(with_lines(lines, place, &[line]))
        });
        each.collect::<Vec<_>>()
    });
    removed.collect()
}

/// The position after the bracket that closes the first opening bracket.
fn closing(text: &str) -> Option<usize> {
    let mut open = 0;
    for (place, letter) in text.char_indices() {
        match letter {
            '(' => open += 1,
            ')' if open == 1 => return Some(place + 1),
            ')' => open -= 1,
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    const MODULE: &str = "---- MODULE M ----
Right(m) ==
    [Load |-> \"Save\",
     Save |-> IF m THEN \"Ack\" ELSE \"Load\",
     Mark |-> \"Ack\"]

Save(s) ==
    /\\ At(s, \"Save\")
    /\\ order' = [order EXCEPT
                    !.lines = 1]
    /\\ UNCHANGED rest

\\* What is next.
Next ==
    \\/ Save(1)
    \\/ Load(1)

Fairness ==
    /\\ WF_vars(Save(1)) /\\ WF_vars(Load)

Spec == Init /\\ Next
Asked ==
    /\\ x = 1
    /\\ y = 1
";

    fn change(mutant: &TextMutant) -> String {
        let before: Vec<_> = MODULE.lines().collect();
        let after: Vec<_> = mutant.text.lines().collect();
        let new = after.iter().filter(|line| !before.contains(line));
        let new: Vec<_> = new.map(|line| line.trim()).collect();
        let change = format!("{}: {}", mutant.name, new.join(" "));
        change.trim_end().to_owned()
    }

    #[test]
    fn every_kind_of_mutant_is_made_and_what_is_asked_is_left_alone() {
        let all: Vec<_> = text_mutants(MODULE).iter().map(change).collect();
        insta::assert_snapshot!(all.join("\n"), @r#"
        Right/swap: [Load |-> "Ack", Mark |-> "Save"]
        Right/negate: Save |-> IF ~(m) THEN "Ack" ELSE "Load",
        Save/drop-1:
        Save/negate: /\ ~(At(s, "Save"))
        Save/drop-2:
        Save/drop-3:
        Fairness/unfair-Save: /\ TRUE /\ WF_vars(Load)
        Fairness/unfair-Load: /\ WF_vars(Save(1)) /\ TRUE
        "#);
    }

    #[test]
    fn a_conjunct_goes_with_the_lines_that_belong_to_it() {
        let all = text_mutants(MODULE);
        let dropped = all.iter().find(|one| one.name == "Save/drop-2").unwrap();
        assert!(!dropped.text.contains("order'") && !dropped.text.contains("!.lines"));
        assert!(dropped.text.contains("UNCHANGED rest"));
    }
}
