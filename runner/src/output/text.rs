//! Results as text: the verdicts first, then the shortest counterexample, step by step.

use std::io::{self, Write};

use tandem_models::catalogue::Description;

use crate::compare::{Comparison, Difference};
use crate::manifest::Manifest;
use crate::report::{Expectation, PropertyReport, Report, Verdict};
use crate::trace::Trace;

/// Everything about one instance; as one of several, a line and what is surprising.
///
/// # Errors
/// When the result cannot be written.
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
        "  {}: {} states, {} transitions, depth {}, {:.1} s",
        report.engine,
        thousands(report.states),
        thousands(report.transitions),
        report.depth,
        report.elapsed.as_secs_f64(),
    )?;
    incomplete_or_miscounted(out, report, manifest)?;
    writeln!(out)?;
    let (guarantees, witnesses): (Vec<_>, Vec<_>) = report
        .properties
        .iter()
        .partition(|p| p.expectation == Expectation::Always);
    for property in &guarantees {
        verdict(out, property)?;
    }
    for witness in witnesses {
        reached(out, witness)?;
    }
    let violated = guarantees.iter().filter(|p| p.verdict == Verdict::Violated);
    let told = violated
        .clone()
        .find(|p| p.claimed)
        .or_else(|| violated.clone().next());
    if let Some((property, trace)) = told.and_then(|p| Some((p, p.trace.as_ref()?))) {
        writeln!(out)?;
        counterexample(out, property, trace)?;
    }
    Ok(())
}

fn verdict(out: &mut dyn Write, property: &PropertyReport) -> io::Result<()> {
    let steps = property.steps().map(steps).unwrap_or_default();
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
        _ if witness.expected.is_none() => {
            writeln!(
                out,
                "  · {:<22} not reachable at these bounds",
                witness.name
            )
        }
        _ => writeln!(
            out,
            "  ✗ {:<22} never reached: the bounds allow too little",
            witness.name
        ),
    }
}

fn counterexample(out: &mut dyn Write, property: &PropertyReport, trace: &Trace) -> io::Result<()> {
    writeln!(
        out,
        "  {} – {} – is violated:",
        property.name, property.promise
    )?;
    if let Some(why) = property.why {
        writeln!(out, "  {why}.")?;
    }
    writeln!(out)?;
    path(out, trace)
}

fn path(out: &mut dyn Write, trace: &Trace) -> io::Result<()> {
    for step in &trace.steps {
        writeln!(
            out,
            "  {:>3}. {:<18} {}",
            step.number, step.action, step.words
        )?;
        for change in &step.changes {
            writeln!(out, "         {change}")?;
        }
    }
    if !trace.replayed {
        writeln!(
            out,
            "  (this path is not one of the Rust model: `tandem compare` shows where)"
        )?;
    }
    Ok(())
}

fn incomplete_or_miscounted(
    out: &mut dyn Write,
    report: &Report,
    manifest: &Manifest,
) -> io::Result<()> {
    if let Some(why) = &report.incomplete {
        writeln!(out, "  ! NOT COMPLETE: {why}")?;
    }
    if let Some(pinned) = report.miscounted(manifest) {
        writeln!(
            out,
            "  ✗ specs/manifest.toml pins {} states and {} transitions: if the change is meant, \
             write it anew with `tandem manifest`",
            thousands(pinned.states),
            thousands(pinned.transitions),
        )?;
    }
    Ok(())
}

/// One instance among several.
fn line(out: &mut dyn Write, report: &Report, manifest: &Manifest) -> io::Result<()> {
    let glyph = match report.among_others(manifest).code() {
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
    incomplete_or_miscounted(out, report, manifest)?;
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

/// What is violated, in a phrase that never sounds better than it is.
fn verdicts(report: &Report) -> String {
    let violated: Vec<_> = report
        .properties
        .iter()
        .filter(|p| p.expectation == Expectation::Always && p.verdict == Verdict::Violated)
        .map(|p| format!("{} {}", p.name, p.steps().unwrap_or(0)))
        .collect();
    let surprising = report.properties.iter().any(PropertyReport::surprising);
    match (violated.is_empty(), report.incomplete.is_some()) {
        (true, false) => "all hold".to_owned(),
        (true, true) => "nothing violated so far".to_owned(),
        (false, _) if report.instance.named && !surprising => {
            format!("violated, as expected: {}", violated.join(", "))
        }
        (false, _) => format!("violated: {}", violated.join(", ")),
    }
}

/// What several instances come to.
///
/// # Errors
/// When the result cannot be written.
pub fn summary(
    out: &mut dyn Write,
    reports: &[Report],
    manifest: &Manifest,
    failed: usize,
) -> io::Result<()> {
    let standings = |code| {
        reports
            .iter()
            .filter(|report| report.among_others(manifest).code() == code)
            .count()
    };
    writeln!(
        out,
        "\n{} variants as expected, {} not, {} not checked completely",
        standings(0),
        standings(1),
        standings(2) + failed
    )
}

/// A comparison.
///
/// # Errors
/// When the result cannot be written.
pub fn comparison(out: &mut dyn Write, comparison: &Comparison) -> io::Result<()> {
    let Some(difference) = &comparison.difference else {
        return writeln!(
            out,
            "= {:<42} {:>9} states {:>9} transitions, the same in Rust and TLA+ ({} raw)",
            comparison.instance.label(),
            thousands(comparison.rust.states),
            thousands(comparison.rust.transitions),
            thousands(comparison.raw_states),
        );
    };
    writeln!(
        out,
        "≠ {}\n  Rust: {} states, {} transitions · TLA+: {} states, {} transitions",
        comparison.instance,
        thousands(comparison.rust.states),
        thousands(comparison.rust.transitions),
        thousands(comparison.tla.states),
        thousands(comparison.tla.transitions),
    )?;
    match difference {
        Difference::View { first, second } => {
            writeln!(
                out,
                "  two Rust states look the same but do not have the same steps: the"
            )?;
            writeln!(
                out,
                "  view forgets something that the handler still needs.\n\n  One way:"
            )?;
            path(out, first)?;
            writeln!(out, "\n  The other way:")?;
            path(out, second)
        }
        Difference::Graphs {
            path: common,
            divergence,
            apart,
        } => {
            let side = match divergence.only.name() {
                "rust" => ("Rust", "TLA+"),
                _ => ("TLA+", "Rust"),
            };
            writeln!(out, "\n  Both sides can do this:")?;
            path(out, common)?;
            match &divergence.action {
                Some(action) => writeln!(out, "\n  Then only {} can do {action}, to:", side.0)?,
                None => writeln!(out, "\n  Only {} starts in:", side.0)?,
            }
            indented(out, &divergence.state.to_string())?;
            if let Some(instead) = &divergence.instead {
                writeln!(out, "  {} goes there instead:", side.1)?;
                indented(out, &instead.to_string())?;
                writeln!(out, "  What sets the first apart from the second:")?;
                for change in apart {
                    writeln!(out, "    {change}")?;
                }
            } else if divergence.action.is_some() {
                let others = match divergence.others.join(", ") {
                    none if none.is_empty() => "nothing at all".to_owned(),
                    others => format!("only: {others}"),
                };
                writeln!(out, "  {} can do {others}", side.1)?;
            }
            writeln!(out)
        }
    }
}

fn indented(out: &mut dyn Write, text: &str) -> io::Result<()> {
    text.lines()
        .try_for_each(|line| writeln!(out, "    {line}"))
}

/// What several comparisons come to.
///
/// # Errors
/// When the result cannot be written.
pub fn comparisons(
    out: &mut dyn Write,
    comparisons: &[Comparison],
    failed: usize,
) -> io::Result<()> {
    let equal = comparisons
        .iter()
        .filter(|c| c.difference.is_none())
        .count();
    let different = comparisons.len() - equal;
    if comparisons.len() + failed > 1 {
        writeln!(
            out,
            "\n{equal} equal, {different} different, {failed} not compared"
        )?;
    }
    Ok(())
}

/// The catalogue.
///
/// # Errors
/// When the result cannot be written.
pub fn list(out: &mut dyn Write, descriptions: &[Description]) -> io::Result<()> {
    for description in descriptions {
        writeln!(
            out,
            "{} – part {}: {}",
            description.name, description.part, description.goal
        )?;
        for variant in &description.variants {
            let mark = if variant.right { "✓" } else { "✗" };
            let default = if variant.name == description.default_variant {
                " (default)"
            } else {
                ""
            };
            writeln!(
                out,
                "  {mark} {:<26} {}{default}",
                variant.name, variant.summary
            )?;
        }
        writeln!(out, "  parameters, with --set NAME=VALUE:")?;
        for p in &description.parameters {
            writeln!(out, "    {:<12} {}–{}, {}", p.name, p.min, p.max, p.allows)?;
        }
        writeln!(out, "  faults, with --fault KIND=N:")?;
        for kind in &description.faults {
            writeln!(
                out,
                "    {:<12} 0–{}, {}",
                kind.fault.name(),
                kind.max,
                kind.allows
            )?;
        }
        larger(out, description)?;
        writeln!(out)?;
    }
    Ok(())
}

fn larger(out: &mut dyn Write, description: &Description) -> io::Result<()> {
    if !description.larger.is_empty() {
        writeln!(out, "  larger settings, with --large:")?;
    }
    for setting in &description.larger {
        let bounds = setting.bounds.iter().map(|(name, n)| format!("{name}={n}"));
        let faults = setting.faults.iter();
        let all: Vec<_> = bounds
            .chain(faults.map(|(fault, n)| format!("{fault}={n}")))
            .collect();
        let tlc = if setting.tlc { "" } else { ", not for TLC" };
        writeln!(out, "    {:<26} {}{tlc}", setting.variant, all.join(" "))?;
    }
    Ok(())
}

fn steps(n: usize) -> String {
    format!("{n} step{}", if n == 1 { "" } else { "s" })
}

fn thousands(n: usize) -> String {
    let digits = n.to_string();
    let mut text = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}
