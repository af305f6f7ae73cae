//! Tests with a fake java: its input, what is kept of its output, and what is left behind.

use std::path::PathBuf;
use std::thread;
use std::time::Instant;

use super::*;
use crate::tlc::fakes::{Fakes, scrub};
use crate::tlc::jar::JarSource;

fn run_of(fakes: &Fakes) -> TlcRun {
    let java = Java {
        path: fakes.path("bin/java"),
        major: 17,
        version: "17".into(),
    };
    let jar = Jar {
        path: PathBuf::from("/opt/tla tools/tla2tools.jar"),
        source: JarSource::Option,
        sha256: String::new(),
        release: None,
    };
    let files = vec![
        ("X.tla".to_owned(), "---- MODULE X ----".to_owned()),
        ("X.cfg".to_owned(), "INIT Init".to_owned()),
    ];
    let mut run = TlcRun::new(java, jar, "X", files);
    run.heap_mb = Some(512);
    run
}

fn run(fakes: &Fakes, run: &TlcRun, script: &str) -> Result<RunOutput, ProcessError> {
    fakes.program("java", script);
    run.run(&fakes.env(), &Cancel::new())
}

#[test]
fn the_command_line_can_be_pasted_into_a_shell() {
    let fakes = Fakes::new();
    let mut run = run_of(&fakes);
    insta::assert_snapshot!(scrub(&run.command_line().to_string(), &fakes), @"[DIR]/bin/java -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -XX:-UsePerfData -Duser.language=en -Duser.country=US -Dfile.encoding=UTF-8 -Dstdout.encoding=UTF-8 -Dstderr.encoding=UTF-8 -Xmx512m -Djava.io.tmpdir=tmp -cp '/opt/tla tools/tla2tools.jar' tlc2.TLC -tool -workers 1 -metadir states -config X.cfg X.tla");
    run.deadlock_check = false;
    run.dump = true;
    run.long = true;
    run.workers = 0;
    run.extra = vec!["-seed".into(), "7".into()];
    insta::assert_snapshot!(scrub(&run.command_line().to_string(), &fakes), @"[DIR]/bin/java -XX:+UseSerialGC -XX:-UsePerfData -Duser.language=en -Duser.country=US -Dfile.encoding=UTF-8 -Dstdout.encoding=UTF-8 -Dstderr.encoding=UTF-8 -Xmx512m -Djava.io.tmpdir=tmp -cp '/opt/tla tools/tla2tools.jar' tlc2.TLC -tool -deadlock -workers 1 -metadir states -dump dot,actionlabels graph -seed 7 -config X.cfg X.tla");
}

#[test]
fn words_are_quoted_where_a_shell_needs_it() {
    assert_eq!(quoted("a=b,c"), "a=b,c");
    assert_eq!(quoted(""), "''");
    assert_eq!(quoted("it's $HOME"), r"'it'\''s $HOME'");
}

#[test]
fn java_gets_the_shown_arguments_in_a_folder_with_the_files() {
    let fakes = Fakes::new();
    let tlc = run_of(&fakes);
    let output = run(
        &fakes,
        &tlc,
        r#"printf '%s\n' "$@"; cat X.tla X.cfg >&2; exit 12"#,
    )
    .unwrap();
    assert_eq!(output.exit, Exit::Code(12));
    let given: Vec<_> = output.stdout.lines().map(OsString::from).collect();
    assert_eq!(given, tlc.command_line().words()[1..]);
    assert_eq!(output.stderr, "---- MODULE X ----INIT Init");
    let folder = output.folder.path().to_path_buf();
    assert!(folder.exists());
    drop(output);
    assert!(!folder.exists());
}

#[test]
fn the_dump_is_returned_if_it_was_written() {
    let fakes = Fakes::new();
    let mut tlc = run_of(&fakes);
    tlc.dump = true;
    let output = run(&fakes, &tlc, "echo 'digraph {}' > graph.dot").unwrap();
    let dump = std::fs::read_to_string(output.dump.as_ref().unwrap()).unwrap();
    assert_eq!(dump, "digraph {}\n");
    assert_eq!(run(&fakes, &tlc, "exit 150").unwrap().dump, None);
}

#[test]
fn both_pipes_may_be_full_and_need_not_be_utf_8() {
    let fakes = Fakes::new();
    let script = "head -c 3000000 /dev/zero; head -c 3000000 /dev/zero >&2; printf 'a\\377b'";
    let output = run(&fakes, &run_of(&fakes), script).unwrap();
    assert_eq!(output.exit, Exit::Code(0));
    assert!(output.stdout.ends_with("a\u{FFFD}b"));
    assert_eq!(output.stderr.len(), 3_000_000);
}

#[test]
fn endless_output_is_stopped() {
    let fakes = Fakes::new();
    let mut tlc = run_of(&fakes);
    tlc.output_limit_bytes = 5_000_000;
    let error = run(&fakes, &tlc, "yes").unwrap_err().to_string();
    insta::assert_snapshot!(error, @"TLC printed more than 5 MB while checking X and was stopped: remove Print and PrintT from the spec, or check a smaller model");
    assert!(fakes.names("temp").is_empty());
}

#[test]
fn a_signal_from_outside_is_told() {
    let fakes = Fakes::new();
    let output = run(&fakes, &run_of(&fakes), "kill -TERM $$; sleep 60").unwrap();
    assert_eq!(output.exit, Exit::Signal(15));
}

/// The fake program's `sleep` is a child that holds the pipes open, so the whole group must be
/// killed to end both.
#[test]
fn a_time_out_kills_the_whole_group_and_keeps_what_was_said() {
    let fakes = Fakes::new();
    let mut tlc = run_of(&fakes);
    tlc.time_limit = Some(Duration::from_millis(500));
    let started = Instant::now();
    let output = run(&fakes, &tlc, "echo working; sleep 60; echo done").unwrap();
    assert_eq!(output.exit, Exit::TimedOut);
    assert_eq!(output.stdout, "working\n");
    assert!(started.elapsed() < Duration::from_secs(20));
    drop(output);
    assert!(fakes.names("temp").is_empty());
}

#[test]
fn a_cancelled_run_is_interrupted_and_leaves_nothing() {
    let fakes = Fakes::new();
    fakes.program("java", "sleep 60");
    let cancel = Cancel::new();
    let started = Instant::now();
    thread::scope(|scope| {
        scope.spawn(|| {
            thread::sleep(Duration::from_millis(200));
            cancel.cancel();
        });
        let output = run_of(&fakes).run(&fakes.env(), &cancel).unwrap();
        assert_eq!(output.exit, Exit::Interrupted);
    });
    assert!(started.elapsed() < Duration::from_secs(20));
    assert!(fakes.names("temp").is_empty());
}

/// A process that the child left behind holds a pipe open. It must not block the run.
#[test]
fn a_daemon_left_by_the_child_does_not_block() {
    let fakes = Fakes::new();
    let started = Instant::now();
    let output = run(&fakes, &run_of(&fakes), "sleep 6 & echo done").unwrap();
    assert_eq!(
        (output.exit, output.stdout.as_str()),
        (Exit::Code(0), "done\n")
    );
    assert!(started.elapsed() < Duration::from_secs(5));
}

#[test]
fn setpriv_is_used_if_it_knows_the_option_and_done_without_otherwise() {
    let fakes = Fakes::new();
    fakes.program("java", r#"echo "via=$VIA""#);
    fakes.program(
        "setpriv",
        r#"[ "$1 $2" = "--pdeathsig KILL" ] || exit 1; shift 2; VIA=setpriv exec "$@""#,
    );
    let said = |fakes: &Fakes| {
        run_of(fakes)
            .run(&fakes.env(), &Cancel::new())
            .unwrap()
            .stdout
    };
    // The trial calls the fake program with `--version`, which it refuses as BusyBox refuses the
    // option.
    assert_eq!(said(&fakes), "via=\n");
    fakes.program(
        "setpriv",
        r#"[ "$1" = --version ] && exit 0; shift 2; VIA=setpriv exec "$@""#,
    );
    if cfg!(target_os = "linux") {
        assert_eq!(said(&fakes), "via=setpriv\n");
    }
}

#[test]
fn names_that_leave_the_folder_are_refused() {
    let fakes = Fakes::new();
    for name in [
        "../X.tla", "/X.tla", "", "-X.tla", ".X", "a b", "a\\b", "a:b",
    ] {
        let mut tlc = run_of(&fakes);
        tlc.files.push((name.to_owned(), String::new()));
        let result = run(&fakes, &tlc, "exit 0");
        assert!(
            matches!(result, Err(ProcessError::BadName { .. })),
            "{name}"
        );
    }
    let mut tlc = run_of(&fakes);
    tlc.module = "-h".to_owned();
    insta::assert_snapshot!(run(&fakes, &tlc, "exit 0").unwrap_err(), @r#""-h" cannot name a file of a TLC run: use letters, digits, `_`, `-` and `.`, starting with a letter, a digit or `_`"#);
}

#[test]
fn a_temporary_folder_that_is_not_there_is_told() {
    let fakes = Fakes::new();
    let mut env = fakes.env();
    env.temp_dir = fakes.path("nowhere");
    let error = run_of(&fakes).run(&env, &Cancel::new()).unwrap_err();
    let text = scrub(&error.to_string(), &fakes);
    // The name of the folder that was tried is random.
    assert!(
        text.starts_with("cannot create a folder for TLC in [DIR]/nowhere: "),
        "{text}"
    );
    assert!(text.ends_with("; free some space there or set TMPDIR to another folder"));
}

#[test]
fn a_java_that_is_gone_is_told() {
    let fakes = Fakes::new();
    let error = run_of(&fakes)
        .run(&fakes.env(), &Cancel::new())
        .unwrap_err();
    insta::assert_snapshot!(scrub(&error.to_string(), &fakes), @"cannot run [DIR]/bin/java: No such file or directory (os error 2); check that `java -version` works");
    assert!(fakes.names("temp").is_empty());
}

/// A full disk cannot be produced in a test; a folder in the place of the file has the same effect.
#[test]
fn a_file_that_cannot_be_written_is_told_and_nothing_is_left() {
    let fakes = Fakes::new();
    let mut tlc = run_of(&fakes);
    tlc.files.push((SCRATCH.to_owned(), String::new()));
    let error = run(&fakes, &tlc, "exit 0").unwrap_err();
    assert!(matches!(error, ProcessError::NotWritten { .. }), "{error}");
    assert!(fakes.names("temp").is_empty());
}
