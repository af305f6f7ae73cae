//! Comparisons as text: equal, or the way to the first difference.

use std::collections::BTreeSet;
use std::io::{self, Write};
use std::sync::Arc;

use tandem_models::value::StateView;

use super::report::{bounds, path};
use crate::compare::{Comparison, Difference};
use tandem_search::numerals::thousands;
use tandem_tla::divergence::{Divergence, Side};

/// A comparison.
///
/// # Errors
/// When the result cannot be written.
pub fn comparison(out: &mut dyn Write, comparison: &Comparison) -> io::Result<()> {
    let Some(difference) = &comparison.difference else {
        writeln!(
            out,
            "= {:<42} {:>9} states {:>9} transitions",
            comparison.instance.label(),
            thousands(comparison.tla.states),
            thousands(comparison.tla.transitions),
        )?;
        symmetry(out, comparison)?;
        return bounds(out, &comparison.instance);
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
    symmetry(out, comparison)?;
    match difference {
        Difference::View { first, second } => {
            let up_to = match comparison.symmetry {
                Some(_) => " up to symmetry",
                None => "",
            };
            writeln!(
                out,
                "  two Rust states look the same{up_to} but do not have the same steps: the"
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
            ..
        } => {
            writeln!(out, "\n  Both sides can do this:")?;
            path(out, common)?;
            diverging(out, divergence)?;
            writeln!(out)
        }
    }
}

/// What the Rust side was explored up to.
fn symmetry(out: &mut dyn Write, comparison: &Comparison) -> io::Result<()> {
    match &comparison.symmetry {
        Some(said) => writeln!(out, "  symmetry: {said}"),
        None => Ok(()),
    }
}

fn diverging(out: &mut dyn Write, divergence: &Divergence) -> io::Result<()> {
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

/// The variables that differ, one side above the other, and the names of those that do not.
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
    // A sentence of success stands only where there is nothing else.
    let same = "the same initial states and the same steps";
    match (equal, different + failed) {
        (0, _) => {}
        (_, 0) => writeln!(out, "\n=: the Rust model and the TLA+ spec have {same}")?,
        (_, _) => writeln!(out, "\n(= means {same} on both sides)")?,
    }
    if comparisons.iter().any(|c| c.symmetry.is_some()) {
        writeln!(
            out,
            "symmetry: of states that are alike one was explored in Rust; what unfolds from these was \
             compared"
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
