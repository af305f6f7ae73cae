//! Finds a value in a state by its path, in the form that [`changes`](super::changes) returns.

use super::{StateView, Value};

impl StateView {
    /// The value at a path: a variable, then `.f` for a field of a record and `[k]` for any other
    /// argument. Sequences start at 1. `None` if there is no value at this path, or the path is
    /// invalid.
    ///
    /// ```
    /// use tandem_models::value::parse_state;
    ///
    /// let state = parse_state(r#"/\ hist = <<1, 2>> /\ order = [lines |-> <<1>>]"#).unwrap();
    /// assert_eq!(state.at("hist[2]"), Some(&2.into()));
    /// assert_eq!(state.at("order.lines[1]"), Some(&1.into()));
    /// assert_eq!(state.at("order.lines[2]"), None);
    /// ```
    pub fn at(&self, path: &str) -> Option<&Value> {
        let (variable, mut rest) = path.split_at(path.find(['.', '[']).unwrap_or(path.len()));
        let mut value = self.get(variable)?;
        while !rest.is_empty() {
            (value, rest) = step(value, rest)?;
        }
        Some(value)
    }
}

/// A path in the form for people: `orders[1, 2].cart` for `orders[<<1, 2>>].cart`.
pub fn plain_path(path: &str) -> String {
    let (fields, mut rest) = path.split_at(path.find('[').unwrap_or(path.len()));
    let mut plain = fields.to_owned();
    while let Some((argument, after)) = argument(rest) {
        let text = argument.plain();
        match &argument {
            Value::Seq(_) => plain.push_str(&text),
            _ => plain.push_str(&format!("[{text}]")),
        }
        let (fields, arguments) = after.split_at(after.find('[').unwrap_or(after.len()));
        plain.push_str(fields);
        rest = arguments;
    }
    plain
}

/// One step along a path: the value there, and the rest of the path.
fn step<'v, 'p>(value: &'v Value, path: &'p str) -> Option<(&'v Value, &'p str)> {
    if let Some(path) = path.strip_prefix('.') {
        let (field, rest) = path.split_at(path.find(['.', '[']).unwrap_or(path.len()));
        return Some((value.get(field)?, rest));
    }
    let (argument, rest) = argument(path)?;
    Some((value.apply(&argument)?, rest))
}

/// The argument in brackets at the start of a path, and the rest of the path. The argument may
/// contain brackets, so it ends at the first closing bracket before which the text is a value.
fn argument(path: &str) -> Option<(Value, &str)> {
    let path = path.strip_prefix('[')?;
    let mut ends = path.match_indices(']').map(|(end, _)| end);
    ends.find_map(|end| {
        let argument = Value::parse(&path[..end]).ok()?;
        Some((argument, &path[end + 1..]))
    })
}
