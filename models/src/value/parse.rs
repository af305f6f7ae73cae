//! Parses the text that TLC prints for values and states.
//!
//! White space is allowed between all tokens, because TLC wraps long lines irregularly. The state
//! labels in TLC's dot dump are the same text with `\n` and `\\` escaped once more; they must be
//! un-escaped first.

use std::collections::{BTreeMap, BTreeSet};
use std::str::FromStr;
use std::sync::Arc;

use super::{ParseError, StateView, Value};

/// The limit on nested brackets. More could overflow the stack, here and in later recursions.
const MAX_DEPTH: usize = 200;

/// TLC does not expand `1..n`, so a few characters could require any amount of memory.
const MAX_INTERVAL: i128 = 100_000;

impl Value {
    /// Reads one value in TLA+ syntax as TLC prints it, and nothing after it.
    ///
    /// An interval `a..b` becomes a set, refused beyond 100,000 elements; `null`, which TLC prints
    /// for a variable without a value, becomes a model value of that name. Nesting is refused
    /// beyond 200 levels.
    pub fn parse(text: &str) -> Result<Value, ParseError> {
        let mut parser = Parser::new(text);
        let value = parser.value()?;
        parser.end()?;
        Ok(value)
    }
}

impl FromStr for Value {
    type Err = ParseError;

    fn from_str(text: &str) -> Result<Self, ParseError> {
        Value::parse(text)
    }
}

/// Parses a state as TLC prints it: `/\ a = 1 /\ b = 2`, or `a = 1` if there is one variable.
///
/// It is an error if a variable occurs twice, or if text follows the last value.
pub fn parse_state(text: &str) -> Result<StateView, ParseError> {
    let mut parser = Parser::new(text);
    let mut variables = BTreeMap::new();
    if parser.eat("/\\") {
        parser.variable(&mut variables)?;
        while parser.eat("/\\") {
            parser.variable(&mut variables)?;
        }
    } else {
        parser.variable(&mut variables)?;
    }
    parser.end()?;
    Ok(StateView::from(variables))
}

/// A recursive descent parser. Every method first skips white space.
struct Parser<'a> {
    text: &'a str,
    offset: usize,
    depth: usize,
}

impl<'a> Parser<'a> {
    fn new(text: &'a str) -> Self {
        Parser {
            text,
            offset: 0,
            depth: 0,
        }
    }

    fn variable(&mut self, variables: &mut BTreeMap<Arc<str>, Value>) -> Result<(), ParseError> {
        let start = self.start();
        let Some(name) = self.name() else {
            return Err(self.error("a variable"));
        };
        if variables.contains_key(name) {
            return Err(self.error_at(start, "each variable once"));
        }
        self.expect("=")?;
        let value = self.value()?;
        variables.insert(name.into(), value);
        Ok(())
    }

    fn value(&mut self) -> Result<Value, ParseError> {
        if self.depth == MAX_DEPTH {
            return Err(self.error(format!("at most {MAX_DEPTH} levels of brackets")));
        }
        self.depth += 1;
        let value = self.nested_value()?;
        self.depth -= 1;
        Ok(value)
    }

    fn nested_value(&mut self) -> Result<Value, ParseError> {
        if self.eat("<<") {
            Ok(Value::seq(self.list(">>", Self::value)?))
        } else if self.eat("{") {
            Ok(Value::set(self.list("}", Self::value)?))
        } else if self.eat("[") {
            let mut seen = BTreeSet::new();
            let fields = self.list("]", |parser| parser.field(&mut seen))?;
            Ok(Value::function(fields))
        } else if self.eat("(") {
            self.pairs()
        } else if self.eat("\"") {
            self.string()
        } else {
            let start = self.start();
            match self.name() {
                Some("TRUE") => Ok(Value::Bool(true)),
                Some("FALSE") => Ok(Value::Bool(false)),
                // TLC prints a set in this form if it never had to enumerate it.
                Some("SUBSET" | "UNION") => Err(self.error_at(start, "a set with its elements")),
                Some(name) => Ok(Value::model(name)),
                None => self.number_or_interval(),
            }
        }
    }

    /// The items up to `close`, which is consumed.
    fn list<T>(
        &mut self,
        close: &str,
        mut item: impl FnMut(&mut Self) -> Result<T, ParseError>,
    ) -> Result<Vec<T>, ParseError> {
        let mut items = Vec::new();
        if self.eat(close) {
            return Ok(items);
        }
        loop {
            items.push(item(self)?);
            if self.eat(close) {
                return Ok(items);
            }
            if !self.eat(",") {
                return Err(self.error(format!("`,` or `{close}`")));
            }
        }
    }

    fn field(&mut self, seen: &mut BTreeSet<&'a str>) -> Result<(Value, Value), ParseError> {
        let start = self.start();
        let Some(name) = self.name() else {
            return Err(self.error("a field name"));
        };
        if !seen.insert(name) {
            return Err(self.error_at(start, "each field once"));
        }
        self.expect("|->")?;
        Ok((Value::str(name), self.value()?))
    }

    /// Parses `a :> b @@ c :> d)`, after the opening parenthesis.
    fn pairs(&mut self) -> Result<Value, ParseError> {
        let mut map = BTreeMap::new();
        loop {
            let start = self.start();
            let argument = self.value()?;
            if map.contains_key(&argument) {
                return Err(self.error_at(start, "each argument once"));
            }
            self.expect(":>")?;
            let value = self.value()?;
            map.insert(argument, value);
            if self.eat(")") {
                return Ok(Value::function(map));
            }
            if !self.eat("@@") {
                return Err(self.error("`@@` or `)`"));
            }
        }
    }

    /// Parses the rest of a string after its opening quote.
    fn string(&mut self) -> Result<Value, ParseError> {
        let mut string = String::new();
        loop {
            let rest = &self.text[self.offset..];
            let Some(plain) = rest.find(['"', '\\']) else {
                return Err(self.error_at(self.text.len(), "a closing `\"`"));
            };
            string.push_str(&rest[..plain]);
            let (mark, escaped) = rest[plain..].split_at(1);
            if mark == "\"" {
                self.offset += plain + 1;
                return Ok(Value::str(&string));
            }
            string.push(match escaped.chars().next() {
                Some(c @ ('"' | '\\')) => c,
                Some('n') => '\n',
                Some('t') => '\t',
                Some('r') => '\r',
                Some('f') => '\u{c}',
                _ => {
                    let expected = r#"one of the escapes \" \\ \n \t \r \f"#;
                    return Err(self.error_at(self.offset + plain, expected));
                }
            });
            self.offset += plain + 2;
        }
    }

    fn number_or_interval(&mut self) -> Result<Value, ParseError> {
        let start = self.start();
        let low = self.number("a value")?;
        if !self.eat("..") {
            return Ok(Value::Int(low));
        }
        let high = self.number("an integer")?;
        if i128::from(high) - i128::from(low) >= MAX_INTERVAL {
            return Err(self.error_at(start, "an interval of at most 100,000 elements"));
        }
        Ok(Value::set((low..=high).map(Value::Int)))
    }

    fn number(&mut self, expected: &str) -> Result<i64, ParseError> {
        let start = self.start();
        let sign = if self.eat("-") { "-" } else { "" };
        let digits = self.word();
        if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(self.error_at(start, expected));
        }
        self.offset += digits.len();
        let number = format!("{sign}{digits}").parse();
        number.map_err(|_| self.error_at(start, "an integer of at most 64 bits"))
    }

    /// Consumes an identifier: a word with at least one letter.
    fn name(&mut self) -> Option<&'a str> {
        let word = self.word();
        if !word.chars().any(char::is_alphabetic) {
            return None;
        }
        self.offset += word.len();
        Some(word)
    }

    /// The next letters, digits and underscores, without consuming them.
    fn word(&mut self) -> &'a str {
        let rest = &self.text[self.start()..];
        let end = rest.find(|c: char| !c.is_alphanumeric() && c != '_');
        &rest[..end.unwrap_or(rest.len())]
    }

    fn eat(&mut self, token: &str) -> bool {
        let start = self.start();
        let found = self.text[start..].starts_with(token);
        if found {
            self.offset += token.len();
        }
        found
    }

    fn expect(&mut self, token: &str) -> Result<(), ParseError> {
        if self.eat(token) {
            Ok(())
        } else {
            Err(self.error(format!("`{token}`")))
        }
    }

    fn end(&mut self) -> Result<(), ParseError> {
        if self.start() == self.text.len() {
            Ok(())
        } else {
            Err(self.error("the end of the text"))
        }
    }

    /// Skips white space and returns the offset of the next token.
    fn start(&mut self) -> usize {
        let rest = &self.text[self.offset..];
        self.offset += rest.len() - rest.trim_start().len();
        self.offset
    }

    fn error(&mut self, expected: impl Into<String>) -> ParseError {
        let start = self.start();
        self.error_at(start, expected)
    }

    fn error_at(&self, offset: usize, expected: impl Into<String>) -> ParseError {
        ParseError::new(self.text, offset, expected)
    }
}
