//! Splits a TLA+ module or a configuration into tokens, without comments and contents of strings.
//!
//! This is enough to find declarations, definitions and the disjuncts of a next-state relation. It is
//! not a parser: callers leave text that they cannot follow to TLC.

use std::ops::Range;

/// A token and its position.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Token {
    /// Its text.
    pub(super) text: String,
    /// Its position in the text, in bytes.
    pub(super) at: Range<usize>,
    /// Its column, in characters from 0.
    pub(super) column: usize,
}

impl Token {
    /// Whether it is a name or a keyword.
    pub(super) fn is_name(&self) -> bool {
        let first = self.text.chars().next();
        first.is_some_and(|c| c.is_alphabetic() || c == '_')
    }
}

/// Operators of several characters that must not be split, the longest first.
const LONG: [&str; 9] = ["====", "----", "<<", ">>", "==", "\\/", "/\\", "<-", "|->"];

/// Splits a text into tokens.
pub(super) fn tokens(text: &str) -> Vec<Token> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(first) = text[at..].chars().next() {
        let rest = &text[at..];
        let length = if first.is_whitespace() {
            at += first.len_utf8();
            continue;
        } else if rest.starts_with("\\*") {
            at += rest.find('\n').unwrap_or(rest.len());
            continue;
        } else if rest.starts_with("(*") {
            at += comment(rest);
            continue;
        } else if first == '"' {
            string(rest)
        } else if is_word(first) {
            rest.find(|c| !is_word(c)).unwrap_or(rest.len())
        } else if let Some(operator) = LONG.iter().find(|long| rest.starts_with(**long)) {
            operator.len()
        } else if first == '\\' {
            let name = rest[1..].find(|c: char| !c.is_alphabetic());
            1 + name.unwrap_or(rest.len() - 1)
        } else {
            first.len_utf8()
        };
        let line = text[..at].rfind('\n').map_or(0, |end| end + 1);
        found.push(Token {
            text: rest[..length].to_owned(),
            at: at..at + length,
            column: text[line..at].chars().count(),
        });
        at += length;
    }
    found
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

/// The length of a comment, which may contain nested comments.
fn comment(text: &str) -> usize {
    let mut depth = 0_usize;
    let mut at = 0;
    while at < text.len() {
        let rest = &text[at..];
        if rest.starts_with("(*") {
            depth += 1;
            at += 2;
        } else if rest.starts_with("*)") {
            depth -= 1;
            at += 2;
            if depth == 0 {
                break;
            }
        } else {
            at += rest.chars().next().map_or(1, char::len_utf8);
        }
    }
    at
}

/// The length of a string with its quotes.
fn string(text: &str) -> usize {
    let mut escaped = false;
    for (at, c) in text.char_indices().skip(1) {
        match c {
            '"' if !escaped => return at + 1,
            '\\' if !escaped => escaped = true,
            _ => escaped = false,
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::tokens;

    #[test]
    fn comments_vanish_and_operators_stay_whole() {
        let text = "A == \\* x\n  /\\ b' = \"(* no *)\" (* (* y *) z *)\n  \\/ \\E c \\in S : d";
        let found: Vec<_> = tokens(text).into_iter().map(|token| token.text).collect();
        let expected = "A == /\\ b ' = \"(* no *)\" \\/ \\E c \\in S : d";
        let mut expected: Vec<_> = expected.split(' ').map(str::to_owned).collect();
        // The string contains spaces.
        expected.splice(6..9, ["\"(* no *)\"".to_owned()]);
        assert_eq!(found, expected);
    }
}
