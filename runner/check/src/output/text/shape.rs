//! Writes statistics about a graph as text.

use std::io::{self, Write};

use tandem_models::catalogue::Instance;

use crate::enumerate::Views;
use crate::report::Report;
use tandem_search::numerals::thousands;
use tandem_search::statistics::Degrees;

/// The width of the bar for the largest level.
const BAR: usize = 50;

/// Writes the shape of an instance's graph, and how often each action is taken.
///
/// # Errors
///
/// If it cannot be written.
pub fn shape(out: &mut dyn Write, instance: &Instance, graph: &Views<'_>) -> io::Result<()> {
    let (shape, actions) = (graph.shape(), Report::actions_of(instance, &graph.fired()));
    writeln!(out, "{}\n  {}\n", instance.label(), instance.bounds())?;
    if let Some(symmetry) = graph.symmetry() {
        writeln!(out, "  symmetry: {symmetry}\n")?;
    }
    writeln!(
        out,
        "  {} states, {} transitions, depth {} (states on the longest shortest path)",
        thousands(shape.states),
        thousands(shape.transitions),
        shape.depth()
    )?;
    degrees(out, "from", shape.out_degree)?;
    degrees(out, "to", shape.in_degree)?;
    writeln!(out, "  states without a step: {}\n", thousands(shape.ends))?;
    writeln!(out, "  transitions by action, in the order of the module:")?;
    for (name, count) in &actions {
        let never = match (*count, instance.allows(name)) {
            (0, true) => "  never taken",
            (0, false) => "  no fault budget",
            _ => "",
        };
        writeln!(out, "    {name:<22} {:>12}{never}", thousands(*count))?;
    }
    writeln!(out, "\n  states by depth:")?;
    let widest = shape.by_depth.iter().copied().max().unwrap_or(1).max(1);
    for (depth, states) in (1..).zip(&shape.by_depth) {
        let bar = "█".repeat((states * BAR).div_ceil(widest));
        writeln!(out, "    {depth:>4} {:>12} {bar}", thousands(*states))?;
    }
    Ok(())
}

fn degrees(out: &mut dyn Write, which: &str, degrees: Degrees) -> io::Result<()> {
    let Degrees { min, mean, max } = degrees;
    writeln!(
        out,
        "  transitions {which} a state: {min} to {max}, {mean:.1} on the average"
    )
}
