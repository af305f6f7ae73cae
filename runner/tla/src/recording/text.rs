//! Decodes text as other programs save it: in UTF-16 (PowerShell), with colours, or with a prefix before
//! each line (CI, mail programs).

use super::ReadError;
use super::events::{header_number, initial_heading};

/// The bytes as text, without colours.
pub(super) fn decode(bytes: &[u8]) -> Result<String, ReadError> {
    let text = match bytes {
        [0x1f, 0x8b, ..] | [b'P', b'K', 3, 4, ..] => {
            return Err(ReadError::new(
                "this file is compressed: unpack it and give the file inside",
            ));
        }
        [0xff, 0xfe, rest @ ..] => utf_16(rest, u16::from_le_bytes)?,
        [0xfe, 0xff, rest @ ..] => utf_16(rest, u16::from_be_bytes)?,
        [0xef, 0xbb, 0xbf, rest @ ..] => utf_8(rest)?,
        // There is no byte order mark: in UTF-16, every second byte of ASCII text is zero.
        [first, 0, second, 0, ..] if *first != 0 && *second != 0 => {
            utf_16(bytes, u16::from_le_bytes)?
        }
        [0, first, 0, second, ..] if *first != 0 && *second != 0 => {
            utf_16(bytes, u16::from_be_bytes)?
        }
        _ => utf_8(bytes)?,
    };
    Ok(without_colours(&text))
}

fn utf_8(bytes: &[u8]) -> Result<String, ReadError> {
    String::from_utf8(bytes.to_vec()).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        let line = bytes[..at].iter().filter(|byte| **byte == b'\n').count() + 1;
        ReadError::new(format!(
            "line {line} is not text in UTF-8 or UTF-16: save the file in UTF-8"
        ))
    })
}

fn utf_16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Result<String, ReadError> {
    let units = bytes.chunks_exact(2).map(|pair| unit([pair[0], pair[1]]));
    let text: Result<String, _> = char::decode_utf16(units).collect();
    match (text, bytes.len() % 2) {
        (Ok(text), 0) => Ok(text),
        _ => Err(ReadError::new(
            "this file looks like UTF-16, but is damaged: save it again, in UTF-8",
        )),
    }
}

/// Removes escape sequences for colours and cursor movements (`ESC [ … letter`), and for titles and
/// links (`ESC ] … BEL`).
fn without_colours(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('\u{1b}') {
        plain.push_str(&rest[..at]);
        rest = &rest[at + 1..];
        let length = match rest.chars().next() {
            Some('[') => rest[1..]
                .find(|c: char| ('\u{40}'..='\u{7e}').contains(&c))
                .map(|end| end + 2),
            Some(']') => {
                rest.find(['\u{7}', '\u{1b}', '\n'])
                    .map(|end| match rest.as_bytes()[end] {
                        b'\n' => end,
                        0x1b if rest[end + 1..].starts_with('\\') => end + 2,
                        _ => end + 1,
                    })
            }
            Some(other) => Some(other.len_utf8()),
            None => None,
        };
        rest = length.map_or("", |length| &rest[length..]);
    }
    plain.push_str(rest);
    plain
}

/// The lines without their prefixes. The form of the prefix is learnt from lines that TLC begins in a
/// known way: it is the text before that beginning, with any numbers.
pub(super) fn lines(text: &str) -> Vec<&str> {
    let mut prefixes: Vec<Prefix> = Vec::new();
    for line in text.lines() {
        let Some(at) = beginning(line).filter(|at| *at > 0) else {
            continue;
        };
        let prefix = Prefix::of(&line[..at]);
        if !prefixes.contains(&prefix) {
            prefixes.push(prefix);
        }
    }
    let bare = |line| {
        let lengths = prefixes.iter().filter_map(|prefix| prefix.length(line));
        lengths.max().map_or(line, |length| &line[length..])
    };
    text.lines().map(bare).map(str::trim_end).collect()
}

/// The position in the line of a beginning that every trace of TLC has.
fn beginning(line: &str) -> Option<usize> {
    if let Some(at) = line.find("@!@!@STARTMSG ") {
        return Some(at);
    }
    // It must not be inside a string of a state: a header ends with `>`, a heading with a colon.
    let header = |at: &usize| {
        line.trim_end().ends_with('>')
            && header_number(&line[*at..]).is_some_and(|(_, rest)| rest.starts_with(" <"))
    };
    let heading = |at: &usize| initial_heading(&line[*at..]);
    let mut starts = line.match_indices("State ").map(|(at, _)| at);
    starts.find(header).or_else(|| {
        let starts = line.match_indices("Error: ").map(|(at, _)| at);
        starts.into_iter().find(heading)
    })
}

/// The prefix of the lines in a log, such as `2026-11-30T08:54:26.123Z `, `> ` or four spaces.
#[derive(Debug, PartialEq, Eq)]
struct Prefix(Vec<Piece>);

#[derive(Debug, PartialEq, Eq)]
enum Piece {
    Number,
    Other(char),
}

impl Prefix {
    fn of(text: &str) -> Self {
        let mut pieces = Vec::new();
        for c in text.chars() {
            match (c.is_ascii_digit(), pieces.last()) {
                (true, Some(Piece::Number)) => {}
                (true, _) => pieces.push(Piece::Number),
                (false, _) => pieces.push(Piece::Other(c)),
            }
        }
        Self(pieces)
    }

    /// The length of the prefix, if the line begins with it. In an empty line the trailing blanks may
    /// be missing.
    fn length(&self, line: &str) -> Option<usize> {
        let mut rest = line;
        for (place, piece) in self.0.iter().enumerate() {
            let after = match piece {
                Piece::Number => rest.trim_start_matches(|c: char| c.is_ascii_digit()),
                Piece::Other(c) => rest.strip_prefix(*c).unwrap_or(rest),
            };
            if after.len() == rest.len() {
                let blank = |piece: &Piece| matches!(piece, Piece::Other(c) if c.is_whitespace());
                let ends = rest.is_empty() && self.0[place..].iter().all(blank);
                return (ends && place > 0).then_some(line.len());
            }
            rest = after;
        }
        Some(line.len() - rest.len())
    }
}
