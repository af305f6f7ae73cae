//! Every instance that the catalogue names, in this process: the TLA+ spec, evaluated by `tla-checker`,
//! has the graph and the verdicts of the Rust model. Without Java.
//!
//! Larger instances are left to `tandem compare --engine tla-rs`, which `.ci/test` runs for the whole catalogue.

use std::collections::BTreeSet;

use tandem_models::catalogue::{Instance, Overrides};
use tandem_models::protocols::catalogue;
use tandem_runner::cancel::Cancel;
use tandem_runner::divergence::compare;
use tandem_runner::engine::Engine;
use tandem_runner::engine::graph::Graph as Rust;
use tandem_runner::engine::tla_rs::liveness::BY_TANDEM;
use tandem_runner::engine::tla_rs::{TlaRs, graph};
use tandem_runner::enumerate::explore;
use tandem_runner::limits::{CutOff, Limits, Run};
use tandem_runner::report::{Expectation, Report};

/// Views of the largest instance that these tests take; above, a minute would not do.
const SMALL: usize = 100;

/// The instances that are small enough.
fn small() -> Vec<Instance> {
    let all = catalogue().select(None, &Overrides::default()).unwrap();
    let cancel = Cancel::new();
    let limits = Limits {
        max_states: Some(SMALL),
        ..Limits::NONE
    };
    let run = Run::new(&limits, &cancel);
    let fits = |instance: &Instance| explore(&instance.system(), &run).cut_off.is_none();
    all.into_iter().filter(fits).collect()
}

/// What two reports must agree on, a line for each. The lasso of a liveness property need not be the
/// same one.
fn summary(report: &Report) -> Vec<String> {
    let properties = report.properties.iter().map(|property| {
        let steps = match property.expectation {
            Expectation::Eventually => None,
            _ => property.steps(),
        };
        format!("{} {:?} {steps:?}", property.name, property.verdict)
    });
    let (states, transitions) = (report.states, report.transitions);
    let counts = format!(
        "{states} {transitions:?} {} {:?}",
        report.depth, report.incomplete
    );
    let actions = format!("{:?}", report.actions);
    [counts, actions].into_iter().chain(properties).collect()
}

#[test]
fn the_spec_has_the_graph_and_the_verdicts_of_the_rust_model() {
    let instances = small();
    assert!(instances.len() > 20, "{} instances", instances.len());
    let mut by_tandem = BTreeSet::new();
    let cancel = Cancel::new();
    let run = Run::new(&Limits::NONE, &cancel);
    for instance in &instances {
        let rust = explore(&instance.system(), &run).graph();
        let tla = graph(instance, &run).unwrap();
        assert!(compare(&rust, &tla).is_none(), "{instance}");
        let rust = Rust.check(instance, &run).unwrap();
        let tla = TlaRs::default().check(instance, &run).unwrap();
        assert_eq!(summary(&rust), summary(&tla), "{instance}");
        let traces = tla.properties.iter().filter_map(|p| p.trace.as_ref());
        assert!(traces.into_iter().all(|trace| trace.replayed), "{instance}");
        if tla.liveness == Some(BY_TANDEM) {
            by_tandem.insert(instance.description.name);
        }
    }
    // `tla-checker` cannot evaluate the fairness or a temporal formula of these.
    let known = ["immutable-data", "importer", "polling-relay"];
    assert_eq!(by_tandem, BTreeSet::from(known));
}

#[test]
fn limits_and_the_wish_to_stop_cut_a_run_short() {
    let instance = catalogue()
        .select(Some("outbox"), &Overrides::default())
        .unwrap()
        .remove(0);
    let cancel = Cancel::new();
    let states = Limits {
        max_states: Some(10),
        ..Limits::NONE
    };
    let report = TlaRs::default()
        .check(&instance, &Run::new(&states, &cancel))
        .unwrap();
    let expected = CutOff::States(10).to_string();
    assert_eq!(report.incomplete, Some(expected));
    let depth = Limits {
        max_depth: Some(3),
        ..Limits::NONE
    };
    let report = TlaRs::default()
        .check(&instance, &Run::new(&depth, &cancel))
        .unwrap();
    assert_eq!((report.depth, report.enumerated), (3, false));
    cancel.cancel();
    assert!(graph(&instance, &Run::new(&Limits::NONE, &cancel)).is_err());
}
