//! The catalogue as text: every protocol in short, or one with its matrix of verdicts.

use std::collections::BTreeMap;
use std::io::{self, Write};

use tandem_models::catalogue::{Description, Expected, Variant};
use tandem_models::kit::fault::Fault;

/// The catalogue; one protocol alone with its matrix.
///
/// # Errors
/// When the result cannot be written.
pub fn list(out: &mut dyn Write, descriptions: &[Description]) -> io::Result<()> {
    writeln!(
        out,
        "✓ a right way, ✗ a wrong one, with the bounds at which its verdicts stand.\n\
         `tandem list NAME` shows what each does to every guarantee, `tandem check NAME:VARIANT` how.\n"
    )?;
    for description in descriptions {
        writeln!(
            out,
            "{} – part {}: {}",
            description.name, description.part, description.goal
        )?;
        for (number, variant) in (1..).zip(&description.variants) {
            self::variant(out, description, variant, number)?;
        }
        if descriptions.len() == 1 {
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
            writeln!(
                out,
                "    {:<10} 0–{}: {}",
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

fn variant(
    out: &mut dyn Write,
    description: &Description,
    variant: &Variant,
    number: usize,
) -> io::Result<()> {
    let mark = if variant.right { "✓" } else { "✗" };
    let default = if variant.name == description.default_variant {
        " (default)"
    } else {
        ""
    };
    let name = format!("{number:>2}. {}", variant.name);
    writeln!(out, "  {mark} {name:<30} {}{default}", variant.summary)?;
    writeln!(out, "    {:<30} {}", "", setting(description, variant))
}

/// The bounds and faults at which the verdicts stand.
fn setting(description: &Description, variant: &Variant) -> String {
    let mut bounds: BTreeMap<_, _> = description
        .parameters
        .iter()
        .map(|p| (p.name, p.default))
        .collect();
    bounds.extend(variant.bounds.iter().copied());
    let bounds = bounds.into_iter().map(|(name, n)| format!("{name}={n}"));
    let faults = variant.faults.iter().filter(|(_, n)| *n > 0);
    bounds.chain(faults.map(pair)).collect::<Vec<_>>().join(" ")
}

fn pair((fault, n): &(Fault, u8)) -> String {
    format!("{fault}={n}")
}

/// What each variant does to each guarantee.
fn matrix(out: &mut dyn Write, description: &Description) -> io::Result<()> {
    let columns = 1..=description.variants.len();
    let header: String = columns.map(|number| format!("{number:>3}")).collect();
    writeln!(out, "\n  {:<24}{header}", "guarantee")?;
    for guarantee in &description.guarantees {
        let cells = description.variants.iter().map(|variant| {
            let claimed = variant.claims.contains(&guarantee.name);
            match (description.expected(variant).get(guarantee.name), claimed) {
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

fn larger(out: &mut dyn Write, description: &Description) -> io::Result<()> {
    if !description.larger.is_empty() {
        writeln!(out, "  larger settings, with --large:")?;
    }
    for setting in &description.larger {
        let bounds = setting.bounds.iter().map(|(name, n)| format!("{name}={n}"));
        let all: Vec<_> = bounds.chain(setting.faults.iter().map(pair)).collect();
        let tlc = if setting.tlc { "" } else { ", not for TLC" };
        writeln!(out, "    {:<26} {}{tlc}", setting.variant, all.join(" "))?;
    }
    Ok(())
}
