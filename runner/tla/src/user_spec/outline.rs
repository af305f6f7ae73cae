//! The declarations and definitions of a module, found in its text: constants, variables, operators,
//! and the names that TLC gives to the disjuncts of a next-state relation.

use std::collections::{BTreeMap, BTreeSet};

use super::tokens::{Token, tokens};

/// An operator: its parameters, and the tokens of its body.
#[derive(Debug, Clone, Default)]
struct Operator {
    parameters: usize,
    body: Vec<Token>,
}

/// The declarations and definitions of a module and the modules that it extends.
#[derive(Debug, Clone, Default)]
pub(super) struct Outline {
    /// Modules after `EXTENDS`.
    pub(super) extends: Vec<String>,
    /// Modules after `INSTANCE`.
    pub(super) instances: Vec<String>,
    pub(super) variables: Vec<String>,
    pub(super) constants: Vec<String>,
    operators: BTreeMap<String, Operator>,
}

/// Words that begin a unit of a module other than a definition.
const UNITS: [&str; 15] = [
    "VARIABLE",
    "VARIABLES",
    "CONSTANT",
    "CONSTANTS",
    "EXTENDS",
    "ASSUME",
    "ASSUMPTION",
    "AXIOM",
    "THEOREM",
    "LEMMA",
    "COROLLARY",
    "RECURSIVE",
    "LOCAL",
    "====",
    "----",
];

impl Outline {
    /// Reads a module.
    pub(super) fn read(text: &str) -> Self {
        let all = tokens(text);
        let mut outline = Outline::default();
        let mut lets = 0_usize;
        let mut open: Option<(String, Operator)> = None;
        for (at, token) in all.iter().enumerate() {
            match &*token.text {
                "LET" => lets += 1,
                "IN" => lets = lets.saturating_sub(1),
                "INSTANCE" => outline
                    .instances
                    .extend(all.get(at + 1).map(|name| name.text.clone())),
                unit if UNITS.contains(&unit) => {
                    outline.close(&mut open);
                    lets = 0;
                    outline.declare(unit, &all[at + 1..]);
                    continue;
                }
                _ if lets == 0 => {
                    if let Some((name, operator)) = definition(&all, at) {
                        outline.close(&mut open);
                        open = Some((name, operator));
                    }
                }
                _ => {}
            }
            if let Some((_, operator)) = &mut open {
                operator.body.push(token.clone());
            }
        }
        outline.close(&mut open);
        outline
    }

    fn close(&mut self, open: &mut Option<(String, Operator)>) {
        if let Some((name, mut operator)) = open.take() {
            let sign = operator.body.iter().position(|token| token.text == "==");
            operator.body.drain(..sign.map_or(0, |at| at + 1));
            self.operators.insert(name, operator);
        }
    }

    /// Names separated by commas; those of constants may have parameters.
    fn declare(&mut self, unit: &str, after: &[Token]) {
        let into = match unit {
            "VARIABLE" | "VARIABLES" => &mut self.variables,
            "CONSTANT" | "CONSTANTS" => &mut self.constants,
            "EXTENDS" => &mut self.extends,
            _ => return,
        };
        let mut depth = 0_usize;
        let mut expects = true;
        for token in after {
            match &*token.text {
                "(" => depth += 1,
                ")" => depth = depth.saturating_sub(1),
                _ if depth > 0 => {}
                "," => expects = true,
                _ if expects && token.is_name() => {
                    into.push(token.text.clone());
                    expects = false;
                }
                _ => break,
            }
        }
    }

    /// Adds the content of another module.
    pub(super) fn join(&mut self, other: Outline) {
        self.variables.extend(other.variables);
        self.constants.extend(other.constants);
        for (name, operator) in other.operators {
            self.operators.entry(name).or_insert(operator);
        }
    }

    /// Whether there is an operator without parameters with this name.
    pub(super) fn defines(&self, name: &str) -> bool {
        self.operators
            .get(name)
            .is_some_and(|operator| operator.parameters == 0)
    }

    /// The name of the next-state relation in a specification formula `Init /\ [][Next]_vars`.
    pub(super) fn next_of(&self, specification: &str) -> Option<String> {
        let mut within = BTreeSet::new();
        self.next_within(specification, &mut within)
    }

    fn next_within(&self, formula: &str, within: &mut BTreeSet<String>) -> Option<String> {
        if !within.insert(formula.to_owned()) {
            return None;
        }
        let body = &self.operators.get(formula)?.body;
        let texts: Vec<&str> = body.iter().map(|token| &*token.text).collect();
        let found = texts.windows(5).find_map(|window| match window {
            ["[", "]", "[", next, "]"] => Some((*next).to_owned()),
            _ => None,
        });
        found.or_else(|| texts.iter().find_map(|name| self.next_within(name, within)))
    }

    /// The names of the actions of a next-state relation, as TLC finds them; `None` if they cannot
    /// be determined from this text alone.
    pub(super) fn actions(&self, next: &str) -> Option<BTreeSet<String>> {
        let mut found = BTreeSet::new();
        let split = Split {
            outline: self,
            varying: self.varying(),
        };
        let operator = self.operators.get(next)?;
        split.body(&operator.body, next, &mut vec![next.to_owned()], &mut found)?;
        Some(found)
    }

    /// The variables, and the operators whose value depends on them.
    fn varying(&self) -> BTreeSet<&str> {
        let mut varying: BTreeSet<&str> = self.variables.iter().map(String::as_str).collect();
        loop {
            let depends = |operator: &Operator| {
                operator
                    .body
                    .iter()
                    .any(|token| varying.contains(&*token.text))
            };
            let more = self.operators.iter();
            let more =
                more.filter(|(name, operator)| !varying.contains(&***name) && depends(operator));
            let more: Vec<&str> = more.map(|(name, _)| &**name).collect();
            if more.is_empty() {
                return varying;
            }
            varying.extend(more);
        }
    }
}

/// The definition that begins with the token at this index.
fn definition(all: &[Token], at: usize) -> Option<(String, Operator)> {
    let name = &all[at];
    if !name.is_name() {
        return None;
    }
    let closing = match &*all.get(at + 1)?.text {
        "==" => return Some((name.text.clone(), Operator::default())),
        "(" => ")",
        "[" => "]",
        _ => return None,
    };
    let mut depth = 0_usize;
    let mut parameters = 1;
    for (place, token) in all.iter().enumerate().skip(at + 1) {
        match &*token.text {
            "(" | "[" => depth += 1,
            ")" | "]" => depth = depth.checked_sub(1)?,
            "," if depth == 1 => parameters += 1,
            "==" => return None,
            _ => {}
        }
        if depth == 0 {
            let is_definition = token.text == closing && all.get(place + 1)?.text == "==";
            let body = Vec::new();
            return is_definition.then(|| (name.text.clone(), Operator { parameters, body }));
        }
    }
    None
}

/// Splits a next-state relation in the same way as TLC.
struct Split<'a> {
    outline: &'a Outline,
    varying: BTreeSet<&'a str>,
}

impl Split<'_> {
    /// Adds the names of the actions in an expression. `within` are the operators that are being
    /// split; if the expression is not split further, its name is the last of them.
    fn body(
        &self,
        body: &[Token],
        name: &str,
        within: &mut Vec<String>,
        found: &mut BTreeSet<String>,
    ) -> Option<()> {
        let leaf = |found: &mut BTreeSet<String>| {
            found.insert(name.to_owned());
            Some(())
        };
        match body.first().map(|first| &*first.text) {
            None => leaf(found),
            Some("\\/") => {
                let column = body[0].column;
                let aligned = |token: &Token| token.text == "\\/" && token.column == column;
                let mut parts = parts(body, aligned).into_iter();
                parts.try_for_each(|part| self.body(part, name, within, found))
            }
            Some("/\\" | "LET" | "IF" | "CASE" | "\\A") => leaf(found),
            Some("\\E") => {
                let colon = top_level(body, |token| token.text == ":")?;
                let constant = body[1..colon]
                    .iter()
                    .all(|token| !self.varying.contains(&*token.text));
                match constant {
                    true => self.body(&body[colon + 1..], name, within, found),
                    false => leaf(found),
                }
            }
            Some(_) if top_level(body, |token| token.text == "/\\").is_some() => leaf(found),
            Some(_) if top_level(body, |token| token.text == "\\/").is_some() => {
                let mut parts = parts(body, |token| token.text == "\\/").into_iter();
                parts.try_for_each(|part| self.body(part, name, within, found))
            }
            Some("(") if closes(body) == Some(body.len() - 1) => {
                self.body(&body[1..body.len() - 1], name, within, found)
            }
            Some(_) => self.call(body, name, within, found),
        }
    }

    /// A call of an operator, or an action that is written in place.
    fn call(
        &self,
        body: &[Token],
        name: &str,
        within: &mut Vec<String>,
        found: &mut BTreeSet<String>,
    ) -> Option<()> {
        // The name of an operator in an instance depends on the instance.
        if body.iter().any(|token| token.text == "!") {
            return None;
        }
        let whole = body.len() == 1 || closes(&body[1..]) == Some(body.len() - 2);
        let constant = body[1..]
            .iter()
            .all(|token| !self.varying.contains(&*token.text));
        let operator = self.outline.operators.get(&body[0].text).filter(|_| whole);
        let again = within.contains(&body[0].text);
        match operator.filter(|_| constant && !again) {
            Some(operator) => {
                within.push(body[0].text.clone());
                let split = self.body(&operator.body, &body[0].text, within, found);
                within.pop();
                split
            }
            None => {
                found.insert(name.to_owned());
                Some(())
            }
        }
    }
}

/// The index of the first token of this kind outside brackets.
fn top_level(body: &[Token], is: impl Fn(&Token) -> bool) -> Option<usize> {
    let mut depth = 0_i32;
    body.iter().position(|token| {
        let here = depth == 0 && is(token);
        depth += opened(token);
        here
    })
}

fn opened(token: &Token) -> i32 {
    match &*token.text {
        "(" | "[" | "{" | "<<" => 1,
        ")" | "]" | "}" | ">>" => -1,
        _ => 0,
    }
}

/// The index of the bracket that closes the bracket in the first token.
fn closes(body: &[Token]) -> Option<usize> {
    let mut depth = 0;
    if body.first().map(opened) != Some(1) {
        return None;
    }
    body.iter().position(|token| {
        depth += opened(token);
        depth == 0
    })
}

/// The parts between separators outside brackets, without empty parts.
fn parts(body: &[Token], separates: impl Fn(&Token) -> bool) -> Vec<&[Token]> {
    let mut depth = 0_i32;
    let parts = body.split(|token| {
        let here = depth == 0 && separates(token);
        depth += opened(token);
        here
    });
    parts.filter(|part| !part.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::Outline;

    fn actions(module: &str) -> Option<Vec<String>> {
        let outline = Outline::read(module);
        let next = outline.next_of("Spec")?;
        Some(outline.actions(&next)?.into_iter().collect())
    }

    const HEAD: &str = "---- MODULE M ----\nEXTENDS Naturals, Sequences\nCONSTANTS S,\n  F(_, _), N\n\
                        VARIABLES x, \\* one\n  y\nvars == <<x, y>>\n";
    const SPEC: &str = "\nSpec == Init /\\ [][Next]_vars /\\ WF_vars(Next)\n====\n";

    #[test]
    fn a_module_declares_constants_and_variables() {
        let outline = Outline::read(HEAD);
        assert_eq!(outline.extends, ["Naturals", "Sequences"]);
        assert_eq!(outline.constants, ["S", "F", "N"]);
        assert_eq!(outline.variables, ["x", "y"]);
        assert!(outline.defines("vars") && !outline.defines("F"));
    }

    #[test]
    fn the_disjuncts_of_next_are_named_as_tlc_names_them() {
        let text = "A == x' = 1 /\\ y' = y\nB(s) == LET z == s IN /\\ x = z\n  /\\ x' = s\n\
                    C == \\/ A\n     \\/ \\E s \\in S : B(s)\nOne(n) ==\n  /\\ n = 1\n  /\\ \\/ x' = 1\n     \\/ x' = 2\n\
                    Terminating == x = 1 /\\ UNCHANGED vars\n\
                    Next == (\\E s \\in S, t \\in S : B(s) \\/ One(t)) \\/ C \\/ Terminating";
        let found = actions(&format!("{HEAD}{text}{SPEC}")).unwrap();
        assert_eq!(found, ["A", "B", "One", "Terminating"]);
    }

    #[test]
    fn a_set_that_depends_on_the_state_names_the_operator_around_it() {
        let text = "Open == {x}\nB(s) == x' = s\nDeliver == \\E s \\in Open : B(s)\n\
                    Next == \\/ Deliver\n        \\/ x' = 3\n        \\/ B(x)";
        let found = actions(&format!("{HEAD}{text}{SPEC}")).unwrap();
        assert_eq!(found, ["Deliver", "Next"]);
    }

    #[test]
    fn what_the_text_does_not_say_is_left_open() {
        assert_eq!(
            actions(&format!("{HEAD}I == INSTANCE K\nNext == I!Go{SPEC}")),
            None
        );
        assert_eq!(actions(HEAD), None);
    }
}
