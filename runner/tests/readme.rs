//! The documents say what the product does: the README's table is the catalogue's, and every
//! command shown is one that `tandem` understands.
//!
//! `TANDEM_UPDATE=1 cargo test --test suite readme` writes the table again.

use std::fs;
use std::path::{Path, PathBuf};

use clap::Parser;
use tandem_models::catalogue::Overrides;
use tandem_models::protocols::catalogue;
use tandem_runner::cli::{Cli, Command};
use tandem_runner::manifest::Manifest;
use tandem_runner::output::listing::Protocol;
use tandem_runner::output::matrix;

const BEGIN: &str = "<!-- protocols: begin -->\n";
const END: &str = "<!-- protocols: end -->\n";

fn path(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(name)
}

fn document(name: &str) -> String {
    fs::read_to_string(path(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
}

/// What the catalogue and the manifest say.
fn table() -> String {
    let manifest = Manifest::of(&catalogue()).unwrap();
    let protocols = catalogue();
    let protocols = protocols.protocols();
    let listed: Vec<_> = protocols
        .map(|protocol| Protocol::of(protocol, &manifest))
        .collect();
    matrix::short(&listed)
}

/// The commands in fenced blocks that run `tandem`, as its arguments.
fn commands(text: &str) -> Vec<Vec<String>> {
    let mut fenced = false;
    let mut found = Vec::new();
    for line in text.lines() {
        if line.starts_with("```") {
            fenced = !fenced;
            continue;
        }
        let command = line.trim_start_matches("$ ");
        if !fenced || !command.starts_with("cargo run") {
            continue;
        }
        let arguments = command.split_once(" -- ").map_or("", |(_, rest)| rest);
        let words = arguments
            .split_whitespace()
            .take_while(|word| !word.starts_with(['#', '>', '|']));
        found.push(words.map(str::to_owned).collect());
    }
    found
}

fn parsed(document: &str, arguments: &[String]) -> Cli {
    let words = std::iter::once("tandem").chain(arguments.iter().map(String::as_str));
    Cli::try_parse_from(words)
        .unwrap_or_else(|error| panic!("{document} shows {arguments:?}: {error}"))
}

#[test]
fn the_table_of_protocols_is_the_catalogues() {
    let text = document("README.md");
    let begin = text.find(BEGIN).expect("the README marks its table") + BEGIN.len();
    let end = text.find(END).expect("the README marks its table");
    let expected = table();
    if text[begin..end] == expected {
        return;
    }
    if std::env::var_os("TANDEM_UPDATE").is_some() {
        let updated = format!("{}{expected}{}", &text[..begin], &text[end..]);
        fs::write(path("README.md"), updated).expect("the README can be written");
        return;
    }
    panic!(
        "the README's table is not the catalogue's; `TANDEM_UPDATE=1 cargo test --test suite readme` \
         writes it:\n\n{expected}"
    );
}

#[test]
fn every_command_shown_is_one_that_tandem_understands() {
    let documents = [
        "README.md",
        "ARCHITECTURE.md",
        "CONTRIBUTING.md",
        "docs/json.md",
    ];
    let mut shown = 0;
    for name in documents {
        for arguments in commands(&document(name)) {
            let cli = parsed(name, &arguments);
            shown += 1;
            let selection = match &cli.command {
                Command::Check(args) => &args.run.selection,
                Command::Compare(args) => &args.run.selection,
                Command::Show(args) => &args.selection,
                _ => continue,
            };
            let overrides = Overrides {
                parameters: selection.parameters.clone(),
                faults: selection.faults.clone(),
            };
            let found = catalogue().select(selection.name.as_deref(), &overrides);
            assert!(
                found.is_ok(),
                "{name} shows {arguments:?}: {:?}",
                found.err()
            );
        }
    }
    assert!(shown > 10, "only {shown} commands found");
}

/// The catalogue says how many of the 2,048 schedules of exercise 10 go wrong. It must say the number of the
/// handbook, which the test of the exercises counts again.
#[test]
fn the_schedules_in_the_catalogue_are_those_that_were_counted() {
    let numbers = document("exercises/handbook/src/numbers.md");
    assert!(
        numbers.contains("  all of 11 letters  21 of 2,048 "),
        "{numbers}"
    );
    let wrong = catalogue().select(
        Some("inbox-outbox:inbox-then-entity"),
        &Overrides::default(),
    );
    let summary = wrong.unwrap()[0].variant.summary;
    assert!(
        summary.ends_with("wrong in 21 of the 2,048 schedules of 11 steps"),
        "{summary}"
    );
}
