//! Runs the real TLC. These tests need Java 11 or newer on the PATH (or JAVA_HOME), and a
//! `tla2tools.jar`: one named by TANDEM_TLC_JAR, or the cached one, which is downloaded if there is
//! none. Without them the tests fail and say so; everything that can be tested without Java is
//! tested beside the code.

use std::path::Path;
use std::thread;
use std::time::{Duration, Instant};

use tandem_runner::cancel::Cancel;
use tandem_runner::tlc::env::Env;
use tandem_runner::tlc::jar::{self, Jar};
use tandem_runner::tlc::java::Java;
use tandem_runner::tlc::process::{Exit, RunOutput, TlcRun};
use tempfile::TempDir;

const COUNTER: &str = "---- MODULE Counter ----
\\* Zählt bis drei.
EXTENDS Naturals
VARIABLE x
Init == x = 0
Next == x < 3 /\\ x' = x + 1
Small == x < 3
====
";
const ENDLESS: &str = "---- MODULE Endless ----
EXTENDS Naturals
VARIABLE x
Init == x = 0
Next == x' = x + 1
====
";
const CFG: &str = "INIT Init\nNEXT Next\n";
/// Far above what any step takes on a busy machine; reached only by a hang.
const PATIENCE: Duration = Duration::from_secs(60);

fn java(env: &Env) -> Java {
    Java::find(env, &Cancel::new()).unwrap_or_else(|error| panic!("this test needs Java: {error}"))
}

fn jar(env: &Env) -> Jar {
    jar::locate_or_install(env, None, &Cancel::new(), &mut |_| {})
        .unwrap_or_else(|error| panic!("this test needs TLC: {error}"))
}

/// The process's own surroundings, but with a temporary folder that only one test uses.
fn surroundings() -> (Env, TempDir) {
    let temp = tempfile::tempdir().unwrap();
    let mut env = Env::from_process();
    env.temp_dir = temp.path().to_path_buf();
    (env, temp)
}

fn checking(env: &Env, module: &str, spec: &str, cfg: &str) -> TlcRun {
    let files = vec![
        (format!("{module}.tla"), spec.to_owned()),
        (format!("{module}.cfg"), cfg.to_owned()),
    ];
    let mut run = TlcRun::new(java(env), jar(env), module, files);
    run.heap_mb = Some(256);
    run.time_limit = Some(PATIENCE);
    run.deadlock_check = false;
    run
}

fn counter(env: &Env) -> TlcRun {
    checking(env, "Counter", COUNTER, CFG)
}

fn endless(env: &Env) -> TlcRun {
    checking(env, "Endless", ENDLESS, CFG)
}

fn is_empty(folder: &Path) -> bool {
    std::fs::read_dir(folder).unwrap().next().is_none()
}

fn wait_until(what: &str, condition: impl Fn() -> bool) {
    let deadline = Instant::now() + PATIENCE;
    while !condition() {
        assert!(Instant::now() < deadline, "never happened: {what}");
        thread::sleep(Duration::from_millis(20));
    }
}

fn assert_passed(output: &RunOutput) {
    assert_eq!(output.exit, Exit::Code(0), "{}", output.stdout);
    assert!(
        output
            .stdout
            .contains("4 distinct states found, 0 states left")
    );
}

#[test]
fn a_tiny_spec_passes_with_its_graph_and_leaves_nothing() {
    let (env, temp) = surroundings();
    let mut run = counter(&env);
    run.dump = true;
    let output = run.run(&env, &Cancel::new()).unwrap();
    assert_passed(&output);
    let graph = std::fs::read_to_string(output.dump.as_ref().unwrap()).unwrap();
    assert_eq!(graph.matches(" -> ").count(), 3);
    drop(output);
    assert!(is_empty(temp.path()));
}

#[test]
fn tlcs_exit_code_is_passed_on() {
    let (env, _temp) = surroundings();
    let cfg = format!("{CFG}INVARIANT Small\n");
    let run = checking(&env, "Counter", COUNTER, &cfg);
    let output = run.run(&env, &Cancel::new()).unwrap();
    assert_eq!(output.exit, Exit::Code(12), "{}", output.stdout);
}

#[test]
fn a_deadlock_is_an_error_only_if_it_is_checked() {
    let (env, _temp) = surroundings();
    let mut run = counter(&env);
    run.deadlock_check = true;
    let output = run.run(&env, &Cancel::new()).unwrap();
    assert_eq!(output.exit, Exit::Code(11), "{}", output.stdout);
}

#[test]
fn tlc_tells_its_version() {
    let (env, temp) = surroundings();
    let version = jar::version(&jar(&env), &java(&env), &env, &Cancel::new()).unwrap();
    assert!(version.starts_with("TLC2 Version 2."), "{version}");
    assert!(is_empty(temp.path()));
}

#[test]
fn six_runs_at_once_all_pass() {
    let (env, temp) = surroundings();
    thread::scope(|scope| {
        for _ in 0..6 {
            scope.spawn(|| assert_passed(&counter(&env).run(&env, &Cancel::new()).unwrap()));
        }
    });
    assert!(is_empty(temp.path()));
}

#[test]
fn a_time_out_kills_tlc_and_leaves_nothing() {
    let (env, temp) = surroundings();
    let mut run = endless(&env);
    run.time_limit = Some(Duration::from_secs(2));
    let output = run.run(&env, &Cancel::new()).unwrap();
    assert_eq!(output.exit, Exit::TimedOut);
    assert!(output.elapsed < PATIENCE);
    drop(output);
    assert!(is_empty(temp.path()));
}

#[test]
fn a_cancelled_run_leaves_nothing() {
    let (env, temp) = surroundings();
    let cancel = Cancel::new();
    let run = endless(&env);
    thread::scope(|scope| {
        scope.spawn(|| {
            thread::sleep(Duration::from_secs(1));
            cancel.cancel();
        });
        let output = run.run(&env, &cancel).unwrap();
        assert_eq!(output.exit, Exit::Interrupted);
    });
    assert!(is_empty(temp.path()));
}

/// What becomes of TLC when signals hit Tandem itself; Linux tells by `/proc` which process works in
/// which folder.
#[cfg(target_os = "linux")]
mod signals {
    use std::env;
    use std::fs;
    use std::process::{Child, Command, Stdio};

    use super::*;

    /// Asks the helper below to work; its value is the temporary folder to work in.
    const HELP: &str = "TANDEM_TEST_HELPER";

    /// Not a test: this program is started a second time with this name to play Tandem's part.
    #[test]
    #[ignore = "a helper that the tests beside it start"]
    fn helper() {
        let Some(temp) = env::var_os(HELP) else {
            return;
        };
        let mut env = Env::from_process();
        env.temp_dir = temp.into();
        let cancel = Cancel::on_signals().unwrap();
        let output = endless(&env).run(&env, &cancel).unwrap();
        assert_eq!(output.exit, Exit::Interrupted);
    }

    /// A second Tandem whose TLC has started to work in the folder.
    fn started(temp: &Path) -> Child {
        let (env, _temp) = surroundings();
        jar(&env); // Installed before the clock starts.
        let child = Command::new(env::current_exe().unwrap())
            .args(["--exact", "tlc_process::signals::helper", "--ignored"])
            .env(HELP, temp)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        wait_until("TLC works", || {
            !javas_in(temp).is_empty() && has_states(temp)
        });
        child
    }

    /// The processes called java whose current folder is in this one.
    fn javas_in(temp: &Path) -> Vec<String> {
        fs::read_dir("/proc")
            .unwrap()
            .flatten()
            .filter(|entry| {
                fs::read_link(entry.path().join("cwd")).is_ok_and(|cwd| cwd.starts_with(temp))
            })
            .filter_map(|entry| fs::read_to_string(entry.path().join("comm")).ok())
            .filter(|name| name.trim() == "java")
            .collect()
    }

    fn has_states(temp: &Path) -> bool {
        fs::read_dir(temp)
            .unwrap()
            .flatten()
            .any(|run| run.path().join("states").exists())
    }

    fn send(signal: &str, child: &Child) {
        let pid = child.id().to_string();
        let status = Command::new("kill").args([signal, &pid]).status().unwrap();
        assert!(status.success());
    }

    fn is_stopped_cleanly_by(signal: &str) {
        let temp = tempfile::tempdir().unwrap();
        let mut child = started(temp.path());
        send(signal, &child);
        assert!(child.wait().unwrap().success());
        assert_eq!(javas_in(temp.path()), [""; 0]);
        assert!(is_empty(temp.path()));
    }

    #[test]
    fn ctrl_c_stops_tlc_and_leaves_nothing() {
        is_stopped_cleanly_by("-INT");
    }

    #[test]
    fn a_termination_signal_stops_tlc_and_leaves_nothing() {
        is_stopped_cleanly_by("-TERM");
    }

    #[test]
    fn a_killed_tandem_leaves_no_java_and_the_next_run_removes_its_folder() {
        let (env, temp) = surroundings();
        if which::which("setpriv").is_err() {
            return; // Without it nothing is promised.
        }
        let mut child = started(temp.path());
        send("-KILL", &child);
        child.wait().unwrap();
        wait_until("java ends", || javas_in(temp.path()).is_empty());
        assert!(!is_empty(temp.path()), "nobody could remove the folder");
        assert_passed(&counter(&env).run(&env, &Cancel::new()).unwrap());
        assert!(is_empty(temp.path()));
    }
}
