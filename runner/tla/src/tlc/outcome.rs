//! Interprets a run of TLC from its exit code and its messages together.
//!
//! Neither is sufficient alone. With `-continue` TLC exits with 0 and prints "no error" after
//! violations. And any crash has a code other than 0, so a broken spec could be mistaken for an
//! expected counterexample. Therefore [`interpret`] returns [`Verdict::Passed`] only for exit code
//! 0 with the whole sequence of messages of a finished search, and a violation only for its own
//! exit code with its own message. Everything else is [`Verdict::Unrecognised`].

mod decide;
mod sany;
mod trace;
mod verdict;

pub use sany::ParseError;
pub use trace::{Trace, TraceEnd, TraceState, action as action_of};
pub use verdict::{PropertyKind, Verdict};

pub use super::child::Exit;
use super::log::{self, Log, Severity, code};
use decide::is_violation;

/// The result of a run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// TLC's version line: `2.15 of Day Month 20?? (rev: d5b5a7f)`.
    pub version: Option<String>,
    /// The number of states; `None` if the run ended before a first report.
    pub counts: Option<Counts>,
    /// The verdict.
    pub verdict: Verdict,
    /// TLC's warnings, without the one about the garbage collector, which Tandem chooses.
    pub warnings: Vec<String>,
    /// The lines of the coverage report.
    pub coverage: Vec<String>,
    /// The output of `Print` and `PrintT` in the spec.
    pub printed: Vec<String>,
}

/// TLC's counts of states.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Counts {
    /// States generated, with repetitions.
    pub generated: u64,
    /// Distinct states found.
    pub distinct: u64,
    /// States whose successors were not yet computed.
    pub queue: u64,
    /// The depth of the search. TLC 2.15 does not report it after a violated temporal property.
    pub depth: Option<u64>,
    /// Whether these are from a progress report, because there is no final one.
    pub partial: bool,
}

/// Interprets what TLC wrote to its two streams.
#[must_use]
pub fn interpret(exit: Exit, stdout: &str, stderr: &str) -> Outcome {
    let log = log::parse(stdout);
    let counts = counts(&log);
    Outcome {
        version: version(&log),
        counts,
        verdict: decide::verdict(exit, &log, counts, stderr),
        warnings: texts(&log, |m| {
            m.severity == Severity::Warning && m.code != code::GARBAGE_COLLECTOR_ADVICE
        }),
        coverage: texts(&log, log::Message::is_coverage),
        printed: log.printed,
    }
}

fn texts(log: &Log, wanted: impl Fn(&log::Message) -> bool) -> Vec<String> {
    let messages = log.messages.iter().filter(|m| m.complete && wanted(m));
    messages.map(|m| m.text.clone()).collect()
}

fn version(log: &Log) -> Option<String> {
    let text = &log.find(code::VERSION)?.text;
    Some(text.strip_prefix("TLC2 Version ")?.to_owned())
}

fn counts(log: &Log) -> Option<Counts> {
    if let Some(stats) = log.find(code::STATS) {
        let depth = log.find(code::DEPTH).and_then(|m| last_number(&m.text));
        return read_counts(&stats.text, depth, false);
    }
    let mut reports = log.messages.iter().rev();
    let report = reports.find(|m| m.code == code::PROGRESS && m.complete)?;
    let level = report.text.strip_prefix("Progress(");
    let depth = level.and_then(|rest| number(rest.split(')').next()?));
    read_counts(&report.text, depth, true)
}

/// Parses `… N states generated …, N distinct states found …, N states left on queue.`
fn read_counts(text: &str, depth: Option<u64>, partial: bool) -> Option<Counts> {
    let words: Vec<&str> = text.split([' ', '\n']).collect();
    let before = |word: &str, distance: usize| {
        let position = words.iter().position(|w| w.starts_with(word))?;
        number(words.get(position.checked_sub(distance)?)?)
    };
    Some(Counts {
        generated: before("generated", 2)?,
        distinct: before("distinct", 1)?,
        queue: before("left", 2)?,
        depth,
        partial,
    })
}

/// Parses a number with the thousands separators of any locale.
fn number(word: &str) -> Option<u64> {
    let is_separator = |c: char| matches!(c, ',' | '.' | '\'' | '’' | '\u{a0}' | '\u{202f}');
    let digits: String = word.chars().filter(|&c| !is_separator(c)).collect();
    digits.parse().ok()
}

fn last_number(text: &str) -> Option<u64> {
    text.split(' ').rev().find_map(number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_are_read_in_any_language() {
        for word in [
            "4,506,220",
            "4.506.220",
            "4'506'220",
            "4\u{202f}506\u{a0}220",
        ] {
            assert_eq!(number(word), Some(4_506_220), "{word}");
        }
        assert_eq!(number("-1"), None);
        assert_eq!(number(""), None);
        assert_eq!(number("99999999999999999999999"), None);
    }
}
