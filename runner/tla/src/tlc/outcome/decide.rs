//! Decides the [`Verdict`] from an exit code and the messages.
//!
//! The exit codes are those in `tlc2.output.EC.ExitStatus` in TLC's source: 10 to 14 for
//! violations, 75 to 77 for failed evaluations, 150 to 153 and 255 for errors, 1 for arguments that
//! `main` refuses, and 128 plus the number of a signal if Java ends itself on that signal.

use super::{Counts, Exit, ParseError, PropertyKind, Trace, Verdict};
use crate::tlc::log::{self, Log, Message, code};

/// Whether a message with this code reports a violation, in contrast to an error.
pub(super) fn is_violation(code: u32) -> bool {
    violation_exit(code).is_some()
}

fn violation_exit(code: u32) -> Option<i32> {
    match code {
        code::DEADLOCK => Some(11),
        code::INVARIANT | code::INVARIANT_INITIAL => Some(12),
        code::ACTION_PROPERTY | code::TEMPORAL_PROPERTY | code::PROPERTY_INITIAL => Some(13),
        _ => None,
    }
}

pub(super) fn verdict(exit: Exit, log: &Log, counts: Option<Counts>, stderr: &str) -> Verdict {
    let found = match exit {
        Exit::Signal(_) | Exit::Code(129 | 137 | 143) => Some(Verdict::Killed),
        Exit::TimedOut => Some(Verdict::TimedOut),
        Exit::Interrupted | Exit::Code(130) => Some(Verdict::Interrupted),
        Exit::Code(0) => success(log, counts, stderr),
        Exit::Code(10) => assumption(log),
        Exit::Code(code @ 11..=13) => violation(code, log),
        Exit::Code(14) => assertion(log),
        Exit::Code(150) => parse_error(log),
        Exit::Code(151) => constant_missing(log).or_else(|| config_error(log)),
        Exit::Code(75..=77 | 152) => assertion(log)
            .or_else(|| resource(log, stderr))
            .or_else(|| successor(log))
            .or_else(|| evaluation(log)),
        Exit::Code(1 | 153) => bad_option(log).or_else(|| resource(log, stderr)),
        Exit::Code(255) => resource(log, stderr)
            .or_else(|| config_error_255(log))
            .or_else(|| initial_evaluation(log)),
        Exit::Code(_) => None,
    };
    found.unwrap_or_else(|| Verdict::Unrecognised {
        exit,
        excerpt: excerpt(log, stderr),
    })
}

/// Exit code 0: passed, if the search was finished and nothing was found.
fn success(log: &Log, counts: Option<Counts>, stderr: &str) -> Option<Verdict> {
    let violations: Vec<Verdict> = violations(log).map(|(_, verdict)| verdict).collect();
    if !violations.is_empty() {
        let continued = Verdict::ContinuedPastViolations { violations };
        return log.has(code::SUCCESS).then_some(continued);
    }
    let counts = counts.filter(|c| !c.partial && c.queue == 0)?;
    let finished = log.has(code::SUCCESS) && log.has(code::FINISHED);
    let troubled = log.messages.iter().any(Message::is_error) || stderr.contains("Exception in");
    match (finished && !troubled, counts.distinct) {
        (false, _) => None,
        (true, 0) => Some(Verdict::NoInitialState),
        (true, _) => Some(Verdict::Passed),
    }
}

/// Exit codes 11 to 13: the violation with that code, or all violations if there are several.
fn violation(exit: i32, log: &Log) -> Option<Verdict> {
    let (codes, mut violations): (Vec<u32>, Vec<Verdict>) = violations(log).unzip();
    if !codes.iter().any(|&c| violation_exit(c) == Some(exit)) {
        return None;
    }
    if violations.len() > 1 || log.has(code::SUCCESS) {
        return Some(Verdict::ContinuedPastViolations { violations });
    }
    violations.pop()
}

pub(super) fn violations(log: &Log) -> impl Iterator<Item = (u32, Verdict)> {
    let messages = log.messages.iter().enumerate().filter(|(_, m)| m.complete);
    messages.filter_map(|(index, message)| {
        let trace = || Trace::read(&log.messages[index + 1..]);
        let (first, rest) = message.text.split_once('\n').unwrap_or((&message.text, ""));
        let verdict = match message.code {
            code::INVARIANT => Verdict::InvariantViolated {
                name: name(first, "Invariant ")?,
                trace: trace(),
            },
            code::INVARIANT_INITIAL => Verdict::InvariantViolated {
                name: name(first, "Invariant ")?,
                trace: Trace::initial(rest),
            },
            code::PROPERTY_INITIAL => Verdict::PropertyViolated {
                name: name(first, "Property "),
                kind: PropertyKind::Initial,
                trace: Trace::initial(rest),
            },
            code::ACTION_PROPERTY => Verdict::PropertyViolated {
                name: name(first, "Action property "),
                kind: PropertyKind::Action,
                trace: trace(),
            },
            code::TEMPORAL_PROPERTY => Verdict::PropertyViolated {
                name: name(first, "Temporal property "),
                kind: PropertyKind::Temporal,
                trace: trace(),
            },
            code::DEADLOCK => Verdict::Deadlock { trace: trace() },
            _ => return None,
        };
        Some((message.code, verdict))
    })
}

/// The name in messages such as `Invariant Small is violated.` If the formula is a part of a
/// definition, TLC writes its location (`line 8, col 11 to …`) in place of a name.
fn name(text: &str, before: &str) -> Option<String> {
    let rest = text.strip_prefix(before)?;
    let end = rest
        .find(" is violated")
        .or_else(|| rest.find(" was violated"))?;
    Some(rest[..end].to_owned())
}

fn assumption(log: &Log) -> Option<Verdict> {
    if let Some(message) = log.find(code::ASSUMPTION_FALSE) {
        let text = message.text.clone();
        return Some(Verdict::AssumptionFalse { text });
    }
    log.has(code::ASSUMPTION_EVALUATION)
        .then(|| evaluation(log))?
}

fn assertion(log: &Log) -> Option<Verdict> {
    let text = &log.find(code::ASSERT_FAILED)?.text;
    let message = text.split_once('\n').map_or(text.as_str(), |(_, m)| m);
    Some(Verdict::AssertionFailed {
        message: message.to_owned(),
        place: innermost_expression(log),
        trace: error_trace(log),
    })
}

fn successor(log: &Log) -> Option<Verdict> {
    let message = log.find(code::SUCCESSOR_INCOMPLETE)?.text.clone();
    let trace = Trace::read(&log.messages);
    Some(Verdict::SuccessorNotSpecified { message, trace })
}

fn evaluation(log: &Log) -> Option<Verdict> {
    Some(Verdict::EvaluationError {
        message: first_error(log)?,
        place: innermost_expression(log),
        trace: error_trace(log),
    })
}

/// Exit code 255 with 2102: `Init` leaves a variable without a value.
fn initial_evaluation(log: &Log) -> Option<Verdict> {
    log.has(code::INITIAL_STATE).then(|| evaluation(log))?
}

fn error_trace(log: &Log) -> Option<Trace> {
    let trace = Trace::read(&log.messages);
    (!trace.states.is_empty()).then_some(trace)
}

/// The last line of message 2103: `4. Line 5, column 35 to line 5, column 43 in Evaluation`.
fn innermost_expression(log: &Log) -> Option<String> {
    let mut lines = log.find(code::NESTED_EXPRESSION)?.text.lines().rev();
    lines.find_map(|line| {
        let (number, place) = line.split_once(". ")?;
        number.parse::<u32>().ok()?;
        Some(place.to_owned())
    })
}

fn parse_error(log: &Log) -> Option<Verdict> {
    let failed = log.find(code::PARSING_FAILED)?;
    Some(Verdict::ParseError(ParseError::read(
        &log.sany,
        &failed.text,
    )))
}

fn constant_missing(log: &Log) -> Option<Verdict> {
    let text = &log.find(code::CONSTANT_MISSING)?.text;
    let name = text
        .strip_prefix("The constant parameter ")?
        .split(' ')
        .next()?;
    let name = name.to_owned();
    Some(Verdict::ConstantMissing { name })
}

fn config_error(log: &Log) -> Option<Verdict> {
    let message = first_error(log)?;
    Some(Verdict::ConfigError { message })
}

/// Exit code 255 has many meanings; only messages 5001 to 5006 are about the configuration file.
fn config_error_255(log: &Log) -> Option<Verdict> {
    let codes = code::CONFIG_FIRST..=code::CONFIG_LAST;
    let message = log
        .messages
        .iter()
        .find(|m| m.complete && codes.contains(&m.code))?;
    let message = message.text.clone();
    Some(Verdict::ConfigError { message })
}

fn bad_option(log: &Log) -> Option<Verdict> {
    let text = &log.find(code::BAD_OPTION)?.text;
    let first = text.lines().next().unwrap_or_default();
    let message = first.strip_prefix("Error: ").unwrap_or(first).to_owned();
    Some(Verdict::BadOption { message })
}

/// Faults of the environment and not of the spec: memory, disk, working folder.
fn resource(log: &Log, stderr: &str) -> Option<Verdict> {
    let clash = |log: &Log| log.has(code::METADIR_EXISTS) || log.has(code::SYSTEM_METADIR_EXISTS);
    if clash(log) || clash(&log::parse(stderr)) {
        return Some(Verdict::MetadirClash);
    }
    if log.has(code::OUT_OF_MEMORY) || log.has(code::OUT_OF_MEMORY_INIT) {
        return Some(Verdict::OutOfMemory);
    }
    let errors = log.messages.iter().filter(|m| m.is_error() || m.depth > 0);
    let lines = errors.flat_map(|m| m.text.lines()).chain(stderr.lines());
    let lines: Vec<&str> = lines
        .map(|line| line.trim_start_matches(": ").trim())
        .collect();
    // The disk is checked first: with a full disk, Java may run out of memory for data that it
    // cannot write.
    if let Some(line) = lines.iter().find(|l| is_disk_full(l)) {
        let message = (*line).to_owned();
        return Some(Verdict::DiskFull { message });
    }
    let memory = lines.iter().any(|l| is_out_of_memory(l));
    memory.then_some(Verdict::OutOfMemory)
}

fn is_disk_full(line: &str) -> bool {
    line.ends_with("No space left on device")
        || line.ends_with("There is not enough space on the disk")
}

/// Whole lines are compared, because a spec may mention memory in one of its strings.
fn is_out_of_memory(line: &str) -> bool {
    line.contains("java.lang.OutOfMemoryError")
        || matches!(line, "Java heap space" | "GC overhead limit exceeded")
}

/// The text of the first error, without the phrase that begins every unexpected exception.
fn first_error(log: &Log) -> Option<String> {
    let index = log.messages.iter().position(Message::is_error)?;
    let family = log.family(index).iter();
    let text: Vec<&str> = family
        .flat_map(|m| m.text.lines())
        .filter(|l| !is_preamble(l))
        .collect();
    let text = text.join("\n");
    Some(text.trim_start_matches(": ").trim().to_owned())
}

fn is_preamble(line: &str) -> bool {
    line == ":"
        || line.starts_with("TLC threw an unexpected exception")
        || line.starts_with("This was probably caused by an error in the spec")
        || line.starts_with("See the User Output or TLC Console")
        || line.starts_with("The exception was a ")
}

const EXCERPT_LINES: usize = 12;
const EXCERPT_LINE_LENGTH: usize = 200;

/// The errors that TLC reports, or else its last lines; and the first lines of the standard error.
fn excerpt(log: &Log, stderr: &str) -> String {
    let errors = log.messages.iter().filter(|m| m.is_error() || m.depth > 0);
    let mut lines: Vec<&str> = errors.flat_map(|m| m.text.lines()).collect();
    if lines.is_empty() {
        let last = log.messages.iter().rev().take(3).rev();
        lines.extend(log.printed.iter().rev().take(3).rev().map(String::as_str));
        lines.extend(last.flat_map(|m| m.text.lines()));
    }
    let lines = lines
        .into_iter()
        .filter(|l| !l.trim().is_empty())
        .take(EXCERPT_LINES);
    let stderr = stderr
        .lines()
        .filter(|l| !l.trim().is_empty())
        .take(EXCERPT_LINES);
    let short = |line: &str| line.chars().take(EXCERPT_LINE_LENGTH).collect::<String>();
    let lines: Vec<String> = lines.chain(stderr).map(short).collect();
    lines.join("\n")
}
