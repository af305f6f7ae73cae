//! The recorded runs of TLC, with the exit codes from the table in their README.

#![allow(
    dead_code,
    unreachable_pub,
    reason = "each test uses its part of this module"
)]

use std::fs;
use std::path::PathBuf;
use tandem_runner::tlc::outcome::{Exit, Outcome, interpret};

/// One recorded run.
pub struct Recorded {
    pub name: String,
    pub exit: Exit,
    pub stdout: String,
    pub stderr: String,
}

impl Recorded {
    pub fn outcome(&self) -> Outcome {
        interpret(self.exit, &self.stdout, &self.stderr)
    }

    pub fn of_2_15(name: &str) -> Self {
        let mut all = all_2_15().into_iter();
        all.find(|r| r.name == name).expect("a recorded run")
    }

    pub fn of_current(name: &str) -> Self {
        let mut all = current().into_iter();
        all.find(|r| r.name == name).expect("a recorded run")
    }

    fn load(folder: &str, name: &str, exit: Exit) -> Self {
        let file = |ending| logs().join(folder).join(format!("{name}.{ending}"));
        Self {
            name: name.to_owned(),
            exit,
            stdout: fs::read_to_string(file("log")).expect("a recorded log"),
            stderr: fs::read_to_string(file("err")).unwrap_or_default(),
        }
    }
}

fn logs() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/tlc-logs")
}

/// The runs of TLC 2.15, in the order of the README's table.
pub fn all_2_15() -> Vec<Recorded> {
    let readme = fs::read_to_string(logs().join("2.15/README.md")).expect("the README");
    let rows = readme.lines().filter_map(|line| {
        let mut cells = line.strip_prefix("| ")?.split(" | ");
        let (name, exit) = (cells.next()?, cells.next()?);
        let exit = match exit {
            "signal 9" => Exit::Signal(9),
            code => Exit::Code(code.parse().ok()?),
        };
        Some(Recorded::load("2.15", name, exit))
    });
    rows.collect()
}

/// The runs of the current TLC.
pub fn current() -> Vec<Recorded> {
    [
        ("Pass", 0),
        ("Inv", 12),
        ("Live", 13),
        ("Dead", 11),
        ("Parse", 150),
    ]
    .map(|(name, code)| Recorded::load("current", name, Exit::Code(code)))
    .into()
}
