//! Values in a form for people: for sentences and labels, where TLA+ would be hard to read.
//!
//! A sequence or tuple is `[1, 2]`, a set `{1, 2}`, a record `{line: 1}`, any other function `{1:
//! 2}`; names have no quotes. This is shorter than TLA+ but cannot be parsed: the empty set and the
//! empty function look the same, and so do a tuple and a sequence.
//!
//! The page writes values in the same way (`explorer-ui/src/value/format.ts`).

use super::{Change, ChangeKind, Value, plain_path};

impl Value {
    /// The value in this form.
    ///
    /// ```
    /// use tandem_models::value::Value;
    ///
    /// let value = Value::parse(r#"[token |-> <<1, 0>>, kind |-> "new", paid |-> FALSE]"#).unwrap();
    /// assert_eq!(value.plain(), "{kind: new, paid: false, token: [1, 0]}");
    /// ```
    pub fn plain(&self) -> String {
        match self {
            Value::Bool(truth) => truth.to_string(),
            Value::Str(text) if is_name(text) => text.to_string(),
            Value::Str(text) => format!("{text:?}"),
            Value::Int(_) | Value::Name(_) | Value::Model(_) => self.to_string(),
            Value::Set(elements) => format!("{{{}}}", list(elements.iter().map(Value::plain))),
            Value::Seq(items) => format!("[{}]", list(items.iter().map(Value::plain))),
            Value::Fun(map) => {
                let entry =
                    |(key, value): (&Value, &Value)| format!("{}: {}", key.plain(), value.plain());
                format!("{{{}}}", list(map.iter().map(entry)))
            }
        }
    }

    /// The value as part of a sentence: for a record its fields, after the name that says what kind
    /// of thing it is, if it has one; for a boolean field, whether it is true.
    ///
    /// ```
    /// use tandem_models::value::Value;
    ///
    /// let request = Value::parse(r#"[ask |-> "Charge", payment |-> 1, key |-> <<1, 0>>]"#).unwrap();
    /// assert_eq!(request.brief(), "Charge (key [1, 0], payment 1)");
    /// let cart = Value::parse("[submitted |-> FALSE, lines |-> <<>>]").unwrap();
    /// assert_eq!(cart.brief(), "no lines, not submitted");
    /// ```
    pub fn brief(&self) -> String {
        let fields: Option<Vec<_>> = match self {
            Value::Fun(_) => self
                .entries()
                .map(|(name, value)| Some((name.as_str()?.to_owned(), value)))
                .collect(),
            _ => None,
        };
        let Some(fields) = fields else {
            return self.plain();
        };
        let (kinds, rest): (Vec<_>, Vec<_>) = fields
            .iter()
            .partition(|(_, value)| value.as_str().is_some_and(is_name));
        let said = |fields: &[&(String, &Value)]| {
            list(fields.iter().map(|(name, value)| field(name, value)))
        };
        match kinds.as_slice() {
            [(_, kind)] if rest.is_empty() => kind.plain(),
            [(_, kind)] => format!("{} ({})", kind.plain(), said(&rest)),
            _ => said(&fields.iter().collect::<Vec<_>>()),
        }
    }
}

impl Change {
    /// The change in this form: `+ sent: 1`, `− incoming[1]: 2`, `paid: false → true`.
    pub fn plain(&self) -> String {
        let path = plain_path(&self.path);
        match &self.kind {
            ChangeKind::Added { value } => format!("+ {path}: {}", value.plain()),
            ChangeKind::Removed { value } => format!("− {path}: {}", value.plain()),
            ChangeKind::Changed { before, after } => {
                format!("{path}: {} → {}", before.plain(), after.plain())
            }
        }
    }
}

fn field(name: &str, value: &Value) -> String {
    match value {
        Value::Bool(true) => name.to_owned(),
        Value::Bool(false) => format!("not {name}"),
        Value::Set(elements) if elements.is_empty() => format!("no {name}"),
        Value::Seq(items) if items.is_empty() => format!("no {name}"),
        _ => format!("{name} {}", value.plain()),
    }
}

/// Whether a text needs no quotes.
fn is_name(text: &str) -> bool {
    let plain = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_');
    text.starts_with(char::is_alphabetic) && text.chars().all(plain)
}

fn list(items: impl Iterator<Item = String>) -> String {
    items.collect::<Vec<_>>().join(", ")
}
