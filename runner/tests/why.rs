//! Why a guarantee is true or false: its clauses say the same as its predicate, in every state.
//! And why a step is not possible: nothing is both possible and not.

mod guarantees;
mod steps;

use tandem_models::catalogue::{Instance, Overrides};
use tandem_models::kit::system::{State, System};
use tandem_models::protocols::catalogue;
use tandem_runner::cancel::Cancel;
use tandem_runner::enumerate::explore;
use tandem_runner::limits::{Limits, Run};

/// Of an instance with more states, only so many, evenly spread.
const STATES: usize = 3_000;

fn instances(name: Option<&str>) -> Vec<Instance> {
    let selected = catalogue().select(name, &Overrides::default());
    selected.expect("the catalogue has it")
}

fn states(system: &System) -> Vec<State> {
    let cancel = Cancel::new();
    let found = explore(system, &Run::new(&Limits::NONE, &cancel));
    let all = found.size().raw_states;
    let spread = (0..all).step_by(all.div_ceil(STATES));
    let raw = spread.map(|raw| u32::try_from(raw).expect("states have numbers of 32 bits"));
    raw.map(|raw| found.state(raw)).collect()
}

/// Whether a sentence has values in TLA+ in it.
fn in_tla(sentence: &str) -> bool {
    let signs = ["<<", "|->", ":>", "TRUE", "FALSE"];
    signs.iter().any(|sign| sentence.contains(sign))
}
