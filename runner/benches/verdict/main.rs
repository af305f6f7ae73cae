//! How long a learner waits after a save: the CPU seconds from the save of a file to the coach's verdict, after
//! the first build, for each exercise and for each definition in TLA+. See `README.md` beside this file.
//!
//! Each round saves the solution with another comment, as an editor does, and runs `tandem exercise check` or
//! `tandem exercise tla`: cargo, the compiler, the linker, the learner's program and the coach itself. The files
//! of the learner, and the progress, are as they were when the benchmark ends.

#![allow(clippy::print_stdout, reason = "a benchmark prints what it measured")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};

use tandem_coach::course::{Course, Exercise};

/// Measurements of one file; the median is told.
const ROUNDS: usize = 3;

/// CPU seconds that a verdict may take, and that one in TLA+ may.
const LIMIT: f64 = 1.0;
const LIMIT_TLA: f64 = 0.5;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let wanted = arguments.iter().find(|argument| !argument.starts_with('-'));
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let course = Course::find(&root).expect("the exercises are there");
    let _progress = Kept::of(&root.join(".tandem-progress.txt"));
    println!("| exercise | CPU s from save to verdict | of its TLA+ side |\n|---|--:|--:|");
    let (mut rust, mut tla) = (Vec::new(), Vec::new());
    let all = course.exercises.iter();
    for exercise in all.filter(|exercise| wanted.is_none_or(|wanted| *wanted == exercise.name)) {
        let taken = in_rust(&root, exercise);
        rust.push(taken);
        let in_tla = in_tla(&root, exercise);
        tla.extend(in_tla);
        let told = in_tla.map_or_else(|| "–".to_owned(), |taken| format!("{taken:.2}"));
        println!("| {} | {taken:.2} | {told} |", exercise.name);
    }
    let fits = [("Rust", &rust, LIMIT), ("TLA+", &tla, LIMIT_TLA)].map(verdict);
    ExitCode::from(u8::from(fits.contains(&false)))
}

/// Tells the median and the most, and whether the most is within the limit.
fn verdict((what, taken, limit): (&str, &Vec<f64>, f64)) -> bool {
    let Some(most) = taken.iter().copied().max_by(f64::total_cmp) else {
        return true;
    };
    let fits = most <= limit;
    let is = if fits { "within" } else { "above" };
    let median = median(taken);
    println!("\n{what}: median {median:.2}, most {most:.2} CPU s, {is} the limit of {limit:.1}");
    fits
}

fn in_rust(root: &Path, exercise: &Exercise) -> f64 {
    let solution = exercise.folder.join("solution.rs");
    let saved = Saved {
        file: exercise.handler(),
        text: fs::read_to_string(solution).expect("a solution"),
        comment: "//",
    };
    saved.measured(root, &["check", &exercise.name])
}

fn in_tla(root: &Path, exercise: &Exercise) -> Option<f64> {
    let hole = exercise.definition.tla.as_ref()?;
    if !tandem_coach::tla::IN_PROCESS {
        return None;
    }
    let spec = exercise.folder.join("spec");
    let saved = Saved {
        file: spec.join(format!("{}.tla", hole.definition)),
        text: fs::read_to_string(spec.join("solution.tla")).expect("a solution"),
        comment: "\\*",
    };
    Some(saved.measured(root, &["tla", &exercise.name]))
}

/// A file that a learner saves.
struct Saved {
    file: PathBuf,
    text: String,
    comment: &'static str,
}

impl Saved {
    /// The median of some rounds, after one that builds what was never built.
    fn measured(&self, root: &Path, arguments: &[&str]) -> f64 {
        let _kept = Kept::of(&self.file);
        self.round(root, arguments, 0);
        let rounds = 1..=ROUNDS;
        let taken: Vec<_> = rounds
            .map(|round| self.round(root, arguments, round))
            .collect();
        median(&taken)
    }

    fn round(&self, root: &Path, arguments: &[&str], round: usize) -> f64 {
        // A module in TLA+ ends with a line of its own, so the comment is the first line of a handler only.
        let text = match self.comment {
            "//" => format!("{} round {round}\n{}", self.comment, self.text),
            comment => self
                .text
                .replacen("\n\n", &format!("\n\n{comment} round {round}\n"), 1),
        };
        fs::write(&self.file, text).expect("the file can be saved");
        let before = cpu_of_children();
        let mut command = Command::new(tandem());
        command.arg("exercise").args(arguments).current_dir(root);
        let output = command.stdin(Stdio::null()).output().expect("tandem runs");
        let told = String::from_utf8_lossy(&output.stdout);
        assert!(output.status.success(), "{arguments:?} is refused: {told}");
        cpu_of_children() - before
    }
}

/// The binary that is measured: `TANDEM` names another one.
fn tandem() -> PathBuf {
    let named = std::env::var_os("TANDEM").map(PathBuf::from);
    named.unwrap_or_else(|| env!("CARGO_BIN_EXE_tandem").into())
}

/// CPU seconds of all child processes that have ended, and of theirs, from `/proc` (Linux).
fn cpu_of_children() -> f64 {
    const TICKS: f64 = 100.0;
    let text = fs::read_to_string("/proc/self/stat").expect("this is Linux");
    let (_, after) = text.rsplit_once(')').expect("a name in parentheses");
    let numbers = after.split_whitespace().skip(13).take(2);
    let ticks: f64 = numbers.filter_map(|text| text.parse::<f64>().ok()).sum();
    ticks / TICKS
}

fn median(taken: &[f64]) -> f64 {
    let mut taken = taken.to_vec();
    taken.sort_by(f64::total_cmp);
    taken[taken.len() / 2]
}

/// A file that is as it was when this is dropped.
struct Kept {
    file: PathBuf,
    text: Option<String>,
}

impl Kept {
    fn of(file: &Path) -> Self {
        Kept {
            file: file.to_owned(),
            text: fs::read_to_string(file).ok(),
        }
    }
}

impl Drop for Kept {
    fn drop(&mut self) {
        // The benchmark is at its end: what cannot be written is told by git.
        let _ = match &self.text {
            Some(text) => fs::write(&self.file, text),
            None => fs::remove_file(&self.file),
        };
    }
}
