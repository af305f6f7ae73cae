//! Parses TLC's `-tool` output: messages between `STARTMSG` and `ENDMSG` markers.
//!
//! Messages nest: an evaluation error is inside message 1000 and begins in the middle of a line.
//! Some text is not framed at all: the output of the parser SANY between messages 2220 and 2219,
//! and the output of `PrintT`. [`parse`] separates all three kinds and never fails. In truncated
//! output the last messages are not closed, and are marked as incomplete. The meaning of a sequence
//! of messages is decided in [`outcome`](super::outcome).

/// The severity of a message: the number after the code in the start marker.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Severity {
    /// Plain information (0), and every message that is nested in another.
    None,
    /// An error (1).
    Error,
    /// A bug of TLC (2).
    Bug,
    /// A warning (3).
    Warning,
    /// A state of a trace (4).
    State,
    /// A number that TLC 2.15 does not use.
    Other(u32),
}

impl Severity {
    fn from_number(number: u32) -> Self {
        match number {
            0 => Self::None,
            1 => Self::Error,
            2 => Self::Bug,
            3 => Self::Warning,
            4 => Self::State,
            other => Self::Other(other),
        }
    }
}

/// One message, without the messages nested in it (those follow it in [`Log::messages`]).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    /// TLC's number for this kind of message.
    pub code: u32,
    /// Its severity.
    pub severity: Severity,
    /// The lines between the markers, without trailing white space.
    pub text: String,
    /// How many messages it is nested in.
    pub depth: usize,
    /// Whether its end marker was seen.
    pub complete: bool,
}

impl Message {
    /// Whether TLC reports an error or a bug with this message.
    #[must_use]
    pub fn is_error(&self) -> bool {
        matches!(self.severity, Severity::Error | Severity::Bug)
    }

    /// Whether the message belongs to the coverage report (`-coverage`).
    #[must_use]
    pub fn is_coverage(&self) -> bool {
        matches!(
            self.code,
            code::COVERAGE_START | code::COVERAGE_END | code::COVERAGE_VALUE | code::COVERAGE_ACTION
                ..=code::COVERAGE_END_OVERHEAD
        )
    }
}

/// All output of one stream of TLC, in order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Log {
    /// The messages, in the order of their start markers.
    pub messages: Vec<Message>,
    /// Unframed lines from the parser SANY, between the messages 2220 and 2219.
    pub sany: Vec<String>,
    /// Other unframed lines: output of `Print` and `PrintT`, or text of the Java virtual machine.
    pub printed: Vec<String>,
}

impl Log {
    /// The first complete message with this code.
    #[must_use]
    pub fn find(&self, code: u32) -> Option<&Message> {
        self.messages.iter().find(|m| m.code == code && m.complete)
    }

    /// Whether a complete message with this code was seen.
    #[must_use]
    pub fn has(&self, code: u32) -> bool {
        self.find(code).is_some()
    }

    /// The message at `index` together with the messages nested in it.
    #[must_use]
    pub fn family(&self, index: usize) -> &[Message] {
        let Some(parent) = self.messages.get(index) else {
            return &[];
        };
        let children = self.messages[index + 1..]
            .iter()
            .take_while(|m| m.depth > parent.depth);
        &self.messages[index..=index + children.count()]
    }
}

/// Parses one stream (standard output, or the standard error of a run that ended early).
#[must_use]
pub fn parse(text: &str) -> Log {
    let mut reader = Reader::default();
    for line in text.lines() {
        reader.line(line);
    }
    for message in &mut reader.log.messages {
        message.text.truncate(message.text.trim_end().len());
    }
    reader.log
}

const EDGE: &str = "@!@!@";

enum Marker {
    Start { code: u32, severity: u32 },
    End { code: u32 },
}

/// Finds the first well-formed marker: its start, its end, and its content.
fn next_marker(line: &str) -> Option<(usize, usize, Marker)> {
    let mut from = 0;
    while let Some(found) = line[from..].find(EDGE) {
        let begin = from + found;
        let inner = begin + EDGE.len();
        if let Some(length) = line[inner..].find(EDGE)
            && let Some(marker) = read_marker(&line[inner..inner + length])
        {
            return Some((begin, inner + length + EDGE.len(), marker));
        }
        from = inner;
    }
    None
}

fn read_marker(inner: &str) -> Option<Marker> {
    if let Some(rest) = inner.strip_prefix("STARTMSG ") {
        let (code, severity) = rest.trim_end().split_once(':')?;
        let (code, severity) = (code.parse().ok()?, severity.parse().ok()?);
        return Some(Marker::Start { code, severity });
    }
    let code = inner.strip_prefix("ENDMSG ")?.trim_end().parse().ok()?;
    Some(Marker::End { code })
}

#[derive(Default)]
struct Reader {
    log: Log,
    /// Indices in `log.messages` of the open messages, outermost first.
    open: Vec<usize>,
    in_sany: bool,
}

impl Reader {
    fn line(&mut self, line: &str) {
        let mut rest = line;
        let mut marked = false;
        while let Some((begin, end, marker)) = next_marker(rest) {
            self.text(&rest[..begin], true);
            match marker {
                Marker::Start { code, severity } => self.start(code, severity),
                Marker::End { code } => self.end(code),
            }
            rest = &rest[end..];
            marked = true;
        }
        self.text(rest, marked);
    }

    /// Adds a line, or the text beside a marker on its line (then an empty text is not a line).
    fn text(&mut self, piece: &str, beside_marker: bool) {
        if beside_marker && piece.is_empty() {
            return;
        }
        if let Some(&index) = self.open.last() {
            let text = &mut self.log.messages[index].text;
            text.push_str(piece);
            text.push('\n');
        } else if self.in_sany {
            self.log.sany.push(piece.to_owned());
        } else {
            self.log.printed.push(piece.to_owned());
        }
    }

    fn start(&mut self, code: u32, severity: u32) {
        match code {
            code::SANY_START => self.in_sany = true,
            code::SANY_END => self.in_sany = false,
            _ => {}
        }
        self.log.messages.push(Message {
            code,
            severity: Severity::from_number(severity),
            text: String::new(),
            depth: self.open.len(),
            complete: false,
        });
        self.open.push(self.log.messages.len() - 1);
    }

    /// Closes the innermost open message with this code; those inside it stay incomplete.
    fn end(&mut self, code: u32) {
        let messages = &mut self.log.messages;
        if let Some(position) = self.open.iter().rposition(|&i| messages[i].code == code) {
            messages[self.open[position]].complete = true;
            self.open.truncate(position);
        }
    }
}

/// The codes that Tandem acts on. The names follow `tlc2.output.EC` in TLC's source.
pub mod code {
    #![expect(missing_docs, reason = "a table of TLC's own codes: the names say it")]
    pub const GENERAL: u32 = 1000;
    pub const OUT_OF_MEMORY: u32 = 1001;
    pub const OUT_OF_MEMORY_INIT: u32 = 1002;
    pub const BAD_OPTION: u32 = 1102;
    pub const METADIR_EXISTS: u32 = 2100;
    pub const INITIAL_STATE: u32 = 2102;
    pub const NESTED_EXPRESSION: u32 = 2103;
    pub const ASSUMPTION_FALSE: u32 = 2104;
    pub const ASSUMPTION_EVALUATION: u32 = 2105;
    pub const INVARIANT_INITIAL: u32 = 2107;
    pub const PROPERTY_INITIAL: u32 = 2108;
    pub const SUCCESSOR_INCOMPLETE: u32 = 2109;
    pub const INVARIANT: u32 = 2110;
    pub const ACTION_PROPERTY: u32 = 2112;
    pub const DEADLOCK: u32 = 2114;
    pub const TEMPORAL_PROPERTY: u32 = 2116;
    pub const BEHAVIOUR: u32 = 2121;
    pub const BACK_TO_STATE: u32 = 2122;
    pub const ASSERT_FAILED: u32 = 2132;
    pub const SYSTEM_METADIR_EXISTS: u32 = 2162;
    pub const FINISHED: u32 = 2186;
    pub const SUCCESS: u32 = 2193;
    pub const DEPTH: u32 = 2194;
    pub const STATS: u32 = 2199;
    pub const PROGRESS: u32 = 2200;
    pub const COVERAGE_START: u32 = 2201;
    pub const COVERAGE_END: u32 = 2202;
    pub const STATE: u32 = 2217;
    pub const STUTTERING: u32 = 2218;
    pub const SANY_END: u32 = 2219;
    pub const SANY_START: u32 = 2220;
    pub const COVERAGE_VALUE: u32 = 2221;
    pub const CONSTANT_MISSING: u32 = 2222;
    pub const VERSION: u32 = 2262;
    pub const COUNTEREXAMPLE: u32 = 2264;
    pub const GARBAGE_COLLECTOR_ADVICE: u32 = 2401;
    pub const COVERAGE_ACTION: u32 = 2772;
    pub const COVERAGE_END_OVERHEAD: u32 = 2777;
    pub const PARSING_FAILED: u32 = 3002;
    pub const CONFIG_FIRST: u32 = 5001;
    pub const CONFIG_LAST: u32 = 5006;
}
