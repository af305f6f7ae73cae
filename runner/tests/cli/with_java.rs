//! The commands that run TLC, with the Java of this machine.

use std::process::Command;

use super::place::{Ended, Place};
use crate::common;

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

/// The rendered spec of a variant, compared as if it were a user's spec.
#[test]
fn a_spec_of_ones_own_is_run_on_tlc() {
    let place = Place::new();
    let folder = place.path("own");
    let shown = format!("show double-submit:naive --into {}", folder.display());
    assert_eq!(
        place.ended(&real(&place, &shown).output().unwrap()).code,
        Some(0)
    );
    let compare = format!(
        "compare double-submit:naive --spec {}/MCDoubleSubmit.tla",
        folder.display()
    );
    let equal = place.ended(&real(&place, &compare).output().unwrap());
    assert_eq!(equal.code, Some(0), "{}{}", equal.stdout, equal.stderr);
    assert!(equal.stdout.contains("TLA+, by tlc"), "{}", equal.stdout);
    // Where no reply ever arrives the machine is another one, and the comparison shows where.
    let module = folder.join("DoubleSubmit.tla");
    let text = std::fs::read_to_string(&module).unwrap();
    let with = |that: &str, this: &str| {
        assert!(text.contains(that), "{text}");
        std::fs::write(&module, text.replacen(that, this, 1)).unwrap();
        place.ended(&real(&place, &compare).output().unwrap())
    };
    let different = with("\nReplyArrives ==", "\nReplyArrives == FALSE /\\");
    assert_eq!(
        different.code,
        Some(1),
        "{}{}",
        different.stdout,
        different.stderr
    );
    assert!(
        different.stdout.contains("only Rust can do ReplyArrives"),
        "{}",
        different.stdout
    );
    // An action that is not there at all is said before TLC is asked.
    let unmatched = with("    \\/ ReplyArrives\n", "");
    assert_eq!(
        unmatched.code,
        Some(2),
        "{}{}",
        unmatched.stdout,
        unmatched.stderr
    );
    assert!(
        unmatched
            .stderr
            .contains("action ReplyArrives: steps of the Rust model have it")
    );
}
