//! The course's own test, and that it finds each kind of fault.

use std::fs;
use std::path::{Path, PathBuf};

use tandem_coach::course::{Course, Exercise};
use tandem_coach::verify::{Problem, verify};
use tempfile::TempDir;

const ANSWERS: &str = env!("CARGO_BIN_EXE_answers");

fn folder() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

#[test]
fn every_exercise_does_what_it_says() {
    let course = Course::read(folder()).unwrap();
    assert_eq!(course.exercises.len(), 21);
    let problems = verify(&course, Path::new(ANSWERS)).unwrap();
    let problems: Vec<_> = problems.iter().map(Problem::to_string).collect();
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}

/// A copy of an exercise, in which one text of one file is replaced.
fn spoilt(file: &str, from: &str, to: &str) -> (TempDir, PathBuf) {
    let place = TempDir::new().unwrap();
    let copy = place.path().join("2-08-same-name");
    let original = folder().join("2-08-same-name");
    for part in ["", "wrong", "accepted"] {
        fs::create_dir_all(copy.join(part)).unwrap();
        for entry in fs::read_dir(original.join(part)).unwrap() {
            let path = entry.unwrap().path();
            if path.is_file() {
                fs::copy(&path, copy.join(part).join(path.file_name().unwrap())).unwrap();
            }
        }
    }
    let path = copy.join(file);
    let text = fs::read_to_string(&path).unwrap();
    assert!(text.contains(from), "{from} is not in {file}");
    fs::write(&path, text.replace(from, to)).unwrap();
    (place, copy)
}

fn problems(file: &str, from: &str, to: &str) -> String {
    let (place, _) = spoilt(file, from, to);
    let course = Course::read(place.path()).unwrap();
    let problems = verify(&course, Path::new(ANSWERS)).unwrap();
    let own = problems.iter().filter(|problem| problem.exercise != "all");
    own.map(|problem| format!("{problem}\n")).collect()
}

const CLAIMS: &str = r#"claims = ["ConsistentOutput", "NoDoubleEffect", "NoLostEffect", "NoLostOutput", "NoGhostEver", "Settles"]"#;

#[test]
fn an_exercise_that_is_shipped_solved_is_found() {
    let found = problems("exercise.toml", CLAIMS, r#"claims = ["NoLostEffect"]"#);
    assert!(found.contains("it is shipped solved"), "{found}");
}

#[test]
fn a_check_that_asks_too_little_is_found() {
    let (place, copy) = spoilt("exercise.toml", CLAIMS, r#"claims = ["NoDoubleEffect"]"#);
    let path = copy.join("exercise.toml");
    let text = fs::read_to_string(&path).unwrap();
    let text = text.replace(r#"reached = ["AllDone", "CrashHappens"]"#, "reached = []");
    let text = text.replace(r#"taken = ["Save", "Publish"]"#, "taken = []");
    let (before, after) = text.split_once("[refusals]").unwrap();
    let (_, after) = after.split_once("[wrong]").unwrap();
    fs::write(&path, format!("{before}[wrong]{after}")).unwrap();
    let course = Course::read(place.path()).unwrap();
    let found = verify(&course, Path::new(ANSWERS)).unwrap();
    let passes = |problem: &Problem| {
        problem
            .what
            .contains("never_publishes is refused by nothing")
    };
    assert!(found.iter().any(passes), "{found:?}");
    let idle = |problem: &Problem| problem.what == "an answer that only acknowledges is accepted";
    assert!(found.iter().any(idle), "{found:?}");
}

#[test]
fn a_stale_length_is_found_in_both_files() {
    let found = problems(
        "exercise.toml",
        "ConsistentOutput = ",
        "ConsistentOutput = 1",
    );
    assert!(found.contains("as shipped it violates"), "{found}");
    assert!(found.contains("`Look first` does not say"), "{found}");
}

#[test]
fn a_wrong_answer_that_another_check_refuses_is_found() {
    let (from, to) = (
        "published_first = \"NoGhostEver\"",
        "published_first = \"NoLostOutput\"",
    );
    let found = problems("exercise.toml", from, to);
    let words = "the wrong answer published_first is refused by NoGhostEver, not by NoLostOutput";
    assert!(found.contains(words), "{found}");
}

#[test]
fn a_solution_that_is_too_dear_is_found() {
    let found = problems("exercise.toml", "done_in = 6", "done_in = 3");
    assert!(
        found.contains("the solution is refused by done_in"),
        "{found}"
    );
}

#[test]
fn a_handler_that_is_not_as_shipped_is_found() {
    let found = problems("handler.rs", "// TODO", "// DONE");
    assert!(
        found.contains("handler.rs is not as it is shipped"),
        "{found}"
    );
}

#[test]
fn a_step_that_nothing_names_before_it_is_demanded_is_found() {
    let found = problems("shipped.rs", "\"Publish\"", "\"Announce\"");
    assert!(
        found.contains("the step Publish is demanded, and neither shipped.rs nor"),
        "{found}"
    );
}

#[test]
fn a_question_that_is_not_a_sentence_by_itself_is_found() {
    let found = problems(
        "exercise.md",
        "What is the same in the two",
        "Say: what is the same in the two",
    );
    assert!(found.contains("must be a whole sentence"), "{found}");
}

#[test]
fn a_missing_hint_is_found() {
    let (_place, copy) = spoilt("exercise.md", "\n3. ", "\n   ");
    let error = format!("{:#}", Exercise::read(&copy).unwrap_err());
    assert!(error.contains("there are 2 hints instead of 3"), "{error}");
}
