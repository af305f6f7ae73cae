//! The binary as a user meets it: bad input, missing tools, limits, signals. Every run has a
//! temporary folder of its own, which must be empty afterwards.
//!
//! Most tests play Java with a shell script. Those in `with_java` need Java 11 or newer and
//! `tla2tools.jar`, as those of `tlc_process.rs` do.

#![cfg(unix)]

mod common;

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use assert_cmd::cargo::cargo_bin;
use serde_json::Value as Json;
use tempfile::TempDir;

/// A search path, a cache, a temporary folder, and a jar that passes for TLC's.
struct Place(TempDir);

/// What became of a run.
struct Ended {
    code: Option<i32>,
    stdout: String,
    stderr: String,
}

impl Place {
    fn new() -> Self {
        let place = Place(tempfile::tempdir().unwrap());
        for folder in ["bin", "cache", "tmp"] {
            fs::create_dir(place.path(folder)).unwrap();
        }
        let mut jar = zip::ZipWriter::new(fs::File::create(place.path("fake.jar")).unwrap());
        let options = zip::write::SimpleFileOptions::default();
        jar.start_file("tlc2/TLC.class", options).unwrap();
        jar.finish().unwrap();
        place
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    /// A place whose Java tells its version, and does this when it is asked to run TLC.
    fn with_java(script: &str) -> Self {
        let place = Self::new();
        let java = place.path("bin/java");
        let text = format!(
            "#!/bin/sh\nPATH=/usr/bin:/bin\ncase \"$*\" in *-version*) \
             echo 'openjdk version \"21\"' >&2; exit 0;; esac\n{script}\n"
        );
        fs::write(&java, text).unwrap();
        let executable = std::os::unix::fs::PermissionsExt::from_mode(0o755);
        fs::set_permissions(&java, executable).unwrap();
        place
    }

    /// A Java that prints a recorded log of TLC 2.15 and ends with its code.
    fn replaying(log: &str, code: u8) -> Self {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/tlc-logs/2.15");
        Self::with_java(&format!(
            "cat '{}/{log}.log'; exit {code}",
            folder.display()
        ))
    }

    /// `tandem`, which sees nothing but this place.
    fn tandem(&self, arguments: &str) -> Command {
        let mut command = Command::new(cargo_bin("tandem"));
        command
            .args(arguments.split_whitespace())
            .env_clear()
            .env("PATH", self.path("bin"))
            .env("TMPDIR", self.path("tmp"))
            .env("TANDEM_CACHE_DIR", self.path("cache"))
            .env("TANDEM_TLC_JAR", self.path("fake.jar"))
            .stdin(Stdio::null());
        command
    }

    fn ended(&self, output: &Output) -> Ended {
        let scrub = |bytes: &[u8]| {
            let text = String::from_utf8(bytes.to_vec()).unwrap();
            text.replace(self.0.path().to_str().unwrap(), "[DIR]")
        };
        assert_eq!(self.left_behind(), Vec::<PathBuf>::new());
        Ended {
            code: output.status.code(),
            stdout: scrub(&output.stdout),
            stderr: scrub(&output.stderr),
        }
    }

    fn left_behind(&self) -> Vec<PathBuf> {
        let entries = fs::read_dir(self.path("tmp")).unwrap();
        entries.map(|entry| entry.unwrap().path()).collect()
    }

    fn run(&self, arguments: &str) -> Ended {
        self.ended(&self.tandem(arguments).output().unwrap())
    }

    /// What is said about a run that could not be made: on stderr, with exit code 2.
    #[track_caller]
    fn refused(&self, arguments: &str) -> String {
        let ended = self.run(arguments);
        assert_eq!(ended.code, Some(2), "{}{}", ended.stdout, ended.stderr);
        assert!(!ended.stderr.contains("panicked"), "{}", ended.stderr);
        ended.stderr
    }
}

fn run(arguments: &str) -> Ended {
    Place::new().run(arguments)
}

#[track_caller]
fn refused(arguments: &str) -> String {
    Place::new().refused(arguments)
}

fn json(ended: &Ended) -> Json {
    serde_json::from_str(&ended.stdout).unwrap()
}

mod bad_input {
    use super::*;

    #[test]
    fn an_unknown_protocol_gets_a_suggestion() {
        insta::assert_snapshot!(refused("check outbx"), @"error: there is no protocol 'outbx'; did you mean 'outbox'? `tandem list` shows all");
        insta::assert_snapshot!(refused("compare outbx:all"), @"error: there is no protocol 'outbx'; did you mean 'outbox'? `tandem list` shows all");
        insta::assert_snapshot!(refused("list outbx"), @"error: there is no protocol 'outbx'; did you mean 'outbox'? `tandem list` shows all");
    }

    #[test]
    fn an_unknown_protocol_like_no_other_gets_all_names() {
        let stderr = refused("check zzz");
        assert!(
            stderr.starts_with("error: there is no protocol 'zzz'; there are: "),
            "{stderr}"
        );
        assert!(stderr.contains("outbox"));
    }

    #[test]
    fn an_unknown_variant_gets_a_suggestion() {
        insta::assert_snapshot!(refused("check outbox:transaction"), @"error: 'outbox' has no variant 'transaction'; did you mean 'transactional'? `tandem list` shows all");
        insta::assert_snapshot!(refused("check outbox:"), @"error: 'outbox' has no variant ''; there are: publish-then-save, save-then-publish, check-and-return, marked-before, marked-after, marked-after-concurrent, ids-with-state, derived-ids, reject-duplicates, blind-write, transactional, all");
    }

    #[test]
    fn an_unknown_parameter_gets_a_suggestion() {
        insta::assert_snapshot!(refused("check outbox --set mesages=2"), @"error: 'outbox' has no parameter 'mesages'; did you mean 'messages'? `tandem list` shows all");
    }

    #[test]
    fn a_parameter_out_of_range_is_told_its_range() {
        insta::assert_snapshot!(refused("check outbox --set messages=9"), @"error: messages=9 is out of range for 'outbox': it may be 1 to 4 (commands; two let one change the order between another's attempts)");
        insta::assert_snapshot!(refused("check outbox --set messages=0"), @"error: messages=0 is out of range for 'outbox': it may be 1 to 4 (commands; two let one change the order between another's attempts)");
        insta::assert_snapshot!(refused("check outbox --fault crash=9"), @"error: crash=9 is out of range for 'outbox': it may be 0 to 3 (one lets any attempt stop half-way and be repeated)");
    }

    #[test]
    fn a_setting_that_is_none_is_told_the_form() {
        insta::assert_snapshot!(refused("check outbox --set messages"), @r"
error: invalid value 'messages' for '--set <NAME=VALUE>': 'messages' is not NAME=VALUE

For more information, try '--help'.
");
        insta::assert_snapshot!(refused("check outbox --set messages=many"), @r"
error: invalid value 'messages=many' for '--set <NAME=VALUE>': 'many' is not a whole number from 0 to 255

For more information, try '--help'.
");
        insta::assert_snapshot!(refused("check outbox --set messages=-1"), @r"
error: invalid value 'messages=-1' for '--set <NAME=VALUE>': '-1' is not a whole number from 0 to 255

For more information, try '--help'.
");
        insta::assert_snapshot!(refused("check outbox --fault crash=300"), @r"
error: invalid value 'crash=300' for '--fault <KIND=N>': '300' is not a whole number from 0 to 255

For more information, try '--help'.
");
    }

    #[test]
    fn an_unknown_fault_is_told_what_there_is() {
        insta::assert_snapshot!(refused("check outbox --fault boom=1"), @r"
error: invalid value 'boom=1' for '--fault <KIND=N>': there is no fault named 'boom'; there are: crash, duplicate, lease, lose, fail, unknown, late, forget

For more information, try '--help'.
");
        insta::assert_snapshot!(refused("check outbox --fault forget=1"), @"error: 'outbox' has no fault 'forget'; there are: crash, duplicate, lease");
    }

    #[test]
    fn the_larger_setting_of_a_variant_that_has_none() {
        insta::assert_snapshot!(refused("check outbox:marked-after --large"), @"error: outbox:marked-after names no larger setting; `tandem list` shows which variants do");
    }

    #[test]
    fn show_is_about_one_variant() {
        let stderr = refused("show outbox:all");
        assert!(
            stderr.contains("say which, as in `tandem show outbox`"),
            "{stderr}"
        );
    }
}

mod exit_codes {
    use super::*;

    #[test]
    fn one_variant_is_judged_by_what_it_claims() {
        assert_eq!(run("check outbox").code, Some(0));
        assert_eq!(run("check outbox:check-and-return").code, Some(1));
    }

    #[test]
    fn several_are_judged_by_what_the_catalogue_expects() {
        let ended = run("check outbox:all");
        assert_eq!(ended.code, Some(0), "{}", ended.stdout);
        assert_eq!(ended.stdout.matches("broken, as expected").count(), 10);
    }

    #[test]
    fn a_reader_that_goes_away_is_no_error_of_list_but_leaves_a_check_open() {
        let place = Place::new();
        for (arguments, code) in [("list", 0), ("check outbox:all --jobs 1", 2)] {
            let mut command = place.tandem(arguments);
            let piped = command.stdout(Stdio::piped()).stderr(Stdio::piped());
            let mut child = piped.spawn().unwrap();
            // Closed before anything is written, or after the first line.
            drop(child.stdout.take());
            let ended = place.ended(&child.wait_with_output().unwrap());
            assert_eq!(
                (ended.code, &*ended.stderr),
                (Some(code), ""),
                "{arguments}"
            );
        }
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn a_result_that_cannot_be_written_is_an_error() {
        let place = Place::new();
        let full = fs::File::create("/dev/full").unwrap();
        let output = place.tandem("list").stdout(full).output().unwrap();
        let ended = place.ended(&output);
        assert_eq!(ended.code, Some(2));
        insta::assert_snapshot!(ended.stderr, @"error: No space left on device (os error 28)");
    }
}

mod limits {
    use super::*;

    pub(super) fn is_no_pass(arguments: &str, why: &str) {
        let text = run(arguments);
        assert_eq!(text.code, Some(2));
        assert!(
            text.stdout.contains(&format!("NOT COMPLETE: {why}")),
            "{}",
            text.stdout
        );
        assert!(!text.stdout.contains("holds"), "{}", text.stdout);
        let machine = run(&format!("{arguments} --format json"));
        assert_eq!(machine.code, Some(2));
        let result = &json(&machine)["results"][0];
        assert_eq!(result["complete"], false);
        let properties = result["properties"].as_array().unwrap().iter();
        let mut always = properties.filter(|p| p["expectation"] == "always");
        assert!(
            always.all(|property| property["verdict"] == "unknown"),
            "{result}"
        );
    }

    #[test]
    fn a_limit_of_states_is_said_and_no_pass() {
        let why = "stopped at 10 raw states; raise --max-states or lower the bounds";
        is_no_pass("check outbox --max-states 10", why);
    }

    #[test]
    fn a_limit_of_time_is_said_and_no_pass() {
        let why = "stopped after 0 s; raise --time-limit or lower the bounds";
        is_no_pass("check outbox --time-limit 0", why);
    }

    #[test]
    fn several_variants_cut_short_are_no_pass() {
        let ended = run("check outbox:all --max-states 3");
        assert_eq!(ended.code, Some(2));
        assert!(!ended.stdout.contains("all hold"), "{}", ended.stdout);
        assert!(
            ended
                .stdout
                .contains("0 variants as expected, 0 not, 11 not"),
            "{}",
            ended.stdout
        );
    }

    #[test]
    fn a_comparison_cut_short_is_none() {
        let place = Place::replaying("pass", 0);
        let arguments = "compare outbox --max-states 10";
        insta::assert_snapshot!(place.refused(arguments), @"error: outbox:transactional (copies=2 messages=2 slots=2 crash=1): the Rust model was not enumerated completely: stopped at 10 raw states; raise --max-states or lower the bounds");
        let machine = json(&place.run(&format!("{arguments} --format json")));
        assert_eq!(machine["comparisons"], Json::Array(vec![]));
        assert_eq!(machine["errors"][0]["variant"], "transactional");
    }
}

mod random {
    use super::*;

    #[test]
    fn a_claimed_guarantee_found_violated_is_a_failure_and_the_seed_is_told() {
        let ended = run("check outbox:check-and-return --random");
        assert_eq!(ended.code, Some(1), "{}", ended.stderr);
        for part in [
            "walks of at most 1,000, seed 1,",
            "✗ NoLostOutput           violated in 8 steps",
            "? NoDoubleEffect         unknown",
            "and shrunk: there may be a shorter path)",
        ] {
            assert!(ended.stdout.contains(part), "{part}: {}", ended.stdout);
        }
    }

    #[test]
    fn walks_that_find_nothing_are_no_pass() {
        let arguments = "check outbox --random --walks 20 --steps 5 --seed 3";
        let why = "random walks can show a violation, never that there is none";
        limits::is_no_pass(arguments, why);
        let result = &json(&run(&format!("{arguments} --format json")))["results"][0];
        assert_eq!(result["engine"], "random");
        assert_eq!(result["depth"], Json::Null);
        assert_eq!(result["transitions"], Json::Null);
        assert_eq!(
            result["random"],
            serde_json::json!({
                "seed": 3,
                "walks": 20,
                "steps": 100,
                "max_steps": 5,
                "met": [{ "property": "AllSlotsBusy", "walk": 2, "steps": 2 }],
            })
        );
        let all = run("check outbox:all --random --walks 1");
        assert_eq!(all.code, Some(2), "{}", all.stderr);
    }

    #[test]
    fn a_run_is_repeated_from_its_seed() {
        let arguments = "check outbox:derived-ids --random --format json --seed 5";
        let first = run(arguments);
        assert_eq!(first.code, Some(1), "{}", first.stderr);
        assert_eq!(first.stdout, run(arguments).stdout);
        let threads = run(&format!("{arguments} --threads 3"));
        assert_eq!(first.stdout, threads.stdout);
    }

    #[test]
    fn walks_last_as_long_as_there_is_time() {
        let ended = run("check outbox --random --time-limit 1");
        assert_eq!(ended.code, Some(2), "{}", ended.stderr);
        let why = "never that there is none; stopped after 1 s";
        assert!(ended.stdout.contains(why), "{}", ended.stdout);
    }

    #[test]
    fn options_of_walks_are_for_walks() {
        for (arguments, part) in [
            ("check outbox --seed 3", "required arguments"),
            ("check outbox --walks 3", "required arguments"),
            ("check outbox --random --engine tlc", "cannot be used with"),
            ("check outbox --random --max-depth 3", "cannot be used with"),
            ("check outbox --random --steps 0", "0 is not in 1.."),
        ] {
            let stderr = refused(arguments);
            assert!(stderr.contains(part), "{arguments}: {stderr}");
        }
    }
}

/// Java and the jar, missing or broken.
mod tools {
    use super::*;

    #[test]
    fn no_java() {
        insta::assert_snapshot!(refused("compare outbox"), @"error: java was not found: JAVA_HOME is not set and no folder of PATH has it; TLC needs it: install a JDK or JRE of version 11 or newer (Debian and Ubuntu: `apt install default-jre-headless`, macOS: `brew install openjdk`, Windows: `winget install EclipseAdoptium.Temurin.21.JRE`)");
        // The Rust side needs none.
        assert_eq!(run("check outbox:check-and-return").code, Some(1));
    }

    #[test]
    fn a_wrong_java_home() {
        let place = Place::with_java("exit 1");
        let mut command = place.tandem("check outbox --engine tlc");
        let output = command
            .env("JAVA_HOME", place.path("nowhere"))
            .output()
            .unwrap();
        let ended = place.ended(&output);
        assert_eq!(ended.code, Some(2));
        insta::assert_snapshot!(ended.stderr, @"error: JAVA_HOME is set to [DIR]/nowhere, which has no bin/java: correct the variable or unset it, so that PATH is searched");
    }

    #[test]
    fn no_jar_where_it_should_be() {
        let place = Place::with_java("exit 1");
        let stderr = place.refused("compare outbox --tlc-jar /nowhere/tla2tools.jar");
        insta::assert_snapshot!(stderr, @"error: --tlc-jar names /nowhere/tla2tools.jar, but there is no such file: name a tla2tools.jar such as that of https://github.com/tlaplus/tlaplus/releases/tag/v1.7.4");
        insta::assert_snapshot!(place.refused("tlc path --tlc-jar /nowhere/x.jar"), @"error: --tlc-jar names /nowhere/x.jar, but there is no such file: name a tla2tools.jar such as that of https://github.com/tlaplus/tlaplus/releases/tag/v1.7.4");
    }

    #[test]
    fn a_jar_that_is_none() {
        let place = Place::with_java("exit 1");
        fs::write(place.path("fake.jar"), "PK and nothing more").unwrap();
        insta::assert_snapshot!(place.refused("compare outbox"), @"error: TANDEM_TLC_JAR names [DIR]/fake.jar, but that is not a readable jar (invalid Zip archive: Could not find EOCD): name a tla2tools.jar such as that of https://github.com/tlaplus/tlaplus/releases/tag/v1.7.4");
    }

    #[test]
    fn a_jar_of_something_else() {
        let place = Place::with_java("exit 1");
        let mut jar = zip::ZipWriter::new(fs::File::create(place.path("fake.jar")).unwrap());
        let options = zip::write::SimpleFileOptions::default();
        jar.start_file("org/example/Main.class", options).unwrap();
        jar.finish().unwrap();
        insta::assert_snapshot!(place.refused("compare outbox"), @"error: TANDEM_TLC_JAR names [DIR]/fake.jar, but that jar has no tlc2/TLC.class: name a tla2tools.jar such as that of https://github.com/tlaplus/tlaplus/releases/tag/v1.7.4");
    }

    #[test]
    fn a_corrupt_jar_in_the_cache() {
        let place = Place::with_java("exit 1");
        fs::write(place.path("cache/tla2tools.jar"), "half of a downl").unwrap();
        let mut command = place.tandem("compare outbox");
        let ended = place.ended(&command.env_remove("TANDEM_TLC_JAR").output().unwrap());
        assert_eq!(ended.code, Some(2));
        insta::assert_snapshot!(ended.stderr, @"error: the cached [DIR]/cache/tla2tools.jar is corrupt (its SHA-256 ffc8fcc21f7c53cb391197f166ed50482f896ff0703ac84e58d8663b68769302 is none that Tandem installs): delete it or run `tandem tlc install`");
    }

    #[test]
    fn a_temporary_folder_that_is_none() {
        let place = Place::with_java("exit 1");
        let mut command = place.tandem("compare outbox");
        let ended = place.ended(&command.env("TMPDIR", "/nowhere").output().unwrap());
        assert_eq!(ended.code, Some(2));
        // The name in between is another one each time.
        let (start, end) = (
            "error: cannot create a folder for TLC in /nowhere: No such file",
            "; free some space there or set TMPDIR to another folder\n",
        );
        assert!(ended.stderr.starts_with(start) && ended.stderr.ends_with(end));
    }
}

/// TLC, as far as it comes.
mod half_way {
    use super::*;

    const CHECK: &str = "check outbox:check-and-return --engine tlc";

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
        let compare = place.refused("compare outbox:check-and-return");
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
        insta::assert_snapshot!(place.refused("compare outbox:check-and-return"), @r"
error: outbox:check-and-return (copies=1 messages=1 slots=1 crash=1): TLC exited with code 99, and its output does not say why in a way Tandem knows; run the same command by hand to see all of it. It ends with:
What a day
");
    }

    /// Runs until the fake Java has started, sends the signal, and waits for the end.
    fn interrupted(arguments: &str) -> Ended {
        let place = Place::with_java("echo $$ > \"$0.pid\"; exec sleep 600");
        let mut command = place.tandem(arguments);
        let child = command
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let pid = place.path("bin/java.pid");
        wait_until("java runs", || {
            fs::read_to_string(&pid).is_ok_and(|p| p.ends_with('\n'))
        });
        signal(&child);
        let ended = place.ended(&child.wait_with_output().unwrap());
        let java = fs::read_to_string(&pid).unwrap();
        assert!(
            !Path::new("/proc").join(java.trim()).exists(),
            "java runs on"
        );
        ended
    }

    #[test]
    fn ctrl_c_while_tlc_checks() {
        let ended = interrupted(CHECK);
        assert_eq!(ended.code, Some(2));
        let why = "NOT COMPLETE: the run was interrupted; start it again";
        assert!(ended.stdout.contains(why), "{}", ended.stdout);
    }

    #[test]
    fn ctrl_c_while_several_are_compared() {
        let ended = interrupted("compare outbox:all --jobs 2");
        assert_eq!(ended.code, Some(2));
        insta::assert_snapshot!(ended.stderr, @"
        error: outbox:publish-then-save (copies=2 messages=1 slots=1 crash=1): the run was interrupted; start it again
        error: outbox:save-then-publish (copies=2 messages=1 slots=1 crash=1): the run was interrupted; start it again
        error: interrupted; 9 of 11 variants were not started
        ");
    }
}

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

#[test]
fn ctrl_c_while_the_rust_side_is_checked_keeps_what_was_found() {
    let place = Place::new();
    // The right variant takes some seconds; the first line comes at once.
    let mut command = place.tandem("check outbox:all --jobs 2");
    let mut child = command
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let first = lines.next().unwrap().unwrap();
    signal(&child);
    let rest: Vec<_> = lines.map(Result::unwrap).collect();
    let ended = place.ended(&child.wait_with_output().unwrap());
    assert_eq!(ended.code, Some(2), "{rest:?}");
    assert!(first.starts_with("✓ outbox:publish-then-save"), "{first}");
    assert!(
        rest.last().unwrap().ends_with("not checked completely"),
        "{rest:?}"
    );
    assert!(!rest.last().unwrap().contains(" 0 not checked"), "{rest:?}");
}

mod with_java {
    use super::*;

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
}
