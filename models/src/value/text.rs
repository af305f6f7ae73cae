//! Values as TLA+ text on one line, for messages and generated modules.
//!
//! The parser is in `parse.rs`: `Value::parse(&value.to_string())` returns the value, if the names
//! of its model values are identifiers.

use std::fmt::{self, Debug, Display, Formatter, Write};

use super::Value;

impl Display for Value {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Value::Bool(true) => f.write_str("TRUE"),
            Value::Bool(false) => f.write_str("FALSE"),
            Value::Int(number) => write!(f, "{number}"),
            Value::Name(name) => write!(f, "{name}"),
            Value::Str(text) => write_string(f, text),
            Value::Model(name) => f.write_str(name),
            Value::Set(elements) => write_list(f, "{", elements.iter(), ", ", "}", Display::fmt),
            Value::Seq(elements) => write_list(f, "<<", elements.iter(), ", ", ">>", Display::fmt),
            Value::Fun(map) if map.keys().all(|key| field_name(key).is_some()) => {
                write_list(f, "[", map.iter(), ", ", "]", |(key, value), f| {
                    let field = field_name(key).unwrap_or_default();
                    write!(f, "{field} |-> {value}")
                })
            }
            Value::Fun(map) => write_list(f, "(", map.iter(), " @@ ", ")", |(key, value), f| {
                write!(f, "{key} :> {value}")
            }),
        }
    }
}

/// The same as `Display`, so that failed assertions are printed as TLA+.
impl Debug for Value {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        Display::fmt(self, f)
    }
}

fn write_list<T>(
    f: &mut Formatter<'_>,
    open: &str,
    items: impl Iterator<Item = T>,
    separator: &str,
    close: &str,
    write_item: impl Fn(T, &mut Formatter<'_>) -> fmt::Result,
) -> fmt::Result {
    f.write_str(open)?;
    for (index, item) in items.enumerate() {
        if index > 0 {
            f.write_str(separator)?;
        }
        write_item(item, f)?;
    }
    f.write_str(close)
}

fn write_string(f: &mut Formatter<'_>, text: &str) -> fmt::Result {
    f.write_char('"')?;
    for c in text.chars() {
        match c {
            '"' => f.write_str("\\\"")?,
            '\\' => f.write_str("\\\\")?,
            '\n' => f.write_str("\\n")?,
            '\t' => f.write_str("\\t")?,
            '\r' => f.write_str("\\r")?,
            '\u{c}' => f.write_str("\\f")?,
            other => f.write_char(other)?,
        }
    }
    f.write_char('"')
}

/// One segment of a path into a function: `.f` for a record field, `[k]` for any other argument.
pub(super) fn segment(argument: &Value) -> String {
    match field_name(argument) {
        Some(field) => format!(".{field}"),
        None => format!("[{argument}]"),
    }
}

/// The text of a string that can be a field in `[field |-> …]` and after `.`.
fn field_name(key: &Value) -> Option<&str> {
    key.as_str().filter(|name| is_identifier(name))
}

/// TLA+'s rule for identifiers: letters, digits and underscores with at least one letter, not
/// reserved, and not beginning with `WF_` or `SF_`. Only ASCII, because only new versions of TLC
/// accept more.
fn is_identifier(name: &str) -> bool {
    name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
        && name.chars().any(|c| c.is_ascii_alphabetic())
        && !name.starts_with("WF_")
        && !name.starts_with("SF_")
        && !RESERVED.split_whitespace().any(|word| word == name)
}

/// The reserved words of TLA+ and its proof language. TLC prints them as field names, but cannot
/// parse them again.
const RESERVED: &str = "\
    ACTION ASSUME ASSUMPTION AXIOM BY CASE CHOOSE CONSTANT CONSTANTS COROLLARY DEF DEFINE \
    DEFS DOMAIN ELSE ENABLED EXCEPT EXTENDS FALSE HAVE HIDE IF IN INSTANCE LAMBDA LEMMA \
    LET LOCAL MODULE NEW OBVIOUS OMITTED ONLY OTHER PICK PROOF PROPOSITION PROVE QED \
    RECURSIVE STATE SUBSET SUFFICES TAKE TEMPORAL THEN THEOREM TRUE UNCHANGED UNION USE \
    VARIABLE VARIABLES WITH WITNESS";
