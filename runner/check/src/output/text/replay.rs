//! Writes recorded behaviours beside the Rust model as text: the steps that both have, and where they
//! diverge.

use std::io::{self, Write};

use tandem_models::catalogue::Instance;
use tandem_models::value::changes;

use super::report::{path, plural};
use crate::replay::Replay;
use crate::replay::on_spec::SpecReplay;
use crate::trace::Trace;
use tandem_tla::recording::Behaviour;

/// Writes one behaviour.
///
/// # Errors
///
/// If the result cannot be written.
pub fn replay(
    out: &mut dyn Write,
    instance: &Instance,
    behaviour: &Behaviour,
    replay: &Replay,
    trace: &Trace,
) -> io::Result<()> {
    let steps = |n| plural(n, "step");
    writeln!(
        out,
        "{}: {}, on {instance}",
        behaviour.heading,
        steps(behaviour.steps.len())
    )?;
    for note in &behaviour.notes {
        writeln!(out, "  ! {note}")?;
    }
    path(out, trace)?;
    let Some(parts) = &replay.parts else {
        let stutters = replay.places.iter().filter(|place| place.is_none()).count();
        let stutters = match stutters {
            0 => String::new(),
            n => format!("; {} of the file change nothing", steps(n)),
        };
        return writeln!(
            out,
            "  = the Rust model takes the same steps to the same states{stutters}"
        );
    };
    let there = match parts.number {
        0 => "at the start".to_owned(),
        n => format!("at step {n}"),
    };
    writeln!(out, "  ≠ they diverge {there}: {}", parts.reason)?;
    let recorded = match parts.number.checked_sub(1) {
        None => Some(&behaviour.start),
        Some(place) => behaviour.steps.get(place).map(|step| &step.state),
    };
    if let (Some(instead), Some(recorded)) = (&parts.instead, recorded) {
        writeln!(out, "    from the state in Rust to the recorded one:")?;
        for change in changes(instead, recorded) {
            writeln!(out, "      {change}")?;
        }
    }
    Ok(())
}

/// Writes one behaviour on the TLA+ spec.
///
/// # Errors
///
/// If the result cannot be written.
pub fn replay_on_spec(
    out: &mut dyn Write,
    instance: &Instance,
    behaviour: &Behaviour,
    replay: &SpecReplay,
) -> io::Result<()> {
    let steps = plural(behaviour.steps.len(), "step");
    let (module, engine) = (instance.description.module.name, replay.engine);
    writeln!(
        out,
        "{}: {steps}, on {module}.tla of {instance}, by {engine}",
        behaviour.heading
    )?;
    let Some(parts) = &replay.parts else {
        return writeln!(
            out,
            "  = the TLA+ spec takes the same steps to the same states"
        );
    };
    let taken = plural(replay.taken, "step");
    writeln!(
        out,
        "  ≠ the TLA+ spec takes {taken}, then they diverge: {parts}"
    )?;
    if !replay.others.is_empty() {
        writeln!(
            out,
            "    there the spec can do: {}",
            replay.others.join(", ")
        )?;
    }
    Ok(())
}
