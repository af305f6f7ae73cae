//! `tandem replay`, on recorded files.

use std::fs;

use super::place::Place;

/// The counterexamples of a variant, as `check` writes them.
fn checked() -> (Place, String) {
    let place = Place::new();
    let report = place.run("check outbox:save-then-publish --format json");
    assert_eq!(report.code, Some(1), "{}", report.stderr);
    let file = place.path("report.json");
    fs::write(&file, report.stdout).unwrap();
    let file = file.display().to_string();
    (place, file)
}

#[test]
fn what_check_found_is_replayed_on_the_model_that_the_file_names() {
    let (place, file) = checked();
    let ended = place.run(&format!("replay {file}"));
    assert_eq!(ended.code, Some(0), "{}{}", ended.stdout, ended.stderr);
    let same = "= the Rust model takes the same steps to the same states";
    assert!(ended.stdout.matches(same).count() >= 2, "{}", ended.stdout);
    assert!(!ended.stdout.contains('≠'), "{}", ended.stdout);
    let one = place.run(&format!("replay {file} --number 1"));
    assert_eq!(one.stdout.matches(same).count(), 1, "{}", one.stdout);
    let none = place.refused(&format!("replay {file} --number 99"));
    assert!(none.contains("there is no behaviour 99"), "{none}");
}

#[test]
fn on_another_variant_they_part() {
    let (place, file) = checked();
    let ended = place.run(&format!("replay {file} outbox:publish-then-save"));
    assert_eq!(ended.code, Some(1), "{}", ended.stderr);
    assert!(
        ended.stdout.contains("≠ they diverge at "),
        "{}",
        ended.stdout
    );
}

#[test]
fn a_file_without_a_behaviour_is_refused_and_its_control_characters_are_not_printed() {
    let place = Place::new();
    let file = place.path("x.log");
    fs::write(&file, "hello").unwrap();
    let file = file.display().to_string();
    let stderr = place.refused(&format!("replay {file}"));
    assert!(
        stderr.contains("there is no behaviour in this text"),
        "{stderr}"
    );
    let text = "State 1: <Initial predicate>\nx = \"a\u{9b}31m\"\n\n";
    fs::write(place.path("x.log"), text).unwrap();
    let stderr = place.refused(&format!("replay {file}"));
    assert!(stderr.contains("its variables are x"), "{stderr}");
    let ended = place.run(&format!("replay {file} outbox"));
    assert_eq!(ended.code, Some(1), "{}", ended.stderr);
    assert!(
        ended
            .stdout
            .contains("belongs to another spec: only the file has x"),
        "{}",
        ended.stdout
    );
    assert!(!ended.stdout.contains('\u{9b}'), "{}", ended.stdout);
}
