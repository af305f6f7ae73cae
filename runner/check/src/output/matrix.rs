//! Writes the catalogue as tables in Markdown: a short one for the README, and a complete one for
//! `docs/matrix.md`.

use std::fmt::Write;

use tandem_models::catalogue::Expected;
use tandem_models::kit::price::Need;

use super::listing::{Protocol, Variant};

const HEAD: &str = "\
# Comparison of the designs

This file is generated from the catalogue (`TANDEM_UPDATE=1 cargo test -p tandem-runner --test suite matrix`).
The explorer shows the same under *Compare designs*, where it can be sorted and filtered;
`tandem list --format json` has it as JSON.

- **Price**: the calls for each additional message, counted in runs of 1, 2 and 3 messages without faults, one
  message after the other. If a protocol has only one message, the price is the calls of its run. The calls of
  all endpoints are counted together; the downstream consumer, answers to requests and acknowledgements
  are not counted. A transaction is one write.
- **Keeps**: the identities that are kept for deduplication when all is done, and the maximum at any time
  if that is larger. A dash means that the protocol does not say where it keeps identities.
- **Needs**: the features that the broker and the stores must have, as observed in these runs:
";

const FAULTS: &str = "\
- **Survives**: every claimed guarantee holds when this fault happens once, together with one crash if
  the design survives a crash, with the bounds of the catalogue (for an expired lease, with two slots at each
  endpoint). For a fault that a design does not survive, the violated guarantees are listed. A fault that is
  in neither column is not modelled for that protocol, or leads to too many states to be searched for this
  table.
- **Guarantees**: ✓ claimed, holds · ✗ claimed, violated · (✓) holds, not claimed · (✗) violated, not
  claimed · blank: does not apply.
";

/// The README's table: one row for each protocol, with the price of its default variant.
pub fn short(protocols: &[Protocol]) -> String {
    let mut text = "| Protocol | Part | What it is about | Variants | Price of the default | Keeps | Survives |\n\
                    |---|---|---|---|---|---|---|\n"
        .to_owned();
    for protocol in protocols {
        let variants: Vec<_> = protocol.variants.iter().map(named).collect();
        let default = protocol.variants.iter().find(|variant| variant.default);
        let [price, keeps, survives] = default.map_or_else(Default::default, |variant| {
            [price(variant), keeps(variant), survives(variant)]
        });
        let _ = writeln!(
            text,
            "| `{}` | {} | {} | {} | {price} | {keeps} | {survives} |",
            protocol.name,
            protocol.part,
            protocol.goal,
            variants.join(" · ")
        );
    }
    text
}

/// The text of `docs/matrix.md`: the correct variants in one table, and each protocol with its guarantees.
pub fn complete(protocols: &[Protocol]) -> String {
    let mut text = HEAD.to_owned();
    for need in Need::ALL {
        let _ = writeln!(text, "  `{}` is {};", need.name(), need.words());
    }
    text.truncate(text.trim_end_matches(";\n").len());
    text += ".\n";
    text += FAULTS;
    text += "\n## Correct designs\n\n";
    text += "| Design | Survives | Does not survive | Price | Keeps | Needs |\n|---|---|---|---|---|---|\n";
    for protocol in protocols {
        for variant in protocol.variants.iter().filter(|variant| variant.right) {
            let _ = writeln!(
                text,
                "| `{}:{}` | {} | {} | {} | {} | {} |",
                protocol.name,
                variant.name,
                survives(variant),
                fails(variant),
                price(variant),
                keeps(variant),
                needs(variant)
            );
        }
    }
    for protocol in protocols {
        guarantees(&mut text, protocol);
    }
    text
}

/// The table of one protocol: one row for each variant, one column for each guarantee.
fn guarantees(text: &mut String, protocol: &Protocol) {
    let _ = writeln!(text, "\n## {} (`{}`)\n", protocol.title, protocol.name);
    let _ = writeln!(text, "To {}.\n", protocol.goal);
    let names = protocol.guarantees.iter().map(|guarantee| guarantee.name);
    let columns: Vec<_> = names.collect();
    let _ = writeln!(
        text,
        "| Variant | Price | Keeps | Needs | {} |",
        columns.join(" | ")
    );
    let _ = writeln!(text, "|---|---|---|---|{}", "---|".repeat(columns.len()));
    for variant in &protocol.variants {
        let marks: Vec<_> = columns.iter().map(|name| mark(variant, name)).collect();
        let _ = writeln!(
            text,
            "| {} | {} | {} | {} | {} |",
            named(variant),
            price(variant),
            keeps(variant),
            needs(variant),
            marks.join(" | ")
        );
    }
}

fn mark(variant: &Variant, guarantee: &str) -> &'static str {
    let claimed = variant.claims.contains(&guarantee);
    match (variant.expected.get(guarantee), claimed) {
        (Some(Expected::Holds), true) => "✓",
        (Some(Expected::Violated), true) => "✗",
        (Some(Expected::Holds), false) => "(✓)",
        (Some(Expected::Violated), false) => "(✗)",
        (None, _) => "",
    }
}

/// The name of a variant; correct ones are bold.
fn named(variant: &Variant) -> String {
    match variant.right {
        true => format!("**`{}`**", variant.name),
        false => format!("`{}`", variant.name),
    }
}

fn price(variant: &Variant) -> String {
    let price = variant.price.as_ref();
    price.map_or_else(|| "–".to_owned(), |price| price.words())
}

fn keeps(variant: &Variant) -> String {
    let keeps = variant
        .price
        .as_ref()
        .and_then(|price| price.keeps.as_ref());
    keeps.map_or_else(|| "–".to_owned(), |keeps| keeps.words())
}

fn needs(variant: &Variant) -> String {
    let needs = variant.price.iter().flat_map(|price| &price.needs);
    let needs: Vec<_> = needs.map(|need| format!("`{need}`")).collect();
    match needs.is_empty() {
        true => "–".to_owned(),
        false => needs.join(", "),
    }
}

/// The faults that a variant survives.
fn survives(variant: &Variant) -> String {
    let faults = variant.survives.iter().flatten();
    let survived = faults.filter(|(_, broken)| broken.is_empty());
    let names: Vec<_> = survived.map(|(fault, _)| fault.as_str()).collect();
    match names.is_empty() {
        true => "–".to_owned(),
        false => names.join(", "),
    }
}

/// The faults that a variant does not survive, with the violated guarantees.
fn fails(variant: &Variant) -> String {
    let faults = variant.survives.iter().flatten();
    let broken = faults.filter(|(_, broken)| !broken.is_empty());
    let words: Vec<_> = broken
        .map(|(fault, broken)| format!("{fault} ({})", broken.join(", ")))
        .collect();
    match words.is_empty() {
        true => "–".to_owned(),
        false => words.join("; "),
    }
}
