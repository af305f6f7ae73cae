//! What reaches the terminal: text without control characters.
//!
//! Much of what Tandem prints comes from elsewhere: from TLC, from Java, from the user's spec and from
//! files that somebody sent. An escape sequence in it could recolour the terminal, move its cursor or
//! hide a line. So both streams pass through [`Printable`], which shows such characters as `\u{1b}`.

use std::io::{self, Write};

/// A stream whose control characters, except for line ends and tabs, are written as escapes.
pub(crate) struct Printable<W>(pub(crate) W);

impl<W: Write> Write for Printable<W> {
    fn write(&mut self, buffer: &[u8]) -> io::Result<usize> {
        self.write_all(buffer)?;
        Ok(buffer.len())
    }

    fn write_all(&mut self, buffer: &[u8]) -> io::Result<()> {
        let mut rest = buffer;
        while let Some((start, length)) = next_control(rest) {
            self.0.write_all(&rest[..start])?;
            let control = String::from_utf8_lossy(&rest[start..start + length]);
            write!(self.0, "{}", control.escape_unicode())?;
            rest = &rest[start + length..];
        }
        self.0.write_all(rest)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

/// Where the first control character stands, and how many bytes it has.
fn next_control(bytes: &[u8]) -> Option<(usize, usize)> {
    (0..bytes.len()).find_map(|at| match &bytes[at..] {
        [b'\n' | b'\t', ..] => None,
        [0..=0x1f | 0x7f, ..] => Some((at, 1)),
        // U+0080 to U+009F, which some terminals take for escape sequences.
        [0xc2, 0x80..=0x9f, ..] => Some((at, 2)),
        // U+202A to U+202E and U+2066 to U+2069, which reorder what stands beside them.
        [0xe2, 0x80, 0xaa..=0xae, ..] | [0xe2, 0x81, 0xa6..=0xa9, ..] => Some((at, 3)),
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn printed(text: &str) -> String {
        let mut out = Printable(Vec::new());
        write!(out, "{text}").unwrap();
        String::from_utf8(out.0).unwrap()
    }

    #[test]
    fn text_is_left_as_it_is() {
        for text in ["", "a\tb\n", "✓ Zählt — «ok» 数", "\\u{1b}"] {
            assert_eq!(printed(text), text);
        }
    }

    #[test]
    fn control_characters_are_shown_as_escapes() {
        assert_eq!(
            printed("a\u{1b}[31mred\u{1b}[0m"),
            "a\\u{1b}[31mred\\u{1b}[0m"
        );
        assert_eq!(
            printed("over\rwritten\u{7}\0\u{7f}"),
            "over\\u{d}written\\u{7}\\u{0}\\u{7f}"
        );
        assert_eq!(printed("\u{9b}31m"), "\\u{9b}31m");
        assert_eq!(printed("a\u{202e}b\u{2066}c"), "a\\u{202e}b\\u{2066}c");
    }
}
