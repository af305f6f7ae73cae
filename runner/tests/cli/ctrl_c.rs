//! Ctrl-C ends a run, keeps what it has found, and leaves no Java behind.

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use super::half_way::CHECK;
use super::place::{Ended, Place};

fn wait_until(what: &str, condition: impl Fn() -> bool) {
    let deadline = Instant::now() + Duration::from_secs(60);
    while !condition() {
        assert!(Instant::now() < deadline, "never happened: {what}");
        thread::sleep(Duration::from_millis(10));
    }
}

/// Ctrl-C, for one process.
fn signal(child: &Child) {
    let pid = child.id().to_string();
    let sent = Command::new("kill").args(["-INT", &pid]).status().unwrap();
    assert!(sent.success());
}

/// Sends the signal once the first line is written: that one, all others, and the end.
fn interrupted_after_a_line(arguments: &str) -> (String, Vec<String>, Ended) {
    let place = Place::new();
    let mut command = place.tandem(arguments);
    let mut child = command
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let first = lines.next().unwrap().unwrap();
    signal(&child);
    let rest = lines.map(Result::unwrap).collect();
    let ended = place.ended(&child.wait_with_output().unwrap());
    (first, rest, ended)
}

#[test]
fn ctrl_c_while_the_rust_side_is_checked_keeps_what_was_found() {
    // The right variant takes some seconds; the first line comes at once.
    let (first, rest, ended) = interrupted_after_a_line("check outbox:all --jobs 2");
    assert_eq!(ended.code, Some(2), "{rest:?}");
    assert!(first.starts_with("✓ outbox:publish-then-save"), "{first}");
    assert!(
        rest.last().unwrap().ends_with("not checked completely"),
        "{rest:?}"
    );
    assert!(!rest.last().unwrap().contains(" 0 not checked"), "{rest:?}");
}

/// The notation in which a graph is written says nothing about how far it came; the error does.
#[test]
fn ctrl_c_while_a_graph_is_written_ends_it() {
    // The pipe is full long before the last state: the graph has megabytes of them.
    let arguments = "graph outbox:transactional --format json-lines";
    let (first, rest, ended) = interrupted_after_a_line(arguments);
    assert!(first.contains("\"state\":0"), "{first}");
    assert_eq!(ended.code, Some(2));
    assert!(rest.len() < 10_000, "{} lines", rest.len());
    assert!(
        ended
            .stderr
            .contains("interrupted; the rest is not written"),
        "{}",
        ended.stderr
    );
}

/// Runs until so many fake Javas have started, sends the signal, and waits for the end.
fn interrupted(arguments: &str, javas: usize) -> Ended {
    let place = Place::with_java("echo $$ >> \"$0.pids\"; exec sleep 600");
    let mut command = place.tandem(arguments);
    let child = command
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let pids = place.path("bin/java.pids");
    wait_until("java runs", || {
        fs::read_to_string(&pids).is_ok_and(|pids| pids.matches('\n').count() == javas)
    });
    signal(&child);
    let ended = place.ended(&child.wait_with_output().unwrap());
    for java in fs::read_to_string(&pids).unwrap().lines() {
        assert!(!Path::new("/proc").join(java).exists(), "{java} runs on");
    }
    ended
}

#[test]
fn ctrl_c_while_tlc_checks() {
    let ended = interrupted(CHECK, 1);
    assert_eq!(ended.code, Some(2));
    let why = "NOT COMPLETE: the run was interrupted; start it again";
    assert!(ended.stdout.contains(why), "{}", ended.stdout);
}

#[test]
fn ctrl_c_while_several_are_compared() {
    let ended = interrupted("compare outbox:all --jobs 2 --engine tlc", 2);
    assert_eq!(ended.code, Some(2));
    insta::assert_snapshot!(ended.stderr, @"
    error: outbox:publish-then-save (copies=2 messages=1 slots=1 crash=1): the run was interrupted; start it again
    error: outbox:save-then-publish (copies=2 messages=1 slots=1 crash=1): the run was interrupted; start it again
    error: interrupted; 9 of 11 variants were not started
    ");
}
