//! Reports on plain models as text, with `Display`.

use std::fmt;
use std::io;

use tandem_search::numerals::thousands;

use super::{diverging, path, walked};
use crate::fairness;
use crate::plain::PairWalks;
use crate::plain::{NotRefined, Refinement};
use crate::plain::{PairComparison, PairDifference, PairTruth};
use crate::plain::{PlainProperty, PlainReport};
use crate::report::{Expectation, Verdict};
use crate::trace::Trace;

/// Turns the output of a writer into a string, for `Display`.
fn written(write: impl FnOnce(&mut dyn io::Write) -> io::Result<()>) -> Result<String, fmt::Error> {
    let mut text = Vec::new();
    write(&mut text).map_err(|_| fmt::Error)?;
    String::from_utf8(text).map_err(|_| fmt::Error)
}

fn steps(f: &mut fmt::Formatter<'_>, trace: &Trace) -> fmt::Result {
    match trace.steps.is_empty() {
        true => writeln!(
            f,
            "  the initial state:\n{}",
            indented(&trace.start.to_string())
        ),
        false => f.write_str(&written(|out| path(out, trace))?),
    }
}

fn indented(text: &str) -> String {
    let lines = text.lines().map(|line| format!("    {line}"));
    lines.collect::<Vec<_>>().join("\n")
}

fn notes(f: &mut fmt::Formatter<'_>, notes: &[String]) -> fmt::Result {
    notes
        .iter()
        .try_for_each(|note| writeln!(f, "  note: {note}"))
}

impl fmt::Display for PlainReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            f,
            "{} states, {} transitions, depth {}",
            thousands(self.states),
            thousands(self.transitions),
            self.depth
        )?;
        if let Some(cut_off) = self.incomplete {
            writeln!(f, "  ! NOT COMPLETE: the search was {cut_off}")?;
        }
        self.properties
            .iter()
            .try_for_each(|property| write!(f, "{property}"))
    }
}

impl fmt::Display for PlainProperty {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mark = match self.verdict {
            Verdict::Holds => "✓",
            Verdict::Violated => "✗",
            Verdict::Unknown => "?",
        };
        let kind = match self.expectation {
            Expectation::Always => "always",
            Expectation::Sometimes => "sometimes",
            Expectation::Eventually => "eventually",
        };
        let length = self.trace.as_ref().map(|trace| trace.steps.len());
        let length = length.map_or_else(String::new, |steps| format!("  in {steps} steps"));
        writeln!(f, "  {mark} {:<28} {kind}{length}", self.name)?;
        match (&self.trace, self.verdict) {
            (Some(trace), Verdict::Violated) => steps(f, trace),
            _ => Ok(()),
        }
    }
}

impl fmt::Display for PairComparison {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.equal() { "=" } else { "≠" };
        writeln!(f, "{sign} {} and the spec {}", self.model, self.module)?;
        writeln!(
            f,
            "  Rust: {} states, {} transitions · TLA+, by {}: {} states, {} transitions",
            thousands(self.rust.states),
            thousands(self.rust.transitions),
            self.engine,
            thousands(self.tla.states),
            thousands(self.tla.transitions),
        )?;
        match &self.difference {
            None => {
                let fair = if self.fairness {
                    "; the same actions are fair"
                } else {
                    ""
                };
                writeln!(f, "  the same initial states and the same steps{fair}")?;
                if !self.properties.is_empty() {
                    writeln!(
                        f,
                        "  the same truth in every state: {}",
                        self.properties.join(", ")
                    )?;
                }
            }
            Some(difference) => write!(f, "{difference}")?,
        }
        notes(f, &self.notes)
    }
}

impl fmt::Display for PairWalks {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.difference.is_none() {
            "?"
        } else {
            "≠"
        };
        writeln!(
            f,
            "{sign} the Rust model and the spec {}, by {}",
            self.module, self.engine
        )?;
        writeln!(f, "  {}", walked(self.plan, &self.extent))?;
        match &self.difference {
            None => writeln!(
                f,
                "  no difference was met, which proves nothing about other states"
            )?,
            Some(PairDifference::Properties(truths)) => {
                for truth in truths {
                    let (name, rust) = (&truth.name, truth.rust);
                    let operator = &truth.operator;
                    let tla = !rust;
                    writeln!(
                        f,
                        "\n  {name} is {rust} in Rust, and {operator} is {tla} in TLA+, after:"
                    )?;
                    steps(f, &truth.path)?;
                }
            }
            Some(difference) => write!(f, "{difference}")?,
        }
        notes(f, &self.notes)
    }
}

impl fmt::Display for PairDifference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            PairDifference::View { first, second } => {
                writeln!(
                    f,
                    "  two Rust states look the same but do not have the same steps: the view leaves \
                     out something that decides what may happen next.\n\n  One path:"
                )?;
                steps(f, first)?;
                writeln!(f, "\n  The other path:")?;
                steps(f, second)
            }
            PairDifference::Graphs { path, divergence } => {
                writeln!(f, "\n  Both sides can do this:")?;
                steps(f, path)?;
                f.write_str(&written(|out| diverging(out, divergence))?)
            }
            PairDifference::Properties(truths) => {
                writeln!(
                    f,
                    "  The graphs are equal, but the guarantees differ in some state."
                )?;
                truths.iter().try_for_each(|truth| write!(f, "{truth}"))
            }
            PairDifference::Fairness(differences) => {
                writeln!(
                    f,
                    "  The graphs are equal, but the declared fairness differs:"
                )?;
                differences.iter().try_for_each(|one| {
                    let [rust, tla] = [&one.rust, &one.tla].map(fairness::said);
                    writeln!(f, "    {:<18} Rust: {rust} · TLA+: {tla}", one.action)
                })
            }
        }
    }
}

impl fmt::Display for PairTruth {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            f,
            "\n  {} is {} in Rust, and {} is {} in TLA+, in {} states; the nearest:",
            self.name,
            self.rust,
            self.operator,
            !self.rust,
            thousands(self.states)
        )?;
        steps(f, &self.path)
    }
}

impl fmt::Display for Refinement {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let refines = if self.broken.is_none() {
            "refines"
        } else {
            "does not refine"
        };
        writeln!(f, "{} {refines} the spec {}", self.model, self.module)?;
        writeln!(
            f,
            "  Rust: {} states, {} views · TLA+, by {}: {} states",
            thousands(self.raw_states),
            thousands(self.views),
            self.engine,
            thousands(self.spec_states),
        )?;
        match &self.broken {
            Some(broken) => write!(f, "{broken}")?,
            None if self.uncovered.is_empty() => {
                writeln!(
                    f,
                    "  every step of the spec from these views is covered by a step in Rust"
                )?;
            }
            None => {
                writeln!(f, "  steps of the spec that no step in Rust covers:")?;
                for one in &self.uncovered {
                    let far = one.path.steps.len();
                    writeln!(
                        f,
                        "    {:<18} {} steps, the nearest after {far}",
                        one.action, one.steps
                    )?;
                }
            }
        }
        writeln!(f, "  fairness and liveness are not part of this check")?;
        notes(f, &self.notes)
    }
}

impl fmt::Display for NotRefined {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Some(last) = self.path.steps.last() else {
            writeln!(f, "  this initial state is not one of the spec:")?;
            return writeln!(f, "{}", indented(&self.path.start.to_string()));
        };
        writeln!(f, "\n  The last of these steps is not a step of the spec:")?;
        steps(f, &self.path)?;
        writeln!(
            f,
            "\n  {} leads to:\n{}",
            last.action,
            indented(&last.state.to_string())
        )?;
        match self.spec_steps.is_empty() {
            true => writeln!(f, "  There the spec can do nothing at all."),
            false => {
                writeln!(f, "  There the spec can do only:")?;
                self.spec_steps.iter().try_for_each(|(action, state)| {
                    writeln!(
                        f,
                        "    {action}, to:\n  {}",
                        indented(&state.to_string()).replace('\n', "\n  ")
                    )
                })
            }
        }
    }
}
