//! What the coach says and keeps, on a copy of two exercises.

use std::fs;
use std::path::{Path, PathBuf};

use tandem_coach::coach::{Coach, Outcome};
use tandem_coach::course::Course;
use tandem_lessons::Lessons;
use tempfile::TempDir;

/// A folder with `exercises/`, in which there are these.
fn course(names: &[&str]) -> (TempDir, PathBuf) {
    let place = TempDir::new().unwrap();
    let folder = place.path().join("exercises");
    let all = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../exercises");
    for name in names {
        fs::create_dir_all(folder.join(name)).unwrap();
        for file in [
            "exercise.toml",
            "exercise.md",
            "handler.rs",
            "shipped.rs",
            "solution.rs",
        ] {
            fs::copy(all.join(name).join(file), folder.join(name).join(file)).unwrap();
        }
    }
    fs::write(folder.join("answers.rs"), "").unwrap();
    (place, folder)
}

fn two() -> (TempDir, PathBuf) {
    course(&["1-01-two-tabs", "2-09-outbox"])
}

fn said(
    folder: &Path,
    act: impl FnOnce(&mut Coach<'_>) -> anyhow::Result<Outcome>,
) -> Result<String, String> {
    let mut out = Vec::new();
    let mut coach = Coach {
        course: Course::find(folder).unwrap(),
        out: &mut out,
    };
    let acted = act(&mut coach).map_err(|error| format!("{error:#}"))?;
    assert_eq!(acted, Outcome::Accepted);
    Ok(String::from_utf8(out).unwrap())
}

#[test]
fn progress_is_kept_by_name_and_unknown_names_are_ignored() {
    let (place, folder) = two();
    fs::write(place.path().join(".tandem-progress.txt"), "gone\ntwo-tabs").unwrap();
    let list = said(&folder, |coach| coach.list()).unwrap();
    assert!(list.contains("✓  1 two-tabs"), "{list}");
    assert!(list.contains("   9 outbox"), "{list}");
    assert!(list.contains("1 of 2 are solved"), "{list}");
    assert!(list.contains("tandem exercise start outbox"), "{list}");
    let course = Course::find(&folder).unwrap();
    course
        .note_solved(&course.exercise("9").unwrap().name)
        .unwrap();
    let text = fs::read_to_string(place.path().join(".tandem-progress.txt")).unwrap();
    assert_eq!(text, "gone\ntwo-tabs\noutbox\n");
}

#[test]
fn the_course_is_found_from_a_folder_inside_it() {
    let (place, folder) = two();
    assert_eq!(
        Course::find(&folder.join("2-09-outbox")).unwrap().folder,
        folder
    );
    assert_eq!(Course::find(place.path()).unwrap().folder, folder);
    let nowhere = TempDir::new().unwrap();
    let error = Course::find(nowhere.path()).unwrap_err().to_string();
    assert!(error.contains("change into Tandem's folder"), "{error}");
}

#[test]
fn hints_come_one_after_the_other() {
    let (_place, folder) = two();
    let hint = |number| {
        said(&folder, |coach| {
            let exercise = coach.choose(Some("outbox"))?;
            coach.hint(&exercise, number)
        })
    };
    assert!(hint(1).unwrap().contains("tandem exercise hint outbox 2"));
    assert!(hint(3).unwrap().starts_with("Hint 3 of 3: "));
    assert_eq!(hint(4).unwrap_err(), "there are hints 1 to 3");
}

#[test]
fn the_solution_is_shown_after_success_or_on_request() {
    let (_place, folder) = two();
    let solution = |anyway| {
        said(&folder, |coach| {
            let exercise = coach.choose(None)?;
            coach.solution(&exercise, anyway)
        })
    };
    let refused = solution(false).unwrap_err();
    assert!(refused.contains("two-tabs is not solved yet"), "{refused}");
    let shown = solution(true).unwrap();
    assert!(shown.contains("cart.checked()") && shown.contains("Why the solution is right"));
}

#[test]
fn a_reset_keeps_what_was_written() {
    let (_place, folder) = two();
    let file = folder.join("2-09-outbox/handler.rs");
    fs::write(&file, "mine").unwrap();
    said(&folder, |coach| {
        let exercise = coach.choose(Some("outbox"))?;
        coach.reset(&exercise)
    })
    .unwrap();
    assert_eq!(
        fs::read_to_string(folder.join("2-09-outbox/handler.old.rs")).unwrap(),
        "mine"
    );
    assert!(fs::read_to_string(file).unwrap().contains("TODO"));
}

#[test]
fn an_unknown_exercise_is_refused_with_those_that_there_are() {
    let (_place, folder) = two();
    let error = said(&folder, |coach| {
        coach.choose(Some("tabs")).map(|_| Outcome::Accepted)
    });
    assert_eq!(
        error.unwrap_err(),
        "there is no exercise 'tabs'; there are two-tabs, outbox"
    );
}

#[test]
fn the_page_is_told_what_stands_in_the_files_and_in_the_progress() {
    let (place, folder) = two();
    fs::write(place.path().join(".tandem-progress.txt"), "outbox\n").unwrap();
    let course = Course::find(&folder).unwrap();
    let lessons = course.lessons().unwrap();
    let [tabs, outbox] = &lessons[..] else {
        panic!("{lessons:?}");
    };
    assert_eq!((tabs.solved, outbox.solved), (false, true));
    assert_eq!((tabs.tla, outbox.tla), (Some(false), Some(false)));
    assert_eq!(outbox.file, "exercises/2-09-outbox/handler.rs");
    assert_eq!((tabs.place, outbox.hints.len()), (1, 3));
    let solution = fs::read_to_string(folder.join("2-09-outbox/solution.rs")).unwrap();
    assert_eq!(course.solution("outbox").unwrap(), solution);
    assert!(course.solution("tabs").is_err());
    let own = course.own_handler(course.exercise("outbox").unwrap(), true);
    assert!(own.lines.contains_key("Save") && own.group, "{own:?}");
}
