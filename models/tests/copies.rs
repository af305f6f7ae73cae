//! No two modules and no two protocol files contain the same eight lines.
//!
//! What several protocols do belongs in a shared module of `specs`, or in the kit. Comments, blank
//! lines and rules are not counted. Rendered modules (`MC*.tla`) are left out: they come from one
//! template.

use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};

/// As many equal lines in a row are a copy.
const COPY: usize = 8;

/// Two places that have the same lines.
#[derive(Debug, PartialEq, Eq)]
struct Copied {
    first: (PathBuf, usize),
    second: (PathBuf, usize),
}

/// The lines that count, each with its number in the file.
fn lines(text: &str, is_comment: fn(&str) -> bool) -> Vec<(usize, &str)> {
    let numbered = text.lines().enumerate();
    let trimmed = numbered.map(|(place, line)| (place + 1, line.trim()));
    trimmed
        .filter(|(_, line)| !line.is_empty() && !is_comment(line))
        .collect()
}

/// A comment on a line of its own, or a rule.
fn is_tla_comment(line: &str) -> bool {
    ["(*", "\\*", "----", "===="]
        .iter()
        .any(|start| line.starts_with(start))
}

fn is_rust_comment(line: &str) -> bool {
    line.starts_with("//")
}

/// The first copy of each pair of files.
fn copies(files: &[(PathBuf, String)], is_comment: fn(&str) -> bool) -> Vec<Copied> {
    let mut seen: HashMap<Vec<&str>, (&Path, usize)> = HashMap::new();
    let mut found: Vec<Copied> = Vec::new();
    for (path, text) in files {
        for window in lines(text, is_comment).windows(COPY) {
            let here = (path.as_path(), window[0].0);
            let texts = window.iter().map(|(_, line)| *line).collect();
            let first = *seen.entry(texts).or_insert(here);
            let known = |copied: &Copied| copied.first.0 == first.0 && copied.second.0 == *path;
            if first.0 != path && !found.iter().any(known) {
                found.push(Copied {
                    first: (first.0.to_owned(), first.1),
                    second: (path.clone(), here.1),
                });
            }
        }
    }
    found
}

/// The files below a folder whose names end so, in order.
fn files(folder: &Path, ending: &str) -> Vec<(PathBuf, String)> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path, ending));
        } else if path
            .extension()
            .is_some_and(|extension| extension == ending)
        {
            let text = fs::read_to_string(&path).unwrap();
            found.push((path, text));
        }
    }
    found.sort();
    found
}

#[track_caller]
fn assert_none(found: &[Copied], instead: &str) {
    let told = found.iter().map(|copied| {
        let [first, second] = [&copied.first, &copied.second]
            .map(|(path, line)| format!("{}:{line}", path.display()));
        format!("{first} and {second}")
    });
    let told: Vec<_> = told.collect();
    assert!(
        found.is_empty(),
        "{COPY} lines or more are the same in\n{}\n{instead}",
        told.join("\n")
    );
}

fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

#[test]
fn no_two_modules_share_eight_lines() {
    let mut modules = files(&repository().join("specs"), "tla");
    modules.retain(|(path, _)| {
        !path
            .file_name()
            .unwrap()
            .to_string_lossy()
            .starts_with("MC")
    });
    assert!(modules.len() > 4, "the modules were not found: {modules:?}");
    assert_none(
        &copies(&modules, is_tla_comment),
        "Move them into a shared module; see 'The TLA+ module' in CONTRIBUTING.md.",
    );
}

#[test]
fn no_two_protocol_files_share_eight_lines() {
    let protocols = files(&repository().join("models/src/protocols"), "rs");
    assert!(
        protocols.len() > 8,
        "the protocols were not found: {protocols:?}"
    );
    assert_none(
        &copies(&protocols, is_rust_comment),
        "Move them into the kit (models/src/kit).",
    );
}

#[test]
fn a_copy_is_found_behind_comments_and_blank_lines_and_told_once() {
    let numbers = |from: u8, to: u8| {
        let lines: Vec<_> = (from..=to).map(|n| format!("/\\ {n} = {n}")).collect();
        lines.join("\n")
    };
    let file = |name: &str, text: String| (PathBuf::from(name), text);
    let a = file("A.tla", format!("---- MODULE A ----\n{}", numbers(1, 9)));
    let commented = numbers(1, 9).replace("/\\ 4", "\n\\* why\n    /\\ 4");
    let b = file("B.tla", format!("---- MODULE B ----\nX ==\n{commented}"));
    let short = file("C.tla", numbers(1, 7));
    let expected = [Copied {
        first: ("A.tla".into(), 2),
        second: ("B.tla".into(), 3),
    }];
    assert_eq!(copies(&[a, b, short], is_tla_comment), expected);
}
