//! How Tandem's enumeration compares with Stateright's breadth-first checker on the same models.
//!
//! `cargo bench -p tandem-runner` runs both by turns on the largest instances that the catalogue
//! names, checks that they see the same raw states, and prints medians and their ratio. Both run
//! on one thread. Only ratios from one run mean anything: the machine may be busy.

use std::time::{Duration, Instant};

use stateright::{Checker, HasDiscoveries, Model};
use tandem_models::catalogue::{Instance, Overrides};
use tandem_models::protocols::catalogue;
use tandem_runner::explore::explore;
use tandem_runner::limits::Limits;
use tandem_runner::limits::Run;
use tandem_runner::tlc::cancel::Cancel;

const ROUNDS: usize = 5;
const INSTANCES: usize = 3;

fn enumerate(instance: &Instance) -> (Duration, usize) {
    let started = Instant::now();
    let cancel = Cancel::new();
    let run = Run::new(&Limits::NONE, &cancel);
    let raw_states = explore(instance.system(), &run).size().raw_states;
    (started.elapsed(), raw_states)
}

fn stateright(instance: &Instance) -> (Duration, usize) {
    let started = Instant::now();
    // It would stop as soon as every property is decided.
    let never = HasDiscoveries::AllOf(["not the name of a property"].into());
    let checker = instance.system().checker().finish_when(never).spawn_bfs();
    let raw_states = checker.join().unique_state_count();
    (started.elapsed(), raw_states)
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times[times.len() / 2]
}

#[allow(clippy::print_stdout, reason = "a benchmark prints what it compared")]
fn main() {
    let mut instances = catalogue()
        .select(None, &Overrides::default())
        .unwrap_or_default();
    instances.sort_by_key(|instance| std::cmp::Reverse(enumerate(instance).1));
    println!(
        "{:<32} {:>10} {:>14} {:>14} {:>8}",
        "instance", "raw states", "stateright ms", "tandem ms", "ratio"
    );
    for instance in instances.iter().take(INSTANCES) {
        let (mut theirs, mut ours) = (Vec::new(), Vec::new());
        let mut states = 0;
        for _ in 0..ROUNDS {
            let (time, seen) = stateright(instance);
            theirs.push(time);
            let (time, raw_states) = enumerate(instance);
            ours.push(time);
            assert_eq!(seen, raw_states, "{instance}: both see the same states");
            states = raw_states;
        }
        let (theirs, ours) = (median(theirs).as_secs_f64(), median(ours).as_secs_f64());
        println!(
            "{:<32} {states:>10} {:>14.1} {:>14.1} {:>7.1}x",
            instance.label(),
            theirs * 1e3,
            ours * 1e3,
            theirs / ours
        );
    }
}
