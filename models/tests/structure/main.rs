//! The structure of the sources: no file is too long, and modules do not depend on each other in a cycle.
//!
//! Generated files say so in their first lines, and are not counted as too long.

mod cycles;

use std::fs;
use std::path::{Path, PathBuf};

/// The most lines that a source file may have.
const MOST: usize = 400;

/// Folders that hold no hand-written sources.
const NO_SOURCES: [&str; 3] = ["target", "node_modules", ".git"];

/// The Rust files below a folder, with their texts, in the order of their paths.
fn sources(folder: &Path) -> Vec<(PathBuf, String)> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if path.is_dir() {
            if !NO_SOURCES.contains(&&*name) {
                found.extend(sources(&path));
            }
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let text = fs::read_to_string(&path).unwrap();
            found.push((path, text));
        }
    }
    found.sort();
    found
}

/// Whether the first lines of a file say that a command writes it.
fn is_generated(text: &str) -> bool {
    text.lines()
        .take(3)
        .any(|line| line.contains("Written by `tandem "))
}

/// The files that are too long, each with its number of lines.
fn too_long(files: &[(PathBuf, String)]) -> Vec<String> {
    let written = files.iter().filter(|(_, text)| !is_generated(text));
    let counted = written.map(|(path, text)| (path, text.lines().count()));
    let long = counted.filter(|(_, lines)| *lines > MOST);
    long.map(|(path, lines)| format!("{} has {lines} lines", path.display()))
        .collect()
}

fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

#[test]
fn no_source_file_has_more_than_400_lines() {
    let files = sources(&repository());
    assert!(files.len() > 500, "only {} sources found", files.len());
    let found = too_long(&files);
    assert!(
        found.is_empty(),
        "{}\nA file has at most {MOST} lines. Move a part with a responsibility of its own into a module \
         whose name says what is in it.",
        found.join("\n")
    );
}

#[test]
fn a_file_of_401_lines_is_too_long_unless_it_is_generated() {
    let file = |first: &str, lines: usize| {
        let text = format!("{first}\n{}", "//\n".repeat(lines - 1));
        (PathBuf::from(format!("{lines}.rs")), text)
    };
    let files = [
        file("//! Written by hand.", 400),
        file("//! Written by hand.", 401),
        file("//! Written by `tandem exercise verify --write`.", 500),
    ];
    assert_eq!(too_long(&files), ["401.rs has 401 lines"]);
}
