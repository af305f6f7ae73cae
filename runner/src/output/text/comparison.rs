//! Comparisons as text: equal, or the way to the first difference.

use std::io::{self, Write};

use super::report::{path, thousands};
use crate::compare::{Comparison, Difference};

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
