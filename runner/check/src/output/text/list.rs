//! Writes the catalogue as text: all protocols in short, or one protocol with its matrix of
//! verdicts.

use std::collections::BTreeMap;
use std::io::{self, Write};

use tandem_models::catalogue::Expected;

use super::super::listing::{Protocol, Variant};

/// Writes the catalogue; a single protocol with its matrix.
///
/// # Errors
///
/// If the result cannot be written.
pub fn list(out: &mut dyn Write, protocols: &[Protocol]) -> io::Result<()> {
    writeln!(
        out,
        "✓ a correct variant, ✗ an incorrect one, with the bounds for which its verdicts are valid.\n\
         `tandem list NAME` shows what each does to every guarantee, `tandem check NAME:VARIANT` how.\n\
         Prices are the calls for each additional message, in runs without faults; answers and\n\
         acknowledgements are not counted.\n"
    )?;
    for description in protocols {
        writeln!(
            out,
            "{} – part {}: {}",
            description.name, description.part, description.goal
        )?;
        for (number, variant) in (1..).zip(&description.variants) {
            self::variant(out, description, variant, number)?;
        }
        if protocols.len() == 1 {
            matrix(out, description)?;
        }
        writeln!(out, "  parameters, with --set NAME=VALUE:")?;
        for p in &description.parameters {
            writeln!(
                out,
                "    {:<10} {}–{} (default {}): {}",
                p.name, p.min, p.max, p.default, p.allows
            )?;
        }
        writeln!(out, "  faults, with --fault KIND=N:")?;
        for kind in &description.faults {
            writeln!(out, "    {:<10} 0–{}: {}", kind.name, kind.max, kind.allows)?;
        }
        larger(out, description)?;
        writeln!(out)?;
    }
    Ok(())
}

fn variant(
    out: &mut dyn Write,
    description: &Protocol,
    variant: &Variant,
    number: usize,
) -> io::Result<()> {
    let mark = if variant.right { "✓" } else { "✗" };
    let default = if variant.default { " (default)" } else { "" };
    let name = format!("{number:>2}. {}", variant.name);
    writeln!(out, "  {mark} {name:<30} {}{default}", variant.summary)?;
    writeln!(out, "    {:<30} {}", "", setting(description, variant))?;
    for line in [price(variant), survived(variant)].into_iter().flatten() {
        writeln!(out, "    {:<30} {line}", "")?;
    }
    Ok(())
}

/// The price of a variant, and what it keeps for deduplication.
fn price(variant: &Variant) -> Option<String> {
    let price = variant.price.as_ref()?;
    let one = if price.runs.len() == 1 {
        "for one message"
    } else {
        "each"
    };
    let endpoints = match price.endpoints {
        1 => String::new(),
        several => format!(", at {several} endpoints together"),
    };
    let keeps = price.keeps.as_ref();
    let keeps = keeps.map_or(String::new(), |keeps| format!("; keeps {}", keeps.words()));
    Some(format!("{} {one}{endpoints}{keeps}", price.words()))
}

/// The faults that a variant survives, and those that it does not.
fn survived(variant: &Variant) -> Option<String> {
    let faults = variant.survives.as_ref()?;
    let named = |survived: bool| {
        let faults = faults
            .iter()
            .filter(|(_, broken)| broken.is_empty() == survived);
        let names: Vec<_> = faults.map(|(fault, _)| fault.as_str()).collect();
        (!names.is_empty()).then(|| names.join(", "))
    };
    let said: Vec<_> = [
        ("survives", named(true)),
        ("does not survive", named(false)),
    ]
    .into_iter()
    .filter_map(|(words, names)| Some(format!("{words} {}", names?)))
    .collect();
    (!said.is_empty()).then(|| said.join("; "))
}

/// The bounds and faults for which the verdicts are valid.
fn setting(description: &Protocol, variant: &Variant) -> String {
    let mut bounds: BTreeMap<_, _> = description
        .parameters
        .iter()
        .map(|p| (p.name, p.default))
        .collect();
    bounds.extend(variant.bounds.iter().map(|(name, n)| (*name, *n)));
    let bounds = bounds.into_iter().map(|(name, n)| format!("{name}={n}"));
    let faults = variant.faults.iter().filter(|(_, n)| **n > 0);
    let faults = faults.map(|(fault, n)| format!("{fault}={n}"));
    bounds.chain(faults).collect::<Vec<_>>().join(" ")
}

/// Writes the verdict for each variant and each guarantee.
fn matrix(out: &mut dyn Write, description: &Protocol) -> io::Result<()> {
    let columns = 1..=description.variants.len();
    let header: String = columns.map(|number| format!("{number:>3}")).collect();
    writeln!(out, "\n  {:<24}{header}", "guarantee")?;
    for guarantee in &description.guarantees {
        let cells = description.variants.iter().map(|variant| {
            let claimed = variant.claims.contains(&guarantee.name);
            match (variant.expected.get(guarantee.name), claimed) {
                (Some(Expected::Violated), true) => "✗",
                (Some(Expected::Violated), false) => "–",
                (Some(Expected::Holds), true) => "✓",
                (Some(Expected::Holds), false) => "·",
                (None, _) => "",
            }
        });
        let row: String = cells.map(|cell| format!("{cell:>3}")).collect();
        writeln!(out, "  {:<24}{row}   {}", guarantee.name, guarantee.promise)?;
    }
    writeln!(
        out,
        "  ✓ promised, holds   ✗ promised, broken   · holds, not promised   – broken, not promised\n  (blank: does not apply)\n"
    )
}

fn larger(out: &mut dyn Write, description: &Protocol) -> io::Result<()> {
    if !description.larger.is_empty() {
        writeln!(out, "  larger settings, with --large:")?;
    }
    for setting in &description.larger {
        let sizes = setting.bounds.iter().chain(&setting.faults);
        let all: Vec<_> = sizes.map(|(name, n)| format!("{name}={n}")).collect();
        let tlc = if setting.tlc { "" } else { ", not for TLC" };
        writeln!(out, "    {:<26} {}{tlc}", setting.variant, all.join(" "))?;
    }
    Ok(())
}
