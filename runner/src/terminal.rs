//! Writes to the terminal: text without control characters, with the marks of verdicts in colour.
//!
//! Much of Tandem's output comes from elsewhere: from TLC, from Java, from the user's spec and from
//! files that were received. An escape sequence in it could change colours, move the cursor or hide a
//! line. So both streams pass through [`Printable`], which shows such characters as `\u{1b}`.
//!
//! Only `✓` and `✗` at the start of a line are coloured. The colours are added here, so that the code
//! that makes a report does not depend on whether it is written to a terminal.

use std::io::{self, Write};

use anstream::AutoStream;
use anstream::stream::{AsLockedWrite, RawStream};
use anstyle::{AnsiColor, Style};

/// A stream that escapes control characters except line ends and tabs.
pub(crate) struct Printable<W> {
    to: W,
    marks_in_colour: bool,
    /// Whether the line contains only spaces so far.
    line_begins: bool,
}

impl<S: RawStream + AsLockedWrite> Printable<AutoStream<S>> {
    /// A stream to a terminal, a file or a pipe. By default only a terminal gets colours, and the
    /// variables `NO_COLOR`, `CLICOLOR` and `CLICOLOR_FORCE` are respected.
    pub(crate) fn stream(raw: S, asked: clap::ColorChoice) -> Self {
        let choice = match asked {
            clap::ColorChoice::Auto => AutoStream::choice(&raw),
            clap::ColorChoice::Always => anstream::ColorChoice::Always,
            clap::ColorChoice::Never => anstream::ColorChoice::Never,
        };
        let marks_in_colour = choice != anstream::ColorChoice::Never;
        // Without colours nothing must be removed, because control characters are already escaped.
        let to = if marks_in_colour {
            AutoStream::new(raw, choice)
        } else {
            AutoStream::always_ansi(raw)
        };
        Printable::new(to, marks_in_colour)
    }
}

impl<W: Write> Printable<W> {
    fn new(to: W, marks_in_colour: bool) -> Self {
        Printable {
            to,
            marks_in_colour,
            line_begins: true,
        }
    }

    /// Writes text with control characters escaped, except line ends and tabs.
    fn write_text(&mut self, text: &[u8]) -> io::Result<()> {
        if !self.marks_in_colour {
            return self.to.write_all(text);
        }
        for line in text.split_inclusive(|byte| *byte == b'\n') {
            let indent = line.iter().take_while(|byte| **byte == b' ').count();
            let style = match &line[indent..] {
                [0xe2, 0x9c, 0x93, ..] if self.line_begins => Some(AnsiColor::Green),
                [0xe2, 0x9c, 0x97, ..] if self.line_begins => Some(AnsiColor::Red),
                _ => None,
            };
            if let Some(colour) = style {
                let style = Style::new().fg_color(Some(colour.into()));
                let (mark, rest) = line.split_at(indent + '✓'.len_utf8());
                write!(self.to, "{style}")?;
                self.to.write_all(mark)?;
                write!(self.to, "{style:#}")?;
                self.to.write_all(rest)?;
            } else {
                self.to.write_all(line)?;
            }
            self.line_begins = line.ends_with(b"\n") || (self.line_begins && indent == line.len());
        }
        Ok(())
    }
}

impl<W: Write> Write for Printable<W> {
    fn write(&mut self, buffer: &[u8]) -> io::Result<usize> {
        self.write_all(buffer)?;
        Ok(buffer.len())
    }

    fn write_all(&mut self, buffer: &[u8]) -> io::Result<()> {
        let mut rest = buffer;
        while let Some((start, length)) = next_control(rest) {
            self.write_text(&rest[..start])?;
            let control = String::from_utf8_lossy(&rest[start..start + length]);
            write!(self.to, "{}", control.escape_unicode())?;
            self.line_begins = false;
            rest = &rest[start + length..];
        }
        self.write_text(rest)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.to.flush()
    }
}

/// The position and the length in bytes of the first control character.
fn next_control(bytes: &[u8]) -> Option<(usize, usize)> {
    (0..bytes.len()).find_map(|at| match &bytes[at..] {
        [b'\n' | b'\t', ..] => None,
        [0..=0x1f | 0x7f, ..] => Some((at, 1)),
        // U+0080 to U+009F, which some terminals interpret as escape sequences.
        [0xc2, 0x80..=0x9f, ..] => Some((at, 2)),
        // U+202A to U+202E and U+2066 to U+2069, which change the direction of the text beside them.
        [0xe2, 0x80, 0xaa..=0xae, ..] | [0xe2, 0x81, 0xa6..=0xa9, ..] => Some((at, 3)),
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn printed(text: &str) -> String {
        let mut out = Printable::new(Vec::new(), false);
        write!(out, "{text}").unwrap();
        String::from_utf8(out.to).unwrap()
    }

    #[test]
    fn a_mark_at_the_start_of_a_line_is_in_colour_in_one_piece_or_in_several() {
        let coloured = |pieces: &[&str]| {
            let mut out = Printable::new(Vec::new(), true);
            for piece in pieces {
                write!(out, "{piece}").unwrap();
            }
            String::from_utf8(out.to).unwrap()
        };
        let expected = "\u{1b}[32m✓\u{1b}[0m a\n\u{1b}[31m  ✗\u{1b}[0m b ✓\n\"✓\"";
        assert_eq!(coloured(&["✓ a\n  ✗ b ✓\n\"✓\""]), expected);
        assert_eq!(
            coloured(&["✓", " a\n", "", "  ✗", " b ", "✓", "\n\"", "✓\""]),
            expected
        );
        assert_eq!(coloured(&["\u{1b}✓"]), "\\u{1b}✓");
        assert_eq!(coloured(&["  ", "✓"]), "  \u{1b}[32m✓\u{1b}[0m");
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
