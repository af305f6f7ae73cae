//! The name of an action as TLC writes it with a step: in the dumped graph, in a trace, in a log.
//!
//! Since February 2025 TLC adds the arguments, as in `Load(1)`; older versions write `Load`. A
//! comparison uses only the names, so this module separates the two parts.

use std::fmt;

/// An action that was taken: its name, and its arguments if TLC writes them.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ActionLabel {
    /// The name of the operator, such as `Load`.
    pub name: String,
    /// The text between the parentheses, such as `1`.
    pub arguments: Option<String>,
}

impl ActionLabel {
    /// Parses `Load`, `Load(1)` or `Send("a (b)", {1, 2})`.
    #[must_use]
    pub fn read(text: &str) -> Self {
        let text = text.trim();
        let Some((name, rest)) = text.split_once('(') else {
            return Self::named(text);
        };
        Self {
            name: name.trim_end().to_owned(),
            // The dump does not escape the quotes in an argument, so the end may be missing.
            arguments: Some(rest.strip_suffix(')').unwrap_or(rest).to_owned()),
        }
    }

    /// An action of which only the name is known.
    #[must_use]
    pub fn named(name: &str) -> Self {
        Self {
            name: name.to_owned(),
            arguments: None,
        }
    }
}

impl fmt::Display for ActionLabel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.arguments {
            None => f.write_str(&self.name),
            Some(arguments) => write!(f, "{}({arguments})", self.name),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_label_is_a_name_and_perhaps_arguments() {
        for (text, name, arguments) in [
            ("Load", "Load", None),
            ("Load(1)", "Load", Some("1")),
            ("Tick()", "Tick", Some("")),
            (
                r#"Send("a (b)", {1, 2})"#,
                "Send",
                Some(r#""a (b)", {1, 2}"#),
            ),
            // Cut at the first quote, because the dump does not escape it.
            ("Send(", "Send", Some("")),
            ("Inner!Load(<<1, 2>>)", "Inner!Load", Some("<<1, 2>>")),
        ] {
            let label = ActionLabel::read(text);
            assert_eq!(
                (label.name.as_str(), label.arguments.as_deref()),
                (name, arguments)
            );
        }
        assert_eq!(ActionLabel::read("Load(1)").to_string(), "Load(1)");
        assert_eq!(ActionLabel::read("Load").to_string(), "Load");
    }
}
