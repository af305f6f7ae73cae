//! Runs of TLC that do not finish.

use std::path::Path;

use super::place::{Place, json};

pub(crate) const CHECK: &str = "check outbox:check-and-return --engine tlc";

/// The reason that `check` and `compare` both give; neither looks like a pass.
#[track_caller]
fn reason(place: &Place) -> String {
    let check = place.run(CHECK);
    assert_eq!(check.code, Some(2), "{}{}", check.stdout, check.stderr);
    let machine = json(&place.run(&format!("{CHECK} --format json")));
    assert_eq!(machine["results"][0]["complete"], false);
    assert!(!check.stdout.contains("holds"), "{}", check.stdout);
    let (_, reason) = check.stdout.split_once("NOT COMPLETE: ").unwrap();
    let reason = reason.lines().next().unwrap().to_owned();
    let compare = place.refused("compare outbox:check-and-return --engine tlc");
    assert!(compare.contains(&reason), "{compare}");
    reason
}

#[test]
fn tlc_is_killed() {
    insta::assert_snapshot!(reason(&Place::with_java("kill -KILL $$")), @"a signal from outside ended TLC; if the system was short of memory, lower --tlc-heap or the bounds");
}

#[test]
fn tlc_runs_out_of_memory() {
    insta::assert_snapshot!(reason(&Place::replaying("out-of-memory", 75)), @"TLC ran out of memory; raise the heap with --tlc-heap, or lower the bounds");
}

#[test]
fn the_disk_is_full() {
    insta::assert_snapshot!(reason(&Place::replaying("disk-full", 255)), @"the disk with TLC's working files is full (java.io.IOException: No space left on device); free some space, or set TMPDIR to a larger disk");
}

/// TLC ignores a write that fails: it reports a pass, and the graph that it dumped has no end.
#[test]
fn the_dump_is_truncated() {
    let place = Place::with_java(
        "printf 'strict digraph DiskGraph {\\n1 [label=\"x = 0\",style = filled]\\n1 -> 2 [la' > graph.dot
         cat \"$LOG\"",
    );
    let log = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/tlc-logs/2.15/pass.log");
    let told = |arguments: &str| {
        let mut command = place.tandem(arguments);
        let ended = place.ended(&command.env("LOG", &log).output().unwrap());
        assert_eq!(ended.code, Some(2), "{}{}", ended.stdout, ended.stderr);
        assert!(!ended.stdout.contains("bug"), "{}", ended.stdout);
        // The free space is another one each time.
        let (before, after) = ended.stderr.split_once(" MB are free").unwrap();
        let before = before.trim_end_matches(|digit: char| digit.is_ascii_digit());
        format!("{before}N MB are free{after}")
    };
    insta::assert_snapshot!(told("compare outbox:check-and-return --engine tlc"), @"error: outbox:check-and-return (copies=1 messages=1 slots=1 crash=1): TLC finished, but the state graph that it wrote ends after line 3: TLC does not report a write that failed. The disk of [DIR]/tmp was probably full (N MB are free there now); free some space, or set TMPDIR to a larger disk, and run it again");
}

#[test]
fn tlc_runs_out_of_time() {
    let place = Place::with_java("sleep 600");
    let ended = place.run(&format!("{CHECK} --tlc-time-limit 1"));
    assert_eq!(ended.code, Some(2));
    assert!(
        ended
            .stdout
            .contains("NOT COMPLETE: TLC did not finish in time")
    );
}

#[test]
fn tlc_says_something_that_nobody_knows() {
    let place = Place::with_java("echo What a day; exit 99");
    insta::assert_snapshot!(place.refused("compare outbox:check-and-return --engine tlc"), @r"
error: outbox:check-and-return (copies=1 messages=1 slots=1 crash=1): TLC exited with code 99, and Tandem does not recognise the reason in its output; run the same command by hand to see all of it. It ends with:
What a day
");
}
