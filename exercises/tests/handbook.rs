//! The handbook holds together: every page is in the summary and there, every exercise has a page that
//! includes its texts, and every link and include leads somewhere.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use tandem_coach::course::Course;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("handbook/src")
}

fn text(page: &str) -> String {
    fs::read_to_string(folder().join(page)).unwrap_or_else(|error| panic!("{page}: {error}"))
}

/// The targets of links in a text that lead to files.
fn links(text: &str) -> Vec<String> {
    let after = text.split("](").skip(1);
    let targets = after.filter_map(|rest| rest.split(')').next());
    targets
        .filter(|target| !target.starts_with("http"))
        .map(str::to_owned)
        .collect()
}

/// The files that a text includes.
fn includes(text: &str) -> Vec<String> {
    let after = text.split("{{#include ").skip(1);
    after
        .filter_map(|rest| rest.split("}}").next())
        .map(str::to_owned)
        .collect()
}

#[test]
fn every_page_is_in_the_summary() {
    let listed: BTreeSet<_> = links(&text("SUMMARY.md")).into_iter().collect();
    let there = fs::read_dir(folder())
        .unwrap()
        .map(|entry| entry.unwrap().file_name());
    let there = there.map(|name| name.into_string().unwrap());
    let there: BTreeSet<_> = there.filter(|name| name != "SUMMARY.md").collect();
    assert_eq!(listed, there);
}

#[test]
fn every_exercise_has_a_page_under_its_title() {
    let course = Course::read(Path::new(env!("CARGO_MANIFEST_DIR"))).unwrap();
    for exercise in &course.exercises {
        let page = format!("{}.md", exercise.name);
        let folder = exercise.folder.file_name().unwrap().to_str().unwrap();
        assert_eq!(
            includes(&text(&page)),
            [format!("../../{folder}/exercise.md")]
        );
        let line = format!("[{}]({page})", exercise.texts.title);
        assert!(
            text("SUMMARY.md").contains(&line),
            "{line} is not in SUMMARY.md"
        );
    }
}

#[test]
fn every_link_leads_somewhere() {
    for page in links(&text("SUMMARY.md")) {
        let page_text = text(&page);
        for target in links(&page_text).into_iter().chain(includes(&page_text)) {
            let target = target.split('#').next().unwrap_or_default();
            assert!(folder().join(target).is_file(), "{page} leads to {target}");
        }
    }
}

#[test]
fn a_chapter_of_a_part_shows_a_picture() {
    let course = Course::read(Path::new(env!("CARGO_MANIFEST_DIR"))).unwrap();
    let parts: BTreeSet<_> = course
        .exercises
        .iter()
        .map(|exercise| exercise.definition.part)
        .collect();
    for part in parts {
        assert!(
            text(&format!("part-{part}.md")).contains("```text"),
            "part {part}"
        );
    }
}
