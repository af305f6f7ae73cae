//! `--watch`: once, and again on Enter and on a save; an error does not end it.

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::process::Stdio;

use super::place::{Place, refused};

#[test]
fn an_engine_that_does_not_read_specs_is_refused() {
    let said = refused("check double-submit:naive --watch");
    assert!(said.contains("--engine tla-rs"), "{said}");
    let said = refused("check double-submit:naive --by-hand");
    assert!(said.contains("--watch"), "{said}");
}

#[cfg(feature = "tla-rs")]
#[test]
fn a_save_is_checked_and_an_error_waits_for_the_next_one() {
    let place = Place::new();
    let specs = place.path("specs");
    let shown = format!("show double-submit:naive --into {}", specs.display());
    assert_eq!(place.run(&shown).code, Some(0));
    let module = specs.join("DoubleSubmit.tla");
    let whole = fs::read_to_string(&module).unwrap();

    let specs = specs.display();
    let watch = format!("check double-submit:naive --engine tla-rs --watch --specs {specs}");
    let mut command = place.tandem(&watch);
    command.stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut child = command.stderr(Stdio::piped()).spawn().unwrap();
    let mut input = child.stdin.take().unwrap();
    let told = child.stderr.take().unwrap();
    let mut told = BufReader::new(told).lines().map(Result::unwrap);
    let mut turn = || -> Vec<String> {
        let ends = |line: &String| !line.starts_with("Watching ");
        told.by_ref().take_while(ends).collect()
    };

    assert!(!turn().concat().contains("error:"));
    fs::write(&module, whole.replace("Init ==", "Init == (")).unwrap();
    let half = turn().concat();
    assert!(half.contains("DoubleSubmit.tla:"), "{half}");
    fs::write(&module, &whole).unwrap();
    assert!(!turn().concat().contains("error:"));
    writeln!(input).unwrap();
    assert!(!turn().concat().contains("error:"));
    writeln!(input, "q").unwrap();
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    let stdout = String::from_utf8(output.stdout).unwrap();
    let reports = stdout.matches("AtMostOneOrder").count();
    assert!(reports >= 3 && reports.is_multiple_of(3), "{stdout}");
}
