//! That the test of the exercises finds faults of their TLA+ side. Without an engine for TLA+ in the build
//! there is nothing to run.

use std::fs;
use std::path::Path;

use tandem_coach::course::Exercise;
use tandem_coach::tla;
use tandem_coach::verify::definition;
use tempfile::TempDir;

const NAME: &str = "2-07-where-to-put-the-id";

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let target = to.join(path.file_name().unwrap());
        match path.is_dir() {
            true => copy(&path, &target),
            false => fs::copy(&path, &target).map(drop).unwrap(),
        }
    }
}

/// What is found in a copy of the exercise in which one file says something else.
fn found(file: &str, change: impl Fn(&str) -> String) -> String {
    let place = TempDir::new().unwrap();
    let folder = place.path().join(NAME);
    copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join(NAME), &folder);
    let path = folder.join(file);
    let text = fs::read_to_string(&path).unwrap();
    let changed = change(&text);
    assert_ne!(text, changed, "{file} is as it was");
    fs::write(&path, changed).unwrap();
    let exercise = Exercise::read(&folder).unwrap();
    let mut problems = Vec::new();
    definition::verify(&exercise, &mut problems).unwrap();
    problems
        .iter()
        .map(|problem| format!("{problem}\n"))
        .collect()
}

#[test]
fn a_definition_that_is_shipped_solved_is_found() {
    if tla::IN_PROCESS {
        let found = found("spec/shipped.tla", |text| {
            text.replace(
                "Load    |-> \"Save\"",
                "Load    |-> IF m \\in o.processed THEN \"Publish\" ELSE \"Save\"",
            )
        });
        assert!(
            found.contains("in TLA+ shipped is refused by None"),
            "{found}"
        );
    }
}

#[test]
fn a_stale_length_is_found() {
    if tla::IN_PROCESS {
        let found = found("exercise.toml", |text| {
            let (before, tla) = text.split_once("[tla.shipped]").unwrap();
            format!(
                "{before}[tla.shipped]{}",
                tla.replace("NoDoubleEffect = 6", "NoDoubleEffect = 7")
            )
        });
        assert!(found.contains("in TLA+ it violates"), "{found}");
    }
}

#[test]
fn a_solution_that_is_not_the_specifications_is_found() {
    if tla::IN_PROCESS {
        let found = found("spec/solution.tla", |text| text.replace("IF m", "IF  m"));
        assert!(
            found.contains("spec/solution.tla is not the definition"),
            "{found}"
        );
    }
}

#[test]
fn a_wrong_answer_that_another_check_refuses_is_found() {
    if tla::IN_PROCESS {
        let found = found("exercise.toml", |text| {
            let (before, tla) = text.split_once("[tla.wrong]").unwrap();
            format!(
                "{before}[tla.wrong]{}",
                tla.replace("\"NoLostOutput\"", "\"compare\"")
            )
        });
        assert!(
            found.contains("in TLA+ returns_early is refused by Some(\"NoLostOutput\")"),
            "{found}"
        );
    }
}
