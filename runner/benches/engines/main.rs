//! How Tandem's engine compares with Stateright's breadth-first checker and with TLC: CPU time,
//! memory and states, on the same models, in one run. See `README.md` beside this file.
//!
//! Every measurement is a process of its own, so that memory is its own too. The two sides of a row
//! run by turns, and what is printed are medians and their ratios. Only ratios from one run mean
//! anything: the machine may be busy.

#![allow(clippy::print_stdout, reason = "a benchmark prints what it compared")]

#[cfg(feature = "tla-rs")]
mod compared;
mod endless;
mod measure;
mod plot;
#[path = "../../search/tests/published/mod.rs"]
mod published;
mod subject;

use measure::{Measured, median};
use subject::{Side, Subject};
use tandem_runner::search::fingerprint::collision_probability;

const ROUNDS: usize = 3;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if let [flag, subject, side] = &arguments[..]
        && flag == "--measure"
    {
        measure::child(subject, side);
        return;
    }
    let mut named = arguments
        .iter()
        .filter(|argument| !argument.starts_with('-'));
    let wanted = named.next();
    let section = |name: &str| wanted.is_none_or(|wanted| name.contains(wanted.as_str()));
    if section("actors") {
        against(
            "actor models, against Stateright",
            Subject::actors(),
            [Side::Stateright, Side::Tandem],
        );
    }
    if section("plain") {
        let most = against(
            "plain models, against Stateright",
            Subject::plain(),
            [Side::Stateright, Side::Tandem],
        );
        fingerprinted(most);
    }
    if section("tlc") {
        against(
            "protocols, against TLC",
            Subject::protocols(),
            [Side::Tlc, Side::Views],
        );
    }
    #[cfg(feature = "tla-rs")]
    {
        if section("compare-smallest") {
            compared::smallest();
        }
        if section("compare-catalogue") {
            let tlc = subject::tlc(&tandem_runner::cancel::Cancel::new());
            compared::compared(&tlc, named.next().map(String::as_str));
        }
    }
    if section("scaling") {
        scaling();
    }
    if section("threads") {
        threads();
    }
    if section("command") {
        command();
    }
}

/// The medians of some searches that are done by turns.
fn medians<const N: usize>(searches: [(&Subject, Side); N]) -> [Measured; N] {
    let mut seen: [Vec<Measured>; N] = std::array::from_fn(|_| Vec::new());
    for _ in 0..ROUNDS {
        for (seen, (subject, side)) in seen.iter_mut().zip(searches) {
            seen.push(measure::run(subject, side));
        }
    }
    seen.map(|measured| median(&measured))
}

/// A table of two sides that see the same states. The one side may have the model in another form.
/// Returns how many states the largest model has.
fn against(title: &str, subjects: Vec<[Subject; 2]>, sides: [Side; 2]) -> u64 {
    let [theirs, ours] = sides.map(Side::name);
    println!("\n{title}\n");
    println!(
        "| model | states | CPU s {theirs} | CPU s {ours} | ratio | B/state {theirs} | B/state {ours} | ratio |"
    );
    println!("|---|--:|--:|--:|--:|--:|--:|--:|");
    let mut most = 0;
    for subjects in subjects {
        let [theirs, ours] = medians([0, 1].map(|side| (&subjects[side], sides[side])));
        let name = subjects[1].name();
        assert_eq!(
            theirs.states, ours.states,
            "{name}: both see the same states"
        );
        let form = match subjects[0].name() == name {
            true => String::new(),
            false => format!(", against {}", subjects[0].name()),
        };
        let bytes = ours.bytes_per_state();
        // What a JVM holds is not in this process.
        let (their_bytes, less) = match sides[0] {
            Side::Tlc => ("–".to_owned(), "–".to_owned()),
            _ => {
                let theirs = theirs.bytes_per_state();
                (format!("{theirs:.0}"), format!("1/{:.1}", theirs / bytes))
            }
        };
        println!(
            "| {name}{form} | {} | {:.3} | {:.3} | {:.1}x | {their_bytes} | {bytes:.0} | {less} |",
            ours.states,
            theirs.cpu,
            ours.cpu,
            theirs.cpu / ours.cpu,
        );
        most = most.max(ours.states);
    }
    most
}

/// Whether cost grows linearly with states.
fn scaling() {
    println!("\nscaling: counters\n");
    println!("| states | CPU µs/state | B/state |");
    println!("|--:|--:|--:|");
    let mut points = Vec::new();
    for digits in 4..=7 {
        let [measured] = medians([(&Subject::Counters(digits), Side::Tandem)]);
        let cpu = measured.cpu * 1e6 / measured.states as f64;
        println!(
            "| {} | {cpu:.3} | {:.1} |",
            measured.states,
            measured.bytes_per_state()
        );
        points.push((measured.states as f64, cpu, measured.bytes_per_state()));
    }
    println!("\n{}", plot::text(&points));
    fingerprinted(points.last().map_or(0, |(states, ..)| *states as u64));
}

/// With which probability the search took two states for one: it tells those of plain models apart by
/// 64-bit fingerprints, and all others exactly.
fn fingerprinted(states: u64) {
    let probability = collision_probability(states as usize, u64::BITS);
    println!(
        "\n64-bit fingerprints: two of {states} states share one with probability {probability:.1e}"
    );
}

/// What a second thread brings, in wall-clock time, and what it could bring: what the machine gives
/// to two processes that share nothing.
fn threads() {
    println!("\ntwo threads against one, wall-clock\n");
    println!("| model | s, 1 thread | s, 2 threads | speed-up | speed-up of two processes |");
    println!("|---|--:|--:|--:|--:|");
    for subject in Subject::threaded() {
        let mut seen: [Vec<Measured>; 3] = Default::default();
        for _ in 0..ROUNDS {
            seen[0].push(measure::run(&subject, Side::Tandem));
            seen[1].push(measure::run(&subject, Side::TwoThreads));
            seen[2].push(measure::pair(&subject, Side::Tandem));
        }
        let [one, two, pair] = seen.map(|measured| median(&measured).wall);
        let (speed_up, most) = (one / two, 2.0 * one / pair);
        let name = subject.name();
        println!("| {name} | {one:.3} | {two:.3} | {speed_up:.2}x | {most:.2}x |");
    }
}

/// The whole process of a command, as a user waits for it.
fn command() {
    let times: Vec<f64> = (0..15)
        .map(|_| measure::command(&["check", "outbox"]))
        .collect();
    let mut sorted = times.clone();
    sorted.sort_by(f64::total_cmp);
    println!(
        "\n`tandem check outbox`, whole process, wall-clock: median {:.1} ms, least {:.1} ms",
        sorted[7], sorted[0]
    );
}
