//! Judges whether an answer does what its exercise demands, and explains the result.
//!
//! The order of the checks matters. A handler that breaks the rules has no verdict. A violated
//! guarantee is explained by its shortest counterexample. Only then follow the demands that refuse
//! answers which keep every guarantee by doing nothing, or by doing only what the guarantee checks.

use std::io::{self, Write};

use tandem_check::engine::graph::{Graph, replayable, report};
use tandem_check::engine::{Engine, EngineError};
use tandem_check::enumerate::explore;
use tandem_check::output::text;
use tandem_check::report::{PropertyReport, Report, Verdict};
use tandem_models::catalogue::Instance;
use tandem_search::cancel::Cancel;
use tandem_search::limits::{Limits, Run};

use crate::accepted::{accept, covered, turned};
use crate::answer::Answer;
use crate::beside::{beside, no_effect};
use crate::definition::Definition;
pub use crate::judgement::Judgement;
use crate::judgement::{Refusal, Told};
use crate::learner::{Attempt, attempts};

/// Judges an answer and writes the result to `out`.
///
/// # Errors
///
/// If the definition does not fit its protocol, or the output cannot be written.
pub fn judge(
    definition: &Definition,
    answer: &Answer,
    out: &mut dyn Write,
) -> anyhow::Result<Judgement> {
    let limits = Limits {
        max_states: Some(definition.demands.max_states),
        ..Limits::NONE
    };
    let cancel = Cancel::new();
    let mut judgement = Judgement::default();
    for attempt in attempts(definition, &answer.handler)? {
        let run = Run::new(&limits, &cancel);
        let found = explore(&attempt.instance.system(), &run);
        let report = match replayable(&attempt.instance, &found) {
            Ok(()) => report(Graph.name(), &attempt.instance, &found, found.cut_off),
            Err(EngineError::Breach { path, breach, .. }) => {
                let words = format!("After {path}: {breach}");
                let told = Told::Words(words);
                refuse(
                    out,
                    &mut judgement,
                    &attempt,
                    &Refusal {
                        check: "rules".to_owned(),
                        told,
                    },
                )?;
                return Ok(judgement);
            }
            Err(error) => return Err(error.into()),
        };
        let main = attempt.name.is_none();
        judgement.all_states += report.states;
        if main {
            judgement.states = report.states;
            judgement.violated = violated(&report).map(measured).collect();
            judgement.done_in = steps_of(&report, "AllDone");
        }
        let own = if main && report.incomplete.is_none() {
            beside(
                definition,
                answer,
                (&attempt, &found),
                &run,
                (&mut judgement, out),
            )?
        } else {
            None
        };
        let refusal = own.or_else(|| violation(definition, &attempt, &report));
        let refusal = refusal.or_else(|| {
            if main {
                demand(definition, &report).or_else(|| no_effect(definition, &found))
            } else {
                unfinished(&report)
            }
        });
        if let Some(refusal) = refusal {
            if main && matches!(refusal.told, Told::Story(..)) {
                turned(out, definition, &report)?;
            }
            refuse(out, &mut judgement, &attempt, &refusal)?;
            return Ok(judgement);
        }
        if main {
            accept(out, definition, &report)?;
        }
        let start = if main { "in all" } else { "and in" };
        writeln!(
            out,
            "  {start} {}, at {}{}",
            covered(&report, found.schedules()),
            attempt.instance.bounds(),
            refused_step(&attempt)
        )?;
    }
    Ok(judgement)
}

fn violated(report: &Report) -> impl Iterator<Item = &PropertyReport> {
    report
        .properties
        .iter()
        .filter(|property| property.broken_claim())
}

fn measured(property: &PropertyReport) -> (String, usize) {
    (property.name.to_owned(), property.steps().unwrap_or(0))
}

fn steps_of(report: &Report, witness: &str) -> Option<usize> {
    let witness = report
        .properties
        .iter()
        .find(|property| property.name == witness)?;
    witness.steps()
}

/// The violation to show: of a guarantee that the exercise is about, or else the shortest.
fn violation<'a>(
    definition: &Definition,
    attempt: &'a Attempt,
    report: &'a Report,
) -> Option<Refusal<'a>> {
    let own = |name: &String| violated(report).find(|property| property.name == name);
    let told = definition.turns.iter().find_map(own);
    let told = told.or_else(|| violated(report).min_by_key(|property| property.steps()))?;
    Some(Refusal {
        check: match &attempt.name {
            Some(run) if run.starts_with("refusals.") => run.clone(),
            _ => told.name.to_owned(),
        },
        told: Told::Story(&attempt.instance, told),
    })
}

/// Checks what an answer must do besides keeping its guarantees.
fn demand<'a>(definition: &Definition, report: &Report) -> Option<Refusal<'a>> {
    let demands = &definition.demands;
    let refusal = |check: String, words: String| Refusal {
        check,
        told: Told::Words(words),
    };
    if let Some(why) = &report.incomplete {
        return Some(refusal(
            "limit".to_owned(),
            format!(
                "The handler leads to too many states ({why}). Does every attempt save something new?"
            ),
        ));
    }
    if let Some(trace) = &report.deadlock {
        return Some(refusal(
            "deadlock".to_owned(),
            format!(
                "After {} steps nothing can happen any more, and a message is not handled.",
                trace.steps.len()
            ),
        ));
    }
    if let Some(refusal) = not_reached(&demands.reached, report) {
        return Some(refusal);
    }
    let taken = |step: &&String| {
        report
            .actions
            .iter()
            .any(|(action, count)| action == *step && *count > 0)
    };
    if let Some(step) = demands.taken.iter().find(|step| !taken(step)) {
        return Some(refusal(
            format!("taken.{step}"),
            format!(
                "All guarantees hold, but the step {step} is never taken, and the exercise asks for it.{}",
                meaning(report, step)
            ),
        ));
    }
    let done_in = steps_of(report, "AllDone").unwrap_or(0);
    if done_in > demands.done_in {
        return Some(refusal(
            "done_in".to_owned(),
            format!(
                "All guarantees hold, but the shortest finished run takes {done_in} steps; {} are enough. \
             Which call does the handler make that it could leave out?",
                demands.done_in
            ),
        ));
    }
    let kept = |name: &&String| {
        let mut properties = report.properties.iter();
        properties.any(|property| property.name == **name && property.verdict == Verdict::Holds)
    };
    let kept = definition.price.iter().find(kept)?;
    Some(refusal(
        format!("price.{kept}"),
        format!(
            "{kept} holds, but with the steps of this exercise it cannot hold: is something missing?"
        ),
    ))
}

fn not_reached<'a>(wanted: &[String], report: &Report) -> Option<Refusal<'a>> {
    let reached = |name: &&String| steps_of(report, name).is_some();
    let missing = wanted.iter().find(|name| !reached(name))?;
    let words = match missing.as_str() {
        "AllDone" => {
            "No run ever handles every message: the handler does not finish its work.".to_owned()
        }
        "AllSlotsBusy" => {
            "The slots never work at the same time: a handler must do something.".to_owned()
        }
        other => format!("{other} is never reached: no finished run contains it."),
    };
    Some(Refusal {
        check: format!("reached.{missing}"),
        told: Told::Words(words),
    })
}

/// Checks that a further run finishes.
fn unfinished<'a>(report: &Report) -> Option<Refusal<'a>> {
    not_reached(&["AllDone".to_owned()], report)
}

fn refused_step(attempt: &Attempt) -> String {
    let run = attempt.name.as_deref().unwrap_or_default();
    match run.strip_prefix("refusals.") {
        Some(step) => format!(", where one {step} is refused"),
        None => String::new(),
    }
}

fn refuse(
    out: &mut dyn Write,
    judgement: &mut Judgement,
    attempt: &Attempt,
    refusal: &Refusal<'_>,
) -> io::Result<()> {
    judgement.refused = Some(refusal.check.clone());
    if attempt.name.is_some() {
        let bounds = attempt.instance.bounds();
        writeln!(
            out,
            "In a further run, at {bounds}{}:",
            refused_step(attempt)
        )?;
    }
    judgement.run_shown = !matches!(refusal.told, Told::Words(_));
    match &refusal.told {
        Told::Words(words) => writeln!(out, "✗ {words}"),
        Told::Path(words, trace) => {
            writeln!(out, "✗ {words}\n")?;
            text::path(out, trace)
        }
        Told::Story(instance, property) => story(out, instance, property),
    }
}

pub(crate) fn story(
    out: &mut dyn Write,
    instance: &Instance,
    property: &PropertyReport,
) -> io::Result<()> {
    let promise = property.promise;
    match &property.trace {
        Some(trace) => {
            let steps = trace.steps.len();
            writeln!(
                out,
                "✗ {} is violated in {steps} steps. It promises: {promise}.",
                property.name
            )?;
            if let Some(why) = &property.why {
                writeln!(out, "  {why}.")?;
            }
            writeln!(out, "  At {}:\n", instance.bounds())?;
            text::path(out, trace)
        }
        None => writeln!(
            out,
            "✗ {} is violated. It promises: {promise}.",
            property.name
        ),
    }
}

/// The effect of a step, in the terms of its protocol.
fn meaning(report: &Report, step: &str) -> String {
    let description = &report.instance.description;
    let mut steps = description.steps.iter();
    match steps.find(|(name, _)| *name == step) {
        Some((_, does)) => format!(
            " {step} is the name of the call that {does}: if your handler makes this call under another name, \
             rename it."
        ),
        None => String::new(),
    }
}
