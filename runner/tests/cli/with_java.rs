//! The commands that run TLC, with the Java of this machine.

use std::process::Command;

use super::common;
use super::place::{Ended, Place};

/// `tandem` with the machine's own Java and TLC.
fn real(place: &Place, arguments: &str) -> Command {
    let mut command = place.tandem(arguments);
    command
        .env("PATH", std::env::var_os("PATH").unwrap_or_default())
        .env("TANDEM_TLC_JAR", common::jar().path);
    if let Some(home) = std::env::var_os("JAVA_HOME") {
        command.env("JAVA_HOME", home);
    }
    command
}

fn ended(arguments: &str) -> Ended {
    let place = Place::new();
    place.ended(&real(&place, arguments).output().unwrap())
}

#[test]
fn equal_graphs_are_a_pass() {
    let compare = ended("compare outbox:check-and-return");
    assert_eq!(compare.code, Some(0), "{}", compare.stderr);
    assert!(compare.stdout.starts_with("= outbox:check-and-return"));
}

#[test]
fn graphs_are_compared_up_to_symmetry() {
    let compare = ended("compare outbox:check-and-return --set messages=2 --symmetry --engine tlc");
    assert_eq!(compare.code, Some(0), "{}", compare.stderr);
    // How many predicates were compared depends on the features of the build.
    let counts = |line: &str| match line.split_once(" transitions") {
        Some((counts, _)) => format!("{counts} transitions"),
        None => line.to_owned(),
    };
    let lines: Vec<_> = compare.stdout.lines().take(3).map(counts).collect();
    insta::assert_snapshot!(lines.join("\n"), @"
    = outbox:check-and-return                          117 states       136 transitions
      symmetry: each of 62 raw states stands for all namings of its messages
      at copies=1 messages=2 slots=1 crash=1
    ");
}

#[test]
fn tlc_judges_as_rust_does() {
    assert_eq!(
        ended("check outbox:check-and-return --engine tlc").code,
        Some(1)
    );
    let right = "check outbox --set messages=1 --set slots=1 --engine tlc";
    assert_eq!(ended(right).code, Some(0));
}

#[test]
fn doctor_finds_all() {
    let doctor = ended("doctor");
    assert_eq!(doctor.code, Some(0), "{}", doctor.stdout);
    assert_eq!(doctor.stdout.matches('✓').count(), 5, "{}", doctor.stdout);
}

/// What `show` prints is what runs: by hand, in the folder that it filled.
#[test]
fn the_command_that_show_prints_runs_in_the_folder_that_it_fills() {
    let place = Place::new();
    let folder = place.path("spec");
    let mut show = real(&place, "show outbox:check-and-return --into");
    let shown = place.ended(&show.arg(&folder).output().unwrap());
    assert_eq!(shown.code, Some(0), "{}", shown.stderr);
    let command = shown
        .stdout
        .lines()
        .last()
        .unwrap()
        .replace("[DIR]", &place.path("").to_string_lossy());
    let mut shell = Command::new("sh");
    let run = shell
        .args(["-c", &command])
        .current_dir(&folder)
        .output()
        .unwrap();
    let printed = String::from_utf8_lossy(&run.stdout);
    assert!(run.status.success(), "{command}\n{printed}");
    assert!(printed.contains("22 distinct states found"), "{printed}");
}
