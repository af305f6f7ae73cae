//! `tandem exercise setup`: checks whether a machine is ready for the course, and reports what is missing.
//!
//! Each check ends with ✓ (present), · (not needed) or ✗ (missing, with instructions). Only the instructions
//! for Linux were tested; the others say so.

use std::io::Write;
use std::process::{Command, Stdio};
use std::time::Duration;

use tandem_check::report::Standing;
use tandem_coach::cargo::{Built, build_offline, cargo};
use tandem_coach::course::{Course, Exercise};
use tandem_coach::program::{Attempt, attempt};
use tandem_coach::tla;
use tandem_search::cancel::Cancel;
use tandem_tla::tlc::child::answer;
use tandem_tla::tlc::env::Env;
use tandem_tla::tlc::jar;
use tandem_tla::tlc::java::Java;

use super::Context;
use super::doctor::scratch;

/// The time limit for a program that is run to get its version.
const TIME_LIMIT: Duration = Duration::from_secs(60);

/// The exercise that is built and run.
const SMOKE: &str = "two-tabs";

/// Something that may be missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Need {
    Rust,
    Linker,
    Java,
    Network,
}

/// How to install it on an operating system, with the names of [`std::env::consts::OS`].
fn advice(need: Need, os: &str) -> &'static str {
    match (need, os) {
        (Need::Rust, "linux") => {
            "curl --proto '=https' --tlsv1.2 -sSf https://sh.rustup.rs | sh, then open a new terminal"
        }
        (Need::Rust, "macos") => {
            "curl --proto '=https' --tlsv1.2 -sSf https://sh.rustup.rs | sh (not tried on macOS)"
        }
        (Need::Rust, "windows") => {
            "winget install Rustlang.Rustup, then open a new terminal (not tried on Windows)"
        }
        (Need::Linker, "linux") => {
            "Debian and Ubuntu: sudo apt-get install build-essential; Fedora: sudo dnf install gcc; \
             Arch: sudo pacman -S gcc"
        }
        (Need::Linker, "macos") => "xcode-select --install (not tried on macOS)",
        (Need::Linker, "windows") => {
            "the build tools of Visual Studio, with C++; rustup offers them (not tried on Windows)"
        }
        (Need::Java, "linux") => {
            "Debian and Ubuntu: sudo apt-get install default-jre-headless; Fedora: sudo dnf install \
             java-latest-openjdk-headless"
        }
        (Need::Java, "macos") => "brew install openjdk (not tried on macOS)",
        (Need::Java, "windows") => {
            "winget install EclipseAdoptium.Temurin.21.JRE (not tried on Windows)"
        }
        (Need::Network, _) => "connect to a network once, and run this again",
        (Need::Rust, _) => "https://rustup.rs (not tried on this system)",
        (Need::Linker, _) => "a C compiler with a linker (not tried on this system)",
        (Need::Java, _) => "Java 11 or newer (not tried on this system)",
    }
}

/// Prints the result of each check.
struct Told<'a> {
    out: &'a mut dyn Write,
    missing: usize,
}

impl Told<'_> {
    fn there(&mut self, what: &str, is: &str) -> anyhow::Result<()> {
        writeln!(self.out, "✓ {what}: {is}")?;
        Ok(self.out.flush()?)
    }

    fn unneeded(&mut self, what: &str, is: &str) -> anyhow::Result<()> {
        writeln!(self.out, "· {what}: {is}")?;
        Ok(self.out.flush()?)
    }

    fn missing(&mut self, what: &str, why: &str, need: Option<Need>) -> anyhow::Result<()> {
        self.missing += 1;
        writeln!(self.out, "✗ {what}: {why}")?;
        if let Some(need) = need {
            writeln!(self.out, "  {}", advice(need, std::env::consts::OS))?;
        }
        Ok(self.out.flush()?)
    }
}

/// Runs all checks, in the order of their dependencies.
pub(super) fn setup(course: &Course, context: &mut Context<'_>) -> anyhow::Result<Standing> {
    let out = &mut *context.out;
    let mut told = Told { out, missing: 0 };
    rust(&mut told)?;
    java(&mut told)?;
    writable(course, &mut told)?;
    if told.missing == 0 && crates(course, &mut told)? {
        let exercise = course.exercise(SMOKE)?;
        smoke(course, exercise, &mut told)?;
        smoke_in_tla(exercise, &mut told)?;
    }
    let missing = told.missing;
    if missing == 0 {
        writeln!(
            context.out,
            "This machine is ready, also without a network. Go on with `tandem exercise start {SMOKE}`."
        )?;
        return Ok(Standing::Pass);
    }
    let what = match missing {
        1 => "One thing is".to_owned(),
        _ => format!("{missing} things are"),
    };
    writeln!(
        context.out,
        "{what} missing. Run this again after you have fixed it."
    )?;
    Ok(Standing::Incomplete)
}

/// Checks the compiler and its linker.
fn rust(told: &mut Told<'_>) -> anyhow::Result<()> {
    let (wanted, cancel) = (env!("CARGO_PKG_RUST_VERSION"), Cancel::on_signals()?);
    match version(cargo(), &cancel) {
        Some(version) if newer(&version, wanted) => told.there("Rust", &version)?,
        Some(version) => {
            let why = format!("{version} is older than {wanted}; run `rustup update`");
            told.missing("Rust", &why, None)?;
        }
        None => told.missing("Rust", "cargo is not found", Some(Need::Rust))?,
    }
    // On other systems the linker has no known name; the first build shows whether it exists.
    if cfg!(unix) {
        match version(Command::new("cc"), &cancel) {
            Some(version) => told.there("linker", &version)?,
            None => told.missing(
                "linker",
                "cc is not found, and Rust links with it",
                Some(Need::Linker),
            )?,
        }
    }
    Ok(())
}

/// Checks Java and TLC, which are optional.
fn java(told: &mut Told<'_>) -> anyhow::Result<()> {
    let (env, cancel) = (Env::from_process(), Cancel::on_signals()?);
    match Java::find(&env, &cancel) {
        Ok(java) => told.there("Java", &java.version)?,
        Err(error) => {
            let how = advice(Need::Java, std::env::consts::OS);
            let is = format!("{error}. It is optional, for TLC alone. {how}");
            return told.unneeded("Java", &is);
        }
    }
    match jar::locate(&env, None).or_else(|_| jar::install(&env, None, &cancel, &mut |_| {})) {
        Ok(jar) => told.there("TLC", &jar.to_string()),
        Err(error) => told.unneeded("TLC", &format!("{error}. It is optional")),
    }
}

/// Checks the folders that the coach writes to.
fn writable(course: &Course, told: &mut Told<'_>) -> anyhow::Result<()> {
    let places = [course.folder.clone(), std::env::temp_dir()];
    for place in &places {
        if let Err(error) = scratch(place) {
            let why = format!("{} cannot be written: {error}", place.display());
            told.missing("folders", &why, None)?;
        }
    }
    Ok(())
}

/// Downloads every crate that a build may need, so that later builds need no network.
fn crates(course: &Course, told: &mut Told<'_>) -> anyhow::Result<bool> {
    let mut fetch = cargo();
    fetch.args(["fetch", "--quiet", "--locked", "--manifest-path"]);
    fetch.arg(course.folder.join("Cargo.toml"));
    fetch.stdout(Stdio::null()).stdin(Stdio::null());
    let fetched = fetch.status().is_ok_and(|status| status.success());
    match fetched {
        true => told.there("crates", "all are on this machine")?,
        false => told.missing(
            "crates",
            "some are not on this machine and cannot be had",
            Some(Need::Network),
        )?,
    }
    Ok(fetched)
}

/// Builds one exercise and judges it. Any verdict is accepted, because a learner may have solved it already.
fn smoke(course: &Course, exercise: &Exercise, told: &mut Told<'_>) -> anyhow::Result<()> {
    writeln!(told.out, "  the first build takes some minutes …")?;
    told.out.flush()?;
    let program = match build_offline(&course.folder, &exercise.name) {
        Ok(Built::Program(program)) => program,
        Ok(Built::Refused) => {
            let why = format!(
                "{} does not compile; the compiler's message stands above, and `tandem exercise reset {}` \
                 brings the file back",
                exercise.name, exercise.name
            );
            return told.missing("first build", &why, None);
        }
        Err(error) => return told.missing("first build", &format!("{error:#}"), None),
    };
    told.there("first build", "done, without a network")?;
    let silent = || {
        let mut command = Command::new(&program);
        command.stdout(Stdio::null());
        command
    };
    let name = &exercise.name;
    match attempt(&silent)? {
        Attempt::Judged(judgement) => {
            let verdict = match judgement.refused {
                Some(check) => format!("refused by {check}"),
                None => "accepted".to_owned(),
            };
            told.there("smoke exercise", &format!("{name} is judged: {verdict}"))
        }
        Attempt::Stopped(why) => told.missing("smoke exercise", &format!("{name}: {why}"), None),
    }
}

fn smoke_in_tla(exercise: &Exercise, told: &mut Told<'_>) -> anyhow::Result<()> {
    if !tla::IN_PROCESS {
        let is = "TLA+ is not evaluated in this process; build Tandem with its default features for \
                  the TLA+ sides";
        return told.unneeded("TLA+", is);
    }
    let Some(hole) = &exercise.definition.tla else {
        return Ok(());
    };
    let own = exercise
        .folder
        .join(format!("spec/{}.tla", hole.definition));
    let judged = std::fs::read_to_string(&own).map_err(anyhow::Error::from);
    let judged =
        judged.and_then(|own| tla::judge(&exercise.definition, hole, &own, &mut std::io::sink()));
    match judged {
        Ok(judgement) => {
            let verdict = match judgement.refused {
                Some(check) => format!("refused by {check}"),
                None => "accepted".to_owned(),
            };
            let is = format!("the definition of {} is judged: {verdict}", exercise.name);
            told.there("TLA+", &is)
        }
        Err(error) => told.missing("TLA+", &format!("{error:#}"), None),
    }
}

/// The version that a program prints.
fn version(mut command: Command, cancel: &Cancel) -> Option<String> {
    command.arg("--version");
    let text = answer(command, TIME_LIMIT, cancel)?;
    Some(text.lines().next()?.trim().to_owned())
}

/// Whether the output of `cargo --version` is at least the required version.
fn newer(said: &str, wanted: &str) -> bool {
    let numbers = |text: &str| -> Vec<u32> {
        let digits = text.split(|letter: char| !letter.is_ascii_digit());
        digits
            .filter_map(|part| part.parse().ok())
            .take(2)
            .collect()
    };
    let said = said.split_whitespace().nth(1).unwrap_or_default();
    numbers(said) >= numbers(wanted)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_compared_by_their_numbers() {
        assert!(newer("cargo 1.95.0 (0a1b2c 2026-04-01)", "1.95"));
        assert!(newer("cargo 1.100.0", "1.95"));
        assert!(!newer("cargo 1.94.2", "1.95"));
        assert!(!newer("", "1.95"));
    }

    #[test]
    fn advice_is_tried_on_linux_and_says_so_elsewhere() {
        for need in [Need::Rust, Need::Linker, Need::Java] {
            assert!(!advice(need, "linux").contains("not tried"), "{need:?}");
            for os in ["macos", "windows", "freebsd"] {
                assert!(advice(need, os).contains("not tried"), "{need:?} on {os}");
            }
        }
    }
}
