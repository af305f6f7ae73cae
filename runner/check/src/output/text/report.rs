//! Writes a report as text: the verdicts first, then the shortest counterexample, step by step.

use std::io::{self, Write};

use tandem_models::catalogue::{Expected, Instance};

use crate::engine::tla_rs;
use crate::engine::tla_rs::liveness::BY_TLA_CHECKER;
use crate::enumerate::End;
use crate::manifest::Manifest;
use crate::report::{Expectation, PropertyReport, Report, Verdict};
use crate::trace::Trace;
use tandem_search::numerals::thousands;

/// Writes everything about one instance. If it is one of several, writes one line, and anything
/// unexpected.
///
/// # Errors
///
/// If the result cannot be written.
pub fn report(
    out: &mut dyn Write,
    report: &Report,
    manifest: &Manifest,
    several: bool,
) -> io::Result<()> {
    if several {
        line(out, report, manifest)
    } else {
        page(out, report, manifest)
    }
}

fn page(out: &mut dyn Write, report: &Report, manifest: &Manifest) -> io::Result<()> {
    let instance = &report.instance;
    writeln!(out, "{} · {}", instance.label(), instance.variant.summary)?;
    writeln!(out, "  {}", instance.bounds())?;
    writeln!(
        out,
        "  {}: {} states, {}, {:.1} s",
        report.engine,
        thousands(report.states),
        extent(report),
        report.elapsed.as_secs_f64(),
    )?;
    if report.engine == tla_rs::NAME {
        writeln!(
            out,
            "  evaluated in this process by tla-checker{}; TLC was not asked",
            judged_by(report)
        )?;
    }
    if let Some(specs) = &report.specs {
        writeln!(out, "  TLA+ text: {specs}")?;
    }
    notes(out, report, manifest)?;
    writeln!(out)?;
    let (guarantees, witnesses): (Vec<_>, Vec<_>) = report
        .properties
        .iter()
        .partition(|p| p.expectation != Expectation::Sometimes);
    for property in &guarantees {
        verdict(out, property)?;
    }
    for witness in witnesses {
        reached(out, witness)?;
    }
    if let Some(trace) = &report.deadlock {
        writeln!(
            out,
            "  ✗ deadlock: after {} nothing can happen any more, and the system is not at rest",
            steps(trace.steps.len())
        )?;
        path(out, trace)?;
    }
    let never = report.never();
    if !never.is_empty() {
        writeln!(out, "  · never taken here: {}", never.join(", "))?;
    }
    let violated = guarantees.iter().filter(|p| p.verdict == Verdict::Violated);
    let (broken, unpromised): (Vec<&PropertyReport>, Vec<_>) =
        violated.copied().partition(|p| p.claimed);
    let told = broken.first().or(unpromised.first());
    if let Some(property) = told
        && let Some(trace) = &property.trace
    {
        writeln!(out)?;
        counterexample(out, property, trace)?;
        let met = report.walks.iter().flat_map(|walks| &walks.met);
        for (_, walk, taken) in met.filter(|(name, ..)| *name == property.name) {
            let (walk, taken) = (thousands(*walk), steps(*taken));
            writeln!(
                out,
                "\n  (met by walk {walk} after {taken}, and shrunk: there may be a shorter path)"
            )?;
        }
        let more = broken.len() + unpromised.len() - 1;
        if more > 0 {
            writeln!(
                out,
                "\n  ({more} more violated: --format json has the path to each)"
            )?;
        }
    }
    Ok(())
}

/// Which engine judged liveness, as part of a sentence.
fn judged_by(report: &Report) -> &'static str {
    match report.liveness {
        Some(BY_TLA_CHECKER) => ", which judged liveness too",
        Some(_) => "; liveness was judged by Tandem's engine, on the Rust graph, which is equal",
        None => "",
    }
}

/// How much was searched or walked, besides the number of states.
fn extent(report: &Report) -> String {
    if let Some(walks) = &report.walks {
        return format!(
            "{} in {} of at most {}, seed {}",
            steps(walks.steps),
            plural(walks.walks, "walk"),
            thousands(walks.max_steps),
            walks.seed
        );
    }
    let transitions = report.transitions.map_or_else(String::new, |transitions| {
        format!("{} transitions, ", thousands(transitions))
    });
    format!("{transitions}depth {}", report.depth)
}

fn verdict(out: &mut dyn Write, property: &PropertyReport) -> io::Result<()> {
    let steps = property.trace.as_ref().map(length).unwrap_or_default();
    let (glyph, what) = match (property.verdict, property.claimed) {
        (Verdict::Holds, true) => ("✓", "holds".to_owned()),
        (Verdict::Holds, false) => ("✓", "holds (not promised)".to_owned()),
        (Verdict::Violated, true) => ("✗", format!("violated in {steps}")),
        (Verdict::Violated, false) => ("–", format!("not promised: violated in {steps}")),
        (Verdict::Unknown, _) => ("?", "unknown: the run was not complete".to_owned()),
    };
    let surprise = if property.surprising() {
        "  (the catalogue expects otherwise)"
    } else {
        ""
    };
    writeln!(out, "  {glyph} {:<22} {what}{surprise}", property.name)
}

fn reached(out: &mut dyn Write, witness: &PropertyReport) -> io::Result<()> {
    match (witness.verdict, witness.steps()) {
        (Verdict::Holds, Some(n)) => {
            writeln!(out, "  · {:<22} reached in {}", witness.name, steps(n))
        }
        (Verdict::Unknown, _) => writeln!(out, "  ? {:<22} unknown", witness.name),
        _ if witness.expected == Some(Expected::Violated) => {
            let why = witness.why.as_deref().unwrap_or("as the catalogue says");
            writeln!(out, "  · {:<22} never reached: {why}", witness.name)
        }
        _ if witness.expected.is_none() => {
            writeln!(
                out,
                "  · {:<22} not reachable at these bounds",
                witness.name
            )
        }
        _ => writeln!(
            out,
            "  ✗ {:<22} never reached: the bounds allow too little, or the handler never gets there",
            witness.name
        ),
    }
}

fn counterexample(out: &mut dyn Write, property: &PropertyReport, trace: &Trace) -> io::Result<()> {
    let so = if property.claimed {
        "is violated"
    } else {
        "is not promised, and this is why"
    };
    writeln!(out, "  {} – {} – {so}:", property.name, property.promise)?;
    if let Some(why) = &property.why {
        writeln!(out, "  {why}.")?;
    }
    writeln!(out)?;
    path(out, trace)
}

/// Writes the steps of a path, each with its changes.
///
/// # Errors
///
/// If they cannot be written.
pub fn path(out: &mut dyn Write, trace: &Trace) -> io::Result<()> {
    for step in &trace.steps {
        if trace.end == End::Repeats(step.number - 1) {
            writeln!(out, "  ┌─ from here on, repeated forever:")?;
        }
        writeln!(
            out,
            "  {:>3}. {:<18} {}",
            step.number, step.action, step.words
        )?;
        for change in &step.changes {
            writeln!(out, "         {change}")?;
        }
    }
    match trace.end {
        End::Open => {}
        End::Stutters => writeln!(out, "  ── and then nothing happens any more, forever")?,
        End::Repeats(0) => writeln!(out, "  └─ back to the start")?,
        End::Repeats(stem) => writeln!(out, "  └─ back to the state after step {stem}")?,
    }
    if !trace.replayed {
        writeln!(
            out,
            "  (this path is not one of the Rust model: `tandem compare` shows where)"
        )?;
    }
    Ok(())
}

/// Writes notes about the counts.
fn notes(out: &mut dyn Write, report: &Report, manifest: &Manifest) -> io::Result<()> {
    if let Some(said) = &report.symmetry {
        writeln!(out, "  symmetry: {said}")?;
    }
    match &report.incomplete {
        Some(why) if report.is_open() => writeln!(out, "  ! NOT COMPLETE: {why}")?,
        Some(why) => writeln!(out, "  what was asked is decided; beyond that: {why}")?,
        None => {}
    }
    if let Some(pinned) = report.miscounted(manifest) {
        writeln!(
            out,
            "  ✗ {} pins {} states and {} transitions: if the change is intended, \
             update the file with `tandem manifest`",
            manifest.file(&report.instance),
            thousands(pinned.states),
            thousands(pinned.transitions),
        )?;
    }
    Ok(())
}

/// Writes the line for one instance among several.
fn line(out: &mut dyn Write, report: &Report, manifest: &Manifest) -> io::Result<()> {
    let glyph = match report.among_others(manifest).code() {
        0 if !report.instance.named => "·",
        0 => "✓",
        1 => "✗",
        _ => "!",
    };
    let verdicts = verdicts(report);
    writeln!(
        out,
        "{glyph} {:<42} {:>9} states  {verdicts}",
        report.instance.label(),
        thousands(report.states)
    )?;
    bounds(out, &report.instance)?;
    notes(out, report, manifest)?;
    if let Some(trace) = &report.deadlock {
        let steps = steps(trace.steps.len());
        writeln!(out, "  ✗ deadlock after {steps}")?;
        path(out, trace)?;
    }
    for property in report.properties.iter().filter(|p| p.surprising()) {
        let expected = match property.verdict {
            Verdict::Holds => "holds, but the catalogue expects it to be violated",
            _ => "is violated (or never reached), but the catalogue expects it to hold",
        };
        writeln!(out, "  ✗ {} {expected}", property.name)?;
        if let Some(trace) = &property.trace {
            path(out, trace)?;
        }
    }
    Ok(())
}

/// A phrase about the violated properties. It never makes the result look better than it is.
fn verdicts(report: &Report) -> String {
    let violated = |claimed: bool| {
        let properties = report
            .properties
            .iter()
            .filter(|p| p.expectation != Expectation::Sometimes && p.verdict == Verdict::Violated);
        let some: Vec<_> = properties
            .filter(|p| p.claimed == claimed)
            .map(|p| format!("{} {}", p.name, p.steps().unwrap_or(0)))
            .collect();
        some.join(", ")
    };
    let (broken, unpromised) = (violated(true), violated(false));
    let surprising = report.properties.iter().any(PropertyReport::surprising);
    let promises = match (broken.is_empty(), report.is_open()) {
        (true, false) if !report.scope.is_everything() => {
            "no promise that was asked is broken".to_owned()
        }
        (true, false) if unpromised.is_empty() => "all guarantees hold".to_owned(),
        (true, false) => "all promises hold".to_owned(),
        (true, true) if report.enumerated => {
            "no state breaks a guarantee; liveness is not judged".to_owned()
        }
        (true, true) => "nothing broken so far".to_owned(),
        (false, _) if report.instance.named && !surprising => {
            format!("broken, as expected: {broken}")
        }
        (false, _) => format!("broken: {broken}"),
    };
    if unpromised.is_empty() {
        promises
    } else {
        format!("{promises} · not promised: {unpromised}")
    }
}

/// Writes a summary of several instances.
///
/// # Errors
///
/// If the result cannot be written.
pub fn summary(
    out: &mut dyn Write,
    reports: &[Report],
    manifest: &Manifest,
    failed: usize,
) -> io::Result<()> {
    let count = |code, named| {
        let reports = reports
            .iter()
            .filter(|report| report.instance.named == named);
        reports
            .filter(|report| report.among_others(manifest).code() == code)
            .count()
    };
    let random = reports.iter().any(|report| report.walks.is_some());
    // TLC reports the first lasso that it finds, which may not be a shortest one.
    let tlc = reports.iter().any(|report| report.engine == "tlc");
    let a = match (random, tlc) {
        (true, _) => "a counterexample",
        (false, true) => "the shortest counterexample, or for liveness the one that TLC found",
        (false, false) => "the shortest counterexample",
    };
    writeln!(
        out,
        "\n(the number behind a guarantee: steps of {a}; `tandem check NAME` shows it)"
    )?;
    let elsewhere = match count(0, false) {
        0 => String::new(),
        n => format!(", {n} (·) at bounds for which the catalogue expects nothing"),
    };
    writeln!(
        out,
        "{} variants as expected{elsewhere}, {} not, {} not checked completely",
        count(0, true),
        count(1, true) + count(1, false),
        count(2, true) + count(2, false) + failed
    )
}

/// The length of a trace, and how it continues.
fn length(trace: &Trace) -> String {
    let all = trace.steps.len();
    match trace.end {
        End::Open => steps(all),
        End::Stutters => format!("{}, then nothing forever", steps(all)),
        End::Repeats(stem) => format!("{}, then {} forever", steps(stem), all - stem),
    }
}

fn steps(n: usize) -> String {
    plural(n, "step")
}

pub(super) fn plural(n: usize, what: &str) -> String {
    format!("{} {what}{}", thousands(n), if n == 1 { "" } else { "s" })
}

/// Writes the bounds of an instance, where they differ from the variant's own.
pub(super) fn bounds(out: &mut dyn Write, instance: &Instance) -> io::Result<()> {
    match instance.other_bounds() {
        Some(bounds) => writeln!(out, "  at {bounds}"),
        None => Ok(()),
    }
}
