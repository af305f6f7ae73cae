//! The text for an accepted answer: which guarantees hold now, the price, and how much was covered: states, the
//! steps between them, and schedules.

use std::io::{self, Write};

use tandem_check::output::text;
use tandem_check::report::{Expectation, PropertyReport, Report, Verdict};
use tandem_search::numerals::thousands;

use crate::definition::Definition;

/// Counts with at least this number of digits are written as a power of ten.
const DIGITS: usize = 13;

/// The guarantees that the shipped handler violates and the accepted one does not.
pub(crate) fn turned(
    out: &mut dyn Write,
    definition: &Definition,
    report: &Report,
) -> io::Result<()> {
    let holds = |name: &&String| {
        let mut properties = report.properties.iter();
        properties.any(|property| property.name == **name && property.verdict == Verdict::Holds)
    };
    for name in definition.turns.iter().filter(holds) {
        if let Some(steps) = definition.shipped.get(name) {
            writeln!(out, "✓ {name} holds (before: violated in {steps} steps)")?;
        }
    }
    Ok(())
}

/// Writes the guarantees that hold now, and the price.
pub(crate) fn accept(
    out: &mut dyn Write,
    definition: &Definition,
    report: &Report,
) -> io::Result<()> {
    turned(out, definition, report)?;
    let never_violated = |name: &&String| !definition.shipped.contains_key(*name);
    for name in definition.turns.iter().filter(never_violated) {
        writeln!(out, "✓ {name} holds")?;
    }
    let holds = |property: &&PropertyReport| {
        property.claimed && property.expectation != Expectation::Sometimes
    };
    let others = report
        .properties
        .iter()
        .filter(holds)
        .map(|property| property.name);
    let others: Vec<_> = others
        .filter(|name| !definition.turns.iter().any(|turn| turn == name))
        .collect();
    if !others.is_empty() {
        writeln!(out, "✓ as do {}", others.join(", "))?;
    }
    for property in report
        .properties
        .iter()
        .filter(|p| definition.price.iter().any(|name| p.name == name))
    {
        let steps = property.steps().unwrap_or(0);
        writeln!(
            out,
            "– the price: {} is violated in {steps} steps: {}",
            property.name, property.promise
        )?;
        if let Some(trace) = &property.trace {
            text::path(out, trace)?;
        }
    }
    Ok(())
}

/// How much a run has covered. A schedule is a complete order of steps and faults, from the start to a state in
/// which nothing is left to do. `schedules` is `None` if they cannot be counted.
pub(crate) fn covered(report: &Report, schedules: Option<u128>) -> String {
    let (states, steps) = (report.states, report.transitions.unwrap_or(0));
    format!(
        "{} states and {} steps, which make {}",
        thousands(states),
        thousands(steps),
        told(schedules)
    )
}

fn told(schedules: Option<u128>) -> String {
    let Some(count) = schedules else {
        return "more schedules than can be counted, as attempts may repeat".to_owned();
    };
    let digits = count.to_string().len();
    match usize::try_from(count) {
        Ok(1) => "1 schedule".to_owned(),
        Ok(count) if digits < DIGITS => format!("{} schedules", thousands(count)),
        _ => format!("at least 10^{} schedules", digits - 1),
    }
}

#[cfg(test)]
mod tests {
    use super::told;

    #[test]
    fn a_small_count_is_exact_and_a_large_one_is_a_magnitude() {
        assert_eq!(told(Some(1)), "1 schedule");
        assert_eq!(told(Some(22_240)), "22,240 schedules");
        assert_eq!(told(Some(1_234_567_890_123)), "at least 10^12 schedules");
        assert_eq!(told(Some(u128::MAX)), "at least 10^38 schedules");
    }

    #[test]
    fn a_count_without_an_end_says_why() {
        assert_eq!(
            told(None),
            "more schedules than can be counted, as attempts may repeat"
        );
    }
}
