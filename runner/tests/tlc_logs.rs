//! What the outcome of every recorded run of TLC is taken for. `tlc-logs/2.15/README.md` says how
//! each was made, and holds the exit codes.

mod counts_and_places;
mod traces;
mod verdicts;

use tandem_runner::tlc::outcome::{Outcome, Trace};

use crate::tlc_recorded::Recorded;

fn outcome(name: &str) -> Outcome {
    Recorded::of_2_15(name).outcome()
}

fn trace_of(outcome: &Outcome) -> &Trace {
    outcome.verdict.trace().expect("a trace")
}
