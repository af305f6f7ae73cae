//! The verdicts of a run of TLC, and the message for the user about each.

use super::{Exit, ParseError, Trace};
use std::fmt;

/// The verdict of a run of TLC.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// Every reachable state was checked, and nothing is wrong.
    Passed,
    /// An invariant does not hold in the last state of the trace.
    InvariantViolated {
        /// The invariant.
        name: String,
        /// The path to that state.
        trace: Trace,
    },
    /// A property of behaviours does not hold.
    PropertyViolated {
        /// The property. TLC 2.15 does not name a temporal one.
        name: Option<String>,
        /// How it was checked.
        kind: PropertyKind,
        /// The counterexample.
        trace: Trace,
    },
    /// The last state of the trace has no successor.
    Deadlock {
        /// The path to that state.
        trace: Trace,
    },
    /// An `ASSUME` is false for the constants in the configuration.
    AssumptionFalse {
        /// TLC's message, with the location.
        text: String,
    },
    /// An `Assert` in the spec failed.
    AssertionFailed {
        /// The second argument of `Assert`, as a TLA+ value.
        message: String,
        /// The expression that was evaluated.
        place: Option<String>,
        /// The path to that state; `None` with TLC 2.15, which does not print it.
        trace: Option<Trace>,
    },
    /// An expression of the spec has no value.
    EvaluationError {
        /// TLC's message.
        message: String,
        /// The innermost expression that was evaluated.
        place: Option<String>,
        /// The path to that state, if TLC prints it.
        trace: Option<Trace>,
    },
    /// An action leaves a variable without a next value.
    SuccessorNotSpecified {
        /// TLC's message, with the names of the variables.
        message: String,
        /// The path to that state. The last state shows `null` for the variable.
        trace: Trace,
    },
    /// The configuration does not assign a value to a constant.
    ConstantMissing {
        /// The constant.
        name: String,
    },
    /// The spec has a syntax error or a semantic error.
    ParseError(ParseError),
    /// The configuration file is missing, cannot be parsed, or does not fit the spec.
    ConfigError {
        /// TLC's message.
        message: String,
    },
    /// TLC does not know one of its options.
    BadOption {
        /// TLC's message.
        message: String,
    },
    /// The heap of the Java machine is full.
    OutOfMemory,
    /// The disk that holds TLC's working files is full.
    DiskFull {
        /// Java's message.
        message: String,
    },
    /// Another run has the same working folder.
    MetadirClash,
    /// A signal from outside ended TLC.
    Killed,
    /// Tandem ended TLC, because it reached the time limit.
    TimedOut,
    /// The user ended the run.
    Interrupted,
    /// TLC ran with `-continue` and found several violations, or reported "no error" after one.
    ContinuedPastViolations {
        /// The violations in the order they were found.
        violations: Vec<Verdict>,
    },
    /// TLC reported "no error", but no state satisfies `Init`: nothing at all was checked.
    NoInitialState,
    /// The output does not fit the exit code, or is not known to Tandem.
    Unrecognised {
        /// How TLC ended.
        exit: Exit,
        /// The part of the output that is most likely to explain it.
        excerpt: String,
    },
}

/// How TLC checks a property.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PropertyKind {
    /// On infinite behaviours: the trace ends in a circle or in stuttering.
    Temporal,
    /// On steps (`[][A]_v`): the last step of the trace violates it.
    Action,
    /// On initial states: the only state of the trace violates it.
    Initial,
}

impl Verdict {
    /// Whether the verdict is about the model, whether it is positive or negative. The other
    /// verdicts say that the model could not be checked: the spec or its configuration is broken,
    /// or the run was stopped.
    #[must_use]
    pub fn is_about_model(&self) -> bool {
        matches!(
            self,
            Self::Passed
                | Self::InvariantViolated { .. }
                | Self::PropertyViolated { .. }
                | Self::Deadlock { .. }
                | Self::AssumptionFalse { .. }
                | Self::AssertionFailed { .. }
                | Self::ContinuedPastViolations { .. }
        )
    }

    /// The counterexample, if there is one.
    #[must_use]
    pub fn trace(&self) -> Option<&Trace> {
        match self {
            Self::InvariantViolated { trace, .. }
            | Self::PropertyViolated { trace, .. }
            | Self::Deadlock { trace }
            | Self::SuccessorNotSpecified { trace, .. } => Some(trace),
            Self::AssertionFailed { trace, .. } | Self::EvaluationError { trace, .. } => {
                trace.as_ref()
            }
            _ => None,
        }
    }
}

impl fmt::Display for Verdict {
    /// Writes what happened, where, and what to try next. The caller writes the trace.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Passed => write!(f, "TLC checked every reachable state and found no error"),
            Self::InvariantViolated { name, trace } => {
                write!(f, "invariant {name} is violated {}", at(trace))?;
                write!(f, "; follow the trace to the first state that looks wrong")
            }
            Self::PropertyViolated { name, kind, trace } => {
                property_violated(f, name.as_deref(), *kind, trace)
            }
            Self::Deadlock { trace } => write!(
                f,
                "deadlock: no action is enabled {}; if the protocol may end there, switch the \
                 deadlock check off",
                at(trace)
            ),
            Self::AssumptionFalse { text } => write!(
                f,
                "{}; change the constants in the configuration",
                clause(text)
            ),
            Self::AssertionFailed { message, place, .. } => write!(
                f,
                "an Assert failed: {message}{}; look at what it asserts there",
                in_place(place)
            ),
            Self::EvaluationError { message, place, .. } => write!(
                f,
                "TLC cannot evaluate an expression: {}{}; check that every variable has a value, \
                 and every operand the right type",
                clause(message),
                in_place(place)
            ),
            Self::SuccessorNotSpecified { message, trace } => {
                let last = trace.states.last().and_then(|s| s.action.as_ref());
                let action = last.map_or("the next-state relation", |action| &action.name);
                write!(f, "{message} This happened in {action}; ")?;
                write!(f, "give the variable a next value there, or UNCHANGED")
            }
            Self::ConstantMissing { name } => write!(
                f,
                "the constant {name} has no value in the configuration; add `CONSTANT {name} = …`"
            ),
            Self::ParseError(error) => {
                let error = error.to_string();
                write!(f, "the spec cannot be parsed: {}; ", clause(&error))?;
                write!(f, "correct it there")
            }
            Self::ConfigError { message } => write!(
                f,
                "TLC cannot use the configuration file: {}; check its keywords and names",
                clause(message)
            ),
            Self::BadOption { message } => write!(
                f,
                "TLC does not know an option: {message}; TLC 2.15 lacks some options of newer \
                 releases"
            ),
            Self::OutOfMemory => write!(
                f,
                "TLC ran out of memory; raise the heap with --tlc-heap, or lower the bounds"
            ),
            Self::DiskFull { message } => write!(
                f,
                "the disk with TLC's working files is full ({message}); free some space, or set \
                 TMPDIR to a larger disk"
            ),
            Self::MetadirClash => write!(
                f,
                "another run of TLC has the same working folder; run it again with a -metadir of \
                 its own"
            ),
            Self::Killed => write!(
                f,
                "a signal from outside ended TLC; if the system was short of memory, lower \
                 --tlc-heap or the bounds"
            ),
            Self::TimedOut => write!(
                f,
                "TLC did not finish in time; raise --tlc-time-limit, or lower the bounds"
            ),
            Self::Interrupted => write!(f, "the run was interrupted; start it again"),
            Self::ContinuedPastViolations { violations } => {
                write!(f, "TLC continued past violations ({}):", violations.len())?;
                for violation in violations {
                    write!(f, "\n- {violation}")?;
                }
                write!(f, "\nrun it without -continue to stop at the first")
            }
            Self::NoInitialState => write!(
                f,
                "no state satisfies Init, so TLC checked nothing; look for a conjunct of Init \
                 that is never true"
            ),
            Self::Unrecognised { exit, excerpt } => write!(
                f,
                "TLC {exit}, and Tandem does not recognise the reason in its output; run the same \
                 command by hand to see all of it. It ends with:\n{excerpt}"
            ),
        }
    }
}

fn property_violated(
    f: &mut fmt::Formatter<'_>,
    name: Option<&str>,
    kind: PropertyKind,
    trace: &Trace,
) -> fmt::Result {
    let name = name.unwrap_or("(this TLC does not say which)");
    match kind {
        PropertyKind::Temporal => write!(
            f,
            "temporal property {name} is violated by a behaviour of {} states; look at what never \
             happens in its end, and at the fairness",
            trace.states.len()
        ),
        PropertyKind::Action => write!(
            f,
            "action property {name} is violated by a step that ends {}; compare the last two \
             states",
            at(trace)
        ),
        PropertyKind::Initial => write!(
            f,
            "property {name} is violated by an initial state; compare it with Init"
        ),
    }
}

/// A phrase such as `in state 3, after Send`, about the last state of the trace.
fn at(trace: &Trace) -> String {
    match trace.states.last() {
        None => "in a state that TLC did not show".to_owned(),
        Some(state) => match &state.action {
            None => "in an initial state".to_owned(),
            Some(action) => format!("in state {}, after {action}", state.number),
        },
    }
}

/// TLC's message without the full stop, so that it can be part of a sentence.
fn clause(text: &str) -> &str {
    text.trim_end_matches('.')
}

fn in_place(place: &Option<String>) -> String {
    let place = place.as_deref();
    place.map_or_else(String::new, |place| format!(" ({place})"))
}
