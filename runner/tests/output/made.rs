//! Reports and comparisons to be printed.

use std::time::Duration;

use tandem_models::catalogue::{Instance, Overrides};
use tandem_models::protocols::catalogue;
use tandem_models::value::changes;
use tandem_runner::cancel::Cancel;
use tandem_runner::compare::{Comparison, Difference};
use tandem_runner::divergence::compare;
use tandem_runner::engine::Engine;
use tandem_runner::engine::stateright::Stateright;
use tandem_runner::enumerate::{End, Exploration, explore};
use tandem_runner::graph::Graph;
use tandem_runner::limits::{Limits, Run};
use tandem_runner::manifest::{Counts, Manifest};
use tandem_runner::report::Report;
use tandem_runner::trace::Trace;

pub(crate) fn instance(name: &str) -> Instance {
    catalogue()
        .select(Some(name), &Overrides::default())
        .unwrap()
        .remove(0)
}

pub(crate) fn report_within(name: &str, limits: &Limits) -> Report {
    let cancel = Cancel::new();
    let run = Run::new(limits, &cancel);
    let report = Stateright.check(&instance(name), &run).unwrap();
    Report {
        elapsed: Duration::from_millis(1234),
        ..report
    }
}

pub(crate) fn report(name: &str) -> Report {
    report_within(name, &Limits::NONE)
}

/// After so many raw states.
pub(crate) fn cut_short(name: &str, states: usize) -> Report {
    let limits = Limits {
        max_states: Some(states),
        ..Limits::NONE
    };
    report_within(name, &limits)
}

pub(crate) fn manifest() -> Manifest {
    Manifest::of(&catalogue()).unwrap()
}

/// The model lives as long as the test process, and the exploration borrows from it.
pub(crate) fn explored(instance: &Instance) -> Exploration {
    let cancel = Cancel::new();
    let run = Run::new(&Limits::NONE, &cancel);
    explore(&instance.system(), &run)
}

/// The comparison with a TLA+ side that is made from the Rust side.
pub(crate) fn comparison(name: &str, change: impl Fn(&mut Graph)) -> Comparison {
    let instance = instance(name);
    let found = explored(&instance);
    let mut tla = found.graph();
    change(&mut tla);
    let counts = |graph: &Graph| Counts {
        states: graph.states.len(),
        transitions: graph.transitions(),
    };
    let system = instance.system();
    let difference = compare(&found.graph(), &tla).map(|divergence| {
        let start = divergence.start.clone().unwrap();
        let instead = divergence.instead.as_ref();
        Difference::Graphs {
            path: Trace::replay(&instance, &system, &start, &divergence.path, End::Open),
            apart: instead.map_or_else(Vec::new, |other| changes(other, &divergence.state)),
            divergence,
        }
    });
    Comparison {
        rust: counts(&found.graph()),
        symmetry: None,
        raw_states: found.size().raw_states,
        tla: counts(&tla),
        difference,
        guarantees: 8,
        fairness: true,
        left_out: Vec::new(),
        specs: "specs".to_owned(),
        engine: "tlc",
        elapsed: Duration::ZERO,
        instance,
    }
}

/// The second state's step leads to the initial state.
pub(crate) fn redirect(graph: &mut Graph) {
    let (action, _) = graph.steps[1].pop_last().unwrap();
    graph.steps[1].insert((action, 0));
}
