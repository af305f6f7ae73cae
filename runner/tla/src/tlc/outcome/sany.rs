//! The errors of TLC's parser SANY: unframed text between the messages 2220 and 2219.

use std::fmt;

/// The first parse error or semantic error of a spec.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ParseError {
    /// The module it is in.
    pub module: Option<String>,
    /// The file of that module, as TLC names it.
    pub file: Option<String>,
    /// The line, from 1; `None` for a module that was not found.
    pub line: Option<u32>,
    /// The column, from 1.
    pub column: Option<u32>,
    /// SANY's message, with the token at which it failed if it names one.
    pub message: String,
}

impl ParseError {
    /// Finds the first error in SANY's lines. `fallback` is the message if there is none.
    pub(super) fn read(lines: &[String], fallback: &str) -> Self {
        let lines: Vec<&str> = lines.iter().map(|line| line.trim_end()).collect();
        let mut error = syntax(&lines)
            .or_else(|| semantic(&lines))
            .or_else(|| abort(&lines))
            .unwrap_or_else(|| Self {
                message: fallback.to_owned(),
                ..Self::default()
            });
        if let Some(module) = &error.module {
            let mut files = lines.iter().filter_map(|line| parsed_file(line));
            error.file = files.find(|file| stem(file) == module).map(str::to_owned);
        }
        error
    }
}

/// Parses `***Parse Error***` with its message on the next lines, or a line `Lexical error at …`.
fn syntax(lines: &[&str]) -> Option<ParseError> {
    let start = lines
        .iter()
        .position(|l| l.starts_with("***Parse Error***") || l.starts_with("Lexical error"))?;
    let first = start + usize::from(lines[start].starts_with("***"));
    let message = paragraph(&lines[first..]);
    let module = lines[..start].iter().rev().find_map(|l| parsed_file(l));
    Some(ParseError {
        module: module.map(|file| stem(file).to_owned()),
        file: None,
        line: number_after(&message, "line "),
        column: number_after(&message, "column "),
        message,
    })
}

/// Parses `*** Errors: N`, a line with the location, and the message.
fn semantic(lines: &[&str]) -> Option<ParseError> {
    let start = lines.iter().position(|l| l.starts_with("*** Errors:"))?;
    let place = 1 + start + skip_blank(&lines[start + 1..]);
    let text = (place + 1).min(lines.len());
    let text = text + skip_blank(&lines[text..]);
    let mut message = paragraph(&lines[text..]);
    let count = number_after(lines[start], ": ").unwrap_or(1);
    if count > 1 {
        message.push_str(&format!(" (and {} more)", count - 1));
    }
    let place = lines.get(place).copied().unwrap_or_default();
    Some(ParseError {
        module: place.split_once("module ").map(|(_, m)| m.to_owned()),
        file: None,
        line: number_after(place, "line "),
        column: number_after(place, "col "),
        message,
    })
}

/// Parses `*** Abort messages: N`, a line with the location (or `Unknown location`), and the
/// message.
fn abort(lines: &[&str]) -> Option<ParseError> {
    let start = lines.iter().position(|l| l.starts_with("*** Abort"))?;
    let place = 1 + start + skip_blank(&lines[start + 1..]);
    let text = (place + 1).min(lines.len());
    let message = paragraph(&lines[text + skip_blank(&lines[text..])..]);
    let module = lines.iter().find_map(|l| {
        let (_, module) = l.split_once("while parsing TLA+ spec in file ")?;
        Some(module.to_owned())
    });
    Some(ParseError {
        module,
        message,
        ..ParseError::default()
    })
}

/// The lines up to the next empty one, each without surrounding white space.
fn paragraph(lines: &[&str]) -> String {
    let lines: Vec<&str> = lines
        .iter()
        .map(|line| line.trim())
        .take_while(|line| !line.is_empty())
        .collect();
    lines.join("\n")
}

fn skip_blank(lines: &[&str]) -> usize {
    lines.iter().take_while(|l| l.trim().is_empty()).count()
}

fn parsed_file(line: &str) -> Option<&str> {
    let file = line.strip_prefix("Parsing file ")?;
    Some(file.split(" (").next().unwrap_or(file))
}

fn stem(file: &str) -> &str {
    let name = file.rsplit(['/', '\\']).next().unwrap_or(file);
    name.strip_suffix(".tla").unwrap_or(name)
}

fn number_after(text: &str, word: &str) -> Option<u32> {
    let (_, rest) = text.split_once(word)?;
    let end = rest.find(|c: char| !c.is_ascii_digit());
    rest[..end.unwrap_or(rest.len())].parse().ok()
}

impl fmt::Display for ParseError {
    /// Writes `Outbox, line 6, column 18: message`; without a line, only the message.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(place) = self.file.as_ref().or(self.module.as_ref()) {
            write!(f, "{place}")?;
            if let (Some(line), Some(column)) = (self.line, self.column) {
                write!(f, ", line {line}, column {column}")?;
            }
            write!(f, ": ")?;
        }
        write!(f, "{}", self.message)
    }
}
