//! Writes comparisons as text: equal, or the path to the first difference.

use std::collections::BTreeSet;
use std::io::{self, Write};
use std::sync::Arc;

use tandem_models::value::StateView;

use super::report::{bounds, path};
use crate::compare::walks::WalkedComparison;
use crate::compare::{Comparison, Difference};
use crate::engine::tla_rs;
use crate::fairness::{self, FairnessDifference};
use crate::guarantees::TruthDifference;
use crate::lockstep::{WalkExtent, WalkPlan};
use tandem_search::numerals::thousands;
use tandem_tla::divergence::{Divergence, Side};

/// Writes a comparison.
///
/// # Errors
///
/// If the result cannot be written.
pub fn comparison(out: &mut dyn Write, comparison: &Comparison) -> io::Result<()> {
    let Some(difference) = &comparison.difference else {
        writeln!(
            out,
            "= {:<42} {:>9} states {:>9} transitions {:>3} predicates  {}",
            comparison.instance.label(),
            thousands(comparison.tla.states),
            thousands(comparison.tla.transitions),
            comparison.guarantees,
            comparison.engine,
        )?;
        symmetry(out, comparison)?;
        left_out(out, comparison)?;
        return bounds(out, &comparison.instance);
    };
    writeln!(
        out,
        "≠ {}\n  Rust: {} states, {} transitions · TLA+, by {}: {} states, {} transitions",
        comparison.instance,
        thousands(comparison.rust.states),
        thousands(comparison.rust.transitions),
        comparison.engine,
        thousands(comparison.tla.states),
        thousands(comparison.tla.transitions),
    )?;
    symmetry(out, comparison)?;
    left_out(out, comparison)?;
    different(out, difference, comparison.symmetry.is_some())
}

/// Writes the difference. `folded` says whether the Rust side was enumerated with symmetry
/// reduction.
fn different(out: &mut dyn Write, difference: &Difference, folded: bool) -> io::Result<()> {
    match difference {
        Difference::View { first, second } => {
            let up_to = if folded { " up to symmetry" } else { "" };
            writeln!(
                out,
                "  two Rust states look the same{up_to} but do not have the same steps: the"
            )?;
            writeln!(
                out,
                "  view forgets something that the handler still needs.\n\n  One path:"
            )?;
            path(out, first)?;
            writeln!(out, "\n  The other path:")?;
            path(out, second)
        }
        Difference::Graphs {
            path: common,
            divergence,
            ..
        } => {
            writeln!(out, "\n  Both sides can do this:")?;
            path(out, common)?;
            diverging(out, divergence)?;
            writeln!(out)
        }
        Difference::Guarantees(differences) => guarantees(out, differences),
        Difference::Fairness(differences) => fair(out, differences),
    }
}

/// Writes a comparison by random walks.
///
/// # Errors
///
/// If the result cannot be written.
pub fn walks(out: &mut dyn Write, found: &WalkedComparison) -> io::Result<()> {
    let sign = if found.difference.is_none() {
        "?"
    } else {
        "≠"
    };
    writeln!(
        out,
        "{sign} {} · {} predicates, by {}",
        found.instance, found.guarantees, found.engine
    )?;
    writeln!(out, "  {}", walked(found.plan, &found.extent))?;
    match &found.difference {
        None => writeln!(
            out,
            "  no difference was met, which proves nothing about other states"
        ),
        Some(Difference::Guarantees(differences)) => {
            writeln!(
                out,
                "  The guarantees of the two sides differ in some state."
            )?;
            for difference in differences {
                let [rust, tla] = truths(difference.rust);
                writeln!(
                    out,
                    "\n  {} is {rust} in Rust and {tla} in TLA+ after:",
                    difference.name
                )?;
                path(out, &difference.path)?;
                clauses(out, difference)?;
            }
            writeln!(out)
        }
        Some(difference) => different(out, difference, false),
    }
}

/// The truth in Rust, and the opposite truth in TLA+, as words.
fn truths(rust: bool) -> [&'static str; 2] {
    [rust, !rust].map(|truth| if truth { "true" } else { "false" })
}

/// A phrase about how much was walked.
pub fn walked(plan: WalkPlan, extent: &WalkExtent) -> String {
    let cut_off = extent.cut_off.map(|cut_off| format!("; {cut_off}"));
    let walks = usize::try_from(extent.walks).unwrap_or(usize::MAX);
    let steps = usize::try_from(extent.steps).unwrap_or(usize::MAX);
    format!(
        "{}, {}, {}, seed {}{}",
        count(walks, "random walk"),
        count(steps, "step"),
        count(extent.states, "state"),
        plan.seed,
        cut_off.unwrap_or_default()
    )
}

/// Writes which symmetry reduction the Rust side used.
fn symmetry(out: &mut dyn Write, comparison: &Comparison) -> io::Result<()> {
    match &comparison.symmetry {
        Some(said) => writeln!(out, "  symmetry: {said}"),
        None => Ok(()),
    }
}

fn left_out(out: &mut dyn Write, comparison: &Comparison) -> io::Result<()> {
    let mut left_out = comparison.left_out.iter();
    left_out.try_for_each(|sentence| writeln!(out, "  {sentence}"))
}

/// Writes the guarantees that differ on equal graphs.
fn guarantees(out: &mut dyn Write, differences: &[TruthDifference]) -> io::Result<()> {
    writeln!(
        out,
        "  The graphs are equal, but the guarantees differ in some state."
    )?;
    for (place, difference) in differences.iter().enumerate() {
        let TruthDifference { name, rust, .. } = difference;
        let [rust, tla] = truths(*rust);
        writeln!(
            out,
            "\n  {name} differs in {}; the nearest is {} away: {rust} in Rust, {tla} in TLA+",
            count(difference.states, "raw state"),
            count(difference.path.steps.len(), "step"),
        )?;
        // The path of the first guarantee is the shortest of all.
        if place == 0 {
            path(out, &difference.path)?;
        }
        clauses(out, difference)?;
    }
    writeln!(out)
}

fn clauses(out: &mut dyn Write, difference: &TruthDifference) -> io::Result<()> {
    writeln!(out, "\n    Rust:")?;
    for clause in &difference.rust_clauses {
        let found = clause.found.as_ref().map(|found| format!("; {found}"));
        let (mark, found) = (mark(Some(clause.holds)), found.unwrap_or_default());
        writeln!(out, "      {mark} {}{found}", clause.expected)?;
    }
    if difference.rust_clauses.is_empty() {
        writeln!(
            out,
            "      {} {}",
            mark(Some(difference.rust)),
            difference.name
        )?;
    }
    match &difference.defined_at {
        Some((file, line)) => writeln!(out, "    TLA+, {file}:{line}:")?,
        None => writeln!(out, "    TLA+:")?,
    }
    for clause in &difference.tla_clauses {
        let example = clause
            .example
            .as_ref()
            .map(|example| format!("; not for {example}"));
        let (mark, example) = (mark(clause.holds), example.unwrap_or_default());
        writeln!(out, "      {mark} {}{example}", clause.text)?;
    }
    if difference.tla_clauses.is_empty() {
        writeln!(
            out,
            "      {} {}",
            mark(Some(!difference.rust)),
            difference.name
        )?;
    }
    Ok(())
}

fn mark(holds: Option<bool>) -> &'static str {
    match holds {
        Some(true) => "✓",
        Some(false) => "✗",
        None => "?",
    }
}

fn count(number: usize, what: &str) -> String {
    let plural = if number == 1 { "" } else { "s" };
    format!("{} {what}{plural}", thousands(number))
}

fn fair(out: &mut dyn Write, differences: &[FairnessDifference]) -> io::Result<()> {
    writeln!(
        out,
        "  The graphs and the guarantees are equal, but the declared fairness differs:"
    )?;
    for difference in differences {
        let [rust, tla] = [&difference.rust, &difference.tla].map(fairness::said);
        writeln!(
            out,
            "    {:<18} Rust: {rust} · TLA+: {tla}",
            difference.action
        )?;
    }
    writeln!(out)
}

/// Writes the steps or states in which the sides differ, after the path that both sides have.
///
/// # Errors
///
/// If it cannot be written.
pub fn diverging(out: &mut dyn Write, divergence: &Divergence) -> io::Result<()> {
    let (one, other) = match divergence.only {
        Side::Rust => ("Rust", "TLA+"),
        Side::Tla => ("TLA+", "Rust"),
    };
    match (&divergence.action, &divergence.instead) {
        (Some(action), Some(_)) => writeln!(out, "\n  Then {action} leads to different states:")?,
        (Some(action), None) => writeln!(out, "\n  Then only {one} can do {action}, to:")?,
        (None, _) => writeln!(out, "\n  Only {one} starts in:")?,
    }
    if let Some(instead) = &divergence.instead {
        return side_by_side(out, (one, &divergence.state), (other, instead));
    }
    indented(out, &divergence.state.to_string())?;
    if divergence.action.is_some() {
        let others = match divergence.others.join(", ") {
            none if none.is_empty() => "nothing at all".to_owned(),
            others => format!("only: {others}"),
        };
        writeln!(out, "  {other} can do {others}")?;
    }
    Ok(())
}

/// Writes the variables that differ, one side above the other, and the names of those that are
/// equal.
fn side_by_side(
    out: &mut dyn Write,
    (one, state): (&str, &StateView),
    (other, instead): (&str, &StateView),
) -> io::Result<()> {
    let names: BTreeSet<_> = state.keys().chain(instead.keys()).collect();
    let (same, differing): (Vec<_>, Vec<_>) = names
        .into_iter()
        .partition(|name| state.get(*name) == instead.get(*name));
    let shown = |view: &StateView, name: &Arc<str>| {
        view.get(name)
            .map_or_else(|| "(no such variable)".to_owned(), ToString::to_string)
    };
    for name in differing {
        writeln!(out, "    {name:<10} {one}  {}", shown(state, name))?;
        writeln!(out, "    {:<10} {other}  {}", "", shown(instead, name))?;
    }
    writeln!(
        out,
        "    the same on both sides: {}",
        same.iter()
            .map(|name| &***name)
            .collect::<Vec<_>>()
            .join(", ")
    )
}

fn indented(out: &mut dyn Write, text: &str) -> io::Result<()> {
    text.lines()
        .try_for_each(|line| writeln!(out, "    {line}"))
}

/// Writes a summary of several comparisons.
///
/// # Errors
///
/// If the result cannot be written.
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
    let same = "the same initial states and the same steps; in every state\nthe same guarantees and witnesses are true";
    let fair = match comparisons.iter().all(|c| c.fairness) {
        true => "; the same actions are fair",
        false => "",
    };
    // The message of success is written only if nothing else happened.
    match (equal, different + failed) {
        (0, _) => {}
        (_, 0) => writeln!(
            out,
            "\n=: the Rust model and the TLA+ spec have {same}{fair}"
        )?,
        (_, _) => writeln!(out, "\n(= means {same} on both sides{fair})")?,
    }
    if comparisons.iter().any(|c| c.engine == tla_rs::NAME) {
        writeln!(
            out,
            "tla-rs: evaluated in this process; TLC was not asked (--engine tlc asks it)"
        )?;
    }
    if let Some(first) = comparisons.first() {
        writeln!(out, "TLA+ text: {}", first.specs)?;
    }
    if comparisons.iter().any(|c| c.symmetry.is_some()) {
        writeln!(
            out,
            "symmetry: one state of each symmetric group was explored in Rust; the whole graph was \
             reconstructed and compared"
        )?;
    }
    if comparisons.len() + failed > 1 {
        writeln!(
            out,
            "{equal} equal, {different} different, {failed} not compared"
        )?;
    }
    Ok(())
}
