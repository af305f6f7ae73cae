//! The configuration of a user's spec, and the part of it that a comparison uses.
//!
//! A comparison needs the whole graph. So invariants and properties are left out, because they would
//! end a run at the first violation. `SYMMETRY` and `VIEW` are left out too, because they merge states.

use super::tokens::{Token, tokens};

/// The assignment of a constant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Assignment {
    /// The name of the constant.
    pub name: String,
    /// The value as it is written; `None` for a replacement (`<-`), whose value the module defines.
    pub value: Option<String>,
}

/// A parsed configuration.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Cfg {
    /// The name after `SPECIFICATION`.
    pub(super) specification: Option<String>,
    /// The names after `INIT` and `NEXT`.
    pub(super) init: Option<String>,
    pub(super) next: Option<String>,
    /// The assignments of constants.
    pub(super) constants: Vec<Assignment>,
    /// Names after `CONSTRAINT` and `ACTION_CONSTRAINT`.
    pub(super) constraints: Vec<String>,
    /// Sections that are kept unchanged.
    kept: Vec<String>,
    /// Keywords of the sections that are left out because they merge states.
    pub(super) merging: Vec<String>,
}

const KEYWORDS: [&str; 20] = [
    "SPECIFICATION",
    "INIT",
    "NEXT",
    "CONSTANT",
    "CONSTANTS",
    "CONSTRAINT",
    "CONSTRAINTS",
    "ACTION_CONSTRAINT",
    "ACTION_CONSTRAINTS",
    "INVARIANT",
    "INVARIANTS",
    "PROPERTY",
    "PROPERTIES",
    "SYMMETRY",
    "VIEW",
    "CHECK_DEADLOCK",
    "ALIAS",
    "POSTCONDITION",
    "TYPE",
    "TYPE_CONSTRAINT",
];

impl Cfg {
    /// Parses a configuration. Words that are not part of the language are kept, so that TLC reports
    /// them.
    pub(super) fn read(text: &str) -> Self {
        let all = tokens(text);
        let mut cfg = Cfg::default();
        let mut at = 0;
        while at < all.len() {
            let is_keyword = |token: &Token| KEYWORDS.contains(&&*token.text);
            let rest = all[at + 1..].iter().position(is_keyword);
            let end = rest.map_or(all.len(), |length| at + 1 + length);
            cfg.section(text, &all[at], &all[at + 1..end]);
            at = end;
        }
        cfg
    }

    fn section(&mut self, text: &str, keyword: &Token, body: &[Token]) {
        let first = || body.first().map(|token| token.text.clone());
        let written = || {
            let end = body.last().map_or(keyword.at.end, |last| last.at.end);
            text[keyword.at.start..end].to_owned()
        };
        match &*keyword.text {
            "SPECIFICATION" => self.specification = first(),
            "INIT" => self.init = first(),
            "NEXT" => self.next = first(),
            "CONSTANT" | "CONSTANTS" => {
                self.constants.extend(assignments(text, body));
                self.kept.push(written());
            }
            "CONSTRAINT" | "CONSTRAINTS" | "ACTION_CONSTRAINT" | "ACTION_CONSTRAINTS" => {
                self.constraints
                    .extend(body.iter().map(|token| token.text.clone()));
                self.kept.push(written());
            }
            "SYMMETRY" | "VIEW" => self.merging.push(keyword.text.clone()),
            "INVARIANT" | "INVARIANTS" | "PROPERTY" | "PROPERTIES" | "CHECK_DEADLOCK" | "ALIAS"
            | "POSTCONDITION" => {}
            _ => self.kept.push(written()),
        }
    }

    /// The text of the configuration that enumerates the whole graph.
    pub(super) fn of_graph(&self, specification: &str) -> String {
        let mut text = format!("SPECIFICATION {specification}\n");
        for section in &self.kept {
            text.push_str(section);
            text.push('\n');
        }
        text
    }
}

fn assignments(text: &str, body: &[Token]) -> Vec<Assignment> {
    let begins = |at: &usize| {
        let sign = body.get(at + 1).map(|token| &*token.text);
        body[*at].is_name() && matches!(sign, Some("=" | "<-"))
    };
    let starts: Vec<usize> = (0..body.len()).filter(begins).collect();
    let ends = starts.iter().skip(1).copied().chain([body.len()]);
    let found = starts.iter().zip(ends).map(|(start, end)| {
        let value = body.get(start + 2).filter(|_| start + 2 < end);
        let value = value.map(|first| text[first.at.start..body[end - 1].at.end].to_owned());
        Assignment {
            name: body[*start].text.clone(),
            value: value.filter(|_| body[start + 1].text == "="),
        }
    });
    found.collect()
}

#[cfg(test)]
mod tests {
    use super::{Assignment, Cfg};

    #[test]
    fn a_configuration_keeps_what_makes_the_graph_and_leaves_out_what_cuts_it() {
        let text = "\\* bounds\nCONSTANTS\n  RM = {r1, r2}  N = 3\n  Empty <- MCEmpty\n\
                    SPECIFICATION Spec\nINVARIANTS TypeOK\n  Consistent\nSYMMETRY Perms\n\
                    CONSTRAINT Small\nCHECK_DEADLOCK FALSE\n";
        let cfg = Cfg::read(text);
        assert_eq!(cfg.specification.as_deref(), Some("Spec"));
        let assigned = |name: &str, value: Option<&str>| Assignment {
            name: name.to_owned(),
            value: value.map(str::to_owned),
        };
        let expected = [
            assigned("RM", Some("{r1, r2}")),
            assigned("N", Some("3")),
            assigned("Empty", None),
        ];
        assert_eq!(cfg.constants, expected);
        assert_eq!(
            (&*cfg.constraints, &*cfg.merging),
            (&["Small".to_owned()][..], &["SYMMETRY".to_owned()][..])
        );
        assert_eq!(
            cfg.of_graph("Spec"),
            "SPECIFICATION Spec\nCONSTANTS\n  RM = {r1, r2}  N = 3\n  Empty <- MCEmpty\nCONSTRAINT Small\n"
        );
    }
}
