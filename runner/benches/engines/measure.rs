//! Measuring a search in a process of its own.

use std::fs;
use std::process::{Child, Command, Stdio};
use std::time::Instant;

use super::subject::{Side, Subject};

/// Searches are repeated until they have taken so much CPU time: the clock ticks every 10 ms.
const ENOUGH: f64 = 0.5;

/// What one search took.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Measured {
    /// Distinct states.
    pub(crate) states: u64,
    /// CPU seconds, of all threads.
    pub(crate) cpu: f64,
    /// Wall-clock seconds.
    pub(crate) wall: f64,
    /// Bytes of resident memory at the peak, less what the process had before and pages of files.
    pub(crate) bytes: f64,
}

impl Measured {
    /// Bytes for each state.
    pub(crate) fn bytes_per_state(&self) -> f64 {
        self.bytes / self.states as f64
    }
}

/// The median of each number.
pub(crate) fn median(measured: &[Measured]) -> Measured {
    let of = |pick: fn(&Measured) -> f64| {
        let mut values: Vec<f64> = measured.iter().map(pick).collect();
        values.sort_by(f64::total_cmp);
        values[values.len() / 2]
    };
    Measured {
        states: measured[0].states,
        cpu: of(|m| m.cpu),
        wall: of(|m| m.wall),
        bytes: of(|m| m.bytes),
    }
}

/// Measures one side of a subject in a new process.
pub(crate) fn run(subject: &Subject, side: Side) -> Measured {
    finish(start(subject, side))
}

/// Measures the same in two new processes side by side. Wall-clock seconds are the mean of theirs.
pub(crate) fn pair(subject: &Subject, side: Side) -> Measured {
    let [first, second] = [(); 2].map(|()| start(subject, side)).map(finish);
    Measured {
        wall: f64::midpoint(first.wall, second.wall),
        ..first
    }
}

fn start(subject: &Subject, side: Side) -> Child {
    let this = std::env::current_exe().expect("a running program has a path");
    let arguments = ["--measure", &subject.name(), side.name()];
    let child = Command::new(this)
        .args(arguments)
        .stdout(Stdio::piped())
        .spawn();
    child.expect("the benchmark starts itself")
}

fn finish(child: Child) -> Measured {
    let output = child.wait_with_output().expect("the benchmark ends");
    assert!(output.status.success(), "{}", output.status);
    let text = String::from_utf8_lossy(&output.stdout);
    let mut numbers = text
        .split_whitespace()
        .map(|word| word.parse::<f64>().expect("a number"));
    let mut next = || numbers.next().expect("four numbers");
    Measured {
        states: next() as u64,
        cpu: next(),
        wall: next(),
        bytes: next(),
    }
}

/// Does it, in this process, and prints the numbers.
pub(crate) fn child(subject: &str, side: &str) {
    let (subject, side) = (Subject::named(subject), Side::named(side));
    let (before, started) = (cpu(), Instant::now());
    let at_first = resident("RssAnon");
    let states = subject.search(side);
    // The peak of the first search: later ones find memory already there. Pages of files, which are
    // the program itself, only become more.
    let bytes = resident("VmHWM") - resident("RssFile") - at_first;
    let mut times = 1;
    while cpu() - before < ENOUGH {
        subject.search(side);
        times += 1;
    }
    let each = |total: f64| total / f64::from(times);
    let (cpu, wall) = (each(cpu() - before), each(started.elapsed().as_secs_f64()));
    println!("{states} {cpu} {wall} {bytes}");
}

/// Milliseconds from the start of `tandem` to its end.
pub(crate) fn command(arguments: &[&str]) -> f64 {
    let started = Instant::now();
    let mut child = Command::new(env!("CARGO_BIN_EXE_tandem"));
    let output = child.args(arguments).output().expect("tandem runs");
    assert!(output.status.success());
    started.elapsed().as_secs_f64() * 1e3
}

/// CPU seconds of this process and of the children it has waited for.
pub(crate) fn cpu() -> f64 {
    let stat = fs::read_to_string("/proc/self/stat").expect("the benchmark needs Linux's /proc");
    let fields = stat
        .rsplit(')')
        .next()
        .unwrap_or_default()
        .split_whitespace();
    let ticks = fields
        .skip(11)
        .take(4)
        .map(|field| field.parse::<f64>().unwrap_or(0.0));
    ticks.sum::<f64>() / 100.0
}

/// A line of `/proc/self/status`, in bytes.
fn resident(line: &str) -> f64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status
        .lines()
        .find_map(|text| text.strip_prefix(line)?.strip_prefix(':'));
    let kilobytes = line.and_then(|rest| rest.split_whitespace().next()?.parse::<f64>().ok());
    kilobytes.unwrap_or(0.0) * 1024.0
}
