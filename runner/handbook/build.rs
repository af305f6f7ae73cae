//! Lists the handbook's sources, so that they are built into the program: the chapters, and the texts of
//! the exercises.

use std::path::{Path, PathBuf};
use std::{env, fs, io};

fn main() -> io::Result<()> {
    let exercises =
        Path::new(&env::var("CARGO_MANIFEST_DIR").unwrap_or_default()).join("../../exercises");
    let chapters = exercises.join("handbook/src");
    // The folder of the exercises is not watched, because it changes whenever a learner saves a handler.
    // A new exercise changes the list of programs, which is watched.
    println!(
        "cargo::rerun-if-changed={}",
        exercises.join("Cargo.toml").display()
    );
    println!("cargo::rerun-if-changed={}", chapters.display());
    let mut files = Vec::new();
    for entry in fs::read_dir(&chapters)? {
        files.push(entry?.path());
    }
    for entry in fs::read_dir(&exercises)? {
        files.push(entry?.path().join("exercise.md"));
    }
    files.retain(|file| file.extension().is_some_and(|is| is == "md") && file.is_file());
    files.sort();
    let mut text = String::from("&[\n");
    for file in files {
        let name = file.strip_prefix(&exercises).unwrap_or(&file).to_owned();
        println!("cargo::rerun-if-changed={}", file.display());
        text.push_str(&format!(
            "    ({:?}, include_str!({:?})),\n",
            slashes(&name),
            file.canonicalize()?
        ));
    }
    text.push_str("]\n");
    fs::write(
        PathBuf::from(env::var("OUT_DIR").unwrap_or_default()).join("texts.rs"),
        text,
    )
}

/// The path with forward slashes, as in a link.
fn slashes(path: &Path) -> String {
    let parts: Vec<_> = path.iter().map(|part| part.to_string_lossy()).collect();
    parts.join("/")
}
