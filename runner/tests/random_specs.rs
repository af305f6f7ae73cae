//! Random small specs with random Stateright models that match them: Tandem's engine, `tla-checker` and TLC
//! find the same states, the same steps and the same truth of an invariant in every state.
//!
//! A few hundred machines are compared in this process, and some on TLC, in a run of all together. The long
//! test (`TANDEM_LONG=yes .ci/test`) takes 5,000 on both. What `tla-checker` is known to refuse or to treat
//! differently does not occur here: `runner/tla-rs/tests/differences.rs` lists it.

mod machines;
mod maker;
mod packed;
mod terms;

use machines::Machine;
use packed::Packed;
use stateright::Model;
use tandem_runner::plain::{Pair, PairComparison, PairDifference, Viewed};

/// The seed of all machines.
const SEED: u64 = 20;
/// A machine with fewer states shows little, and one with more takes long.
const STATES: std::ops::RangeInclusive<usize> = 11..=250;

/// This many machines.
fn machines(count: usize) -> impl Iterator<Item = Machine> {
    let all = (0..).map(|number| Machine::random(SEED, number));
    let fits = |machine: &Machine| {
        let states = machine.states(*STATES.end());
        states.is_some_and(|states| STATES.contains(&states))
    };
    all.filter(fits).take(count)
}

/// Totals of many comparisons.
#[derive(Debug, Default)]
struct Seen {
    machines: usize,
    states: usize,
    steps: usize,
    /// Machines whose invariant is false in some state.
    broken: usize,
}

/// The two sides are equal; what they are is counted.
fn equal(found: &PairComparison, what: &dyn Fn() -> String) -> (usize, usize) {
    assert!(found.equal(), "{found}\n{}", what());
    assert_eq!(found.properties, ["Inv"], "{}", what());
    assert_eq!(found.rust.states, found.tla.states);
    (found.rust.states, found.rust.transitions)
}

fn in_process<M: Viewed>(model: &M, spec: &tandem_runner::plain::UserSpec) -> PairComparison {
    let compared = Pair::new(model, spec).in_process().compare();
    compared.unwrap_or_else(|error| panic!("{error}\n{}", spec.to_run().files[0].1))
}

/// Compares so many machines in this process.
fn compare_in_process(count: usize) -> Seen {
    let mut seen = Seen::default();
    for machine in machines(count) {
        let spec = machine.spec();
        let found = in_process(&machine, &spec);
        let (states, steps) = equal(&found, &|| spec.to_run().files[0].1.clone());
        assert!(STATES.contains(&states));
        seen.machines += 1;
        seen.states += states;
        seen.steps += steps;
        seen.broken += usize::from(breaks(&machine));
    }
    seen
}

/// Whether the invariant is false in some state.
fn breaks(machine: &Machine) -> bool {
    let mut known = vec![machine.init_states().remove(0)];
    let mut at = 0;
    while at < known.len() {
        if !machine.holds(&known[at]) {
            return true;
        }
        for (_, after) in machine.after(&known[at]) {
            if !known.contains(&after) {
                known.push(after);
            }
        }
        at += 1;
    }
    false
}

/// Compares so many machines on TLC, in runs of so many.
fn compare_on_tlc(count: usize, together: usize) -> (usize, usize) {
    let tlc = crate::common::tlc();
    let (mut states, mut compared) = (0, 0);
    let mut all = machines(count).peekable();
    while all.peek().is_some() {
        let packed = Packed(all.by_ref().take(together).collect());
        let spec = packed.spec();
        let found = Pair::new(&packed, &spec).tlc(&tlc).compare();
        let found = found.unwrap_or_else(|error| panic!("{error}\n{}", spec.to_run().files[0].1));
        states += equal(&found, &|| spec.to_run().files[0].1.clone()).0;
        compared += packed.0.len();
    }
    (compared, states)
}

#[test]
fn three_hundred_random_machines_are_the_same_in_rust_and_in_this_process() {
    if !tandem_tla_rs::BUILT_IN {
        return;
    }
    let seen = compare_in_process(300);
    assert_eq!(seen.machines, 300);
    assert!(
        seen.steps > seen.states && seen.states > 300 * 20,
        "{seen:?}"
    );
    // An invariant that were always true would compare little.
    assert!((30..270).contains(&seen.broken), "{seen:?}");
}

#[test]
fn forty_random_machines_are_the_same_in_rust_and_on_tlc() {
    let (compared, states) = compare_on_tlc(40, 40);
    assert_eq!(compared, 40);
    assert!(states > 40 * 11, "{states} states");
}

/// The comparison can fail: with the spec of another machine, and with another invariant.
#[test]
fn a_machine_and_another_spec_differ() {
    if !tandem_tla_rs::BUILT_IN {
        return;
    }
    for machine in machines(20) {
        let spec = machine.spec();
        let files = spec.to_run().files.into_iter();
        let mut own = files.filter(|(name, _)| name == "Random.tla");
        let (_, text) = own.next().expect("the module");
        let other = |from: &str, to: &str| {
            let text = text.replace(from, to);
            let files = [("Random.tla", &*text)];
            tandem_runner::plain::UserSpec::of_texts(&files, "SPECIFICATION Spec\n").unwrap()
        };
        let negated = in_process(&machine, &other("Inv == ", "Inv == ~"));
        assert!(
            matches!(negated.difference, Some(PairDifference::Properties(_))),
            "{negated}"
        );
        let idle = in_process(&machine, &other("/\\ TRUE\n", "/\\ FALSE\n"));
        assert!(
            matches!(idle.difference, Some(PairDifference::Graphs { .. })),
            "{idle}"
        );
    }
}

/// Some minutes.
#[test]
#[ignore = "compares 5,000 machines; `TANDEM_LONG=yes .ci/test` runs it"]
fn five_thousand_random_machines_are_the_same_on_three_engines() {
    if tandem_tla_rs::BUILT_IN {
        let seen = compare_in_process(5_000);
        assert_eq!(seen.machines, 5_000);
    }
    let (compared, _) = compare_on_tlc(5_000, 100);
    assert_eq!(compared, 5_000);
}
